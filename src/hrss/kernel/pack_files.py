"""YAML with places: every value remembers the file and line it was written on.

Duplicate keys and anything but plain data are refused; dates become ISO text so that a definition is pure JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hrss.kernel.problem import Problem

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Where = tuple[str, int]
DataPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The data of a file and where each value stands (path in the data → file and line)."""

    data: Any
    places: Mapping[DataPath, Where]

    def place(self, path: DataPath) -> Where:
        """Give file and line of a value, or of the nearest thing that contains it."""
        for end in range(len(path), -1, -1):
            found = self.places.get(path[:end])
            if found:
                return found
        return ("?", 0)


def pack_problem(where: Where, message: str, *, remedy: str = "") -> Problem:
    """Make the problem of a pack file: which file, which line, what is wrong."""
    name, line = where
    return Problem(
        "pack.invalid", f"{name} 第 {line} 行：{message}", rule="packs/README.md", remedy=remedy, field=f"{name}:{line}"
    )


def read_yaml(path: Path, *, root: Path) -> Source:
    """Read a file; names in messages are relative to ``root``. Problem ``pack.invalid`` where it is no YAML."""
    name = path.relative_to(root).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise pack_problem(
            (name, line), f"不是有效的 YAML（{error.problem}）", remedy="检查缩进、冒号和引号"
        ) from error
    except UnicodeDecodeError as error:
        raise pack_problem((name, 1), "文件不是 UTF-8 编码", remedy="另存为 UTF-8") from error
    if node is None:
        raise pack_problem((name, 1), "文件是空的", remedy="删除文件或写入内容")
    places: dict[DataPath, Where] = {}
    data = _plain(node, (), name, places)
    return Source(data, places)


def _plain(node: yaml.Node, path: DataPath, name: str, places: dict[DataPath, Where]) -> Any:
    places[path] = (name, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return dict(_pairs(node, path, name, places))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), name, places) for index, child in enumerate(node.value)]
    return _scalar(node)


def _pairs(
    node: yaml.MappingNode, path: DataPath, name: str, places: dict[DataPath, Where]
) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for key_node, value_node in node.value:
        key = str(key_node.value)
        where = (name, key_node.start_mark.line + 1)
        if key in seen:
            raise pack_problem(where, f"“{key}”写了两次", remedy="保留一处")
        seen.add(key)
        value = _plain(value_node, (*path, key), name, places)
        places[(*path, key)] = where
        yield key, value


def _scalar(node: yaml.Node) -> Any:
    """Give a scalar; dates stay the text they were written as."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        return str(node.value)
    constructor = yaml.constructor.SafeConstructor()
    return constructor.construct_object(node)


def merge(base: Source, over: Source) -> Source:
    """Lay one file over another: mappings are merged, everything else is replaced."""
    places = dict(base.places)
    data = _merged(base.data, over.data, (), over.places, places)
    return Source(data, places)


def _merged(
    base: Any, over: Any, path: DataPath, over_places: Mapping[DataPath, Where], places: dict[DataPath, Where]
) -> Any:
    if not (isinstance(base, dict) and isinstance(over, dict)):
        for known in [one for one in places if one[: len(path)] == path]:
            del places[known]
        places.update({one: where for one, where in over_places.items() if one[: len(path)] == path})
        return over
    result = dict(base)
    for key, value in over.items():
        deeper = (*path, key)
        if key in base:
            result[key] = _merged(base[key], value, deeper, over_places, places)
        else:
            result[key] = value
            places.update({one: where for one, where in over_places.items() if one[: len(deeper)] == deeper})
    return result
