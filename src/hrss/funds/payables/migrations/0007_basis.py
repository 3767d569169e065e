"""A payment keeps its own facts; rule, day, place and parameter versions are kept once for all payments of a kind.

Rows of before are taken apart and say the same afterwards. Indexes nothing looks in are gone: ``person`` has one with
the month, accounts and facts are reached from the payment only.
"""

import django.db.models.deletion
from django.db import migrations, models

from hrss.foundation.scope.policies import append_only

# The owner acts as the system for the moment: policies hold for it too, guards of single rows do not.
TAKE_APART = """
CREATE UNIQUE INDEX payables_basis_once ON payables_basis (md5(told::text));
SELECT set_config('hrss.kind', 'system', true);
ALTER TABLE payables_payment ADD COLUMN basis_id integer, ADD COLUMN inputs jsonb;
INSERT INTO payables_basis (versions, told)
SELECT DISTINCT ON (md5((explanation - 'facts')::text)) versions, explanation - 'facts' FROM payables_payment;
ALTER TABLE payables_payment DISABLE TRIGGER USER;
UPDATE payables_payment p SET basis_id = b.id, inputs = p.explanation -> 'facts'
  FROM payables_basis b WHERE md5(b.told::text) = md5((p.explanation - 'facts')::text);
ALTER TABLE payables_payment ENABLE TRIGGER USER;
ALTER TABLE payables_payment ALTER COLUMN basis_id SET NOT NULL, ALTER COLUMN inputs SET NOT NULL,
  DROP COLUMN versions, DROP COLUMN explanation,
  ADD CONSTRAINT payables_payment_basis_id_fk FOREIGN KEY (basis_id) REFERENCES payables_basis (id)
    DEFERRABLE INITIALLY DEFERRED;
SELECT set_config('hrss.kind', '', true);
"""
PUT_TOGETHER = """
SELECT set_config('hrss.kind', 'system', true);
ALTER TABLE payables_payment ADD COLUMN versions text, ADD COLUMN explanation jsonb;
ALTER TABLE payables_payment DISABLE TRIGGER USER;
UPDATE payables_payment p SET versions = b.versions, explanation = b.told || jsonb_build_object('facts', p.inputs)
  FROM payables_basis b WHERE b.id = p.basis_id;
ALTER TABLE payables_payment ENABLE TRIGGER USER;
ALTER TABLE payables_payment ALTER COLUMN versions SET NOT NULL, ALTER COLUMN explanation SET NOT NULL,
  DROP COLUMN basis_id, DROP COLUMN inputs;
SELECT set_config('hrss.kind', '', true);
DROP INDEX payables_basis_once;
"""
KEPT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [("payables", "0006_part"), ("people", "0003_household_around")]
    operations = [
        migrations.CreateModel(
            name="Basis",
            fields=[
                ("id", models.AutoField(primary_key=True, serialize=False)),
                ("versions", models.TextField(verbose_name="参数版本")),
                ("told", models.JSONField(verbose_name="规则与参数")),
            ],
            options={"verbose_name": "核算依据"},
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TAKE_APART, PUT_TOGETHER)],
            state_operations=[
                migrations.RemoveField(model_name="payment", name="explanation"),
                migrations.RemoveField(model_name="payment", name="versions"),
                migrations.AddField(
                    model_name="payment",
                    name="inputs",
                    field=models.JSONField(default=None, verbose_name="核算所用事实"),
                    preserve_default=False,
                ),
                migrations.AddField(
                    model_name="payment",
                    name="basis",
                    field=models.ForeignKey(
                        db_index=False, default=None, on_delete=KEPT, related_name="+", to="payables.basis"
                    ),
                    preserve_default=False,
                ),
            ],
        ),
        append_only("payables_basis"),
        migrations.AlterField(
            model_name="payment",
            name="account",
            field=models.ForeignKey(
                db_index=False, null=True, on_delete=KEPT, related_name="+", to="people.bankaccount"
            ),
        ),
        migrations.AlterField(
            model_name="payment",
            name="facts",
            field=models.ForeignKey(db_index=False, on_delete=KEPT, related_name="+", to="payables.factversion"),
        ),
        migrations.AlterField(
            model_name="payment",
            name="person",
            field=models.ForeignKey(db_index=False, on_delete=KEPT, related_name="+", to="people.person"),
        ),
    ]
