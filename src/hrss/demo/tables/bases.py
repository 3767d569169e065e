"""How the amounts of the pay runs were found: a basis for each benefit and month, the facts for each line."""

from __future__ import annotations

import polars as pl

from hrss.demo.county import County
from hrss.demo.paying import PAID_BY, facts_of
from hrss.demo.published import STANDARD, published
from hrss.demo.tables.case_columns import as_json
from hrss.domains.insurance import amounts
from hrss.funds.benefits import Amount, amount_of
from hrss.funds.payables.bases import without_facts
from hrss.kernel.months import YearMonth


def rows(county: County) -> pl.DataFrame:
    """Give the table of bases; which one a fund's month has is kept for the lines."""
    met = county["lines"].unique(["fund", "month"], keep="first", maintain_order=True)
    found = [_found(county, met[at]) for at in range(len(met))]
    told = [as_json(without_facts(one.explanation)) for one in found]
    county["bases"] = met.select("fund", "month").with_columns(basis=pl.int_range(1, len(met) + 1, dtype=pl.Int32))
    return pl.DataFrame({"id": county["bases"]["basis"], "versions": [one.versions for one in found], "told": told})


def inputs(county: County, lines: pl.DataFrame) -> pl.Series:
    """Give the facts of each line as stored with it (lines of one benefit)."""
    facts = facts_of(county, PAID_BY[lines["fund"][0]], lines)
    if facts:
        return pl.DataFrame(facts).select(text=pl.struct(pl.all()).struct.json_encode())["text"]
    months = lines.unique("month")
    given = [as_json(_found(county, months[at]).explanation["facts"]) for at in range(len(months))]
    return lines["month"].replace_strict(months["month"], pl.Series(given), return_dtype=pl.String)


def _found(county: County, line: pl.DataFrame) -> Amount:
    month = YearMonth.from_index(int(line["month"][0]))
    facts = facts_of(county, PAID_BY[line["fund"][0]], line)
    if not facts:
        return amount_of(amounts.standard(published(STANDARD, month.first_day)))
    return amount_of(amounts.pension({name: int(values[0]) for name, values in facts.items()}, month))
