"""Twenty thousand submissions of 2,500 keys, eight at once: one effect each, the same answer to all."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest
from django.db import connection, connections
from tests.foundation.people.builders import load_county, make_person, village

from hrss.domains.employment.models import ServiceOffer
from hrss.domains.employment.services import offer_service
from hrss.foundation.audit.models import Event
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor

KEYS, TIMES, AT_ONCE = 2_500, 8, 8
SYSTEM = system_actor("tests")


def submit_all(keys: list[int], person_id: UUID, region: str) -> list[tuple[int, str]]:
    try:
        return [
            (
                key,
                offer_service(
                    person_id,
                    actor=SYSTEM,
                    region_code=region,
                    kind="job",
                    text=f"岗位 {key}",
                    on=date(2026, 3, 2),
                    key=f"duplicate-{key}",
                ).id,
            )
            for key in keys
        ]
    finally:
        connections["default"].close()


@pytest.mark.slow
def test_each_key_has_one_effect_whoever_comes_first(real_db: str) -> None:
    load_county()
    person, region = make_person("王春花", region=village()), village()
    tries = [key for key in range(KEYS) for _ in range(TIMES)]
    random.Random(20260302).shuffle(tries)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = pool.map(lambda n: submit_all(tries[n::AT_ONCE], person.id, region), range(AT_ONCE))
        answers = [pair for part in parts for pair in part]
    assert len(answers) == KEYS * TIMES == 20_000
    by_key: dict[int, set[str]] = {}
    for key, answer in answers:
        by_key.setdefault(key, set()).add(answer)
    assert all(len(given) == 1 for given in by_key.values())
    connection.close()
    with acting(SYSTEM):
        assert ServiceOffer.objects.filter(person=person).count() == KEYS
        assert Event.objects.filter(action="employment.offer_service").count() == KEYS
