"""The route table, purposes, and who looked at my data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.foundation.people.builders import BAIDI, COUNTY, make_person, public, staff

from hrss.foundation import audit
from hrss.foundation.access import routes
from hrss.foundation.access.actors import anonymous
from hrss.foundation.access.purposes import PURPOSES, check_purpose, title_of
from hrss.foundation.access.queries import looks_at, sightings_of
from hrss.foundation.access.routes import Route, may_enter
from hrss.foundation.people import queries
from hrss.foundation.people.services import correct_person
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, ActorKind, Function, system_actor
from hrss.kernel.problem import Problem


@pytest.fixture(autouse=True)
def empty_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(routes, "_ROUTES", {})
    yield


def route(**changes: object) -> Route:
    values = {"path": "x/", "view": "a.b", "name": "x", "audience": frozenset({"staff"}), "title": "页"}
    return Route(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"audience": frozenset()},
        {"audience": frozenset({"everyone"})},
        {"audience": frozenset({"staff:king"})},
        {"scope": "world"},
        {"label": "L5"},
        {"audit": "maybe"},
        {"rate": "fast"},
        {"methods": ("FETCH",)},
        {"title": ""},
        {"label": "L3", "audience": frozenset({"anyone"})},
    ],
)
def test_a_route_that_says_nothing_sensible_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="route x"):
        route(**wrong)


def test_the_table_has_each_name_and_address_once() -> None:
    routes.register([route(), route(name="y", methods=("POST",))])
    routes.register([route()])
    assert [found.name for found in routes.all_routes()] == ["x", "y"]
    assert routes.find("x") == route()
    assert routes.find("z") is None
    for other in (route(name="z"), route(title="另一页")):
        with pytest.raises(ValueError, match="already"):
            routes.register([other])


def partner(*scopes: str) -> Actor:
    return Actor(ActorKind.PARTNER, account=staff().account, scopes=frozenset(scopes))


MATRIX = {
    "anyone": (True, True, True, True, True),
    "public": (False, True, False, False, False),
    "staff": (False, False, True, True, False),
    "staff:handler": (False, False, True, False, False),
    "partner": (False, False, False, False, True),
    "partner:read": (False, False, False, False, True),
    "partner:write": (False, False, False, False, False),
}


@pytest.mark.parametrize("token", sorted(MATRIX))
def test_who_enters(token: str) -> None:
    actors = (
        anonymous(channel="portal"), public(make_person().id), staff(Function.HANDLER),
        staff(Function.FINANCE), partner("read"),
    )  # fmt: skip
    page = route(audience=frozenset({token}))
    answers = [may_enter(actor, page) for actor in actors]
    assert tuple(answer is None for answer in answers) == MATRIX[token]
    statuses = {answer.status for answer in answers if answer}
    assert statuses <= {401, 403}
    if token != "anyone":
        assert answers[0] is not None
        assert answers[0].status == 401


def test_county_pages_are_for_county_posts_and_staff_without_posts_enter_nothing() -> None:
    page = route(scope="county")
    assert may_enter(staff(region=COUNTY), page) is None
    refused = may_enter(staff(region=BAIDI), page)
    assert refused is not None
    assert refused.code == "access.refused"
    assert may_enter(replace(staff(), posts=()), route()) is not None


def test_purposes_are_codes_or_cases() -> None:
    assert check_purpose("counter", by_hand=True) == "counter"
    assert check_purpose("case:500236120261124000011") == "case:500236120261124000011"
    for text, by_hand in (
        ("nosy", False),
        ("", False),
        ("self", True),
        ("case:500236120261124000011", True),
        ("case:", False),
    ):
        with pytest.raises(Problem):
            check_purpose(text, by_hand=by_hand)
    assert title_of("case:500236120261124000011") == "办理您的业务（500236120261124000011）"
    assert title_of("audit.seal") == "系统自动办理"
    assert len({purpose.title for purpose in PURPOSES.values()}) == len(PURPOSES)


def test_a_person_sees_who_looked_with_body_and_purpose_but_no_name() -> None:
    person = make_person()
    clerk = replace(staff(Function.HANDLER, purpose="counter"), channel="counter", name="李芳")
    queries.card(person.id, actor=clerk)
    correct_person(person.id, actor=clerk, reason="更正", name="王晓明")
    relative = public(make_person("亲属").id, acting_for_person=person.id).for_purpose("delegate")
    queries.card(person.id, actor=relative)
    queries.card(person.id, actor=system_actor("pension.monthly"))
    me = public(person.id)
    queries.card(person.id, actor=me)
    looks = looks_at(person.id, actor=me)
    assert [(look.post, look.purpose, look.changed) for look in looks] == [
        ("系统自动", "系统自动办理", False),
        ("受托人", "受您委托代办", False),
        ("经办", "窗口接待", True),
        ("经办", "窗口接待", False),
    ]
    assert (looks[-1].body, looks[-1].channel, looks[-1].what) == ("人社经办机构", "窗口", "查看基本信息")
    assert "李芳" not in repr(looks)
    assert "亲属" not in repr(looks)
    assert len(looks_at(person.id, actor=me, reads_only=True)) == 3
    assert looks_at(person.id, actor=me, before=looks[-1].number) == ()
    assert len(looks_at(person.id, actor=me, limit=1)) == 1


def test_a_person_sees_whose_lists_showed_them_once_a_day_and_post() -> None:
    """One event a page names all who were shown; each sees a line of their own, and nobody's name."""
    person, other = make_person(), make_person("李远山")
    clerk = replace(staff(Function.HANDLER, purpose=""), name="李芳")
    for _ in range(3):
        with acting(clerk):
            audit.listed(clerk, what="casework.inbox", persons=[person.id, other.id, None, person.id])
    with acting(clerk):
        audit.listed(clerk, what="casework.inbox", persons=[None])
        queries.search(other.name, actor=clerk.for_purpose("query"))
    mine = sightings_of(person.id, actor=public(person.id))
    assert [(one.post, one.what, one.purpose, one.times) for one in mine] == [("经办", "待办列表", "安排手上的业务", 3)]
    others = sightings_of(other.id, actor=public(other.id))
    assert {(one.what, one.purpose, one.times) for one in others} == {
        ("待办列表", "安排手上的业务", 3),
        ("查找人员的结果", "应您要求查询", 1),
    }
    assert "李芳" not in repr(mine)
    assert looks_at(person.id, actor=public(person.id)) == ()


def test_nobody_else_sees_that_list() -> None:
    person = make_person()
    for actor in (staff(), public(make_person("李四").id)):
        with pytest.raises(Problem):
            sightings_of(person.id, actor=actor)
        with pytest.raises(Problem) as caught:
            looks_at(person.id, actor=actor)
        assert caught.value.code == "access.not_yours"
