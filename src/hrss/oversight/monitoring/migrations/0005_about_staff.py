"""Alerts about members of staff: marked, and shown to nobody they are about, whatever the scope."""

from __future__ import annotations

import django.contrib.postgres.fields
from django.db import migrations, models

TIGHTER = """
DROP POLICY monitoring_alert_scope ON monitoring_alert;
CREATE POLICY monitoring_alert_scope ON monitoring_alert
  USING (hrss_in_scope(region_code) AND (hrss_person() IS NULL OR NOT hrss_person() = ANY (about)))
  WITH CHECK (hrss_in_scope(region_code) AND (hrss_person() IS NULL OR NOT hrss_person() = ANY (about)));
DROP POLICY monitoring_alertaction_scope ON monitoring_alertaction;
CREATE POLICY monitoring_alertaction_scope ON monitoring_alertaction
  USING (hrss_in_scope(region_code) AND EXISTS (SELECT 1 FROM monitoring_alert a WHERE a.id = alert_id))
  WITH CHECK (hrss_in_scope(region_code) AND EXISTS (SELECT 1 FROM monitoring_alert a WHERE a.id = alert_id));
"""
AS_BEFORE = """
DROP POLICY monitoring_alertaction_scope ON monitoring_alertaction;
CREATE POLICY monitoring_alertaction_scope ON monitoring_alertaction
  USING (hrss_in_scope(region_code)) WITH CHECK (hrss_in_scope(region_code));
DROP POLICY monitoring_alert_scope ON monitoring_alert;
CREATE POLICY monitoring_alert_scope ON monitoring_alert
  USING (hrss_in_scope(region_code)) WITH CHECK (hrss_in_scope(region_code));
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_retired"), ("audit", "0004_staff_day")]

    operations = [
        migrations.AlterField(
            model_name="alert",
            name="subject",
            field=models.CharField(db_collation="C", max_length=80, verbose_name="对象"),
        ),
        migrations.AddField(
            model_name="alert",
            name="about",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None, verbose_name="涉及的办事人员"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="discreet",
            field=models.BooleanField(default=False, verbose_name="只给监督岗位看"),
        ),
        migrations.RunSQL(TIGHTER, AS_BEFORE),
    ]
