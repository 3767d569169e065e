import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Load",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("scale", models.FloatField(verbose_name="比例")),
                ("seed", models.IntegerField(verbose_name="种子")),
                ("today", models.DateField(verbose_name="基准日")),
                (
                    "started_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("finished_at", models.DateTimeField(null=True)),
                ("tables", models.JSONField(default=dict, verbose_name="表和行数")),
                ("report", models.JSONField(default=list, verbose_name="目标和结果")),
            ],
            options={"verbose_name": "示范数据"},
        ),
    ]
