"""The three signatures on every run, on the take-over and on every proposed entry of the year."""

from __future__ import annotations

import polars as pl

from hrss.demo.county import County
from hrss.demo.tables.awards import reference, taken_on
from hrss.demo.tables.case_columns import at_moments
from hrss.demo.tables.runs import WAY, clock, runs
from hrss.demo.tables.signers import ENTRY, RUN, STEPS, Signer, signer


def signed(county: County, source: str, reference: str, digest: str, day: int, logins: tuple[str, ...]) -> pl.DataFrame:
    """Give the three signatures of a subject on a day."""
    people: list[Signer] = [signer(county, login) for login in logins]
    at = [clock(day, minutes) for state, minutes, _ in WAY if state in STEPS]
    return pl.DataFrame(
        {
            "source": [source] * 3,
            "reference": [reference] * 3,
            "step": list(STEPS),
            "digest": [digest] * 3,
            "person_id": [one.person for one in people],
            "account": [one.account for one in people],
            "name": [one.name for one in people],
            "at": at,
        }
    )


def signatures(county: County) -> pl.DataFrame:
    """Give all signatures in the order they were made."""
    parts = [
        signed(county, "payrun", row["number"], row["digest"], row["day"], RUN)
        for row in runs(county)
        .join(county["seals"], on="number", how="left", maintain_order="left")
        .iter_rows(named=True)
    ]
    parts.append(
        signed(county, "payables.batch", reference(county), county["batch"]["digest"][0], taken_on(county), ENTRY)
    )
    parts += [
        signed(county, row["kind"], row["proposal"], row["digest"], row["day"], ENTRY)
        for row in county["proposals"].iter_rows(named=True)
    ]
    rows = pl.concat(parts).sort("at", maintain_order=True)
    return rows.with_columns(at=at_moments(rows["at"].to_numpy()))
