"""Townships and villages of the pack with how many people each should have.

Sizes are a design: no published head count per village was found. Streets hold the county town, a township's seat is
larger than its villages, and villages vary as villages do.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County

PACKS: Final = Path(__file__).resolve().parents[3] / "packs"
STREET, SEAT, COMMUNITY, VILLAGE = 0, 1, 2, 3
MEAN_SIZE: Final = (5_600.0, 4_300.0, 2_900.0, 2_150.0)  # people per village by kind, before scaling to the county
URBAN_SHARE: Final = (0.88, 0.55, 0.40, 0.08)  # of the households, urban hukou
TUJIA_SHARE: Final = {"土家族乡": 0.52}
TUJIA_ELSEWHERE: Final = 0.012


def read(pack: str = "fengjie") -> list[dict[str, str]]:
    """Read the divisions of a pack."""
    with (PACKS / pack / "divisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build(county: County) -> None:
    """Add the frames ``townships`` and ``villages`` (with ``target`` people)."""
    rows = read()
    townships = [row for row in rows if row["level"] == "township"]
    villages = [row for row in rows if row["level"] == "village"]
    position = {row["code"]: number for number, row in enumerate(townships)}
    county["townships"] = pl.DataFrame(
        {
            "code": [row["code"] for row in townships],
            "name": [row["name"] for row in townships],
            "stem": [_stem(row["pinyin"]) for row in townships],
        }
    )
    township = np.array([position[row["parent"]] for row in villages])
    kind = _kinds([row["name"] for row in villages], [townships[number]["name"] for number in township], township)
    weights = np.take(MEAN_SIZE, kind) * county.rng("divisions", "size").lognormal(0.0, 0.26, len(villages))
    county["villages"] = pl.DataFrame(
        {
            "code": [row["code"] for row in villages],
            "name": [row["name"] for row in villages],
            "township": township,
            "kind": kind,
            "urban_share": np.take(URBAN_SHARE, kind),
            "tujia_share": [_tujia(townships[number]["name"]) for number in township],
            "weight": weights / weights.sum(),
        }
    )


def _kinds(names: list[str], parents: list[str], township: draws.Ints) -> draws.Ints:
    seen: set[int] = set()
    kinds = []
    for name, parent, number in zip(names, parents, township.tolist(), strict=True):
        is_seat = number not in seen
        seen.add(number)
        if parent.endswith("街道"):
            kinds.append(STREET if "社区" in name else COMMUNITY)
        elif is_seat:
            kinds.append(SEAT)
        else:
            kinds.append(COMMUNITY if "社区" in name else VILLAGE)
    return np.array(kinds)


def _stem(pinyin: str) -> str:
    """The name without its ending, for logins: ``baidizhen`` becomes ``baidi``."""
    for ending in ("tujiazuxiang", "jiedao", "zhen", "xiang"):
        if pinyin.endswith(ending):
            return pinyin.removesuffix(ending)
    return pinyin


def _tujia(township: str) -> float:
    return next((share for ending, share in TUJIA_SHARE.items() if township.endswith(ending)), TUJIA_ELSEWHERE)
