"""Packages (一件事): one form, one set of materials, several items with an order among them.

A package file names members and what each waits for; loading refuses unknown items and circles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from django.conf import settings

from hrss.casework.items.catalogue import catalogue
from hrss.casework.items.packs import Pack, layered, load_pack, packs_root
from hrss.kernel.pack_files import Source, pack_problem
from hrss.kernel.problem import Problem, Problems


@dataclass(frozen=True, slots=True)
class Member:
    """One item of a package; ``after`` are members that must be granted before it starts."""

    item: str
    name: str
    after: tuple[str, ...]
    required: bool
    online: bool


@dataclass(frozen=True, slots=True)
class Package:
    """A package with its members in an order that respects what each waits for."""

    code: str
    name: str
    life_event: str
    applicant: tuple[str, ...]
    phrases: tuple[str, ...]
    source: str
    status: str
    members: tuple[Member, ...]

    def online_members(self) -> tuple[Member, ...]:
        """Give the members that can be applied for here."""
        return tuple(member for member in self.members if member.online)


@cache
def packages(pack: str = "fengjie", root: Path | None = None) -> Mapping[str, Package]:
    """Give the packages of a pack by code. Problems name file and line."""
    root = root or packs_root()
    loaded = load_pack(pack, root=root)
    sources = layered(loaded.layers, "packages", root=root)
    problems: list[Problem] = []
    found: dict[str, Package] = {}
    for stem, source in sources.items():
        faults = list(_faults(source, stem, root))
        problems.extend(faults)
        if not faults:
            found[stem] = _package(source.data, loaded, root)
    if problems:
        raise Problems(problems)
    return found


def package_of(code: str) -> Package:
    """Give a package of this county; Problem ``package.unknown`` (404)."""
    found = packages(settings.HRSS_COUNTY_PACK).get(code)
    if found is None:
        raise Problem("package.unknown", "没有这个套餐", remedy="请从列表中选择", status=404)
    return found


def _faults(source: Source, stem: str, root: Path) -> Iterator[Problem]:
    raw = source.data
    for key in ("code", "name", "life_event", "applicant", "source", "status", "members"):
        if not raw.get(key):
            yield pack_problem(source.place(()), f"缺少 {key}")
            return
    if raw["code"] != stem:
        yield pack_problem(source.place(("code",)), f"代码“{raw['code']}”与文件名 {stem} 不一致")
    known = catalogue(root)
    inside = {member.get("item") for member in raw["members"]}
    for index, member in enumerate(raw["members"]):
        if member.get("item") not in known:
            yield pack_problem(source.place(("members", index)), f"目录里没有事项“{member.get('item')}”")
        for before in member.get("after", ()):
            if before not in inside:
                yield pack_problem(source.place(("members", index, "after")), f"“{before}”不是这个套餐的成员")
    try:
        tuple(_order(raw["members"]))
    except CycleError as error:
        yield pack_problem(source.place(("members",)), f"成员互相等待：{'、'.join(error.args[1])}")


def _order(members: list[Mapping[str, Any]]) -> Iterator[str]:
    yield from TopologicalSorter({one["item"]: one.get("after", ()) for one in members}).static_order()


def _package(raw: Mapping[str, Any], pack: Pack, root: Path) -> Package:
    by_item = {member["item"]: member for member in raw["members"]}
    names = catalogue(root)
    members = tuple(
        Member(
            item=code,
            name=names[code].name,
            after=tuple(by_item[code].get("after", ())),
            required=bool(by_item[code].get("required", False)),
            online=code in pack.items,
        )
        for code in _order(raw["members"])
    )
    return Package(
        code=raw["code"],
        name=raw["name"],
        life_event=raw["life_event"],
        applicant=tuple(raw["applicant"]),
        phrases=tuple(raw.get("phrases", ())),
        source=raw["source"],
        status=raw["status"],
        members=members,
    )
