"""The tables of recovery."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
from django.db import migrations, models

import hrss.kernel.uuid7


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("banking", "0002_guards"),
        ("ledger", "0004_closing_rules"),
        ("payables", "0004_deduction_rules"),
        ("people", "0002_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Debt",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.TextField(default="", editable=False, unique=True, verbose_name="编号")),
                ("relation", models.CharField(blank=True, default="", max_length=40, verbose_name="与去世人员的关系")),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("fund", models.TextField(verbose_name="基金")),
                ("benefit", models.CharField(max_length=40, verbose_name="待遇")),
                (
                    "origin",
                    models.TextField(
                        choices=[("stopped", "停发后仍发放"), ("recalculated", "重新核定后多发")], verbose_name="来源"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("evidence", models.JSONField(default=dict, verbose_name="依据")),
                ("case_id", models.UUIDField(null=True, verbose_name="办件")),
                ("amount", models.BigIntegerField(verbose_name="多发金额（分）")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("open", "待核实决定"),
                            ("decided", "待退回"),
                            ("settled", "已退清"),
                            ("written_off", "已核销"),
                            ("cancelled", "决定已撤销"),
                            ("dropped", "不需退回"),
                        ],
                        default="open",
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(null=True, verbose_name="退回期限")),
                (
                    "opened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="debts", to="payables.entitlement"
                    ),
                ),
                (
                    "heir",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
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
                "verbose_name": "多发待遇",
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("debt", "追回决定"),
                            ("debt_plan", "分期退回"),
                            ("debt_offset", "从待遇中抵扣"),
                            ("write_off", "核销"),
                            ("debt_cancel", "撤销追回决定"),
                            ("debt_restore", "恢复追回"),
                        ],
                        verbose_name="类别",
                    ),
                ),
                ("content", models.JSONField(verbose_name="内容")),
                ("digest", models.TextField(verbose_name="内容摘要")),
                (
                    "state",
                    models.TextField(
                        choices=[("made", "待复核"), ("reviewed", "待审批"), ("done", "已生效"), ("refused", "已退回")],
                        default="made",
                        verbose_name="状态",
                    ),
                ),
                ("note", models.TextField(blank=True, default="", verbose_name="退回理由")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "entry",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entry"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "debt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="recovery.debt"
                    ),
                ),
            ],
            options={
                "verbose_name": "追回措施",
            },
        ),
        migrations.CreateModel(
            name="DebtLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("month", models.IntegerField(verbose_name="所属月")),
                ("paid", models.BigIntegerField(verbose_name="已发（分）")),
                ("due", models.BigIntegerField(default=0, verbose_name="应发（分）")),
                ("amount", models.BigIntegerField(verbose_name="多发（分）")),
                ("explanation", models.JSONField(default=dict, verbose_name="应发的计算依据")),
                (
                    "debt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="recovery.debt"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="debt_lines", to="payables.payment"
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
                "verbose_name": "多发明细",
            },
        ),
        migrations.CreateModel(
            name="Instalment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("number", models.IntegerField(verbose_name="第几期")),
                ("due_on", models.DateField(verbose_name="最迟日期")),
                ("amount", models.BigIntegerField(verbose_name="金额（分）")),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="instalments", to="recovery.measure"
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
                "verbose_name": "分期",
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("refund", "退回到账"),
                            ("offset", "从待遇中抵扣"),
                            ("write_off", "核销"),
                            ("debt_restore", "恢复追回"),
                        ],
                        verbose_name="方式",
                    ),
                ),
                ("amount", models.BigIntegerField(verbose_name="金额（分）")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "debt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="recovery.debt"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.entry"),
                ),
                (
                    "measure",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="recovery.measure"
                    ),
                ),
                (
                    "payment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payables.payment"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="banking.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "追回记录",
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "measure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="recovery.measure",
                    ),
                ),
                ("opinion", models.CharField(max_length=500, verbose_name="意见")),
                ("meeting", models.CharField(max_length=2000, verbose_name="集体会审记录")),
                ("name", models.CharField(max_length=50, verbose_name="确认人")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "核销确认",
            },
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(fields=["state", "id"], name="recovery_measure_state"),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["made", "reviewed"])),
                fields=("debt",),
                name="recovery_measure_one_live",
                violation_error_message="这笔多发待遇还有没办完的措施",
            ),
        ),
        migrations.AddIndex(
            model_name="debt",
            index=models.Index(fields=["state", "opened_at"], name="recovery_debt_by_age"),
        ),
        migrations.AddIndex(
            model_name="debt",
            index=models.Index(fields=["person"], name="recovery_debt_person"),
        ),
        migrations.AddIndex(
            model_name="debt",
            index=models.Index(condition=models.Q(("heir__isnull", False)), fields=["heir"], name="recovery_debt_heir"),
        ),
        migrations.AddConstraint(
            model_name="debt",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="recovery_debt_positive"),
        ),
        migrations.AddConstraint(
            model_name="debt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("heir", None),
                    models.Q(
                        models.Q(("heir", models.F("person")), _negated=True), models.Q(("relation", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="recovery_debt_heir_is_another",
                violation_error_message="偿还人不能是本人，并要写明关系",
            ),
        ),
        migrations.AddConstraint(
            model_name="debtline",
            constraint=models.UniqueConstraint(fields=("debt", "payment"), name="recovery_debtline_once"),
        ),
        migrations.AddConstraint(
            model_name="debtline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0),
                    (
                        "amount__lte",
                        django.db.models.expressions.CombinedExpression(models.F("paid"), "-", models.F("due")),
                    ),
                    ("due__gte", 0),
                ),
                name="recovery_debtline_adds_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.UniqueConstraint(fields=("measure", "number"), name="recovery_instalment_once"),
        ),
        migrations.AddConstraint(
            model_name="instalment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="recovery_instalment_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("payment__isnull", False)),
                fields=("debt", "payment"),
                name="recovery_movement_one_a_payment",
            ),
        ),
        migrations.AddConstraint(
            model_name="movement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__gt", 0), ("kind", "refund"), ("receipt__isnull", False)),
                    models.Q(("amount__gt", 0), ("kind", "offset"), ("payment__isnull", False)),
                    models.Q(("amount__gt", 0), ("kind", "write_off"), ("measure__isnull", False)),
                    models.Q(("amount__lt", 0), ("kind", "debt_restore"), ("measure__isnull", False)),
                    _connector="OR",
                ),
                name="recovery_movement_has_origin",
            ),
        ),
    ]
