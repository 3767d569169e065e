"""What of a payment is booked to the benefit's second expense account; payments of before have none."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("payables", "0005_months_move_with_runs")]
    operations = [
        migrations.AddField(
            model_name="payment",
            name="part",
            field=models.BigIntegerField(db_default=0, default=0, verbose_name="其中另列科目（分）"),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=Q(("part__gte", 0), ("part__lte", F("amount"))), name="payables_payment_part"
            ),
        ),
    ]
