"""Row-level security of the insurance tables; payments and award events are append-only; contributions by year.

The partitions of contributions are reached only through their parent: the application role has no right on them, so
row-level security of the parent cannot be walked around.
"""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only, protect

FIRST, LAST = 2006, 2035
TABLE = """
CREATE TABLE insurance_contribution (
  person_id uuid NOT NULL,
  employer_id uuid NOT NULL,
  region_code text NOT NULL,
  year smallint NOT NULL,
  month smallint NOT NULL CHECK (month BETWEEN 1 AND 12),
  base_fen integer NOT NULL CHECK (base_fen > 0),
  pension_employer_fen integer NOT NULL DEFAULT 0 CHECK (pension_employer_fen >= 0),
  pension_employee_fen integer NOT NULL DEFAULT 0 CHECK (pension_employee_fen >= 0),
  unemployment_employer_fen integer NOT NULL DEFAULT 0 CHECK (unemployment_employer_fen >= 0),
  unemployment_employee_fen integer NOT NULL DEFAULT 0 CHECK (unemployment_employee_fen >= 0),
  injury_employer_fen integer NOT NULL DEFAULT 0 CHECK (injury_employer_fen >= 0),
  PRIMARY KEY (person_id, year, month, employer_id)
) PARTITION BY LIST (year);
CREATE INDEX insurance_contribution_employer ON insurance_contribution (employer_id, year, month);
"""
PARTITIONS = "".join(
    f"CREATE TABLE insurance_contribution_{year} PARTITION OF insurance_contribution FOR VALUES IN ({year});"
    f"REVOKE ALL ON insurance_contribution_{year} FROM hrss_app;"
    for year in range(FIRST, LAST + 1)
)


class Migration(migrations.Migration):
    dependencies = [("insurance", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        migrations.RunSQL(TABLE + PARTITIONS, "DROP TABLE insurance_contribution"),
        protect("insurance_contribution", person="person_id", organisation="employer_id"),
        append_only("insurance_contribution"),
        protect("insurance_declaration", organisation="employer_id"),
        append_only("insurance_declaration"),
        protect("insurance_residentenrolment", person="person_id"),
        protect("insurance_residentpayment", person="person_id"),
        append_only("insurance_residentpayment"),
        protect("insurance_accountyear", person="person_id"),
        protect("insurance_award", person="person_id"),
        protect("insurance_awardevent", person="person_id"),
        append_only("insurance_awardevent"),
    ]
