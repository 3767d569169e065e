"""Working days and their changes. The application changes days through approved changes; past changes stay."""

import django.db.models
import django.db.models.functions
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0001_functions")]
    operations = [
        migrations.CreateModel(
            name="WorkDay",
            fields=[
                ("day", django.db.models.DateField(primary_key=True, serialize=False, verbose_name="日期")),
                ("is_working", django.db.models.BooleanField(verbose_name="工作日")),
                ("name", django.db.models.TextField(default="", verbose_name="节日")),
                ("source", django.db.models.TextField(verbose_name="依据")),
                ("confirmed", django.db.models.BooleanField(default=False, verbose_name="已确认")),
            ],
            options={"verbose_name": "工作日历"},
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", django.db.models.UUIDField(primary_key=True, serialize=False)),
                ("year", django.db.models.IntegerField(null=True, verbose_name="整年")),
                ("days", django.db.models.JSONField(verbose_name="日期")),
                ("source", django.db.models.TextField(verbose_name="依据")),
                (
                    "state",
                    django.db.models.TextField(
                        choices=[("proposed", "待复核"), ("approved", "已生效"), ("refused", "已退回")],
                        default="proposed",
                        verbose_name="状态",
                    ),
                ),
                ("proposed_account", django.db.models.UUIDField()),
                ("proposed_person", django.db.models.UUIDField()),
                ("proposed_at", django.db.models.DateTimeField(db_default=django.db.models.functions.Now())),
                ("decided_account", django.db.models.UUIDField(null=True)),
                ("decided_person", django.db.models.UUIDField(null=True)),
                ("decided_at", django.db.models.DateTimeField(null=True)),
                ("remark", django.db.models.TextField(default="", verbose_name="复核意见")),
            ],
            options={
                "verbose_name": "工作日历变更",
                "constraints": [
                    django.db.models.CheckConstraint(
                        condition=django.db.models.Q(
                            ("decided_person__isnull", True),
                            django.db.models.Q(
                                ("decided_person", django.db.models.F("proposed_person")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="calendar_change_two_persons",
                        violation_error_message="提出和复核不能是同一人",
                    ),
                    django.db.models.CheckConstraint(
                        condition=django.db.models.Q(
                            ("state", "proposed"), ("decided_person__isnull", False), _connector="OR"
                        ),
                        name="calendar_change_decided_by",
                        violation_error_message="复核必须有复核人",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON calendar_change, calendar_workday FROM hrss_app",
            "GRANT DELETE ON calendar_change, calendar_workday TO hrss_app",
        ),
    ]
