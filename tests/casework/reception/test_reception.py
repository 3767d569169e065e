"""Tickets and sittings: one number each, one sitting a clerk, one person a sitting, empty at the end."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from tests.casework.conftest import OTHER_TOWN, TOWN, make_firm, make_person, prepare_county, staff

from hrss.casework.reception import queries, services
from hrss.casework.reception.models import Sitting, Ticket
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.scope import acting
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.problem import Problem

KIOSK = system_actor("kiosk")


@pytest.fixture
def clerk(county: None) -> Actor:
    return staff("counter")


def take(*, priority: bool = False, region: str = TOWN) -> str:
    return services.take_ticket(actor=KIOSK, region_code=region, topic="就业", priority=priority).number


def sitting_of(actor: Actor) -> Sitting | None:
    with acting(actor):
        return queries.sitting_of(actor)


def test_numbers_go_up_and_priority_is_called_first(clerk: Actor) -> None:
    assert [take(), take(), take(priority=True)] == ["A001", "A002", "Y003"]
    called = [services.call_next(actor=clerk, region_code=TOWN, window="1").number for _ in range(3)]
    assert called == ["Y003", "A001", "A002"]
    with pytest.raises(Problem, match="没有人在等候"):
        services.call_next(actor=clerk, region_code=TOWN, window="1")


def test_each_service_point_counts_by_itself(clerk: Actor) -> None:
    assert take() == "A001"
    assert take(region=OTHER_TOWN) == "A001"
    with acting(clerk):
        assert queries.queue(OTHER_TOWN, day=timezone.localdate()).waiting == 0, "another township's queue is not seen"


def test_a_ticket_nobody_came_for_is_passed_over_once(clerk: Actor) -> None:
    take()
    ticket = UUID(services.call_next(actor=clerk, region_code=TOWN, window="1").id)
    services.miss_ticket(ticket, actor=clerk)
    with pytest.raises(Problem) as caught:
        services.miss_ticket(ticket, actor=clerk)
    assert caught.value.code == "reception.not_called"


def test_one_sitting_a_clerk(clerk: Actor) -> None:
    services.begin_sitting(actor=clerk, region_code=TOWN, window="1")
    with pytest.raises(Problem) as caught:
        services.begin_sitting(actor=clerk, region_code=TOWN, window="2")
    assert caught.value.code == "reception.sitting_open"
    services.end_sitting(actor=clerk)
    assert services.end_sitting(actor=clerk).id == "", "ending twice is the same as once"
    services.begin_sitting(actor=clerk, region_code=TOWN, window="2")


def test_without_a_sitting_nobody_is_identified_or_mirrored(clerk: Actor) -> None:
    for call in (
        lambda: services.identify(actor=clerk, id_number="999236198407211784"),
        lambda: services.identify_firm(actor=clerk, credit_code="91999236A27552043L"),
        lambda: services.mirror(actor=clerk, screen={"title": "x"}),
    ):
        with pytest.raises(Problem) as caught:
            call()
        assert caught.value.code == "reception.no_sitting"


def test_a_firm_is_identified_and_then_nobody_else(clerk: Actor) -> None:
    firm = make_firm()
    with acting(KIOSK):
        code = Organisation.objects.get(id=firm).credit_code or ""
    services.begin_sitting(actor=clerk, region_code=TOWN, window="1")
    services.identify_firm(actor=clerk, credit_code=code.lower())
    sitting = sitting_of(clerk)
    assert sitting is not None
    assert sitting.organisation_id == firm
    with pytest.raises(Problem) as caught:
        services.identify_firm(actor=clerk, credit_code=code)
    assert caught.value.code == "reception.somebody_else"


def test_an_unknown_firm_is_told_so(clerk: Actor) -> None:
    services.begin_sitting(actor=clerk, region_code=TOWN, window="1")
    with pytest.raises(Problem) as caught:
        services.identify_firm(actor=clerk, credit_code="91999236A27552043L")
    assert (caught.value.code, caught.value.status) == ("reception.unknown_firm", 404)


def test_the_screen_takes_text_only_and_is_empty_at_the_end(clerk: Actor) -> None:
    services.begin_sitting(actor=clerk, region_code=TOWN, window="1")
    services.mirror(actor=clerk, screen={"title": "请核对" * 40, "rows": [["电话", 10012345678]] * 99, "html": "<b>"})
    sitting = sitting_of(clerk)
    assert sitting is not None
    assert set(sitting.screen) == {"title", "rows"}
    assert len(sitting.screen["title"]) == 60
    assert len(sitting.screen["rows"]) == 60
    assert sitting.screen["rows"][0] == ["电话", "10012345678"]
    services.end_sitting(actor=clerk)
    with acting(clerk):
        assert Sitting.objects.get(id=sitting.id).screen == {}


def test_the_database_refuses_an_ended_sitting_that_still_shows_something(clerk: Actor) -> None:
    services.begin_sitting(actor=clerk, region_code=TOWN, window="1")
    with acting(clerk), pytest.raises(IntegrityError, match="reception_ended_is_empty"), transaction.atomic():
        Sitting.objects.update(ended_at=timezone.now(), screen={"title": "x"})


def test_a_sitting_of_another_township_is_not_seen(clerk: Actor) -> None:
    services.begin_sitting(actor=clerk, region_code=TOWN, window="1")
    with acting(staff("counter", region=OTHER_TOWN)):
        assert not Sitting.objects.exists()


def test_only_staff_have_a_sitting(county: None) -> None:
    make_person()
    with pytest.raises(Problem) as caught:
        services.begin_sitting(actor=KIOSK, region_code=TOWN, window="1")
    assert caught.value.status == 401


@pytest.fixture
def committed(real_db: str) -> Iterator[None]:
    prepare_county()
    yield


def test_two_windows_never_call_the_same_ticket_and_two_machines_never_give_one_number(committed: None) -> None:
    numbers = [take() for _ in range(2)]
    clerks = [staff("counter"), staff("counter")]
    gate = Barrier(4)
    called: list[str] = []
    taken: list[str] = []

    def call(actor: Actor, window: str) -> None:
        gate.wait()
        called.append(services.call_next(actor=actor, region_code=TOWN, window=window).number)
        connections.close_all()

    def another() -> None:
        gate.wait()
        taken.append(take())
        connections.close_all()

    threads = [Thread(target=call, args=(one, str(place))) for place, one in enumerate(clerks)]
    threads += [Thread(target=another) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(called)) == 2
    assert len({*numbers, *taken}) == 4
    with acting(KIOSK):
        assert Ticket.objects.count() == 4
