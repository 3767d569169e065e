"""Alerts on the workbench: list and filters, one alert with rows and story, a measure and its effect, a replay."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from tests.channels.staffed import COUNTY, OTHER_VILLAGE, SYSTEM, TOWN, applied, browser_of, clerk, somebody

from hrss.casework.models import Case
from hrss.channels.workbench.views import alerts as alert_views
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.problem import Problem
from hrss.oversight.monitoring import catalogue, queries
from hrss.oversight.monitoring import jobs as alert_jobs
from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.models import Alert
from hrss.oversight.monitoring.services import retire_rule as retiring
from hrss.oversight.monitoring.services.retire_rule import retire_rule
from hrss.oversight.monitoring.services.run_rule import run_rule

TODAY = timezone.localdate
RULE = "case_overdue"


@pytest.fixture
def late_case() -> UUID:
    """A case three days over its time, with the alert it raised."""
    case = applied(somebody().id)
    overdue(case)
    return case


def overdue(case: UUID, days: int = 3) -> None:
    with acting(SYSTEM):
        Case.objects.filter(id=case).update(act_by=TODAY() - timedelta(days=days))
        run_rule(RULE, actor=SYSTEM, day=TODAY())


def alert_of(case: UUID) -> Alert:
    with acting(SYSTEM):
        return Alert.objects.get(rule=RULE, subject=str(case))


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return str(answer.content.decode())


def test_an_alert_leads_from_the_list_to_its_rows(late_case: UUID) -> None:
    browser, alert = browser_of(clerk("reviewer", region=COUNTY)), alert_of(late_case)
    shown = page(browser, "/work/alerts/")
    assert "办件逾期" in shown
    assert "复核" in shown
    assert f"/work/alerts/{alert.id}/rows" in shown, "the number leads to the rows"
    told = page(browser, f"/work/alerts/{alert.id}/")
    for words in ("为什么预警", "依据", "当天办结或依法中止、延长", "系统发现", f"/work/cases/{late_case}/"):
        assert words in told, words
    rows = page(browser, f"/work/alerts/{alert.id}/rows")
    with acting(SYSTEM):
        number = Case.objects.get(id=late_case).number
        assert Event.objects.filter(action="monitoring.rows", subject_id=str(alert.id)).count() == 1
    assert number in rows
    assert "＊" in rows, "who applied is masked"


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", True), ("?level=red", True), ("?level=yellow", False), ("?owner=reviewer", True),
        ("?owner=handler", False),
        (f"?rule={RULE}", True), ("?rule=case_due_soon", False), ("?state=closed", False), (f"?region={TOWN}", True),
        ("?region=500236127", False), ("?late=1", False), ("?level=x&owner=y&state=z&after=nonsense", True),
    ],
)  # fmt: skip
def test_the_list_can_be_narrowed(late_case: UUID, query: str, seen: bool) -> None:
    shown = page(browser_of(clerk("inspector", region=COUNTY)), f"/work/alerts/{query}")
    assert (str(alert_of(late_case).id) in shown) is seen


def test_a_long_list_goes_on_by_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hrss.channels.workbench.views.alerts.ROWS", 2)
    cases = {applied(somebody(name).id) for name in ("冉一一", "冉二二", "冉三三")}
    for case in cases:
        overdue(case)
    browser = browser_of(clerk("reviewer", region=COUNTY))
    first = page(browser, "/work/alerts/")
    following = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert following is not None
    second = page(browser, following[1].replace("&amp;", "&"))
    ids = [set(re.findall(r"/work/alerts/([0-9a-f-]{36})/rows", one)) for one in (first, second)]
    assert (len(ids[0]), len(ids[1]), ids[0] & ids[1]) == (2, 1, set())


def test_elsewhere_there_is_no_such_alert(late_case: UUID) -> None:
    browser, alert = browser_of(clerk("reviewer", region="500236127")), alert_of(late_case)
    assert str(alert.id) not in page(browser, "/work/alerts/")
    for path in ("", "rows", "replay"):
        assert "没有这条预警" in page(browser, f"/work/alerts/{alert.id}/{path}", 404)


def test_a_measure_without_words_or_case_comes_back_with_what_was_typed(late_case: UUID) -> None:
    browser, alert = browser_of(clerk("reviewer")), alert_of(late_case)
    address = f"/work/alerts/{alert.id}/handle"
    for sent, words in (
        ({"measure": "visit", "text": " ", "reference": "文1"}, "写明做了什么"),
        ({"measure": "", "text": "走访了", "reference": "文1"}, "选择采取的措施"),
        ({"measure": "case", "text": "走访了", "reference": "没有的号"}, "查不到这个办件编号"),
        ({"measure": "visit", "text": "长" * 401, "reference": "文1"}, "超过 400 字"),
    ):
        answer = browser.post(address, sent)
        shown = answer.content.decode()
        assert answer.status_code == 422
        assert words in shown
        assert sent["text"].strip() in shown
        assert sent["reference"] in shown
    assert alert_of(late_case).state == "open"


def test_a_measure_is_watched_and_its_effect_is_measured(late_case: UUID) -> None:
    browser, alert = browser_of(clerk("reviewer")), alert_of(late_case)
    with acting(SYSTEM):
        number = Case.objects.get(id=late_case).number
    sent = {"measure": "case", "text": "已督办经办人，今日办结", "reference": number}
    assert browser.post(f"/work/alerts/{alert.id}/handle", sent).status_code == 302
    handled = alert_of(late_case)
    assert (handled.state, handled.count_at_handling) == ("handled", 1)
    assert handled.effect_on is not None
    run_rule(RULE, actor=SYSTEM, day=handled.effect_on)
    back = alert_of(late_case)
    assert (back.state, back.effect, back.escalated) == ("open", "none", True), "still there: back to the owner"
    browser.post(f"/work/alerts/{alert.id}/handle", sent)
    with acting(SYSTEM):
        Case.objects.filter(id=late_case).update(act_by=TODAY() + timedelta(days=90))
    run_rule(RULE, actor=SYSTEM, day=handled.effect_on + timedelta(days=1))
    over = alert_of(late_case)
    assert (over.state, over.effect, over.count_at_closing) == ("closed", "gone", 0)
    told = page(browser, f"/work/alerts/{alert.id}/")
    for words in ("没有见效，请另行处置", "措施没有见效", "处置见效", number):
        assert words in told, words
    assert "信号消失" in page(browser, "/work/alerts/?state=closed")


def test_only_the_owner_is_offered_the_form(late_case: UUID) -> None:
    alert = alert_of(late_case)
    assert "登记措施" not in page(browser_of(clerk("handler")), f"/work/alerts/{alert.id}/")
    refused = browser_of(clerk("handler")).post(
        f"/work/alerts/{alert.id}/handle", {"measure": "visit", "text": "已走访"}
    )
    assert refused.status_code == 403


def test_a_replay_says_whether_it_comes_out_the_same(late_case: UUID) -> None:
    browser, alert = browser_of(clerk("inspector", region=COUNTY)), alert_of(late_case)
    assert "重算与当时一致" in page(browser, f"/work/alerts/{alert.id}/replay")
    with acting(SYSTEM):
        Case.objects.filter(id=late_case).update(act_by=TODAY() + timedelta(days=9))
    assert "重算与当时不一致" in page(browser, f"/work/alerts/{alert.id}/replay")


def test_a_case_of_another_township_counts_for_nothing_here(late_case: UUID) -> None:
    other = applied(somebody("冉外外", region=OTHER_VILLAGE).id)
    overdue(other)
    shown = page(browser_of(clerk("reviewer")), "/work/alerts/")
    assert str(alert_of(other).id) not in shown


def test_alerts_of_a_withdrawn_rule_close_with_the_reason_and_stay_readable(
    late_case: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, alert = browser_of(clerk("reviewer", region=COUNTY)), alert_of(late_case)
    with acting(SYSTEM), pytest.raises(Problem, match="还在用"):
        retire_rule(RULE, actor=SYSTEM, day=TODAY())
    monkeypatch.setattr(catalogue, "rules", left := lambda: tuple(one for one in rules() if one.code != RULE))
    for part in (alert_jobs, retiring, queries, alert_views):
        monkeypatch.setattr(part, "rules", left)
    monkeypatch.setattr(alert_jobs, "_run", len)
    alert_jobs.run_all()
    closed = alert_of(late_case)
    assert (closed.state, closed.closed_on, closed.count_at_closing, closed.effect) == ("closed", TODAY(), 1, "")
    with acting(SYSTEM):
        assert Event.objects.filter(action="monitoring.retire_rule", subject_id=RULE).count() == 1
    assert queries.withdrawn(actor=SYSTEM) == []
    told = page(browser, f"/work/alerts/{alert.id}/")
    assert "规则撤销" in told and "已从规则库撤销" in told
    assert RULE in page(browser, "/work/alerts/?state=closed")
    page(browser, f"/work/alerts/{alert.id}/rows", 404)
