"""What a delegate was entrusted with is known to the database: rows of other services do not exist for them.

One's own rows need no entrusting. Without the setting ``hrss.services`` a delegate sees nothing.
"""

from __future__ import annotations

from django.db import migrations

FUNCTION = """
CREATE FUNCTION hrss_is_entrusted(person uuid, organisation uuid, service text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT person = nullif(current_setting('hrss.person', true), '')::uuid
     OR ((person = nullif(current_setting('hrss.acting_for', true), '')::uuid
          OR organisation = nullif(current_setting('hrss.organisation', true), '')::uuid)
         AND (current_setting('hrss.services', true) = '*'
              OR service = ANY (string_to_array(current_setting('hrss.services', true), ',')))) $$;
"""


class Migration(migrations.Migration):
    dependencies = [("scope", "0001_functions")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION hrss_is_entrusted(uuid, uuid, text);")]
