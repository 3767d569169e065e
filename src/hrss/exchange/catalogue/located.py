"""YAML whose values remember their line, so that a mistake in a pack file can be pointed at.

Duplicate keys, empty files and anything that is not YAML are refused with file and line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hrss.kernel.problem import Problem

DataPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """The data of a file and the line each value starts on; ``name`` is the file relative to the packs."""

    name: str
    data: Any
    lines: Mapping[DataPath, int]

    def line(self, path: DataPath) -> int:
        """Give the line of a value, or of the nearest thing around it."""
        return next(self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines)


def misplaced(located: Located, path: DataPath, message: str) -> Problem:
    """Make the problem of one value in a file."""
    what = ".".join(str(part) for part in path)
    return _problem(located.name, located.line(path), f"{what} {message}" if what else message)


def read_located(path: Path, *, root: Path) -> Located:
    """Read a file; Problem ``pack.invalid`` where it is not one YAML document in UTF-8."""
    name = path.relative_to(root).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _problem(name, line, f"不是有效的 YAML（{error.problem}）") from None
    except UnicodeDecodeError:
        raise _problem(name, 1, "文件不是 UTF-8 编码") from None
    if node is None:
        raise _problem(name, 1, "文件是空的")
    lines: dict[DataPath, int] = {}
    return Located(name, _plain(node, (), name, lines), lines)


def _plain(node: yaml.Node, path: DataPath, name: str, lines: dict[DataPath, int]) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), name, lines) for index, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, name, lines)
    return yaml.constructor.SafeConstructor().construct_object(node)


def _mapping(node: yaml.MappingNode, path: DataPath, name: str, lines: dict[DataPath, int]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in result:
            raise _problem(name, line, f"“{key}”写了两次")
        lines[(*path, key)] = line
        result[key] = _plain(value_node, (*path, key), name, lines)
    return result


def _problem(name: str, line: int, message: str) -> Problem:
    return Problem(
        "pack.invalid",
        f"{name} 第 {line} 行：{message}",
        rule="packs/README.md",
        remedy="改正这一行后重新装载",
        field=f"{name}:{line}",
    )
