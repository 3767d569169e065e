"""Organisations: who may write them, what is refused, how they are found."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from tests.foundation.people.builders import BAIDI, COUNTY, TUXIANG, public, sql, staff, village

from hrss.foundation.organisations import queries
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.organisations.services import change_organisation, close_organisation, register_organisation
from hrss.foundation.organisations.services.register_organisation import OrganisationFacts
from hrss.foundation.scope import acting
from hrss.kernel.actor import Function
from hrss.kernel.identifiers import compose_credit_code
from hrss.kernel.problem import Problem

CODE = compose_credit_code(department="9", category="1", region="500236", serial="MA5U0001").text


def facts(**changes: object) -> OrganisationFacts:
    values = {"kind": "employer", "name": "奉节县夔门脐橙有限公司", "region_code": BAIDI, "credit_code": CODE}
    return OrganisationFacts(**(values | changes))  # type: ignore[arg-type]


def register(**changes: object) -> UUID:
    return UUID(register_organisation(actor=staff(region=COUNTY), facts=facts(**changes)).id)


def test_a_firm_is_registered_once_and_found_by_code_name_and_pinyin() -> None:
    key = register(headcount=30, legal_person_name="王小明")
    for text in (CODE.lower(), "夔门脐橙", "fengjiexiankui", "奉节县夔"):
        page, more = queries.search(text)
        assert ([card.id for card in page], more) == ([key], "")
    found = queries.find_by_credit_code(f" {CODE} ")
    assert found is not None
    assert (found.region_name, found.kind_title) == ("奉节县白帝镇", "用人单位")
    with pytest.raises(Problem) as caught:
        register(name="另一个名字")
    assert (caught.value.code, caught.value.status) == ("organisations.exists", 409)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"credit_code": ""}, "organisations.credit_code"),
        ({"credit_code": CODE[:-1] + "0"}, "credit_code.checksum"),
        ({"name": " "}, "organisations.name"),
        ({"kind": "shop"}, "organisations.kind"),
        ({"region_code": "500236999"}, "regions.unknown"),
        ({"headcount": -1}, "organisations.headcount"),
        ({"founded_on": date(2999, 1, 1)}, "organisations.founded_on"),
        ({"kind": "service_point", "credit_code": ""}, "organisations.level"),
    ],
)
def test_wrong_facts_are_refused_with_their_field(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as caught:
        register(**changes)
    assert caught.value.code == code


def test_a_person_registers_a_firm_but_no_office() -> None:
    person = public(uuid4())
    assert register_organisation(actor=person, facts=facts(), key="k1").number == CODE
    with pytest.raises(Problem) as caught:
        register_organisation(actor=person, facts=facts(kind="service_point", level="village", credit_code=""))
    assert caught.value.code == "people.no_post"


def test_a_firm_changes_how_it_is_reached_not_who_it_is() -> None:
    key = register()
    firm = public(uuid4(), acting_for_organisation=key)
    change_organisation(key, actor=firm, changes={"address": "新街1号", "headcount": 12}, version=1)
    with pytest.raises(Problem) as caught:
        change_organisation(key, actor=firm, changes={"name": "改名公司"})
    assert caught.value.code == "organisations.register_fact"
    with pytest.raises(Problem) as caught:
        change_organisation(key, actor=staff(region=COUNTY), changes={"name": "改名公司"}, version=1)
    assert caught.value.code == "organisations.changed_meanwhile"
    change_organisation(key, actor=staff(), changes={"name": "改名公司"})
    assert queries.organisation_by_id(key).pinyin == "gaiminggongsi"


@pytest.mark.parametrize(
    "changes", [{"credit_code": CODE}, {}, {"headcount": "x"}, {"name": "一"}, {"region_code": "5"}]
)
def test_wrong_changes_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Problem):
        change_organisation(register(), actor=staff(), changes=changes)


def test_a_clerk_of_another_township_cannot_change_or_close_it() -> None:
    key, stranger = register(), staff(region=TUXIANG)
    with pytest.raises(Problem) as caught:
        change_organisation(key, actor=stranger, changes={"address": "x"})
    assert caught.value.code == "organisations.not_found"
    with pytest.raises(Problem) as caught:
        close_organisation(key, actor=stranger, closed_on=date(2024, 1, 1), reason="x")
    assert caught.value.code == "organisations.not_found"
    with acting(stranger):
        assert sql("UPDATE organisations_organisation SET name = 'x' WHERE id = %s RETURNING id", key) == []
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Organisation.objects.create(
                kind="agency", name="假机构", pinyin="x", region_code=village(BAIDI), address=""
            )
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            sql("DELETE FROM organisations_organisation")
    with acting(staff()), pytest.raises(IntegrityError, match="信用代码"), transaction.atomic():
        sql("UPDATE organisations_organisation SET credit_code = 'x' WHERE id = %s", key)


def test_a_closed_firm_stays_closed() -> None:
    key, clerk = register(founded_on=date(2020, 1, 1)), staff(Function.HANDLER)
    for day, reason, code in (
        (date(2019, 1, 1), "注销", "organisations.closed_on"),
        (date(2024, 1, 1), " ", "organisations.reason"),
    ):
        with pytest.raises(Problem) as caught:
            close_organisation(key, actor=clerk, closed_on=day, reason=reason)
        assert caught.value.code == code
    close_organisation(key, actor=clerk, closed_on=date(2024, 1, 1), reason="市场监管注销")
    with pytest.raises(Problem) as caught:
        change_organisation(key, actor=clerk, changes={"address": "x"})
    assert caught.value.code == "organisations.closed"


def test_service_points_at_three_levels() -> None:
    for level, region in (("county", COUNTY), ("township", BAIDI), ("village", village())):
        register(kind="service_point", level=level, credit_code="", name=f"{level}服务点", region_code=region)
    assert [point.level for point in queries.service_points(COUNTY)] == ["county", "township", "village"]
    assert [point.level for point in queries.service_points(BAIDI, level="village")] == ["village"]
    nearest = {code: queries.service_point_of(code) for code in (village(), village(position=1), village(TUXIANG))}
    assert [point.level if point else "" for point in nearest.values()] == ["village", "township", "county"]


def test_pages_follow_each_other() -> None:
    for number in range(5):
        code = compose_credit_code(department="9", category="1", region="500236", serial=f"MA5U1{number:03d}").text
        register(credit_code=code, name=f"柑橘合作社{number}")
    first, more = queries.search("柑橘", limit=3)
    rest, end = queries.search("柑橘", limit=3, after=more, kind="employer", region=BAIDI)
    assert [card.name for card in (*first, *rest)] == [f"柑橘合作社{number}" for number in range(5)]
    assert end == ""
    with pytest.raises(Problem):
        queries.search("柑橘", after="x")
