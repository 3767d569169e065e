"""Delegations: seen by both sides and in scope, given only by the one who grants, accepted only by the delegate.

Accounts and codes carry no row-level security: they are read before anybody is known (ADR 0007).
"""

from __future__ import annotations

from django.db import migrations

RULES = """
ALTER TABLE identity_delegation ENABLE ROW LEVEL SECURITY;
ALTER TABLE identity_delegation FORCE ROW LEVEL SECURITY;
CREATE POLICY identity_delegation_read ON identity_delegation FOR SELECT
  USING (hrss_in_scope(region_code) OR hrss_is_self(grantor_person_id) OR hrss_person() = delegate_id
         OR hrss_is_organisation(grantor_organisation_id));
CREATE POLICY identity_delegation_give ON identity_delegation FOR INSERT
  WITH CHECK (accepted_at IS NULL AND (
    hrss_in_scope(region_code) OR hrss_person() = grantor_person_id OR hrss_is_organisation(grantor_organisation_id))
    OR hrss_kind() = 'system');
CREATE POLICY identity_delegation_change ON identity_delegation FOR UPDATE
  USING (hrss_in_scope(region_code) OR hrss_person() = grantor_person_id OR hrss_person() = delegate_id
         OR hrss_is_organisation(grantor_organisation_id));
REVOKE DELETE ON identity_delegation FROM hrss_app;
REVOKE DELETE ON identity_account FROM hrss_app;

CREATE FUNCTION identity_guard_delegation() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF (NEW.kind, NEW.grantor_person_id, NEW.grantor_organisation_id, NEW.delegate_id, NEW.services, NEW.since, NEW.until)
     IS DISTINCT FROM
     (OLD.kind, OLD.grantor_person_id, OLD.grantor_organisation_id, OLD.delegate_id, OLD.services, OLD.since, OLD.until)
     OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at) THEN
    RAISE EXCEPTION '委托不能改，应撤销后另行委托'
      USING ERRCODE = '23514', CONSTRAINT = 'identity_delegation_fixed';
  END IF;
  IF NEW.accepted_at IS DISTINCT FROM OLD.accepted_at AND hrss_kind() <> 'system'
     AND hrss_person() IS DISTINCT FROM NEW.delegate_id THEN
    RAISE EXCEPTION '委托只能由受托人接受'
      USING ERRCODE = '23514', CONSTRAINT = 'identity_delegation_accepted_by_delegate';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER identity_delegation_guard BEFORE UPDATE ON identity_delegation
  FOR EACH ROW EXECUTE FUNCTION identity_guard_delegation();
"""

UNDO = """
DROP TRIGGER identity_delegation_guard ON identity_delegation;
DROP FUNCTION identity_guard_delegation();
GRANT DELETE ON identity_account TO hrss_app;
GRANT DELETE ON identity_delegation TO hrss_app;
DROP POLICY identity_delegation_change ON identity_delegation;
DROP POLICY identity_delegation_give ON identity_delegation;
DROP POLICY identity_delegation_read ON identity_delegation;
ALTER TABLE identity_delegation NO FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_delegation DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial"), ("scope", "0001_functions")]
    operations = [migrations.RunSQL(RULES, UNDO)]
