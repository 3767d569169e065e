"""Functions that give running numbers: one sequence a day, owned by the owner, used by the application.

The application may not make sequences; these functions do it for it and for nothing else.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION numbering_name(day date) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT 'numbering_case_' || to_char(day, 'YYYYMMDD') $$;

CREATE FUNCTION numbering_open(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF day NOT BETWEEN DATE '2000-01-01' AND DATE '2099-12-31' THEN
    RAISE EXCEPTION 'no case numbers for %', day USING ERRCODE = '22008';
  END IF;
  IF to_regclass(numbering_name(day)) IS NULL THEN
    BEGIN
      EXECUTE format('CREATE SEQUENCE %I MAXVALUE 999999 NO CYCLE', numbering_name(day));
      EXECUTE format('REVOKE ALL ON SEQUENCE %I FROM hrss_app', numbering_name(day));
    EXCEPTION WHEN duplicate_table OR unique_violation THEN
      NULL;  -- another transaction made it meanwhile
    END;
  END IF;
END
$$;

CREATE FUNCTION numbering_next(day date) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
BEGIN
  IF to_regclass(numbering_name(day)) IS NULL THEN PERFORM numbering_open(day); END IF;
  RETURN nextval(numbering_name(day)::regclass);
END
$$;
"""
UNDO = """
DROP FUNCTION numbering_next(date);
DROP FUNCTION numbering_open(date);
DROP FUNCTION numbering_name(date);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0001_functions")]
    operations = [migrations.RunSQL(FUNCTIONS, UNDO)]
