"""A year of pay runs: which month of which award went out with which run, what the bank returned, what was paid again.

Each fund runs once a month on a working day about the tenth. What was decided since the last run goes out with its
arrears; a returned line goes out again with the next run, to the account the person named since. The last returns
still wait.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.anniversaries import age_on, first_day
from hrss.demo.awards import CASE, CLAIMS, MONTHS, PAST, STOCK, window
from hrss.demo.county import County
from hrss.demo.published import STANDARD, published
from hrss.domains.insurance import amounts
from hrss.domains.insurance.benefits import ACCOUNT_PART
from hrss.funds.codes import Fund
from hrss.kernel.months import YearMonth
from hrss.rules.engine.columns import batch
from hrss.rules.insurance.resident import resident_pension
from hrss.rules.insurance.unemployment import unemployment_standard

PAY_DAY: Final = 10
RETURNED: Final = 0.0008
FUNDS: Final = {
    amounts.PENSION_BENEFIT: Fund.RESIDENT_PENSION.value,
    amounts.UNEMPLOYMENT_BENEFIT: Fund.UNEMPLOYMENT.value,
}
PAID_BY: Final = {fund: benefit for benefit, fund in FUNDS.items()}
ANSWERS: Final = ("wrong_account", "closed_account", "name_mismatch")
CLOSED_SHARE: Final = (0.6, 0.25, 0.15)


def build(county: County) -> None:
    """Add the frames ``entitlements``, ``lines`` and ``changes`` (who named another account, and on which day)."""
    _take_cases(county)
    county["entitlements"] = _entitlements(county)
    parts: list[pl.DataFrame] = []
    changed = np.full(len(county["entitlements"]), -1, dtype=np.int64)
    for benefit in FUNDS:
        parts += _runs(county, benefit, changed)
    lines = pl.concat(parts).sort("run", "fund", "place", maintain_order=True).with_row_index("id", offset=1)
    county["lines"] = _linked(lines.with_columns(pl.col("id").cast(pl.Int64)))
    who = np.flatnonzero(changed >= 0)
    person = county["entitlements"]["person"].gather(who)
    county["changes"] = pl.DataFrame({"person": person, "entitlement": who, "on": changed[who]})


def pay_days(county: County) -> draws.Ints:
    """Give the day each of the twelve runs paid."""
    months = np.arange(window(county)[0], window(county)[1] + 1)
    return draws.weekday(first_day(months) + PAY_DAY - 1)


def _take_cases(county: County) -> None:
    """Give the awards their cases; a claim no unrelated clerk could take up was not made."""
    ids: list[str | None] = [None] * len(county["awards"])
    for name in CLAIMS.values():
        for award, identity in county[name].select("award", "case_id").rows():
            ids[award] = identity
    rows = county["awards"].with_columns(case_id=pl.Series(ids, dtype=pl.String))
    county["awards"] = rows.filter((pl.col("origin") != CASE) | pl.col("case_id").is_not_null())


def _entitlements(county: County) -> pl.DataFrame:
    """What the funds know of the awards: months from the take-over on, the run that first takes each up."""
    rows = county["awards"].with_row_index("award").filter(pl.col("origin") != PAST)
    stock = (rows["origin"] == STOCK).to_numpy()
    first = np.where(stock, np.maximum(rows["first"].to_numpy(), window(county)[0]), rows["first"].to_numpy())
    turn = np.where(stock, 0, np.searchsorted(pay_days(county), rows["decided"].to_numpy(), side="right"))
    return rows.with_columns(
        first=pl.Series(first), turn=pl.Series(turn), award=pl.col("award").cast(pl.Int64), birth=pl.Series(
            county.column("persons", "birth")[rows["person"].to_numpy()]
        )
    )  # fmt: skip


def _runs(county: County, benefit: str, changed: draws.Ints) -> list[pl.DataFrame]:
    """Give the lines of the twelve runs of a fund in the order of their places."""
    rng = county.rng("paying", benefit)
    rows = county["entitlements"].with_row_index("entitlement").filter(pl.col("benefit") == benefit)
    rows = rows.with_columns(pl.col("entitlement").cast(pl.Int64))
    order = _order(county, rows)
    back = pl.DataFrame(schema={"entitlement": pl.Int64, "month": pl.Int64})
    parts = []
    for number, day in enumerate(pay_days(county).tolist()):
        fresh = _due(rows, number, window(county)[0] + number)
        again = back.with_columns(attempt=pl.lit(2, pl.Int64))
        lines = pl.concat([fresh.with_columns(attempt=pl.lit(1, pl.Int64)), again])
        lines = lines.with_columns(place=pl.Series(order[lines["entitlement"].to_numpy()])).sort(
            "place", "month", "attempt"
        )
        lines = lines.with_columns(place=pl.int_range(1, pl.len() + 1), run=pl.lit(number, pl.Int64))
        answers = _answers(rng, lines, changed, day, last=number == MONTHS - 1)
        lines = lines.with_columns(answer=pl.Series(answers.tolist(), dtype=pl.String), fund=pl.lit(FUNDS[benefit]))
        parts.append(lines.with_columns(**_amounts(county, benefit, lines)))
        back = lines.filter(pl.col("answer") != "paid").select("entitlement", "month")
    return parts


def _order(county: County, rows: pl.DataFrame) -> draws.Ints:
    """Give the place of each entitlement among all: by village, then by person, as the snapshot orders them."""
    code = county.column("villages", "code")[county.column("persons", "village")[rows["person"].to_numpy()]]
    keys = pl.DataFrame(
        {"code": code, "person": county["persons"]["id"].gather(rows["person"]), "entitlement": rows["entitlement"]}
    )
    ranked = keys.sort("code", "person")["entitlement"].to_numpy()
    order = np.zeros(len(county["entitlements"]), dtype=np.int64)
    order[ranked] = np.arange(len(ranked))
    return order


def _due(rows: pl.DataFrame, number: int, month: int) -> pl.DataFrame:
    """The months each entitlement is due for in a run: this month, with arrears in the first one after the decision."""
    first, last, turn = (rows[name].to_numpy() for name in ("first", "last", "turn"))
    low = np.maximum(np.where(turn == number, first, month), first)
    high = np.where(last < 0, month, np.minimum(last, month))
    count = np.where(turn <= number, np.maximum(high - low + 1, 0), 0)
    which = np.repeat(np.arange(len(rows)), count)
    return pl.DataFrame(
        {"entitlement": rows["entitlement"].to_numpy()[which], "month": low[which] + draws.rank_within(which)}
    )


def _answers(
    rng: np.random.Generator, lines: pl.DataFrame, changed: draws.Ints, day: int, *, last: bool
) -> draws.AnyArray:
    """What the bank said: nearly all paid; who was returned names another account soon (of the last ones half did)."""
    answers = np.full(len(lines), "paid", dtype=object)
    entitlement = lines["entitlement"].to_numpy()
    free = np.flatnonzero((lines["attempt"].to_numpy() == 1) & (changed[entitlement] < 0))
    free = free[np.unique(entitlement[free], return_index=True)[1]]
    count = min(max(1, round(len(lines) * RETURNED)), len(free) // 4)
    chosen = rng.choice(free, count, replace=False) if count else free[:0]
    answers[chosen] = np.array(ANSWERS, dtype=object)[draws.choose(rng, CLOSED_SHARE, count)]
    names = chosen[::2] if last else chosen
    changed[entitlement[names]] = day + rng.integers(3, 9, len(names))
    return answers


def _amounts(county: County, benefit: str, lines: pl.DataFrame) -> dict[str, pl.Series]:
    """Compute amount and part of the lines of a run by the rule, all of a month at once."""
    found, apart = np.zeros(len(lines), dtype=np.int64), np.zeros(len(lines), dtype=np.int64)
    month = lines["month"].to_numpy()
    for index in np.unique(month).tolist():
        here = np.flatnonzero(month == index)
        day = YearMonth.from_index(index).first_day
        columns = facts_of(county, benefit, lines[here.tolist()])
        if benefit == amounts.UNEMPLOYMENT_BENEFIT:
            found[here] = int(amounts.standard(published(STANDARD, day)).amount)
        else:
            made = batch(resident_pension, columns, on=day, region=amounts.COUNTY, want=(ACCOUNT_PART,))
            found[here], apart[here] = made["amount"], made[ACCOUNT_PART]
    return {"amount": pl.Series(found), "part": pl.Series(apart)}


def facts_of(county: County, benefit: str, lines: pl.DataFrame) -> dict[str, draws.Ints]:
    """Give the facts of the rule for lines: what was stored at the award and the age on the first of the month."""
    if benefit == amounts.UNEMPLOYMENT_BENEFIT:
        return {}
    rows = county["entitlements"][lines["entitlement"].to_numpy()]
    return {
        "account": rows["account"].to_numpy(),
        "years": rows["years"].to_numpy(),
        "age": age_on(rows["birth"].to_numpy(), first_day(lines["month"].to_numpy())),
        "one_child": rows["one_child"].to_numpy().astype(np.int64),
    }


def rule_of(benefit: str) -> str:
    """Give the name of the rule a benefit is computed by."""
    return resident_pension.name if benefit == amounts.PENSION_BENEFIT else unemployment_standard.name


def _linked(lines: pl.DataFrame) -> pl.DataFrame:
    """Say of each second attempt which line it repeats, and of each returned one whether it was repeated."""
    first = lines.filter(pl.col("answer") != "paid").select("entitlement", "month", retry_of="id")
    again = lines.filter(pl.col("attempt") == 2).select("entitlement", "month").with_columns(settled=pl.lit(value=True))
    joined = lines.join(first, on=["entitlement", "month"], how="left").join(
        again, on=["entitlement", "month"], how="left"
    )
    return joined.sort("id").with_columns(
        retry_of=pl.when(pl.col("attempt") == 2).then(pl.col("retry_of")),
        settled=pl.col("settled").fill_null(value=False) & (pl.col("answer") != "paid"),
    )
