"""SQL for migrations: a cube kept by statement triggers, exactly and in the transaction that changes the rows.

A cube is one SELECT over the rows of one table, giving ``month, region_code, kind, part, n, total``. The same SELECT
over the rows a statement added, minus that over the rows it took away, is what changed: it goes into ``boards_delta``,
where writers never wait for each other; a job folds it into ``boards_cell``. So a figure is right the moment a batch
is posted, and gone when the batch is rolled back.

What counts all rows does so as the system, for the length of the call, and gives back nothing but a number.

A distinct count is kept only over a table nothing is ever taken from: a person once seen stays seen.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

_CHANGED = """
CREATE FUNCTION boards_keep_{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $keep$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO boards_delta (cube, region_code, month, kind, part, n, total) {rise} ;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO boards_delta (cube, region_code, month, kind, part, n, total) {fall} ;
  ELSE
    INSERT INTO boards_delta (cube, region_code, month, kind, part, n, total) {move} ;
  END IF;
  RETURN NULL;
END $keep$
"""
# Rows are counted where they lie and then carried up: a village's count is also its township's and the county's.
_ROLLED_UP = """
SELECT '{cube}', place.code, cell.month, cell.kind, cell.part, sum(cell.n), sum(cell.total)
FROM (SELECT month, region_code, kind, part, sum(n) AS n, sum(total) AS total FROM ({cells}) AS counted
      GROUP BY month, region_code, kind, part HAVING sum(n) <> 0 OR sum(total) <> 0) AS cell
CROSS JOIN LATERAL (SELECT left(cell.region_code, 6) AS code UNION SELECT left(cell.region_code, 9)
                    UNION SELECT cell.region_code) AS place
GROUP BY place.code, cell.month, cell.kind, cell.part HAVING sum(cell.n) <> 0 OR sum(cell.total) <> 0
"""
_MINUS = "SELECT month, region_code, kind, part, -n AS n, -total AS total FROM ({cells}) AS gone"
_TRIGGERS = (
    "CREATE TRIGGER boards_{name}_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    "CREATE TRIGGER boards_{name}_moved AFTER UPDATE ON {table} REFERENCING OLD TABLE AS removed NEW TABLE AS added"
    " FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
    "CREATE TRIGGER boards_{name}_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS removed"
    " FOR EACH STATEMENT EXECUTE FUNCTION {function}()",
)
# A function that counts all rows does so as the system for the length of the call.
_AS_SYSTEM = """
CREATE FUNCTION boards_{verb}_{name}() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $as_system$
DECLARE
  asked_by text := current_setting('hrss.kind', true);
  counted bigint;
BEGIN
  PERFORM set_config('hrss.kind', 'system', true);
  {body}
  PERFORM set_config('hrss.kind', coalesce(asked_by, ''), true);
  RETURN counted;
END $as_system$
"""
_REBUILD = """
  LOCK TABLE {table} IN SHARE MODE;
  DELETE FROM boards_delta WHERE cube = '{cube}';
  DELETE FROM boards_cell WHERE cube = '{cube}';
  INSERT INTO boards_cell (cube, region_code, month, kind, part, n, total) {all};
  GET DIAGNOSTICS counted = ROW_COUNT;
"""
_DIFFERING = """
  SELECT count(*) INTO counted FROM (
    SELECT region_code, month, kind, part, sum(n) AS n, sum(total) AS total FROM (
      SELECT region_code, month, kind, part, n, total FROM boards_cell WHERE cube = '{cube}'
      UNION ALL SELECT region_code, month, kind, part, n, total FROM boards_delta WHERE cube = '{cube}'
      UNION ALL SELECT code, month, kind, part, -n, -total
        FROM ({all}) AS truth (cube, code, month, kind, part, n, total)
    ) AS both_sides GROUP BY region_code, month, kind, part
  ) AS compared WHERE n <> 0 OR total <> 0;
"""
_SEEN = """
CREATE FUNCTION boards_see_{name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $see$
BEGIN
  INSERT INTO boards_slot (person_id, slot)
    SELECT person_id, nextval('boards_slots') FROM (SELECT DISTINCT person_id FROM ({added}) AS counted) AS people
    ON CONFLICT (person_id) DO NOTHING;
  INSERT INTO boards_seen (cube, region_code, month, kind, slot)
    SELECT DISTINCT '{cube}', left(counted.region_code, 9), counted.month, counted.kind, boards_slot.slot
    FROM ({added}) AS counted JOIN boards_slot USING (person_id);
  RETURN NULL;
END $see$
"""
_GATHER = """
  LOCK TABLE {table} IN SHARE MODE;
  DELETE FROM boards_seen WHERE cube = '{cube}';
  DELETE FROM boards_members WHERE cube = '{cube}';
  INSERT INTO boards_slot (person_id, slot)
    SELECT person_id, nextval('boards_slots')
    FROM (SELECT person_id, min(region_code) AS home FROM ({all}) AS counted
          GROUP BY person_id ORDER BY home, person_id) AS people
    ON CONFLICT (person_id) DO NOTHING;
  INSERT INTO boards_members (cube, region_code, month, kind, chunk, bits)
    SELECT '{cube}', left(counted.region_code, 9), counted.month, counted.kind, boards_slot.slot / 8192,
           bit_or(boards_bit(boards_slot.slot))
    FROM ({all}) AS counted JOIN boards_slot USING (person_id)
    GROUP BY 2, 3, 4, 5;
  GET DIAGNOSTICS counted = ROW_COUNT;
"""


def keep(cube: str, *, table: str, cells: str) -> RunSQL:
    """Keep ``cube`` over ``table``; ``cells`` is the SELECT, with ``{rows}`` where the rows come from.

    Also makes ``boards_rebuild_<name>()``, which counts anew, and ``boards_differing_<name>()``, which compares.
    """
    name = cube.replace(".", "_")
    plus = cells.format(rows="added")
    minus = _MINUS.format(cells=cells.format(rows="removed"))
    all_rows = _ROLLED_UP.format(cube=cube, cells=cells.format(rows=table))
    words = {"name": name, "cube": cube, "table": table, "all": all_rows, "function": f"boards_keep_{name}"}
    changed = _CHANGED.format(
        name=name,
        rise=_ROLLED_UP.format(cube=cube, cells=plus),
        fall=_ROLLED_UP.format(cube=cube, cells=minus),
        move=_ROLLED_UP.format(cube=cube, cells=f"{plus} UNION ALL {minus}"),
    )
    return RunSQL(
        sql=[
            changed,
            *(one.format(**words) for one in _TRIGGERS),
            _as_system("rebuild", name, _REBUILD.format(**words)),
            _as_system("differing", name, _DIFFERING.format(**words)),
        ],
        reverse_sql=[
            f"DROP FUNCTION boards_differing_{name}()",
            f"DROP FUNCTION boards_rebuild_{name}()",
            *(f"DROP TRIGGER boards_{name}_{what} ON {table}" for what in ("added", "moved", "removed")),
            f"DROP FUNCTION boards_keep_{name}()",
        ],
    )


def keep_people(cube: str, *, table: str, cells: str) -> RunSQL:
    """Keep the people of ``cube`` over an append-only ``table``: month, region_code, kind, person_id of its rows."""
    name = cube.replace(".", "_")
    words = {"name": name, "cube": cube, "table": table, "function": f"boards_see_{name}"}
    added, all_rows = cells.format(rows="added"), cells.format(rows=table)
    return RunSQL(
        sql=[
            _SEEN.format(**words, added=added),
            _TRIGGERS[0].format(**words),
            _as_system("rebuild", name, _GATHER.format(**words, all=all_rows)),
        ],
        reverse_sql=[
            f"DROP FUNCTION boards_rebuild_{name}()",
            f"DROP TRIGGER boards_{name}_added ON {table}",
            f"DROP FUNCTION boards_see_{name}()",
        ],
    )


def _as_system(verb: str, name: str, body: str) -> str:
    return _AS_SYSTEM.format(verb=verb, name=name, body=body.strip())
