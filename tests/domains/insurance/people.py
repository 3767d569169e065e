"""People and firms of the insurance tests: a resident with some years paid, a worker with months at a firm."""

from __future__ import annotations

from datetime import date
from itertools import count
from uuid import UUID

from tests.foundation.people.builders import BAIDI, fresh_number, make_person, village

from hrss.domains.insurance import services
from hrss.domains.insurance.models import ResidentPayment
from hrss.domains.insurance.services import Wage, accounts
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.scope import acting
from hrss.kernel.actor import system_actor
from hrss.kernel.credit_codes import compose_credit_code
from hrss.kernel.months import YearMonth

SYSTEM = system_actor("tests")
_SERIAL = count(1)


def resident(born: date, *, years: range = range(0), grade: int = 500, enrolled: date = date(2022, 1, 6)) -> UUID:
    """An enrolled resident who has paid the given years, each in March, at the subsidy of that grade today."""
    person = make_person("冉光菊", region=village(), number=fresh_number(born))
    services.enrol_resident(person.id, actor=SYSTEM, region_code=village(), grade_yuan=grade, on=enrolled)
    with acting(SYSTEM):
        for year in years:
            ResidentPayment.objects.create(
                person_id=person.id,
                region_code=village(),
                year=year,
                grade_yuan=grade,
                paid_fen=grade * 100,
                subsidy_fen=7000,
                paid_on=date(year, 3, 5),
            )
            accounts.credit(person.id, region_code=village(), payment=grade * 100, subsidy=7000, on=date(year, 3, 5))
    return person.id


def firm(name: str = "夔门制衣厂") -> UUID:
    """An employer."""
    code = compose_credit_code(department="9", category="1", region="999236", serial=f"B{next(_SERIAL):07d}").text
    with acting(SYSTEM):
        return Organisation.objects.create(
            kind="employer", name=name, pinyin="kui men", credit_code=code, region_code=BAIDI
        ).id


def insured(person_id: UUID, employer_id: UUID, first: YearMonth, months: int, *, wage: int = 500_000) -> None:
    """Declare some months for one worker."""
    for offset in range(months):
        month = first + offset
        services.declare_contributions(
            employer_id, [Wage(person_id, village(), wage)], actor=SYSTEM, month=month, on=month.last_day
        )
