"""Test plugin: a throw-away PostgreSQL cluster before Django reads its settings.

A template database is migrated once per digest of all migrations; each test process gets a copy of its own and drops
it at the end. It refuses to run tests against DATABASE_URL unless HRSS_TEST_DATABASE says so.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import sql

from hrss.config import environment
from hrss.config.database import grant_defaults, make_database, prepare_embedded
from hrss.config.postgres import Cluster

_TEMPLATE_LOCK = 7355608


def _home() -> environment.Home:
    os.environ["HRSS_HOME"] = os.environ.get("HRSS_TEST_HOME") or str(environment.PROJECT / ".hrss" / "test")
    return environment.Home.current()


def _digest() -> str:
    files = sorted((environment.PROJECT / "src").glob("hrss/**/migrations/*.py"))
    files += [environment.PROJECT / "src/hrss/config/settings.py", Path(__file__)]
    text = b"".join(str(file).encode() + file.read_bytes() for file in files)
    return hashlib.sha256(text).hexdigest()[:16]


def _root(home: environment.Home) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(home.address("root").conninfo(name="postgres"), autocommit=True)


@functools.cache
def template_name() -> str:
    """Name of the migrated template database for the migrations as they were when the run began."""
    return f"hrss_template_{_digest()}"


def copy_template(name: str) -> None:
    """Make database ``name`` as a copy of the template."""
    with _root(environment.Home.current()) as connection:
        make_database(connection, name, template=template_name())


def drop(name: str) -> None:
    """Drop database ``name``, with whoever is connected to it."""
    with _root(environment.Home.current()) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _ensure_template(home: environment.Home) -> None:
    name = template_name()
    with _root(home) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        draft = f"{name}_draft"
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(draft)))
        make_database(connection, draft)
        owner = home.address("owner")
        grant_defaults(environment.Address(owner.user, owner.password, owner.host, owner.port, draft))
        _migrate(draft)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
        )


def _migrate(database: str) -> None:
    env = os.environ | {"HRSS_DATABASE": database, "DJANGO_SETTINGS_MODULE": "hrss.config.settings"}
    for verb in ("migrate", "createcachetable"):
        command = [sys.executable, "-W", "ignore", "-m", "django", verb, "--database", "owner", "-v", "0"]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise SystemExit(f"{verb} failed on the test template:\n{done.stderr[-4000:]}")


def _start() -> None:
    home = _home()
    cluster = Cluster(home, disposable=True)
    started = cluster.start()
    prepare_embedded(home)
    _ensure_template(home)
    database = f"test_{os.getpid()}"
    os.environ["HRSS_DATABASE"] = database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hrss.config.settings")
    drop(database)
    copy_template(database)
    atexit.register(_finish, cluster, database, started)


def _finish(cluster: Cluster, database: str, started: bool) -> None:
    drop(database)
    if started and os.environ.get("HRSS_KEEP_TEST_POSTGRES") != "1":
        cluster.stop()


def _wants_database(arguments: list[str]) -> bool:
    """Kernel and rules are pure: their tests run without Django and without a server."""
    paths = [
        Path(argument)
        for argument in arguments
        if not argument.startswith("-") and Path(argument.split("::")[0]).exists()
    ]
    pure = ("tests/kernel", "tests/rules")
    return not paths or not all(str(path).startswith(pure) for path in paths)


_PURE = not _wants_database(sys.argv[1:])
if _PURE:
    os.environ["HRSS_PURE_TESTS"] = "1"
else:
    _start()
