"""Five years of cases go the declared way, by three people who are not relatives."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from hrss.casework.items.machine import moves_of
from hrss.demo import casework_forms, history
from hrss.demo.county import County
from hrss.demo.walking import way_of


def test_every_act_is_declared_by_its_item(county: County) -> None:
    declared = {
        code: {(str(m.from_state), m.verb, str(m.to_state), m.function, str(m.post)) for m in moves_of(item)}
        for code, item in history.items().items()
    }
    acts = county["actions"].with_columns(item=county["cases"]["item"].gather(county["actions"]["case"]))
    kinds = acts.filter(pl.col("verb") != "submit").select("item", "from_state", "verb", "to_state", "function", "post")
    for item, *act in kinds.unique().rows():
        assert tuple(act) in declared[item], (item, act)


def test_the_way_ends_in_the_archive() -> None:
    for item in history.items().values():
        way = way_of(item)
        assert way[0].from_state == "submitted" and way[-1].to_state == "archived"
        assert all(one.to_state == then.from_state for one, then in pairwise(way))


def test_acts_of_a_case_follow_each_other_in_time_and_state(county: County) -> None:
    acts = county["actions"].with_columns(
        before=pl.col("to_state").shift(1, fill_value="").over("case"), earlier=pl.col("at").shift(1).over("case")
    )
    assert (acts["from_state"] == acts["before"]).all()
    assert (acts["at"] >= acts["earlier"].fill_null(0)).all()
    assert acts["at"].max() < county.today * 86_400_000 + 43_200_000


def test_three_posts_are_three_people_and_none_is_family(county: County) -> None:
    acts = county["actions"].filter(pl.col("post") != "")
    acts = acts.with_columns(person=county["staff"]["person"].gather(acts["clerk"]))
    posts = acts.group_by("case", "person").agg(pl.col("post").n_unique())
    assert posts["post"].max() == 1
    household = county["persons"]["household"]
    applicant = county["cases"]["person"].gather(acts["case"])
    of_people = acts.with_columns(applicant=applicant).filter(pl.col("applicant") >= 0, pl.col("verb") != "submit")
    assert (household.gather(of_people["person"]) != household.gather(of_people["applicant"])).all()


def test_every_registration_since_2021_has_the_case_that_led_to_it(county: County) -> None:
    registrations = county["registrations"].filter(pl.col("on") >= history.START, pl.col("on") < county.today)
    assert registrations["case_id"].is_not_null().mean() > 0.98
    ids = set(county["cases"]["id"].to_list())
    assert set(registrations["case_id"].drop_nulls().to_list()) <= ids


def test_there_is_a_case_in_every_open_state_and_every_exit(county: County) -> None:
    states = set(county["cases"]["state"].to_list())
    assert {"submitted", "correcting", "accepted", "reviewing", "approving", "suspended"} <= states
    assert {"archived", "delivered", "rejected", "withdrawn", "terminated"} <= states


def test_forms_are_filled_as_their_items_ask(county: County) -> None:
    required = {code: set(item.form["required"]) for code, item in history.items().items()}
    optional = {"leave_date", "leave_reason", "disability_grade", "graduated_on", "bank", "bank_number"}
    for item, form in zip(county["cases"]["item"].to_list(), casework_forms.forms(county), strict=True):
        assert required[item] - optional <= form.keys(), (item, form)
