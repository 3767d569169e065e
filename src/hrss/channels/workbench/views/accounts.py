"""Staff accounts: the system administrator opens them and helps with sign-in, the security administrator closes them.

Neither gives a post (four people do, see posts), and nobody deals with their own account. A password made here is
shown once and changed at the first sign-in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import kept
from hrss.channels.workbench.shell import work_page
from hrss.foundation.identity import services
from hrss.foundation.identity.staffing import StaffAccount, staff_account, staff_accounts
from hrss.foundation.people import queries as people
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Function
from hrss.kernel.problem import Problem

_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_SAID = {"reset": "动态口令已重置，本人下次登录时重新设置", "unlock": "已解锁", "close": "账号已停用，登录中的立即退出"}


def accounts(request: Request) -> HttpResponse:
    """All staff accounts by user name."""
    text = request.GET.get("who", "").strip()[:50]
    found, following = staff_accounts(actor=request.actor, text=text, after=request.GET.get("after", "")[:64])
    return work_page(
        request,
        "workbench/accounts.html",
        who=text,
        rows=[_row(one) for one in found],
        following=following,
        may_make=request.actor.holds(Function.SYSTEM_ADMIN),
    )


def new(request: Request) -> HttpResponse:
    """Open an account for somebody on record; the password stands on the answer once."""
    typed = {name: request.POST.get(name, "").strip() for name in ("id_number", "username")}
    if request.method != "POST":
        return _new(request, typed)
    password = make_password()
    try:
        card = people.find_by_id_number(typed["id_number"], actor=request.actor.for_purpose("maintenance"))
        if card is None:
            raise Problem(
                "people.not_found",
                "没有查到这个人",
                remedy="请核对身份证号；没有档案的，先到窗口建档",
                field="id_number",
            )
        done = services.create_staff_account(
            actor=request.actor, person_id=card.id, username=typed["username"], password=password
        )
    except Problem as problem:
        if problem.code.startswith("id_number."):
            problem.field = "id_number"
        return _new(request, typed, problem)
    return _account(request, UUID(done.id), password=password)


def account(request: Request, account_id: UUID) -> HttpResponse:
    """One account; POST does one of four things to it."""
    if request.method != "POST":
        return _account(request, account_id)
    wanted = request.POST.get("verb", "")
    try:
        if wanted == "password":
            password = make_password()
            services.set_password(account_id, actor=request.actor, password=password)
            return _account(request, account_id, password=password)
        _doing(wanted)(request, account_id)
    except Problem as problem:
        kept(request, problem, asked={"account_id": account_id, "verb": wanted})
        if problem.field == "reason":
            problem.field = f"{wanted}_reason"
        return _account(request, account_id, problem)
    messages.success(request, _SAID[wanted])
    return HttpResponseRedirect(reverse("workbench.account", args=(account_id,)))


def make_password() -> str:
    """Make a password a person can read out: letters without look-alikes, capitals, digits, a mark."""
    parts = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)]
    return f"{parts[0].capitalize()}-{parts[1]}-{parts[2]}{secrets.randbelow(90) + 10}"


def _doing(wanted: str) -> Callable[[Request, UUID], object]:
    known: dict[str, Callable[[Request, UUID], object]] = {"reset": _reset, "unlock": _unlock, "close": _close}
    if wanted not in known:
        raise Problem("route.unknown", "没有这个操作", remedy="请返回上一页，用页面上的按钮", status=404)
    return known[wanted]


def _reset(request: Request, account_id: UUID) -> None:
    reason = request.POST.get("reset_reason", "")
    keyed(_key(request), services.reset_second_factor, account_id, actor=request.actor, reason=reason)


def _unlock(request: Request, account_id: UUID) -> None:
    keyed(_key(request), services.unlock, account_id, actor=request.actor)


def _close(request: Request, account_id: UUID) -> None:
    reason = request.POST.get("close_reason", "")[:100]
    services.close_account(account_id, actor=request.actor, reason=reason, key=_key(request))


def _key(request: Request) -> str:
    key = request.POST.get("_key", "")
    return f"{key}:{request.POST.get('verb', '')}" if key else ""


def _new(request: Request, typed: dict[str, str], problem: Problem | None = None) -> HttpResponse:
    return work_page(
        request,
        "workbench/account_new.html",
        status=422 if problem else 200,
        typed=typed,
        problems=problem,
        key=request.POST.get("_key") or new_key(),
    )


def _account(request: Request, account_id: UUID, problem: Problem | None = None, *, password: str = "") -> HttpResponse:
    found = staff_account(account_id, actor=request.actor)
    is_own = account_id == request.actor.account
    makes = request.actor.holds(Function.SYSTEM_ADMIN) and found.is_active and not is_own
    return work_page(
        request,
        "workbench/account.html",
        status=422 if problem else 200,
        found=found,
        facts=_facts(found),
        password=password,
        may_help=makes,
        may_close=found.is_active and not is_own,
        posts=f"{reverse('workbench.posts')}?who={found.name}" if request.actor.holds(Function.SECURITY_ADMIN) else "",
        typed={name: request.POST.get(name, "") for name in ("reset_reason", "close_reason")},
        problems=problem,
        key=new_key(),
    )


def _state(one: StaffAccount) -> str:
    if not one.is_active:
        return "已停用"
    return "输错密码太多，暂时锁住" if one.is_locked else "可以用"


def _facts(one: StaffAccount) -> list[tuple[str, str]]:
    rows = [
        ("用户名", one.username),
        ("状态", _state(one)),
        ("动态口令", "已设置" if one.has_second_factor else "还没有设置"),
        ("密码", "下次登录要改" if one.must_change else "本人设置的"),
        ("最近使用", moment(one.last_seen_at) if one.last_seen_at else "还没有用过"),
    ]
    return [*rows, ("停用原因", one.closed_reason)] if one.closed_reason else rows


def _row(one: StaffAccount) -> dict[str, Any]:
    return {
        "who": one.name,
        "href": reverse("workbench.account", args=(one.id,)),
        "username": one.username,
        "state": _state(one),
        "second": "已设置" if one.has_second_factor else "没有",
        "seen": moment(one.last_seen_at) if one.last_seen_at else "没有用过",
    }
