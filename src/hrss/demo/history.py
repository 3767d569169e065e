"""The cases of five years: every registration, recognition and hiring was once applied for, handled and decided.

A case goes the way its item declares, step by step, in the posts the item names, by three different people of the
place. Beside what was granted there is what was refused, withdrawn or ended, and what is open today.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from django.conf import settings

from hrss.casework.items.definition import ItemDefinition
from hrss.casework.items.packs import load_pack
from hrss.casework.items.vocabulary import State
from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.labour import LAND, NONE
from hrss.demo.personas import is_cast
from hrss.demo.population import age_in_years
from hrss.demo.spells import START
from hrss.demo.walking import HOUR, walk

UNEMPLOYMENT, HARDSHIP, FAMILY, HIRING = "JY010", "JY018", "JY019", "JY012"
PENSION, BENEFIT = "SB029", "SB068"
ITEMS: Final = (UNEMPLOYMENT, HARDSHIP, FAMILY, HIRING, PENSION, BENEFIT)
# Each register whose rows came from cases: the item, the frame, the longest days from application to decision.
GRANTED: Final = (
    (UNEMPLOYMENT, "registrations", 0),
    (HARDSHIP, "hardship", 9),
    (FAMILY, "families", 4),
    (PENSION, "pension_claims", 4),
    (BENEFIT, "unemployment_claims", 4),
)
CHANNELS: Final = (("portal", 0.46), ("counter", 0.42), ("village", 0.12))
OPEN_AT_SCALE_ONE: Final = 420
ENDS: Final = (("refused", 0.016), (State.REJECTED, 0.008), (State.WITHDRAWN, 0.013), (State.TERMINATED, 0.003))


def items() -> dict[str, ItemDefinition]:
    """Give the definitions of the items that have a history."""
    pack = load_pack(settings.HRSS_COUNTY_PACK)
    return {code: pack.items[code] for code in ITEMS}


def build(county: County) -> None:
    """Add the frames ``cases`` and ``actions``; tell registrations and recognitions which case led to them."""
    cases = pl.concat([*_granted(county), _ended_otherwise(county), _open_today(county)], how="diagonal_relaxed")
    cases = _with_place(county, cases).sort("submitted", maintain_order=True)
    cases, actions = walk(county, cases, items())
    kept = cases["kept"].to_numpy()
    position = np.cumsum(kept) - 1
    cases = cases.filter(pl.col("kept")).drop("kept")
    rng = county.rng("history", "ids")
    county["cases"] = cases.with_columns(id=draws.uuids(rng, cases["submitted"].to_numpy()))
    actions = actions.filter(pl.Series(kept)[actions["case"]])
    county["actions"] = actions.with_columns(case=pl.Series(position[actions["case"].to_numpy()]))
    _link_registers(county)


# What was applied for -----------------------------------------------------------------------------------------------


def _granted(county: County) -> Iterator[pl.DataFrame]:
    rng = county.rng("history", "granted")
    for code, frame, days in GRANTED:
        rows = county[frame].with_row_index("row").filter((pl.col("on") >= START) & (pl.col("on") < county.today))
        decided = rows["on"].to_numpy()
        took = rng.integers(days // 2, days + 1, len(rows)) if days else np.zeros(len(rows), dtype=np.int64)
        person = rows["head" if frame == "families" else "person"]
        yield _cases(code, draws.weekday(decided - took), decided, person=person, row=rows["row"].cast(pl.Int64))
    hirings = (
        county["spells"]
        .with_row_index("row")
        .filter(pl.col("organisation") >= 0, (pl.col("since") >= START) & (pl.col("since") < county.today - 5))
    )
    filings = hirings.group_by("organisation", month=pl.col("since") // 30, maintain_order=True).agg(
        pl.col("since").max(), people=pl.col("row").cast(pl.Int64)
    )
    on = draws.weekday(np.minimum(filings["since"].to_numpy() + rng.integers(1, 26, len(filings)), county.today - 1))
    yield _cases(HIRING, on, on, organisation=filings["organisation"], people=filings["people"])


def _cases(code: str, submitted: draws.Ints, decided: draws.AnyArray, **columns: pl.Series) -> pl.DataFrame:
    frame = pl.DataFrame({"submitted_on": submitted, "decided_on": np.asarray(decided, dtype=np.int64)})
    frame = frame.with_columns(item=pl.lit(code), end=pl.lit(str(State.ARCHIVED)), granted=pl.lit(True))
    return frame.with_columns(**columns)


def _applicants(county: County, rng: np.random.Generator, count: int) -> draws.Ints:
    """People who applied without a register having come of it."""
    age = age_in_years(county)
    persons = county["persons"]
    listed = np.zeros(len(age), dtype=bool)
    listed[county.column("registrations", "person")] = True
    fits = np.isin(persons["work"].to_numpy(), (NONE, LAND)) & (age > 19) & (age < 58) & ~listed & ~is_cast(county)
    fits &= (persons["death"].to_numpy() < 0) & (persons["away"].to_numpy() < 0)
    fits[county.column("staff", "person")] = False
    return draws.take(rng, np.arange(len(age)), fits.astype(float), min(count, int(fits.sum())))


def _ended_otherwise(county: County) -> pl.DataFrame:
    """Applications of the past that were refused, not accepted, withdrawn or ended."""
    rng = county.rng("history", "ended")
    total = len(county["registrations"]) + len(county["hardship"])
    person = _applicants(county, rng, int(total * sum(share for _, share in ENDS)))
    on = draws.weekday(START + (rng.random(len(person)) * (county.today - 30 - START)).astype(np.int64))
    end = draws.choose(rng, [share for _, share in ENDS], len(person))
    names = np.array([str(name) for name, _ in ENDS], dtype=object)[end]
    code = np.array((UNEMPLOYMENT, HARDSHIP), dtype=object)[draws.choose(rng, (0.7, 0.3), len(person))]
    frame = _cases("", on, on + rng.integers(1, 8, len(person)), person=pl.Series(person))
    return frame.with_columns(
        item=pl.Series(code.tolist()),
        end=pl.Series(np.where(names == "refused", str(State.ARCHIVED), names).tolist()),
        granted=pl.lit(False),
    )


def _open_today(county: County) -> pl.DataFrame:
    """What lies in the inboxes: every state in which a case waits, submitted within the last days."""
    rng = county.rng("history", "open")
    count = county.request.scaled(OPEN_AT_SCALE_ONE, least=44)
    person = rng.permutation(_applicants(county, rng, count * 4))[:count]
    states = (State.SUBMITTED, State.CORRECTING, State.ACCEPTED, State.REVIEWING, State.APPROVING, State.SUSPENDED)
    state = np.array([str(one) for one in states], dtype=object)[draws.choose(rng, (40, 9, 14, 22, 9, 6), len(person))]
    days = np.where(state == State.SUBMITTED, 3, np.where(state == State.REVIEWING, 5, 13))
    ago = (rng.random(len(person)) * days).astype(np.int64)
    simple = np.isin(state, (State.SUBMITTED, State.CORRECTING, State.REVIEWING)) & (rng.random(len(person)) < 0.75)
    frame = _cases("", draws.weekday(county.today - 1 - ago), np.full(len(person), -1), person=pl.Series(person))
    return frame.with_columns(
        item=pl.Series(np.where(simple, UNEMPLOYMENT, HARDSHIP).tolist()),
        end=pl.Series(state.tolist()),
        granted=pl.lit(False),
    )


def _with_place(county: County, cases: pl.DataFrame) -> pl.DataFrame:
    """Add where and how each was handed in, with the moment."""
    rng = county.rng("history", "place")
    cases = cases.with_columns(pl.col("person", "organisation", "row").fill_null(-1))
    person, organisation = cases["person"].to_numpy(), cases["organisation"].to_numpy()
    home = np.where(
        county.column("persons", "away")[person] < 0,
        county.column("persons", "lives_in")[person],
        county.column("persons", "village")[person],
    )
    village = np.where(person >= 0, home, county.column("organisations", "village")[organisation])
    channel = draws.choose(rng, [share for _, share in CHANNELS], len(cases))
    channel = np.where(person < 0, np.minimum(channel, 1), channel)
    names = np.array([name for name, _ in CHANNELS], dtype=object)[channel]
    since_midnight = np.where(channel == 0, rng.triangular(0, 6, 13, len(cases)), rng.triangular(1, 2, 8.6, len(cases)))
    submitted = cases["submitted_on"].to_numpy() * 24 * HOUR + (since_midnight * HOUR).astype(np.int64)
    return cases.with_columns(
        village=pl.Series(village), channel=pl.Series(names.tolist(), dtype=pl.String), submitted=pl.Series(submitted)
    )


def _link_registers(county: County) -> None:
    """Write the case's id into the register row it led to."""
    cases = county["cases"]
    for code, frame, _ in GRANTED:
        led = cases.filter((pl.col("item") == code) & (pl.col("row") >= 0) & pl.col("granted"))
        ids: list[str | None] = [None] * len(county[frame])
        for row, identity in led.select("row", "id").rows():
            ids[row] = identity
        county.add(frame, case_id=pl.Series(ids, dtype=pl.String))
