"""The county can be looked at without smiling: ages, families, places, names."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from hrss.demo import layers, population
from hrss.demo.county import County, Request
from hrss.demo.families import CHILD, ELDER, HUSBAND, WIFE
from hrss.demo.places import heads
from hrss.demo.population import age_in_years
from hrss.demo.tables.people import membership
from hrss.foundation.regions.romanise import pinyin_of_name
from hrss.kernel.problem import Problem

YEAR = 365.2425


@pytest.fixture(scope="module")
def persons(county: County) -> pl.DataFrame:
    """The persons with their age."""
    return county["persons"].with_columns(age=pl.Series(age_in_years(county)))


def test_the_same_request_gives_the_same_county_and_another_seed_another(county: County) -> None:
    again = layers.build(county.request)
    for name in ("persons", "organisations", "spells", "registrations", "cases", "actions", "staff"):
        assert again[name].equals(county[name]), name
    other = layers.build(Request(0.02, 5, county.request.today))
    assert not other["persons"]["name"].equals(county["persons"]["name"])


def test_a_new_day_makes_everyone_older_but_changes_nobody(county: County) -> None:
    later = layers.build(Request(0.003, 20210101, date(2027, 2, 1)))
    assert later.today > county.today
    assert (later.column("persons", "birth") <= later.today).all()


def test_a_scale_too_small_for_the_posts_is_refused_with_a_remedy() -> None:
    with pytest.raises(Problem, match=r"0\.003") as caught:
        Request(0.001, 1, date(2026, 1, 1))
    assert caught.value.code == "demo.scale"


def test_the_pyramid_has_the_hunger_the_waves_and_few_children(persons: pl.DataFrame) -> None:
    alive = persons.filter(pl.col("death") < 0)
    born = (1970 + alive["birth"] / YEAR).floor().cast(pl.Int64)
    by_year = dict(zip(*np.unique(born.to_numpy(), return_counts=True), strict=True))
    hunger = sum(by_year[year] for year in (1960, 1961))
    wave = sum(by_year[year] for year in (1963, 1964))
    assert wave > 2.5 * hunger
    assert by_year[1990] > 1.5 * by_year[2003] > 1.5 * by_year[2024]
    old = alive.filter(pl.col("age") >= 80)
    assert (old["sex"] == 2).mean() > 0.52, "women live longer"


def test_deaths_fit_the_same_force_of_mortality(persons: pl.DataFrame) -> None:
    dead = persons.filter(pl.col("death") >= 0)
    assert (dead["death"] >= dead["birth"]).all()
    assert dead["age"].median() > 72
    assert population.hazard(np.array([80.0]), 1)[0] > population.hazard(np.array([80.0]), 2)[0]


def test_mothers_are_of_an_age_to_be_mothers(persons: pl.DataFrame) -> None:
    wives = persons.filter(pl.col("role") == WIFE).select("household", mother="birth")
    children = persons.filter(pl.col("role") == CHILD).join(wives, on="household")
    age_at_birth = (children["birth"] - children["mother"]) / YEAR
    assert age_at_birth.min() >= 18 and age_at_birth.max() <= 45
    assert 24 < age_at_birth.mean() < 28


def test_brothers_and_sisters_are_ten_months_apart_or_more(persons: pl.DataFrame) -> None:
    children = persons.filter(pl.col("role") == CHILD).sort("household", "birth")
    gap = children.select(gap=pl.col("birth").diff().over("household"))["gap"].drop_nulls()
    assert gap.min() > 300


def test_old_parents_are_a_generation_older_than_the_couple_they_live_with(persons: pl.DataFrame) -> None:
    hosts = persons.filter(pl.col("role") == HUSBAND).select("household", host="birth")
    elders = persons.filter(pl.col("role") == ELDER).join(hosts, on="household")
    assert len(elders) > 500
    assert ((elders["host"] - elders["birth"]) / YEAR).min() > 17


def test_no_child_lives_alone_and_every_household_has_one_grown_head(county: County, persons: pl.DataFrame) -> None:
    alive = persons.filter(pl.col("death") < 0)
    alone = alive.filter(pl.len().over("household") == 1)
    assert alone["age"].min() > 17
    relation = membership(county)["relation"]
    assert (relation == "head").sum() == len(county["households"])
    assert persons["age"].gather(heads(county)).quantile(0.001) > 18


def test_children_carry_a_parents_surname(county: County, persons: pl.DataFrame) -> None:
    parents = {
        role: persons.filter(pl.col("role") == role).select("household", name="surname") for role in (HUSBAND, WIFE)
    }
    children = persons.filter(pl.col("role") == CHILD).select("household", "surname")
    joined = children.join(parents[HUSBAND], on="household").join(parents[WIFE], on="household", suffix="_mother")
    fathers, mothers = joined["surname"] == joined["name"], joined["surname"] == joined["name_mother"]
    assert (fathers | mothers).all()
    assert 0.88 < fathers.mean() < 0.97


def test_names_follow_the_fashion_of_the_year(persons: pl.DataFrame) -> None:
    young = persons.filter(pl.col("birth") > 16_000)["name"]
    old = persons.filter(pl.col("birth") < -5_000)["name"]
    assert young.str.contains("梓|宇|浩|欣").mean() > 0.15 > 0.01 > old.str.contains("梓|浩|欣").mean()
    assert persons["name"].str.len_chars().max() <= 4


def test_pinyin_agrees_with_the_product_own_spelling(persons: pl.DataFrame) -> None:
    for name, pinyin in persons.select("name", "pinyin").rows()[::11]:
        assert pinyin_of_name(name) == pinyin


def test_every_village_is_peopled_and_towns_are_larger_and_younger(county: County, persons: pl.DataFrame) -> None:
    alive = persons.filter(pl.col("death") < 0)
    sizes = alive.group_by("village").agg(size=pl.len(), age=pl.col("age").mean())
    villages = county["villages"].with_row_index("village").with_columns(pl.col("village").cast(pl.Int64))
    joined = villages.join(sizes, on="village")
    assert len(joined) == 392 and joined["size"].min() >= 6
    kinds = joined.group_by("kind").agg(pl.col("size").mean(), pl.col("age").mean()).sort("kind")
    street, _, _, village = kinds.rows()
    assert street[1] > 2 * village[1] and village[2] - street[2] > 5


def test_the_tujia_live_in_the_tujia_townships(county: County, persons: pl.DataFrame) -> None:
    township = county["townships"]["name"].gather(county["villages"]["township"].gather(persons["village"]))
    tujia = persons.with_columns(own=township.str.ends_with("土家族乡"), is_tujia=pl.col("nation") == "土家族")
    shares = dict(tujia.group_by("own").agg(pl.col("is_tujia").mean()).rows())
    assert shares[True] > 0.4 and shares[False] < 0.03


def test_migrants_are_grown_and_children_go_with_their_parents(persons: pl.DataFrame) -> None:
    away = persons.filter(pl.col("away") >= 0)
    assert (away["death"] < 0).all()
    assert away["age"].max() < 70
    parents = (
        persons.filter(pl.col("role").is_in([HUSBAND, WIFE]))
        .group_by("household")
        .agg(gone=(pl.col("away") >= 0).sum())
    )
    children = away.filter(pl.col("age") < 15.5).join(parents, on="household")
    assert len(children) > 50 and children["gone"].min() >= 1
