"""The tables of payruns."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import hrss.kernel.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("payables", "0002_guards"),
        ("people", "0002_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=30, unique=True, verbose_name="批次号")),
                ("fund", models.CharField(max_length=24, verbose_name="基金")),
                ("group", models.CharField(db_column="run_group", max_length=40, verbose_name="待遇组")),
                ("month", models.IntegerField(verbose_name="所属月")),
                ("ordinal", models.IntegerField(verbose_name="第几批")),
                ("pay_on", models.DateField(verbose_name="发放日")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "正在核算"),
                            ("frozen", "待经办签名"),
                            ("made", "待复核"),
                            ("reviewed", "待审批"),
                            ("approved", "待送银行"),
                            ("filing", "正在生成银行文件"),
                            ("filed", "正在送银行"),
                            ("sent", "待银行答复"),
                            ("answered", "正在对账"),
                            ("closed", "已完成"),
                            ("discarded", "已作废"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("line_count", models.IntegerField(default=0, verbose_name="笔数")),
                ("total", models.BigIntegerField(default=0, verbose_name="金额（分）")),
                ("held_count", models.IntegerField(default=0, verbose_name="暂缓笔数")),
                ("digest", models.CharField(blank=True, default="", max_length=64, verbose_name="清单摘要")),
                ("problem", models.CharField(blank=True, default="", max_length=500, verbose_name="办不下去的原因")),
                ("opened_by", models.CharField(max_length=50, verbose_name="开批人")),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
            ],
            options={
                "verbose_name": "发放批次",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rule", models.CharField(max_length=4, verbose_name="检查")),
                ("code", models.CharField(max_length=30, verbose_name="情形")),
                (
                    "kind",
                    models.CharField(
                        choices=[("block", "挡下"), ("confirm", "另行确认"), ("alert", "提示")],
                        max_length=8,
                        verbose_name="级别",
                    ),
                ),
                ("facts", models.JSONField(default=dict, verbose_name="依据")),
            ],
            options={
                "verbose_name": "发放前检查",
            },
        ),
        migrations.CreateModel(
            name="RunStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("from_state", models.CharField(max_length=10)),
                ("to_state", models.CharField(max_length=10)),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_person", models.UUIDField(null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                "verbose_name": "批次步骤",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="payruns.run",
                    ),
                ),
                ("count", models.IntegerField(verbose_name="事项数")),
                ("opinion", models.CharField(max_length=500, verbose_name="意见")),
                ("meeting", models.CharField(blank=True, default="", max_length=2000, verbose_name="集体会审记录")),
                ("name", models.CharField(max_length=50, verbose_name="确认人")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
            ],
            options={
                "verbose_name": "检查确认",
            },
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["-opened_at"], name="payruns_run_newest"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(fields=("group", "month", "ordinal"), name="payruns_run_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["closed", "discarded"]), _negated=True),
                fields=("group",),
                name="payruns_run_one_live",
                violation_error_message="这组待遇还有没办完的批次",
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="payment",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payables.payment"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="payruns.run"
            ),
        ),
        migrations.AddField(
            model_name="runstep",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="payruns.run"
            ),
        ),
        migrations.AddField(
            model_name="confirmation",
            name="person",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["run", "kind", "rule", "id"], name="payruns_finding_run"),
        ),
    ]
