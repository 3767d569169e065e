"""Packs: what a county is, as files. A pack lies over the one it extends: national ← chongqing ← fengjie.

Loading finds every fault of every file in one pass and refuses the whole pack when there is one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hrss.casework.items.checks import Fault, cross_faults, format_faults
from hrss.casework.items.definition import ItemDefinition, definition_of
from hrss.kernel.pack_files import Source, merge, pack_problem, read_yaml
from hrss.kernel.problem import Problem, Problems


@dataclass(frozen=True, slots=True)
class Pack:
    """A loaded pack: its layers from low to high and the items they give together."""

    code: str
    title: str
    region: str
    layers: tuple[Path, ...]
    items: Mapping[str, ItemDefinition]


def packs_root() -> Path:
    """Give the folder of packs: ``HRSS_PACKS``, else ``packs`` beside ``src``."""
    return Path(os.environ.get("HRSS_PACKS") or Path(__file__).parents[4] / "packs")


def load_pack(code: str, *, root: Path | None = None, questions: frozenset[str] | None = None) -> Pack:
    """Load a pack with everything below it. Raises Problems: one for each fault, naming file and line."""
    root = root or packs_root()
    layers = load_layers(code, root=root)
    head = read_yaml(layers[-1] / "pack.yaml", root=root).data
    problems: list[Problem] = []
    sources = _laid_over(layers, "items", root, problems)
    items = _checked(sources, questions, problems)
    if problems:
        raise Problems(problems)
    return Pack(code, head["title"], str(head.get("region", "")), layers, items)


def load_layers(code: str, *, root: Path) -> tuple[Path, ...]:
    """Give the folders of a pack from the lowest to its own."""
    return tuple(_layers(code, root))


def layered(layers: tuple[Path, ...], folder: str, *, root: Path) -> dict[str, Source]:
    """Give the files of a folder over all layers, the higher laid over the lower, keyed by file stem."""
    problems: list[Problem] = []
    sources = _laid_over(layers, folder, root, problems)
    if problems:
        raise Problems(problems)
    return sources


def faults_as_problems(source: Source, faults: Iterator[Fault]) -> list[Problem]:
    """Turn faults into problems that name file and line."""
    return [pack_problem(source.place(path), message) for path, message in faults]


def _layers(code: str, root: Path) -> Iterator[Path]:
    folder = root / code
    if not (folder / "pack.yaml").is_file():
        raise Problem(
            "pack.unknown", f"没有事项包“{code}”", rule="packs/README.md", remedy=f"在 {root} 下建立 {code}/pack.yaml"
        )
    below = read_yaml(folder / "pack.yaml", root=root).data.get("extends")
    if below:
        yield from _layers(below, root)
    yield folder


def _laid_over(layers: tuple[Path, ...], folder: str, root: Path, problems: list[Problem]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for layer in layers:
        for path in sorted((layer / folder).glob("*.yaml")):
            try:
                source = read_yaml(path, root=root)
            except Problem as problem:
                problems.append(problem)
                continue
            found[path.stem] = merge(found[path.stem], source) if path.stem in found else source
    return found


def _checked(
    sources: Mapping[str, Source], questions: frozenset[str] | None, problems: list[Problem]
) -> dict[str, ItemDefinition]:
    items: dict[str, ItemDefinition] = {}
    for stem, source in sources.items():
        faults = list(format_faults(source.data)) or list(cross_faults(source.data, questions=questions))
        if not faults and source.data["code"] != stem:
            faults = [(("code",), f"代码“{source.data['code']}”与文件名 {stem} 不一致")]
        problems.extend(faults_as_problems(source, iter(faults)))
        if not faults:
            items[stem] = definition_of(source.data)
    return items
