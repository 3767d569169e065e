"""A batch is a partition: filled by COPY while nobody sees it, attached whole in the verb's transaction.

Attaching moves no row, so a batch costs one COPY and nothing more; a batch that is not wanted any more is one DROP.
"""

import django.db.models.deletion
from django.db import migrations, models

from hrss.foundation.scope.policies import protect

BATCH_SEEN = (
    "(hrss_in_scope(b.region_code) OR hrss_is_organisation(b.organisation_id) OR hrss_kind() = 'system'"
    " OR b.account = nullif(current_setting('hrss.account', true), '')::uuid)"
)
COLUMNS = ", ".join(f"c{number:02d} text" for number in range(1, 17))

TABLE = f"""
DROP TABLE casework_bulkrow;
CREATE TABLE casework_bulkrow (
  batch_id uuid NOT NULL, row_number integer NOT NULL, {COLUMNS}, PRIMARY KEY (batch_id, row_number)
) PARTITION BY LIST (batch_id);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON casework_bulkrow FROM hrss_app;
"""

FUNCTIONS = """
CREATE OR REPLACE FUNCTION casework_open_stage(batch uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE stage text := 'casework_stage_' || replace(batch::text, '-', '');
BEGIN
  IF hrss_kind() NOT IN ('staff', 'public', 'partner', 'system') THEN
    PERFORM casework_refuse('casework_no_actor', '没有办理人，不能批量导入');
  END IF;
  EXECUTE format('CREATE TABLE %I (batch_id uuid NOT NULL DEFAULT %L, row_number integer NOT NULL, __COLUMNS__)',
                 stage, batch);
  EXECUTE format('REVOKE ALL ON %I FROM hrss_app', stage);
  EXECUTE format('GRANT INSERT ON %I TO hrss_app', stage);
  RETURN stage;
END
$$;

CREATE OR REPLACE FUNCTION casework_take_stage(batch uuid) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE
  stage text := 'casework_stage_' || replace(batch::text, '-', '');
  taken bigint;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM casework_bulkbatch b WHERE b.id = batch AND __BATCH_SEEN__) THEN
    PERFORM casework_refuse('casework_not_found', '没有这个批次');
  END IF;
  EXECUTE format('REVOKE ALL ON %I FROM hrss_app', stage);
  EXECUTE format('SELECT count(*) FROM %I', stage) INTO taken;
  EXECUTE format('ALTER TABLE casework_bulkrow ATTACH PARTITION %I FOR VALUES IN (%L)', stage, batch);
  RETURN taken;
END
$$;

CREATE OR REPLACE FUNCTION casework_drop_stage(batch uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS
$$
DECLARE stage text := 'casework_stage_' || replace(batch::text, '-', '');
BEGIN
  IF EXISTS (SELECT 1 FROM pg_class WHERE relname = stage AND relkind = 'r' AND NOT relispartition) THEN
    EXECUTE format('DROP TABLE %I', stage);
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION casework_left_stages() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT substr(relname, 16)::uuid FROM pg_class
    WHERE relkind = 'r' AND NOT relispartition AND relname ~ '^casework_stage_[0-9a-f]{32}$' $$;
""".replace("__COLUMNS__", COLUMNS).replace("__BATCH_SEEN__", BATCH_SEEN)


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_rules")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("BulkRow"),
                migrations.CreateModel(
                    "BulkRow",
                    [
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "batch_id", "row_number", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="bulk_rows",
                                to="casework.bulkbatch",
                            ),
                        ),
                        ("row_number", models.PositiveIntegerField()),
                        *((f"c{number:02d}", models.TextField(null=True)) for number in range(1, 17)),
                    ],
                    options={"verbose_name": "批量行", "db_table": "casework_bulkrow", "managed": False},
                ),
            ],
            database_operations=[migrations.RunSQL(TABLE)],
        ),
        protect(
            "casework_bulkrow",
            region="",
            extra="EXISTS (SELECT 1 FROM casework_bulkbatch b WHERE b.id = casework_bulkrow.batch_id)",
        ),
        migrations.RunSQL(FUNCTIONS),
    ]
