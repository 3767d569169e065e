"""Signatures, and what the database refuses about them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from hrss.foundation.scope.policies import append_only

GUARD = """
-- The signer is whoever the transaction acts as, behind merged records; the post is looked up, never believed.
CREATE FUNCTION signing_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  before record;
BEGIN
  IF hrss_kind() <> 'staff' OR hrss_person() IS NULL THEN
    RAISE EXCEPTION '资金签名只能由在岗的自然人办理' USING ERRCODE = '23514', CONSTRAINT = 'signing_natural_person';
  END IF;
  NEW.person_id := access_natural_person(hrss_person());
  NEW.account := nullif(current_setting('hrss.account', true), '')::uuid;
  NEW.at := clock_timestamp();
  PERFORM pg_advisory_xact_lock(hashtextextended('signing:' || NEW.source || ':' || NEW.reference, 0));
  IF NOT EXISTS (
      SELECT 1 FROM access_post p
       WHERE access_natural_person(p.person_id) = NEW.person_id AND p.ended_at IS NULL
         AND p.since <= current_date AND (p.until IS NULL OR p.until >= current_date)
         AND CASE NEW.step
               WHEN 'made' THEN p.function IN ('finance', 'handler')
               WHEN 'reviewed' THEN p.function = 'reviewer' OR (p.function = 'finance' AND p.grade >= 2)
               ELSE p.function IN ('approver', 'leader') OR (p.function = 'finance' AND p.grade >= 3) END) THEN
    RAISE EXCEPTION '没有这一环节的岗位' USING ERRCODE = '23514', CONSTRAINT = 'signing_no_post';
  END IF;
  SELECT step, digest INTO before FROM signing_signature
   WHERE source = NEW.source AND reference = NEW.reference ORDER BY id DESC LIMIT 1;
  IF coalesce(before.step, '') <>
       (CASE NEW.step WHEN 'made' THEN '' WHEN 'reviewed' THEN 'made' ELSE 'reviewed' END) AND coalesce(before.step, '') <> NEW.step THEN
    RAISE EXCEPTION '签名要按经办、复核、审批的顺序' USING ERRCODE = '23514', CONSTRAINT = 'signing_order';
  END IF;
  IF before.digest IS NOT NULL AND before.digest <> NEW.digest THEN
    RAISE EXCEPTION '内容与上一环节所签的不同' USING ERRCODE = '23514', CONSTRAINT = 'signing_same_content';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER signing_signature_guard BEFORE INSERT ON signing_signature
  FOR EACH ROW EXECUTE FUNCTION signing_guard();

-- How many different natural persons have signed a subject, all three steps in place.
CREATE FUNCTION signing_persons(source text, reference text) RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT count(DISTINCT s.person_id) FROM signing_signature s WHERE s.source = $1 AND s.reference = $2 $$;
"""
UNGUARD = """
DROP FUNCTION signing_persons(text, text);
DROP TRIGGER signing_signature_guard ON signing_signature;
DROP FUNCTION signing_guard();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("access", "0002_rules"), ("people", "0002_rules"), ("scope", "0001_functions")]
    operations = [
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.TextField(verbose_name="业务来源")),
                ("reference", models.TextField(verbose_name="业务编号")),
                (
                    "step",
                    models.TextField(
                        choices=[("made", "经办"), ("reviewed", "复核"), ("approved", "审批")], verbose_name="环节"
                    ),
                ),
                ("digest", models.TextField(verbose_name="所签内容摘要")),
                ("account", models.UUIDField(verbose_name="账号")),
                ("name", models.TextField(verbose_name="姓名")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="时间"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "资金签名",
                "constraints": [
                    models.UniqueConstraint(fields=("source", "reference", "step"), name="signing_step_once"),
                    models.UniqueConstraint(fields=("source", "reference", "person"), name="signing_three_persons"),
                ],
            },
        ),
        append_only("signing_signature"),
        migrations.RunSQL([GUARD], [UNGUARD]),
    ]
