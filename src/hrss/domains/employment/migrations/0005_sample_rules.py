"""Sample and reports keep to the firm's place and to the firm; a report changes only by being replaced, once."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

ONCE = """
REVOKE UPDATE, DELETE, TRUNCATE ON employment_firmreport FROM hrss_app;
GRANT UPDATE (replaced_at) ON employment_firmreport TO hrss_app;
CREATE FUNCTION employment_report_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL THEN
    RAISE EXCEPTION 'a report is replaced once' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER employment_firmreport_once BEFORE UPDATE ON employment_firmreport
  FOR EACH ROW EXECUTE FUNCTION employment_report_once();
"""
AGAIN = """
DROP TRIGGER employment_firmreport_once ON employment_firmreport;
DROP FUNCTION employment_report_once();
GRANT UPDATE, DELETE ON employment_firmreport TO hrss_app;
"""


class Migration(migrations.Migration):
    dependencies = [("employment", "0004_sample"), ("scope", "0001_functions")]
    operations = [
        protect("employment_samplefirm", organisation="organisation_id"),
        protect("employment_firmreport", organisation="organisation_id"),
        protect("employment_reportreminder", organisation="organisation_id"),
        append_only("employment_reportreminder"),
        migrations.RunSQL(ONCE, AGAIN),
    ]
