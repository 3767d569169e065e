"""Where this installation lives: its data folder, its secrets and its database addresses.

Everything is read from the environment or from the data folder; nothing is guessed twice. It makes missing secrets
once and refuses to print them.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
import tempfile
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from psycopg.conninfo import make_conninfo

PROJECT = Path(__file__).resolve().parents[3]
OWNER_ROLE = "hrss_owner"
APP_ROLE = "hrss_app"
DATABASE = "hrss"
_SOCKET_LIMIT = 90
_SERVER_DATA = Path("/var/lib/hrss")


def is_open_to_others(path: Path) -> bool:
    """Tell whether another user can reach ``path``: every folder above it must be searchable by others."""
    there = [folder for folder in (path, *path.parents) if folder.exists()]
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in there)


@dataclass(frozen=True)
class Address:
    """A PostgreSQL address taken apart; ``host`` is a folder for a Unix socket."""

    user: str
    password: str
    host: str
    port: str
    name: str

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read ``postgresql://user:password@host:port/name``."""
        parts = urlsplit(url)
        host = unquote(parts.hostname or "") or unquote(dict(_pairs(parts.query)).get("host", ""))
        return cls(
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            host=host,
            port=str(parts.port or 5432),
            name=parts.path.lstrip("/") or DATABASE,
        )

    def conninfo(self, *, name: str | None = None) -> str:
        """Give the connection string for ``psycopg.connect``; ``name`` is another database on the same server."""
        values = {"user": self.user, "password": self.password, "host": self.host, "port": self.port}
        return make_conninfo(**{key: value for key, value in values.items() if value}, dbname=name or self.name)

    def url(self) -> str:
        """Give the address as one URL (holds the password: for child processes' environment only)."""
        login = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        return f"postgresql://{login}@/{self.name}?host={quote(self.host, safe='')}&port={self.port}"


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(key, value) for key, _, value in (part.partition("=") for part in query.split("&") if part)]


@dataclass(frozen=True)
class Home:
    """The data folder of one installation (``--data``, HRSS_HOME; default ``.hrss/data`` in the project)."""

    path: Path

    @classmethod
    def current(cls) -> Home:
        """Give the folder the environment names."""
        return cls(Path(os.environ.get("HRSS_HOME") or PROJECT / ".hrss" / "data").resolve())

    @property
    def postgres(self) -> Path:
        """Folder of the embedded cluster; outside when root keeps the data where the server's user cannot go."""
        return self._server_folder() / "postgres"

    @property
    def sockets(self) -> Path:
        """Folder of the Unix socket; elsewhere when the path is too long for one."""
        inside = self._server_folder() / "run"
        if len(str(inside).encode()) < _SOCKET_LIMIT:
            return inside
        return Path(tempfile.gettempdir()) / f"hrss-{self._digest}"

    def _server_folder(self) -> Path:
        if os.geteuid() != 0 or is_open_to_others(self.path):
            return self.path
        return _SERVER_DATA / self._digest

    @property
    def _digest(self) -> str:
        return sha256(str(self.path).encode()).hexdigest()[:12]

    @property
    def files(self) -> Path:
        """Folder of stored files."""
        return self.path / "files"

    @property
    def keys(self) -> Path:
        """Folder of encryption and signing keys."""
        return self.path / "keys"

    @property
    def agencies(self) -> Path:
        """Folder of the simulated agencies' data and port files."""
        return self.path / "agencies"

    @property
    def bank(self) -> Path:
        """Folder exchanged with the bank: orders, answers, and the payment channel's port file."""
        return self.path / "bank"

    @cached_property
    def secrets(self) -> dict[str, str]:
        """Passwords and keys made at the first start, readable by the owner only."""
        file = self.path / "secrets.json"
        if not file.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            names = ("postgres_root", "postgres_owner", "postgres_app", "django", "agencies")
            made = {name: secrets.token_urlsafe(32) for name in names}
            draft = file.with_suffix(f".{os.getpid()}.new")
            draft.touch(mode=0o600)
            draft.write_text(json.dumps(made))
            try:
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        values: dict[str, str] = json.loads(file.read_text())
        return values

    def address(self, role: str) -> Address:
        """Give the database address for ``root``, ``owner`` or ``app``."""
        real = os.environ.get("DATABASE_URL")
        if real:
            return _real_address(role, real, self.secrets)
        users = {"root": "hrss_root", "owner": OWNER_ROLE, "app": APP_ROLE}
        return Address(users[role], self.secrets[f"postgres_{role}"], str(self.sockets), "5432", DATABASE)


def _real_address(role: str, real: str, made: dict[str, str]) -> Address:
    """DATABASE_URL names the owner; the application uses HRSS_APP_DATABASE_URL, else the same server as hrss_app."""
    owner = Address.parse(real)
    if role != "app":
        return owner
    given = os.environ.get("HRSS_APP_DATABASE_URL")
    if given:
        return Address.parse(given)
    return Address(APP_ROLE, made["postgres_app"], owner.host, owner.port, owner.name)
