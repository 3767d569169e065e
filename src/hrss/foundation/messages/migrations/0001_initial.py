"""Inbox and text messages: anybody who acts may send, only the receiver and the system read, nobody rewrites."""

import django.db.models
import django.db.models.functions
from django.db import migrations

import hrss.kernel.uuid7

READER = """(hrss_is_self(person_id) OR hrss_is_organisation(organisation_id) OR hrss_kind() = 'system'
  OR account = nullif(current_setting('hrss.account', true), '')::uuid)"""
RULES = f"""
ALTER TABLE inbox_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox_message FORCE ROW LEVEL SECURITY;
CREATE POLICY inbox_message_send ON inbox_message FOR INSERT WITH CHECK (hrss_kind() <> '');
CREATE POLICY inbox_message_read ON inbox_message FOR SELECT USING {READER};
CREATE POLICY inbox_message_mark ON inbox_message FOR UPDATE USING {READER};
REVOKE UPDATE, DELETE, TRUNCATE ON inbox_message FROM hrss_app;
GRANT UPDATE (read_at) ON inbox_message TO hrss_app;
ALTER TABLE inbox_outgoingsms ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbox_outgoingsms FORCE ROW LEVEL SECURITY;
CREATE POLICY inbox_outgoingsms_system ON inbox_outgoingsms USING (hrss_kind() = 'system');
REVOKE DELETE, TRUNCATE ON inbox_outgoingsms FROM hrss_app;
"""
UNDO = """
DROP POLICY inbox_outgoingsms_system ON inbox_outgoingsms;
ALTER TABLE inbox_outgoingsms NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox_outgoingsms DISABLE ROW LEVEL SECURITY;
DROP POLICY inbox_message_mark ON inbox_message;
DROP POLICY inbox_message_read ON inbox_message;
DROP POLICY inbox_message_send ON inbox_message;
ALTER TABLE inbox_message NO FORCE ROW LEVEL SECURITY;
ALTER TABLE inbox_message DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0001_functions"), ("people", "0001_initial"), ("organisations", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    django.db.models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("account", django.db.models.UUIDField(null=True, verbose_name="账号")),
                ("template", django.db.models.TextField(verbose_name="模板")),
                ("title", django.db.models.TextField(verbose_name="标题")),
                ("body", django.db.models.TextField(verbose_name="正文")),
                ("link", django.db.models.TextField(db_default="", verbose_name="链接")),
                (
                    "sent_at",
                    django.db.models.DateTimeField(
                        db_default=django.db.models.functions.Now(), editable=False, verbose_name="发出时间"
                    ),
                ),
                ("read_at", django.db.models.DateTimeField(null=True, verbose_name="阅读时间")),
                (
                    "person",
                    django.db.models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "organisation",
                    django.db.models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "站内消息",
                "indexes": [
                    django.db.models.Index(fields=["person", "-id"], name="inbox_person"),
                    django.db.models.Index(fields=["organisation", "-id"], name="inbox_organisation"),
                    django.db.models.Index(fields=["account", "-id"], name="inbox_account"),
                ],
                "constraints": [
                    django.db.models.CheckConstraint(
                        condition=django.db.models.Q(
                            ("person__isnull", False),
                            ("organisation__isnull", False),
                            ("account__isnull", False),
                            _connector="OR",
                        ),
                        name="inbox_has_receiver",
                        violation_error_message="消息必须有收件人",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutgoingSms",
            fields=[
                ("id", django.db.models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("phone_index", django.db.models.BinaryField(max_length=16, verbose_name="号码索引")),
                ("tail", django.db.models.CharField(max_length=4, verbose_name="后四位")),
                ("text", django.db.models.TextField(verbose_name="内容")),
                ("gateway", django.db.models.TextField(verbose_name="网关")),
                ("reference", django.db.models.TextField(default="", verbose_name="网关回执")),
                (
                    "sent_at",
                    django.db.models.DateTimeField(
                        db_default=django.db.models.functions.Now(), editable=False, verbose_name="发出时间"
                    ),
                ),
            ],
            options={
                "verbose_name": "短信",
                "indexes": [django.db.models.Index(fields=["-sent_at"], name="inbox_sms_sent")],
            },
        ),
        migrations.RunSQL(RULES, UNDO),
    ]
