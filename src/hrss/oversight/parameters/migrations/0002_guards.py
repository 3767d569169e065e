"""Two natural persons, a day still to come, nothing changed after the decision: held by the database."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import protect

GUARD = """
CREATE FUNCTION parameters_guard() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION '参数变动只增不删' USING ERRCODE = '42501';
  END IF;
  IF OLD.state <> 'proposed' OR (OLD.name, OLD.value, OLD.valid_from, OLD.region_code, OLD.document, OLD.reason,
      OLD.proposed_by) IS DISTINCT FROM (NEW.name, NEW.value, NEW.valid_from, NEW.region_code, NEW.document,
      NEW.reason, NEW.proposed_by) THEN
    RAISE EXCEPTION '参数变动提出以后不能改，审批以后不能再批' USING ERRCODE = '42501';
  END IF;
  IF NEW.decided_by IS NOT NULL AND access_natural_person(NEW.decided_by) = access_natural_person(NEW.proposed_by) THEN
    RAISE EXCEPTION '提出人不能自己审批' USING ERRCODE = '23514', CONSTRAINT = 'parameters_change_two_persons';
  END IF;
  IF NEW.state = 'approved' AND NEW.valid_from <= hrss_today() THEN
    RAISE EXCEPTION '生效日期应在批准日以后' USING ERRCODE = '23514', CONSTRAINT = 'parameters_change_later';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER parameters_change_guard BEFORE UPDATE OR DELETE ON parameters_parameterchange
  FOR EACH ROW EXECUTE FUNCTION parameters_guard();
CREATE FUNCTION parameters_born() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
  IF NEW.state <> 'proposed' THEN
    RAISE EXCEPTION '参数变动先提出再审批' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER parameters_change_born BEFORE INSERT ON parameters_parameterchange
  FOR EACH ROW EXECUTE FUNCTION parameters_born();
"""
UNDO = """
DROP TRIGGER parameters_change_born ON parameters_parameterchange;
DROP FUNCTION parameters_born();
DROP TRIGGER parameters_change_guard ON parameters_parameterchange;
DROP FUNCTION parameters_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("parameters", "0001_initial"), ("access", "0002_rules"), ("scope", "0003_today")]
    operations = [protect("parameters_parameterchange"), migrations.RunSQL(GUARD, UNDO)]
