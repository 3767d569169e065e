"""Pay runs at the desk: three people sign one hash, others are told why not, every line is found and explained."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from tests.channels.staffed import refusals
from tests.channels.workbench.fund_office import FundOffice, account_of, fund_office, lines_of
from tests.funds.conftest import SYSTEM, make_staff
from tests.funds.payruns_office import bank_works, run_of
from tests.funds.stock import make_account

from hrss.foundation.audit.models import Event
from hrss.foundation.people.models import BankAccount
from hrss.foundation.people.queries import reveal_bank_account
from hrss.foundation.scope import acting
from hrss.funds.banking.simulator.books import Books
from hrss.funds.payruns.advancing import advance
from hrss.funds.payruns.models import Run
from hrss.kernel.actor import Actor, Function

GROUP, MONTH = "test_pension", "2026-11"


@pytest.fixture
def desk(db: None, tmp_path: Path) -> FundOffice:
    return fund_office(tmp_path / "bank")


def opened(desk: FundOffice) -> UUID:
    """Open a run from the page and let the worker freeze it."""
    client = desk.client(desk.office.accountant)
    answer = client.post("/work/funds/runs/start", {"group": GROUP, "month": MONTH, "_key": "k"})
    assert answer.status_code == 302, answer.content.decode()
    run_id = UUID(answer["Location"].rstrip("/").rsplit("/", 1)[1])
    advance(run_id, folder=desk.folder)
    return run_id


def do(desk: FundOffice, actor: Actor, run_id: UUID, verb: str, **more: str) -> tuple[int, str]:
    typed = {"digest": run_of(run_id).digest} | more
    answer = desk.client(actor).post(f"/work/funds/runs/{run_id}/do/{verb}", typed)
    return answer.status_code, answer.content.decode()


def page(desk: FundOffice, actor: Actor, address: str) -> str:
    answer = desk.client(actor).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def number_of(person: UUID) -> str:
    with acting(SYSTEM):
        return reveal_bank_account(BankAccount.objects.get(person_id=person, until=None).id, actor=SYSTEM)


def test_three_people_sign_what_they_saw_and_the_bank_answers(desk: FundOffice) -> None:
    run_id, office = opened(desk), desk.office
    Books(desk.folder).set_answer(number_of(desk.people[0]), "closed_account")
    shown = page(desk, office.accountant, f"/work/funds/runs/{run_id}/")
    assert run_of(run_id).digest in shown
    assert "没有可用的收款账户" in shown
    assert "SB012" in shown, "what to do about it"
    for actor, verb in zip(office.three, ("sign-made", "sign-reviewed", "sign-approved"), strict=True):
        assert do(desk, actor, run_id, verb)[0] == 302
    assert do(desk, office.accountant, run_id, "send")[0] == 302
    advance(run_id, folder=desk.folder)
    bank_works(desk.folder)
    advance(run_id, folder=desk.folder)
    shown = page(desk, office.reviewer, f"/work/funds/runs/{run_id}/")
    for name in ("陈会计", "李复核", "周主任", "账户已销户", "代发文件", "回盘文件", "已完成"):
        assert name in shown, name
    assert "账户已销户" in page(desk, office.accountant, f"/work/funds/runs/{run_id}/lines?view=returned")


def test_who_signed_cannot_sign_again_and_is_told_so(desk: FundOffice) -> None:
    run_id, both = opened(desk), desk.office.approver
    assert do(desk, both, run_id, "sign-made")[0] == 302
    assert "另一位同事" in page(desk, both, f"/work/funds/runs/{run_id}/")
    status, text = do(desk, both, run_id, "sign-reviewed")
    assert (status, "您已经签过前面的环节" in text) == (403, True)
    assert run_of(run_id).state == "made"
    assert refusals(account_of(both)) == ["route.workbench.run_do"]


def test_a_grade_too_low_gets_no_button_and_no_signature(desk: FundOffice) -> None:
    run_id = opened(desk)
    do(desk, desk.office.accountant, run_id, "sign-made")
    low = make_staff("小王", grade=1)
    assert "sign-reviewed" not in page(desk, low, f"/work/funds/runs/{run_id}/")
    assert do(desk, low, run_id, "sign-reviewed")[0] == 403
    assert run_of(run_id).state == "made"


def test_two_accountants_at_once_and_a_second_click(desk: FundOffice) -> None:
    run_id, first, second = opened(desk), desk.office.accountant, make_staff("另一会计", grade=1)
    assert do(desk, first, run_id, "sign-made", _key="one")[0] == 302
    assert do(desk, first, run_id, "sign-made", _key="one")[0] == 302, "the same click twice is once"
    status, text = do(desk, second, run_id, "sign-made", _key="two")
    assert status == 409
    assert "现在是“待复核”" in text
    assert "陈会计" in text, "the page says who did it"


def test_a_list_that_changed_is_not_signed(desk: FundOffice) -> None:
    run_id = opened(desk)
    status, text = do(desk, desk.office.accountant, run_id, "sign-made", digest="0" * 64)
    assert (status, "不是同一份" in text) == (409, True)


def test_an_inspector_confirms_before_the_third_signature(desk: FundOffice) -> None:
    """Two people on one account: the approval waits for somebody outside the three."""
    make_account(desk.people[2], number=number_of(desk.people[1]))
    run_id, office = opened(desk), desk.office
    do(desk, office.accountant, run_id, "sign-made")
    do(desk, office.reviewer, run_id, "sign-reviewed")
    assert "确认以后才能审批" in page(desk, office.approver, f"/work/funds/runs/{run_id}/")
    assert do(desk, office.approver, run_id, "sign-approved")[0] == 409
    status, text = do(desk, desk.inspector, run_id, "confirm", opinion="短")
    assert (status, "请写明核实的情况" in text, ">短</textarea>" in text) == (422, True, True)
    assert do(desk, desk.inspector, run_id, "confirm", opinion="夫妻合用，已核实")[0] == 302
    assert do(desk, office.approver, run_id, "sign-approved")[0] == 302


def test_a_line_is_explained_and_can_be_kept_back(desk: FundOffice) -> None:
    run_id, reviewer = opened(desk), desk.office.reviewer
    listed = page(desk, reviewer, f"/work/funds/runs/{run_id}/lines")
    assert "冉*一" in listed
    assert "冉光一" not in listed
    line = lines_of(run_id)[0]
    shown = page(desk, reviewer, f"/work/funds/payments/{line.id}/")
    assert "城乡居民养老金" in shown
    client = desk.client(reviewer)
    assert client.post(f"/work/funds/payments/{line.id}/", {"reason": ""}).status_code == 422
    assert client.post(f"/work/funds/payments/{line.id}/", {"reason": "正在核实"}).status_code == 302
    assert "正在核实" in page(desk, reviewer, f"/work/funds/runs/{run_id}/lines?view=held")
    with acting(SYSTEM):
        seen = Event.objects.filter(outcome="read", person_id=line.person_id, actor_account=reviewer.account)
        assert set(seen.values_list("purpose", flat=True)) == {"payment"}


def test_a_discarded_run_says_why(desk: FundOffice) -> None:
    run_id = opened(desk)
    assert do(desk, desk.office.reviewer, run_id, "discard", reason="")[0] == 422
    assert do(desk, desk.office.reviewer, run_id, "discard", reason="月份开错了")[0] == 302
    assert "李复核退回：月份开错了" in page(desk, desk.office.leader, f"/work/funds/runs/{run_id}/")
    assert "没有没办完的批次" in page(desk, desk.office.leader, "/work/funds/runs/")


def test_a_run_that_is_being_computed_shows_how_far_it_is(desk: FundOffice) -> None:
    client = desk.client(desk.office.accountant)
    answer = client.post("/work/funds/runs/start", {"group": GROUP, "month": MONTH})
    run_id = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    address = f"/work/funds/runs/{run_id}/"
    assert "<progress" in client.get(address).content.decode()
    live = client.get(f"{address}live?state=open")
    assert "HX-Refresh" not in live.headers
    assert re.search(r"排队|正在", live.content.decode())
    advance(UUID(run_id), folder=desk.folder)
    assert client.get(f"{address}live?state=open").headers["HX-Refresh"] == "true"


def test_wrong_input_comes_back_with_what_was_typed(desk: FundOffice) -> None:
    client = desk.client(desk.office.accountant)
    answer = client.post("/work/funds/runs/start", {"group": "", "month": "2099-01"})
    assert answer.status_code == 422
    assert 'value="2099-01"' in answer.content.decode()
    with acting(SYSTEM):
        assert Run.objects.count() == 0
    for address in ("/work/funds/runs/?after=x", "/work/funds/runs/?month=x"):
        assert client.get(address).status_code in (400, 422)


@pytest.mark.parametrize("function", [Function.HANDLER, Function.REVIEWER, Function.COUNTER])
def test_nobody_else_enters(desk: FundOffice, function: Function) -> None:
    clerk = make_staff("业务岗", function)
    assert desk.client(clerk).get("/work/funds/runs/").status_code == 403
