"""Bootstrap: makes the virtual environment from the hash lock, then hands over to the command line.

Standard library only, run by whatever Python the machine has (3.11 or newer). It refuses unlocked packages: every
wheel is checked against its hash. The second run costs a few milliseconds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
NEEDS_DEV = {"test", "check", "bench"}
NODE_LOCK = PROJECT / "requirements-node.lock"


def main(arguments: list[str]) -> int:
    """Make the environment this command needs and run the command in it; gives its exit code."""
    folder = Path(os.environ.get("HRSS_VENV") or PROJECT / ".venv")
    lock = PROJECT / ("requirements-dev.lock" if NEEDS_DEV & set(arguments[:1]) else "requirements.lock")
    python = folder / "bin" / "python"
    if not _is_ready(folder, lock):
        try:
            _make(folder, lock)
        except (subprocess.CalledProcessError, OSError) as error:
            return _explain(error, folder)
    os.environ["VIRTUAL_ENV"] = str(folder)
    os.environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    sys.stdout.flush()
    return os.execv(python, [str(python), "-m", "hrss.config.cli", *arguments])  # noqa: S606 - our own environment


def _digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes() + NODE_LOCK.read_bytes() + sys.version.encode()).hexdigest()


def _is_ready(folder: Path, lock: Path) -> bool:
    """A full environment serves every command; a runtime one serves all but the developers' commands."""
    marks = [folder / f"{name}.installed" for name in {lock.name, "requirements-dev.lock"}]
    locks = {mark: PROJECT / mark.name.removesuffix(".installed") for mark in marks}
    return any(mark.exists() and mark.read_text() == _digest(locks[mark]) for mark in marks)


def _make(folder: Path, lock: Path) -> None:
    _say(f"准备运行环境（{lock.name}，第一次约需一两分钟）…")
    if not (folder / "bin" / "python").exists():
        venv.EnvBuilder(with_pip=shutil.which("uv") is None, clear=folder.exists(), symlinks=True).create(folder)
    for wanted in (lock, *_node_wheel()):
        subprocess.run(_installer(folder, wanted), check=True, capture_output=True, text=True)  # noqa: S603
    packages = next((folder / "lib").glob("python3.*/site-packages"))
    (packages / "hrss.pth").write_text(f"{PROJECT / 'src'}\n", encoding="utf-8")
    (folder / f"{lock.name}.installed").write_text(_digest(lock))
    _say("运行环境已就绪。")


def _node_wheel() -> list[Path]:
    """Front-end files need npm at set-up; a machine without it gets the wheel that brings it."""
    return [] if shutil.which("node") and shutil.which("npm") else [NODE_LOCK]


def _installer(folder: Path, lock: Path) -> list[str]:
    python = str(folder / "bin" / "python")
    uv = shutil.which("uv")
    if uv:
        return [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(lock)]
    if not (folder / "bin" / "pip").exists():
        subprocess.run([python, "-m", "ensurepip", "--default-pip"], check=True)  # noqa: S603
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
    return [python, "-m", "pip", "install", *options, "--require-hashes", "-r", str(lock)]


def _explain(error: Exception, folder: Path) -> int:
    free = shutil.disk_usage(folder.parent if folder.parent.exists() else PROJECT).free
    if free < 2 * 1024**3:
        reason = f"磁盘空间不足（只剩 {free // 1024**2} MB，至少需要 2 GB）。"
    elif isinstance(error, PermissionError):
        reason = f"没有权限写入 {folder}。"
    else:
        reason = "下载软件包失败，请检查网络或软件包镜像的设置（pip config list）。"
    print(f"hrss: 运行环境没有建成：{reason}{_said(error)}", file=sys.stderr)
    return 1


def _said(error: Exception) -> str:
    """Give the last thing the installer said, for those who look after the machine; nothing when it said nothing."""
    said = str(getattr(error, "stderr", None) or "").strip().splitlines()
    return f"安装程序最后说：{said[-1].strip()[:300]}" if said else ""


def _say(text: str) -> None:
    print(f"hrss: {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
