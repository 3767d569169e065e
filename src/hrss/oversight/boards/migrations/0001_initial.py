"""The cubes' tables, the bit columns Django has no field for, and the functions that fold."""

import django.db.models.functions.datetime
from django.db import migrations, models

BITS = """
ALTER TABLE boards_members ADD COLUMN bits bit(8192) NOT NULL;
CREATE SEQUENCE boards_slots START 0 MINVALUE 0;

-- One person of a chunk: the chunk's bits with only theirs set.
CREATE FUNCTION boards_bit(slot bigint) RETURNS bit LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT set_bit(0::bit(8192), (slot % 8192)::int, 1) $$;

-- Fold what came since the last time into cells and sets; gives how many entries were folded.
CREATE FUNCTION boards_fold() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $fold$
DECLARE
  counted bigint;
  people bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(7236001);
  WITH gone AS (DELETE FROM boards_delta RETURNING cube, region_code, month, kind, part, n, total),
       folded AS (
         INSERT INTO boards_cell AS cell (cube, region_code, month, kind, part, n, total)
         SELECT cube, region_code, month, kind, part, sum(n), sum(total) FROM gone GROUP BY 1, 2, 3, 4, 5
         ON CONFLICT (cube, region_code, month, kind, part)
         DO UPDATE SET n = cell.n + excluded.n, total = cell.total + excluded.total)
  SELECT count(*) INTO counted FROM gone;
  WITH gone AS (DELETE FROM boards_seen RETURNING cube, region_code, month, kind, slot),
       folded AS (
         INSERT INTO boards_members AS known (cube, region_code, month, kind, chunk, bits)
         SELECT cube, region_code, month, kind, slot / 8192, bit_or(boards_bit(slot)) FROM gone GROUP BY 1, 2, 3, 4, 5
         ON CONFLICT (cube, kind, region_code, month, chunk) DO UPDATE SET bits = known.bits | excluded.bits)
  SELECT count(*) INTO people FROM gone;
  RETURN counted + people;
END $fold$;

-- Fresh statistics after a rebuild: only the owner of a table may take them.
CREATE FUNCTION boards_analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $analyze$
BEGIN
  ANALYZE boards_cell; ANALYZE boards_members; ANALYZE boards_delta; ANALYZE boards_seen;
END $analyze$;

REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON boards_cell, boards_delta, boards_slot, boards_members, boards_seen FROM hrss_app;
REVOKE UPDATE, DELETE, TRUNCATE ON boards_cubecheck FROM hrss_app;
REVOKE ALL ON boards_slot FROM hrss_app;
"""
UNDO = """
DROP FUNCTION boards_analyze();
DROP FUNCTION boards_fold();
DROP FUNCTION boards_bit(bigint);
DROP SEQUENCE boards_slots;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("cube", models.TextField(db_collation="C", verbose_name="数据集")),
                ("region_code", models.TextField(db_collation="C", verbose_name="地区")),
                ("month", models.DateField(verbose_name="月份")),
                ("kind", models.TextField(db_collation="C", verbose_name="类别")),
                ("part", models.TextField(db_collation="C", verbose_name="变动")),
                ("n", models.BigIntegerField(verbose_name="个数")),
                ("total", models.BigIntegerField(verbose_name="合计")),
            ],
            options={
                "verbose_name": "看板数",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["cube", "region_code", "month", "kind", "part"],
                        include=["n", "total"],
                        name="boards_cell_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delta",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("cube", models.TextField(db_collation="C")),
                ("region_code", models.TextField(db_collation="C")),
                ("month", models.DateField()),
                ("kind", models.TextField(db_collation="C")),
                ("part", models.TextField(db_collation="C")),
                ("n", models.BigIntegerField()),
                ("total", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "看板变动",
                "indexes": [models.Index(fields=["cube", "region_code"], name="boards_delta_cube")],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("person_id", models.UUIDField(primary_key=True, serialize=False)),
                ("slot", models.BigIntegerField(unique=True)),
            ],
            options={"verbose_name": "人员序号"},
        ),
        migrations.CreateModel(
            name="Members",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("cube", models.TextField(db_collation="C")),
                ("region_code", models.TextField(db_collation="C", verbose_name="乡镇")),
                ("month", models.DateField()),
                ("kind", models.TextField(db_collation="C")),
                ("chunk", models.IntegerField()),
            ],
            options={
                "verbose_name": "看板人员集合",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["cube", "kind", "region_code", "month", "chunk"], name="boards_members_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("cube", models.TextField(db_collation="C")),
                ("region_code", models.TextField(db_collation="C")),
                ("month", models.DateField()),
                ("kind", models.TextField(db_collation="C")),
                ("slot", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "看板新见人员",
                "indexes": [models.Index(fields=["cube", "region_code"], name="boards_seen_cube")],
            },
        ),
        migrations.CreateModel(
            name="CubeCheck",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("cube", models.TextField()),
                (
                    "checked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("cells", models.BigIntegerField()),
                ("differing", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "看板核对",
                "indexes": [models.Index(fields=["cube", "-checked_at"], name="boards_check_cube")],
            },
        ),
        migrations.RunSQL(BITS, UNDO),
    ]
