"""What staff looked at and were refused is found by the day in China: a stored column and an index over those events.

The day stands in a column because cutting a timestamp is not leakproof: behind row-level security only a comparison of
columns may use an index. The column is the database's own; the log's lines, hashes and exports do not have it.
"""

from __future__ import annotations

from django.db import migrations

ADD = """
ALTER TABLE audit_event ADD COLUMN day date
  GENERATED ALWAYS AS ((at AT TIME ZONE 'Asia/Shanghai')::date) STORED;
CREATE INDEX audit_event_staff_day ON audit_event (outcome, day)
  WHERE actor_kind = 'staff' AND outcome IN ('read', 'refused');
"""
DROP = """
DROP INDEX audit_event_staff_day;
ALTER TABLE audit_event DROP COLUMN day;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_shown_in_lists")]
    operations = [migrations.RunSQL(ADD, DROP)]
