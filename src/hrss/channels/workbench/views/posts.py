"""The permission ledger (权限台账), the four-step grant (apply, internal control, head, grant), ending, standing in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.casework.items.vocabulary import LINES
from hrss.channels.ui.formats import date, moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import kept
from hrss.channels.workbench.shell import place_words, townships_of, work_page
from hrss.foundation.access import queries, services
from hrss.foundation.access.models import FUNCTION_TITLES, Post, PostGrant
from hrss.foundation.access.policies import may_act
from hrss.foundation.identity.models import Account
from hrss.foundation.regions.queries import children_of, full_name
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Actor, Function
from hrss.kernel.problem import Problem

_STEPS = {
    Function.INSPECTOR: ("control", "内控审核通过"),
    Function.LEADER: ("approve", "批准"),
    Function.SECURITY_ADMIN: ("grant", "授予"),
}
_PAGE = 50


def ledger(request: Request) -> HttpResponse:
    """Posts in force over my regions, and grants that wait for me."""
    return _ledger(request)


def move(request: Request, grant_id: UUID, verb: str) -> HttpResponse:
    """Do the next step of a grant, or refuse it; what is refused comes back with its reason."""
    actor, key, note = request.actor, request.POST.get("_key", ""), request.POST.get("note", "").strip()[:300]
    own = f"{key}:{grant_id.hex}" if key else ""
    try:
        if verb == "control":
            keyed(own, services.control_post, grant_id, actor=actor, note=note)
        elif verb == "approve":
            keyed(own, services.approve_post, grant_id, actor=actor, note=note)
        elif verb == "grant":
            keyed(own, services.grant_post, grant_id, actor=actor)
        elif verb == "refuse":
            keyed(own, services.refuse_post, grant_id, actor=actor, reason=note)
        else:
            raise Problem("route.unknown", "没有这个操作", remedy="请返回上一页，用页面上的按钮", status=404)
    except Problem as problem:
        if problem.code == "route.unknown":
            raise
        kept(request, problem, asked={"grant_id": grant_id, "verb": verb})
        problem.field = ""
        return _ledger(request, problem)
    messages.success(request, "已退回申请" if verb == "refuse" else "已办，转到下一步")
    return HttpResponseRedirect(reverse("workbench.posts"))


def apply(request: Request) -> HttpResponse:
    """Step one: ask for a post for a colleague."""
    names = ("username", "function", "line", "region", "reason")
    typed = {name: request.POST.get(name, "").strip() for name in names}
    if request.method != "POST":
        return _apply(request, {**typed, "line": "*", "region": request.actor.posts[0].region})
    try:
        keyed(
            request.POST.get("_key", ""),
            services.apply_for_post,
            _account(typed["username"]).id,
            actor=request.actor,
            function=_function(typed["function"]),
            region=_region(typed["region"], request.actor),
            line=typed["line"] if typed["line"] in LINES else "*",
            reason=typed["reason"],
        )
    except Problem as problem:
        kept(request, problem, asked=typed)
        return _apply(request, typed, problem)
    messages.success(request, "已提交，等内控审核")
    return HttpResponseRedirect(reverse("workbench.posts"))


def post(request: Request, post_id: UUID) -> HttpResponse:
    """One post: end it, or let somebody stand in for some days."""
    if request.method != "POST":
        return _post(request, post_id)
    actor, key = request.actor, request.POST.get("_key", "")
    try:
        if request.POST.get("verb") == "substitute":
            days = request.POST.get("days", "")
            substitute = _account(request.POST.get("username", "").strip())
            keyed(
                key,
                services.substitute_post,
                post_id,
                actor=actor,
                substitute=substitute.id,
                days=int(days) if days.isascii() and days.isdigit() else 0,
                reason=request.POST.get("reason", ""),
            )
        else:
            keyed(key, services.end_post, post_id, actor=actor, reason=request.POST.get("end_reason", ""))
    except Problem as problem:
        kept(request, problem, asked={"post_id": post_id})
        if request.POST.get("verb") != "substitute" and problem.field == "reason":
            problem.field = "end_reason"
        return _post(request, post_id, problem)
    messages.success(request, "已安排顶岗" if request.POST.get("verb") == "substitute" else "岗位已终止")
    return HttpResponseRedirect(reverse("workbench.posts"))


def _account(username: str) -> Account:
    found = Account.objects.filter(username=username.lower(), kind=Account.Kind.STAFF, is_active=True).first()
    if found is None:
        raise Problem(
            "access.account", "没有这个工作人员账号", remedy="请核对用户名；新人先由系统管理员开账号", field="username"
        )
    return found


def _function(text: str) -> Function:
    try:
        return Function(text)
    except ValueError:
        raise Problem("access.function", "请选择职能", field="function") from None


def _region(code: str, actor: Actor) -> str:
    if not any(code.startswith(post.region) for post in actor.posts):
        raise Problem(
            "access.region",
            "只能为本区域申请岗位",
            remedy="请选本区域的乡镇或村，别的区域由当地申请",
            rule="岗位权限：职能 × 条线 × 区域",
            field="region",
        )
    return code


def _regions(actor: Actor) -> list[tuple[str, str]]:
    mine = actor.regions
    below = [node for code in mine for node in children_of(code)]
    return [(code, full_name(code)) for code in mine] + [(node.code, node.name) for node in below]


def _apply(request: Request, typed: dict[str, str], problem: Problem | None = None) -> HttpResponse:
    return work_page(
        request,
        "workbench/post_apply.html",
        status=422 if problem else 200,
        typed=typed,
        functions=[(function.value, title) for function, title in FUNCTION_TITLES.items()],
        lines=[("*", "全部条线"), *LINES.items()],
        regions=_regions(request.actor),
        problems=problem,
        key=request.POST.get("_key") or new_key(),
    )


def _post(request: Request, post_id: UUID, problem: Problem | None = None) -> HttpResponse:
    actor = request.actor
    found = Post.objects.filter(id=post_id, ended_at=None).select_related("account", "organisation").first()
    if found is None or not any(found.region_code.startswith(mine) for mine in actor.regions):
        raise Problem("access.no_such_post", "没有这个在任岗位", remedy="请刷新列表", status=404)
    return work_page(
        request,
        "workbench/post.html",
        status=422 if problem else 200,
        post=found,
        facts=[
            ("姓名", found.account.display_name),
            ("职能", FUNCTION_TITLES[Function(found.function)]),
            ("条线", LINES.get(found.line, "全部条线")),
            ("区域", place_words(found.region_code)),
            ("单位", found.organisation.name if found.organisation else ""),
            ("开始", date(found.since)),
            ("截止", date(found.until) or "长期"),
        ],
        may_end=may_act(actor, Function.SECURITY_ADMIN, Function.LEADER, region=found.region_code),
        may_substitute=may_act(actor, Function.LEADER, region=found.region_code) and not found.substitute_for_id,
        typed={name: request.POST.get(name, "") for name in ("username", "days", "reason", "end_reason")},
        problems=problem,
        key=new_key(),
    )


def _ledger(request: Request, problem: Problem | None = None) -> HttpResponse:
    actor = request.actor
    wanted = {name: request.GET.get(name, "").strip() for name in ("function", "region", "who")}
    posts = _posts(actor, wanted)
    start = int(request.GET["from"]) if request.GET.get("from", "").isdigit() else 0
    return work_page(
        request,
        "workbench/posts.html",
        status=422 if problem else 200,
        waiting=[_waiting(one, actor) for one in queries.grants_waiting(actor=actor)] if actor.holds(*_STEPS) else [],
        mine=[_mine(one) for one in _asked_by(actor)],
        rows=[_row(one) for one in posts[start : start + _PAGE]],
        total=len(posts),
        following=start + _PAGE if len(posts) > start + _PAGE else 0,
        previous=max(0, start - _PAGE) if start else None,
        functions=[(function.value, title) for function, title in FUNCTION_TITLES.items()],
        townships=townships_of(actor),
        wanted=wanted,
        problems=problem,
        key=new_key(),
    )


def _asked_by(actor: Actor) -> list[PostGrant]:
    if actor.person is None:
        return []
    rows = PostGrant.objects.filter(applied_by=actor.person).select_related("account")
    return list(rows.order_by("-applied_at")[:10])


def _posts(actor: Actor, wanted: dict[str, str]) -> list[Post]:
    regions = actor.regions or ("-",)
    if wanted["region"] and any(wanted["region"].startswith(mine) for mine in regions):
        regions = (wanted["region"],)
    posts = [one for region in regions for one in queries.posts_in_force(region=region, function=wanted["function"])]
    return [one for one in posts if wanted["who"] in one.account.display_name] if wanted["who"] else posts


def _waiting(one: PostGrant, actor: Actor) -> dict[str, Any]:
    step, words = next(pair for function, pair in _STEPS.items() if actor.holds(function))
    return {
        "id": one.id,
        "who": one.account.display_name,
        "what": f"{FUNCTION_TITLES[Function(one.function)]}　{place_words(one.region_code)}",
        "reason": one.reason,
        "at": moment(one.applied_at),
        "step": step,
        "words": words,
        "note": one.note,
    }


def _mine(one: PostGrant) -> dict[str, Any]:
    return {
        "who": one.account.display_name,
        "what": f"{FUNCTION_TITLES[Function(one.function)]}　{place_words(one.region_code)}",
        "state": one.get_state_display(),
        "note": one.note,
        "at": moment(one.applied_at),
    }


def _row(one: Post) -> dict[str, Any]:
    return {
        "who": one.account.display_name,
        "href": reverse("workbench.post", args=(one.id,)),
        "what": FUNCTION_TITLES[Function(one.function)],
        "line": LINES.get(one.line, "全部"),
        "where": place_words(one.region_code),
        "since": date(one.since),
        "until": f"{date(one.until)}{'（顶岗）' if one.substitute_for_id else ''}" if one.until else "长期",
    }
