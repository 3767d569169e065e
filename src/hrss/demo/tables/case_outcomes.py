"""What came of the cases: proofs, decisions, effects, ratings; and what stands still: suspensions, notices."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from hrss.casework.deadlines import clocks
from hrss.casework.deadlines.counting import count
from hrss.demo import casework_forms, draws, history
from hrss.demo.county import County
from hrss.demo.identifiers import as_date
from hrss.demo.tables.case_columns import as_json, at_moments, first_act, local_day
from hrss.demo.tables.columns import DAY_MS, days, new_ids
from hrss.demo.walking import HOUR

RATED: Final = 0.09
STARS: Final = ((5, 0.82), (4, 0.12), (3, 0.035), (2, 0.015), (1, 0.01))


def materials(county: County) -> pl.DataFrame:
    """Give the proofs that were asked from other departments."""
    cases = county["cases"]
    parts = [
        cases.filter(pl.col("item") == code).select(
            case_id="id",
            code=pl.lit(rule.code),
            name=pl.lit(rule.name),
            source=pl.lit(rule.source[:80]),
            as_of=pl.col("submitted_on").cast(pl.Int32).cast(pl.Date),
            day="submitted_on",
        )
        for code, item in history.items().items()
        for rule in item.materials
        if rule.question and rule.necessity == "required" and rule.show_if is None
    ]
    frame = pl.concat(parts)
    same = {"how": "exchange", "state": "proven", "sha256": "", "answer": "{}", "promise_text": "", "note": ""}
    frame = frame.with_columns(**{name: pl.lit(value) for name, value in same.items()})
    identity = new_ids(county, "materials", frame["day"].to_numpy())
    created = at_moments(frame["day"].to_numpy() * DAY_MS + HOUR)
    return frame.drop("day").with_columns(id=identity, created_at=created)


def _deciding(county: County) -> pl.DataFrame:
    """One row for every decided case: case, moment, name of who decided, granted."""
    acts = county["actions"].filter(pl.col("verb") == "decide")
    person = county.column("staff", "person")[acts["clerk"].to_numpy()]
    return pl.DataFrame(
        {
            "case": acts["case"],
            "at": acts["at"],
            "name": county["persons"]["name"].gather(person),
            "granted": county["cases"]["granted"].gather(acts["case"]),
            "item": county["cases"]["item"].gather(acts["case"]),
        }
    )


def decisions(county: County) -> pl.DataFrame:
    """Give the decision of every decided case, with basis and remedy."""
    rows, definitions = _deciding(county), history.items()
    basis = {
        code: as_json([{"title": one.title, "article": one.article} for one in item.basis])
        for code, item in definitions.items()
    }
    reasons = np.where(rows["granted"].to_numpy(), "", "经核查，申请人不符合本事项规定的条件")
    return pl.DataFrame(
        {
            "id": new_ids(county, "decisions", rows["at"].to_numpy() // DAY_MS),
            "case_id": county["cases"]["id"].gather(rows["case"]),
            "granted": rows["granted"],
            "reasons": pl.Series(reasons.tolist()),
            "facts": pl.Series(casework_forms.results(county)).gather(rows["case"]),
            "basis": rows["item"].replace_strict(basis),
            "remedy": rows["item"].replace_strict({code: item.remedy for code, item in definitions.items()}),
            "decided_by": rows["name"],
            "decided_at": at_moments(rows["at"].to_numpy()),
        }
    )


def effects(county: County) -> pl.DataFrame:
    """That what was granted was done; the key of history is the case itself."""
    rows = _deciding(county).filter("granted")
    ids = county["cases"]["id"].gather(rows["case"])
    return pl.DataFrame(
        {
            "id": new_ids(county, "effects", rows["at"].to_numpy() // DAY_MS),
            "case_id": ids,
            "key": rows["item"] + ":history:" + ids,
            "data": pl.repeat("{}", len(rows), eager=True),
            "at": at_moments(rows["at"].to_numpy()),
        }
    )


# Ratings ------------------------------------------------------------------------------------------------------------


def _rated(county: County) -> pl.DataFrame:
    """Cases that were rated: stars and the moment, a day or two after delivery."""
    rng = county.rng("casework", "ratings")
    delivered = first_act(county, "deliver")
    now = county.today * DAY_MS
    at = delivered + rng.integers(2 * HOUR, 60 * HOUR, len(delivered))
    rows = np.flatnonzero((delivered >= 0) & (at < now) & (rng.random(len(at)) < RATED))
    stars = np.array([star for star, _ in STARS])[draws.choose(rng, [share for _, share in STARS], len(rows))]
    return pl.DataFrame({"case": rows, "stars": stars, "at": at[rows]})


def ratings(county: County) -> pl.DataFrame:
    """Give the ratings with a word or two."""
    rated = _rated(county)
    words = {1: "等了很久，也没有人解释", 2: "材料要求没有一次说清楚", 3: "", 4: "", 5: "办得很快，态度很好"}
    return pl.DataFrame(
        {
            "id": new_ids(county, "ratings", rated["at"].to_numpy() // DAY_MS),
            "case_id": county["cases"]["id"].gather(rated["case"]),
            "stars": rated["stars"],
            "aspects": pl.repeat("{}", len(rated), eager=True),
            "comment": rated["stars"].replace_strict(words),
            "channel": county["cases"]["channel"].gather(rated["case"]),
            "rated_at": at_moments(rated["at"].to_numpy()),
        }
    )


def rating_tasks(county: County) -> pl.DataFrame:
    """A bad rating was put right within fifteen working days; the newest are still open."""
    bad = _rated(county).filter(pl.col("stars") <= 2)
    opened = local_day(bad["at"].to_numpy())
    answered = np.where(opened < county.today - 6, bad["at"].to_numpy() + 5 * DAY_MS, -1)
    counted = [count(as_date(day), clocks.RECTIFICATION) for day in opened.tolist()]
    done = answered >= 0
    return pl.DataFrame(
        {
            "id": new_ids(county, "rating tasks", opened),
            "case_id": county["cases"]["id"].gather(bad["case"]),
            "due_on": pl.Series([one.due_on for one in counted], dtype=pl.Date),
            "trace": pl.Series([as_json(one.trace) for one in counted], dtype=pl.String),
            "reply": pl.Series(
                np.where(done, "已当面道歉并说明办理规定，改进了告知方式", "").tolist(), dtype=pl.String
            ),
            "called_back": pl.Series(done.tolist(), dtype=pl.Boolean),
            "satisfied": pl.Series([True if one else None for one in done.tolist()], dtype=pl.Boolean),
            "answered_by": pl.Series(np.where(done, "县人力社保局", "").tolist(), dtype=pl.String),
            "answered_at": at_moments(answered),
            "opened_at": at_moments(bad["at"].to_numpy()),
        }
    )


# What stands still --------------------------------------------------------------------------------------------------


def _in_state(county: County, state: str, verb: str) -> pl.DataFrame:
    cases = county["cases"].with_row_index("position").filter(pl.col("state") == state)
    at = first_act(county, verb)[cases["position"].to_numpy()]
    return cases.with_columns(at=pl.Series(at))


def suspensions(county: County) -> pl.DataFrame:
    """Give the open suspension of every suspended case."""
    cases = _in_state(county, "suspended", "suspend")
    since = local_day(cases["at"].to_numpy())
    return pl.DataFrame(
        {
            "id": new_ids(county, "suspensions", since),
            "case_id": cases["id"],
            "kind": pl.repeat("inspection", len(cases), eager=True),
            "reason": pl.repeat("入户核查，等待民政部门回复", len(cases), eager=True),
            "since": days(since),
        }
    )


def notices(county: County) -> pl.DataFrame:
    """Give the one-time notice of every case that waits for a correction."""
    cases = _in_state(county, "correcting", "notify_correction")
    definitions = history.items()
    due = [
        count(as_date(day), definitions[code].correction.limit).due_on
        if definitions[code].correction.text != "-"
        else None
        for code, day in zip(cases["item"].to_list(), local_day(cases["at"].to_numpy()).tolist(), strict=True)
    ]
    points = as_json([{"field": "phone", "text": "联系电话打不通，请核对后重新填写"}])
    return pl.DataFrame(
        {
            "id": new_ids(county, "notices", cases["at"].to_numpy() // DAY_MS),
            "case_id": cases["id"],
            "points": pl.repeat(points, len(cases), eager=True),
            "due_on": pl.Series(due, dtype=pl.Date),
            "issued_by": pl.repeat("综合窗口", len(cases), eager=True),
            "issued_at": at_moments(cases["at"].to_numpy()),
        }
    )
