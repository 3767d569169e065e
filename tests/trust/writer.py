"""A writer for the kill rounds: applies again and again, keeps every acknowledged case on disk before the next one."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import django

django.setup()

from django.db import DatabaseError, InterfaceError, connections  # noqa: E402 - after setup
from tests.foundation.people.builders import fresh_number, make_person, village  # noqa: E402
from tests.trust.answers import answers_for  # noqa: E402

from hrss.casework.services import apply  # noqa: E402
from hrss.kernel.actor import Actor, ActorKind  # noqa: E402


def main(acknowledged: Path, code: str, number: int) -> None:
    person = make_person("王春花", region=village(), number=fresh_number(date(1970 + number, 5, 20)))
    actor = Actor(ActorKind.PUBLIC, account=person.id, person=person.id, name="王春花", purpose="self")
    turn, data = 0, answers_for(code)
    with acknowledged.open("a", buffering=1) as log:
        while True:
            turn += 1
            try:
                done = apply(code, data, actor=actor, key=f"{os.getpid()}-{turn}")
                log.write(f"{done.id}\n")
            except (DatabaseError, InterfaceError):
                connections["default"].close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
