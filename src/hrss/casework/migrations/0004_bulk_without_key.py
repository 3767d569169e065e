"""Rows of a batch need no index: a batch is read as a whole, and its partition holds nothing else."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_bulk_partitions")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE casework_bulkrow DROP CONSTRAINT casework_bulkrow_pkey",
            "ALTER TABLE casework_bulkrow ADD PRIMARY KEY (batch_id, row_number)",
        )
    ]
