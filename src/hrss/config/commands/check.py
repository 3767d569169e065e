"""``./hrss check``: format, lint, types, architecture contracts, missing migrations."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hrss.config.environment import PROJECT
from hrss.config.options import Options

SUMMARY = "检查代码：格式、规范、类型、架构约定"
STEPS = {
    "格式": ["ruff", "format", "--check", "--quiet", "."],
    "规范": ["ruff", "check", "--quiet", "."],
    "架构约定": ["lint-imports", "--no-cache"],
    "类型": ["mypy"],
}


def main(arguments: list[str]) -> int:
    """Run all checks, also after one failed; gives 1 when any failed."""
    parser = Options(prog="./hrss check", description=SUMMARY)
    parser.add_argument("--fix", action="store_true", help="先自动改格式和能改的规范问题")
    options = parser.parse_args(arguments)
    if options.fix:
        run(["ruff", "check", "--fix", "--quiet", "."])
        run(["ruff", "format", "--quiet", "."])
    failed = [name for name, command in STEPS.items() if not _passes(name, command)]
    print(f"hrss: {'全部通过' if not failed else '没有通过：' + '、'.join(failed)}")
    return 1 if failed else 0


def run(command: list[str], *, path: tuple[Path, ...] = (PROJECT / "src",)) -> int:
    """Run a tool of the environment in the project's folder, with these folders to import from; gives its exit code."""
    program = str(Path(sys.executable).parent / command[0])
    env = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, path))}
    return subprocess.run([program, *command[1:]], cwd=PROJECT, env=env, check=False).returncode  # noqa: S603


def _passes(name: str, command: list[str]) -> bool:
    print(f"hrss: {name} …", flush=True)
    return run(command) == 0
