"""A pay run of N people, each step timed: snapshot and checks, three signatures, file with ledger, bank, answer, close.

``./hrss bench funds/bench_pay_run [LINES]`` (200,000 without). It starts a durable PostgreSQL of its own in a temporary
folder, loads synthetic people with sealed account numbers and takes their entitlements over, then pays them one month.
The bank is a process of its own; its time is told apart. Printed as JSON: seconds a step and the sum without the bank.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

PROJECT = Path(__file__).resolve().parents[2]
VILLAGE = "500236117001"
RETURNED = 200
STEPS: dict[str, float] = {}


@contextmanager
def timed(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    STEPS[name] = round(time.perf_counter() - began, 2)
    print(f"{name}: {STEPS[name]} s", flush=True)


def load_people(conninfo: str, count: int) -> list[UUID]:
    """People and their accounts by COPY, as the superuser of the throw-away server."""
    import psycopg  # noqa: PLC0415 - the settings' home must be known first

    from hrss.foundation.crypto import blind_index_many, ring_in_use, seal_many  # noqa: PLC0415
    from hrss.foundation.people.models.belongings import BANK_ACCOUNT  # noqa: PLC0415
    from hrss.kernel.identifiers import uuid7  # noqa: PLC0415

    ring, people = ring_in_use(), [uuid7() for _ in range(count)]
    numbers = [f"621700{n:013d}" for n in range(count)]
    ciphers = seal_many(numbers, people, ring=ring, field=BANK_ACCOUNT)
    indexes = blind_index_many(numbers, ring=ring, field=BANK_ACCOUNT)
    with psycopg.connect(conninfo) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hrss.kind', 'system', false)")
        with cursor.copy(
            "COPY people_person (id, region_code, residence_code, name, pinyin, sex, birth_date, nation, education,"
            " hukou, away_to, id_cipher, id_index, id_tail, version) FROM STDIN"
        ) as copy:
            for n, person in enumerate(people):
                born = f"{1945 + n % 20}-05-06"
                copy.write_row(
                    (person, VILLAGE, VILLAGE, f"收款人{n}", "x", 1, born, "汉族", "none", "rural", "", b"x",
                     n.to_bytes(16, "big"), "0000", 1)
                )  # fmt: skip
        with cursor.copy(
            "COPY people_bankaccount (id, person_id, region_code, bank, cipher, index, tail, holder, is_social_card,"
            " state, verified_at, since, usable_from, refusal) FROM STDIN"
        ) as copy:
            for n, person in enumerate(people):
                copy.write_row(
                    (uuid7(), person, VILLAGE, "重庆农村商业银行", ciphers[n], indexes[n], numbers[n][-4:],
                     f"收款人{n}", True, "active", "2020-01-01", "2020-01-01", "2020-01-01", "")
                )  # fmt: skip
    return people


def pay(folder: Path, people: list[UUID]) -> None:
    """Take the people over and pay them a month."""
    from tests.funds.conftest import fill, open_office  # noqa: PLC0415
    from tests.funds.payruns_office import bank_works, run_of, signed  # noqa: PLC0415
    from tests.funds.stock import FACTS, entitle, row  # noqa: PLC0415

    from hrss.funds.banking.simulator.books import Books  # noqa: PLC0415
    from hrss.funds.payruns.advancing import advance  # noqa: PLC0415
    from hrss.funds.payruns.services import open_run, send_run  # noqa: PLC0415
    from hrss.kernel.months import YearMonth  # noqa: PLC0415

    month, office = YearMonth(2026, 11), open_office()
    with timed("take over (before the run)"):
        rows = [row(p, first=month, facts=FACTS | {"account": 1_500_000 + n % 900_000}) for n, p in enumerate(people)]
        entitle(office, rows)
        fill(office, "resident_pension", expenditure=len(people) * 100_000)  # a run is paid from money that is there
    books = Books(folder)
    for n in range(RETURNED):
        books.set_answer(f"621700{n * 7:013d}", "closed_account")
    run_id = UUID(open_run(actor=office.accountant, group="test_pension", month=month).id)
    with timed("snapshot, checks, hash"):
        state = advance(run_id, folder=folder)
    assert state == "frozen", run_of(run_id).problem
    with timed("three signatures"):
        signed(office, run_id)
        send_run(run_id, actor=office.accountant, digest=run_of(run_id).digest)
    with timed("amounts again, ledger, file, sent"):
        state = advance(run_id, folder=folder)
    assert state == "sent", run_of(run_id).problem
    with timed("bank (not ours)"):
        bank_works(folder)
    with timed("answer, ledger, close"):
        state = advance(run_id, folder=folder)
    assert state == "closed", run_of(run_id).problem


def main() -> None:
    """Run once and print JSON."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    home_folder = Path(tempfile.mkdtemp(prefix="hrss-bench-"))
    home_folder.chmod(0o755)
    os.environ |= {"HRSS_HOME": str(home_folder), "DJANGO_SETTINGS_MODULE": "hrss.config.settings"}
    sys.path.insert(0, str(PROJECT))
    from hrss.config.database import prepare_embedded  # noqa: PLC0415 - reads the home
    from hrss.config.environment import Home  # noqa: PLC0415
    from hrss.config.postgres import Cluster  # noqa: PLC0415

    home = Home(home_folder)
    cluster = Cluster(home)
    cluster.start()
    try:
        prepare_embedded(home)
        migrate = [sys.executable, "-W", "ignore", "-m", "django", "migrate", "--database", "owner", "-v", "0"]
        subprocess.run(migrate, check=True)
        import django  # noqa: PLC0415

        django.setup()
        people = load_people(home.address("root").conninfo(), lines)
        pay(home_folder / "bank", people)
        ours = sum(value for name, value in STEPS.items() if "(" not in name)
        print(
            json.dumps({"lines": lines, "seconds": STEPS, "run without the bank": round(ours, 1)}, ensure_ascii=False)
        )
    finally:
        cluster.stop()
        shutil.rmtree(home_folder, ignore_errors=True)


if __name__ == "__main__":
    main()
