"""Sessions and addresses for the load, made as a person would: signed in, past the desk, with a purpose chosen.

``python scenes.py OUT.json`` (settings of the product): inboxes of all officers of county and townships, searches by the
first two characters of a name, people with cases, closed cases. The rate limits stay as they are, so the load is spread
over all officers.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from hrss.foundation.identity.models import Account  # noqa: E402
from hrss.foundation.scope import acting  # noqa: E402
from hrss.kernel.actor import system_actor  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OFFICERS = """
SELECT a.id, p.region_code FROM access_post p JOIN identity_account a ON a.id = p.account_id
 WHERE p.ended_at IS NULL AND p.function IN ('handler', 'counter') AND p.line = '*'
   AND (SELECT count(*) FROM access_post q WHERE q.account_id = a.id AND q.ended_at IS NULL) = 1
 ORDER BY p.region_code, a.id"""
CASES = """
SELECT id, township FROM (
  SELECT c.id, c.township, row_number() OVER (PARTITION BY c.township ORDER BY c.submitted_at DESC) AS n
    FROM casework_case c WHERE c.state = 'archived' AND c.applicant_person_id IS NOT NULL) one WHERE n <= 30"""
PEOPLE = """
SELECT township, id, left(name, 2) FROM (
  SELECT p.township, p.id, p.name, row_number() OVER (PARTITION BY p.township ORDER BY p.id) AS n
    FROM people_person p JOIN casework_case c ON c.applicant_person_id = p.id
   WHERE p.merged_into_id IS NULL AND p.death_date IS NULL) one WHERE n % 20 = 1 AND n <= 600"""
PAGES = ("inbox", "search", "person", "case")
EACH = 4


def rows(statement: str) -> list[tuple[Any, ...]]:
    """Ask as the system, which sees everything."""
    with acting(system_actor("benchmarks.web")), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def signed_in(account: Account) -> str:
    """Give the cookies of an officer who has passed the desk and said why people are looked at."""
    client = Client()
    client.force_login(account, backend=BACKEND)
    client.get("/work/")
    client.get("/work/inbox/")  # a page with a form: the browser has the csrf cookie, as at the peer
    client.post("/work/people/purpose", {"purpose": "query"})
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items() if morsel.value)


def main(out: str) -> None:
    """Write the scenes: ``pages`` (path, number of the officer) and ``officers`` (account, cookies)."""
    cases, people = defaultdict(list), defaultdict(list)
    for case, township in rows(CASES):
        cases[township].append(case)
    for township, person, name in rows(PEOPLE):
        people[township].append((person, name))
    pages: dict[str, list[tuple[str, int]]] = {page: [] for page in PAGES}
    officers: list[tuple[str, str]] = []
    turn = 0
    for account_id, region in rows(OFFICERS):
        number = len(officers)
        officers.append((str(account_id), signed_in(Account.objects.get(id=account_id))))
        pages["inbox"].append(("/work/inbox/", number))
        for _ in range(EACH if cases[region] and people[region] else 0):
            person, name = people[region][turn % len(people[region])]
            pages["search"].append((f"/work/people/?text={quote(name)}", number))
            pages["person"].append((f"/work/people/{person}/", number))
            pages["case"].append((f"/work/cases/{cases[region][turn % len(cases[region])]}/", number))
            turn += 1
    Path(out).write_text(json.dumps({"pages": pages, "officers": officers}))
    print(f"{len(officers)} officers, {sum(map(len, pages.values()))} addresses")


if __name__ == "__main__":
    main(sys.argv[1])
