"""The ledger of questions and the kept answers: tables, scope, append-only."""

from __future__ import annotations

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from hrss.foundation.scope.policies import append_only, protect


class Migration(migrations.Migration):
    initial = True

    dependencies = [("scope", "0001_functions")]

    operations = [
        migrations.CreateModel(
            name="Inquiry",
            fields=[
                ("subject_id", models.UUIDField()),
                ("person_id", models.UUIDField(null=True)),
                ("organisation_id", models.UUIDField(null=True)),
                ("region_code", models.CharField(db_collation="C", default="", max_length=12)),
                ("residence_code", models.CharField(db_collation="C", default="", max_length=12)),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="提问时间"
                    ),
                ),
                ("batch", models.UUIDField(verbose_name="批次")),
                ("question", models.CharField(max_length=80, verbose_name="问题")),
                ("definition", models.CharField(default="", max_length=64, verbose_name="目录版本")),
                ("basis", models.TextField(default="", verbose_name="法律依据")),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[("person", "person"), ("organisation", "organisation"), ("household", "household")],
                        max_length=12,
                        verbose_name="对象",
                    ),
                ),
                ("purpose", models.TextField(default="", verbose_name="用途")),
                ("case_id", models.UUIDField(null=True, verbose_name="事项")),
                ("refusal", models.CharField(default="", max_length=60, verbose_name="拒绝原因")),
                ("actor_account", models.UUIDField(null=True)),
                ("actor_person", models.UUIDField(null=True)),
                ("actor_name", models.TextField(default="")),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_function", models.CharField(default="", max_length=20)),
                ("actor_organisation", models.TextField(default="")),
                ("channel", models.TextField(default="")),
                ("request_id", models.TextField(default="")),
            ],
            options={
                "verbose_name": "查询",
                "indexes": [
                    models.Index(
                        condition=models.Q(("person_id__isnull", False)),
                        fields=["person_id", "-id"],
                        name="exchange_inquiry_person",
                    ),
                    models.Index(fields=["batch"], name="exchange_inquiry_batch"),
                    models.Index(
                        condition=models.Q(("case_id__isnull", False)), fields=["case_id"], name="exchange_inquiry_case"
                    ),
                    models.Index(fields=["actor_account", "-id"], name="exchange_inquiry_actor"),
                    django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="exchange_inquiry_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptAnswer",
            fields=[
                ("subject_id", models.UUIDField()),
                ("person_id", models.UUIDField(null=True)),
                ("organisation_id", models.UUIDField(null=True)),
                ("region_code", models.CharField(db_collation="C", default="", max_length=12)),
                ("residence_code", models.CharField(db_collation="C", default="", max_length=12)),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("question", models.CharField(max_length=80, verbose_name="问题")),
                ("definition", models.CharField(max_length=64, verbose_name="目录版本")),
                ("digest", models.BinaryField(max_length=16, verbose_name="答案摘要")),
                ("sealed", models.BinaryField(null=True, verbose_name="答案（密文）")),
                ("source", models.CharField(max_length=40, verbose_name="来源")),
                ("as_of", models.DateTimeField(verbose_name="截至")),
                (
                    "received_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="收到时间"),
                ),
                ("valid_until", models.DateTimeField(verbose_name="有效期至")),
            ],
            options={
                "verbose_name": "留存的答案",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_id", "question", "digest", "region_code", "residence_code"),
                        name="exchange_keptanswer_distinct",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("subject_id", models.UUIDField()),
                ("person_id", models.UUIDField(null=True)),
                ("organisation_id", models.UUIDField(null=True)),
                ("region_code", models.CharField(db_collation="C", default="", max_length=12)),
                ("residence_code", models.CharField(db_collation="C", default="", max_length=12)),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="答复时间"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("answered", "answered"),
                            ("none", "none"),
                            ("failed", "failed"),
                            ("pending", "pending"),
                        ],
                        max_length=8,
                        verbose_name="结果",
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="来源")),
                ("as_of", models.DateTimeField(null=True, verbose_name="截至")),
                ("is_kept", models.BooleanField(default=False, verbose_name="用了有效期内的答案")),
                ("failure", models.CharField(default="", max_length=10, verbose_name="失败类别")),
                ("code", models.CharField(default="", max_length=60, verbose_name="失败原因")),
                ("attempts", models.SmallIntegerField(default=1, verbose_name="问了几次")),
                ("took_ms", models.IntegerField(default=0, verbose_name="用时（毫秒）")),
                ("digest", models.BinaryField(max_length=16, null=True, verbose_name="答案摘要")),
                (
                    "inquiry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reply", to="exchange.inquiry"
                    ),
                ),
            ],
            options={
                "verbose_name": "答复",
                "indexes": [models.Index(fields=["source", "-id"], name="exchange_reply_source")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["answered", "none", "failed"])),
                        name="exchange_reply_final",
                        violation_error_message="答复只能是有登记、没有登记或者没有问到",
                    )
                ],
            },
        ),
        append_only("exchange_inquiry"),
        append_only("exchange_reply"),
        *(
            protect(table, region="region_code,residence_code", person="person_id", organisation="organisation_id")
            for table in ("exchange_inquiry", "exchange_reply", "exchange_keptanswer")
        ),
    ]
