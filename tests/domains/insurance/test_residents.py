"""The residents' pension before it is drawn: enrolment, grades, payments, subsidy, the account by year."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from tests.domains.insurance.people import SYSTEM, paid, resident
from tests.foundation.people.builders import TUXIANG, fresh_number, load_county, make_person, public, staff, village

from hrss.domains.insurance import amounts, policies, queries, services
from hrss.domains.insurance.models import AccountYear, ResidentEnrolment, ResidentPayment
from hrss.foundation.messages.queries import inbox
from hrss.foundation.scope import acting
from hrss.funds.banking.models import Receipt
from hrss.funds.banking.simulator.books import Books
from hrss.funds.ledger.chart import open_books
from hrss.funds.ledger.posting import Line, post
from hrss.funds.soundness.looking import violations
from hrss.funds.soundness.registry import invariants
from hrss.kernel.actor import Function
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def county(channel: Path) -> None:
    load_county()


def test_a_payment_credits_money_and_subsidy_of_the_grade() -> None:
    person = resident(date(1980, 5, 1))
    done = paid(person, SYSTEM, 500, DAY)
    assert (done.data["paid"], done.data["subsidy"]) == (50000, 7000)
    with acting(SYSTEM):
        row = AccountYear.objects.get(person_id=person)
        assert (row.year, row.credit_fen, row.product_fen) == (2026, 57000, 57000 * 10)
        assert ResidentPayment.objects.get(person_id=person).basis["rule"] == "insurance.resident_subsidy"


def test_a_subsidy_that_never_reached_an_account_is_told() -> None:
    open_books(settings.HRSS_PACKS, actor=SYSTEM)
    lines = [Line("1003", debit=500), Line("4101-01", credit=500)]
    with acting(SYSTEM):
        post(
            actor=SYSTEM, fund="resident_pension", on=DAY, lines=lines, source="subsidy", text="多记",
            reference="subsidy:resident_pension:2026-02",
        )  # fmt: skip
        [broken] = [one for one in invariants() if violations(one, "resident_pension")]
    assert broken.code == "I5a"


def test_a_year_is_paid_once_and_the_grade_is_remembered() -> None:
    person = resident(date(1980, 5, 1))
    paid(person, SYSTEM, 1000, DAY)
    with pytest.raises(Problem) as refusal:
        paid(person, SYSTEM, 500, date(2026, 9, 1))
    assert (refusal.value.code, refusal.value.status) == ("insurance.already", 409)
    with acting(SYSTEM):
        assert ResidentEnrolment.objects.get(person_id=person).grade_yuan == 1000
        assert AccountYear.objects.get(person_id=person).credit_fen == 100000 + 12000


@pytest.mark.parametrize(("grade", "code"), [(450, "insurance.grade"), (100, "insurance.lowest_grade")])
def test_a_grade_outside_the_table_or_for_others_is_refused(grade: int, code: str) -> None:
    person = resident(date(1980, 5, 1))
    with pytest.raises(Problem) as refusal:
        paid(person, SYSTEM, grade, DAY)
    assert refusal.value.code == code


def test_years_made_up_have_no_subsidy_and_only_after_sixty() -> None:
    young = resident(date(1966, 9, 1), years=range(2024, 2026))
    assert paid(young, SYSTEM, 500, DAY).data["years"] == [2026], "before sixty only the year of today"
    done = paid(young, SYSTEM, 500, date(2026, 10, 1))
    assert done.data["years"] == [*range(2012, 2024)]
    assert done.data["paid"] == 12 * 50000
    with acting(SYSTEM):
        late = ResidentPayment.objects.filter(person_id=young, is_late=True)
        assert {row.subsidy_fen for row in late} == {0}
        assert queries.resident_years(young).regular == 3
    with pytest.raises(Problem, match="年限已经够了"):
        paid(young, SYSTEM, 500, date(2026, 10, 2))


def test_a_second_enrolment_is_refused() -> None:
    person = resident(date(1980, 5, 1))
    with pytest.raises(Problem, match="已经参加"):
        services.enrol_resident(person, actor=SYSTEM, region_code=village(), grade_yuan=500, on=DAY)


def test_years_are_closed_in_order_with_the_rate_of_each_year() -> None:
    person = resident(date(1980, 5, 1), years=range(2023, 2025))
    for year in (2023, 2024, 2025):
        assert services.close_accounts(actor=SYSTEM, year=year, on=DAY).data["closed"] == 1
        assert services.close_accounts(actor=SYSTEM, year=year, on=DAY).data["closed"] == 0
    with acting(SYSTEM):
        rows = list(AccountYear.objects.filter(person_id=person).order_by("year"))
    assert [row.year for row in rows] == [2023, 2024, 2025]
    balance = 0
    for row in rows:
        interest, balance = amounts.closed(balance, row.credit_fen, row.product_fen, row.year)
        assert (row.interest_fen, row.balance_fen) == (interest, balance)
    assert rows[0].interest_fen == round(57000 * 10 * 0.015 / 12 + 1e-9)
    assert rows[2].credit_fen == 0, "a year without payment still earns interest"
    with acting(SYSTEM):
        assert queries.account_in(person, YearMonth(2026, 1)).opening == balance


def test_the_account_is_the_same_whether_years_are_closed_or_not() -> None:
    person = resident(date(1980, 5, 1), years=range(2018, 2026))
    with acting(SYSTEM):
        before = queries.account_in(person, YearMonth(2026, 6))
    for year in range(2018, 2026):
        services.close_accounts(actor=SYSTEM, year=year, on=DAY)
    with acting(SYSTEM):
        assert queries.account_in(person, YearMonth(2026, 6)) == before


def test_who_is_told_of_sixty_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from hrss.domains.insurance import jobs  # noqa: PLC0415 - patched below

    near, far = resident(date(1966, 4, 1), years=range(2024, 2026)), resident(date(1970, 4, 1))
    monkeypatch.setattr(jobs.timezone, "localdate", lambda: DAY)
    assert jobs.tell_all_sixty() == 1
    assert jobs.tell_all_sixty() == 0
    with acting(public(near)):
        message = inbox(actor=public(near)).rows[0]
    assert message.title == "可以领养老金了"
    assert "还差 13 年" in message.body
    with acting(public(far)):
        assert inbox(actor=public(far)).rows == ()


@pytest.mark.parametrize(("born", "code"), [(date(2012, 1, 1), "insurance.too_young"), (date(1960, 1, 1), "past")])
def test_who_may_enrol(born: date, code: str) -> None:
    found = [problem.code for problem in policies.may_enrol(born, None, DAY)]
    assert len(found) == 1
    assert code in found[0]


def test_people_past_45_at_the_beginning_need_no_fifteen_years() -> None:
    born = date(1962, 4, 1)
    assert policies.paid_every_year(born, range(2009, 2022), DAY)
    assert not policies.paid_every_year(born, range(2010, 2022), DAY)
    assert list(policies.may_claim_pension(born, None, list(range(2009, 2022)), DAY)) == []


def test_a_foreign_township_and_a_stranger_see_nothing() -> None:
    person = resident(date(1980, 5, 1), years=range(2024, 2026))
    stranger = make_person("陌生人", region=village(), number=fresh_number(date(1990, 1, 1))).id
    for actor in (staff(Function.HANDLER, region=TUXIANG), public(stranger)):
        with acting(actor):
            assert queries.open_enrolment(person) is None
            assert queries.resident_years(person).years == ()
            assert not AccountYear.objects.filter(person_id=person).exists()
    with acting(public(person)):
        record = queries.record_of(person, actor=public(person))
    assert len(record.payments) == 2


def test_a_bill_of_another_or_for_less_is_not_taken(channel: Path) -> None:
    person, other = resident(date(1980, 5, 1)), resident(date(1981, 5, 1))
    mine = UUID(services.bill_resident(person, actor=SYSTEM, grade_yuan=200, on=DAY).id)
    for who, grade in ((other, 200), (person, 500)):
        with pytest.raises(Problem) as refusal:
            services.pay_resident(who, actor=SYSTEM, bill_id=mine, grade_yuan=grade, on=DAY)
        assert (refusal.value.code, refusal.value.status) == ("insurance.bill", 409)
    done = services.pay_resident(person, actor=SYSTEM, bill_id=mine, grade_yuan=200, on=DAY)
    with acting(SYSTEM):
        receipt = Receipt.objects.get(id=done.data["receipt"])
        assert (receipt.amount, receipt.surplus) == (20_000, False)
        assert ResidentPayment.objects.get(person_id=person).receipt == str(receipt.id)


def test_a_channel_that_hangs_up_is_asked_again_and_takes_once(channel: Path) -> None:
    person = resident(date(1980, 5, 1))
    mine = UUID(services.bill_resident(person, actor=SYSTEM, grade_yuan=500, on=DAY).id)
    Books(channel).set_quirk("hangs_up")
    with pytest.raises(Problem, match="没有答复"):
        services.pay_resident(person, actor=SYSTEM, bill_id=mine, grade_yuan=500, on=DAY)
    Books(channel).set_quirk("hangs_up", on=False)
    services.pay_resident(person, actor=SYSTEM, bill_id=mine, grade_yuan=500, on=DAY)
    with acting(SYSTEM):
        assert Receipt.objects.filter(person_id=person).count() == 1
        assert ResidentPayment.objects.filter(person_id=person).count() == 1


def test_a_balance_or_a_credit_out_of_nothing_is_found() -> None:
    person = resident(date(1980, 5, 1))
    paid(person, SYSTEM, 500, DAY)
    assert unsound() == []
    with acting(SYSTEM):
        AccountYear.objects.filter(person_id=person).update(credit_fen=100)
        assert "当年缴费和补贴是 57000 分" in unsound()[0]
        row = {"credit_fen": 57_000, "interest_fen": 0, "balance_fen": 57_001, "closed_on": DAY}
        AccountYear.objects.filter(person_id=person).update(**row)
        assert "余额 57001 分" in unsound()[0]


BROKEN = {
    "a balance changed": ("balance_fen = balance_fen + 1 WHERE year = 2023", ["2023 余额", "2024 余额"]),
    "the last balance changed": ("balance_fen = balance_fen + 1 WHERE year = 2025", ["2025 余额"]),
    "interest changed": ("interest_fen = interest_fen - 1 WHERE year = 2024", ["2024 余额"]),
    "a balance below nothing": (
        "balance_fen = -5, interest_fen = -5 - credit_fen WHERE year = 2023", ["2023 余额", "2024 余额"],
    ),
    "a credit out of nothing": ("credit_fen = credit_fen + 1 WHERE year = 2024", ["2024 余额", "2024 记账"]),
    "a credit of an open year": ("credit_fen = credit_fen + 1 WHERE year = 2026", ["2026 记账"]),
    "a year that is gone": ("year = 2030 WHERE year = 2024", ["2025 余额", "2030 余额"]),
    "a year without payment": ("year = 2019 WHERE year = 2023", ["2024 余额"]),
    "the account of another scheme": ("scheme = 'employee' WHERE year = 2023", ["2024 余额"]),
    "nothing changed": ("region_code = region_code WHERE year = 2023", []),
}  # fmt: skip


@pytest.mark.parametrize("way", BROKEN)
def test_every_way_to_break_an_account_is_found_and_nothing_else(way: str) -> None:
    people = [resident(date(1980 + at, 5, 1), years=range(2023, 2026)) for at in range(2)]
    for one in people:
        paid(one, SYSTEM, 500, DAY)
    for year in (2023, 2024, 2025):
        services.close_accounts(actor=SYSTEM, year=year, on=DAY)
    assert found_by(NOW) == found_by(FORMER) == []
    change, told = BROKEN[way]
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(f"UPDATE insurance_accountyear SET {change} AND person_id = %s", [people[0]])
    found = found_by(NOW)
    assert [subject for _, subject, _ in found] == [str(people[0])] * len(told)
    assert [f"{text[:4]} {text[10:12]}" for _, _, text in found] == told
    assert found == found_by(FORMER), "row for row what the joins found"


NOW = "SELECT * FROM insurance_unsound_accounts"
FORMER = import_module("hrss.domains.insurance.migrations.0003_invariants").ACCOUNTS


def found_by(statement: str) -> list[tuple[str, str, str]]:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(statement)
        return sorted(cursor.fetchall(), key=lambda row: (row[1], row[2][:4], "记账" in row[2][:14]))


def unsound() -> list[str]:
    [i5] = [one for one in invariants() if one.code == "I5"]
    return violations(i5, "resident_pension")
