"""Packages: one form, several cases, the next begins when what it waits for is granted."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from tests.casework.conftest import Office, citizen
from tests.casework.test_flow import INTERNSHIP
from tests.casework.test_items import _county

from hrss.casework import jobs, queries, services
from hrss.casework.items.bundles import packages
from hrss.casework.models import Bundle, BundleMember, Case, Draft
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.problem import Problem, Problems

ROBOT = system_actor("casework.test")
FORM = {
    **INTERNSHIP,
    "wanted_place": "county",
    "pay_floor": 3000,
    "topic": "interview",
    "way": "phone",
}
PROMISE = {"identity": {"promise": True}}


@pytest.fixture
def graduate(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package of graduates, with the internship waiting for the job-seeker's registration."""
    package = packages("fengjie")["graduate"]
    members = [replace(one, after=("JY003",) if one.item == "JY048" else ()) for one in package.members]
    changed = replace(package, members=tuple(sorted(members, key=lambda one: bool(one.after))))
    module = import_module("hrss.casework.items.bundles")
    monkeypatch.setattr(module, "packages", lambda _pack: {"graduate": changed})


def members_of(bundle_id: UUID) -> dict[str, BundleMember]:
    with acting(ROBOT):
        return {one.item_code: one for one in BundleMember.objects.filter(bundle_id=bundle_id).select_related("case")}


def test_ten_packages_are_data() -> None:
    found = packages("fengjie")
    assert len(found) == 10
    assert {package.status for package in found.values()} == {"memory"}
    assert any(member.online for member in found["unemployment"].members)
    for package in found.values():
        position = {member.item: at for at, member in enumerate(package.members)}
        assert all(position[before] < position[member.item] for member in package.members for before in member.after)


def test_a_circle_or_an_unknown_item_is_named(tmp_path: Path) -> None:
    root = _county(tmp_path)
    path = root / "national" / "packages" / "card.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("{item: SK001}", "{item: SK001, after: [SK014]}"), encoding="utf-8")
    with pytest.raises(Problem) as circle:
        packages("fengjie", root)
    assert "互相等待" in str(next(iter(circle.value)))
    path.write_text(text.replace("SK016", "SK999"), encoding="utf-8")
    root2 = tmp_path / "packs"
    packages.cache_clear()
    with pytest.raises(Problems) as unknown:
        packages("fengjie", root2)
    assert any("SK999" in str(one) and "第 " in str(one) for one in unknown.value)
    packages.cache_clear()


def test_members_start_in_their_order(office: Office, person: UUID, graduate: None) -> None:
    me = citizen(person)
    outcome = services.start_package(
        "graduate", FORM, actor=me, materials=PROMISE, chosen=frozenset({"JY003", "JY048", "JY051"})
    )
    bundle_id = UUID(outcome.id)
    members = members_of(bundle_id)
    assert {code: one.state for code, one in members.items()} == {
        "JY003": "started",
        "JY048": "waiting",
        "JY051": "offline",
    }
    assert members["JY003"].case is not None
    assert members["JY003"].case.decision == "granted", "an automatic item is done at once"
    with acting(ROBOT):
        assert jobs.advance_package(bundle_id=str(bundle_id)) == 1
        assert jobs.advance_package(bundle_id=str(bundle_id)) == 0
    case = members_of(bundle_id)["JY048"].case
    assert case is not None
    assert (case.state, case.bundle_id) == ("submitted", bundle_id)
    assert case.data["wanted_job"] == FORM["wanted_job"]
    with acting(me):
        page = queries.bundle_page(bundle_id, actor=me)
    assert not page.is_settled
    assert [row.item_code for row in page.members if row.case_id] == ["JY003", "JY048"]


def test_a_member_that_lacks_something_becomes_a_draft(office: Office, person: UUID, graduate: None) -> None:
    form = {name: value for name, value in FORM.items() if name != "group"}
    outcome = services.start_package(
        "graduate", form, actor=citizen(person), materials=PROMISE, chosen=frozenset({"JY003", "JY048"})
    )
    bundle_id = UUID(outcome.id)
    with acting(ROBOT):
        assert jobs.advance_package(bundle_id=str(bundle_id)) == 0
        draft = Draft.objects.get(submitted_case=None)
    assert members_of(bundle_id)["JY048"].state == "ask"
    me = citizen(person)
    services.save_draft("JY048", {**draft.data, "group": "youth"}, actor=me, draft_id=draft.id)
    services.submit(draft.id, actor=me)
    member = members_of(bundle_id)["JY048"]
    assert member.state == "started"
    assert member.case is not None
    assert member.case.bundle_id == bundle_id


def test_a_wrong_form_starts_nothing(office: Office, person: UUID, graduate: None) -> None:
    with pytest.raises(Problems):
        services.start_package("graduate", {"phone": "12"}, actor=citizen(person), materials=PROMISE)
    with acting(ROBOT):
        assert (Bundle.objects.count(), Case.objects.count()) == (0, 0)
    with pytest.raises(Problem) as unknown:
        services.start_package("nothing", {}, actor=citizen(person))
    assert unknown.value.status == 404
