"""SQL functions that row-level security policies and append-only triggers call.

They are STABLE and read only transaction-local settings, so PostgreSQL evaluates them cheaply; the kind ``system``
sees everything, ``public`` sees only its own rows.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION hrss_kind() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('hrss.kind', true), '') $$;

CREATE FUNCTION hrss_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('hrss.person', true), '')::uuid $$;

CREATE FUNCTION hrss_regions() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT string_to_array(nullif(current_setting('hrss.regions', true), ''), ',') $$;

CREATE FUNCTION hrss_in_scope(region text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$
DECLARE
  prefixes text;
  prefix text;
BEGIN
  IF current_setting('hrss.kind', true) = 'system' THEN RETURN true; END IF;
  prefixes := current_setting('hrss.regions', true);
  IF prefixes IS NULL OR prefixes = '' OR region IS NULL THEN RETURN false; END IF;
  IF strpos(prefixes, ',') = 0 THEN RETURN left(region, length(prefixes)) = prefixes; END IF;
  FOREACH prefix IN ARRAY string_to_array(prefixes, ',') LOOP
    IF left(region, length(prefix)) = prefix THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END
$$;

CREATE FUNCTION hrss_is_self(person uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT person IS NOT NULL AND (
     person = nullif(current_setting('hrss.person', true), '')::uuid
     OR person = nullif(current_setting('hrss.acting_for', true), '')::uuid) $$;

CREATE FUNCTION hrss_is_organisation(organisation uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT organisation IS NOT NULL AND organisation = nullif(current_setting('hrss.organisation', true), '')::uuid $$;

CREATE FUNCTION hrss_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  RAISE EXCEPTION '% 只增不改：不能 %', TG_TABLE_NAME, TG_OP USING ERRCODE = '42501';
END
$$;
"""

REVERSE = """
DROP FUNCTION hrss_refuse_change();
DROP FUNCTION hrss_is_organisation(uuid);
DROP FUNCTION hrss_is_self(uuid);
DROP FUNCTION hrss_in_scope(text);
DROP FUNCTION hrss_regions();
DROP FUNCTION hrss_person();
DROP FUNCTION hrss_kind();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(FUNCTIONS, REVERSE)]
