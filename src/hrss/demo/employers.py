"""Employers, offices, training bodies and service points; sizes follow a power law, trades follow the plan.

Nothing here is a real firm: credit codes carry the region 999236, names are drawn from local words.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County, day_number
from hrss.demo.divisions import SEAT, STREET, VILLAGE
from hrss.demo.identifiers import credit_codes
from hrss.demo.organisation_names import AGENCIES, DEPARTMENTS, TRADES, WORDS

FIRM, OFFICE, TRAINING, AGENCY, POINT = "firm", "office", "training", "agency", "point"
FIRMS: Final = 7_000
SCHOOLS, CLINICS, TRAINERS = 128, 44, 24
OFFICES_SINCE: Final = date(1998, 7, 1)
LARGEST: Final = 1_450  # people in the largest firm at full scale


def build(county: County) -> None:
    """Add the frame ``organisations`` (kind, name, village, weight of headcount, industry …)."""
    parts = [_agencies(county), _points(county), _offices(county), _training(county), _firms(county)]
    frame = pl.concat(parts, how="diagonal_relaxed").with_columns(pl.col("parent").fill_null(-1))
    codes = credit_codes(county.rng("employers", "codes"), frame["register"].to_list())
    county["organisations"] = frame.with_columns(credit_code=codes)


def _frame(kind: str, names: list[str], villages: draws.AnyArray, **columns: object) -> pl.DataFrame:
    base = pl.DataFrame({"kind": [kind] * len(names), "name": names, "village": np.asarray(villages, dtype=np.int64)})
    return base.with_columns(**{name: pl.Series(values) for name, values in columns.items()})  # type: ignore[arg-type]


def _town(county: County) -> int:
    """The community in which the county's offices sit."""
    streets = county["villages"].with_row_index("position").filter(pl.col("kind") == STREET)
    return int(streets.sort("weight", descending=True)["position"][0])


def _seats(county: County) -> draws.Ints:
    """The village in which each township's offices sit."""
    villages = county["villages"].with_row_index("position")
    first = villages.sort("kind", "position").filter(pl.col("kind") != VILLAGE)
    rest = villages.sort("position")
    by_township = dict(zip(rest["township"].reverse().to_list(), rest["position"].reverse().to_list(), strict=True))
    by_township |= dict(zip(first["township"].reverse().to_list(), first["position"].reverse().to_list(), strict=True))
    seats = villages.filter(pl.col("kind") == SEAT)
    by_township |= dict(zip(seats["township"].to_list(), seats["position"].to_list(), strict=True))
    return np.array([by_township[number] for number in range(len(county["townships"]))], dtype=np.int64)


def _agencies(county: County) -> pl.DataFrame:
    """The bureau and its centres; row 0 is the bureau, parent of all."""
    names = [name for name, _ in AGENCIES]
    parents = [-1] + [0] * (len(names) - 1)
    registers = [register for _, register in AGENCIES]
    columns = {
        "level": ["county"] * len(names),
        "parent": parents,
        "register": registers,
        "industry": ["S"] * len(names),
    }
    return _frame(AGENCY, names, np.full(len(names), _town(county)), weight=[0.0] * len(names), **columns)


def _points(county: County) -> pl.DataFrame:
    """Service points at three levels: the county hall, one a township, one a village."""
    start = len(AGENCIES)
    townships, villages = county["townships"]["name"].to_list(), county["villages"]
    names = ["奉节县政务服务中心人力社保专区"] + [f"{name}社会保障服务所" for name in townships]
    names += [_village_point(name, townships[number]) for name, number in villages.select("name", "township").rows()]
    levels = ["county"] + ["township"] * len(townships) + ["village"] * len(villages)
    parents = [0] + [start] * len(townships) + (start + 1 + villages["township"].to_numpy()).tolist()
    places = np.concatenate([[_town(county)], _seats(county), np.arange(len(villages))])
    return _frame(
        POINT, names, places, level=levels, parent=parents, register=["12"] * len(names),
        industry=["S"] * len(names), weight=[0.0] * len(names),
    )  # fmt: skip


def _village_point(village: str, township: str) -> str:
    short = village.removesuffix("村民委员会").removesuffix("居民委员会")
    return f"{township}{short}便民服务站"


def _offices(county: County) -> pl.DataFrame:
    """Government offices, schools and hospitals: few, large and old."""
    rng = county.rng("employers", "offices")
    townships = county["townships"]["name"].to_list()
    seats, town = _seats(county), _town(county)
    schools, clinics = county.request.scaled(SCHOOLS, least=12), county.request.scaled(CLINICS, least=6)
    names = [f"奉节县{name}" for name in DEPARTMENTS] + [f"奉节县{name}人民政府" for name in townships]
    names = [name.replace("街道人民政府", "街道办事处") for name in names]
    places = [town] * len(DEPARTMENTS) + seats.tolist()
    register = ["11"] * len(names)
    where = seats[np.arange(schools) % len(seats)]
    names += [_school(townships[number % len(seats)], number // len(seats)) for number in range(schools)]
    names += [_clinic(townships[number % len(seats)], number // len(seats)) for number in range(clinics)]
    places += where.tolist() + seats[np.arange(clinics) % len(seats)].tolist()
    register += ["12"] * (schools + clinics)
    weight = np.concatenate([
        rng.lognormal(3.6, 0.5, len(DEPARTMENTS)), rng.lognormal(4.2, 0.3, len(townships)),
        rng.lognormal(4.2, 0.7, schools), rng.lognormal(4.4, 0.9, clinics),
    ])  # fmt: skip
    industry = ["S"] * (len(DEPARTMENTS) + len(townships)) + ["P"] * schools + ["Q"] * clinics
    return _frame(OFFICE, names, np.array(places), register=register, weight=weight, industry=industry)


def _school(township: str, turn: int) -> str:
    kinds = ("中心小学", "初级中学", "第二小学", "实验小学")
    return f"奉节县{_stem(township)}{kinds[turn % 4]}"


def _clinic(township: str, turn: int) -> str:
    return f"奉节县{_stem(township)}{('中心卫生院', '社区卫生服务中心')[turn % 2]}"


def _stem(township: str) -> str:
    return township.removesuffix("土家族乡").removesuffix("街道").removesuffix("镇").removesuffix("乡") or township


def _training(county: County) -> pl.DataFrame:
    rng = county.rng("employers", "training")
    count = county.request.scaled(TRAINERS, least=4)
    names = [f"奉节县{WORDS[number]}职业培训学校" for number in rng.permutation(len(WORDS))[:count]]
    places = rng.choice(_seats(county), len(names))
    return _frame(
        TRAINING, names, places, register=["52"] * len(names), industry=["P"] * len(names),
        weight=rng.lognormal(2.0, 0.5, len(names)),
    )  # fmt: skip


def _firms(county: County) -> pl.DataFrame:
    """Firms by trade; the size of the n-th largest falls as 1/n^0.85, so a few are large and most have a handful."""
    rng = county.rng("employers", "firms")
    count = county.request.scaled(FIRMS, least=160)
    trade = draws.choose(rng, [share for _, _, share, _ in TRADES], count)
    names = _firm_names(rng, trade)
    rank = rng.permutation(count) + 1
    factor = np.array([size for _, _, _, size in TRADES])[trade]
    weight = (LARGEST / rank**0.85).clip(1.2) * factor * rng.lognormal(0, 0.3, count)
    kinds = county.column("villages", "kind")
    pull = np.take((14.0, 5.0, 2.0, 0.35), kinds) * county.column("villages", "weight")
    return _frame(
        FIRM, names, draws.choose(rng, pull, count), weight=weight,
        register=np.array(["91", "93"])[(np.array([code for code, *_ in TRADES])[trade] == "A").astype(int)].tolist(),
        industry=[TRADES[kind][0] for kind in trade.tolist()],
    )  # fmt: skip


def _firm_names(rng: np.random.Generator, trade: draws.Ints) -> list[str]:
    """Name the firms: a word of the place and the trade; a name already taken gets a second word."""
    taken: set[str] = set()
    names = []
    draw = iter(rng.integers(0, 2**31, size=(len(trade) * 8, 4)).tolist())
    for kind in trade.tolist():
        name = ""
        while not name or name in taken:
            name = _firm_name(TRADES[kind][1], next(draw), paired=bool(name))
        taken.add(name)
        names.append(name)
    return names


def _firm_name(endings: tuple[str, ...], luck: list[int], *, paired: bool) -> str:
    first, second = WORDS[luck[0] % len(WORDS)], WORDS[luck[1] % len(WORDS)]
    place = ("奉节县", "重庆", "重庆市奉节县", "奉节")[luck[3] % 4]
    brand = first + second if (paired or luck[3] % 3 == 0) and first != second else first
    return f"{place}{brand}{endings[luck[2] % len(endings)]}"


def founded_days(county: County, earliest: draws.Ints) -> draws.Ints:
    """Give the founding day: drawn, but never after the first person was hired."""
    rng = county.rng("employers", "founded")
    count = len(county["organisations"])
    drawn = county.today - (rng.beta(1.3, 2.2, count) * 30 * 365 + 200).astype(np.int64)
    office = np.isin(county.column("organisations", "kind"), (OFFICE, AGENCY, POINT))
    drawn = np.where(office, day_number(OFFICES_SINCE), drawn)
    return np.minimum(drawn, earliest - 20)
