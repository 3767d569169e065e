"""The cases of today: two dozen applications that go through the real verbs, as applicants and clerks would do it.

They stand in every open state, so that the inboxes are alive on the first look. It refuses nothing itself: what the
services refuse is a fault of the county and comes out as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np

from hrss.casework import services
from hrss.demo import personas
from hrss.demo.county import County
from hrss.demo.labour import LAND, NONE
from hrss.demo.logins import public_people
from hrss.demo.population import age_in_years
from hrss.foundation.access.actors import actor_of
from hrss.foundation.identity.models import Account
from hrss.kernel.actor import Actor

JOB_SEEKING, ADVICE, HELP, UNPAID, UNEMPLOYMENT = "JY003", "JY007", "ZH013", "LD014", "JY010"
TOWNSHIPS: Final = (personas.HOME_TOWNSHIP, personas.OTHER_TOWNSHIP, "永安街道", "夔州街道", "公平镇")


@dataclass(frozen=True, slots=True)
class Scene:
    """One application: the item, the form (without the phone) and what is done to it afterwards."""

    item: str
    form: dict[str, Any]
    then: Callable[[Play, UUID, Applicant], None]


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody of the public with an account: where they live, how they are reached, who serves them."""

    actor: Actor
    phone: str
    village: str
    stem: str


class Play:
    """The clerks of the townships, found by login."""

    def clerk(self, applicant: Applicant, function: str) -> Actor:
        """Give the clerk of the applicant's township."""
        return self.by_login(f"{applicant.stem}.{function}")

    def by_login(self, login: str) -> Actor:
        """Give the actor of a login, with a purpose as the workbench sets it."""
        return actor_of(Account.objects.get(username=login), channel="workbench", purpose="case")


def play(county: County) -> int:
    """Act all scenes in turn; gives how many cases came of it."""
    stage = Play()
    scenes = _scenes(county)
    count = 0
    for applicant, scene in zip(_applicants(county, len(scenes)), scenes, strict=False):
        form = scene.form | {"phone": applicant.phone}
        if scene.item == UNEMPLOYMENT:
            form |= {"residence": applicant.village}
        outcome = services.apply(scene.item, form, actor=applicant.actor, materials=_promised(scene))
        scene.then(stage, UUID(outcome.id), applicant)
        count += 1
    return count


def _promised(scene: Scene) -> dict[str, Any]:
    """Every proof that may be promised is: the other departments do not answer while the county is loaded."""
    materials: dict[str, Any] = {} if scene.item == HELP else {"identity": {"promise": True}}
    return materials | ({"leave_proof": {"promise": True}} if scene.form.get("situation") == "left_unit" else {})


def _applicants(county: County, count: int) -> Iterator[Applicant]:
    """People with an account who live at home in the townships of the demonstration and play no other part."""
    persons, villages = county["persons"], county["villages"]
    age = age_in_years(county)
    free = np.isin(persons["work"].to_numpy(), (NONE, LAND)) & (age > 20) & (age < 49) & ~personas.is_cast(county)
    free &= (persons["death"].to_numpy() < 0) & (persons["away"].to_numpy() < 0)
    free[county.column("registrations", "person")] = False
    staffed = set(persons["household"].gather(county["staff"]["person"]).to_list())
    chosen = [one for one in public_people(county).tolist() if free[one] and persons["household"][one] not in staffed]
    names = county["townships"]["name"].to_list()
    order = {names.index(name): turn for turn, name in enumerate(TOWNSHIPS)}
    township = villages["township"].gather(persons["lives_in"].gather(chosen)).to_list()
    ranked = sorted(zip(chosen, township, strict=True), key=lambda one: (order.get(one[1], 99), one[0]))
    for position, place in ranked[:count]:
        account = Account.objects.get(person_id=UUID(hex=persons["id"][position]), kind="public")
        yield Applicant(
            actor_of(account, channel="portal"),
            persons["phone"][position],
            villages["code"][persons["lives_in"][position]],
            county["townships"]["stem"][place],
        )


# What is done -------------------------------------------------------------------------------------------------------


def _wait(stage: Play, case: UUID, applicant: Applicant) -> None:
    """Nothing: it lies in the inbox."""


def _taken(stage: Play, case: UUID, applicant: Applicant) -> None:
    services.claim(case, actor=stage.clerk(applicant, "handler1"))


def _accepted(stage: Play, case: UUID, applicant: Applicant) -> None:
    services.accept(case, actor=stage.clerk(applicant, "handler1"))


def _advised(stage: Play, case: UUID, applicant: Applicant) -> None:
    facts = {"advice": "先学一门手艺，已经推荐了下个月的育婴员班"}
    services.settle_at_once(case, actor=stage.clerk(applicant, "counter1"), facts=facts)


def _rated(stage: Play, case: UUID, applicant: Applicant) -> None:
    _advised(stage, case, applicant)
    services.rate(case, 5, actor=applicant.actor, comment="办得很快，没有跑路")


def _sent_back(stage: Play, case: UUID, applicant: Applicant) -> None:
    points = [{"field": "phone", "text": "电话打不通，请核对后重新填写"}]
    services.notify_correction(case, points, actor=stage.clerk(applicant, "counter1"))


def _withdrawn(stage: Play, case: UUID, applicant: Applicant) -> None:
    services.withdraw(case, actor=applicant.actor, reason="已经找到工作了")


def _not_accepted(stage: Play, case: UUID, applicant: Applicant) -> None:
    reasons = "不是在本县发生的事，请向工作地的人社部门反映"
    services.refuse_acceptance(case, reasons, actor=stage.clerk(applicant, "counter1"))


def _paused(stage: Play, case: UUID, applicant: Applicant) -> None:
    _accepted(stage, case, applicant)
    services.suspend(case, reason="等待核查工地考勤", kind="inspection", actor=stage.clerk(applicant, "handler1"))


def _checked(stage: Play, case: UUID, applicant: Applicant) -> None:
    _accepted(stage, case, applicant)
    facts = {"outcome": "paid", "paid": 12_600}
    services.handle(case, opinion="已联系用人单位，情况属实", facts=facts, actor=stage.clerk(applicant, "handler1"))


def _paid(stage: Play, case: UUID, applicant: Applicant) -> None:
    _checked(stage, case, applicant)
    services.decide(case, granted=True, actor=stage.by_login("xian.labour.reviewer1"))


def _scenes(county: County) -> list[Scene]:
    today = county.request.today
    lost = {
        "situation": "left_unit", "leave_date": (today - timedelta(days=9)).isoformat(), "leave_reason": "expired",
        "last_employer": "外县务工单位", "willing": True,
    }  # fmt: skip
    idle = {"situation": "other", "wanted_job": "超市营业员", "willing": True}
    owed = {
        "who_owes": "某建筑劳务班组", "place": "县城某工地", "owed": 12_600, "people": 6,
        "since": (today - timedelta(days=75)).isoformat(), "story": "做完了活，工钱一直没有给", "evidence": False,
    }  # fmt: skip
    advice = {"topic": "training", "way": "phone"}
    visit = {"matter": "老人行动不便，想登记求职", "way": "agent", "day": (today + timedelta(days=2)).isoformat()}
    seeking = {"wanted_job": "家政", "wanted_place": "county", "pay_floor": 3500}
    one = [
        Scene(UNEMPLOYMENT, lost, _wait), Scene(UNEMPLOYMENT, lost, _taken), Scene(UNEMPLOYMENT, idle, _accepted),
        Scene(UNEMPLOYMENT, idle, _sent_back), Scene(UNEMPLOYMENT, idle, _withdrawn), Scene(UNPAID, owed, _wait),
        Scene(UNPAID, owed, _not_accepted), Scene(UNPAID, owed, _paused), Scene(UNPAID, owed, _checked),
        Scene(UNPAID, owed, _paid), Scene(ADVICE, advice, _wait), Scene(ADVICE, advice, _advised),
        Scene(ADVICE, advice, _rated), Scene(HELP, visit, _wait), Scene(JOB_SEEKING, seeking, _wait),
    ]  # fmt: skip
    return [*one, Scene(UNEMPLOYMENT, idle, _wait), *one[:3], one[5], one[10], *one[12:15]]
