"""Changed payee accounts and long tenures on money, from the tables themselves: who is found, and who is not."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from tests.channels.staffed import COUNTY, SYSTEM, VILLAGE, clerk, prepare, somebody

from hrss.foundation.access.models import Post
from hrss.foundation.people.models import BankAccount
from hrss.foundation.scope import acting
from hrss.oversight.monitoring.catalogue import rule_of
from hrss.oversight.monitoring.evaluating import evaluate


@pytest.fixture
def county(db: None) -> None:
    prepare()


def account(person: UUID, by: UUID, *, days_ago: int = 0) -> None:
    index = uuid4().bytes
    BankAccount.objects.create(
        person_id=person, region_code=VILLAGE, bank="示范银行", cipher=index, index=index, tail="0000", holder="冉小英",
        since=timezone.localdate(), proposed_by=by, created_at=timezone.now() - timedelta(days=days_ago),
    )  # fmt: skip


def test_ten_changed_accounts_by_one_clerk_in_a_day_are_told_first_accounts_are_not(county: None) -> None:
    busy, usual, first = uuid4(), uuid4(), uuid4()
    people = [somebody(f"冉{name}").id for name in "甲乙丙丁戊己庚辛壬癸"]
    with acting(SYSTEM):
        for number, person in enumerate(people):
            account(person, first, days_ago=9)
            account(person, busy)
            if number:
                account(person, usual, days_ago=1)
    today = timezone.localdate()
    found = evaluate(rule_of("account_changes"), today)
    assert {key: (one.count, one.level) for key, one in found.items()} == {f"{busy} {today}": (10, "yellow")}
    assert set(evaluate(rule_of("account_changes"), today + timedelta(days=1))) == set(found), "seen by the night's run"


def test_a_finance_post_of_more_than_three_years_is_told_and_no_other(county: None) -> None:
    long, handler = clerk("finance", region=COUNTY), clerk("handler", region=COUNTY)  # both since 2021
    with acting(SYSTEM):
        held = Post.objects.get(account=long)
        fresh = Post.objects.filter(account=clerk("finance", region=COUNTY)).get()
        Post.objects.filter(id=fresh.id).update(ended_at=timezone.now() - timedelta(days=1), ended_reason="轮岗")
    found = evaluate(rule_of("long_on_money"), timezone.localdate())
    assert set(found) == {str(held.person_id)} and str(handler.person_id) not in found
    assert evaluate(rule_of("long_on_money"), date(2023, 12, 31)) == {}, "not yet three years"
