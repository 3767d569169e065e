"""Published versions: which one is in force on a day, and the definition a case keeps.

A definition is parsed once a process; a version never changes, so nothing has to be thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from hrss.casework.items.definition import Cached, ItemDefinition
from hrss.casework.models import ItemVersion
from hrss.foundation.scope.hot import Rows, soon
from hrss.kernel.problem import Problem

_PARSED = Cached()
_PINNED: dict[UUID, Version] = {}
_HEAD = ("id", "version", "digest")
_PUBLISHED = """
SELECT DISTINCT ON (code) id, code, digest FROM casework_itemversion
 WHERE state = 'published' AND effective_from <= %(day)s AND (effective_to IS NULL OR effective_to >= %(day)s)
 ORDER BY code, version DESC"""


@dataclass(frozen=True, slots=True)
class Version:
    """A published version with its parsed definition."""

    id: UUID
    version: int
    digest: str
    item: ItemDefinition


def current(code: str, *, on: date | None = None) -> Version:
    """Give the version of an item in force on a day (today); Problem ``item.unknown`` where there is none."""
    day = on or timezone.localdate()
    found = _in_force(day).filter(code=code).order_by("-version").values_list(*_HEAD).first()
    if found is None:
        raise Problem(
            "item.unknown",
            f"事项 {code} 现在不能在网上办理",
            rule="只有已发布并在有效期内的事项可以办理",
            remedy="请到窗口办理，或者拨打 12333 咨询",
            status=404,
        )
    key, version, digest = found
    return Version(key, version, digest, _PARSED[digest]) if digest in _PARSED else pinned(key)


def pinned(version_id: UUID) -> Version:
    """Give a version by its id: the one a case keeps. A published one is read once a process, it never changes."""
    if version_id in _PINNED:
        return _PINNED[version_id]
    row = ItemVersion.objects.get(id=version_id)
    found = version_of(row)
    if row.state == ItemVersion.State.PUBLISHED:
        _PINNED[version_id] = found
    return found


def version_of(row: ItemVersion) -> Version:
    """Give a stored version with its parsed definition."""
    return Version(row.id, row.version, row.digest, _PARSED.of(row.definition, digest=row.digest))


def published(*, on: date | None = None) -> dict[str, ItemDefinition]:
    """Give every item that can be applied for on a day (today), by code."""
    return published_soon(on=on)()


def published_soon(*, on: date | None = None) -> Callable[[], dict[str, ItemDefinition]]:
    """Ask for the same along with the statement that follows; the function given back gives it."""
    rows = soon(_PUBLISHED, {"day": on or timezone.localdate()})
    return lambda: _items_of(rows())


def _items_of(rows: Rows) -> dict[str, ItemDefinition]:
    found: dict[str, ItemDefinition] = {}
    wanted: dict[UUID, str] = {}
    for key, code, digest in rows:
        if digest in _PARSED:
            found[code] = _PARSED[digest]
        else:
            wanted[key] = code
    for row in ItemVersion.objects.filter(id__in=wanted) if wanted else ():
        found[row.code] = version_of(row).item
    return dict(sorted(found.items()))


def _in_force(day: date) -> QuerySet[ItemVersion]:
    return ItemVersion.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=day), state="published", effective_from__lte=day
    )
