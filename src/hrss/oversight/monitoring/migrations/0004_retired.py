"""An alert may end because its rule was withdrawn."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0003_effect")]

    operations = [
        migrations.AlterField(
            model_name="alertaction",
            name="measure",
            field=models.CharField(
                choices=[
                    ("case", "立案或办件"),
                    ("notice", "发函或提醒"),
                    ("visit", "走访核实"),
                    ("parameter", "调整规则或参数"),
                    ("none", "核实无问题"),
                    ("opened", "系统发现"),
                    ("raised", "系统升级"),
                    ("gone", "系统解除"),
                    ("effect", "成效评估"),
                    ("retired", "规则撤销"),
                ],
                max_length=9,
                verbose_name="措施",
            ),
        ),
    ]
