"""Deductions from a benefit for a debt, and what of a payment was kept back."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payables", "0002_guards"),
        ("people", "0002_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="payment",
            name="deducted",
            field=models.BigIntegerField(default=0, verbose_name="抵扣（分）"),
        ),
        migrations.CreateModel(
            name="Deduction",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.UUIDField(verbose_name="多发待遇")),
                ("region_code", models.CharField(db_collation="C", max_length=12, verbose_name="所在村（社区）")),
                ("share", models.IntegerField(verbose_name="抵扣比例（百万分之）")),
                ("most", models.BigIntegerField(verbose_name="最多抵扣（分）")),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "entitlement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deductions",
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
                "verbose_name": "待遇抵扣",
            },
        ),
        migrations.AddField(
            model_name="payment",
            name="deduction",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="payables.deduction"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deducted", 0),
                    models.Q(("deducted__gt", 0), ("deducted__lt", models.F("amount")), ("deduction__isnull", False)),
                    _connector="OR",
                ),
                name="payables_payment_deducted",
            ),
        ),
        migrations.AddConstraint(
            model_name="deduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("entitlement",), name="payables_deduction_one_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="deduction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("reference",), name="payables_deduction_one_a_debt"
            ),
        ),
        migrations.AddConstraint(
            model_name="deduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("most__gte", 0), ("share__gt", 0), ("share__lt", 1000000)),
                name="payables_deduction_bounds",
            ),
        ),
    ]
