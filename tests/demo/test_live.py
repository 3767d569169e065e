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
from hrss.funds.payables.models import Payment
from hrss.funds.payruns.models import Run
from hrss.funds.payruns.services import confirm_findings, sign_run
from hrss.funds.reconciliation.models import Break
from hrss.funds.signing.models import Step
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.problem import Problem


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
    accounts = json.loads((tmp_path / "demo" / "accounts.json").read_text())
    _logins_work(accounts)
    _runs_wait_for_the_next_name(accounts["money"])
    _the_reconciliation_found_what_was_planted()


def _runs_wait_for_the_next_name(money: list[dict[str, str]]) -> None:
    """Three demo people, found in the guide, bring this month's run from its freeze to its approval."""
    accountant, inspector, reviewer, approver = (_actor(one["login"]) for one in money[:4])
    assert len({one["name"] + one["login"] for one in money}) == len(money)
    with acting(system_actor("test")):
        run = Run.objects.get(group="resident_pension", state="frozen")
        waiting = Run.objects.get(group="unemployment", state="reviewed")
        held = Payment.objects.filter(run_id=run.id, state="held", note="same_account").count()
        again = Payment.objects.filter(run_id=run.id, attempt=2).count()
        opened = Payment.objects.filter(run_id=run.id, attempt=2, state="open").count()
    assert run.line_count > 100 and again >= 1, "what the bank returned last month goes out again"
    assert held + opened == again
    with pytest.raises(Problem):
        sign_run(run.id, actor=reviewer, step=Step.REVIEWED, digest=run.digest)
    sign_run(run.id, actor=accountant, step=Step.MADE, digest=run.digest)
    confirm_findings(run.id, actor=inspector, digest=run.digest, opinion="逐笔核对无误")
    sign_run(run.id, actor=reviewer, step=Step.REVIEWED, digest=run.digest)
    with pytest.raises(Problem) as caught:
        sign_run(run.id, actor=accountant, step=Step.APPROVED, digest=run.digest)
    assert caught.value.code.startswith("signing.")
    for one in (run, waiting):
        done = sign_run(one.id, actor=approver, step=Step.APPROVED, digest=one.digest)
        assert done.data["state"] == "approved"


def _actor(login: str) -> Actor:
    return actor_of(Account.objects.get(username=login), channel="workbench", purpose="payment")


def _the_reconciliation_found_what_was_planted() -> None:
    with acting(system_actor("test")):
        found = {(one.fund, one.bank, one.kind) for one in Break.objects.all()}
        assert Break.objects.exclude(owner_name="").count() == 1
    assert found == {("resident_pension", "expenditure", "missing_there"), ("resident_pension", "fiscal", "amount")}


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
