"""A kind of break: claimed from the treasury and not arrived in time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0002_rules")]
    operations = [
        migrations.AlterField(
            model_name="break",
            name="kind",
            field=models.TextField(
                choices=[
                    ("missing_in_ledger", "对方有、账上没有"),
                    ("missing_there", "账上有、对方没有"),
                    ("in_transit", "未达账项"),
                    ("amount", "金额不符"),
                    ("date", "日期不符"),
                    ("duplicate", "对方重复记账"),
                    ("duplicate_here", "账上重复记账"),
                    ("wrong_account", "记错账户"),
                    ("reversed", "对方已冲正"),
                    ("no_statement", "没有对账单"),
                    ("not_arrived", "请拨了没有到账"),
                ],
                verbose_name="类型",
            ),
        ),
    ]
