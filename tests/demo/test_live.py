"""The cases of today go through the real verbs and stand in the states a first look should find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connections

from hrss.casework.models import Action, Case
from hrss.casework.queries import inbox
from hrss.demo import load as loading
from hrss.foundation.access.actors import actor_of
from hrss.foundation.identity.finding import account_of_phone
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.second_factor import has_second_factor
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor


@pytest.mark.slow
def test_today_is_alive(real_db: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "HRSS_HOME", tmp_path)
    monkeypatch.setattr(project, "HRSS_AGENCIES", tmp_path / "agencies")
    loaded = loading.load(0.008)
    history = loaded.tables["casework_case"]
    with acting(system_actor("test")):
        assert Case.objects.count() >= history + 20
        today = Case.objects.filter(created_by__isnull=False)
        assert {"submitted", "withdrawn", "rejected", "suspended", "decided"} <= set(
            today.values_list("state", flat=True)
        )
        assert Action.objects.filter(verb="rate").exists()
    _logins_work(json.loads((tmp_path / "demo" / "accounts.json").read_text()))


def _logins_work(accounts: dict[str, object]) -> None:
    staff = Account.objects.get(username="baidi.handler1")
    assert staff.check_password(str(accounts["password"])) and has_second_factor(staff)
    actor = actor_of(staff, channel="workbench", purpose="case")
    with acting(actor):
        page = inbox(actor=actor)
        assert page.rows and all(row.region_code.startswith("500236117") for row in page.rows)
    people = accounts["people"]
    assert isinstance(people, dict)
    for part in people.values():
        found = account_of_phone(part["phone"])
        assert found is not None and str(found.person_id).replace("-", "") == part["person_id"]
    connections.close_all()
