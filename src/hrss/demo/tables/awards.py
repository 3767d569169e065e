"""Awards and their events, entitlements with their facts, and the signed list that took the stock over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.anniversaries import age_on, first_day
from hrss.demo.awards import STOCK, window
from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.demo.paying import pay_days
from hrss.demo.published import STANDARD, published
from hrss.demo.tables.case_columns import as_json
from hrss.demo.tables.columns import days, links, moments, new_ids
from hrss.demo.tables.people import person_ids, regions_of
from hrss.domains.insurance import amounts
from hrss.funds.benefits import benefit_of
from hrss.funds.payables.taking import TakeOverRow, digest_of_rows
from hrss.kernel.months import YearMonth
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.resident import resident_pension

EARLIEST: Final = 2020 * 12  # the rule's parameters begin here: what began before is shown as of then
TAKEN_OVER: Final = 20  # days before the first run


def tables(county: County) -> Iterator[Table]:
    """Give the tables of awards and entitlements."""
    yield Table("payables_batch", lambda: _batch(county), without_triggers=True)
    yield Table("insurance_award", lambda: _awards(county), after=("casework_case",))
    yield Table("insurance_awardevent", lambda: _events(county))
    yield Table("payables_entitlement", lambda: _entitlements(county), without_triggers=True, after=("casework_case",))
    yield Table("payables_factversion", lambda: _facts(county), without_triggers=True, numbered=True)


def reference(county: County) -> str:
    """The number of the take-over batch."""
    return f"JS-{YearMonth.from_index(window(county)[0])}"


def taken_on(county: County) -> int:
    """The day the stock was taken over."""
    return int(draws.weekday(pay_days(county)[:1] - TAKEN_OVER)[0])


def entitlement_ids(county: County) -> pl.Series:
    """Give the ids of the entitlements in their order."""
    rows = county["entitlements"]
    came = np.where(rows["origin"].to_numpy() == STOCK, taken_on(county), rows["decided"].to_numpy())
    return new_ids(county, "entitlements", came)


def stored_facts(county: County, rows: pl.DataFrame) -> pl.Series:
    """Give the facts of awards as JSON, the way the decision stores them."""
    return pl.Series([as_json(fact) for fact in _fact_rows(county, rows)], dtype=pl.String)


def _fact_rows(county: County, rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
    births = county.column("persons", "birth")[rows["person"].to_numpy()].tolist()
    bases: dict[tuple[int, int], Any] = {}
    for row, birth in zip(rows.iter_rows(named=True), births, strict=True):
        if row["benefit"] == amounts.PENSION_BENEFIT:
            yield {
                "account": row["account"],
                "years": row["years"],
                "made_up": 0,
                "born": as_date(birth).isoformat(),
                "one_child": row["one_child"],
            }
            continue
        key = row["paid_months"], int(row["registered"])
        if key not in bases:
            bases[key] = amounts.stored(amounts.months_of_benefit(row["paid_months"], 0, as_date(row["registered"])))
        yield {
            "paid_months": row["paid_months"],
            "unused": 0,
            "months": row["months"],
            "counted_until": str(YearMonth.from_index(row["counted"])),
            "registered_on": as_date(row["registered"]).isoformat(),
            "months_basis": bases[key],
        }


# Awards -------------------------------------------------------------------------------------------------------------


def _shown_month(rows: pl.DataFrame) -> draws.Ints:
    """The month the first calculation is shown for: the first one, or the first the rule has all its numbers for."""
    return np.asarray(np.maximum(rows["first"].to_numpy(), EARLIEST))


def _found(county: County, rows: pl.DataFrame) -> pl.DataFrame:
    """Give amount and stored explanation of each award, month by month through the rule's columns."""
    month = _shown_month(rows)
    fen = np.zeros(len(rows), dtype=np.int64)
    told = np.full(len(rows), "", dtype=object)
    is_pension = (rows["benefit"] == amounts.PENSION_BENEFIT).to_numpy()
    for index in np.unique(month).tolist():
        for pension in (True, False):
            here = np.flatnonzero((month == index) & (is_pension == pension))
            if len(here):
                fen[here], told[here] = _found_in(county, rows[here.tolist()], YearMonth.from_index(index), pension)
    return pl.DataFrame({"amount": fen, "explanation": pl.Series(told.tolist(), dtype=pl.String)})


def _found_in(county: County, rows: pl.DataFrame, month: YearMonth, pension: bool) -> tuple[draws.Ints, list[str]]:
    if not pension:
        standard = amounts.standard(published(STANDARD, month.first_day))
        return np.full(len(rows), int(standard.amount)), [as_json(amounts.stored(standard))] * len(rows)
    birth = county.column("persons", "birth")[rows["person"].to_numpy()]
    facts = {
        "account": rows["account"].to_numpy(),
        "years": rows["years"].to_numpy(),
        "age": age_on(birth, first_day(np.array([month.index]))[0]),
        "one_child": rows["one_child"].to_numpy().astype(np.int64),
    }
    found = batch(resident_pension, facts, on=month.first_day, region=amounts.COUNTY)["amount"]
    sample = amounts.stored(amounts.pension({name: int(column[0]) for name, column in facts.items()}, month))
    return found, with_facts(sample, facts, found)


def with_facts(sample: dict[str, Any], facts: dict[str, draws.Ints], amount: draws.Ints | None = None) -> list[str]:
    """Write one stored explanation for many: only the facts and the amount differ."""
    text = as_json(sample | {"facts": "@"} | ({} if amount is None else {"amount": "#"}))
    columns = {f"fact {name}": column for name, column in facts.items()}
    frame = pl.DataFrame(columns if amount is None else columns | {"fen": amount})
    listed = [piece for name in facts for piece in (pl.lit(f',"{name}":'), pl.col(f"fact {name}").cast(pl.String))]
    listed[0] = pl.lit("{" + f'"{next(iter(facts))}":')
    pieces: list[pl.Expr] = []
    for part in re.split('("@"|"#")', text):
        if part == '"@"':
            pieces += [*listed, pl.lit("}")]
        elif part == '"#"':
            pieces.append(pl.col("fen").cast(pl.String))
        else:
            pieces.append(pl.lit(part))
    return frame.select(pl.concat_str(pieces).alias("text"))["text"].to_list()


def award_ids(county: County) -> pl.Series:
    """Give the ids of the awards in their order."""
    return new_ids(county, "awards", county["awards"]["decided"].to_numpy())


def _awards(county: County) -> pl.DataFrame:
    rows = county["awards"]
    person = rows["person"].to_numpy()
    last, over = rows["last"].to_numpy(), rows["known"].to_numpy() >= 0
    planned = rows["planned"].fill_null(-1).to_numpy()
    entitlement = np.full(len(rows), -1, dtype=np.int64)
    entitlement[county.column("entitlements", "award")] = np.arange(len(county["entitlements"]))
    found = _found(county, rows)
    return pl.DataFrame(
        {
            "id": award_ids(county),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "benefit": rows["benefit"],
            "case_id": rows["case_id"],
            "entitlement_id": links(entitlement_ids(county), entitlement),
            "first": days(first_day(rows["first"].to_numpy())),
            "planned_last": days(np.where(planned >= 0, first_day(planned.clip(0)), -1)),
            "last": days(np.where(last >= 0, first_day(last.clip(0)), -1)),
            "amount_fen": found["amount"],
            "facts": stored_facts(county, rows),
            "explanation": found["explanation"],
            "state": pl.Series(np.where(over, "ended", "active").tolist()),
            "end_reason": rows["why"],
            "created_at": moments(rows["decided"].to_numpy()),
        }
    )


def _events(county: County) -> pl.DataFrame:
    rows = county["awards"].with_columns(id=award_ids(county))
    granted = rows.select("id", "person", "case_id", on="decided", kind=pl.lit("granted"), reason=pl.lit(""))
    ended = rows.filter(pl.col("known") >= 0).select(
        "id", "person", case_id=pl.lit(None, pl.String), on="known", kind=pl.lit("ended"), reason="why"
    )
    events = pl.concat([granted, ended]).sort("on", maintain_order=True)
    person, on = events["person"].to_numpy(), np.minimum(events["on"].to_numpy(), county.today)
    return pl.DataFrame(
        {
            "award_id": events["id"],
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "kind": events["kind"],
            "on": days(on),
            "reason": events["reason"],
            "evidence": pl.repeat("{}", len(events), eager=True),
            "case_id": events["case_id"],
            "recorded_at": moments(on),
        }
    )


# Entitlements -------------------------------------------------------------------------------------------------------


def _batch(county: County) -> pl.DataFrame:
    """The list of the stock as three people signed it; its digest is that of the rows that are written."""
    rows = county["entitlements"].filter(pl.col("origin") == STOCK)
    day = taken_on(county)
    county["batch"] = pl.DataFrame(
        {
            "reference": [reference(county)],
            "text": ["接收原系统在发的城乡居民养老金和失业保险金"],
            "row_count": [len(rows)],
            "digest": [digest_of_rows(_take_over_rows(county, rows))],
            "prepared_at": moments(np.array([day])),
            "taken_at": moments(np.array([day]), 7 * 3_600_000),
        }
    )
    return county["batch"]


def _take_over_rows(county: County, rows: pl.DataFrame) -> Iterator[TakeOverRow]:
    ids = county["persons"]["id"].gather(rows["person"]).to_list()
    for person, row, facts in zip(ids, rows.iter_rows(named=True), _fact_rows(county, rows), strict=True):
        last = YearMonth.from_index(row["planned"]) if row["planned"] is not None else None
        yield TakeOverRow(UUID(hex=person), row["benefit"], YearMonth.from_index(row["first"]), last, facts)


def _entitlements(county: County) -> pl.DataFrame:
    rows = county["entitlements"]
    person, last = rows["person"].to_numpy(), rows["last"].to_numpy()
    stock = (rows["origin"] == STOCK).to_numpy()
    came = np.where(stock, taken_on(county), rows["decided"].to_numpy())
    stopped = np.where(rows["why"].is_in(["", "领取期满"]).to_numpy(), -1, rows["known"].to_numpy())
    first = rows["first"].to_numpy()
    until = np.where(last < 0, window(county)[1], np.minimum(last, window(county)[1]))
    seen = rows["turn"].to_numpy() < len(pay_days(county))
    exclusion = {code: benefit_of(code).exclusion for code in rows["benefit"].unique().to_list()}
    columns = pl.DataFrame({"last": np.maximum(last, first - 1), "open": last < 0})
    return pl.DataFrame(
        {
            "id": entitlement_ids(county),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "benefit": rows["benefit"],
            "exclusion": rows["benefit"].replace_strict(exclusion),
            "purpose": pl.repeat("", len(rows), eager=True),
            "first": first,
            "last": columns.select(pl.when(~pl.col("open")).then(pl.col("last")).alias("last"))["last"],
            "next_month": np.where(seen, np.maximum(until + 1, first), first),
            "case_id": rows["case_id"],
            "batch": pl.Series(np.where(stock, reference(county), "").tolist()),
            "stop_reason": pl.Series(np.where(stopped >= 0, rows["why"].to_numpy(), "").tolist(), dtype=pl.String),
            "stop_evidence": pl.repeat("{}", len(rows), eager=True),
            "stopped_at": moments(stopped),
            "created_at": moments(came, 7 * 3_600_000 + 60_000),
        }
    )


def _facts(county: County) -> pl.DataFrame:
    rows = county["entitlements"]
    person = rows["person"].to_numpy()
    stock = (rows["origin"] == STOCK).to_numpy()
    came = np.where(stock, taken_on(county), rows["decided"].to_numpy())
    return pl.DataFrame(
        {
            "id": np.arange(1, len(rows) + 1),
            "entitlement_id": entitlement_ids(county),
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "from_month": rows["first"],
            "facts": stored_facts(county, rows),
            "case_id": rows["case_id"],
            "batch": pl.Series(np.where(stock, reference(county), "").tolist()),
            "recorded_by": pl.Series(np.where(stock, "存量接收", "县级审批").tolist()),
            "recorded_at": moments(came, 7 * 3_600_000 + 60_000),
        }
    )
