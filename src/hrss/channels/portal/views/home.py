"""Finding a service: the home page, search by how people say it, life events, the catalogue and the guide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from hrss.casework import queries
from hrss.casework.items import catalogue as catalogue_module
from hrss.casework.items import search as finder
from hrss.casework.items import versions
from hrss.casework.items.bundles import packages
from hrss.casework.items.search import Hit
from hrss.channels.portal import texts
from hrss.channels.portal.progress import state_words
from hrss.channels.portal.views.starting import before_of
from hrss.channels.ui.cases import guide_material_rows
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.kernel.actor import ActorKind
from hrss.kernel.money import yuan

_SHOWN = 20
_NEAR = 0.45


def home(request: Request) -> HttpResponse:
    """The first page: a big search box, life events, what people use most, and my things when signed in."""
    online = versions.published()
    popular = [online[code] for code in texts.POPULAR if code in online]
    mine = queries.my_cases(actor=request.actor, limit=3) if _is_person(request) else None
    return page(
        request,
        "portal/home.html",
        events=finder.life_events(),
        popular=popular,
        mine=mine,
        icons=texts.EVENT_ICONS,
        words=state_words,
    )


def search(request: Request) -> HttpResponse:
    """Search results; nothing found says what else can be done."""
    text = request.GET.get("q", "").strip()[:100]
    hits = finder.search(text, limit=_SHOWN) if text else []
    return page(request, "portal/search.html", text=text, hits=_rows(hits), events=finder.life_events())


def life_event(request: Request, name: str) -> HttpResponse:
    """All items of one life event."""
    codes = finder.life_events().get(name, ())
    entries = catalogue_module.catalogue()
    items = [entries[code] for code in codes if code in entries]
    return page(
        request,
        "portal/life_event.html",
        status=200 if items else 404,
        name=name,
        bundled=[one for one in packages(settings.HRSS_COUNTY_PACK).values() if one.life_event == name],
        items=items,
        summaries={one.code: _summary(one.code) for one in items},
        online=versions.published(),
    )


def catalogue(request: Request) -> HttpResponse:
    """The whole list of items by line."""
    online = versions.published()
    entries = sorted(catalogue_module.catalogue().values(), key=lambda entry: (entry.code not in online, entry.code))
    chosen = request.GET.get("line", "")
    lines = sorted({entry.line for entry in entries}, key=texts.LINE_ORDER.index)
    shown = [entry for entry in entries if not chosen or entry.line == chosen]
    base = reverse("portal.catalogue")
    tabs = [("全部", base), *((texts.LINES[line], f"{base}?line={line}") for line in lines)]
    current = f"{base}?line={chosen}" if chosen else base
    return page(request, "portal/catalogue.html", entries=shown, online=online, tabs=tabs, current=current)


def item(request: Request, code: str) -> HttpResponse:
    """The guide of one item: what it gives, who may apply, what is needed, how long it takes."""
    guide = queries.guide(code)
    facts = [
        ("办理期限", guide.promised["words"]),
        ("法定期限", guide.statutory["words"]),
        ("收费", "不收费" if not guide.fee else f"{yuan(guide.fee)} 元"),
    ]
    if guide.results:
        facts.append(("办好给您", "、".join(guide.results)))
    signed_in = guide.item is not None and request.actor.kind is ActorKind.PUBLIC and _is_person(request)
    return page(
        request,
        "portal/item.html",
        guide=guide,
        before=before_of(request, guide.item) if signed_in and guide.item else None,
        materials=guide_material_rows(guide.materials),
        facts=facts,
        key=new_key(),
    )


def _rows(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Give the items and packages that come near the best item; far ones only confuse."""
    best = max((hit.score for hit in hits if hit.kind == "item"), default=0)
    return [_row(hit) for hit in hits if hit.score >= best * _NEAR]


def _row(hit: Hit) -> dict[str, Any]:
    if hit.kind == "item":
        href, text = reverse("portal.item", args=(hit.code,)), _summary(hit.code)
    else:
        members = packages(settings.HRSS_COUNTY_PACK)[hit.code].members
        href, text = reverse("portal.package", args=(hit.code,)), f"{len(members)} 样事填一张表"
    return {"name": hit.name, "href": href, "text": text, "online": hit.online}


def _summary(code: str) -> str:
    """Give one sentence on an item: its own summary, or what one gets in the end."""
    item, entry = versions.published().get(code), catalogue_module.catalogue().get(code)
    if item is not None:
        return item.summary
    return f"办好给您：{entry.outcome}" if entry is not None and entry.outcome else ""


def _is_person(request: Request) -> bool:
    return request.actor.person is not None
