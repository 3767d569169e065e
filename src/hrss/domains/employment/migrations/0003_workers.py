"""The one door through which a firm sees who works there, wherever they live: name, first day, occupation of its own.

The function has no say in whose workers: it reads the firm acted for from the scope. Tables stay as closed as they were.
"""

from __future__ import annotations

from django.db import migrations

DOOR = """
CREATE POLICY employment_employmentspell_owner ON employment_employmentspell FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION employment_workers(after uuid, most integer)
RETURNS TABLE (spell uuid, person uuid, name text, since date, occupation text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
  SELECT s.id, p.id, p.name::text, s.since, s.occupation::text
    FROM employment_employmentspell s JOIN people_person p ON p.id = s.person_id
   WHERE hrss_kind() = 'public' AND hrss_is_organisation(s.employer_id) AND s.until IS NULL
     AND (after IS NULL OR s.id > after)
   ORDER BY s.id LIMIT least(most, 200)
$$;
REVOKE ALL ON FUNCTION employment_workers(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION employment_workers(uuid, integer) TO hrss_app;
"""
SHUT = """
DROP FUNCTION employment_workers(uuid, integer);
DROP POLICY employment_employmentspell_owner ON employment_employmentspell;
"""


class Migration(migrations.Migration):
    dependencies = [("employment", "0002_protect"), ("people", "0002_rules"), ("scope", "0001_functions")]
    operations = [migrations.RunSQL(DOOR, SHUT)]
