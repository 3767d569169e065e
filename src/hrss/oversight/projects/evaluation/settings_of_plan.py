"""What the county's pack says about its reports: title, authority, chapters. ``packs/*/evaluation/report.yaml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from hrss.casework.items.packs import layered, load_layers
from hrss.kernel.problem import Problem


@dataclass(frozen=True, slots=True)
class PlanWords:
    """How the plan is called and grouped. ``period`` and ``former`` are the codes of its goals."""

    plan: str
    short: str
    county: str
    authority: str
    period: str
    former: str
    first_year: int
    last_year: int
    basis: tuple[str, ...]
    themes: Mapping[str, tuple[str, ...]]
    trends: tuple[str, ...]


@functools.cache
def plan_words() -> PlanWords:
    """Read the file once. Problem ``pack.missing`` for a county that has none."""
    layers = load_layers(settings.HRSS_COUNTY_PACK, root=settings.HRSS_PACKS)
    source = layered(layers, "evaluation", root=settings.HRSS_PACKS).get("report")
    if source is None:
        raise Problem("pack.missing", "事项包里没有评估报告的文件", remedy="写 evaluation/report.yaml")
    data = source.data
    return PlanWords(
        plan=data["plan"], short=data["short"], county=data["county"], authority=data["authority"],
        period=data["period"], former=data["former"], first_year=data["years"][0], last_year=data["years"][1],
        basis=tuple(data["basis"]), themes={name: tuple(goals) for name, goals in data["themes"].items()},
        trends=tuple(data["trends"]),
    )  # fmt: skip
