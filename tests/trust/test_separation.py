"""Separation of duty: no two people, no second account, merged record, outsider or wrong order moves money."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.funds.conftest import Office, make_staff, open_office
from tests.trust.separation.identities import Identity, outsiders, two_humans
from tests.trust.separation.subjects import Subject, subjects
from tests.trust.separation.trying import REFUSED, attempt, undone


@pytest.fixture
def office(db: None) -> Office:
    return open_office()


def chains(subject: Subject, pools: list[list[Identity]]) -> Iterator[tuple[str, ...]]:
    """Walk every chain of signers as a tree; give those that went through."""

    def go(handle: Any, place: int, chain: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for identity in pools[place]:
            with undone():
                given = attempt(lambda one=identity: subject.steps[place](handle, one.actor))
                if given is REFUSED:
                    continue
                named, handed = (*chain, identity.title), given if place == 0 else handle
                if place < 2:
                    yield from go(handed, place + 1, named)
                elif subject.through(handed):
                    yield named

    yield from go(None, 0, ())


def test_no_two_people_under_six_names(office: Office, tmp_path: Path) -> None:
    """6 × 6 × 6 chains on every subject: never three natural persons among them."""
    pool = two_humans()
    tried = {subject.name: list(chains(subject, [pool] * 3)) for subject in subjects(office, tmp_path)}
    assert len(tried) * len(pool) ** 3 >= 1_500
    assert [name for name, chains_through in tried.items() if chains_through] == []


def test_nobody_without_the_post_signs_any_step(office: Office, tmp_path: Path) -> None:
    """Each outsider in each step, beside two who may; and the office itself goes through, so the way is open."""
    strangers = outsiders()
    right = [[Identity(actor.name, actor.name, actor)] for actor in office.three]
    for subject in subjects(office, tmp_path):
        assert len(list(chains(subject, right))) == 1, subject.name
        for place in range(3):
            pools = [strangers if place == here else right[here] for here in range(3)]
            assert list(chains(subject, pools)) == [], subject.name


def test_no_grade_signs_above_itself(office: Office, tmp_path: Path) -> None:
    first, second = make_staff("一级", grade=1), make_staff("二级", grade=2)
    low = [Identity("一级", "一", first), Identity("二级", "二", second)]
    right = [[Identity(actor.name, actor.name, actor)] for actor in office.three]
    for subject in subjects(office, tmp_path):
        assert list(chains(subject, [right[0], low[:1], right[2]])) == []
        assert list(chains(subject, [right[0], right[1], low])) == []


def test_no_step_out_of_turn(office: Office, tmp_path: Path) -> None:
    """Skipped, repeated or backwards: the order is 经办, 复核, 审批."""
    for subject in subjects(office, tmp_path):
        for order in itertools.product(range(3), repeat=3):
            if order == (0, 1, 2) or order[0] != 0:
                continue
            with undone():
                handle = attempt(lambda one=subject: one.make(office.accountant))
                refused = [
                    attempt(lambda one=subject, n=place, h=handle: one.steps[n](h, office.three[n])) is REFUSED
                    for place in order[1:]
                    if place
                ]
                assert not all(order[1:]) or any(refused), (subject.name, order)
