"""What the database refuses in casework, whatever the code above it does.

Undeclared transitions; one natural person in two posts of a case; acting on one's own or a relative's case; a state
that moves without an action; changed versions, actions, decisions, documents and effects.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

FUNCTIONS = """
CREATE FUNCTION casework_in_line(line text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT hrss_kind() = 'system'
     OR '*' = ANY (string_to_array(coalesce(current_setting('hrss.lines', true), ''), ','))
     OR line = ANY (string_to_array(coalesce(current_setting('hrss.lines', true), ''), ',')) $$;

CREATE FUNCTION casework_is_asked(places text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT places <> '{}' AND EXISTS (SELECT 1 FROM unnest(places) AS place WHERE hrss_in_scope(place)) $$;

-- The natural person behind a record: merged records lead to the one kept.
CREATE FUNCTION casework_natural(person uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  found uuid := person;
  further uuid;
BEGIN
  FOR hop IN 1..8 LOOP
    SELECT merged_into_id INTO further FROM people_person WHERE id = found;
    EXIT WHEN further IS NULL;
    found := further;
  END LOOP;
  RETURN found;
END
$$;

-- Whether a clerk has an interest in a case: own, agent's, same household, declared relative or declared firm.
CREATE FUNCTION casework_interest(clerk uuid, applicant uuid, agent uuid, organisation uuid) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
DECLARE
  me uuid := casework_natural(clerk);
  them uuid[] := array_remove(ARRAY[casework_natural(applicant), casework_natural(agent)], NULL);
BEGIN
  IF me = ANY (them) THEN RETURN 'own'; END IF;
  IF EXISTS (SELECT 1 FROM people_householdmember mine JOIN people_householdmember theirs USING (household_id)
              WHERE mine.person_id = me AND theirs.person_id = ANY (them)
                AND (mine.until IS NULL OR mine.until >= current_date)
                AND (theirs.until IS NULL OR theirs.until >= current_date)) THEN
    RETURN 'household';
  END IF;
  IF EXISTS (SELECT 1 FROM casework_conflictdeclaration d
              WHERE (d.until IS NULL OR d.until >= current_date)
                AND ((d.person_id = me AND d.other_person_id = ANY (them))
                  OR (d.other_person_id = me AND d.person_id = ANY (them))
                  OR (d.person_id = me AND d.other_organisation_id = organisation))) THEN
    RETURN 'declared';
  END IF;
  RETURN '';
END
$$;

CREATE FUNCTION casework_refuse(code text, message text) RETURNS void LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '%', message USING ERRCODE = '23514', CONSTRAINT = code; END $$;

CREATE FUNCTION casework_guard_action() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  c record;
  kind text := hrss_kind();
  me uuid;
  why text;
BEGIN
  SELECT id, state, suspended_from, item_version_id, item_code, applicant_person_id, agent_person_id,
         applicant_organisation_id INTO c
    FROM casework_case WHERE id = NEW.case_id AND (__SEEN__) FOR UPDATE;
  IF NOT FOUND THEN PERFORM casework_refuse('casework_not_found', '没有这个办件，或者不在您的办理范围'); END IF;
  IF kind <> 'system' THEN
    NEW.actor_person_id := hrss_person();
    NEW.actor_account := nullif(current_setting('hrss.account', true), '')::uuid;
  END IF;
  NEW.actor_kind := kind;
  SELECT coalesce(max(ordinal), 0) + 1 INTO NEW.ordinal FROM casework_action WHERE case_id = NEW.case_id;
  IF (NEW.function = 'system') <> (kind = 'system') AND NEW.verb <> 'submit' THEN
    PERFORM casework_refuse('casework_wrong_kind', '系统动作只能由系统办理，人的动作只能由人办理');
  END IF;
  IF NEW.function = 'applicant' AND kind = 'staff' OR kind = 'public' AND NEW.function <> 'applicant' THEN
    PERFORM casework_refuse('casework_wrong_kind', '申请人的动作只能由申请人办理，岗位的动作只能由工作人员办理');
  END IF;
  IF NEW.verb = 'submit' THEN
    IF NEW.ordinal <> 1 OR NEW.to_state <> 'submitted' OR c.state <> 'submitted' THEN
      PERFORM casework_refuse('casework_undeclared_transition', '这个办件已经提交过');
    END IF;
    NEW.from_state := '';
    NEW.post := CASE WHEN kind = 'staff' THEN 'handle' ELSE '' END;
  ELSE
    SELECT post INTO NEW.post FROM casework_transition
     WHERE item_version_id = c.item_version_id AND from_state = c.state AND verb = NEW.verb
       AND to_state = NEW.to_state AND function = NEW.function;
    IF NOT FOUND OR (NEW.verb = 'resume' AND NEW.to_state <> c.suspended_from) THEN
      PERFORM casework_refuse('casework_undeclared_transition',
        format('事项没有规定这一步：%s 不能由 %s 以 %s 变为 %s', c.state, NEW.function, NEW.verb, NEW.to_state));
    END IF;
    NEW.from_state := c.state;
  END IF;
  IF NEW.verb = 'fast_forward' AND NOT EXISTS (
      SELECT 1 FROM casework_itemversion v WHERE v.id = (NEW.detail ->> 'item_version')::uuid
         AND v.code = c.item_code AND v.state = 'published'
         AND (v.waits ? c.state OR c.state IN ('correcting', 'suspended'))) THEN
    PERFORM casework_refuse('casework_undeclared_transition', '新版事项没有这个办件现在的状态');
  END IF;
  IF kind = 'staff' AND NEW.post <> '' THEN
    IF NEW.actor_person_id IS NULL THEN
      PERFORM casework_refuse('casework_no_person', '没有对应自然人的账号不能办理');
    END IF;
    me := casework_natural(NEW.actor_person_id);
    IF EXISTS (SELECT 1 FROM casework_action a WHERE a.case_id = NEW.case_id AND a.post NOT IN ('', NEW.post)
                  AND casework_natural(a.actor_person_id) = me) THEN
      PERFORM casework_refuse('casework_two_posts', '同一个人不能在一个办件里担任两个岗位');
    END IF;
    IF NEW.verb NOT IN ('submit', 'correct') THEN
      why := casework_interest(me, c.applicant_person_id, c.agent_person_id, c.applicant_organisation_id);
      IF why <> '' THEN PERFORM casework_refuse('casework_conflict', '不能办理自己、家人或者有利害关系的人的事'); END IF;
    END IF;
  END IF;
  RETURN NEW;
END
$$;

-- The only thing that moves a case.
CREATE FUNCTION casework_move_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  waiting jsonb;
  moved_version uuid;
BEGIN
  IF NEW.verb = 'fast_forward' THEN moved_version := (NEW.detail ->> 'item_version')::uuid; END IF;
  SELECT v.waits -> NEW.to_state INTO waiting FROM casework_itemversion v JOIN casework_case c ON c.id = NEW.case_id
   WHERE v.id = coalesce(moved_version, c.item_version_id);
  UPDATE casework_case SET
    state = NEW.to_state,
    item_version_id = coalesce(moved_version, item_version_id),
    suspended_from = CASE WHEN NEW.verb = 'suspend' THEN NEW.from_state
                          WHEN NEW.to_state = 'suspended' THEN suspended_from ELSE '' END,
    waiting_functions = CASE WHEN waiting IS NULL THEN '{}'
                             ELSE ARRAY(SELECT jsonb_array_elements_text(waiting -> 'functions')) END,
    waiting_level = coalesce(waiting ->> 'level', ''),
    claimed_by = CASE WHEN NEW.to_state = NEW.from_state AND NEW.verb <> 'transfer' THEN claimed_by END,
    claimed_name = CASE WHEN NEW.to_state = NEW.from_state AND NEW.verb <> 'transfer' THEN claimed_name ELSE '' END,
    claimed_at = CASE WHEN NEW.to_state = NEW.from_state AND NEW.verb <> 'transfer' THEN claimed_at END,
    region_code = CASE WHEN NEW.verb = 'transfer' THEN coalesce(nullif(NEW.detail ->> 'to_region', ''), region_code)
                       ELSE region_code END,
    shared_with = CASE WHEN NEW.verb = 'ask_opinion' AND NOT (NEW.detail ->> 'region') = ANY (shared_with)
                       THEN shared_with || (NEW.detail ->> 'region') ELSE shared_with END,
    closed_at = CASE WHEN NEW.to_state IN ('rejected', 'withdrawn', 'terminated', 'transferred', 'archived')
                     THEN coalesce(closed_at, NEW.at) END,
    version = version + 1
   WHERE id = NEW.case_id;
  RETURN NULL;
END
$$;

CREATE FUNCTION casework_guard_case() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
  owner name := (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID);
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF current_user <> owner AND (NEW.state <> 'submitted' OR NEW.decision <> '' OR NEW.closed_at IS NOT NULL) THEN
      PERFORM casework_refuse('casework_state_by_action', '新办件只能从“已提交”开始');
    END IF;
    IF NEW.waiting_functions = '{}' AND NEW.state = 'submitted' THEN
      SELECT ARRAY(SELECT jsonb_array_elements_text(v.waits -> 'submitted' -> 'functions')),
             coalesce(v.waits -> 'submitted' ->> 'level', '')
        INTO NEW.waiting_functions, NEW.waiting_level FROM casework_itemversion v WHERE v.id = NEW.item_version_id;
    END IF;
  ELSIF pg_trigger_depth() < 2 AND (NEW.state, NEW.suspended_from, NEW.waiting_functions, NEW.item_version_id,
        NEW.region_code, NEW.number) IS DISTINCT FROM (OLD.state, OLD.suspended_from, OLD.waiting_functions,
        OLD.item_version_id, OLD.region_code, OLD.number) THEN
    PERFORM casework_refuse('casework_state_by_action', '办件状态只能由办理动作改变');
  END IF;
  NEW.waiting_key := CASE WHEN NEW.waiting_functions = '{}' THEN ''
                          ELSE array_to_string(NEW.waiting_functions, ',') || '@' || NEW.waiting_level END;
  RETURN NEW;
END
$$;

CREATE FUNCTION casework_guard_version() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.state = 'published' AND to_jsonb(NEW) - 'effective_to' <> to_jsonb(OLD) - 'effective_to') THEN
    PERFORM casework_refuse('casework_version_fixed', '已发布的事项版本不能改，也不能删');
  END IF;
  RETURN NEW;
END
$$;

-- What anybody who holds a document's code may see.
CREATE FUNCTION casework_verify(wanted text) RETURNS TABLE (
  name text, number text, issued_on date, sha256 text, facts jsonb, item_name text, subject text, state text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
  SELECT d.name, d.number, d.issued_on, d.sha256, d.facts, c.item_name, c.subject_name, c.state
    FROM casework_document d JOIN casework_case c ON c.id = d.case_id WHERE d.code = wanted
$$;
"""

# Bulk loading: a stage of its own for each batch, filled by COPY, then moved in one statement and dropped. The
# application may only write into it; nobody reads it but the function that moves it.
STAGES = """
CREATE FUNCTION casework_open_stage(batch uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE stage text := 'casework_stage_' || replace(batch::text, '-', '');
BEGIN
  IF hrss_kind() NOT IN ('staff', 'public', 'partner', 'system') THEN
    PERFORM casework_refuse('casework_no_actor', '没有办理人，不能批量导入');
  END IF;
  EXECUTE format('CREATE UNLOGGED TABLE %I (row_number int, __STAGE__)', stage);
  EXECUTE format('REVOKE ALL ON %I FROM hrss_app', stage);
  EXECUTE format('GRANT INSERT ON %I TO hrss_app', stage);
  RETURN stage;
END
$$;

CREATE FUNCTION casework_take_stage(batch uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  stage text := 'casework_stage_' || replace(batch::text, '-', '');
  taken bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM casework_bulkbatch b WHERE b.id = batch AND __BATCH_SEEN__) THEN
    PERFORM casework_refuse('casework_not_found', '没有这个批次');
  END IF;
  EXECUTE format('INSERT INTO casework_bulkrow (batch_id, row_number, __COLUMNS__)
                  SELECT $1, row_number, __COLUMNS__ FROM %I', stage) USING batch;
  GET DIAGNOSTICS taken = ROW_COUNT;
  EXECUTE format('DROP TABLE %I', stage);
  RETURN taken;
END
$$;

CREATE FUNCTION casework_drop_stage(batch uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ BEGIN EXECUTE format('DROP TABLE IF EXISTS %I', 'casework_stage_' || replace(batch::text, '-', '')); END $$;

CREATE FUNCTION casework_left_stages() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT substr(relname, 16)::uuid FROM pg_class WHERE relkind = 'r' AND relname ~ '^casework_stage_[0-9a-f]{32}$' $$;
"""
UNSTAGES = """
DROP FUNCTION casework_left_stages();
DROP FUNCTION casework_drop_stage(uuid);
DROP FUNCTION casework_take_stage(uuid);
DROP FUNCTION casework_open_stage(uuid);
"""
TRIGGERS = """
CREATE TRIGGER casework_action_guard BEFORE INSERT ON casework_action
  FOR EACH ROW EXECUTE FUNCTION casework_guard_action();
CREATE TRIGGER casework_action_moves AFTER INSERT ON casework_action
  FOR EACH ROW EXECUTE FUNCTION casework_move_case();
CREATE TRIGGER casework_case_guard BEFORE INSERT OR UPDATE ON casework_case
  FOR EACH ROW EXECUTE FUNCTION casework_guard_case();
CREATE TRIGGER casework_itemversion_guard BEFORE UPDATE OR DELETE ON casework_itemversion
  FOR EACH ROW EXECUTE FUNCTION casework_guard_version();
"""

CASE_COLUMNS = (
    "data, result, accepted_at, decided_at, delivered_at, due_on, promised_due_on, act_by, warn_on, decision, claimed_by,"
    " claimed_name, claimed_at, bundle_id"
)
GRANTS = f"""
REVOKE UPDATE, DELETE, TRUNCATE ON casework_case FROM hrss_app;
GRANT UPDATE ({CASE_COLUMNS}) ON casework_case TO hrss_app;
REVOKE DELETE, TRUNCATE ON casework_material, casework_clock, casework_suspension, casework_opinion,
  casework_ratingtask, casework_bundle, casework_bundlemember, casework_conflictdeclaration FROM hrss_app;
"""
UNGRANT = "GRANT UPDATE, DELETE ON casework_case TO hrss_app;"

REVERSE = """
DROP TRIGGER casework_itemversion_guard ON casework_itemversion;
DROP TRIGGER casework_case_guard ON casework_case;
DROP TRIGGER casework_action_moves ON casework_action;
DROP TRIGGER casework_action_guard ON casework_action;
DROP FUNCTION casework_verify(text);
DROP FUNCTION casework_guard_version();
DROP FUNCTION casework_guard_case();
DROP FUNCTION casework_move_case();
DROP FUNCTION casework_guard_action();
DROP FUNCTION casework_refuse(text, text);
DROP FUNCTION casework_interest(uuid, uuid, uuid, uuid);
DROP FUNCTION casework_natural(uuid);
"""
REVERSE_EARLY = """
DROP FUNCTION casework_is_asked(text[]);
DROP FUNCTION casework_in_line(text);
"""

MINE = "account = nullif(current_setting('hrss.account', true), '')::uuid OR hrss_kind() = 'system'"
CASE = (
    "(hrss_in_scope(region_code) AND casework_in_line(line)) OR hrss_is_self(applicant_person_id)"
    " OR hrss_is_organisation(applicant_organisation_id) OR casework_is_asked(shared_with)"
)
BATCH = f"(hrss_in_scope(b.region_code) OR hrss_is_organisation(b.organisation_id) OR b.{MINE})"
BULK_COLUMNS = ", ".join(f"c{number:02d}" for number in range(1, 17))
STAGES = (
    STAGES.replace("__STAGE__", BULK_COLUMNS.replace(",", " text,") + " text")
    .replace("__COLUMNS__", BULK_COLUMNS)
    .replace("__BATCH_SEEN__", BATCH)
)
EARLY, LATE = FUNCTIONS.replace("__SEEN__", CASE).split("-- The natural person", 1)

# The definer functions run as the owner, who must read what they check and move the case.
OWNER = """
CREATE POLICY casework_case_owner ON casework_case TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY casework_action_owner ON casework_action FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY casework_document_owner ON casework_document FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY casework_conflictdeclaration_owner ON casework_conflictdeclaration
  FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY casework_bulkrow_owner ON casework_bulkrow FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY casework_bulkbatch_owner ON casework_bulkbatch FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY people_householdmember_casework ON people_householdmember FOR SELECT TO CURRENT_USER USING (true);
"""
UNOWNER = """
DROP POLICY people_householdmember_casework ON people_householdmember;
DROP POLICY casework_bulkbatch_owner ON casework_bulkbatch;
DROP POLICY casework_bulkrow_owner ON casework_bulkrow;
DROP POLICY casework_conflictdeclaration_owner ON casework_conflictdeclaration;
DROP POLICY casework_document_owner ON casework_document;
DROP POLICY casework_action_owner ON casework_action;
DROP POLICY casework_case_owner ON casework_case;
"""


def of_case(table: str) -> migrations.RunSQL:
    """Protect a table by the case its rows belong to."""
    return protect(table, region="", extra=f"EXISTS (SELECT 1 FROM casework_case c WHERE c.id = {table}.case_id)")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        migrations.RunSQL(EARLY, REVERSE_EARLY),
        protect("casework_case", region="", extra=CASE),
        *(
            of_case(f"casework_{name}")
            for name in (
                "action",
                "clock",
                "suspension",
                "material",
                "notice",
                "opinion",
                "decision",
                "document",
                "effect",
                "archivebag",
                "rating",
                "ratingtask",
            )
        ),
        protect("casework_bundle", person="person_id", organisation="organisation_id"),
        protect(
            "casework_bundlemember",
            region="",
            extra="EXISTS (SELECT 1 FROM casework_bundle b WHERE b.id = casework_bundlemember.bundle_id)",
        ),
        protect("casework_draft", region="", person="person_id", organisation="organisation_id", extra=MINE),
        protect("casework_conflictdeclaration", person="person_id"),
        protect("casework_bulkbatch", organisation="organisation_id", extra=MINE),
        protect(
            "casework_bulkrow",
            region="",
            extra="EXISTS (SELECT 1 FROM casework_bulkbatch b WHERE b.id = casework_bulkrow.batch_id)",
        ),
        migrations.RunSQL("-- The natural person" + LATE, migrations.RunSQL.noop),
        migrations.RunSQL(OWNER, UNOWNER),
        migrations.RunSQL(STAGES, UNSTAGES),
        migrations.RunSQL(TRIGGERS, REVERSE),
        *(
            append_only(f"casework_{name}")
            for name in (
                "action",
                "transition",
                "notice",
                "decision",
                "document",
                "effect",
                "archivebag",
                "rating",
            )
        ),
        migrations.RunSQL(GRANTS, UNGRANT),
    ]
