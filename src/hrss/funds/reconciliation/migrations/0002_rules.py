"""Statements are kept as they came; no two statements of one origin and account share a day."""

from __future__ import annotations

from django.db import migrations

from hrss.foundation.scope.policies import append_only

OVERLAP = """
ALTER TABLE reconciliation_statementfile ADD CONSTRAINT reconciliation_file_no_overlap EXCLUDE USING gist (
  int8range(hashtextextended(origin || ':' || fund || ':' || bank, 0),
            hashtextextended(origin || ':' || fund || ':' || bank, 0), '[]') WITH &&,
  daterange(since, until, '[]') WITH &&)
"""


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_initial"), ("scope", "0001_functions")]
    operations = [
        migrations.RunSQL(
            [OVERLAP],
            ["ALTER TABLE reconciliation_statementfile DROP CONSTRAINT reconciliation_file_no_overlap"],
        ),
        append_only("reconciliation_statementfile"),
        append_only("reconciliation_statementline"),
        migrations.RunSQL(
            ["REVOKE DELETE, TRUNCATE ON reconciliation_run, reconciliation_break FROM hrss_app"],
            ["GRANT DELETE ON reconciliation_run, reconciliation_break TO hrss_app"],
        ),
    ]
