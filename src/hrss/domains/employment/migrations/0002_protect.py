"""Row-level security of the employment tables; status events are append-only; no overlapping jobs at one employer."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

OVERLAP = """
ALTER TABLE employment_employmentspell ADD CONSTRAINT employment_spell_no_overlap EXCLUDE USING gist (
  int8range(hashtextextended(person_id::text || coalesce(employer_id::text, kind), 0),
            hashtextextended(person_id::text || coalesce(employer_id::text, kind), 0), '[]') WITH &&,
  daterange(since, until, '[)') WITH &&
) WHERE (employer_id IS NOT NULL)
"""
UNDO = "ALTER TABLE employment_employmentspell DROP CONSTRAINT employment_spell_no_overlap"


class Migration(migrations.Migration):
    dependencies = [("employment", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        protect("employment_statusevent", person="person_id"),
        append_only("employment_statusevent"),
        protect("employment_currentstatus", person="person_id"),
        protect("employment_unemploymentregistration", person="person_id"),
        protect("employment_employmentspell", person="person_id", organisation="employer_id"),
        protect("employment_hardshiprecognition", person="person_id"),
        protect("employment_zeroemploymentfamily", person="head_id"),
        protect("employment_graduate", person="person_id"),
        protect("employment_serviceoffer", person="person_id"),
        migrations.RunSQL(OVERLAP, UNDO),
    ]
