"""Entries, lines, details and vouchers of the year, the proposals behind them and the event of each.

Triggers that look at signatures and cases are off; what they guard is asked of all rows before they are committed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import polars as pl
from django.db import connections

from hrss.demo import ledger
from hrss.demo.anniversaries import first_day, month_of
from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.demo.tables.case_columns import as_json, at_moments
from hrss.demo.tables.columns import DAY_MS, dashed, days, moments, new_ids
from hrss.demo.tables.people import person_ids, regions_of
from hrss.demo.tables.runs import runs
from hrss.demo.tables.signers import ENTRY, signer
from hrss.domains.insurance.services.claim_subsidies import SOURCE, due_after
from hrss.funds.signing.signatures import digest_of
from hrss.kernel.actor import system_actor
from hrss.kernel.months import YearMonth

PROPOSED: Final = ("opening", "transfer")
UNSOUND: Final = tuple(
    f"SELECT subject, problem FROM ledger_unsound_{name} LIMIT 1"  # noqa: S608 - fixed names
    for name in ("balance", "signatures", "reversals", "banks", "two_lines")
)
NOT_AS_SIGNED: Final = (  # the function refuses by itself; no entry makes a row
    "SELECT 1 FROM ledger_entry e JOIN ledger_proposal_kind k ON k.code = e.source"
    " HAVING count(ledger_check_signed(e)::text) < 0"
)
CLAIM: Final = {
    "month": pl.Int64,
    "amount_fen": pl.Int64,
    "claimed_on": pl.Date,
    "due_on": pl.Date,
    "arrived_on": pl.Date,
    "notice": pl.String,
    "entry_id": pl.Int64,
}
UNPAID_CLAIM: Final = (
    "SELECT c.id FROM insurance_subsidyclaim c LEFT JOIN ledger_entry e ON e.id = c.entry_id"
    " WHERE e.source IS DISTINCT FROM 'subsidy' OR e.total <> c.amount_fen LIMIT 1"
)
UNSOUND_DETAILS: Final = ("SELECT subject, problem FROM ledger_unsound_details LIMIT 1",)


def tables(county: County) -> Iterator[Table]:
    """Give the tables of the ledger."""
    yield Table(
        "ledger_entry", lambda: _entries(county), without_triggers=True, numbered=True, after=("payables_payment",)
    )
    yield Table("ledger_proposal", lambda: _proposals(county), without_triggers=True, after=("ledger_entry",))
    yield Table(
        "ledger_line",
        lambda: _lines(county),
        True,
        (*UNSOUND, NOT_AS_SIGNED),
        ("signing_signature", "ledger_proposal"),
        numbered=True,
    )
    yield Table("insurance_subsidyclaim", lambda: _claims(county), True, (UNPAID_CLAIM,), ("ledger_entry",))
    yield Table("ledger_detail", lambda: _details(county), without_triggers=True, checks=UNSOUND_DETAILS)
    yield Table("ledger_voucher", lambda: _vouchers(county))
    yield Table("audit_event", lambda: _events(county))


def prepare(county: County) -> None:
    """Add the frames ``entries``, ``entry_lines`` and ``proposals`` (after the lines of the runs are known)."""
    made = ledger.postings(county, runs(county))
    proposed = [one for one in made if one.source in PROPOSED]
    ids = dashed(new_ids(county, "proposals", np.array([one.day for one in proposed]))).to_list()
    names = {id(one): identity for one, identity in zip(proposed, ids, strict=True)}
    rows, lines, proposals = [], [], []
    for number, one in enumerate(made, 1):
        reference = one.reference or names[id(one)]
        total = sum(debit for _, debit, _ in one.lines)
        rows.append((number, one.fund, one.day, one.source, reference, one.text, len(one.lines), total))
        lines += [
            (number, one.fund, account, debit, credit, one.source, reference) for account, debit, credit in one.lines
        ]
        if not one.reference:
            content = ledger.content(one)
            digest = digest_of([one.source, one.fund, content])
            proposals.append((reference, one.source, one.fund, as_json(content), digest, number, one.day))
    fields = ["id", "fund", "day", "source", "reference", "text", "line_count", "total"]
    county["entries"] = pl.DataFrame(rows, schema=fields, orient="row")
    sides = ["entry_id", "fund", "account", "debit", "credit", "source", "reference"]
    county["entry_lines"] = pl.DataFrame(lines, schema=sides, orient="row").with_row_index("id", offset=1)
    signed = ["proposal", "kind", "fund", "content", "digest", "entry_id", "day"]
    county["proposals"] = pl.DataFrame(proposals, schema=signed, orient="row")


def _entries(county: County) -> pl.DataFrame:
    rows = county["entries"]
    approver, robot = signer(county, ENTRY[-1]), system_actor("payruns.worker")
    by_hand = rows["source"].is_in(PROPOSED)
    return rows.select("id", "fund", "source", "reference", "text", "line_count", "total").with_columns(
        on=days(rows["day"].to_numpy()),
        actor_name=pl.Series([approver.name if one else robot.name for one in by_hand.to_list()]),
        actor_person=pl.Series([approver.person if one else None for one in by_hand.to_list()], dtype=pl.String),
        recorded_at=moments(rows["day"].to_numpy(), 4 * 3_600_000),
    )


def _accounts() -> dict[tuple[str, str], int]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT fund, code, id FROM ledger_account")
        return {(fund, code): identity for fund, code, identity in cursor.fetchall()}


def _lines(county: County) -> pl.DataFrame:
    rows, known = county["entry_lines"], _accounts()
    accounts = [known[pair] for pair in rows.select("fund", "account").rows()]
    counts = _detail_counts(county)
    details = [counts.get(key, 0) for key in rows.select("source", "reference", "account").rows()]
    return rows.select("id", "entry_id", "fund", "debit", "credit").with_columns(
        account_id=pl.Series(accounts), detail_count=pl.Series(details)
    )


def _posted(county: County) -> pl.DataFrame:
    """Give the details of the runs: source, reference, account, line of the run; one row a side and payment."""
    if "details" not in county.frames:
        lines = county["lines"].join(
            runs(county).select("run", "fund", "number"), on=["run", "fund"], maintain_order="left"
        )
        spent = pl.when(pl.col("attempt") > 1).then(pl.lit(ledger.SUSPENSE)).otherwise(pl.lit(ledger.BENEFITS))
        back = lines.filter(pl.col("answer") != "paid")
        apart = lines.filter((pl.col("attempt") == 1) & (pl.col("part") > 0))
        once = pl.when(pl.col("attempt") == 1).then(pl.col("amount") - pl.col("part")).otherwise(pl.col("amount"))
        sides = [
            lines.with_columns(source=pl.lit("payrun"), account=spent, amount=once).filter(pl.col("amount") > 0),
            apart.with_columns(source=pl.lit("payrun"), account=pl.lit(ledger.ACCOUNTS), amount=pl.col("part")),
            lines.with_columns(source=pl.lit("payrun"), account=pl.lit(ledger.EXPENDITURE)),
            back.with_columns(source=pl.lit("returned"), account=pl.lit(ledger.EXPENDITURE)),
            back.with_columns(source=pl.lit("returned"), account=pl.lit(ledger.SUSPENSE)),
        ]
        chosen = ["source", "account", "number", "place", "entitlement", "amount", "run"]
        county["details"] = pl.concat([side.select(chosen) for side in sides])
    return county["details"]


def _detail_counts(county: County) -> dict[tuple[str, str, str], int]:
    rows = _posted(county).group_by("source", "number", "account").len()
    return {(source, number, account): count for source, number, account, count in rows.rows()}


def _details(county: County) -> Iterator[pl.DataFrame]:
    lines = county["entry_lines"].select("source", "account", number="reference", line_id="id")
    for _, rows in _posted(county).group_by(["run"], maintain_order=True):
        joined = rows.join(lines, on=["source", "account", "number"], how="left", maintain_order="left")
        person = county["entitlements"]["person"].gather(joined["entitlement"]).to_numpy()
        yield pl.DataFrame(
            {
                "line_id": joined["line_id"],
                "person_id": person_ids(county, person),
                "region_code": regions_of(county, person),
                "reference": joined["number"] + "-" + joined["place"].cast(pl.String),
                "amount": joined["amount"],
            }
        )


def _claims(county: County) -> pl.DataFrame:
    """The claims behind the subsidies that came in: made on the first of the month, or the day before it if need be."""
    rows = [_claim(row) for row in county["entries"].filter(pl.col("source") == SOURCE).to_dicts()]
    return pl.DataFrame(rows, schema=CLAIM)


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    at, arrived = YearMonth.parse(row["reference"].rpartition(":")[2]), as_date(row["day"])
    claimed = min((at + 1).first_day, arrived)
    return {
        "month": at.index,
        "amount_fen": row["total"],
        "claimed_on": claimed,
        "due_on": due_after(claimed),
        "arrived_on": arrived,
        "notice": ledger.notice_of(at),
        "entry_id": row["id"],
    }


def _vouchers(county: County) -> pl.DataFrame:
    """Numbers of the entries: consecutive in each fund and month."""
    rows = county["entries"]
    month = month_of(rows["day"].to_numpy())
    taken: Counter[tuple[str, int]] = Counter()
    numbers = []
    for key in zip(rows["fund"].to_list(), month.tolist(), strict=True):
        taken[key] += 1
        numbers.append(taken[key])
    return rows.select("fund", entry_id="id").with_columns(month=days(first_day(month)), number=pl.Series(numbers))


def _proposals(county: County) -> pl.DataFrame:
    rows = county["proposals"]
    return rows.select("kind", "fund", "content", "digest", "entry_id", id="proposal").with_columns(
        state=pl.lit("done"), note=pl.lit(""), made_at=moments(rows["day"].to_numpy())
    )


def _events(county: County) -> pl.DataFrame:
    """Every entry has its event in the log; the log seals them like all others."""
    rows = county["entries"]
    approver, robot = signer(county, ENTRY[-1]), system_actor("payruns.worker")
    return pl.DataFrame(
        [_event(row, approver if row["source"] in PROPOSED else None, robot.name) for row in rows.to_dicts()]
    )


def _event(row: dict[str, Any], approver: Any, robot: str) -> dict[str, Any]:
    detail = {"fund": row["fund"], "source": row["source"], "reference": row["reference"], "fen": row["total"]}
    return {
        "at": at_moments(np.array([row["day"] * DAY_MS + 4 * 3_600_000]))[0],
        "actor_account": approver.account if approver else None,
        "actor_person": approver.person if approver else None,
        "actor_name": approver.name if approver else robot,
        "actor_kind": "staff" if approver else "system",
        "post_function": approver.function if approver else "",
        "organisation": "",
        "channel": "workbench" if approver else "job",
        "action": "funds.post",
        "outcome": "done",
        "purpose": "funds",
        "subject_kind": "ledger_entry",
        "subject_id": str(row["id"]),
        "region_code": "",
        "detail": as_json(detail),
        "request_id": "",
    }
