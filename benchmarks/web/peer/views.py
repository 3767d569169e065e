"""The four pages as a stock Django project would write them: the ORM, ``render``, one query a list.

The words and rows are those of the product's pages (``check.py`` compares the visible text); scope is a plain filter.
"""

import datetime as dt
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from benchmarks.web.peer.models import (
    Action,
    Case,
    Clock,
    Entitlement,
    Household,
    Inquiry,
    ItemVersion,
    Payment,
    Person,
    Post,
    Region,
    WaitingKey,
)

FUNCTIONS = {
    "village_agent": "村（社区）协办员", "counter": "综合窗口", "handler": "经办", "reviewer": "复核", "approver": "审批",
    "inspector": "稽核", "leader": "领导", "finance": "基金财务", "data": "数据管理", "applicant": "申请人", "system": "系统",
}  # fmt: skip
VERBS = {
    "submit": "提交申请", "claim": "领办", "release": "退回待办", "accept": "受理", "deem_accepted": "逾期未告知视为受理",
    "notify_correction": "一次性告知补正", "correct": "补正", "refuse_acceptance": "不予受理", "handle": "提出办理意见",
    "review": "复核通过", "audit": "稽核通过", "meeting": "会审通过", "approve": "审批通过", "execute": "执行",
    "decide": "作出决定", "return": "退回", "suspend": "中止", "resume": "恢复办理", "extend": "延长期限", "transfer": "转办",
    "ask_opinion": "征求意见", "give_opinion": "回复意见", "supply": "补交容缺材料", "verify_promise": "核验承诺",
    "withdraw": "撤回申请", "terminate": "终止办理", "deliver": "送达", "archive": "归档", "rate": "评价",
    "answer_rating": "整改回复", "fast_forward": "改用新版事项",
}  # fmt: skip
LINES = [
    ("employment", "就业创业"), ("insurance", "社会保险"), ("talent", "人才人事"), ("labour", "劳动关系"),
    ("card", "社会保障卡"), ("general", "综合服务"),
]  # fmt: skip
VIEWS = [
    ("waiting", "待办"), ("mine", "我领办的"), ("unclaimed", "没人领的"), ("warning", "快到期"), ("overdue", "已超期"),
    ("all", "全部在办"),
]  # fmt: skip
PURPOSES = [
    ("counter", "窗口接待"), ("query", "应您要求查询"), ("visit", "上门或电话服务"), ("inspection", "稽核检查"),
    ("complaint", "处理投诉举报"), ("data_quality", "核对和更正档案"),
]  # fmt: skip
KINDS = {
    "rejected": "danger",
    "suspended": "muted",
    "withdrawn": "muted",
    "terminated": "muted",
    "correcting": "warning",
}
KINDS |= dict.fromkeys(("decided", "delivered", "archived"), "ok")
MATERIALS = {"proven": "exchange", "given": "have", "promised": "promise", "deferred": "later", "pending": "exchange"}
MONEY = ("finance", "handler", "reviewer", "approver", "inspector", "leader")
EVENTS = dict.fromkeys(("refuse_acceptance", "terminate"), "danger")
EVENTS |= dict.fromkeys(("notify_correction", "return", "suspend", "extend"), "warning")


def frame(request):
    """Give what every page shows around its content: the places of this officer and the first post."""
    posts = posts_of(request)
    first = posts[0]
    organisation = first.organisation.name if first.organisation else ""
    return {
        "places": [
            ("待办", reverse("inbox"), "inbox"),
            ("期限", reverse("due"), "calendar-due"),
            ("跟进", reverse("follow_ups"), "checks"),
            ("找件", reverse("find"), "search"),
            ("找人", reverse("people"), "users"),
            *([("窗口", reverse("counter"), "building")] if first.function == "counter" else []),
            *([("指标", reverse("indicators"), "chart-bar")] if first.function == "handler" else []),
            *([("岗位", reverse("posts"), "shield-check")] if first.function == "handler" else []),
        ],
        "here": max((p for p in (reverse("inbox"), reverse("people")) if request.path.startswith(p)), default=""),
        "post_words": f"{organisation}　{FUNCTIONS[first.function]}".strip("　"),
        "elder": f"{reverse('elder')}?{urlencode({'next': request.get_full_path()})}",
    }


def posts_of(request):
    """Give the posts in force of the account, read once a request."""
    if not hasattr(request, "posts"):
        today = timezone.localdate()
        mine = Post.objects.filter(Q(until=None) | Q(until__gte=today), account=request.user, ended_at=None)
        request.posts = list(mine.filter(since__lte=today).select_related("organisation").order_by("-grade", "since"))
    return request.posts


def scope_of(request, field="township"):
    """Give the filter of the officer's region."""
    region = posts_of(request)[0].region_code
    return Q(**{field: region}) if len(region) == 9 else Q()


@login_required
def inbox(request):
    """What waits for the officer, with the counts of the six views."""
    today, post = timezone.localdate(), posts_of(request)[0]
    opened = Case.objects.filter(scope_of(request), decided_at=None, closed_at=None)
    keys = WaitingKey.objects.filter(functions__contains=[post.function], reach__gte=len(post.region_code))
    mine = opened.filter(waiting_key__in=keys.values("key"))
    lists = {
        "waiting": mine.filter(Q(claimed_by=None) | Q(claimed_by=request.user.id)),
        "mine": Case.objects.filter(decided_at=None, closed_at=None, claimed_by=request.user.id),
        "unclaimed": mine.filter(claimed_by=None),
        "warning": mine.filter(act_by__range=(today, today + dt.timedelta(days=2))),
        "overdue": mine.filter(act_by__lt=today),
        "all": opened,
    }
    missing = Count("materials", filter=Q(materials__state__in=("deferred", "promised", "pending")))
    rows = lists["waiting"].select_related("region__parent").annotate(open_materials=missing).order_by("act_by", "id")
    rows = list(rows[:51])
    following = urlencode({"after": f"{rows[49].act_by}|{rows[49].id}"}) if len(rows) > 50 else ""
    items = ItemVersion.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=today), state="published", effective_from__lte=today
    )
    return render(
        request,
        "peer/inbox.html",
        {
            "tabs": [(name, title, min(lists[name].count(), 1000)) for name, title in VIEWS],
            "rows": rows[:50],
            "following": following,
            "today": today,
            "items": items.order_by("code").values_list("code", "name"),
            "lines": LINES if post.line == "*" else [],
            "townships": townships(post),
        },
    )


def townships(post):
    """Give the townships an officer of the county may choose from."""
    return Region.objects.filter(parent_id=post.region_code).order_by("code") if len(post.region_code) == 6 else []


@login_required
def search(request):
    """People whose name begins with what was typed."""
    text = request.GET.get("text", "").strip()
    where = scope_of(request) | scope_of(request, "residence_township")
    found = Person.objects.filter(where, name__startswith=text, merged_into_id=None) if text else Person.objects.none()
    rows = list(found.select_related("region__parent__parent").order_by("name", "id")[:21])
    following = f"{rows[19].name}|{rows[19].id}" if len(rows) > 20 else ""
    return render(
        request,
        "peer/people.html",
        {
            "text": text,
            "rows": rows[:20],
            "following": urlencode({"text": text, "after": following}) if following else "",
            "purposes": PURPOSES,
            "purpose": dict(PURPOSES)[request.session["purpose"]],
            "today": timezone.localdate(),
        },
    )


@login_required
def person(request, pk):
    """One person: card, household, work, accounts, cases."""
    where = scope_of(request) | scope_of(request, "residence_township")
    one = get_object_or_404(Person.objects.filter(where).select_related("region__parent__parent"), pk=pk)
    household = Household.objects.filter(members__person=one, members__until=None).first()
    members = household.members.filter(until=None).select_related("person") if household else []
    return render(
        request,
        "peer/person.html",
        {
            "person": one,
            "phone": one.phones.filter(is_primary=True).first(),
            "members": sorted(members, key=lambda row: (row.relation != "head", row.since, str(row.person_id))),
            "accounts": one.accounts.order_by("-since", "-id"),
            "status": getattr(one, "status", None),
            "jobs": one.spells.select_related("employer").order_by("-since", "-id")[:20],
            "cases": one.cases.filter(scope_of(request)).order_by("-submitted_at")[:10],
            **(money(one) if any(post.function in MONEY for post in posts_of(request)) else {}),
            "purpose": dict(PURPOSES)[request.session["purpose"]],
            "today": timezone.localdate(),
        },
    )


def money(one):
    """Give the benefits of a person and the latest payments, those of records merged into this one along with them."""
    records = [one.id, *Person.objects.filter(merged_into_id=one.id).values_list("id", flat=True)]
    return {
        "entitlements": Entitlement.objects.filter(person__in=records).order_by("-first", "-id"),
        "payments": Payment.objects.filter(person__in=records).exclude(state="dropped").order_by("-id")[:12],
        "this_month": timezone.localdate().year * 12 + timezone.localdate().month - 1,
    }


@login_required
def case(request, pk):
    """One case: facts, answers, proofs, limits, what was done."""
    shown = get_object_or_404(
        Case.objects.filter(scope_of(request)).select_related("item_version", "region__parent"), pk=pk
    )
    return render(
        request,
        "peer/case.html",
        {
            "case": shown,
            "kind": KINDS.get(shown.state, "info"),
            "decision": getattr(shown, "decided", None),
            "notice": getattr(shown, "notice", None),
            "rating": getattr(shown, "rating", None),
            "answers": answers_of(shown),
            "materials": [
                (one, MATERIALS.get(one.state, "missing")) for one in shown.materials.order_by("created_at", "code")
            ],
            "clocks": Clock.objects.filter(case=shown).order_by("start_on", "kind"),
            "documents": shown.documents.order_by("issued_at"),
            "events": [_event(one) for one in Action.objects.filter(case=shown).order_by("ordinal")],
            "asked": Inquiry.objects.filter(case_id=shown.id).order_by("id"),
        },
    )


def _event(action):
    function = FUNCTIONS.get(action.function, action.function)
    who = "" if action.function == "system" else f"{function} {action.actor_name}".strip()
    return {"action": action, "title": VERBS[action.verb], "who": who, "kind": EVENTS.get(action.verb, "ok")}


def answers_of(shown):
    """Give the answers in words, from the form of the item."""
    form, data = shown.item_version.definition["form"], shown.data
    rows = []
    for page in form.get("x-pages") or [list(form["properties"])]:
        for name in page:
            schema = form["properties"][name]
            condition = schema.get("x-show-if")
            if condition is None or data.get(condition["field"]) in condition["in"]:
                rows.append((schema.get("title", name), _words(schema, data.get(name))))
    return rows


def _words(schema, value):
    if value in (None, "", []):
        return "没有填"
    for choice in schema.get("oneOf", ()):
        if choice["const"] == value:
            return choice["title"]
    if isinstance(value, bool):
        return "是" if value else "否"
    if schema.get("format") == "date":
        day = dt.date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if schema.get("x-format") == "region":
        region = Region.objects.select_related("parent__parent").get(code=value)
        return f"{region.parent.parent.name}{region.parent.name}{region.name}"
    if isinstance(value, list):
        return f"共 {len(value)} 行"
    return f"{value:,}" if isinstance(value, int) else value
