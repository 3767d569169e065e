"""People and firms of the insurance tests: a resident with some years paid, a worker with months at a firm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.test.utils import override_settings
from tests.foundation.people.builders import BAIDI, fresh_number, make_person, village

from hrss.domains.insurance import services
from hrss.domains.insurance.models import Contribution, ResidentPayment
from hrss.domains.insurance.services import accounts
from hrss.domains.insurance.services.declare_contributions import assess
from hrss.foundation.organisations.models import Organisation
from hrss.foundation.scope import acting
from hrss.funds.banking.simulator.channel import ChannelServer
from hrss.funds.ledger.chart import open_books
from hrss.kernel.actor import Actor, system_actor
from hrss.kernel.credit_codes import compose_credit_code
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome

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
    """Put some months of one worker on record, with the amounts the rules assess for each."""
    rows = []
    for month in (first + offset for offset in range(months)):
        found = {name: int(column[0]) for name, column in assess([wage], month).items()}
        rows.append(
            Contribution(
                person_id=person_id,
                employer_id=employer_id,
                region_code=village(),
                year=month.year,
                month=month.month,
                base_fen=found["base"],
                pension_employer_fen=found["pe"],
                pension_employee_fen=found["pp"],
                unemployment_employer_fen=found["ue"],
                unemployment_employee_fen=found["up"],
                injury_employer_fen=found["ie"],
            )
        )
    with acting(SYSTEM):
        Contribution.objects.bulk_create(rows)


def paid(person_id: UUID, actor: Actor, grade: int, on: date) -> Outcome:
    """Bill and pay what is due, through the channel that is served."""
    bill = services.bill_resident(person_id, actor=actor, grade_yuan=grade, on=on)
    return services.pay_resident(person_id, actor=actor, bill_id=UUID(bill.id), grade_yuan=grade, on=on)


@contextmanager
def payment_channel(folder: Path) -> Iterator[Path]:
    """The bank's payment channel in this process; the books are open."""
    open_books(settings.HRSS_PACKS, actor=SYSTEM)
    server = ChannelServer(folder)
    server.start()
    with override_settings(HRSS_BANK=folder):
        yield folder
    server.shutdown()
    server.server_close()
