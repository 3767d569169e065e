"""Scope, history and the guards of people: what the database refuses whatever the code above it does.

Functions that must see across regions run as the owner, who may read (not write) all rows of the tables they need.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

FUNCTIONS = """
CREATE FUNCTION people_keep_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS
$$
DECLARE
  old_row jsonb := to_jsonb(OLD) - 'version' - 'township' - 'residence_township';
  new_row jsonb := CASE WHEN TG_OP = 'UPDATE' THEN to_jsonb(NEW) ELSE '{}'::jsonb END;
  changed jsonb;
BEGIN
  SELECT coalesce(jsonb_object_agg(key, value), '{}'::jsonb) INTO changed
    FROM jsonb_each(old_row) WHERE new_row -> key IS DISTINCT FROM value;
  IF changed <> '{}'::jsonb THEN
    INSERT INTO people_personhistory
      (table_name, row_id, person_id, region_code, operation, before, actor_kind, actor_account, actor_person)
    VALUES (
      TG_TABLE_NAME, OLD.id, (old_row ->> TG_ARGV[0])::uuid, old_row ->> 'region_code', lower(TG_OP), changed,
      coalesce(current_setting('hrss.kind', true), ''),
      nullif(current_setting('hrss.account', true), '')::uuid,
      nullif(current_setting('hrss.person', true), '')::uuid);
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION people_next_version() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF NEW.id <> OLD.id OR NEW.created_at <> OLD.created_at THEN
    RAISE EXCEPTION '人员编号和建档时间不能改' USING ERRCODE = '23514', CONSTRAINT = 'people_person_fixed';
  END IF;
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;

CREATE FUNCTION people_change_is_signed(person uuid, kinds text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$
  SELECT EXISTS (
    SELECT 1 FROM people_changerequest r
     WHERE r.id = nullif(current_setting('hrss.change_request', true), '')::uuid
       AND r.person_id = person AND r.kind = ANY (kinds) AND r.state = 'open'
       AND r.meeting <> '' AND jsonb_array_length(r.evidence) > 0
       AND (SELECT count(DISTINCT s.signer) FROM people_changesignature s WHERE s.request_id = r.id AND s.agrees) = 4
       AND (SELECT count(DISTINCT s.stage) FROM people_changesignature s WHERE s.request_id = r.id AND s.agrees) = 4)
$$;

CREATE FUNCTION people_changed_lately(person uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
$$
  SELECT EXISTS (
    SELECT 1 FROM people_personhistory
     WHERE table_name = 'people_person' AND row_id = person AND before ? wanted AND at > now() - interval '12 months')
$$;

CREATE FUNCTION people_guard_identity() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  renamed boolean := NEW.name <> OLD.name;
  renumbered boolean := NEW.id_index <> OLD.id_index;
  owner name := (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID);
BEGIN
  IF current_setting('hrss.maintenance', true) = 'reindex' AND current_user = owner THEN RETURN NEW; END IF;
  IF (renumbered AND (renamed OR people_changed_lately(NEW.id, 'name')))
     OR (renamed AND people_changed_lately(NEW.id, 'id_index'))
     OR NEW.birth_date <> OLD.birth_date THEN
    IF NOT people_change_is_signed(NEW.id, ARRAY['identity', 'birth']) THEN
      RAISE EXCEPTION '姓名和身份号码双改、出生日期变更须经四岗签署和集体会审'
        USING ERRCODE = '23514', CONSTRAINT = 'people_person_needs_signatures';
    END IF;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION people_guard_merge() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF OLD.merged_into_id IS NOT NULL OR NOT people_change_is_signed(NEW.merged_into_id, ARRAY['merge']) THEN
    RAISE EXCEPTION '档案合并须经四岗签署和集体会审，合并后不能改动'
      USING ERRCODE = '23514', CONSTRAINT = 'people_person_merge_needs_signatures';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION people_follow_region() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  UPDATE people_phone SET region_code = NEW.region_code WHERE person_id = NEW.id;
  UPDATE people_bankaccount SET region_code = NEW.region_code WHERE person_id = NEW.id;
  UPDATE people_address SET region_code = NEW.region_code WHERE person_id = NEW.id;
  RETURN NULL;
END
$$;

CREATE FUNCTION people_guard_bank_account() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.person_id <> OLD.person_id OR NEW.index <> OLD.index OR NEW.cipher <> OLD.cipher) THEN
    IF current_setting('hrss.maintenance', true) IS DISTINCT FROM 'reseal' THEN
      RAISE EXCEPTION '账号不能改，应停用后另行登记'
        USING ERRCODE = '23514', CONSTRAINT = 'people_bankaccount_fixed';
    END IF;
  END IF;
  IF NEW.state <> 'active' OR (TG_OP = 'UPDATE' AND OLD.state = 'active') OR hrss_kind() = 'system' THEN
    RETURN NEW;
  END IF;
  IF hrss_kind() <> 'staff' OR NEW.reviewed_by IS DISTINCT FROM hrss_person()
     OR NEW.proposed_by IS NULL OR NEW.reviewed_by = NEW.person_id OR TG_OP = 'INSERT' THEN
    RAISE EXCEPTION '银行账户须由录入人、本人以外的工作人员复核后启用'
      USING ERRCODE = '23514', CONSTRAINT = 'people_bankaccount_needs_review';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER people_person_version BEFORE UPDATE ON people_person
  FOR EACH ROW EXECUTE FUNCTION people_next_version();
CREATE TRIGGER people_person_guard BEFORE UPDATE ON people_person FOR EACH ROW
  WHEN (OLD.name <> NEW.name OR OLD.id_index <> NEW.id_index OR OLD.birth_date <> NEW.birth_date)
  EXECUTE FUNCTION people_guard_identity();
CREATE TRIGGER people_person_merge_guard BEFORE UPDATE ON people_person FOR EACH ROW
  WHEN (OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id) EXECUTE FUNCTION people_guard_merge();
CREATE TRIGGER people_person_region AFTER UPDATE ON people_person FOR EACH ROW
  WHEN (OLD.region_code <> NEW.region_code) EXECUTE FUNCTION people_follow_region();
CREATE TRIGGER people_bankaccount_guard BEFORE INSERT OR UPDATE ON people_bankaccount
  FOR EACH ROW EXECUTE FUNCTION people_guard_bank_account();

CREATE TRIGGER people_person_history AFTER UPDATE OR DELETE ON people_person
  FOR EACH ROW EXECUTE FUNCTION people_keep_history('id');
CREATE TRIGGER people_phone_history AFTER UPDATE OR DELETE ON people_phone
  FOR EACH ROW EXECUTE FUNCTION people_keep_history('person_id');
CREATE TRIGGER people_bankaccount_history AFTER UPDATE OR DELETE ON people_bankaccount
  FOR EACH ROW EXECUTE FUNCTION people_keep_history('person_id');
CREATE TRIGGER people_address_history AFTER UPDATE OR DELETE ON people_address
  FOR EACH ROW EXECUTE FUNCTION people_keep_history('person_id');
CREATE TRIGGER people_householdmember_history AFTER UPDATE OR DELETE ON people_householdmember
  FOR EACH ROW EXECUTE FUNCTION people_keep_history('person_id');
CREATE TRIGGER people_household_history AFTER UPDATE OR DELETE ON people_household
  FOR EACH ROW EXECUTE FUNCTION people_keep_history('no_person');
"""

UNDO_FUNCTIONS = """
DROP TRIGGER people_household_history ON people_household;
DROP TRIGGER people_householdmember_history ON people_householdmember;
DROP TRIGGER people_address_history ON people_address;
DROP TRIGGER people_bankaccount_history ON people_bankaccount;
DROP TRIGGER people_phone_history ON people_phone;
DROP TRIGGER people_person_history ON people_person;
DROP TRIGGER people_bankaccount_guard ON people_bankaccount;
DROP TRIGGER people_person_region ON people_person;
DROP TRIGGER people_person_merge_guard ON people_person;
DROP TRIGGER people_person_guard ON people_person;
DROP TRIGGER people_person_version ON people_person;
DROP FUNCTION people_guard_bank_account();
DROP FUNCTION people_follow_region();
DROP FUNCTION people_guard_merge();
DROP FUNCTION people_guard_identity();
DROP FUNCTION people_changed_lately(uuid, text);
DROP FUNCTION people_change_is_signed(uuid, text[]);
DROP FUNCTION people_next_version();
DROP FUNCTION people_keep_history();
"""

# History is written by the trigger function alone; the application may only read what is in scope.
HISTORY = """
ALTER TABLE people_personhistory ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_personhistory FORCE ROW LEVEL SECURITY;
CREATE POLICY people_personhistory_write ON people_personhistory FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY people_personhistory_read ON people_personhistory FOR SELECT
  USING (hrss_in_scope(region_code) OR hrss_is_self(person_id));
REVOKE INSERT ON people_personhistory FROM hrss_app;
CREATE POLICY people_personhistory_owner ON people_personhistory FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY people_changerequest_owner ON people_changerequest FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY people_changesignature_owner ON people_changesignature FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY people_person_owner ON people_person FOR SELECT TO CURRENT_USER USING (true);
REVOKE DELETE ON people_person, people_household, people_bankaccount, people_changerequest FROM hrss_app;
"""

UNDO_HISTORY = """
GRANT DELETE ON people_person, people_household, people_bankaccount, people_changerequest TO hrss_app;
DROP POLICY people_person_owner ON people_person;
DROP POLICY people_changesignature_owner ON people_changesignature;
DROP POLICY people_changerequest_owner ON people_changerequest;
DROP POLICY people_personhistory_owner ON people_personhistory;
GRANT INSERT ON people_personhistory TO hrss_app;
DROP POLICY people_personhistory_read ON people_personhistory;
DROP POLICY people_personhistory_write ON people_personhistory;
ALTER TABLE people_personhistory NO FORCE ROW LEVEL SECURITY;
ALTER TABLE people_personhistory DISABLE ROW LEVEL SECURITY;
"""

OWN_HOUSEHOLD = (
    "EXISTS (SELECT 1 FROM people_householdmember m WHERE m.household_id = people_household.id"
    " AND m.until IS NULL AND hrss_is_self(m.person_id))"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        protect("people_person", region="region_code, residence_code", person="id"),
        protect("people_household", extra=OWN_HOUSEHOLD),
        protect("people_householdmember", person="person_id"),
        protect("people_phone", person="person_id"),
        protect("people_bankaccount", person="person_id"),
        protect("people_address", person="person_id"),
        protect("people_changerequest", person="person_id"),
        protect("people_changesignature"),
        protect("people_personmerge", person="kept_id"),
        append_only("people_changesignature"),
        append_only("people_personmerge"),
        append_only("people_personhistory"),
        migrations.RunSQL(FUNCTIONS, UNDO_FUNCTIONS),
        migrations.RunSQL(HISTORY, UNDO_HISTORY),
    ]
