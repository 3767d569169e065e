"""J7: two clerks and an accountant try to push a payment through alone, by every door there is.

By the next button, a second account, as deputy, by the API, by an import, by a forged answer of the bank, by SQL with
the application's own role: refused every time, on the log, and the run stands where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from tests.channels.staffed import prepare
from tests.channels.workbench.fund_office import FundOffice, account_of, fund_office, lines_of
from tests.funds.conftest import SYSTEM, make_staff
from tests.funds.payruns_office import run_of
from tests.funds.stock import make_payee, row
from tests.journeys.office import follow
from tests.journeys.served import Served, served, sitting

from hrss.config.environment import Home
from hrss.foundation.access.services import substitute_post
from hrss.foundation.audit.models import Event
from hrss.foundation.identity.services import create_staff_account
from hrss.foundation.scope import acting
from hrss.funds.payables.services import prepare_take_over, take_over
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.services import open_run
from hrss.kernel.actor import Actor, Function
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

MONTH = YearMonth(2026, 11)
SQL = (
    "UPDATE payruns_run SET state = 'approved'",
    "UPDATE payables_payment SET amount = amount * 10",
    "INSERT INTO signing_signature (source, reference, step, digest, person_id, account, name)"
    " SELECT source, reference, 'reviewed', digest, gen_random_uuid(), account, '别人' FROM signing_signature LIMIT 1",
    "DELETE FROM signing_signature",
    "ALTER TABLE payruns_run DISABLE TRIGGER ALL",
    "INSERT INTO ledger_entry (fund, \"on\", source, reference, text, line_count, total, actor_name)"
    " VALUES ('resident_pension', current_date, 'payrun', 'X', '', 2, 5, '甲')",
)  # fmt: skip


@pytest.fixture
def county(real_db: str, tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, since=date(2026, 11, 16)) as running:
        running.on("2026-11-16")
        prepare()
        yield running


def refusals() -> int:
    with acting(SYSTEM):
        return Event.objects.filter(outcome="refused").count()


def forged(page: Page, verb: str, digest: str) -> None:
    """Send the form of a step the page does not offer: its own form, another address, the right digest."""
    script = """([verb, digest]) => {
      const form = document.querySelector("form[action*='/do/']")
      form.action = form.action.replace(/do\\/[a-z-]+$/, "do/" + verb)
      const field = document.createElement("input")
      field.name = "digest"
      field.value = digest
      form.append(field)
      form.submit()
    }"""
    follow(page, lambda: page.evaluate(script, [verb, digest]))


def test_nobody_pays_alone(chromium: Browser, county: Served) -> None:
    desk = fund_office(county.bank, payees=3)
    office = desk.office
    run_id = UUID(open_run(actor=office.accountant, group="test_pension", month=MONTH).id)
    advance(run_id, folder=county.bank)
    page_of = f"{county.address}/work/funds/runs/{run_id}/"
    with sitting(chromium, county, account_of(office.accountant)) as page:
        page.goto(page_of)
        follow(page, page.get_by_role("button", name="经办签名").click)
        expect(page.get_by_role("button", name="复核签名")).to_have_count(0)
        for verb in ("sign-reviewed", "sign-approved", "send"):
            _refused(page, page_of, verb, run_id)
        _as_deputy(page, page_of, desk, run_id)
    for clerk in (make_staff("甲经办", Function.HANDLER), make_staff("乙窗口", Function.COUNTER)):
        with sitting(chromium, county, account_of(clerk)) as page:
            before = refusals()
            answer = page.goto(page_of)
            assert answer is not None
            assert answer.status in (403, 404)
            assert refusals() == before + 1
            _by_api(page, county, run_id)
    _by_second_account(office.accountant)
    _by_import(office.accountant)
    _by_forged_answer(county, run_id)
    _by_sql(office.accountant)
    assert (run_of(run_id).state, {line.state for line in lines_of(run_id)}) == ("made", {"open", "held"})


def _refused(page: Page, page_of: str, verb: str, run_id: UUID) -> None:
    before, state = refusals(), run_of(run_id).state
    page.goto(page_of)
    forged(page, verb, run_of(run_id).digest)
    expect(page.locator("main [role=alert], main .problem").first).to_be_visible()
    assert (run_of(run_id).state, refusals()) == (state, before + 1)


def _as_deputy(page: Page, page_of: str, desk: FundOffice, run_id: UUID) -> None:
    """The head lets the accountant stand in for the reviewer: now the post fits, the person does not."""
    office = desk.office
    assert office.accountant.account is not None
    substitute_post(
        UUID(office.reviewer.posts[0].id),
        actor=office.leader,
        substitute=office.accountant.account,
        days=3,
        reason="出差",
    )
    _refused(page, page_of, "sign-reviewed", run_id)
    expect(page.locator("main")).to_contain_text("另一位同事")


def _by_api(page: Page, county: Served, run_id: UUID) -> None:
    """The API has no way to money; what looks like one is no address, and a session is no token."""
    paths = page.request.get(f"{county.address}/api/v1/openapi.json").json()["paths"]
    writes = {path for path, verbs in paths.items() if set(verbs) - {"get"}}
    assert not [path for path in writes if "run" in path.split("/") or "funds" in path]
    for path in (f"funds/runs/{run_id}/sign", f"payments/{run_id}", "batches"):
        assert page.request.post(f"{county.address}/api/v1/{path}", data={"step": "approved"}).status >= 400


def _by_second_account(accountant: Actor) -> None:
    administrator = make_staff("管理员", Function.SYSTEM_ADMIN)
    assert accountant.person is not None
    with pytest.raises(Problem) as refusal:
        create_staff_account(
            actor=administrator, person_id=accountant.person, username="chen.second", password="Kuimen-2026-Baidi!"
        )
    assert refusal.value.code == "identity.account_exists"


def _by_import(accountant: Actor) -> None:
    """A list of people to be paid, prepared and written by one person."""
    rows = [row(make_payee("亲戚"), first=MONTH)]
    prepare_take_over(actor=accountant, reference="ALONE", text="存量", rows=rows)
    with pytest.raises(Problem) as refusal:
        take_over(actor=accountant, reference="ALONE", rows=rows)
    assert refusal.value.code == "payables.three_persons"


def _by_forged_answer(county: Served, run_id: UUID) -> None:
    """A file laid into the bank's folder, without the bank's signature: nobody reads it for a run that was not sent."""
    folder = county.bank / "from_bank"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{run_of(run_id).number}.txt").write_text("00|paid", encoding="utf-8")
    assert advance(run_id, folder=county.bank) == "made"


def _by_sql(accountant: Actor) -> None:
    """With the application's password: refused by the database, and on the server's log."""
    database = settings.DATABASES["default"]
    log = Home.current().postgres / "server.log"
    before = len(log.read_bytes())
    with psycopg.connect(
        host=database["HOST"], port=database["PORT"], user=database["USER"], password=database["PASSWORD"],
        dbname=database["NAME"], autocommit=True,
    ) as connection:  # fmt: skip
        connection.execute(
            "SELECT set_config('hrss.kind', 'staff', false), set_config('hrss.regions', '500236', false)"
        )
        connection.execute("SELECT set_config('hrss.person', %s, false)", [str(accountant.person)])
        for statement in SQL:
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    written = log.read_bytes()[before:].decode("utf-8", "replace")
    assert all(statement.split(" SELECT")[0][:40] in written for statement in SQL)
