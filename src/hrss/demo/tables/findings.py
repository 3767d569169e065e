"""What the checks before a run would have found in each run of the year, and the inspector's confirmation.

The same conditions as ``funds.payruns.checks``: outside the band of the benefit, a sum that jumped, the very old,
several months at once. Amounts over the limit and shared accounts do not occur here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl

from hrss.demo.anniversaries import age_on
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.demo.tables.case_columns import as_json, at_moments
from hrss.demo.tables.columns import DAY_MS
from hrss.demo.tables.runs import MINUTE, runs
from hrss.demo.tables.signers import CONFIRMS, signer
from hrss.funds.payruns.bands import band_of
from hrss.funds.payruns.limits import Limits, limits_on

ONE: Final = 1_000_000  # shares of the parameters are millionths


def findings(county: County) -> pl.DataFrame:
    """Give what the checks found in each run: run, payment, check, code, level, facts."""
    if "findings" not in county.frames:
        county["findings"] = pl.concat([*_found(county), _no_findings()], how="diagonal_relaxed")
    return county["findings"]


def _no_findings() -> pl.DataFrame:
    text = dict.fromkeys(("run", "rule", "code", "kind", "facts"), pl.String)
    return pl.DataFrame(schema=text | {"payment": pl.Int64})


def _found(county: County) -> Iterator[pl.DataFrame]:
    before: dict[str, int] = {}
    earlier: dict[str, str] = {}
    paid: dict[str, pl.DataFrame] = {}
    for run in runs(county).iter_rows(named=True):
        rows = county["lines"].filter((pl.col("run") == run["run"]) & (pl.col("fund") == run["fund"]))
        limits = limits_on(as_date(run["day"]))
        fund = run["fund"]
        yield _extremes(run["id"], _with_last(rows, paid.get(fund)), limits)
        paid[fund] = _last_paid(rows, paid.get(fund))
        if fund in before and abs(run["total"] - before[fund]) * ONE > before[fund] * limits.total_change:
            facts = {"total": run["total"], "before": before[fund], "before_number": earlier[fund]}
            yield _findings_of(run["id"], [None], "F04", "total_change", "confirm", [as_json(facts)])
        before[fund], earlier[fund] = run["total"], run["number"]
        yield _old(county, run, rows, limits.old_age)
        many = (
            rows.group_by("entitlement")
            .agg(pl.col("id").min(), months=pl.len())
            .filter(pl.col("months") > 1)
            .sort("id")
        )
        facts_of_many = [as_json({"months": count}) for count in many["months"].to_list()]
        yield _findings_of(run["id"], many["id"].to_list(), "F12", "arrears", "alert", facts_of_many)


def _last_paid(rows: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """Give the last paid month of each entitlement and its amount, this run's lines included."""
    fresh = rows.filter(pl.col("answer") == "paid").select("entitlement", last_month="month", last="amount")
    both = fresh if known is None else pl.concat([known, fresh])
    return both.sort("last_month").unique("entitlement", keep="last")


def _with_last(rows: pl.DataFrame, known: pl.DataFrame | None) -> pl.DataFrame:
    """Add what each line's entitlement was last paid before its month, null where nothing was."""
    if known is None:
        return rows.with_columns(last=pl.lit(None, pl.Int64))
    joined = rows.join(known, on="entitlement", how="left", maintain_order="left")
    return joined.with_columns(last=pl.when(pl.col("last_month") < pl.col("month")).then(pl.col("last")))


def _extremes(run: str, rows: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Outside the band of the benefit, unless paid like that before."""
    amount = rows["amount"].to_numpy()
    found = band_of(amount, times=limits.extreme_times, floor=limits.extreme_floor)
    off = np.zeros(len(rows), bool) if found is None else (amount < found.least) | (amount > found.most)
    alike = (pl.col("amount") - pl.col("last")).abs() * ONE <= pl.col("last") * limits.jump
    chosen = rows.filter(pl.Series(off) & ~alike.fill_null(value=False))
    sides = {} if found is None else {"middle": found.middle, "least": found.least, "most": found.most}
    facts = [as_json({"amount": fen} | sides) for fen in chosen["amount"].to_list()]
    return _findings_of(run, chosen["id"].to_list(), "F03", "extreme", "confirm", facts)


def _old(county: County, run: dict[str, Any], rows: pl.DataFrame, limit: int) -> pl.DataFrame:
    person = county["entitlements"]["person"].gather(rows["entitlement"]).to_numpy()
    age = age_on(county.column("persons", "birth")[person], run["day"])
    old = np.flatnonzero(age > limit)
    facts = [as_json({"age": years}) for years in age[old].tolist()]
    return _findings_of(run["id"], rows["id"].gather(old).to_list(), "B08", "old_age", "alert", facts)


def _findings_of(
    run: str, payments: list[int] | list[None], rule: str, code: str, kind: str, facts: list[str]
) -> pl.DataFrame:
    frame = pl.DataFrame({"payment": pl.Series(payments, dtype=pl.Int64), "facts": pl.Series(facts, dtype=pl.String)})
    return frame.with_columns(run=pl.lit(run), rule=pl.lit(rule), code=pl.lit(code), kind=pl.lit(kind))


def rows(county: County) -> pl.DataFrame:
    """Give the findings as the table has them."""
    return findings(county).select("rule", "code", "kind", "facts", run_id="run", payment_id="payment")


def confirmations(county: County) -> pl.DataFrame:
    """The inspector confirmed what needed a further pair of eyes, before the approval."""
    wanted = findings(county).filter(pl.col("kind") == "confirm").group_by("run", maintain_order=True).len("count")
    rows = runs(county).join(wanted, left_on="id", right_on="run")
    who = signer(county, CONFIRMS)
    text = pl.repeat("逐笔核对缴费档次和个人账户，金额与规则一致", len(rows), eager=True)
    return pl.DataFrame(
        {
            "run_id": rows["id"],
            "count": rows["count"],
            "opinion": text,
            "meeting": pl.repeat("", len(rows), eager=True),
            "person_id": pl.repeat(who.person, len(rows), eager=True),
            "name": pl.repeat(who.name, len(rows), eager=True),
            "at": at_moments(rows["day"].to_numpy() * DAY_MS + 3_600_000 + 110 * MINUTE),
        }
    )
