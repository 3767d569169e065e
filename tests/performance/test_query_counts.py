"""How many SQL statements each key page costs, frozen in ``query_counts.json``; lists cost the same at 3 and 60 rows.

The numbers include the transaction and who acts. Changed on purpose? ``HRSS_FREEZE_QUERIES=1`` writes the table anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.performance.conftest import ITEM, Desk

TABLE = Path(__file__).with_name("query_counts.json")
FREEZE = "HRSS_FREEZE_QUERIES"


def pages(desk: Desk) -> Mapping[str, tuple[str, str]]:
    """Give role and address of each page."""
    return {
        "portal home, nobody": ("anyone", reverse("portal.home")),
        "portal home, signed in": ("public", reverse("portal.home")),
        "item guide": ("public", reverse("portal.item", args=(ITEM,))),
        "my cases": ("public", reverse("portal.cases")),
        "my case": ("public", reverse("portal.case", args=(desk.case,))),
        "workbench inbox": ("staff:handler", reverse("workbench.inbox") + "?view=all"),
        "workbench case": ("staff:handler", reverse("workbench.case", args=(desk.case,))),
        "people search": ("staff:handler", f"{reverse('workbench.people')}?text=王春花"),
        "person page": ("staff:handler", reverse("workbench.person", args=(desk.person,))),
        "case with proposal": ("staff:reviewer", reverse("workbench.case", args=(desk.open_case,))),
        "pay runs": ("staff:finance", reverse("workbench.runs")),
        "pay run": ("staff:finance", reverse("workbench.run", args=(desk.run,))),
        "pay run lines": ("staff:finance", reverse("workbench.run_lines", args=(desk.run,))),
        "counter desk": ("staff:counter", reverse("counter.desk")),
        "counter, person served": ("staff:village_agent", reverse("counter.desk")),
        "package guide": ("public", reverse("portal.package", args=("unemployment",))),
        "my package": ("public", reverse("portal.bundle", args=(desk.bundle,))),
        "workbench package": ("staff:handler", reverse("workbench.package", args=(desk.bundle,))),
        "cockpit plan": ("staff:leader", reverse("cockpit.plan")),
        **{
            f"cockpit {name}": ("staff:leader", reverse(f"cockpit.{name}"))
            for name in ("overview", "employment", "insurance", "talent", "labour", "service", "alerts", "early")
        },
        "explorer": ("staff:data", reverse("cockpit.explore")),
        "alerts": ("staff:inspector", reverse("workbench.alerts")),
        "sample firms": ("staff:data", reverse("workbench.sample")),
        "map": ("staff:data", reverse("workbench.map")),
        "staff accounts": ("staff:system_admin", reverse("workbench.accounts")),
        "access tokens": ("public", reverse("portal.tokens")),
    }


def statements(desk: Desk, role: str, address: str) -> list[str]:
    """Give the statements of a page."""
    return visit(desk, role, address)[0]


def visit(desk: Desk, role: str, address: str) -> tuple[list[str], int]:
    """Give statements and size (bytes) of the second visit; the first warms session and caches."""
    client = desk.page(role, address)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200, (role, address, answer.status_code)
    return [one["sql"] for one in seen.captured_queries], len(answer.content)


@pytest.mark.django_db
def test_key_pages_cost_what_the_table_says(desk: Desk) -> None:
    desk.grow(3)
    desk.accept()
    seen = {name: statements(desk, *where) for name, where in pages(desk).items()}
    counts = {name: len(found) for name, found in seen.items()}
    if os.environ.get(FREEZE) == "1":
        TABLE.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    frozen = json.loads(TABLE.read_text(encoding="utf-8"))
    changed = [
        f"{name}: {frozen.get(name, 'not frozen')} -> {counts.get(name, 'gone')} statements\n  "
        + "\n  ".join((one or "").strip()[:110] for one in seen.get(name, ()))
        for name in sorted({*frozen, *counts})
        if frozen.get(name) != counts.get(name)
    ]
    assert not changed, "\n".join([*changed, f"On purpose? Run again with {FREEZE}=1 and commit {TABLE.name}."])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["my cases", "workbench inbox", "people search", "person page"])
def test_lists_do_not_cost_more_with_more_rows(desk: Desk, name: str) -> None:
    role, address = pages(desk)[name]
    desk.grow(3)
    few, short = visit(desk, role, address)
    desk.grow(60)
    many, long = visit(desk, role, address)
    assert long > short, f"{name} shows no more rows, so this proves nothing"
    assert len(many) == len(few), f"{name}: {len(few)} statements for 3 rows, {len(many)} for 60"
