"""The one door to a whole household: names and relations of its members, wherever they are registered.

The function answers only for a person whom the one asking may see; the tables stay as closed as they were.
"""

from __future__ import annotations

from django.db import migrations

DOOR = """
CREATE POLICY people_household_owner ON people_household FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY people_householdmember_owner ON people_householdmember FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION people_household_around(who uuid) RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$
  SELECT json_build_object('id', h.id, 'region_code', h.region_code, 'address', h.address, 'members', (
           SELECT json_agg(json_build_object(
                    'person_id', p.id, 'name', p.name, 'relation', m.relation, 'since', m.since))
             FROM people_householdmember m JOIN people_person p ON p.id = m.person_id
            WHERE m.household_id = h.id AND m.until IS NULL))
    FROM people_person me
    JOIN people_householdmember mine ON mine.person_id = me.id AND mine.until IS NULL
    JOIN people_household h ON h.id = mine.household_id
   WHERE me.id = who
     AND (hrss_in_scope(me.region_code) OR hrss_in_scope(me.residence_code) OR hrss_is_self(me.id))
$$;
REVOKE ALL ON FUNCTION people_household_around(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_household_around(uuid) TO hrss_app;
"""
SHUT = """
DROP FUNCTION people_household_around(uuid);
DROP POLICY people_householdmember_owner ON people_householdmember;
DROP POLICY people_household_owner ON people_household;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_rules"), ("scope", "0001_functions")]
    operations = [migrations.RunSQL(DOOR, SHUT)]
