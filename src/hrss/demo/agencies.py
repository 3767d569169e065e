"""What the other departments have on their registers: households, deaths, cremations, low incomes, firms.

They know what the county knows, and a little more: some who died are not yet reported to us. Written into the files
from which the simulated departments answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl
from django.conf import settings

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.employers import AGENCY, POINT
from hrss.demo.guide import new_firms
from hrss.demo.identifiers import as_date
from hrss.demo.personas import is_cast, person_of
from hrss.demo.population import age_in_years
from hrss.demo.tables.people import addresses, membership
from hrss.exchange.simulators import data
from hrss.exchange.simulators.fleet import register_path

Row = tuple[str, dict[str, Any]]
UNREPORTED_DEATHS: Final = 60
LOW_INCOME_HOUSEHOLDS: Final = 0.045
CREMATED: Final = 0.72


def write(county: County) -> dict[str, int]:
    """Write all registers anew; gives the number of rows of each."""
    folder = Path(settings.HRSS_AGENCIES)
    folder.mkdir(parents=True, exist_ok=True)
    registers = {
        "police.household": _households,
        "police.death": _deaths,
        "police.photo_hash": _photos,
        "civil.cremation": _cremations,
        "civil.low_income": _low_incomes,
        "market.firm_status": _firms,
        "market.legal_representative": _legal_representatives,
    }
    for agency in {kind.split(".")[0] for kind in registers}:
        register_path(folder, agency).unlink(missing_ok=True)
    return {
        kind: data.write(kind, rows(county), register_path(folder, kind.split(".")[0]))
        for kind, rows in registers.items()
    }


def _households(county: County) -> Iterator[Row]:
    joined, persons = membership(county), county["persons"]
    address, household_ids = addresses(county).to_list(), county["households"]["id"].to_list()
    rows = zip(
        persons["id_number"].to_list(), persons["name"].to_list(), persons["household"].to_list(),
        joined["relation"].to_list(), joined["since"].to_list(), persons["urban"].to_list(), persons["death"].to_list(),
        strict=True,
    )  # fmt: skip
    family: list[tuple[str, bool, dict[str, str]]] = []
    current = -1
    for number, name, household, relation, since, urban, death in rows:
        if household != current:
            yield from _family(family, current, address, household_ids)
            family, current = [], household
        if death < 0:
            member = {"id_number": number, "name": name, "relation": relation, "since": as_date(since).isoformat()}
            family.append((number, urban, member))
    yield from _family(family, current, address, household_ids)


def _family(
    family: list[tuple[str, bool, dict[str, str]]], household: int, address: list[str], ids: list[str]
) -> Iterator[Row]:
    members = [member for _, _, member in family]
    for number, urban, _ in family:
        yield (
            number,
            {
                "household_no": ids[household][:12].upper(),
                "address": f"重庆市奉节县{address[household]}",
                "hukou": "urban" if urban else "rural",
                "members": members,
            },
        )


def deaths_known_to_police(county: County) -> draws.Ints:
    """Give the day of death of everyone as the police have it (-1 alive): ours, and some not yet reported to us."""
    rng = county.rng("agencies", "deaths")
    death = county.column("persons", "death").copy()
    old = (age_in_years(county) > 72) & (death < 0) & ~is_cast(county)
    count = min(county.request.scaled(UNREPORTED_DEATHS, least=2), int(old.sum()))
    chosen = draws.take(rng, np.arange(len(death)), old.astype(np.float64), count)
    death[chosen] = county.today - rng.integers(4, 60, count)
    return death


def _deaths(county: County) -> Iterator[Row]:
    death = deaths_known_to_police(county)
    numbers = county["persons"]["id_number"]
    for turn, position in enumerate(np.flatnonzero(death >= 0).tolist(), start=1):
        certificate = f"{as_date(death[position]):%Y}500236{turn:07d}"
        yield numbers[position], {"died_on": as_date(death[position]).isoformat(), "certificate_no": certificate}


def _photos(county: County) -> Iterator[Row]:
    rng = county.rng("agencies", "photos")
    grown = np.flatnonzero((age_in_years(county) >= 16) & (county.column("persons", "death") < 0))
    hashes = draws.hex_text(rng.integers(0, 256, (len(grown), 32), dtype=np.uint8)).to_list()
    taken = (county.today - rng.integers(30, 3000, len(grown))).tolist()
    numbers = county["persons"]["id_number"].gather(grown).to_list()
    for number, text, day in zip(numbers, hashes, taken, strict=True):
        yield number, {"algorithm": "sm3", "hash": text, "taken_on": as_date(day).isoformat()}


def _cremations(county: County) -> Iterator[Row]:
    rng = county.rng("agencies", "cremations")
    death = deaths_known_to_police(county)
    numbers = county["persons"]["id_number"]
    for turn, position in enumerate(
        np.flatnonzero((death >= 0) & (rng.random(len(death)) < CREMATED)).tolist(), start=1
    ):
        day = min(int(death[position]) + 3, county.today)
        fields = {"cremated_on": as_date(day).isoformat(), "place": "奉节县殡仪馆", "certificate_no": f"HH{turn:08d}"}
        yield numbers[position], fields


def _low_incomes(county: County) -> Iterator[Row]:
    """Whole families, and everyone recognised as hard to employ for this reason."""
    rng = county.rng("agencies", "low income")
    persons = county["persons"]
    poor = rng.random(len(county["households"])) < LOW_INCOME_HOUSEHOLDS * np.where(
        county.column("households", "urban"), 0.6, 1.2
    )
    recognised = county["hardship"].filter(pl.col("category") == "low_income", pl.col("until") < 0)["person"]
    poor[persons["household"].gather(recognised).to_numpy()] = True
    listed = np.flatnonzero(poor[persons["household"].to_numpy()] & (persons["death"].to_numpy() < 0))
    kind = np.array(("minimum_living", "destitute", "low_income"), dtype=object)[
        draws.choose(rng, (70, 8, 22), len(poor))
    ]
    since = county.today - rng.integers(60, 2200, len(poor))
    numbers, households = persons["id_number"].gather(listed).to_list(), persons["household"].gather(listed).to_list()
    for number, household in zip(numbers, households, strict=True):
        yield number, {"category": kind[household], "since": as_date(since[household]).isoformat(), "until": None}


def _firms(county: County) -> Iterator[Row]:
    frame, names = county["organisations"], county["persons"]["name"]
    for row in frame.filter(~pl.col("kind").is_in([AGENCY, POINT])).iter_rows(named=True):
        closed = row["closed"]
        yield (
            row["credit_code"],
            {
                "name": row["name"],
                "status": "operating" if closed < 0 else "cancelled",
                "legal_person": names[row["head"]],
                "registered_on": as_date(row["founded"]).isoformat(),
                "closed_on": None if closed < 0 else as_date(closed).isoformat(),
            },
        )
    for unknown in new_firms(county):
        yield (
            unknown["credit_code"],
            {
                "name": unknown["name"],
                "status": "operating",
                "legal_person": names[person_of(county, unknown["head"])],
                "registered_on": as_date(county.today - unknown["registered_days_ago"]).isoformat(),
                "closed_on": None,
            },
        )


def _legal_representatives(county: County) -> Iterator[Row]:
    """Who represents which firm, by id number: two of one name are two people to the register."""
    frame, numbers = county["organisations"], county["persons"]["id_number"]
    firms: dict[str, list[dict[str, str]]] = defaultdict(list)
    represented = frame.filter(~pl.col("kind").is_in([AGENCY, POINT]), pl.col("closed") < 0)
    for row in represented.iter_rows(named=True):
        firms[numbers[row["head"]]].append({"credit_code": row["credit_code"], "name": row["name"]})
    for unknown in new_firms(county):
        head = numbers[person_of(county, unknown["head"])]
        firms[head].append({"credit_code": unknown["credit_code"], "name": unknown["name"]})
    for number, all_of_them in firms.items():
        yield number, {"firms": all_of_them}
