"""The employment registers and the events behind every status, as the employment domain keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import orjson
import polars as pl

from hrss.demo import draws
from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.labour import AWAY
from hrss.demo.migration import DESTINATIONS
from hrss.demo.spells import DIED, EMPLOYER, FLEXIBLE, LEFT, RETIRED, SELF, START
from hrss.demo.tables.columns import dashed, days, links, moments, new_ids
from hrss.demo.tables.people import person_ids, regions_of
from hrss.domains.employment.statuses import STATUS_AFTER, EventKind

BEGINS: Final = {EMPLOYER: EventKind.HIRED, SELF: EventKind.SELF_EMPLOYED, FLEXIBLE: EventKind.FLEXIBLE}
ENDS: Final = {LEFT: EventKind.LEFT, RETIRED: EventKind.RETIRED, DIED: EventKind.DIED}


def tables(county: County) -> Iterator[Table]:
    """Give the tables of employment."""
    yield Table("employment_employmentspell", lambda: _spells(county))
    yield Table("employment_unemploymentregistration", lambda: _registrations(county))
    yield Table("employment_hardshiprecognition", lambda: _hardship(county))
    yield Table("employment_zeroemploymentfamily", lambda: _families(county))
    yield Table("employment_graduate", lambda: _graduates(county))
    yield Table("employment_serviceoffer", lambda: _offers(county))
    yield Table("employment_statusevent", lambda: _event_rows(county), without_triggers=True)
    yield Table("employment_currentstatus", lambda: _statuses(county))


def _spells(county: County) -> pl.DataFrame:
    spells = county["spells"]
    person = spells["person"].to_numpy()
    rng = county.rng("employment", "contracts")
    with_employer = spells["organisation"].to_numpy() >= 0
    contract = np.where(with_employer, draws.choose(rng, (0.66, 0.24, 0.03, 0.07), len(person)), 4)
    until = spells["until"].to_numpy()
    fixed = (contract == 0) & (until < 0)
    ends = county.today + rng.integers(20, 1000, len(person))
    return pl.DataFrame(
        {
            "id": new_ids(county, "spells", spells["since"].to_numpy().clip(0)),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "employer_id": links(county["organisations"]["id"], spells["organisation"].to_numpy()),
            "kind": spells["kind"],
            "since": days(spells["since"].to_numpy().clip(0)),
            "until": days(until),
            "contract_kind": pl.Series(
                np.array(("fixed", "open", "task", "none", ""), dtype=object)[contract].tolist()
            ),
            "contract_until": days(np.where(fixed, ends, -1)),
            "occupation": _occupations(county, spells),
            "monthly_pay_fen": spells.select(pl.when(pl.col("pay") > 0).then(pl.col("pay")).alias("pay"))["pay"],
            "end_reason": spells["end_reason"],
            "created_at": moments(spells["since"].to_numpy().clip(0)),
        }
    )


def _occupations(county: County, spells: pl.DataFrame) -> pl.Series:
    """Work away is named by where, work on the land by what it is."""
    away = county.column("persons", "away")[spells["person"].to_numpy()]
    where = np.array([f"外出务工：{name}" for name, _ in DESTINATIONS] + ["外出务工"], dtype=object)[away]
    outside = np.where(spells["kind"].to_numpy() == SELF, "家庭农业生产", where)
    return pl.Series(np.where(spells["town"].to_numpy(), spells["occupation"].to_numpy(), outside).tolist())


def _registrations(county: County) -> pl.DataFrame:
    frame = county["registrations"]
    person, employer = frame["person"].to_numpy(), frame["last_employer"].to_numpy()
    names = county["organisations"]["name"].gather(np.maximum(employer, 0)).to_numpy()
    return pl.DataFrame(
        {
            "id": new_ids(county, "registrations", frame["on"].to_numpy()),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "registered_on": days(frame["on"].to_numpy()),
            "situation": frame["situation"],
            "leave_reason": frame["leave_reason"],
            "left_on": days(frame["left_on"].to_numpy()),
            "last_employer": pl.Series(np.where(employer >= 0, names, "").tolist()),
            "wanted_job": frame["wanted_job"],
            "last_contact_on": days(frame["last_contact"].to_numpy()),
            "ended_on": days(frame["until"].to_numpy()),
            "end_reason": frame["end_reason"],
            "case_id": _case_ids(county, "registrations"),
            "created_at": moments(frame["on"].to_numpy()),
        }
    )


def _case_ids(county: County, frame: str) -> pl.Series:
    """The case that led to each row, where the history of cases was built."""
    if "case_id" in county[frame].columns:
        return county[frame]["case_id"]
    return pl.Series([None] * len(county[frame]), dtype=pl.String)


def _hardship(county: County) -> pl.DataFrame:
    frame = county["hardship"]
    person = frame["person"].to_numpy()
    return pl.DataFrame(
        {
            "id": new_ids(county, "hardship", frame["on"].to_numpy()),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "category": frame["category"],
            "recognised_on": days(frame["on"].to_numpy()),
            "valid_until": days(frame["valid_until"].to_numpy()),
            "ended_on": days(frame["until"].to_numpy()),
            "end_reason": frame["end_reason"],
            "case_id": _case_ids(county, "hardship"),
        }
    )


def _families(county: County) -> pl.DataFrame:
    frame, ids = county["families"], dashed(county["persons"]["id"]).to_list()
    members = [orjson.dumps([ids[one] for one in row]).decode() for row in frame["members"].to_list()]
    return pl.DataFrame(
        {
            "id": new_ids(county, "families", frame["on"].to_numpy()),
            "head_id": person_ids(county, frame["head"].to_numpy()),
            "region_code": regions_of(county, frame["head"].to_numpy()),
            "members": pl.Series(members),
            "recognised_on": days(frame["on"].to_numpy()),
            "cleared_on": days(frame["until"].to_numpy()),
            "cleared_by": pl.Series(np.where(frame["until"].to_numpy() >= 0, "一名家庭成员已经就业", "").tolist()),
            "case_id": _case_ids(county, "families"),
        }
    )


def _graduates(county: County) -> pl.DataFrame:
    frame = county["graduates"]
    person = frame["person"].to_numpy()
    return pl.DataFrame(
        {
            "id": new_ids(county, "graduates", frame["on"].to_numpy()),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "school": frame["school"],
            "graduated_on": days(frame["graduated"].to_numpy()),
            "listed_on": days(frame["on"].to_numpy()),
            "contacted_on": days(frame["contacted"].to_numpy()),
            "settled_on": days(frame["settled"].to_numpy()),
            "settled_how": frame["how"],
        }
    )


def _offers(county: County) -> pl.DataFrame:
    frame = county["offers"]
    person, accepted = frame["person"].to_numpy(), frame["accepted"]
    return pl.DataFrame(
        {
            "id": new_ids(county, "offers", frame["on"].to_numpy()),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "kind": frame["kind"],
            "offered_on": days(frame["on"].to_numpy()),
            "text": frame["text"],
            "accepted": frame.select(pl.when(accepted >= 0).then(accepted == 1).alias("accepted"))["accepted"],
            "answered_on": days(frame["answered"].to_numpy()),
            "created_at": moments(frame["on"].to_numpy()),
        }
    )


# Events and statuses ------------------------------------------------------------------------------------------------


def events(county: County) -> pl.DataFrame:
    """Give all events in order: person, day, kind, employer (position), source."""
    if "events" not in county.frames:
        parts = [*_of_spells(county), *_of_registrations(county), _of_deaths(county)]
        merged = pl.concat(parts, how="diagonal_relaxed").with_row_index("made")
        county["events"] = merged.sort("person", "on", "made").drop("made")
    return county["events"]


def _of_spells(county: County) -> Iterator[pl.DataFrame]:
    spells = county["spells"]
    ended = spells.filter(pl.col("until") >= 0, pl.col("end_reason") != DIED)
    away = county.column("persons", "work") == AWAY
    outside = pl.Series(away[spells["person"].to_numpy()]) & ~spells["town"]
    source = np.where(outside.to_numpy() | (spells["since"].to_numpy() < START), "agency", "case")
    endings = {reason: kind.value for reason, kind in ENDS.items()}
    beginnings = {way: kind.value for way, kind in BEGINS.items()}
    yield ended.select(
        "person",
        "organisation",
        on="until",
        kind=pl.col("end_reason").replace_strict(endings),
        source=pl.lit("case"),
        reason=pl.col("end_reason"),
    )
    yield spells.with_columns(source=pl.Series(source.tolist())).select(
        "person",
        "organisation",
        "source",
        on="since",
        kind=pl.col("kind").replace_strict(beginnings),
        reason=pl.lit(""),
    )


def _of_registrations(county: County) -> Iterator[pl.DataFrame]:
    frame = county["registrations"]
    nobody = pl.lit(-1, pl.Int64).alias("organisation")
    yield frame.select(
        "person", "on", nobody, kind=pl.lit(EventKind.REGISTERED.value), source=pl.lit("case"), reason=pl.lit("")
    )
    for reason, kind in (("终止", EventKind.GAVE_UP), ("连续", EventKind.LOST_CONTACT)):
        yield frame.filter(pl.col("end_reason").str.starts_with(reason)).select(
            "person", nobody, on="until", kind=pl.lit(kind.value), source=pl.lit("job"), reason=pl.col("end_reason")
        )


def _of_deaths(county: County) -> pl.DataFrame:
    """Deaths of those who ever stood on a register of work."""
    known = np.zeros(len(county["persons"]), dtype=bool)
    known[county["spells"]["person"].to_numpy()] = True
    known[county["registrations"]["person"].to_numpy()] = True
    death = county.column("persons", "death")
    person = np.flatnonzero(known & (death >= 0))
    frame = pl.DataFrame({"person": person, "on": death[person], "organisation": np.full(len(person), -1)})
    return frame.with_columns(kind=pl.lit(EventKind.DIED.value), source=pl.lit("agency"), reason=pl.lit(""))


def _event_rows(county: County) -> pl.DataFrame:
    frame = events(county).sort("on", maintain_order=True)
    person = frame["person"].to_numpy()
    return pl.DataFrame(
        {
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "kind": frame["kind"],
            "on": days(frame["on"].to_numpy().clip(0)),
            "organisation_id": links(county["organisations"]["id"], frame["organisation"].to_numpy()),
            "source": frame["source"],
            "reason": frame["reason"],
            "recorded_at": moments(frame["on"].to_numpy().clip(0)),
        }
    )


def _statuses(county: County) -> pl.DataFrame:
    """The status after the last event: everyone holds at most one job at a time, so the last event decides."""
    last = events(county).group_by("person", maintain_order=True).last()
    person = last["person"].to_numpy()
    after = {kind.value: status.value for kind, status in STATUS_AFTER.items()}
    return pl.DataFrame(
        {
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "status": last["kind"].replace_strict(after),
            "since": days(last["on"].to_numpy().clip(0)),
            "derived_on": days(np.full(len(person), county.today)),
        }
    )
