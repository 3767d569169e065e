"""Papers without a case: issued with a code of their own, verified on the same page as documents, ended with a reason.

The part that decides draws the PDF; this part gives code and address, stores the file and keeps what anybody who holds
the code may see. It refuses nothing: the database keeps one paper in force for each thing decided.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from hrss.casework.documents.codes import grouped, new_code
from hrss.casework.documents.facts import AUTHORITY, day_words
from hrss.casework.documents.issuing import verify_url
from hrss.casework.documents.render import qr_svg
from hrss.casework.models import Paper
from hrss.foundation.files.services import store
from hrss.kernel.actor import Actor

Draw = Callable[[Mapping[str, Any]], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a paper is about; ``subject`` is the name of the one it goes to, ``rows`` what a verifier may compare."""

    source: str
    reference: UUID
    person_id: UUID
    region: str
    subject: str
    name: str
    number: str
    topic: str
    rows: list[tuple[str, str]]


def issue_paper(about: About, draw: Draw, *, at: datetime, actor: Actor) -> Paper:
    """Draw, store and record a paper; ``draw`` gets title, number, authority, code, address, QR and the day in words.

    The paper in force before, if any, must have been ended.
    """
    code, day = new_code(), timezone.localdate(at)
    url = verify_url(code)
    content = draw(
        {
            "title": about.name,
            "number": about.number,
            "authority": AUTHORITY,
            "code": grouped(code),
            "verify_url": url,
            "qr": qr_svg(url),
            "issued_words": day_words(day),
        }
    )
    card = store(
        content, f"{about.name}.pdf", actor=actor, region=about.region, person_id=about.person_id, kinds=("pdf",)
    )
    return Paper.objects.create(
        source=about.source,
        reference=about.reference,
        person_id=about.person_id,
        region_code=about.region,
        name=about.name,
        number=about.number,
        code=code,
        topic=about.topic,
        subject=about.subject,
        authority=AUTHORITY,
        rows=[list(pair) for pair in about.rows],
        file_id=card.id,
        sha256=card.sha256,
        size=card.size,
        issued_on=day,
        issued_at=at,
    )


def end_paper(source: str, reference: UUID, *, why: str) -> None:
    """Take the paper in force out of force from today; none is none."""
    Paper.objects.filter(source=source, reference=reference, ended_on=None).update(
        ended_on=timezone.localdate(), ended_why=why
    )


def papers_about(source: str, reference: UUID) -> list[Paper]:
    """Give the papers about something within the actor's scope, newest first."""
    return list(Paper.objects.filter(source=source, reference=reference).order_by("-issued_at", "-id"))
