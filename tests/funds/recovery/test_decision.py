"""The decision about a debt is a paper anybody can verify: genuine as issued, out of force once taken back."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pypdf
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from tests.funds.conftest import SYSTEM, Office, make_person
from tests.funds.recovery.test_debts import PENSION, agree, debt_of, decide, overpaid

from hrss.casework.documents.codes import ALPHABET
from hrss.casework.models import Paper
from hrss.foundation.people.models import Person
from hrss.foundation.scope import acting
from hrss.funds.recovery.decision import decision_file
from hrss.funds.recovery.models import Debt
from hrss.funds.recovery.services import name_heir, propose_correction
from hrss.kernel.actor import Actor, ActorKind
from hrss.kernel.identifiers import uuid7
from hrss.kernel.money import yuan
from hrss.kernel.problem import Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "bank"


def text_of(debt: Debt, actor: Actor) -> str:
    _, content, _ = decision_file(debt.id, actor=actor if actor.purpose else actor.for_purpose("recovery"))
    pages = pypdf.PdfReader(io.BytesIO(content.read())).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def address_in(text: str) -> str:
    found = re.search(r"https?://[^/]+/verify/[0-9A-Z]{20}", text)
    assert found is not None, text
    return urlsplit(found[0]).path


def _next(letter: str) -> str:
    return ALPHABET[(ALPHABET.index(letter) + 1) % len(ALPHABET)]


def shown(path: str) -> str:
    return Client().get(path).content.decode()


def test_the_address_on_the_paper_says_it_is_genuine_and_a_changed_code_does_not(office: Office, folder: Path) -> None:
    debt = overpaid(office, folder)
    with pytest.raises(Problem) as refused:
        text_of(debt, office.accountant)
    assert refused.value.code == "recovery.no_decision"
    debt = decide(office, debt)
    text = text_of(debt, office.accountant)
    assert f"{yuan(2 * PENSION)}元" in text
    page = shown(address_in(text))
    for part in ("这份文书是真的", "现在有效", "多发待遇追回决定书", debt.number, f"{yuan(2 * PENSION)} 元", "周*世"):
        assert part in page, part
    assert "周过世" not in page
    code = address_in(text)[-20:]
    for wrong in (_next(code[0]) + code[1:], code[:-1] + _next(code[-1]), "A" * 20):
        answer = Client().get(f"/verify/{wrong}")
        assert (answer.status_code, "这份文书是真的" in answer.content.decode()) == (404, False), wrong


def test_a_decision_taken_back_is_genuine_but_out_of_force(office: Office, folder: Path) -> None:
    debt = decide(office, overpaid(office, folder))
    path = address_in(text_of(debt, office.accountant))
    made = propose_correction(debt.id, actor=office.accountant, reasons="死亡登记有误")
    agree(office, UUID(made.id), debt)
    page = shown(path)
    assert "这份文书是真的，已经失效" in page
    assert "决定已经撤销" in page
    assert "现在有效" not in page


def test_an_heir_named_later_gets_a_paper_of_the_own(office: Office, folder: Path) -> None:
    debt, son = decide(office, overpaid(office, folder)), make_person("周小明")
    before = address_in(text_of(debt, office.accountant))
    with acting(SYSTEM):
        Person.objects.filter(id=debt.person_id).update(death_date=date(2026, 9, 28))
    name_heir(debt.id, actor=office.accountant, heir_id=son, relation="儿子")
    me = Actor(ActorKind.PUBLIC, account=uuid7(), person=son, name="周小明", purpose="self", channel="portal")
    text = text_of(debt_of(debt.person_id), me)
    assert "周小明（周过世的儿子）：" in text
    assert f"{debt.number}-2" in text
    assert "由新的决定书代替" in shown(before)
    now = shown(address_in(text))
    assert ("周*明" in now, "现在有效" in now, "周小明" in now, "过世" in now) == (True, True, False, False)


def test_an_issued_paper_cannot_be_changed_nor_its_ending_taken_back(office: Office, folder: Path) -> None:
    debt = decide(office, overpaid(office, folder))
    made = propose_correction(debt.id, actor=office.accountant, reasons="死亡登记有误")
    for change in ("SET rows = '[]'", "SET code = 'A'", "SET ended_on = now(), ended_why = ''"):
        with pytest.raises(DatabaseError), acting(office.accountant), connection.cursor() as cursor:
            cursor.execute(f"UPDATE casework_paper {change}")
    agree(office, UUID(made.id), debt)
    with pytest.raises(DatabaseError), acting(office.accountant), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_paper SET ended_on = NULL, ended_why = ''")
    with acting(SYSTEM):
        assert Paper.objects.get(reference=debt.id).ended_why == "决定已经撤销"
