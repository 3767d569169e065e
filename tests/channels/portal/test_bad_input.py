"""Wrong input on every form of the portal: a sentence that helps, nothing typed is lost, nothing half done."""

from __future__ import annotations

import re
import struct
import zlib
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.channels.staffed import SYSTEM, VILLAGE, Somebody, applied, browser_of, citizen, clerk, firm, somebody

from hrss.casework import services
from hrss.casework.items.versions import published
from hrss.casework.models import Case, Draft
from hrss.channels.portal.routes import ROUTES
from hrss.channels.ui.gate import ACTING_FOR
from hrss.channels.ui.schema import schema_part
from hrss.domains.insurance.services import enrol_resident
from hrss.foundation.access.actors import actor_of
from hrss.foundation.identity.services import appoint_delegate
from hrss.foundation.scope import acting

ODD = "填错了的内容"
# Every form of the route table, and the test below that spoils it.
FORMS = {
    "portal.login": "test_a_wrong_phone_stays",
    "portal.code": "test_a_wrong_code_stays",
    "portal.open_account": "test_opening_an_account_keeps_what_was_typed",
    "portal.draft": "test_no_page_of_any_item_loses_what_was_typed",
    "portal.proofs": "test_a_wrong_file_is_told_and_the_other_choices_stay",
    "portal.table": "test_a_wrong_table_is_told_and_the_draft_stays",
    "portal.check": "test_an_unfinished_form_is_not_sent_and_says_where_to_go_on",
    "portal.correct": "test_a_wrong_answer_to_a_notice_keeps_text_and_upload",
    "portal.withdraw": "test_too_long_a_reason_is_not_cut",
    "portal.supply": "test_handing_in_later_needs_a_file_and_takes_a_right_one",
    "portal.tokens": "test_a_token_without_scope_keeps_its_name_and_is_shown_once",
    "portal.revoke_token": "test_a_token_without_scope_keeps_its_name_and_is_shown_once",
    "portal.rate": "test_a_rating_without_grade_keeps_words_and_ticks",
    "portal.delegate": "test_a_wrong_delegate_stays_on_the_form",
    "portal.change_delegation": "test_a_delegation_that_is_gone_is_told_on_the_page",
    "portal.act_for": "test_a_delegation_that_is_gone_is_told_on_the_page",
    "portal.firm_register": "test_a_wrong_credit_code_stays",
    "portal.firm_report": "tests/channels/portal/test_reports.py",
    "portal.insurance_pay": "test_a_made_up_grade_is_told_and_no_bill_is_made",
    "portal.debt": "tests/channels/portal/test_debts.py",
    "portal.package_apply": "tests/channels/portal/test_packages.py",
}
LAID_OFF = {
    "situation": "left_unit",
    "leave_date": (timezone.localdate() - timedelta(days=9)).isoformat(),
    "leave_reason": "expired",
    "phone": "10012345678",
    "residence": "500236117001",
    "willing": True,
}
NOTHING_TYPED = {"portal.start", "portal.discard", "portal.logout", "portal.insurance_bill", "portal.debt_bill"}


@pytest.fixture
def person() -> Somebody:
    return somebody("冉小英", born="19900721")


@pytest.fixture
def browser(person: Somebody) -> Client:
    return browser_of(citizen(person))


def told(answer: Any, *kept: str) -> str:
    """The answer says what is wrong on top and still has what was typed."""
    shown = str(answer.content.decode())
    assert answer.status_code == 422, answer.status_code
    assert 'class="error-summary"' in shown
    for text in kept:
        assert text in shown, text
    return shown


def draft_of(browser: Client, code: str) -> UUID:
    answer = browser.post(f"/items/{code}/start/")
    assert answer.status_code == 302
    return UUID(answer["Location"].split("/")[2])


def kept_in(draft: UUID) -> dict[str, Any]:
    with acting(SYSTEM):
        return dict(Draft.objects.get(id=draft).data)


def test_every_form_is_spoilt_by_a_test() -> None:
    forms = {route.name for route in ROUTES if "POST" in route.methods}
    assert forms == {*FORMS, *NOTHING_TYPED}


def test_a_wrong_phone_stays(client: Client) -> None:
    told(client.post("/login/", {"phone": "12345"}), "12345", "手机号")


def test_a_wrong_code_stays(client: Client) -> None:
    assert client.post("/login/", {"phone": "10012345678"}).status_code == 302
    told(client.post("/login/code/", {"code": "000000"}), "000000", "验证码")


def test_opening_an_account_keeps_what_was_typed(client: Client) -> None:
    typed = {"name": "冉小英", "id_number": "999236199001011", "phone": "10012345678", "code": "123456"}
    told(client.post("/join/", typed), *typed.values())
    told(client.post("/join/", {**typed, "phone": "100", "step": "send"}), "冉小英", "999236199001011")


@pytest.mark.parametrize(
    "code", ["JY003", "JY007", "JY010", "JY018", "JY019", "JY048", "LD014", "SB081", "ZH012", "ZH013"]
)
def test_no_page_of_any_item_loses_what_was_typed(browser: Client, code: str) -> None:
    item = published()[code]
    draft = draft_of(browser, code)
    names = item.form.get("x-pages", [list(item.form["properties"])])[0]
    sent = {}
    for name in names:
        if "x-show-if" in item.form["properties"][name]:
            continue  # not asked while its condition does not hold
        part = schema_part(item.form, name)
        if part.widget in ("text", "textarea", "phone", "id_number", "credit_code", "contact_phone"):
            sent[name] = ODD * 200 if part.widget in ("text", "textarea") and part.limit else f"{ODD}{name}"
        elif part.widget in ("date", "month"):
            sent |= {f"{name}.year": "2026", f"{name}.month": "13", f"{name}.day": "45"}
        else:
            sent[name] = ODD
    answer = browser.post(f"/drafts/{draft}/1/", sent)
    texts = [value for value in sent.values() if value.startswith(ODD) and value != ODD]
    told(answer, *texts)
    for value in texts:
        assert value in kept_in(draft).values()


def test_a_wrong_file_is_told_and_the_other_choices_stay(browser: Client) -> None:
    draft = draft_of(browser, "JY010")
    left = timezone.localdate() - timedelta(days=9)
    with acting(SYSTEM):
        row = Draft.objects.get(id=draft)
        row.data = row.data | {"situation": "left_unit", "leave_date": left.isoformat(), "leave_reason": "expired"}
        row.save()
    for name, content, words in (
        ("proof.exe", b"MZ" + b"0" * 100, "不"),
        ("proof.pdf", b"not a pdf at all", "不"),
        ("proof.pdf", b"", "空"),
    ):
        upload = SimpleUploadedFile(name, content)
        shown = told(
            browser.post(f"/drafts/{draft}/proofs/", {"file.leave_proof": upload, "way.leave_proof": "promise"})
        )
        assert words in shown
        assert re.search(r'value="promise"[^>]*checked', shown), "the choice beside the file stays"


def firm_browser() -> Client:
    organisation, _ = firm()
    worker = somebody("方雪", born="19850701")
    browser = browser_of(citizen(worker))
    done = appoint_delegate(
        worker.id,
        actor=SYSTEM,
        evidence="letter",
        for_organisation=organisation,
        until=timezone.localdate() + timedelta(days=30),
    )
    session = browser.session
    session[ACTING_FOR] = done.id
    session.save()
    return browser


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("people.exe", b"MZ" + b"0" * 100),
        ("people.xlsx", b"no workbook"),
        ("people.xlsx", b""),
        ("people.csv", "甲,乙\n1,2\n".encode()),
        ("people.csv", b"\xff\xfe\x00\x01"),
        ("people.csv", "姓名,身份证号,招用日期,合同类型\n".encode()),
        (None, b""),
    ],
)
def test_a_wrong_table_is_told_and_the_draft_stays(name: str | None, content: bytes) -> None:
    browser = firm_browser()
    draft = draft_of(browser, "JY012")
    browser.post(f"/drafts/{draft}/1/", {"contact": "方雪", "phone": "10012345678"})
    files = {"table": SimpleUploadedFile(name, content)} if name else {}
    shown = told(browser.post(f"/drafts/{draft}/table/", files), "上传并检查")
    assert "f-table" in shown
    assert kept_in(draft)["contact"] == "方雪"


def test_an_item_without_a_table_says_so(browser: Client) -> None:
    draft = draft_of(browser, "JY003")
    for path in ("table/", "table/blank.xlsx"):
        answer = browser.get(f"/drafts/{draft}/{path}")
        assert answer.status_code == 404
        assert "不能用表格上传" in answer.content.decode()


def test_an_unfinished_form_is_not_sent_and_says_where_to_go_on(browser: Client, person: Somebody) -> None:
    draft = draft_of(browser, "JY003")
    browser.post(f"/drafts/{draft}/1/", {"wanted_job": "超市营业员"})
    shown = told(browser.post(f"/drafts/{draft}/check/"), "超市营业员")
    assert f"/drafts/{draft}/1/?check=1#f-wanted_place" in shown
    with acting(SYSTEM):
        assert not Case.objects.filter(applicant_person_id=person.id).exists()


def test_a_wrong_answer_to_a_notice_keeps_text_and_upload(browser: Client, person: Somebody) -> None:
    promised = {"identity": {"promise": True}, "leave_proof": {"promise": True}}
    case = applied(person.id, item="JY010", data=LAID_OFF, materials=promised)
    officer = actor_of(clerk("handler"), channel="workbench", purpose="case")
    services.notify_correction(case, [{"material": "leave_proof", "text": "请补交证明"}], actor=officer)
    sent = {"situation": "left_unit", "phone": "123", "wanted_job": ODD, "willing": "yes"}
    answer = browser.post(
        f"/my/cases/{case}/correct/", {**sent, "file.leave_proof": SimpleUploadedFile("证明.png", picture())}
    )
    shown = told(answer, "123", ODD, "请补交证明")
    assert "已上传" in shown, "no second upload for a mistake elsewhere"


def picture() -> bytes:
    """A small true PNG."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"".join(b"\x00" + b"\xff" * 24 for _ in range(8)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
        + part(b"IDAT", pixels)
        + part(b"IEND", b"")
    )


def test_too_long_a_reason_is_not_cut(browser: Client, person: Somebody) -> None:
    case, reason = applied(person.id), "不想办了" * 60
    told(browser.post(f"/my/cases/{case}/withdraw/", {"reason": reason}), reason, "最多写 200 个字")
    with acting(SYSTEM):
        assert Case.objects.get(id=case).state == "submitted"


def test_a_rating_without_grade_keeps_words_and_ticks(browser: Client, person: Somebody) -> None:
    case = applied(person.id)
    officer = actor_of(clerk("handler"), channel="workbench", purpose="case")
    services.refuse_acceptance(case, "不是在本县发生的事", actor=officer)
    shown = told(
        browser.post(f"/my/cases/{case}/rate/", {"comment": "窗口的人很好", "grade_reasons": "态度好"}), "窗口的人很好"
    )
    assert re.search(r'value="态度好"[^>]*checked', shown)
    long = "很好" * 200
    told(browser.post(f"/my/cases/{case}/rate/", {"comment": long, "grade": "5"}), long, "最多写 300 个字")


def test_a_wrong_delegate_stays_on_the_form(browser: Client) -> None:
    sent = {"name": "冉大明", "id_number": "999236", "relation": "儿子", "days": "90"}
    shown = told(browser.post("/my/delegations/new", sent), "冉大明", "999236", "儿子")
    assert "f-name" in shown or "f-id_number" in shown
    told(browser.post("/my/delegations/new", {**sent, "relation": "亲" * 30}), "亲" * 30, "最多写 20 个字")


def test_a_delegation_that_is_gone_is_told_on_the_page(browser: Client) -> None:
    gone = uuid4()
    told(browser.post("/my/act-for", {"delegation": str(gone)}), "这项委托已经不能用了")
    told(browser.post(f"/my/delegations/{gone}/accept"), "没有这项待接受的委托")
    told(browser.post(f"/my/delegations/{gone}/revoke"), "没有这项有效的委托")


def test_a_wrong_credit_code_stays(browser: Client) -> None:
    sent = {"credit_code": "91500236MA5U000012", "name": "甲公司", "region_code": "500236117001"}
    told(browser.post("/firm/register/", sent), *list(sent.values())[:2])


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/calculators/severance/?ask=1&wage=abc", "abc"),
        ("/calculators/retirement/?ask=1&birth_month.year=1965&birth_month.month=", "1965"),
        ("/calculators/retirement/?ask=1&birth_month.year=1965&birth_month.month=13", "1965"),
    ],
)
def test_a_calculator_keeps_what_it_cannot_use(client: Client, path: str, kept: str) -> None:
    told(client.get(path), f'value="{kept}"')


@pytest.mark.parametrize(
    "path",
    [
        "/search/?q=" + "长" * 500,
        "/verify/?code=<script>",
        "/items/NOTHING/",
        "/life/没有的事/",
        "/calculators/nothing/",
        "/packages/nothing/",
        "/my/cases/?after=x",
        "/my/messages/?after=x",
        "/my/viewers/?before=x",
    ],
)
def test_an_address_somebody_made_up_gets_a_page(browser: Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code < 500
    assert "<h1" in answer.content.decode()


def test_a_draft_of_somebody_else_or_long_sent_is_a_sentence(browser: Client) -> None:
    answer = browser.get(f"/drafts/{uuid4()}/1/")
    assert answer.status_code == 404
    assert "没有这份草稿" in answer.content.decode()


def test_a_made_up_grade_is_told_and_no_bill_is_made(browser: Client, person: Somebody) -> None:
    today = timezone.localdate()
    enrol_resident(person.id, actor=SYSTEM, region_code=VILLAGE, grade_yuan=500, on=today)
    shown = told(browser.post("/my/insurance/pay/", {"grade": ODD}), "500 元/年")
    assert "档次" in shown


def test_handing_in_later_needs_a_file_and_takes_a_right_one(browser: Client, person: Somebody) -> None:
    case = applied(
        person.id,
        item="JY010",
        data=LAID_OFF,
        materials={"identity": {"promise": True}, "leave_proof": {"defer": True}},
    )
    shown = browser.get(f"/my/cases/{case}/").content.decode()
    assert "还有材料要补" in shown
    address = f"/my/cases/{case}/supply/"
    told(browser.post(address, {}), "还没有选文件", "终止或解除劳动合同证明")
    wrong = SimpleUploadedFile("证明.exe", b"MZ\x90\x00odd")
    told(browser.post(address, {"file.leave_proof": wrong}), "终止或解除劳动合同证明")
    right = {"file.leave_proof": SimpleUploadedFile("证明.png", picture()), "_key": "handed-in-once"}
    assert browser.post(address, right).status_code == 302
    with acting(SYSTEM):
        assert Case.objects.get(id=case).materials.get(code="leave_proof").state == "given"
    assert "还有材料要补" not in browser.get(f"/my/cases/{case}/").content.decode()
    other = browser_of(citizen(somebody("李远山", born="19850101")))
    assert other.get(address).status_code == 404


def test_a_token_without_scope_keeps_its_name_and_is_shown_once(browser: Client) -> None:
    told(browser.post("/my/tokens/", {"name": ODD}), ODD, "可选的范围")
    made = browser.post("/my/tokens/", {"name": "家里的电脑", "scopes": ["cases"], "days": "30"}).content.decode()
    found = re.search(r"hrss_[\w-]{40,}", made)
    assert found is not None
    caller = Client(headers={"authorization": f"Bearer {found[0]}"})
    assert caller.get("/api/v1/cases").status_code == 200
    again = browser.get("/my/tokens/").content.decode()
    assert found[0] not in again
    revoke = re.search(r"/my/tokens/[0-9a-f-]{36}/revoke", again)
    assert revoke is not None
    assert browser.post(revoke[0]).status_code == 302
    assert caller.get("/api/v1/cases").json()["code"] == "identity.token"
    told(browser.post(revoke[0]), "已经吊销")
