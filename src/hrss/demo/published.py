"""The last day a parameter is published for: in a year without numbers the county goes on with those before it.

Only the demonstration does so; the product itself refuses months whose numbers are not published.
"""

from __future__ import annotations

from datetime import date, timedelta

from hrss.domains.insurance import amounts
from hrss.kernel.problem import Problem
from hrss.rules.engine import default_parameters

STANDARD = "insurance.unemployment.top_minimum_wage"


def published(name: str, day: date) -> date:
    """Give ``day``, or the last day of the newest year before it for which the parameter has a value."""
    while day.year > date.min.year:
        try:
            default_parameters().parameter(name, on=day, region=amounts.COUNTY)
        except Problem:
            day = day.replace(month=1, day=1) - timedelta(days=1)
            continue
        return day
    raise ValueError(f"{name} was never published")
