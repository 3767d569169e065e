"""Reading organisations: register facts for everybody, so no scope and no purpose; nothing here is about a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hrss.foundation.organisations.models import Organisation
from hrss.foundation.regions.queries import full_name
from hrss.kernel.identifiers import normalise_code
from hrss.kernel.problem import Problem

LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """An organisation as lists and headings show it."""

    id: UUID
    kind: str
    kind_title: str
    name: str
    credit_code: str
    region_code: str
    region_name: str
    address: str
    level: str
    status: str
    headcount: int
    legal_person_name: str
    closed_on: date | None
    version: int


def organisation_by_id(organisation_id: UUID) -> Organisation:
    """Give the organisation; Problem ``organisations.not_found`` (404)."""
    found = Organisation.objects.filter(id=organisation_id).first()
    if found is None:
        raise _not_found()
    return found


def find_by_credit_code(text: str) -> OrganisationCard | None:
    """Give the organisation with this credit code, None when it has not been registered here."""
    found = Organisation.objects.filter(credit_code=normalise_code(text)).first()
    return card_of(found) if found else None


def search(
    text: str, *, kind: str = "", region: str = "", after: str = "", limit: int = 20
) -> tuple[tuple[OrganisationCard, ...], str]:
    """Find by credit code, by any part of the name or by the beginning of its pinyin; gives a page and where to go on.

    County firms number some ten thousand, so a part of the name is looked for by reading the table (about 10 ms).
    """
    words = text.strip()
    rows = _matching(words)
    if kind:
        rows = rows.filter(kind=kind)
    if region:
        rows = rows.filter(region_code__gte=region, region_code__lt=region + LAST_CHARACTER)
    if after:
        name, _, key = after.rpartition("|")
        rows = rows.filter(Q(name__gt=name) | Q(name=name, id__gt=_uuid(key)))
    page = list(rows.order_by("name", "id")[: limit + 1])
    more = f"{page[limit - 1].name}|{page[limit - 1].id}" if len(page) > limit else ""
    return tuple(card_of(row) for row in page[:limit]), more


def service_points(region: str, *, level: str = "") -> tuple[OrganisationCard, ...]:
    """Give the service points in use within ``region``, county level first."""
    rows = Organisation.objects.filter(
        kind=Organisation.Kind.SERVICE_POINT,
        status=Organisation.Status.ACTIVE,
        region_code__gte=region,
        region_code__lt=region + LAST_CHARACTER,
    )
    if level:
        rows = rows.filter(level=level)
    order = list(Organisation.Level.values)
    found = sorted(rows, key=lambda row: (order.index(row.level), row.region_code, row.name))
    return tuple(card_of(row) for row in found)


def service_point_of(region: str) -> OrganisationCard | None:
    """Give the nearest service point for a village: its own, else its township's, else the county's."""
    codes = [region[:length] for length in (12, 9, 6) if len(region) >= length]
    rows = Organisation.objects.filter(
        kind=Organisation.Kind.SERVICE_POINT, status=Organisation.Status.ACTIVE, region_code__in=codes
    )
    nearest = max(rows, key=lambda row: len(row.region_code), default=None)
    return card_of(nearest) if nearest else None


def card_of(row: Organisation) -> OrganisationCard:
    """Give the card of an organisation already fetched."""
    return OrganisationCard(
        id=row.id,
        kind=row.kind,
        kind_title=row.get_kind_display(),
        name=row.name,
        credit_code=row.credit_code or "",
        region_code=row.region_code,
        region_name=full_name(row.region_code),
        address=row.address,
        level=row.level,
        status=row.status,
        headcount=row.headcount,
        legal_person_name=row.legal_person_name,
        closed_on=row.closed_on,
        version=row.version,
    )


def _matching(words: str) -> QuerySet[Organisation]:
    rows = Organisation.objects.all()
    code = normalise_code(words)
    if len(code) == 18 and code.isascii() and code.isalnum():
        return rows.filter(credit_code=code)
    letters = words.replace(" ", "").lower()
    if letters.isascii() and letters.isalpha():
        return rows.filter(pinyin__gte=letters, pinyin__lt=letters + LAST_CHARACTER)
    return rows.filter(name__contains=words) if words else rows


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Problem("organisations.after", "翻页位置不对", remedy="请从第一页重新查找", field="after") from None


def _not_found() -> Problem:
    return Problem("organisations.not_found", "查不到这个单位", remedy="请核对统一社会信用代码或名称", status=404)
