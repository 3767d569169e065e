"""Books, statements and reconciliation at the desk: three people, down to a person, a difference and its ending."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader
from tests.channels.workbench.fund_office import FUND, FundOffice, fund_office
from tests.funds.conftest import SYSTEM, commit
from tests.funds.payruns_office import paid_out

from hrss.foundation.scope import acting
from hrss.funds.ledger.models import Closing, Entry, Proposal
from hrss.funds.ledger.queries import accounts_of, balance_of, fund_states
from hrss.funds.reconciliation.models import Break, StatementFile
from hrss.kernel.actor import Actor

BOOKS = f"/work/funds/{FUND}"


@pytest.fixture
def desk(db: None, tmp_path: Path) -> FundOffice:
    return fund_office(tmp_path / "bank")


def page(desk: FundOffice, actor: Actor, address: str) -> str:
    answer = desk.client(actor).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def proposed(client: Client, address: str, typed: dict[str, str]) -> str:
    """Send a form that proposes something; gives the address of the proposal."""
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def agreed(desk: FundOffice, proposal: str) -> None:
    for actor, verb in ((desk.office.reviewer, "review"), (desk.office.approver, "approve")):
        assert desk.client(actor).post(proposal + verb, {}).status_code == 302


def latest(source: str) -> Entry:
    with acting(SYSTEM):
        return Entry.objects.filter(source=source).latest("id")


def test_all_balances_come_in_one_question(desk: FundOffice) -> None:
    with acting(SYSTEM):
        states = {one.fund: one for one in fund_states()}
        assert len(states) == 7
        mine = states[FUND]
        assert mine.income == balance_of(FUND, "income") == 100_000_000
        assert mine.expenditure == balance_of(FUND, "expenditure")
    assert "1,000,000.00" in page(desk, desk.office.leader, "/work/funds/")


def test_a_transfer_passes_three_people(desk: FundOffice) -> None:
    client = desk.client(desk.office.accountant)
    typed = {"fund": FUND, "way": "fiscal-expenditure", "amount": "500.00", "on": timezone.localdate().isoformat()}
    proposal = proposed(client, "/work/funds/transfer", typed)
    refused = client.post(proposal + "review", {})
    assert refused.status_code == 403
    assert "您的岗位不能签这一步" in refused.content.decode() or "已经签过" in refused.content.decode()
    agreed(desk, proposal)
    with acting(SYSTEM):
        assert balance_of(FUND, "expenditure") == 100_050_000
    assert "财政专户向支出户拨款" in page(desk, desk.office.leader, f"/work/funds/entries/{latest('transfer').id}/")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"way": "income-expenditure"}, "不能直接划转"),
        ({"amount": "一百"}, "一百"),
        ({"amount": "99999999999"}, "余额"),
        ({"fund": ""}, "请选择基金"),
        ({"on": "明天"}, "请填写记账日期"),
    ],
)
def test_a_wrong_transfer_comes_back_with_what_was_typed(desk: FundOffice, wrong: dict[str, str], said: str) -> None:
    typed = {"fund": FUND, "way": "fiscal-expenditure", "amount": "500", "on": "2026-01-05", "text": "拨款说明"} | wrong
    answer = desk.client(desk.office.accountant).post("/work/funds/transfer", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="拨款说明"' in answer.content.decode()


def test_an_entry_leads_down_to_the_payment_and_back(desk: FundOffice) -> None:
    paid_out(desk.office, desk.folder)
    entry = latest("payrun")
    assert f"/work/funds/entries/{entry.id}/" in page(desk, desk.office.leader, f"{BOOKS}/entries/?source=payrun")
    shown = page(desk, desk.office.leader, f"/work/funds/entries/{entry.id}/")
    payment = shown.split("/work/funds/payments/")[1].split("/")[0]
    assert "/work/funds/runs/" in shown, "the run it comes from"
    back = page(desk, desk.office.leader, f"/work/funds/payments/{payment}/")
    assert f"/work/funds/entries/{entry.id}/" in back
    assert "接收批次" in back, "what decided it"


def test_an_entry_is_taken_back_by_a_second_one(desk: FundOffice) -> None:
    client = desk.client(desk.office.accountant)
    lines = {"account0": "1003", "debit0": "300", "account1": "", "credit1": "300"}
    with acting(SYSTEM):
        lines["account1"] = next(one.code for one in accounts_of(FUND) if one.kind == "income")
    typed = {"on": timezone.localdate().isoformat(), "text": "利息", **lines}
    wrong = client.post(f"{BOOKS}/entries/new", typed | {"credit1": "299"})
    assert (wrong.status_code, "不相等" in wrong.content.decode()) == (422, True)
    agreed(desk, proposed(client, f"{BOOKS}/entries/new", typed))
    entry = latest("manual")
    empty = client.post(f"/work/funds/entries/{entry.id}/reverse", {"reason": ""})
    assert (empty.status_code, "请填写摘要" in empty.content.decode()) == (422, True)
    agreed(desk, proposed(client, f"/work/funds/entries/{entry.id}/reverse", {"reason": "记重了"}))
    assert "看冲销凭证" in page(desk, desk.office.leader, f"/work/funds/entries/{entry.id}/")
    with acting(SYSTEM):
        assert balance_of(FUND, "fiscal") == 100_000_000


def test_a_month_is_closed_and_its_statements_are_files(desk: FundOffice) -> None:
    client = desk.client(desk.office.accountant)
    assert "2026年1月" in page(desk, desk.office.accountant, f"{BOOKS}/periods/")
    assert client.post(f"{BOOKS}/periods/", {"month": "2026-03"}).status_code == 422, "months go in order"
    agreed(desk, proposed(client, f"{BOOKS}/periods/", {"month": "2026-01"}))
    with acting(SYSTEM):
        assert Closing.objects.get(fund=FUND).month == date(2026, 1, 1)
    for kind, words in (("trial", "试算平衡表"), ("balance", "资产负债表"), ("income", "收支表")):
        assert words in page(desk, desk.office.leader, f"{BOOKS}/statements/{kind}/2026-01/")
    pdf = b"".join(client.get(f"{BOOKS}/statements/balance/2026-01/pdf").streaming_content)  # type: ignore[attr-defined]
    assert "资产负债表" in PdfReader(BytesIO(pdf)).pages[0].extract_text().replace(" ", "")
    xlsx = client.get(f"{BOOKS}/statements/balance/2026-01/xlsx")
    assert b"".join(xlsx.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    for wrong in ("statements/none/2026-01/", "statements/trial/2026-01/doc"):
        assert client.get(f"{BOOKS}/{wrong}").status_code == 404


def test_a_refused_proposal_says_why(desk: FundOffice) -> None:
    typed = {"fund": FUND, "way": "fiscal-expenditure", "amount": "5", "on": "2026-01-05"}
    proposal = proposed(desk.client(desk.office.accountant), "/work/funds/transfer", typed)
    assert desk.client(desk.office.reviewer).post(proposal + "refuse", {"reason": " "}).status_code == 422
    assert desk.client(desk.office.reviewer).post(proposal + "refuse", {"reason": "金额不对"}).status_code == 302
    assert "金额不对" in page(desk, desk.office.accountant, proposal)
    assert "等着签名的申请" in page(desk, desk.office.leader, "/work/funds/proposals/")
    with acting(SYSTEM):
        assert Proposal.objects.get(id=UUID(proposal.rstrip("/").rsplit("/", 1)[1])).state == "refused"


def test_a_difference_is_found_handled_and_confirmed_by_somebody_else(desk: FundOffice) -> None:
    """The bank has a movement the books have not."""
    client, day = desk.client(desk.office.accountant), timezone.localdate() - timedelta(days=1)
    since = day - timedelta(days=9)
    text = f"H,bank,{FUND},fiscal,{since},{day},1000000.00,1000088.00,1\nD,{day},LX-1,88.00,0.00,利息\n"
    upload = SimpleUploadedFile("fiscal.csv", text.encode(), content_type="text/csv")
    sent = {"verb": "import", "file": upload}
    assert client.post("/work/funds/reconciliation/", sent).status_code == 302
    with acting(SYSTEM):
        assert StatementFile.objects.get().line_count == 1
    assert client.post("/work/funds/reconciliation/", {"verb": "import"}).status_code == 422
    wrong = client.post("/work/funds/reconciliation/", {"verb": "import", "file": SimpleUploadedFile("a.csv", b"x")})
    assert wrong.status_code == 422
    assert client.post("/work/funds/reconciliation/", {"verb": "compare", "fund": FUND}).status_code == 302
    with acting(SYSTEM):
        row = Break.objects.get(kind="missing_in_ledger")
    listed = page(desk, desk.inspector, f"/work/funds/reconciliation/?fund={FUND}&kind=missing_in_ledger")
    address = f"/work/funds/reconciliation/{row.id}/"
    assert address in listed
    assert client.post(address, {"verb": "take"}).status_code == 302
    missing = client.post(address, {"verb": "handle", "method": "", "note": "已去电"})
    assert (missing.status_code, "已去电" in missing.content.decode()) == (422, True)
    unknown = client.post(address, {"verb": "handle", "method": "entry", "note": "已补记", "entry": "202611-9999"})
    assert (unknown.status_code, "没有凭证" in unknown.content.decode()) == (422, True)
    commit()
    opening = {"verb": "handle", "method": "entry", "note": "已补记", "entry": "202601-0001"}
    assert client.post(address, opening).status_code == 302
    assert client.post(address, {"verb": "confirm"}).status_code == 403
    other = desk.client(desk.inspector)
    assert other.post(address, {"verb": "confirm"}).status_code == 302
    assert "钱稽核" in page(desk, desk.office.leader, address)


def test_lists_do_not_cost_more_with_more_rows(desk: FundOffice) -> None:
    client = desk.client(desk.office.accountant)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen.captured_queries)

    before = {address: cost(address) for address in (f"{BOOKS}/entries/", "/work/funds/proposals/")}
    for amount in ("1", "2", "3", "4"):
        typed = {"fund": FUND, "way": "fiscal-expenditure", "amount": amount, "on": "2026-01-05"}
        proposal = proposed(client, "/work/funds/transfer", typed)
        if amount != "4":
            agreed(desk, proposal)
    assert {address: cost(address) for address in before} == before
