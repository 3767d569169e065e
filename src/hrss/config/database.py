"""Making the database: roles, database, default grants. The application's role owns nothing and bypasses nothing.

Idempotent. It refuses to serve with an application role that is a superuser or bypasses row-level security.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from hrss.config.environment import APP_ROLE, OWNER_ROLE, Address, Home
from hrss.kernel.problem import Problem

_PREPARING = 7_236_999
_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO hrss_app",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO hrss_app",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO hrss_app",
)


def prepare_embedded(home: Home) -> None:
    """Make both roles and the database on the embedded cluster."""
    root = home.address("root")
    with psycopg.connect(root.conninfo(name="postgres"), autocommit=True) as connection:
        # Processes that start side by side take turns: PostgreSQL refuses to alter one role twice at once.
        connection.execute("SELECT pg_advisory_lock(%s)", [_PREPARING])
        _make_role(connection, OWNER_ROLE, home.secrets["postgres_owner"], create_database=True)
        _make_role(connection, APP_ROLE, home.secrets["postgres_app"])
        # The owner may let foreign keys rest while a whole table comes in (demo.keys); it could drop them as well.
        connection.execute(f"GRANT SET ON PARAMETER session_replication_role TO {OWNER_ROLE}")
        make_database(connection, root.name)
        grant_defaults(home.address("owner"))


def prepare_real(home: Home) -> None:
    """Check a real server: version, application role (made when the owner may), grants."""
    owner, app = home.address("owner"), home.address("app")
    with _connect(owner) as connection:
        if connection.info.server_version < 150000:
            raise Problem("database.version", "需要 PostgreSQL 15 以上版本", remedy="请升级数据库服务器", status=503)
        if app.user == APP_ROLE and app.password == home.secrets["postgres_app"]:
            _make_role(connection, APP_ROLE, app.password)
    grant_defaults(owner)


def grant_defaults(owner: Address) -> None:
    """Give the application role its default privileges on all tables the owner makes from now on."""
    with _connect(owner) as connection:
        for statement in _GRANTS:
            connection.execute(statement)


def make_database(
    connection: psycopg.Connection[tuple[object, ...]], name: str, *, template: str = "template0"
) -> None:
    """Create database ``name`` owned by the owner role; nothing to do when it exists."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found:
        return
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER_ROLE), sql.Identifier(template)))


def check_app_role(app: Address) -> None:
    """Refuse an application role that could step over row-level security."""
    with _connect(app) as connection:
        row = connection.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    if row is None or any(row):
        raise Problem(
            "database.app_role",
            "应用账号不能是超级用户，也不能绕过行级权限",
            rule="架构约定：应用账号 NOSUPERUSER NOBYPASSRLS",
            remedy="请换用普通角色 hrss_app",
            status=503,
        )


def _make_role(
    connection: psycopg.Connection[tuple[object, ...]], name: str, password: str, *, create_database: bool = False
) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if exists else "CREATE"
    options = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE " + ("CREATEDB" if create_database else "NOCREATEDB")
    statement = sql.SQL("{} ROLE {} {} PASSWORD {}").format(
        sql.SQL(verb), sql.Identifier(name), sql.SQL(options), sql.Literal(password)
    )
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        raise Problem(
            "database.role",
            f"数据库账号无权创建应用角色 {name}",
            remedy="请让数据库管理员创建 hrss_app，并用 HRSS_APP_DATABASE_URL 指明",
            status=503,
        ) from None


def _connect(address: Address) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(address.conninfo(), autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise Problem(
            "database.connect",
            f"连不上数据库：{str(error).strip().splitlines()[-1]}",
            remedy="请检查 DATABASE_URL 和数据库服务是否启动",
            status=503,
        ) from None
