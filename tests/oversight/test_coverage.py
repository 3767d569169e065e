"""The table of the 76 fund-risk rules says what is there: every pointer exists, every alert is one of the rules.

Changed on purpose? ``HRSS_WRITE_DOCS=1`` writes the page anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings

from hrss.oversight.monitoring.catalogue import rules
from hrss.oversight.monitoring.coverage import KINDS, STATES, risks, table

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs/guide/fund-risks.md"


def test_all_seventy_six_are_told_once() -> None:
    found = risks(settings.HRSS_PACKS)
    assert len(found) == len({one.id for one in found}) == 76
    assert all(one.kind in KINDS and one.state in STATES and one.title for one in found)


def test_what_is_said_to_be_kept_is_there() -> None:
    known = {one.id: one for one in risks(settings.HRSS_PACKS)}
    watched = {risk for rule in rules() for risk in rule.covers}
    assert watched <= set(known)
    assert {one.id for one in known.values() if one.state == "alert"} <= watched
    for one in known.values():
        if one.state == "here":
            assert (PROJECT / "src" / one.where).is_file(), (one.id, one.where)
        elif one.state != "alert":
            assert one.where, one.id


@pytest.mark.parametrize("code", ["B03", "M07"])
def test_the_page_names_the_alerts(code: str) -> None:
    line = next(one for one in PAGE.read_text(encoding="utf-8").splitlines() if one.startswith(f"| {code} "))
    assert all(f"`{rule.code}`" in line for rule in rules() if code in rule.covers)


def test_the_page_is_what_the_data_say() -> None:
    made = table(settings.HRSS_PACKS, rules())
    if os.environ.get("HRSS_WRITE_DOCS") == "1":
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made
