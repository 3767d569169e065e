"""The command line behind ``./hrss``: finds the command, runs it, turns a Problem into one sentence.

It imports only the command that was asked for, so that ``./hrss --help`` answers at once.
"""

from __future__ import annotations

import sys
from importlib import import_module

from hrss.config.options import of_the_disk
from hrss.kernel.problem import Problem

COMMANDS = ("up", "test", "check", "shell", "bench", "cases", "rules", "simulate", "map", "manage")


def main(arguments: list[str] | None = None) -> int:
    """Run ``./hrss COMMAND …``; gives the exit code (0 done, 1 refused or failed, 2 wrong usage)."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given or given[0] in ("-h", "--help", "help"):
        print(help_text())
        return 0
    name, rest = given[0], given[1:]
    if name not in COMMANDS:
        print(f"hrss: 没有“{name}”这个命令。\n\n{help_text()}", file=sys.stderr)
        return 2
    try:
        return int(import_module(f"hrss.config.commands.{name}").main(rest))
    except Problem as problem:
        print(f"hrss: {problem}", file=sys.stderr)
        return 2 if problem.code == "usage" else 1
    except OSError as error:
        refused = of_the_disk(error)
        if refused is None:
            raise
        print(f"hrss: {refused}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def help_text() -> str:
    """Give the help page, built from each command's own summary line."""
    lines = ["智慧人社 hrss：奉节县人力资源和社会保障平台", "", "用法：./hrss 命令 [选项]      每个命令都有 --help", ""]
    lines += [f"  {name:<10}{import_module(f'hrss.config.commands.{name}').SUMMARY}" for name in COMMANDS]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
