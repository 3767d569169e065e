"""What must hold whoever writes: regions, two persons, sums of shares, nothing confirmed changes."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

TWO = """
CREATE FUNCTION projects_two_persons(first uuid, second uuid) RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT first IS NULL OR second IS NULL OR access_natural_person(first) <> access_natural_person(second) $$;
"""
TASK = """
CREATE FUNCTION projects_guard_task() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE total numeric;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state = 'issued' THEN
      RAISE EXCEPTION '已下达的任务不能删除' USING ERRCODE = '23514', CONSTRAINT = 'projects_task_kept';
    END IF;
    RETURN OLD;
  END IF;
  IF NEW.state = 'issued' AND OLD.state = 'draft' THEN
    IF NOT projects_two_persons(NEW.drafted_by, NEW.issued_by) THEN
      RAISE EXCEPTION '拟定和下达必须由两个人办理' USING ERRCODE = '23514', CONSTRAINT = 'projects_task_two_persons';
    END IF;
    SELECT sum(quantity) INTO total FROM projects_taskshare WHERE task_id = NEW.id AND length(region_code) > 6;
    IF NEW.sharing = 'sum' AND total IS DISTINCT FROM NEW.quantity AND NEW.split_note = '' THEN
      RAISE EXCEPTION '分解合计不等于任务数，也没有说明' USING ERRCODE = '23514', CONSTRAINT = 'projects_task_sum';
    END IF;
  ELSIF OLD.state = 'issued' AND NEW.state = 'issued' AND OLD IS DISTINCT FROM NEW THEN
    RAISE EXCEPTION '已下达的任务要先收回再改' USING ERRCODE = '23514', CONSTRAINT = 'projects_task_fixed';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER projects_task_guard BEFORE UPDATE OR DELETE ON projects_annualtask
  FOR EACH ROW EXECUTE FUNCTION projects_guard_task();
CREATE FUNCTION projects_guard_share() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE standing text;
BEGIN
  SELECT state INTO standing FROM projects_annualtask WHERE id = coalesce(NEW.task_id, OLD.task_id);
  IF standing = 'issued' AND NOT (TG_OP = 'UPDATE' AND OLD.quantity = NEW.quantity AND OLD.due_on = NEW.due_on
     AND OLD.region_code = NEW.region_code AND OLD.task_id = NEW.task_id) THEN
    RAISE EXCEPTION '已下达的任务要先收回再改分解' USING ERRCODE = '23514', CONSTRAINT = 'projects_share_fixed';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER projects_share_guard BEFORE INSERT OR UPDATE OR DELETE ON projects_taskshare
  FOR EACH ROW EXECUTE FUNCTION projects_guard_share();
"""
REPORT = """
CREATE FUNCTION projects_guard_report() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'submitted' THEN
    RAISE EXCEPTION '已确认或退回的填报不能改动' USING ERRCODE = '23514', CONSTRAINT = 'projects_report_fixed';
  END IF;
  IF (NEW.value, NEW.taking, NEW.share_id, NEW.month, NEW.done, NEW.reported_by)
     IS DISTINCT FROM (OLD.value, OLD.taking, OLD.share_id, OLD.month, OLD.done, OLD.reported_by) THEN
    RAISE EXCEPTION '填报的内容不能在复核时改动' USING ERRCODE = '23514', CONSTRAINT = 'projects_report_fixed';
  END IF;
  IF NOT projects_two_persons(NEW.reported_by, NEW.reviewed_by) THEN
    RAISE EXCEPTION '填报和复核必须由两个人办理' USING ERRCODE = '23514', CONSTRAINT = 'projects_report_two_persons';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER projects_report_guard BEFORE UPDATE OR DELETE ON projects_progressreport
  FOR EACH ROW EXECUTE FUNCTION projects_guard_report();
"""
PROJECT = """
CREATE FUNCTION projects_guard_milestone() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL THEN
    RAISE EXCEPTION '已确认的节点不能改动' USING ERRCODE = '23514', CONSTRAINT = 'projects_milestone_fixed';
  END IF;
  IF NEW.confirmed_at IS NOT NULL AND (NEW.done_on IS NULL
     OR NOT projects_two_persons(NEW.reported_by, NEW.confirmed_by)) THEN
    RAISE EXCEPTION '上报和确认必须由两个人办理' USING ERRCODE = '23514', CONSTRAINT = 'projects_milestone_two_persons';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER projects_milestone_guard BEFORE UPDATE OR DELETE ON projects_milestone
  FOR EACH ROW EXECUTE FUNCTION projects_guard_milestone();
CREATE FUNCTION projects_guard_payment() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR (NEW.amount, NEW.paid_on, NEW.project_id, NEW.voucher,
     NEW.payee, NEW.recorded_by) IS DISTINCT FROM (OLD.amount, OLD.paid_on, OLD.project_id, OLD.voucher,
     OLD.payee, OLD.recorded_by) THEN
    RAISE EXCEPTION '登记的付款只能确认，不能改动' USING ERRCODE = '23514', CONSTRAINT = 'projects_payment_fixed';
  END IF;
  IF NOT projects_two_persons(NEW.recorded_by, NEW.confirmed_by) THEN
    RAISE EXCEPTION '登记和确认必须由两个人办理' USING ERRCODE = '23514', CONSTRAINT = 'projects_payment_two_persons';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER projects_payment_guard BEFORE UPDATE OR DELETE ON projects_payment
  FOR EACH ROW EXECUTE FUNCTION projects_guard_payment();
CREATE FUNCTION projects_guard_budget() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.confirmed_at IS NOT NULL OR (NEW.fund, NEW.year, NEW.subject, NEW.amount, NEW.document,
     NEW.entered_by) IS DISTINCT FROM (OLD.fund, OLD.year, OLD.subject, OLD.amount, OLD.document, OLD.entered_by) THEN
    RAISE EXCEPTION '预算只能确认，调整要另录一行' USING ERRCODE = '23514', CONSTRAINT = 'projects_budget_fixed';
  END IF;
  IF NOT projects_two_persons(NEW.entered_by, NEW.confirmed_by) THEN
    RAISE EXCEPTION '录入和确认必须由两个人办理' USING ERRCODE = '23514', CONSTRAINT = 'projects_budget_two_persons';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER projects_budget_guard BEFORE UPDATE OR DELETE ON projects_budgetline
  FOR EACH ROW EXECUTE FUNCTION projects_guard_budget();
"""
EVALUATION = """
CREATE FUNCTION projects_guard_evaluation() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state IN ('issued', 'returned') THEN
    RAISE EXCEPTION '已签发或退回的报告不能改动' USING ERRCODE = '23514', CONSTRAINT = 'projects_evaluation_fixed';
  END IF;
  IF (NEW.kind, NEW.month, NEW.title, NEW.content, NEW.digest, NEW.unreleased, NEW.pdf_id, NEW.word_id, NEW.pdf_sha256,
      NEW.word_sha256, NEW.prepared_by) IS DISTINCT FROM (OLD.kind, OLD.month, OLD.title, OLD.content, OLD.digest,
      OLD.unreleased, OLD.pdf_id, OLD.word_id, OLD.pdf_sha256, OLD.word_sha256, OLD.prepared_by) THEN
    RAISE EXCEPTION '报告的内容和文件不能改动，要改请重新生成'
      USING ERRCODE = '23514', CONSTRAINT = 'projects_evaluation_fixed';
  END IF;
  IF NOT (OLD.state = NEW.state OR (OLD.state, NEW.state) IN
          (('draft', 'reviewed'), ('draft', 'returned'), ('reviewed', 'issued'), ('reviewed', 'returned'))) THEN
    RAISE EXCEPTION '报告不能从 % 到 %', OLD.state, NEW.state
      USING ERRCODE = '23514', CONSTRAINT = 'projects_evaluation_order';
  END IF;
  IF NEW.state = 'issued' AND (NEW.reviewed_by IS NULL OR NEW.issued_by IS NULL
     OR NOT projects_two_persons(NEW.reviewed_by, NEW.issued_by)) THEN
    RAISE EXCEPTION '审核和签发必须由两个人办理'
      USING ERRCODE = '23514', CONSTRAINT = 'projects_evaluation_two_persons';
  END IF;
  IF NEW.state = 'issued' AND jsonb_array_length(NEW.unreleased) > 0 THEN
    RAISE EXCEPTION '还有指标没有发布，报告不能签发'
      USING ERRCODE = '23514', CONSTRAINT = 'projects_evaluation_released';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER projects_evaluation_guard BEFORE UPDATE OR DELETE ON projects_evaluation
  FOR EACH ROW EXECUTE FUNCTION projects_guard_evaluation();
"""
UNDO = """
DROP TRIGGER projects_evaluation_guard ON projects_evaluation;
DROP TRIGGER projects_budget_guard ON projects_budgetline;
DROP TRIGGER projects_payment_guard ON projects_payment;
DROP TRIGGER projects_milestone_guard ON projects_milestone;
DROP TRIGGER projects_report_guard ON projects_progressreport;
DROP TRIGGER projects_share_guard ON projects_taskshare;
DROP TRIGGER projects_task_guard ON projects_annualtask;
DROP FUNCTION projects_guard_evaluation();
DROP FUNCTION projects_guard_budget();
DROP FUNCTION projects_guard_payment();
DROP FUNCTION projects_guard_milestone();
DROP FUNCTION projects_guard_report();
DROP FUNCTION projects_guard_share();
DROP FUNCTION projects_guard_task();
DROP FUNCTION projects_two_persons(uuid, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_initial"),
        ("scope", "0001_functions"),
        ("access", "0003_post_ended_at"),
    ]
    operations = [
        protect("projects_taskshare"),
        protect("projects_progressreport"),
        protect("projects_evidence"),
        protect("projects_milestone"),
        protect("projects_payment"),
        protect("projects_photo"),
        append_only("projects_evidence"),
        append_only("projects_photo"),
        append_only("projects_reminder"),
        migrations.RunSQL([TWO, TASK, REPORT, PROJECT, EVALUATION], UNDO),
    ]
