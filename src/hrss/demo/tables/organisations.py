"""Employers, offices, training bodies and service points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.bulk import Table
from hrss.demo.county import County
from hrss.demo.employers import AGENCY, POINT, TRAINING
from hrss.demo.tables.columns import days, links, moments
from hrss.foundation.regions.romanise import pinyin_of

KINDS = {AGENCY: "agency", POINT: "service_point", TRAINING: "training"}


def tables(county: County) -> Iterator[Table]:
    """Give the table of organisations."""
    yield Table("organisations_organisation", lambda: _organisations(county))


def _organisations(county: County) -> pl.DataFrame:
    frame, villages = county["organisations"], county["villages"]
    heads, closed = frame["head"].to_numpy(), frame["closed"].to_numpy()
    names = county["persons"]["name"].gather(np.maximum(heads, 0)).to_numpy()
    points = np.isin(frame["kind"].to_numpy(), (AGENCY, POINT))
    level = frame["level"].fill_null("")
    return pl.DataFrame(
        {
            "id": frame["id"],
            "kind": pl.Series([KINDS.get(kind, "employer") for kind in frame["kind"].to_list()]),
            "name": frame["name"],
            "pinyin": pl.Series([pinyin_of(name) for name in frame["name"].to_list()]),
            "credit_code": frame["credit_code"],
            "region_code": _regions(county, frame, level),
            "address": _addresses(county, frame),
            "parent_id": links(frame["id"], frame["parent"].to_numpy()),
            "level": level,
            "industry": frame["industry"].fill_null(""),
            "headcount": pl.Series(_headcount(county, frame)),
            "status": pl.Series(np.where(closed >= 0, "closed", "active").tolist()),
            "founded_on": days(frame["founded"].to_numpy()),
            "closed_on": days(closed),
            "legal_person_name": pl.Series(np.where(points | (heads < 0), "", names).tolist()),
            "version": pl.repeat(1, len(frame), eager=True),
            "created_at": moments(np.maximum(frame["founded"].to_numpy(), 0)),
        }
    ).with_columns(region_code=pl.col("region_code").fill_null(villages["code"][0]))


def _regions(county: County, frame: pl.DataFrame, level: pl.Series) -> pl.Series:
    """A county office belongs to the county, a township's to the township, all else to its village."""
    codes = county["villages"]["code"].gather(frame["village"])
    wide = {"county": 6, "township": 9}
    return pl.Series([code[: wide.get(one, 12)] for code, one in zip(codes.to_list(), level.to_list(), strict=True)])


def _addresses(county: County, frame: pl.DataFrame) -> pl.Series:
    villages = county["villages"]
    township = county["townships"]["name"].gather(villages["township"].gather(frame["village"]))
    place = villages["name"].gather(frame["village"]).str.replace("村民委员会|居民委员会", "")
    number = pl.Series(np.arange(len(frame)) % 188 + 1).cast(pl.String)
    return township + place + number + "号"


def _headcount(county: County, frame: pl.DataFrame) -> draws.Ints:
    staff = np.bincount(county.column("staff", "organisation"), minlength=len(frame))
    return np.asarray(np.maximum(frame["headcount"].to_numpy(), staff))
