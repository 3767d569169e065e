"""The tables of payables."""

import django.db.models.deletion
import django.db.models.expressions
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
            name="Batch",
            fields=[
                (
                    "reference",
                    models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="批次编号"),
                ),
                ("text", models.CharField(max_length=200, verbose_name="内容")),
                ("row_count", models.IntegerField(verbose_name="行数")),
                ("digest", models.CharField(max_length=64, verbose_name="清单摘要")),
                (
                    "prepared_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("taken_at", models.DateTimeField(null=True, verbose_name="写入时间")),
            ],
            options={
                "verbose_name": "待遇接收批次",
            },
        ),
        migrations.CreateModel(
            name="Entitlement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=hrss.kernel.uuid7.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("benefit", models.CharField(max_length=40, verbose_name="待遇")),
                ("exclusion", models.CharField(max_length=40, verbose_name="互斥项目")),
                ("purpose", models.CharField(blank=True, default="", max_length=60, verbose_name="用途")),
                ("first", models.IntegerField(verbose_name="起始月")),
                ("last", models.IntegerField(null=True, verbose_name="截止月")),
                ("next_month", models.IntegerField(verbose_name="待核算月")),
                ("case_id", models.UUIDField(null=True, verbose_name="办件")),
                ("batch", models.CharField(blank=True, default="", max_length=60, verbose_name="接收批次")),
                ("stop_reason", models.CharField(blank=True, default="", max_length=200, verbose_name="停发原因")),
                ("stop_evidence", models.JSONField(default=dict, verbose_name="停发依据")),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="停发时间")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.bankaccount",
                    ),
                ),
                (
                    "continues",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="payables.entitlement",
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
                "verbose_name": "待遇资格",
            },
        ),
        migrations.CreateModel(
            name="FactVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("from_month", models.IntegerField(verbose_name="起用月")),
                ("facts", models.JSONField(verbose_name="核定依据")),
                ("case_id", models.UUIDField(null=True, verbose_name="办件")),
                ("batch", models.CharField(blank=True, default="", max_length=60, verbose_name="批次")),
                ("recorded_by", models.CharField(max_length=50, verbose_name="登记人")),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fact_versions",
                        to="payables.entitlement",
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
                "verbose_name": "待遇核定依据",
            },
        ),
        migrations.CreateModel(
            name="Payment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("benefit", models.CharField(max_length=40, verbose_name="待遇")),
                ("month", models.IntegerField(verbose_name="所属月")),
                ("purpose", models.CharField(blank=True, default="", max_length=60, verbose_name="用途")),
                ("amount", models.BigIntegerField(verbose_name="金额（分）")),
                ("rule", models.CharField(max_length=60, verbose_name="规则")),
                ("versions", models.TextField(verbose_name="参数版本")),
                ("explanation", models.JSONField(verbose_name="计算依据")),
                ("account_index", models.BinaryField(default=b"", max_length=16, verbose_name="账号索引")),
                ("account_tail", models.CharField(blank=True, default="", max_length=4, verbose_name="账号后四位")),
                ("holder", models.CharField(blank=True, default="", max_length=50, verbose_name="户名")),
                ("bank", models.CharField(blank=True, default="", max_length=60, verbose_name="开户银行")),
                ("run_id", models.UUIDField(verbose_name="发放批次")),
                ("run_number", models.CharField(max_length=30, verbose_name="批次号")),
                ("ordinal", models.IntegerField(null=True, verbose_name="序号")),
                ("attempt", models.IntegerField(default=1, verbose_name="第几次发放")),
                ("was_returned", models.BooleanField(default=False, verbose_name="此前退回过")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "发放中"),
                            ("paid", "已发放"),
                            ("returned", "银行退回"),
                            ("held", "暂缓发放"),
                            ("dropped", "批次作废"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("settled", models.BooleanField(default=False, verbose_name="已了结")),
                ("answer", models.CharField(blank=True, default="", max_length=20, verbose_name="银行答复")),
                ("answered_on", models.DateField(null=True, verbose_name="答复日期")),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="说明")),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.bankaccount",
                    ),
                ),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="payables.entitlement"
                    ),
                ),
                (
                    "facts",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payables.factversion"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "retry_of",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retried_by",
                        to="payables.payment",
                    ),
                ),
            ],
            options={
                "verbose_name": "待遇发放",
            },
        ),
        migrations.AddIndex(
            model_name="entitlement",
            index=models.Index(fields=["person", "benefit"], name="payables_entitlement_person"),
        ),
        migrations.AddIndex(
            model_name="entitlement",
            index=models.Index(
                condition=models.Q(("last", None), ("last__gte", models.F("next_month")), _connector="OR"),
                fields=["benefit", "next_month"],
                name="payables_entitlement_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last", None),
                    (
                        "last__gte",
                        django.db.models.expressions.CombinedExpression(models.F("first"), "-", models.Value(1)),
                    ),
                    _connector="OR",
                ),
                name="payables_entitlement_in_order",
                violation_error_message="截止月早于起始月",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("batch", ""), ("case_id__isnull", False)),
                    models.Q(("case_id", None), models.Q(("batch", ""), _negated=True)),
                    _connector="OR",
                ),
                name="payables_entitlement_one_origin",
                violation_error_message="待遇资格必须来自一个办件或者一个接收批次",
            ),
        ),
        migrations.AddConstraint(
            model_name="entitlement",
            constraint=models.CheckConstraint(
                condition=models.Q(("stopped_at", None), models.Q(("stop_reason", ""), _negated=True), _connector="OR"),
                name="payables_entitlement_stop_reason",
                violation_error_message="停发必须写明原因",
            ),
        ),
        migrations.AddIndex(
            model_name="factversion",
            index=models.Index(fields=["entitlement", "-from_month", "-id"], name="payables_facts_newest"),
        ),
        migrations.AddConstraint(
            model_name="factversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("batch", ""), ("case_id__isnull", False)),
                    models.Q(("case_id", None), models.Q(("batch", ""), _negated=True)),
                    _connector="OR",
                ),
                name="payables_facts_one_origin",
                violation_error_message="核定依据必须来自一个办件或者一个批次",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["person", "-month", "-id"], name="payables_payment_person"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(fields=["run_id", "ordinal"], name="payables_payment_run"),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("settled", False), ("state__in", ["held", "dropped", "returned"])),
                fields=["benefit", "id"],
                name="payables_payment_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["account_index"], name="payables_payment_account"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["open", "paid"])),
                fields=("person", "benefit", "month", "purpose"),
                name="payables_payment_once",
                violation_error_message="同一人同一待遇同一月份只发放一次",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ordinal__isnull", False)),
                fields=("run_id", "ordinal"),
                name="payables_payment_ordinal",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payables_payment_positive"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["open", "paid", "returned"]), _negated=True),
                    models.Q(("account__isnull", False), ("ordinal__isnull", False)),
                    _connector="OR",
                ),
                name="payables_payment_open_has_account",
                violation_error_message="没有账户的不能发放",
            ),
        ),
    ]
