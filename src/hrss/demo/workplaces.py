"""Which employer each job is with, how many each employs, since when each exists, who its legal person is.

Jobs and employers near each other are matched; an employer is never younger than its first employee's job.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from hrss.demo import draws
from hrss.demo.county import County
from hrss.demo.employers import AGENCY, FIRM, POINT, founded_days
from hrss.demo.labour import TOWN
from hrss.demo.personas import is_cast, person_of
from hrss.demo.population import age_in_years
from hrss.demo.spells import EMPLOYER

CLOSED_SHARE: Final = 0.035
OCCUPATIONS: Final = {
    "A": ("种植工", "养殖工", "农艺工"),
    "C": ("操作工", "质检员", "包装工", "机修工", "车间班长"),
    "D": ("运维工", "抄表员"),
    "E": ("砌筑工", "钢筋工", "电工", "施工员", "安全员"),
    "F": ("营业员", "收银员", "库管员", "业务员", "店长"),
    "G": ("驾驶员", "装卸工", "调度员"),
    "H": ("服务员", "厨师", "前台", "客房服务员"),
    "I": ("程序员", "客服", "网络维护"),
    "K": ("保安", "保洁员", "物业管理员"),
    "L": ("招聘专员", "导游", "文员"),
    "M": ("测量员", "造价员"),
    "N": ("园林工", "环卫工", "检票员"),
    "O": ("家政服务员", "育婴员", "养老护理员", "美发师"),
    "R": ("讲解员", "编辑", "演艺人员"),
    "P": ("教师", "教务员", "职业培训讲师"),
    "Q": ("医生", "护士", "药师", "检验师"),
    "S": ("科员", "办事员", "窗口人员"),
}


def build(county: County) -> None:
    """Add ``organisation`` and ``occupation`` to the spells; headcount, founding and closing to the organisations."""
    organisation = _assign(county)
    county.add("spells", organisation=organisation)
    _describe(county, organisation)
    county.add("spells", occupation=_occupations(county, organisation))


def _assign(county: County) -> draws.Ints:
    """Line up jobs and places by township with some noise; sizes follow the employers' weights."""
    rng = county.rng("workplaces", "assign")
    spells, organisations = county["spells"], county["organisations"]
    with_employer = np.flatnonzero((spells["kind"] == EMPLOYER).to_numpy() & spells["town"].to_numpy())
    weight = organisations["weight"].fill_null(0.0).to_numpy()
    closed = _closing(county)
    out = np.full(len(spells), -1, dtype=np.int64)
    is_open = spells["until"].to_numpy()[with_employer] < 0
    for these, may in ((with_employer[is_open], ~closed), (with_employer[~is_open], np.ones(len(closed), dtype=bool))):
        slots = np.repeat(np.arange(len(weight)), draws.apportion(weight * may, len(these)))
        out[these] = _near(county, rng, these, slots)
    return _staff_at_their_posts(county, out)


def _staff_at_their_posts(county: County, organisation: draws.Ints) -> draws.Ints:
    posts = dict(county["staff"].select("person", "organisation").rows())
    largest = county["organisations"].with_row_index("position").filter(pl.col("kind") == FIRM).sort("weight")
    posts[person_of(county, "firm_clerk")] = largest["position"][-1]
    spells = county["spells"].with_row_index("position").filter(pl.col("until") < 0, pl.col("town"))
    for position, person in spells.filter(pl.col("person").is_in(list(posts))).select("position", "person").rows():
        organisation[position] = posts[person]
    return organisation


def _closing(county: County) -> draws.Bools:
    rng = county.rng("workplaces", "closing")
    firm = county.column("organisations", "kind") == FIRM
    small = county["organisations"]["weight"].fill_null(0.0).to_numpy() < 12
    return np.asarray(firm & small & (rng.random(len(firm)) < CLOSED_SHARE))


def _near(county: County, rng: np.random.Generator, spells: draws.Ints, slots: draws.Ints) -> draws.Ints:
    townships = county.column("villages", "township")
    homes = county.column("persons", "lives_in")[county.column("spells", "person")[spells]]
    works = county.column("organisations", "village")[slots]
    by_home = np.argsort(townships[homes] + rng.normal(0, 6, len(spells)))
    by_work = np.argsort(townships[works] + rng.normal(0, 6, len(slots)))
    out = np.empty(len(spells), dtype=np.int64)
    out[by_home] = slots[by_work]
    return out


def _describe(county: County, organisation: draws.Ints) -> None:
    count = len(county["organisations"])
    since, until = county.column("spells", "since"), county.column("spells", "until")
    known = organisation >= 0
    earliest = np.full(count, county.today, dtype=np.int64)
    np.minimum.at(earliest, organisation[known], since[known])
    latest = np.zeros(count, dtype=np.int64)
    np.maximum.at(latest, organisation[known], until[known])
    founded = founded_days(county, earliest)
    shut = np.minimum(np.maximum(latest, founded) + 45, county.today - 1)
    closed = np.where(_closing(county), np.maximum(shut, founded + 30), -1)
    headcount = np.bincount(organisation[known & (until < 0)], minlength=count)
    county.add("organisations", founded=founded, closed=closed, headcount=headcount, head=_heads(county, closed))


def _heads(county: County, closed: draws.Ints) -> draws.Ints:
    """Give every employer a legal person from the population (no one twice), and offices theirs."""
    rng = county.rng("workplaces", "heads")
    age, work = age_in_years(county), county.column("persons", "work")
    pull = np.interp(age, (25, 30, 45, 58, 59), (0, 1, 1.5, 1, 0)) * (work == TOWN)
    pull = pull * (county.column("persons", "education") >= 4) * ~is_cast(county)
    kinds = county.column("organisations", "kind")
    needs = np.flatnonzero(~np.isin(kinds, (AGENCY, POINT)))
    heads = np.full(len(kinds), -1, dtype=np.int64)
    chosen = draws.take(rng, np.arange(len(age)), pull, len(needs))
    heads[needs] = rng.permutation(chosen)
    heads[_firm_of_the_head(county, closed)] = person_of(county, "firm_head")
    return heads


def _firm_of_the_head(county: County, closed: draws.Ints) -> int:
    """The second largest firm: its legal person plays a part."""
    firms = county["organisations"].with_row_index("position").with_columns(closed=pl.Series(closed))
    firms = firms.filter(pl.col("kind") == FIRM, pl.col("closed") < 0).sort("weight", descending=True)
    return int(firms["position"][1])


def _occupations(county: County, organisation: draws.Ints) -> pl.Series:
    rng = county.rng("workplaces", "occupation")
    industries = county["organisations"]["industry"].fill_null("S").to_list()
    luck = rng.integers(0, 2**20, len(organisation))
    names = [name for code in OCCUPATIONS for name in OCCUPATIONS[code]]
    starts = dict(
        zip(OCCUPATIONS, np.cumsum([0] + [len(one) for one in OCCUPATIONS.values()])[:-1].tolist(), strict=True)
    )
    first = np.array([starts[code] for code in industries])[organisation]
    width = np.array([len(OCCUPATIONS[code]) for code in industries])[organisation]
    position = np.where(organisation >= 0, first + luck % np.maximum(width, 1), len(names))
    return pl.Series(np.array([*names, ""], dtype=object)[position].tolist(), dtype=pl.String)
