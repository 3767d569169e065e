"""Stored files: seen in scope and by the person or organisation concerned; never rewritten."""

import django.db.models
import django.db.models.functions
from django.db import migrations

import hrss.kernel.uuid7
from hrss.foundation.scope.policies import append_only, protect


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("scope", "0001_functions"),
        ("people", "0001_initial"),
        ("organisations", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    django.db.models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sha256", django.db.models.CharField(db_collation="C", max_length=64, verbose_name="内容摘要")),
                ("size", django.db.models.BigIntegerField(verbose_name="字节数")),
                ("kind", django.db.models.CharField(max_length=8, verbose_name="种类")),
                ("media_type", django.db.models.CharField(max_length=100, verbose_name="媒体类型")),
                ("name", django.db.models.CharField(max_length=120, verbose_name="文件名")),
                (
                    "region_code",
                    django.db.models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）"),
                ),
                ("uploaded_by", django.db.models.UUIDField(null=True, verbose_name="上传账号")),
                (
                    "uploaded_at",
                    django.db.models.DateTimeField(
                        db_default=django.db.models.functions.Now(), editable=False, verbose_name="上传时间"
                    ),
                ),
                (
                    "scan",
                    django.db.models.CharField(
                        choices=[("clean", "未发现病毒"), ("off", "未启用杀毒")], max_length=8, verbose_name="杀毒"
                    ),
                ),
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
                "verbose_name": "文件",
                "indexes": [django.db.models.Index(fields=["sha256"], name="files_file_content")],
            },
        ),
        protect("files_storedfile", person="person_id", organisation="organisation_id"),
        append_only("files_storedfile"),
    ]
