"""The tables of banking."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import hrss.kernel.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankFile",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("order", "代发文件"), ("answer", "回盘文件")], max_length=6, verbose_name="类型"
                    ),
                ),
                ("fund", models.CharField(max_length=24, verbose_name="基金")),
                ("number", models.CharField(max_length=30, verbose_name="批次号")),
                ("made_on", models.DateField(verbose_name="日期")),
                ("line_count", models.IntegerField(verbose_name="笔数")),
                ("total", models.BigIntegerField(verbose_name="金额（分）")),
                ("digest", models.CharField(max_length=64, verbose_name="文件摘要（SM3）")),
                ("content", models.CharField(max_length=64, verbose_name="明细摘要（SM3）")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                "verbose_name": "银行文件",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="banking_file_number"),
                    models.UniqueConstraint(fields=("kind", "made_on", "content"), name="banking_file_same_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Collection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fund", models.CharField(max_length=24, verbose_name="基金")),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("amount", models.BigIntegerField(verbose_name="金额（分）")),
                ("purpose", models.CharField(max_length=100, verbose_name="用途")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "待缴"), ("paid", "已缴"), ("cancelled", "已取消")],
                        default="waiting",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "缴款单",
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fund", models.CharField(max_length=24, verbose_name="基金")),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("amount", models.BigIntegerField(verbose_name="金额（分）")),
                ("channel", models.CharField(max_length=20, verbose_name="渠道")),
                ("channel_reference", models.CharField(max_length=60, verbose_name="渠道流水号")),
                ("purpose", models.CharField(max_length=100, verbose_name="用途")),
                ("on", models.DateField(verbose_name="到账日期")),
                ("surplus", models.BooleanField(default=False, verbose_name="重复缴款")),
                ("refunded_at", models.DateTimeField(null=True, verbose_name="退回时间")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "collection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="banking.collection",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "收款",
            },
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="banking_collection_positive"
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["person", "-on"], name="banking_receipt_person"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(fields=("channel", "channel_reference"), name="banking_receipt_once"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("surplus", False)), fields=("collection",), name="banking_receipt_one_a_collection"
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="banking_receipt_positive"),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(("refunded_at", None), ("surplus", True), _connector="OR"),
                name="banking_receipt_refund_of_surplus",
            ),
        ),
    ]
