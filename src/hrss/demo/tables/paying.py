"""The year of pay runs as the worker would have written it: lines, digests, steps, findings, bank files, signatures.

A run's digest is computed here over the same text as the database seals; whether they are equal is asked of every run
before it is committed, and so is everything the approval of a run would have been refused for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl

from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.demo.paying import PAID_BY, rule_of
from hrss.demo.tables import bases, findings, signing
from hrss.demo.tables.awards import entitlement_ids
from hrss.demo.tables.columns import dashed, days, moments
from hrss.demo.tables.people import COOLING, person_ids, regions_of
from hrss.demo.tables.runs import MINUTE, runs, steps
from hrss.demo.tables.signers import RUN, signer
from hrss.funds.banking.format import (
    Answer,
    AnswerLine,
    Order,
    OrderLine,
    content_of,
    sm3_of,
    write_answer,
    write_order,
)
from hrss.funds.benefits import benefit_of
from hrss.kernel.months import YearMonth

WRONG_SEAL: Final = (
    "SELECT r.number FROM payruns_run r CROSS JOIN LATERAL payruns_seal(r.id) s"
    " WHERE (s.line_count, s.total, s.digest) IS DISTINCT FROM (r.line_count::bigint, r.total, r.digest) LIMIT 1"
)
NOT_APPROVABLE: Final = (  # the function refuses by itself; no run makes a row
    "SELECT 1 FROM payruns_run r HAVING count(payruns_check_approval(r)::text) < 0"
)
UNFIT: Final = (
    "SELECT m.id FROM payables_payment m JOIN payables_entitlement e ON e.id = m.entitlement_id"
    " JOIN payables_factversion f ON f.id = m.facts_id JOIN people_bankaccount a ON a.id = m.account_id"
    " WHERE e.person_id <> m.person_id OR e.benefit <> m.benefit OR m.month < e.first"
    " OR m.month > coalesce(e.last, m.month) OR f.entitlement_id <> m.entitlement_id"
    " OR f.from_month > m.month OR a.person_id <> m.person_id OR a.index <> m.account_index LIMIT 1"
)
UNEQUAL: Final = (
    "SELECT r.number FROM payruns_run r JOIN banking_bankfile b ON b.kind = 'order' AND b.number = r.number"
    " WHERE b.total <> r.total OR b.line_count <> r.line_count LIMIT 1"
)


def tables(county: County) -> Iterator[Table]:
    """Give the tables of the pay runs."""
    yield Table("payables_basis", lambda: bases.rows(county), numbered=True)
    after = ("people_bankaccount", "payables_factversion")
    yield Table("payables_payment", lambda: _payments(county), True, (UNFIT,), after, numbered=True)
    lines = ("payables_payment",)
    yield Table(
        "signing_signature", lambda: signing.signatures(county), without_triggers=True, after=(*lines, "payables_batch")
    )
    yield Table("payruns_run", lambda: _runs(county), True, (WRONG_SEAL,), lines)
    yield Table("payruns_runstep", lambda: steps(county))
    yield Table("payruns_finding", lambda: findings.rows(county), without_triggers=True)
    confirmed = ("payruns_finding", "signing_signature")
    yield Table("payruns_confirmation", lambda: findings.confirmations(county), True, (NOT_APPROVABLE,), confirmed)
    yield Table("banking_bankfile", lambda: _files(county), checks=(UNEQUAL,), after=("payruns_run",))


# Runs ---------------------------------------------------------------------------------------------------------------


def _of_run(county: County, run: dict[str, Any]) -> pl.DataFrame:
    """Give the lines of a run with person, payee account and facts, in the order of their places."""
    rows = county["lines"].filter((pl.col("run") == run["run"]) & (pl.col("fund") == run["fund"]))
    person = county["entitlements"]["person"].gather(rows["entitlement"])
    changed = np.full(len(county["entitlements"]), 2**31, dtype=np.int64)
    changed[county.column("changes", "entitlement")] = county.column("changes", "on")
    version = (changed[rows["entitlement"].to_numpy()] + COOLING <= run["day"]).astype(np.int32)
    rows = rows.with_columns(person=person, version=pl.Series(version))
    payees = county["payees"].select("person", "version", "bank", "index", "tail", "holder", "number", account="id")
    return rows.join(payees, on=["person", "version"], how="left", maintain_order="left")


def _payments(county: County) -> Iterator[pl.DataFrame]:
    seals: list[dict[str, Any]] = []
    ids, entitlements = dashed(county["persons"]["id"]), entitlement_ids(county)
    for run in runs(county).iter_rows(named=True):
        rows = _of_run(county, run)
        seals.append({"number": run["number"]} | _seal(run, rows, ids) | _bank_files(run, rows))
        yield _payment_rows(county, run, rows, entitlements)
    county["seals"] = pl.DataFrame(seals)


def _payment_rows(county: County, run: dict[str, Any], rows: pl.DataFrame, entitlements: pl.Series) -> pl.DataFrame:
    person = rows["person"].to_numpy()
    same = {
        "purpose": "", "deducted": 0, "run_id": run["id"], "run_number": run["number"], "note": "",
        "answered_on": as_date(run["answered"]),
    }  # fmt: skip
    basis = rows.join(county["bases"], on=["fund", "month"], how="left", maintain_order="left")["basis"]
    rule = rule_of(PAID_BY[run["fund"]])
    return pl.DataFrame(
        {
            "id": rows["id"],
            "entitlement_id": entitlements.gather(rows["entitlement"]),
            "facts_id": rows["entitlement"] + 1,
            "person_id": person_ids(county, person),
            "region_code": regions_of(county, person),
            "benefit": county["entitlements"]["benefit"].gather(rows["entitlement"]),
            "month": rows["month"],
            "amount": rows["amount"],
            "part": rows["part"],
            "rule": pl.repeat(rule, len(rows), eager=True),
            "basis_id": basis,
            "inputs": bases.inputs(county, rows),
            "account_id": rows["account"],
            "account_index": rows["index"],
            "account_tail": rows["tail"],
            "holder": rows["holder"],
            "bank": rows["bank"],
            "ordinal": rows["place"],
            "attempt": rows["attempt"],
            "retry_of_id": rows["retry_of"],
            "was_returned": rows["attempt"] > 1,
            "state": rows.select(
                pl.when(pl.col("answer") == "paid").then(pl.lit("paid")).otherwise(pl.lit("returned"))
            )["literal"],
            "settled": rows["settled"],
            "answer": rows["answer"],
            "created_at": moments(np.full(len(rows), run["day"]), 3_600_000 + 4 * MINUTE),
        }
    ).with_columns(**{name: pl.lit(value) for name, value in same.items()})


def _seal(run: dict[str, Any], rows: pl.DataFrame, ids: pl.Series) -> dict[str, str]:
    """Give the run's digest over the text the database seals."""
    benefit = PAID_BY[run["fund"]]
    lines = rows.with_columns(owner=ids.gather(rows["person"]), hex=pl.col("index").str.slice(2)).select(
        pl.concat_str(
            [
                pl.col("place").cast(pl.String), pl.col("owner"), pl.lit(benefit), pl.col("month").cast(pl.String),
                pl.lit(""), pl.col("amount").cast(pl.String), pl.col("hex"), pl.col("holder"), pl.col("bank"),
                (pl.col("entitlement") + 1).cast(pl.String), pl.lit(rule_of(benefit)),
                pl.when(pl.col("part") > 0).then(pl.lit("part=") + pl.col("part").cast(pl.String)),
            ],
            separator="|", ignore_nulls=True,
        ).alias("line")
    )["line"]  # fmt: skip
    head = "|".join(
        str(one)
        for one in (
            run["number"], run["fund"], run["fund"], run["month"], as_date(run["day"]), run["lines"], run["total"],
        )
    )  # fmt: skip
    text = head + "\n" + "\n".join(lines.to_list())
    return {"digest": hashlib.sha256(text.encode()).hexdigest()}


def _bank_files(run: dict[str, Any], rows: pl.DataFrame) -> dict[str, str]:
    """Give the digests of the order and of the bank's answer to it."""
    name = benefit_of(PAID_BY[run["fund"]]).name
    texts = {index: f"{name}{YearMonth.from_index(index)}" for index in rows["month"].unique().to_list()}
    listed = rows.select("place", "number", "holder", "amount", "month").rows()
    lines = [OrderLine(place, number, holder, fen, texts[month]) for place, number, holder, fen, month in listed]
    order = Order(run["number"], f"{as_date(run['day']):%Y%m%d}", run["fund"], lines)
    digest = sm3_of(write_order(order))
    replies = [AnswerLine(*row) for row in rows.select("place", "amount", "answer").rows()]
    answer = write_answer(Answer(run["number"], order.day, digest, replies))
    return {"order": digest, "content": content_of(order), "answer": sm3_of(answer)}


def _sealed(county: County) -> pl.DataFrame:
    return runs(county).join(county["seals"], on="number", how="left", maintain_order="left")


def _runs(county: County) -> pl.DataFrame:
    rows = _sealed(county)
    opener = signer(county, RUN[0])
    return pl.DataFrame(
        {
            "id": rows["id"],
            "number": rows["number"],
            "fund": rows["fund"],
            "run_group": rows["fund"],
            "month": rows["month"],
            "ordinal": pl.repeat(1, len(rows), eager=True),
            "pay_on": days(rows["day"].to_numpy()),
            "state": pl.repeat("closed", len(rows), eager=True),
            "line_count": rows["lines"],
            "total": rows["total"],
            "held_count": pl.repeat(0, len(rows), eager=True),
            "digest": rows["digest"],
            "problem": pl.repeat("", len(rows), eager=True),
            "opened_by": pl.repeat(opener.name, len(rows), eager=True),
            "opened_at": moments(rows["day"].to_numpy()),
        }
    )


def _files(county: County) -> pl.DataFrame:
    rows = _sealed(county)
    orders = rows.select(
        "fund", "number", "lines", "total", day="day", digest="order", content="content", kind=pl.lit("order")
    )
    answers = rows.select(
        "fund", "number", "lines", "total", day="answered", digest="answer", content="order", kind=pl.lit("answer")
    )
    files = pl.concat([orders, answers]).sort("day", maintain_order=True)
    day = files["day"].to_numpy()
    return files.select("fund", "number", "digest", "content", "kind", "total", line_count="lines").with_columns(
        made_on=days(day), at=moments(day, 3_600_000 + 153 * MINUTE)
    )
