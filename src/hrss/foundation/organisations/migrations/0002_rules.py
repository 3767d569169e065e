"""Organisations are read by all (register facts, L1) and written in scope or by the one acting for them."""

from __future__ import annotations

from django.db import migrations

RULES = """
ALTER TABLE organisations_organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisations_organisation FORCE ROW LEVEL SECURITY;
CREATE POLICY organisations_organisation_read ON organisations_organisation FOR SELECT USING (true);
CREATE POLICY organisations_organisation_add ON organisations_organisation FOR INSERT
  WITH CHECK (hrss_in_scope(region_code));
CREATE POLICY organisations_organisation_change ON organisations_organisation FOR UPDATE
  USING (hrss_in_scope(region_code) OR hrss_is_organisation(id))
  WITH CHECK (hrss_in_scope(region_code) OR hrss_is_organisation(id));
REVOKE DELETE ON organisations_organisation FROM hrss_app;

CREATE FUNCTION organisations_next_version() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF OLD.credit_code IS NOT NULL AND NEW.credit_code IS DISTINCT FROM OLD.credit_code THEN
    RAISE EXCEPTION '统一社会信用代码登记后不能改，应另行登记并注销原记录'
      USING ERRCODE = '23514', CONSTRAINT = 'organisations_credit_code_fixed';
  END IF;
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER organisations_organisation_version BEFORE UPDATE ON organisations_organisation
  FOR EACH ROW EXECUTE FUNCTION organisations_next_version();
"""

UNDO = """
DROP TRIGGER organisations_organisation_version ON organisations_organisation;
DROP FUNCTION organisations_next_version();
GRANT DELETE ON organisations_organisation TO hrss_app;
DROP POLICY organisations_organisation_change ON organisations_organisation;
DROP POLICY organisations_organisation_add ON organisations_organisation;
DROP POLICY organisations_organisation_read ON organisations_organisation;
ALTER TABLE organisations_organisation NO FORCE ROW LEVEL SECURITY;
ALTER TABLE organisations_organisation DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("scope", "0001_functions")]
    operations = [migrations.RunSQL(RULES, UNDO)]
