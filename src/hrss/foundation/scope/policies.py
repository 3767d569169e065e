"""SQL for migrations: row-level security policies and append-only tables.

``protect`` gives a table one policy for all commands; ``append_only`` takes UPDATE, DELETE and TRUNCATE away from
everyone by trigger and from the application role by grant. Both are reversible.
"""

from __future__ import annotations

from django.db.migrations import RunSQL

# Asked once a statement, not once a row: the nightly work of the system reads whole tables.
IS_SYSTEM = "(SELECT hrss_kind()) = 'system'"


def protect(
    table: str,
    *,
    region: str = "region_code",
    person: str | None = None,
    organisation: str | None = None,
    extra: str = "",
) -> RunSQL:
    """Enable and force row-level security on ``table``.

    A row is visible and writable when the system acts, or its region is in the actor's scope, or its person is the
    actor or the one acted for, or its organisation is the one acted for. ``region`` may be a comma list of columns;
    ``extra`` is one more SQL condition joined by OR.
    """
    places = [f"hrss_in_scope({column.strip()})" for column in region.split(",") if column.strip()]
    conditions = [IS_SYSTEM, *places] if places else []
    if person:
        conditions.append(f"hrss_is_self({person})")
    if organisation:
        conditions.append(f"hrss_is_organisation({organisation})")
    if extra:
        conditions.append(f"({extra})")
    rule = " OR ".join(conditions)
    return RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_scope ON {table} USING ({rule}) WITH CHECK ({rule})",
        ],
        reverse_sql=[
            f"DROP POLICY {table}_scope ON {table}",
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


def append_only(table: str) -> RunSQL:
    """Make ``table`` append-only: the application role loses the grants, a trigger refuses everyone else."""
    return RunSQL(
        sql=[
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM hrss_app",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION hrss_refuse_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION hrss_refuse_change()",
        ],
        reverse_sql=[
            f"DROP TRIGGER {table}_no_truncate ON {table}",
            f"DROP TRIGGER {table}_append_only ON {table}",
            f"GRANT UPDATE, DELETE ON {table} TO hrss_app",
        ],
    )
