"""Issuing: the documents an item makes at a moment of its case, rendered, stored and recorded once."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.utils import timezone

from hrss.casework.cases.fetching import Work
from hrss.casework.documents.codes import grouped, new_code
from hrss.casework.documents.facts import document_facts
from hrss.casework.documents.render import render
from hrss.casework.documents.storing import store_pdf
from hrss.casework.items.definition import DocumentRule
from hrss.casework.models import Document
from hrss.kernel.actor import Actor


def issue_for(work: Work, moment: str, *, actor: Actor) -> list[Document]:
    """Issue what the item makes at ``moment``: submitted, accepted, granted, refused or decided."""
    return [issue(work, rule, actor=actor) for rule in work.item.documents if rule.on == moment]


def issue(work: Work, rule: DocumentRule, *, actor: Actor) -> Document:
    """Issue one document; the one issued before is given where it exists."""
    known = work.case.documents.filter(rule=rule.code).first()
    if known is not None:
        return known
    code, now = new_code(), timezone.now()
    number = f"{work.case.number}-{rule.code[:3].upper()}"
    facts = document_facts(work, rule, number=number, code=grouped(code), issued_at=now)
    content = render(rule.template, facts, verify_url=verify_url(code), issued_at=now)
    file_id = store_pdf(content, f"{rule.name}.pdf", work.case, actor=actor)
    return Document.objects.create(
        case=work.case,
        rule=rule.code,
        name=rule.name,
        number=number,
        code=code,
        file_id=file_id,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        facts={"rows": facts["rows"], "granted": facts["granted"], "authority": facts["authority"]},
        issued_on=timezone.localdate(now),
        issued_at=now,
    )


def verify_url(code: str) -> str:
    """Give the address a document's QR leads to."""
    return f"{settings.HRSS_ADDRESS.rstrip('/')}/verify/{code}"
