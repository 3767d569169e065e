"""Takings and figures are append-only; a statement moves one way and never changes once released."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only

GUARD = """
CREATE FUNCTION indicators_guard_statement() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '会审记录不能删除' USING ERRCODE = '23514', CONSTRAINT = 'indicators_statement_kept';
  END IF;
  IF OLD.state IN ('released', 'returned') THEN
    RAISE EXCEPTION '已发布或退回的数据不能改动，应另行更正'
      USING ERRCODE = '23514', CONSTRAINT = 'indicators_statement_fixed';
  END IF;
  IF NEW.taking_id <> OLD.taking_id OR NEW.statistic <> OLD.statistic OR NEW.month <> OLD.month
     OR NEW.corrects_id IS DISTINCT FROM OLD.corrects_id OR NEW.prepared_by IS DISTINCT FROM OLD.prepared_by THEN
    RAISE EXCEPTION '会审中的数据不能换成别的数据' USING ERRCODE = '23514', CONSTRAINT = 'indicators_statement_fixed';
  END IF;
  IF NOT (OLD.state = NEW.state OR (OLD.state, NEW.state) IN
          (('draft', 'reviewed'), ('draft', 'returned'), ('reviewed', 'released'), ('reviewed', 'returned'))) THEN
    RAISE EXCEPTION '会审不能从 % 到 %', OLD.state, NEW.state
      USING ERRCODE = '23514', CONSTRAINT = 'indicators_statement_order';
  END IF;
  IF NEW.state = 'released' AND (NEW.reviewed_by IS NULL OR NEW.released_by IS NULL
     OR access_natural_person(NEW.reviewed_by) = access_natural_person(NEW.released_by)) THEN
    RAISE EXCEPTION '复核和发布必须由两个人办理'
      USING ERRCODE = '23514', CONSTRAINT = 'indicators_statement_two_persons';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER indicators_statement_guard BEFORE UPDATE OR DELETE ON indicators_statement
  FOR EACH ROW EXECUTE FUNCTION indicators_guard_statement();
"""
UNDO = """
DROP TRIGGER indicators_statement_guard ON indicators_statement;
DROP FUNCTION indicators_guard_statement();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_initial"),
        ("scope", "0001_functions"),
        ("access", "0003_post_ended_at"),
    ]
    operations = [
        append_only("indicators_taking"),
        append_only("indicators_figure"),
        migrations.RunSQL(GUARD, UNDO),
    ]
