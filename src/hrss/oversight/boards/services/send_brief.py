"""Sending the morning brief to those who lead: into the inbox of each account, once a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from hrss.foundation import audit
from hrss.foundation.access.models import Post
from hrss.foundation.messages.services import send_to_account
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.outcome import Outcome
from hrss.oversight.boards.brief import brief_of

TEMPLATE = "brief.morning"
LINK = "/cockpit/"


@verb("boards.brief")
def send_brief(*, actor: Actor, day: date) -> Outcome:
    """Send each leader the brief of the place they lead."""
    posts = Post.objects.filter(Q(until=None) | Q(until__gte=day), function=Function.LEADER.value, ended_at=None)
    receivers = sorted(set(posts.values_list("account_id", "region_code")))
    texts: dict[str, str] = {}
    for account, region in receivers:
        texts[region] = texts.get(region) or brief_of(region, day).text
        send_to_account(account, TEMPLATE, {"day": day, "text": texts[region]}, actor=actor, link=LINK)
    audit.record(actor, "boards.brief", subject_kind="brief", subject_id=day, detail={"receivers": len(receivers)})
    return Outcome("brief", str(day), data={"receivers": len(receivers)})
