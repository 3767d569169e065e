"""Posts: four families that exclude each other on the natural person, three administrators apart from everything.

The guard takes a lock per natural person, so two grants at the same moment cannot both pass.
"""

from __future__ import annotations

from django.db import migrations

RULES = """
CREATE FUNCTION access_family(function text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
  SELECT CASE
    WHEN function IN ('village_agent', 'counter', 'handler', 'reviewer', 'approver') THEN 'business'
    WHEN function = 'finance' THEN 'finance'
    WHEN function = 'data' THEN 'data'
    WHEN function = 'inspector' THEN 'control'
    WHEN function = 'leader' THEN 'leader'
    ELSE function END
$$;

CREATE FUNCTION access_families_exclude(one text, other text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
  SELECT one <> other AND (
    (one <> 'leader' AND other <> 'leader')
    OR one IN ('system_admin', 'security_admin', 'audit_admin')
    OR other IN ('system_admin', 'security_admin', 'audit_admin'))
$$;

CREATE FUNCTION access_natural_person(person uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$
  WITH RECURSIVE up AS (
    SELECT id, merged_into_id FROM people_person WHERE id = person
    UNION ALL SELECT p.id, p.merged_into_id FROM people_person p JOIN up ON p.id = up.merged_into_id)
  SELECT coalesce((SELECT id FROM up WHERE merged_into_id IS NULL), person)
$$;

CREATE FUNCTION access_guard_post() RETURNS trigger LANGUAGE plpgsql AS
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
  SELECT p.function INTO clash FROM access_post p
   WHERE p.id <> NEW.id AND access_natural_person(p.person_id) = human
     AND daterange(p.since, p.until, '[]') && daterange(NEW.since, NEW.until, '[]')
     AND access_families_exclude(access_family(p.function), access_family(NEW.function)) LIMIT 1;
  IF clash IS NOT NULL THEN
    RAISE EXCEPTION '岗位互斥：同一自然人不能兼任 % 和 %', clash, NEW.function
      USING ERRCODE = '23514', CONSTRAINT = 'access_post_families';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION access_guard_origin() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  original access_post;
BEGIN
  IF NEW.substitute_for_id IS NOT NULL THEN
    SELECT * INTO original FROM access_post WHERE id = NEW.substitute_for_id;
    IF NEW.until - NEW.since > 6 OR access_natural_person(original.person_id) = access_natural_person(NEW.person_id)
       OR (original.function, original.line, original.region_code, original.grade)
          IS DISTINCT FROM (NEW.function, NEW.line, NEW.region_code, NEW.grade) THEN
      RAISE EXCEPTION '顶岗只能由他人原样代理一个岗位，最多七天'
        USING ERRCODE = '23514', CONSTRAINT = 'access_post_substitution';
    END IF;
    RETURN NEW;
  END IF;
  IF hrss_kind() = 'system' THEN RETURN NEW; END IF;
  IF NOT EXISTS (
    SELECT 1 FROM access_postgrant g WHERE g.id = NEW.grant_id AND g.state = 'granted'
       AND g.granted_by = hrss_person()
       AND (g.account_id, g.person_id, g.function, g.line, g.region_code, g.grade)
           = (NEW.account_id, NEW.person_id, NEW.function, NEW.line, NEW.region_code, NEW.grade)) THEN
    RAISE EXCEPTION '岗位只能经申请、内控审核、审批、授予四步取得'
      USING ERRCODE = '23514', CONSTRAINT = 'access_post_needs_grant';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION access_guard_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (NEW.account_id, NEW.person_id, NEW.function, NEW.line, NEW.region_code, NEW.grade, NEW.grant_id,
      NEW.substitute_for_id, NEW.since)
     IS DISTINCT FROM
     (OLD.account_id, OLD.person_id, OLD.function, OLD.line, OLD.region_code, OLD.grade, OLD.grant_id,
      OLD.substitute_for_id, OLD.since)
     OR coalesce(NEW.until, 'infinity'::date) > coalesce(OLD.until, 'infinity'::date) THEN
    RAISE EXCEPTION '岗位只能提前终止，变动应另行申请'
      USING ERRCODE = '23514', CONSTRAINT = 'access_post_fixed';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION access_guard_grant() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (NEW.account_id, NEW.person_id, NEW.function, NEW.line, NEW.region_code, NEW.grade, NEW.applied_by)
     IS DISTINCT FROM (OLD.account_id, OLD.person_id, OLD.function, OLD.line, OLD.region_code, OLD.grade, OLD.applied_by)
     OR (OLD.state, NEW.state) NOT IN (('applied', 'controlled'), ('controlled', 'approved'), ('approved', 'granted'),
        ('applied', 'refused'), ('controlled', 'refused'), ('approved', 'refused'))
     OR (OLD.controlled_by IS NOT NULL AND NEW.controlled_by IS DISTINCT FROM OLD.controlled_by)
     OR (OLD.approved_by IS NOT NULL AND NEW.approved_by IS DISTINCT FROM OLD.approved_by) THEN
    RAISE EXCEPTION '岗位授予须按申请、内控审核、审批、授予的顺序办理，内容不能改'
      USING ERRCODE = '23514', CONSTRAINT = 'access_postgrant_order';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER access_post_guard BEFORE INSERT OR UPDATE ON access_post
  FOR EACH ROW EXECUTE FUNCTION access_guard_post();
CREATE TRIGGER access_post_origin BEFORE INSERT ON access_post
  FOR EACH ROW EXECUTE FUNCTION access_guard_origin();
CREATE TRIGGER access_post_change BEFORE UPDATE ON access_post
  FOR EACH ROW EXECUTE FUNCTION access_guard_change();
CREATE TRIGGER access_postgrant_guard BEFORE UPDATE ON access_postgrant
  FOR EACH ROW EXECUTE FUNCTION access_guard_grant();
CREATE INDEX access_post_human ON access_post (person_id);
REVOKE DELETE ON access_post, access_postgrant FROM hrss_app;
"""

UNDO = """
GRANT DELETE ON access_post, access_postgrant TO hrss_app;
DROP INDEX access_post_human;
DROP TRIGGER access_postgrant_guard ON access_postgrant;
DROP TRIGGER access_post_change ON access_post;
DROP TRIGGER access_post_origin ON access_post;
DROP TRIGGER access_post_guard ON access_post;
DROP FUNCTION access_guard_grant();
DROP FUNCTION access_guard_change();
DROP FUNCTION access_guard_origin();
DROP FUNCTION access_guard_post();
DROP FUNCTION access_natural_person(uuid);
DROP FUNCTION access_families_exclude(text, text);
DROP FUNCTION access_family(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0001_initial"),
        ("people", "0002_rules"),
        ("identity", "0002_rules"),
        ("scope", "0001_functions"),
    ]
    operations = [migrations.RunSQL(RULES, UNDO)]
