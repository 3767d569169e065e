"""A delegate may apply only for what the delegation names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.casework.conftest import citizen, make_person

from hrss.casework import services
from hrss.kernel.problem import Problem

INTERNSHIP = {"group": "youth", "wanted_job": "电工学徒", "phone": "10012345678"}


@pytest.mark.parametrize(("scopes", "allowed"), [({"JY048"}, True), ({"*"}, True), ({"JY010", "JY003"}, False)])
def test_a_delegate_may_do_what_the_delegation_names(county: None, scopes: set[str], allowed: bool) -> None:
    parent, child = make_person("冉大明"), make_person("冉小明")
    actor = replace(citizen(child), acting_for_person=parent, scopes=frozenset(scopes), purpose="delegate")
    if allowed:
        assert services.save_draft("JY048", INTERNSHIP, actor=actor).kind == "draft"
        return
    with pytest.raises(Problem) as caught:
        services.save_draft("JY048", INTERNSHIP, actor=actor)
    assert (caught.value.code, caught.value.status) == ("access.not_delegated", 403)
