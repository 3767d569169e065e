"""A sample firm reports its months: the form, wrong input, corrections, reminders, what the early warning sees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from tests.channels.staffed import COUNTY, SYSTEM, browser_of, citizen, clerk, firm, prepare, somebody

from hrss.channels.ui.gate import ACTING_FOR
from hrss.domains.employment.models import FirmReport, ReportReminder, SampleFirm
from hrss.domains.employment.reporting import due_on, must_be_reported, newest_month
from hrss.domains.employment.services import remind_firms
from hrss.foundation.datasets import Window, dataset_of
from hrss.foundation.datasets.faults import validity
from hrss.foundation.datasets.measures import Aggregate, Measure, query_of
from hrss.foundation.datasets.running import number
from hrss.foundation.identity.services import appoint_delegate
from hrss.foundation.messages.models import Message
from hrss.foundation.scope import acting
from hrss.kernel.months import YearMonth
from hrss.oversight.monitoring.catalogue import rule_of
from hrss.oversight.monitoring.evaluating import evaluate

MONTH = newest_month(timezone.localdate())
GOOD = {"before": "200", "hires": "5", "leavers": "8", "planned": "0", "reason": "", "correction": ""}


@pytest.fixture
def browser(db: None, organisation: UUID) -> Client:
    """The clerk of a firm in the sample, acting for it."""
    worker = somebody("方雪", born="19850701")
    client = browser_of(citizen(worker))
    until = timezone.localdate() + timedelta(days=30)
    done = appoint_delegate(worker.id, actor=SYSTEM, evidence="letter", for_organisation=organisation, until=until)
    session = client.session
    session[ACTING_FOR] = done.id
    session.save()
    return client


@pytest.fixture
def organisation(db: None) -> UUID:
    prepare()
    made, _ = firm()
    with acting(SYSTEM):
        SampleFirm.objects.create(organisation_id=made, region_code="500236117001", since=(MONTH - 3).first_day)
    return made


def send(browser: Client, month: YearMonth = MONTH, **changes: str) -> Any:
    return browser.post(f"/firm/reports/{month}/", GOOD | changes)


def kept(organisation: UUID, month: YearMonth = MONTH) -> list[FirmReport]:
    with acting(SYSTEM):
        return list(FirmReport.objects.filter(organisation_id=organisation, month=month.first_day).order_by("version"))


def test_a_month_is_reported_and_the_next_begins_where_it_ended(browser: Client, organisation: UUID) -> None:
    assert "报用工月报" in browser.get("/firm/").content.decode()
    assert send(browser, MONTH - 1).status_code == 302
    (report,) = kept(organisation, MONTH - 1)
    assert (report.before, report.hires, report.leavers, report.headcount, report.version) == (200, 5, 8, 197, 1)
    assert 'value="197"' in browser.get(f"/firm/reports/{MONTH}/").content.decode(), "last month's people are known"
    listed = browser.get("/firm/reports/").content.decode()
    assert "+5 −8" in listed
    assert f"/firm/reports/{MONTH}/" in listed


def test_a_correction_is_a_new_version_with_a_reason(browser: Client, organisation: UUID) -> None:
    send(browser)
    told = send(browser, hires="3")
    assert told.status_code == 422
    assert "更正要写明原因" in told.content.decode()
    assert send(browser, hires="3", correction="多填了两人").status_code == 302
    first, second = kept(organisation)
    assert (first.hires, first.replaced_at is not None, second.hires, second.version) == (5, True, 3, 2)
    shown = browser.get(f"/firm/reports/{MONTH}/").content.decode()
    assert "第 1 版" in shown
    assert "多填了两人" in shown
    query = query_of(
        Measure("employment.firm_reports", aggregate=Aggregate.SUM, column="hires"),
        Window(MONTH.first_day, MONTH.last_day),
    )
    with acting(SYSTEM):
        assert (number(query).value, number(query).rows) == (3, 1), "only the version that counts"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"before": ""}, "月初人数要填"),
        ({"hires": "许多"}, "本月新进要填"),
        ({"leavers": "-3"}, "本月离开要填"),
        ({"leavers": "3.5"}, "本月离开要填"),
        ({"before": "99999999999999999999"}, "月初人数要填"),
        ({"leavers": "206"}, "离开的人比在册的多"),
        ({"planned": "198"}, "比月末的 197 人还多"),
        ({"planned": "20"}, "裁减二十人以上或者一成以上"),
        ({"reason": "长" * 301}, "超过 300 字"),
    ],
)
def test_wrong_numbers_come_back_as_typed(
    browser: Client, organisation: UUID, changes: dict[str, str], words: str
) -> None:
    answer = send(browser, **changes)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert all(value in shown for value in (GOOD | changes).values())
    assert kept(organisation) == []


def test_numbers_are_read_as_people_type_them(browser: Client, organisation: UUID) -> None:
    assert send(browser, before="１，２００", hires="5人", leavers=" 0 ").status_code == 302
    assert kept(organisation)[0].headcount == 1205


@pytest.mark.parametrize("month", [MONTH + 1, MONTH - 4, YearMonth(1999, 1), YearMonth(9999, 12)])
def test_a_month_that_is_not_over_or_before_the_sample_is_refused(browser: Client, month: YearMonth) -> None:
    answer = send(browser, month)
    assert answer.status_code == 404
    assert "现在不能填报" in answer.content.decode()


@pytest.mark.parametrize("month", [MONTH + 1, YearMonth(1, 1), YearMonth(9999, 12)])
def test_a_month_that_cannot_be_has_no_form(browser: Client, month: YearMonth) -> None:
    assert browser.get(f"/firm/reports/{month}/").status_code == 404


def test_who_is_not_in_the_sample_or_acts_for_nobody_reports_nothing(browser: Client, organisation: UUID) -> None:
    with acting(SYSTEM):
        SampleFirm.objects.all().delete()
    assert "不用填报" in browser.get("/firm/reports/").content.decode()
    assert send(browser).status_code == 404
    alone = browser_of(citizen(somebody("独自")))
    assert alone.get("/firm/reports/").status_code == 404
    assert alone.post(f"/firm/reports/{MONTH}/", GOOD).status_code == 404


def test_a_report_is_never_rewritten(browser: Client, organisation: UUID) -> None:
    send(browser)
    for change in ({"hires": 9}, {"replaced_at": None}):
        with acting(SYSTEM), pytest.raises(DatabaseError), transaction.atomic():
            FirmReport.objects.filter(organisation_id=organisation).update(**change)


def test_firms_are_reminded_once_before_and_once_after_the_day(browser: Client, organisation: UUID) -> None:
    last = due_on(MONTH)
    for day in (
        last - timedelta(days=9),
        last - timedelta(days=3),
        last,
        last + timedelta(days=1),
        last + timedelta(days=2),
    ):
        remind_firms(actor=SYSTEM, day=day)
    with acting(SYSTEM):
        kinds = list(ReportReminder.objects.order_by("sent_at").values_list("kind", flat=True))
        assert Message.objects.filter(organisation_id=organisation).count() == 2
    assert kinds == ["soon", "late"]
    late = evaluate(rule_of("report_missing"), timezone.localdate())
    assert set(late) == {str(organisation)}
    send(browser)
    assert evaluate(rule_of("report_missing"), timezone.localdate()) == {}, "a late report ends the silence"
    assert remind_firms(actor=SYSTEM, day=last + timedelta(days=3)).data["firms"] == 0


@pytest.mark.parametrize(("planned", "level"), [("19", ""), ("20", "yellow"), ("50", "orange"), ("100", "red")])
def test_dismissals_from_twenty_raise_three_levels(
    browser: Client, organisation: UUID, planned: str, level: str
) -> None:
    send(browser, before="400", planned=planned, reason="订单减少")
    found = evaluate(rule_of("dismissal_planned"), timezone.localdate())
    assert {key: one.level for key, one in found.items()} == ({str(organisation): level} if level else {})


@pytest.mark.parametrize(
    ("planned", "headcount", "told"), [(19, 191, False), (19, 190, True), (20, 9000, True), (0, 0, False)]
)
def test_a_tenth_must_be_reported_too(planned: int, headcount: int, told: bool) -> None:
    assert must_be_reported(planned, headcount, date(2026, 10, 31)) is told


def test_the_sample_on_the_workbench(browser: Client, organisation: UUID) -> None:
    send(browser, planned="50", reason="订单减少")
    staff = browser_of(clerk("handler", region=COUNTY, line="employment"))
    shown = staff.get("/work/sample/").content.decode()
    assert "夔门制衣厂" in shown
    assert "逾期未报" in staff.get(f"/work/sample/?month={MONTH - 1}").content.decode()
    told = staff.get(f"/work/sample/{organisation}/").content.decode()
    assert "第 1 版" in told
    assert "订单减少" in told


def test_a_firm_is_taken_in_and_let_go_by_the_employment_line(browser: Client, organisation: UUID) -> None:
    other, code = firm("白帝商贸")
    staff = browser_of(clerk("handler", region=COUNTY, line="employment"))
    wrong = staff.post("/work/sample/join", {"credit_code": "9150"})
    assert (wrong.status_code, "登记簿里没有" in wrong.content.decode(), "9150" in wrong.content.decode()) == (
        422,
        True,
        True,
    )
    assert staff.post("/work/sample/join", {"credit_code": code}).status_code == 302
    again = staff.post("/work/sample/join", {"credit_code": code})
    assert "已经在样本里" in again.content.decode()
    assert (
        browser_of(clerk("handler", region=COUNTY, line="insurance"))
        .post("/work/sample/join", {"credit_code": code})
        .status_code
        == 403
    )
    assert staff.post(f"/work/sample/{other}/leave").status_code == 302
    with acting(SYSTEM):
        assert SampleFirm.objects.get(organisation_id=other).until is not None


def test_an_impossible_report_is_left_out_of_every_number(db: None) -> None:
    assert "month_last > hrss_today()" in validity(dataset_of("employment.firm_reports"))
