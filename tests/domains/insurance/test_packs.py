"""The item files of insurance: money needs three posts, the grades are those of the rules."""

from __future__ import annotations

from datetime import date

import pytest

from hrss.casework.items.packs import load_pack
from hrss.domains.insurance import amounts
from hrss.domains.insurance.handlers import HANDLERS

ITEMS = load_pack("fengjie").items
OURS = sorted(code for code, item in ITEMS.items() if item.handler.startswith("insurance."))


def test_every_handler_is_an_items_and_every_item_has_one() -> None:
    assert {ITEMS[code].handler for code in OURS} == set(HANDLERS)


@pytest.mark.parametrize("code", OURS)
def test_money_needs_three_posts_and_every_item_says_what_people_ask(code: str) -> None:
    item = ITEMS[code]
    pays = item.name.endswith("申领") or "暂停" in item.name or "恢复" in item.name
    assert [step.verb for step in item.steps][-1] == ("approve" if pays else "review")
    assert item.conditions
    assert item.phrases


def test_the_form_offers_exactly_the_grades_of_the_rules() -> None:
    offered = ITEMS["SB008"].form["properties"]["grade"]["oneOf"]
    known = amounts.grades(date(2026, 3, 10))
    assert {int(one["const"]) for one in offered} == set(known)
    assert all(f"补贴 {known[int(one['const'])] // 100} 元" in one["title"] for one in offered)
