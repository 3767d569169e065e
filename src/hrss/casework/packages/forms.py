"""The one form of a package: the questions of its members, each asked once, under the member that asks it first.

It reads definitions only. A question two members share must satisfy both: the stricter bounds hold, and it is required
when one of them requires it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hrss.casework.items.bundles import Member, Package
from hrss.casework.items.definition import ItemDefinition

_STRICTER = {"minLength": max, "minimum": max, "minItems": max, "maxLength": min, "maximum": min, "maxItems": min}


@dataclass(frozen=True, slots=True)
class Offer:
    """A member as one applicant meets it. ``item`` is None where it cannot be applied for by this applicant here."""

    member: Member
    item: ItemDefinition | None

    @property
    def is_open(self) -> bool:
        """Tell whether it comes along with the package's form."""
        return self.item is not None


@dataclass(frozen=True, slots=True)
class Section:
    """The questions one member adds to those asked before it."""

    item_code: str
    item_name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PackageForm:
    """One JSON Schema for all members, and how it is headed."""

    schema: Mapping[str, Any]
    sections: tuple[Section, ...]


def offers_of(package: Package, published: Mapping[str, ItemDefinition], *, kind: str) -> tuple[Offer, ...]:
    """Give the members for an applicant of ``kind`` (person, organisation), in the package's order."""
    return tuple(Offer(one, _for(published.get(one.item) if one.online else None, kind)) for one in package.members)


def chosen_of(offers: Iterable[Offer], wanted: Collection[str]) -> list[ItemDefinition]:
    """Give the items that come along: those wanted and those the package requires, as far as they are open."""
    return [one.item for one in offers if one.item is not None and (one.member.required or one.member.item in wanted)]


def form_of(items: Iterable[ItemDefinition]) -> PackageForm:
    """Give the form of some members together."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    sections: list[Section] = []
    for item in items:
        new = [name for name in item.form["properties"] if name not in properties]
        asked = [name for name in item.form.get("required", ()) if name not in required]
        for name, schema in item.form["properties"].items():
            known = properties.get(name, schema)
            properties[name] = _both(schema, known) if name in asked else _both(known, schema)
        required += asked
        if new:
            sections.append(Section(item.code, item.name, tuple(new)))
    return PackageForm({"type": "object", "properties": properties, "required": required}, tuple(sections))


def _for(item: ItemDefinition | None, kind: str) -> ItemDefinition | None:
    return item if item is not None and kind in item.applicant else None


def _both(first: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Give one question for two: worded as the first, bounded by both."""
    bounds = {
        key: stricter(value for value in (first.get(key), other.get(key)) if value is not None)
        for key, stricter in _STRICTER.items()
        if key in first or key in other
    }
    return {**first, **bounds}
