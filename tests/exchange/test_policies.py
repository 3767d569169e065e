"""Who may ask what for which purpose: decided from the catalogue entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from hrss.exchange.catalogue.loading import load_questions
from hrss.exchange.policies import check_may_ask, purpose_in_words, purpose_kind, stated
from hrss.kernel.actor import Actor, ActorKind, Function, PostRef, system_actor
from hrss.kernel.problem import Problem

QUESTIONS = {q.name: q for q in load_questions(Path(__file__).resolve().parents[2] / "packs")}
CASE_NUMBER = "5002361202611240000017"


def officer(function: Function = Function.HANDLER, line: str = "employment", purpose: str = "case") -> Actor:
    post = PostRef("p1", function, line, "500236001")
    return Actor(ActorKind.STAFF, account=uuid4(), person=uuid4(), posts=(post,), purpose=purpose)


def refusal(name: str, actor: Actor, subject: UUID | None = None) -> str:
    """Give the code of the refusal, empty when permitted."""
    try:
        check_may_ask(QUESTIONS[name], [subject or uuid4()], actor=actor)
    except Problem as problem:
        assert problem.status == 403
        assert problem.rule
        assert problem.remedy
        return problem.code
    return ""


def test_a_handler_of_a_consuming_line_may_ask_for_a_case() -> None:
    assert refusal("police.death", officer()) == ""
    assert refusal("police.death", officer(purpose=CASE_NUMBER)) == ""


def test_a_purpose_is_needed_and_must_be_one_of_the_questions() -> None:
    assert refusal("police.death", officer(purpose="")) == "exchange.no_purpose"
    assert refusal("police.household", officer(purpose="risk")) == "exchange.purpose"
    assert refusal("police.household", officer(purpose="curiosity")) == "exchange.purpose"
    assert refusal("police.household", officer(purpose="self")) == "exchange.purpose"
    assert refusal("police.death", officer(Function.INSPECTOR, purpose="risk")) == ""


@pytest.mark.parametrize(
    "function", [Function.SYSTEM_ADMIN, Function.SECURITY_ADMIN, Function.AUDIT_ADMIN, Function.LEADER]
)
def test_administrators_and_leaders_ask_nothing(function: Function) -> None:
    assert {refusal(name, officer(function, "*")) for name in QUESTIONS} == {"exchange.who"}


def test_a_line_that_is_no_consumer_may_not_ask() -> None:
    assert refusal("police.death", officer(line="labour")) == "exchange.who"
    assert refusal("police.death", officer(line="*")) == ""


def test_function_and_line_must_be_of_the_same_post() -> None:
    posts = (
        PostRef("a", Function.HANDLER, "labour", "500236"),
        PostRef("b", Function.LEADER, "employment", "500236"),
    )
    assert refusal("police.death", replace(officer(), posts=posts)) == "exchange.who"


def test_people_ask_about_themselves_only() -> None:
    me, mother, other = uuid4(), uuid4(), uuid4()
    person = Actor(ActorKind.PUBLIC, account=uuid4(), person=me, purpose="self")
    assert refusal("police.household", person, me) == ""
    assert refusal("police.household", person, other) == "exchange.who"
    assert refusal("police.photo_hash", person, me) in ("exchange.who", "exchange.purpose")
    for_mother = replace(person, acting_for_person=mother)
    assert refusal("police.household", for_mother, mother) == ""
    assert refusal("police.household", for_mother, me) == "exchange.who"


def test_a_firms_delegate_asks_about_that_firm_only() -> None:
    firm = uuid4()
    delegate = Actor(ActorKind.PUBLIC, account=uuid4(), person=uuid4(), acting_for_organisation=firm, purpose="self")
    assert refusal("market.firm_status", delegate, firm) == ""
    assert refusal("market.firm_status", delegate, uuid4()) == "exchange.who"
    assert refusal("market.firm_status", replace(delegate, acting_for_organisation=None), firm) == "exchange.who"


def test_who_acts_for_somebody_may_ask_what_that_one_may_ask() -> None:
    firm = uuid4()
    delegate = Actor(
        ActorKind.PUBLIC, account=uuid4(), person=uuid4(), acting_for_organisation=firm, purpose="delegate"
    )
    assert refusal("market.firm_status", delegate, firm) == ""
    assert refusal("market.firm_status", delegate) == "exchange.who"
    assert refusal("market.firm_status", officer(purpose="delegate")) == "exchange.purpose"
    assert purpose_in_words("delegate") == "受托代办"


def test_automatic_steps_ask_as_the_part_they_belong_to() -> None:
    assert refusal("police.death", system_actor("insurance.qualification").for_purpose("qualification")) == ""
    assert refusal("police.death", system_actor("labour.inspection").for_purpose("qualification")) == "exchange.who"
    assert refusal("police.death", system_actor("somebody").for_purpose("qualification")) == "exchange.who"
    assert refusal("police.death", system_actor("insurance.qualification")) == "exchange.purpose"


def test_partners_need_the_question_and_the_scope() -> None:
    partner = Actor(ActorKind.PARTNER, account=uuid4(), purpose="case", scopes=frozenset({"ask:police.death"}))
    assert refusal("police.death", partner) == "exchange.who"
    opened = replace(QUESTIONS["police.death"], asked_by=replace(QUESTIONS["police.death"].asked_by, partner=True))
    check_may_ask(opened, [uuid4()], actor=partner)
    with pytest.raises(Problem):
        check_may_ask(opened, [uuid4()], actor=replace(partner, scopes=frozenset()))


def test_purposes_are_implied_and_shown_in_words() -> None:
    nobody = Actor(ActorKind.STAFF, account=uuid4())
    assert stated(nobody, case_id=None).purpose == ""
    assert stated(nobody, case_id=uuid4()).purpose == "case"
    assert stated(Actor(ActorKind.PUBLIC), case_id=None).purpose == "self"
    assert purpose_kind(CASE_NUMBER) == purpose_kind(f"case:{CASE_NUMBER}") == "case"
    assert purpose_in_words(f"case:{CASE_NUMBER}") == f"办理事项 {CASE_NUMBER}"
    assert purpose_in_words(CASE_NUMBER) == f"办理事项 {CASE_NUMBER}"
    assert purpose_in_words("risk") == "基金风险核查"
