"""A post may end at once: one that has ended no longer excludes another."""

from __future__ import annotations

from django.db import migrations, models

GUARD = """
CREATE OR REPLACE FUNCTION access_guard_post() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  human uuid := access_natural_person(NEW.person_id);
  clash text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('access_post:' || human::text, 0));
  IF NOT EXISTS (SELECT 1 FROM identity_account a
                  WHERE a.id = NEW.account_id AND a.kind = 'staff' AND access_natural_person(a.person_id) = human) THEN
    RAISE EXCEPTION '岗位的账号不是这个人的工作人员账号'
      USING ERRCODE = '23514', CONSTRAINT = 'access_post_account_of_person';
  END IF;
  IF NEW.ended_at IS NOT NULL THEN RETURN NEW; END IF;
  SELECT p.function INTO clash FROM access_post p
   WHERE p.id <> NEW.id AND p.ended_at IS NULL AND access_natural_person(p.person_id) = human
     AND daterange(p.since, p.until, '[]') && daterange(NEW.since, NEW.until, '[]')
     AND access_families_exclude(access_family(p.function), access_family(NEW.function)) LIMIT 1;
  IF clash IS NOT NULL THEN
    RAISE EXCEPTION '岗位互斥：同一自然人不能兼任 % 和 %', clash, NEW.function
      USING ERRCODE = '23514', CONSTRAINT = 'access_post_families';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION access_guard_ended() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at THEN
    RAISE EXCEPTION '已终止的岗位不能恢复，应另行申请' USING ERRCODE = '23514', CONSTRAINT = 'access_post_fixed';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER access_post_ended BEFORE UPDATE ON access_post FOR EACH ROW EXECUTE FUNCTION access_guard_ended();
"""

UNDO = """
DROP TRIGGER access_post_ended ON access_post;
DROP FUNCTION access_guard_ended();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0002_rules")]
    operations = [
        migrations.AddField("post", "ended_at", models.DateTimeField(blank=True, null=True, verbose_name="终止时间")),
        migrations.RunSQL(GUARD, UNDO),
    ]
