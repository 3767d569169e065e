"""Tokens for a program of one's own: what it may do, until when; shown once, revoked at once.

A delegate gives none: a token opens one's own affairs, acting for others is asked for with each call.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.portal.texts import TOKEN_SCOPES
from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.identity import queries as identity
from hrss.foundation.identity import services
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

_DAYS = {"30": 30, "90": 90, "365": 365}


def tokens(request: Request) -> HttpResponse:
    """My tokens and a form for a new one; its text stands on the answer once and nowhere else."""
    if request.method != "POST":
        return _tokens(request)
    try:
        done = services.issue_token(
            _own_account(request.actor),
            actor=request.actor,
            name=request.POST.get("name", "").strip(),
            scopes=request.POST.getlist("scopes"),
            until=timezone.localdate() + timedelta(days=_DAYS.get(request.POST.get("days", ""), 30)),
        )
    except Problem as problem:
        return _tokens(request, problem)
    return _tokens(request, made=str(done.data["secret"]))


def revoke(request: Request, token_id: UUID) -> HttpResponse:
    """End a token at once."""
    try:
        keyed(request.POST.get("_key", ""), services.revoke_token, token_id, actor=request.actor)
    except Problem as problem:
        return _tokens(request, problem)
    return HttpResponseRedirect(reverse("portal.tokens"))


def _own_account(actor: Actor) -> UUID:
    """Give the account a token is for. Problem ``identity.token_own`` (409) while acting for somebody else."""
    if actor.account is None or actor.acting_for_person is not None or actor.acting_for_organisation is not None:
        raise Problem(
            "identity.token_own",
            "您正在替别人办事，令牌只能给自己的账号",
            rule="令牌只打开本人的事；替别人办，每次调用另外写明委托",
            remedy="请先点上方的“换回自己”",
            status=409,
        )
    return actor.account


def _tokens(request: Request, problem: Problem | None = None, *, made: str = "") -> HttpResponse:
    return page(
        request,
        "portal/tokens.html",
        status=422 if problem else 200,
        tokens=identity.tokens_of(actor=request.actor),
        options=list(TOKEN_SCOPES.items()),
        words=TOKEN_SCOPES,
        typed={} if made else request.POST,
        chosen=[] if made else request.POST.getlist("scopes"),
        made=made,
        problems=problem,
        key=new_key(),
    )
