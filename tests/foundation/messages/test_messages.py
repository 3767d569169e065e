"""Messages: the right words to the right reader, once, and text messages that betray nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings
from tests.foundation.people.builders import load_county, make_person, public, staff

from hrss.foundation.crypto import blind_index, ring_in_use, seal
from hrss.foundation.identity.codes import SMS_PHONE
from hrss.foundation.messages.jobs import forget_texts
from hrss.foundation.messages.models import Message, OutgoingSms
from hrss.foundation.messages.queries import inbox, simulated_gateway, unread_count
from hrss.foundation.messages.services import mark_read, send, send_to_account
from hrss.foundation.messages.templates import SIGNATURE, TEMPLATES, render
from hrss.foundation.outbox import announce
from hrss.foundation.outbox.delivery import deliver_waiting
from hrss.foundation.people.models.belongings import PHONE, Phone
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, Function, system_actor
from hrss.kernel.problem import Problem
from hrss.kernel.uuid7 import uuid7

pytestmark = pytest.mark.django_db

FACTS = {
    "item": "失业登记",
    "number": "5002361202611240000011",
    "due": date(2026, 12, 8),
    "reason": "缺少身份证复印件",
    "month": "2026年11月",
}
CLERK = staff(Function.HANDLER)


@pytest.fixture(autouse=True)
def county(db: None) -> None:
    load_county()


def give_phone(person: Any, number: str, *, primary: bool = True) -> None:
    key, ring = uuid7(), ring_in_use()
    with acting(system_actor("test")):
        Phone(
            id=key,
            person=person,
            region_code=person.region_code,
            cipher=seal(number, ring=ring, field=PHONE, owner=person.id),
            index=blind_index(number, ring=ring, field=PHONE),
            tail=number[-4:],
            is_primary=primary,
        ).save(force_insert=True)


def sent_texts() -> list[tuple[str, str]]:
    with acting(system_actor("test")):
        return list(OutgoingSms.objects.order_by("id").values_list("tail", "text"))


def test_a_person_finds_the_message_and_reads_it() -> None:
    person = make_person()
    me = public(person.id)
    send(person.id, "case.accepted", FACTS, actor=CLERK, link="/my/cases/1")
    assert unread_count(actor=me) == 1
    (message,) = inbox(actor=me).rows
    assert message.title == "已受理：失业登记"
    assert message.body == "您申请的“失业登记”（5002361202611240000011）已经受理，预计 2026年12月8日 前办结。"
    assert message.link == "/my/cases/1"
    assert message.read_at is None
    assert mark_read([message.id], actor=me) == 1
    assert mark_read([message.id], actor=me) == 0
    assert unread_count(actor=me) == 0
    assert inbox(actor=me).rows[0].read_at is not None


def test_nobody_else_reads_or_marks_it() -> None:
    person, other = make_person(), make_person("李四")
    sent = send(person.id, "case.accepted", FACTS, actor=CLERK)
    for reader in (public(other.id), CLERK, staff(Function.LEADER, region="500236")):
        assert inbox(actor=reader).rows == ()
        assert unread_count(actor=reader) == 0
        assert mark_read([sent], actor=reader) == 0
        with acting(reader):
            assert not Message.objects.exists()


def test_a_delegate_reads_the_affairs_of_whom_they_act_for() -> None:
    parent, child = make_person(), make_person("王小丽")
    send(parent.id, "case.accepted", FACTS, actor=CLERK)
    me = public(child.id)
    assert unread_count(actor=me) == 0
    assert unread_count(actor=replace(me, acting_for_person=parent.id)) == 1


def test_staff_read_what_went_to_their_account() -> None:
    facts = FACTS | {"post": "经办"}
    assert CLERK.account
    send_to_account(CLERK.account, "work.overdue", facts, actor=system_actor("test"))
    assert [message.title for message in inbox(actor=CLERK).rows] == ["有办件超期"]
    assert unread_count(actor=staff(Function.HANDLER)) == 0


def test_pages_go_on_where_they_stopped() -> None:
    person = make_person()
    me = public(person.id)
    for number in range(5):
        send(person.id, "case.withdrawn", FACTS | {"number": str(number)}, actor=CLERK)
    first = inbox(actor=me, limit=2)
    second = inbox(actor=me, limit=2, after=first.next)
    third = inbox(actor=me, limit=2, after=second.next)
    shown = [message.body for page in (first, second, third) for message in page.rows]
    assert [body.split("（")[1][0] for body in shown] == ["4", "3", "2", "1", "0"]
    assert third.next == ""
    assert inbox(actor=me, limit=2, after="' OR 1=1").rows == first.rows


def test_the_text_message_goes_to_the_first_phone_after_the_commit() -> None:
    person = make_person()
    give_phone(person, "10012345678", primary=False)
    give_phone(person, "10087654321")
    send(person.id, "case.accepted", FACTS, actor=CLERK)
    assert sent_texts() == []
    assert deliver_waiting() == 1
    ((tail, text),) = sent_texts()
    assert tail == "4321"
    assert text == "【奉节人社】您的申请已受理，编号 5002361202611240000011。进度请登录“奉节人社”查看。"
    assert deliver_waiting() == 0


def test_without_a_phone_there_is_the_inbox() -> None:
    person = make_person()
    send(person.id, "case.accepted", FACTS, actor=CLERK)
    assert deliver_waiting() == 1
    assert sent_texts() == []


def test_what_was_rolled_back_was_not_sent() -> None:
    person = make_person()
    give_phone(person, "10087654321")
    with pytest.raises(RuntimeError), acting(CLERK), transaction.atomic():
        send(person.id, "case.accepted", FACTS, actor=CLERK)
        raise RuntimeError
    assert deliver_waiting() == 0
    assert unread_count(actor=public(person.id)) == 0


def announce_code(number: str, code: str) -> UUID:
    key, ring = uuid7(), ring_in_use()
    with acting(system_actor("test")):
        announce(
            "sms.send",
            {
                "id": str(key),
                "phone_index": blind_index(number, ring=ring, field=PHONE).hex(),
                "phone_sealed": seal(number, ring=ring, field=SMS_PHONE, owner=key).hex(),
                "tail": number[-4:],
                "text": f"{SIGNATURE}登录验证码 {code}，5 分钟内有效。",
            },
        )
    return key


def test_a_code_reaches_a_number_that_belongs_to_nobody() -> None:
    announce_code("10012345678", "123456")
    deliver_waiting()
    (sent,) = simulated_gateway()
    assert (sent.tail, sent.code) == ("5678", "123456")


def test_texts_are_forgotten_after_seven_days() -> None:
    announce_code("10012345678", "123456")
    announce_code("10012345679", "654321")
    deliver_waiting()
    with acting(system_actor("messages.sweep")):
        old = OutgoingSms.objects.order_by("id")[0]
        OutgoingSms.objects.filter(id=old.id).update(sent_at=timezone.now() - timedelta(days=8))
        forget_texts()
    assert sent_texts() == [("5678", ""), ("5679", f"{SIGNATURE}登录验证码 654321，5 分钟内有效。")]
    assert [sent.code for sent in simulated_gateway()] == ["654321"]


class Recorder:
    """A gateway that keeps what it was given."""

    name = "city"
    calls: list[tuple[str, str, str]] = []

    def send(self, number: str, text: str, *, key: str) -> str:
        self.calls.append((number, text, key))
        return "ref-1"


@pytest.fixture
def city_gateway(settings: Settings) -> Iterator[list[tuple[str, str, str]]]:
    settings.HRSS_SMS_GATEWAY = f"{__name__}.Recorder"
    Recorder.calls.clear()
    yield Recorder.calls


def test_another_gateway_is_put_in_by_name(
    city_gateway: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrss.foundation.messages.gateway.import_string", lambda name: Recorder)
    key = announce_code("10012345678", "123456")
    deliver_waiting()
    assert [(number, sent) for number, _, sent in city_gateway] == [("10012345678", str(key))]
    with acting(system_actor("test")):
        row = OutgoingSms.objects.get()
    assert (row.gateway, row.reference) == ("city", "ref-1")
    with pytest.raises(Problem, match="真实网关"):
        simulated_gateway()


def test_the_database_guards_the_tables() -> None:
    person = make_person()
    send(person.id, "case.accepted", FACTS, actor=CLERK)
    for actor in (CLERK, public(person.id)):
        for statement in ("UPDATE inbox_message SET body = 'x'", "DELETE FROM inbox_message"):
            with (
                pytest.raises(Exception, match="permission denied"),
                transaction.atomic(),
                acting(actor),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
        with acting(actor):
            assert not OutgoingSms.objects.exists()


EXAMPLE: dict[str, Any] = {
    "item": "企业职工基本养老保险关系转移接续",
    "number": "5002361202611240000011",
    "day": date(2026, 12, 8),
    "text": "昨天收件 24 件。",
    "due": date(2026, 12, 8),
    "reason": "缺少材料",
    "office": "白帝镇劳动就业和社会保障服务所",
    "decision": "准予登记",
    "answer": "已核实",
    "delegate": "王小丽",
    "since": date(2026, 1, 1),
    "until": date(2026, 12, 31),
    "tail": "1234",
    "post": "经办",
    "next": "您的缴费年限已经够了",
    "benefit": "失业保险金",
    "amount": "3,728.00",
    "count": 12,
    "percent": 50,
    "task": "举办夔州创业大赛",
    "division": "就业促进股",
    "month": "2026年10月",
    "project": "人力资源服务产业园",
    "milestone": "竣工验收",
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_filled_completely(name: str) -> None:
    words = render(name, EXAMPLE)
    for text in (words.title, words.body, words.sms):
        assert "{" not in text
        assert "}" not in text
    assert words.title
    assert words.body.endswith("。") or "：" in words.body
    for missing in TEMPLATES[name].placeholders:
        for nothing in (None, ""):
            with pytest.raises(ValueError, match=missing):
                render(name, EXAMPLE | {missing: nothing})


@pytest.mark.parametrize("name", [name for name, template in TEMPLATES.items() if template.sms])
def test_a_text_message_is_short_and_tells_a_stranger_nothing(name: str) -> None:
    words = render(name, EXAMPLE)
    assert words.sms.startswith(SIGNATURE)
    assert len(words.sms) <= 70
    for secret in ("item", "reason", "decision", "answer", "delegate", "tail", "office", "benefit", "amount"):
        assert str(EXAMPLE[secret]) not in words.sms


def test_facts_are_written_for_people() -> None:
    late = datetime(2026, 12, 7, 17, 0, tzinfo=UTC)  # the next day in Beijing
    assert "2026年12月8日" in render("case.accepted", FACTS | {"due": late}).body
    assert "缺少\n材料" not in render("case.notice", FACTS | {"reason": "缺少\n材料"}).body


def test_mistakes_of_the_program() -> None:
    with pytest.raises(KeyError):
        send(uuid4(), "case.nothing", FACTS, actor=CLERK)
    for link in ("https://evil.example", "//evil.example", "javascript:alert(1)"):
        with pytest.raises(ValueError, match="path"):
            send(make_person().id, "case.accepted", FACTS, actor=CLERK, link=link)


def test_an_actor_without_person_or_account_has_no_messages() -> None:
    send(make_person().id, "case.accepted", FACTS, actor=CLERK)
    assert inbox(actor=Actor(CLERK.kind)).rows == ()
    assert inbox(actor=replace(public(uuid4()), person=None, account=None)).rows == ()
