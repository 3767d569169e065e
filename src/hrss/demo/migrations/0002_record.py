import django.db.models.deletion
from django.db import migrations, models

from hrss.foundation.scope.policies import protect


class Migration(migrations.Migration):
    dependencies = [("demo", "0001_initial"), ("people", "0002_rules"), ("scope", "0001_functions")]
    operations = [
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("dataset", models.TextField(db_collation="C", verbose_name="数据集")),
                ("region_code", models.TextField(db_collation="C", verbose_name="所在地")),
                ("kind", models.TextField(default="", verbose_name="类别")),
                ("level", models.TextField(default="", verbose_name="层次")),
                ("started_on", models.DateField(verbose_name="起")),
                ("ended_on", models.DateField(null=True, verbose_name="止")),
                ("happened_on", models.DateField(null=True, verbose_name="发生")),
                ("flag", models.BooleanField(null=True, verbose_name="是否")),
                ("amount", models.BigIntegerField(default=0, verbose_name="金额")),
                ("label", models.TextField(default="", verbose_name="名称")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "示范历史",
                "indexes": [models.Index(fields=["dataset", "started_on"], name="demo_record_dataset")],
            },
        ),
        protect("demo_record", person="person_id"),
    ]
