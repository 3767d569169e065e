"""My record: who I am to the bureau, my work, who looked at my data, messages.

A delegate sees these of the one acted for only when entrusted with everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.portal import texts
from hrss.channels.ui import whose
from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import page
from hrss.channels.ui.request import Request
from hrss.domains.employment import queries as employment
from hrss.exchange.queries import LedgerLine, asked_about
from hrss.foundation.access.queries import looks_at, sightings_of
from hrss.foundation.messages import queries as messages
from hrss.foundation.messages.services import mark_read
from hrss.foundation.people import queries as people

_LOOKS = 50


def record(request: Request) -> HttpResponse:
    """What the bureau knows of me (or the one I act for), with its source; for a firm its own page."""
    if request.actor.acting_for_organisation is not None:
        return HttpResponseRedirect(reverse("portal.firm"))
    person_id = own_person(request)
    work = employment.work_record(person_id)
    return page(
        request,
        "portal/record.html",
        card=people.card(person_id, actor=request.actor, what="people.own_record"),
        household=people.household_of(person_id, actor=request.actor),
        work=work,
        words=texts.WORK_STATUS,
        jobs=[
            {
                "employer": job.employer or job.kind,
                "since": date(job.since),
                "until": date(job.until) or "至今",
                "kind": job.kind,
            }
            for job in work.jobs
        ],
    )


def viewers(request: Request) -> HttpResponse:
    """Who looked at my data: body, post, time, purpose; and what other agencies were asked about me."""
    before = request.GET.get("before", "")
    asked = asked_about(own_person(request), actor=request.actor)
    looks = looks_at(
        own_person(request),
        actor=request.actor,
        before=int(before) if before.isdigit() else None,
        limit=_LOOKS,
    )
    return page(
        request,
        "portal/viewers.html",
        looks=looks,
        rows=[
            {"at": moment(one.at), "body": one.body, "post": one.post, "what": one.what, "purpose": one.purpose}
            for one in looks
        ],
        following=looks[-1].number if len(looks) == _LOOKS else None,
        sightings=[
            {
                "body": one.body,
                "post": one.post,
                "what": one.what,
                "purpose": one.purpose,
                "at": _at(one.last, one.times),
            }
            for one in sightings_of(own_person(request), actor=request.actor)
        ],
        asked=asked,
        asked_rows=_asked_rows(asked),
    )


def _asked_rows(asked: Sequence[LedgerLine]) -> list[dict[str, str]]:
    """Give one row for what was asked of the same source for the same reason on the same day, with how often."""
    rows: dict[tuple[str, ...], list[LedgerLine]] = {}
    for one in asked:
        key = (one.title, one.source, one.purpose, one.outcome_in_words, date(one.at))
        rows.setdefault(key, []).append(one)
    return [
        {"title": title, "source": source, "purpose": why, "status": said, "at": _at(lines[0].at, len(lines))}
        for (title, source, why, said, _), lines in rows.items()
    ]


def _at(latest: datetime, times: int) -> str:
    return moment(latest) if times == 1 else f"{date(latest)}，共 {times} 次"


def inbox(request: Request) -> HttpResponse:
    """My messages; opening the page marks them read."""
    whose.whole_trust(request.actor)
    found = messages.inbox(actor=request.actor, after=request.GET.get("after", ""))
    if any(one.read_at is None for one in found.rows):
        mark_read([one.id for one in found.rows if one.read_at is None], actor=request.actor)
    return page(request, "portal/messages.html", found=found)


def own_person(request: Request) -> UUID:
    """Give the person whose affairs are done."""
    return whose.own_person(request.actor)
