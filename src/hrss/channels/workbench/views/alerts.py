"""预警 on the workbench: what waits for an owner, one alert with its rows and its story, the measure taken.

Nothing fires here: rules run after data arrives and every night. A look at rows is on the log.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from hrss.channels.ui import cases as shown_as
from hrss.channels.ui.formats import date as date_words
from hrss.channels.ui.formats import moment, number
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.shell import may_open, place_words, townships_of, work_page
from hrss.channels.workbench.views.indicators import cell_words, columns_of, measure_words, short_words
from hrss.foundation.verbs import keyed
from hrss.kernel.actor import Function
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring import queries
from hrss.oversight.monitoring.catalogue import codes_of, known_rule, rule_of, rules
from hrss.oversight.monitoring.models import Alert, AlertAction
from hrss.oversight.monitoring.policies import BY_HAND, may_handle
from hrss.oversight.monitoring.queries import Wanted
from hrss.oversight.monitoring.rules import BOUNDS, LEVELS, Kind, Rule
from hrss.oversight.monitoring.services.handle_alert import handle_alert
from hrss.oversight.monitoring.subjects import Subject, subjects_of

LEVEL_WORDS = {"yellow": ("黄色", "warning"), "orange": ("橙色", "warning"), "red": ("红色", "danger")}
ROWS = 50
_PER_CENT = (Kind.GROWTH, Kind.FORECAST, Kind.PEERS)
_PAGES = {
    "firm": "workbench.sample_firm",
    "case": "workbench.case",
    "person": "workbench.person",
    "goal": "workbench.indicator",
}


def alerts(request: Request) -> HttpResponse:
    """The list by state, the clock first; filters stay in the address."""
    asked = {name: request.GET.get(name, "") for name in ("state", "level", "owner", "rule", "region", "late")}
    wanted = _wanted(asked)
    found = queries.alerts(wanted, actor=request.actor, after=_place(request.GET.get("after", "")), limit=ROWS)
    counts = queries.counts(wanted, actor=request.actor)
    subjects = subjects_of(found.alerts)
    known = {one.code: one for one in rules()}
    return work_page(
        request,
        "workbench/alerts.html",
        asked=asked | {"state": wanted.state},
        tabs=[
            (str(label), _address(asked, state=value), str(counts.get(value, 0)))
            for value, label in Alert.State.choices
        ],
        current=_address(asked, state=wanted.state),
        rows=[_row(one, known.get(one.rule), subjects[one.id]) for one in found.alerts],
        levels=[(code, words) for code, (words, _) in LEVEL_WORDS.items()],
        owners=[(one.value, shown_as.FUNCTION_WORDS[one.value]) for one in _owners()],
        rules=[(one.code, one.title) for one in queries.rules_seen_by(request.actor)],
        townships=townships_of(request.actor),
        closed=wanted.state == Alert.State.CLOSED,
        following=f"{found.next[0]}~{found.next[1]}" if found.next else "",
    )


def alert(request: Request, alert_id: UUID) -> HttpResponse:
    """One alert: why it fired, the clock, what was done, and the form for a measure."""
    return _alert(request, alert_id)


def handle(request: Request, alert_id: UUID) -> HttpResponse:
    """Record a measure; what was typed comes back with the fault."""
    typed = {name: request.POST.get(name, "") for name in ("measure", "text", "reference")}
    try:
        done = keyed(request.POST.get("_key", ""), handle_alert, alert_id, actor=request.actor, **typed)
    except Problem as problem:
        if problem.status in (403, 404):
            raise
        return _alert(request, alert_id, problem, typed)
    is_over = rule_of(done.data["rule"]).once
    notes.success(request, "已登记措施，这条预警了结" if is_over else "已登记措施，到期自动评估成效")
    return HttpResponseRedirect(reverse("workbench.alert", args=(alert_id,)))


def rows(request: Request, alert_id: UUID) -> HttpResponse:
    """The very rows behind an alert, as of a day, within the reader's scope."""
    found = queries.alert_of(alert_id, actor=request.actor)
    rule = rule_of(found.rule)
    if not queries.has_rows(rule):
        raise Problem("monitoring.no_rows", "这条预警来自规划指标", remedy="请从指标页看明细", status=404)
    day = _day(request.GET.get("day", ""), found)
    reading, page = queries.rows_behind(
        found, rule, actor=request.actor, day=day, after=_row_place(request.GET.get("after", "")), limit=ROWS
    )
    subject = subjects_of([found])[found.id]
    return work_page(
        request,
        "workbench/alert_rows.html",
        alert=found,
        rule=rule,
        subject=subject.words,
        day=day,
        reading=reading,
        dataset=page.dataset,
        words=measure_words(rule.counted),
        columns=columns_of(page.dataset),
        meanings=[(short_words(one.meaning), one.meaning) for one in page.dataset.columns],
        rows=[{name: cell_words(value) for name, value in row.items()} for row in page.rows],
        following=f"{page.next[0].isoformat()}~{page.next[1]}" if page.next else "",
    )


def replay(request: Request, alert_id: UUID) -> HttpResponse:
    """An alert computed again as of the day it was opened."""
    found = queries.alert_of(alert_id, actor=request.actor)
    rule = rule_of(found.rule)
    return work_page(
        request,
        "workbench/alert_replay.html",
        alert=found,
        rule=rule,
        subject=subjects_of([found])[found.id].words,
        replay=queries.replay(found, rule),
        unit=_unit(rule),
        level_words=LEVEL_WORDS,
    )


def _alert(
    request: Request, alert_id: UUID, problem: Problem | None = None, typed: dict[str, str] | None = None
) -> HttpResponse:
    found = queries.alert_of(alert_id, actor=request.actor)
    rule = known_rule(found.rule)
    if rule is None:
        return _withdrawn(request, found)
    subject = subjects_of([found])[found.id]
    return work_page(
        request,
        "workbench/alert.html",
        status=422 if problem else 200,
        alert=found,
        rule=rule,
        level=LEVEL_WORDS[found.level],
        subject=subject,
        subject_href=_subject_href(subject) if _may_see(request, rule, subject) else "",
        cards=_cards(found, rule, subject),
        facts=_facts(found, rule, subject),
        story=[_event(one) for one in queries.story_of(found)],
        has_rows=queries.has_rows(rule),
        measures=[(value, AlertAction.Measure(value).label) for value in BY_HAND],
        may_handle=may_handle(request.actor, rule, found),
        typed=typed or {"measure": "", "text": "", "reference": ""},
        problems=problem,
        key=new_key(),
    )


def _withdrawn(request: Request, found: Alert) -> HttpResponse:
    """An alert whose rule the pack no longer has: its numbers and its story; nothing can be computed or handled."""
    return work_page(
        request,
        "workbench/alert_withdrawn.html",
        alert=found,
        level=LEVEL_WORDS[found.level],
        facts=[
            ("规则", f"{found.rule}（已撤销，第 {found.rule_version} 版）"),
            ("地方", place_words(found.region_code)),
            ("发现", f"{date_words(found.opened_on)}，数值 {number(found.count_at_opening)}"),
            ("最后一次看到", f"{date_words(found.seen_on)}，数值 {number(found.count)}"),
            ("解除", date_words(found.closed_on) if found.closed_on else "今夜关闭"),
        ],
        story=[_event(one) for one in queries.story_of(found)],
    )


def _cards(alert: Alert, rule: Rule, subject: Subject) -> list[dict[str, Any]]:
    behind = _rows_href(alert, rule, subject)
    cards = [
        {"label": "现在", "value": number(alert.count), "unit": _unit(rule), "href": behind, "note": "看明细行"},
        {
            "label": "发现时", "value": number(alert.count_at_opening), "unit": _unit(rule),
            "href": _rows_href(alert, rule, subject, day=alert.opened_on), "note": date_words(alert.opened_on),
        },
    ]  # fmt: skip
    if alert.count_at_handling is not None:
        cards.append({"label": "处置时", "value": number(alert.count_at_handling), "unit": _unit(rule)})
    return cards


def _facts(alert: Alert, rule: Rule, subject: Subject) -> list[tuple[str, Any]]:
    effect = alert.get_effect_display() if alert.effect else ""
    watched = f"{date_words(alert.effect_on)} 评估" if alert.effect_on else ""
    return [
        ("规则", rule.title),
        ("对象", subject.words),
        ("地方", place_words(alert.region_code)),
        ("怎么算", _how(rule)),
        ("达到多少预警", _bounds(rule)),
        ("界限的来源", "；".join(filter(None, (BOUNDS.get(rule.bound_status), rule.bound_source)))),
        ("依据", rule.legal),
        ("谁来办", shown_as.FUNCTION_WORDS[rule.owner.value]),
        ("怎么办", rule.todo),
        ("期限", date_words(alert.due_on) if alert.closed_on is None else ""),
        ("解除", date_words(alert.closed_on) if alert.closed_on else ""),
        ("成效", effect or watched),
        ("对应的基金风险规则", "、".join(rule.covers)),
    ]


def _how(rule: Rule) -> str:
    if rule.measure is None:
        return "规划目标的亮灯（差距在目标值 5% 以上为红），连续几个月"
    words = f"{measure_words(rule.measure)}，{'当天' if rule.window_days == 1 else f'{rule.window_days} 天内'}"
    return {
        Kind.GROWTH: f"{words}，与前 {rule.back} 段同样长的时间的平均比，百分之几",
        Kind.PEERS: f"{words}，是同一岗位其他人各天中位数的百分之几（不足 {rule.fewest} 人次的按没有补足）",
        Kind.PAIRS: f"{words}，这一对人碰在一起的次数比同一处其他人的比例高出几倍标准差",
        Kind.FORECAST: f"{words}，上个月超出按前 {rule.back} 个月预测的 95% 区间上限多少",
    }.get(rule.kind, words)


def _bounds(rule: Rule) -> str:
    told = [
        f"{LEVEL_WORDS[one.name][0]} {one.at_least} {_unit(rule)}起{'并符合条件' if one.where else ''}"
        for one in sorted(rule.levels, key=lambda level: LEVELS.index(level.name))
    ]
    return "，".join(told)


def _unit(rule: Rule) -> str:
    return {Kind.PATH: "个月", Kind.PAIRS: "倍"}.get(rule.kind, "%" if rule.kind in _PER_CENT else rule.unit)


def _event(one: AlertAction) -> dict[str, Any]:
    kinds = {"opened": "now", "raised": "danger", "gone": "ok", "effect": "warning", "retired": "warning"}
    reference = f"（{one.reference}）" if one.reference else ""
    return {
        "at": moment(one.at),
        "title": f"{one.get_measure_display()}{reference}",
        "text": one.note,
        "who": one.by_name or "系统",
        "kind": kinds.get(one.measure, "plain"),
    }


def _row(alert: Alert, rule: Rule | None, subject: Subject) -> dict[str, Any]:
    unit = _unit(rule) if rule else ""
    href = reverse("workbench.alert", args=(alert.id,))
    return {
        "title": rule.title if rule else alert.rule,
        "href": href,
        "level": LEVEL_WORDS[alert.level],
        "subject": subject.words,
        "place": place_words(alert.region_code),
        "count": f"{number(alert.count)} {unit}",
        "count_href": _rows_href(alert, rule, subject) if rule else href,
        "due_on": alert.due_on,
        "closed": date_words(alert.closed_on) if alert.closed_on else "",
        "effect": alert.get_effect_display() if alert.effect else "",
        "owner": shown_as.FUNCTION_WORDS[rule.owner.value] if rule else "",
        "escalated": alert.escalated,
    }


def _rows_href(alert: Alert, rule: Rule, subject: Subject, day: date | None = None) -> str:
    if not queries.has_rows(rule):
        return _subject_href(subject)
    address = reverse("workbench.alert_rows", args=(alert.id,))
    return f"{address}?day={day}" if day else address


def _subject_href(subject: Subject) -> str:
    name = _PAGES.get(subject.kind, "")
    return reverse(name, args=(subject.code,)) if name and subject.code else ""


def _may_see(request: Request, rule: Rule, subject: Subject) -> bool:
    """A firm has a page here when the rule is about its monthly reports; other pages as the post allows."""
    if subject.kind == "firm" and not rule.counted.dataset.startswith("employment.firm_"):
        return False
    return subject.kind in _PAGES and may_open(request.actor, _PAGES[subject.kind])


def _wanted(asked: dict[str, str]) -> Wanted:
    state = asked["state"] if asked["state"] in Alert.State.values else Alert.State.OPEN.value
    codes: tuple[str, ...] | None = (asked["rule"],) if asked["rule"] else None
    if asked["owner"] in {one.value for one in _owners()}:
        owned = codes_of(Function(asked["owner"]))
        codes = owned if codes is None else tuple(one for one in codes if one in owned)
    return Wanted(
        state=state,
        level=asked["level"] if asked["level"] in LEVELS else "",
        codes=codes,
        region=asked["region"],
        late_on=timezone.localdate() if asked["late"] else None,
    )


def _owners() -> list[Function]:
    return sorted({one.owner for one in rules()}, key=list(Function).index)


def _address(asked: dict[str, str], **changes: str) -> str:
    query = {name: value for name, value in (asked | changes).items() if value}
    return reverse("workbench.alerts", query=query)


def _place(text: str) -> tuple[date, UUID] | None:
    day, _, key = text.partition("~")
    try:
        return (date.fromisoformat(day), UUID(key)) if key else None
    except ValueError:
        return None


def _row_place(text: str) -> tuple[date, str] | None:
    day, _, key = text.partition("~")
    try:
        return (date.fromisoformat(day), key) if key else None
    except ValueError:
        return None


def _day(text: str, alert: Alert) -> date:
    """Give the day asked for, the last one the alert was seen where there is none or it makes no sense."""
    try:
        return min(date.fromisoformat(text), timezone.localdate()) if text else alert.seen_on
    except ValueError:
        return alert.seen_on
