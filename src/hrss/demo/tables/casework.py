"""Cases of five years with their actions, clocks, proofs, decisions and ratings.

The rows were lived through elsewhere, so triggers are off while they go in; what the triggers guard is then asked of
all rows at once, and nothing is committed when one would have been refused. Documents are not made for history: they
are made when somebody asks for a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np
import orjson
import polars as pl

from hrss.casework.deadlines import clocks
from hrss.casework.deadlines.counting import Counted, count
from hrss.casework.items.definition import ItemDefinition, LimitRule, digest_of
from hrss.casework.items.machine import moves_of, waits_of
from hrss.casework.models import ItemVersion, Transition
from hrss.demo import casework_forms, draws, history
from hrss.demo.bulk import Table
from hrss.demo.county import County, day_number
from hrss.demo.history import HOUR
from hrss.demo.identifiers import as_date
from hrss.demo.tables.access import staff_account_ids
from hrss.demo.tables.columns import DAY_MS, days, links, new_ids
from hrss.demo.tables.people import person_ids
from hrss.foundation.numbering.case_numbers import CHANNELS, CaseNumber
from hrss.kernel.limits import Limit

FIRST_EDITION: Final = date(2020, 1, 1)
RATED: Final = 0.09
STARS: Final = ((5, 0.82), (4, 0.12), (3, 0.035), (2, 0.015), (1, 0.01))
UNDECLARED: Final = (
    "SELECT a.case_id, a.verb, a.from_state FROM casework_action a JOIN casework_case c ON c.id = a.case_id"
    " WHERE a.verb <> 'submit' AND NOT EXISTS (SELECT 1 FROM casework_transition t WHERE"
    " t.item_version_id = c.item_version_id AND (t.from_state, t.verb, t.to_state, t.function, t.post)"
    " = (a.from_state, a.verb, a.to_state, a.function, a.post)) LIMIT 1"
)
BROKEN_CHAIN: Final = (
    "SELECT case_id, ordinal FROM (SELECT case_id, ordinal, at, from_state, lag(to_state, 1, '') OVER w AS before,"
    " lag(at) OVER w AS earlier FROM casework_action WINDOW w AS (PARTITION BY case_id ORDER BY ordinal)) chain"
    " WHERE from_state <> before OR at < earlier LIMIT 1"
)
TWO_POSTS: Final = (
    "SELECT case_id, actor_person_id FROM casework_action WHERE post <> ''"
    " GROUP BY case_id, actor_person_id HAVING count(DISTINCT post) > 1 LIMIT 1"
)
RELATIVES: Final = (
    "SELECT a.case_id FROM casework_action a JOIN casework_case c ON c.id = a.case_id"
    " JOIN people_householdmember mine ON mine.person_id = a.actor_person_id"
    " JOIN people_householdmember theirs ON theirs.household_id = mine.household_id"
    " AND theirs.person_id = c.applicant_person_id"
    " WHERE a.post <> '' AND a.verb <> 'submit' LIMIT 1"
)
STATE_DIFFERS: Final = (
    "SELECT c.id FROM casework_case c JOIN LATERAL (SELECT to_state FROM casework_action a WHERE a.case_id = c.id"
    " ORDER BY ordinal DESC LIMIT 1) last ON true WHERE last.to_state <> c.state LIMIT 1"
)


def tables(county: County) -> Iterator[Table]:
    """Give the tables of casework."""
    yield Table("casework_itemversion", lambda: _versions(county))
    yield Table("casework_transition", lambda: _transitions(county))
    yield Table("casework_case", lambda: _cases(county), without_triggers=True)
    yield Table(
        "casework_action",
        lambda: _actions(county),
        without_triggers=True,
        checks=(UNDECLARED, BROKEN_CHAIN, TWO_POSTS, RELATIVES, STATE_DIFFERS),
    )
    yield Table("casework_clock", lambda: _clocks(county))
    yield Table("casework_material", lambda: _materials(county))
    yield Table("casework_decision", lambda: _decisions(county), without_triggers=True)
    yield Table("casework_effect", lambda: _effects(county), without_triggers=True)
    yield Table("casework_rating", lambda: _ratings(county), without_triggers=True)
    yield Table("casework_ratingtask", lambda: _rating_tasks(county))
    yield Table("casework_suspension", lambda: _suspensions(county))
    yield Table("casework_notice", lambda: _notices(county), without_triggers=True)


# The edition of the items that was in force before the published one ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edition:
    """The first edition of an item: its id, whether it is to be made, its definition and the version in force now."""

    id: str
    is_new: bool
    item: ItemDefinition
    now: ItemVersion


def _editions(county: County) -> dict[str, Edition]:
    """Give the first edition of every item with a history; one already there is kept."""
    rows = ItemVersion.objects.using("owner").filter(version__lte=1, code__in=history.ITEMS)
    known = {(row.code, row.version): row for row in rows}
    ids = new_ids(county, "item versions", np.full(len(history.ITEMS), day_number(FIRST_EDITION))).to_list()
    editions = {}
    for at, (code, item) in enumerate(history.items().items()):
        old = known.get((code, 0))
        editions[code] = Edition(old.id.hex if old else ids[at], old is None, item, known[code, 1])
    return editions


def _versions(county: County) -> pl.DataFrame:
    rows = [_version(one) for one in _editions(county).values() if one.is_new]
    return pl.DataFrame(rows, orient="row") if rows else pl.DataFrame({"id": pl.Series([], dtype=pl.String)})


def _version(edition: Edition) -> dict[str, Any]:
    item = edition.item
    last = max(edition.now.effective_from - timedelta(days=1), FIRST_EDITION)
    definition = {**item.to_json(), "effective_from": FIRST_EDITION.isoformat(), "effective_to": last.isoformat()}
    waits = {state: {"functions": step.functions, "level": step.level} for state, step in waits_of(item).items()}
    return {
        "id": edition.id,
        "code": item.code,
        "version": 0,
        "name": item.name,
        "line": item.line,
        "state": "published",
        "effective_from": FIRST_EDITION,
        "effective_to": last,
        "definition": _json(definition),
        "waits": _json(waits),
        "digest": digest_of(definition),
        "handler": item.handler,
        "published_at": f"{FIRST_EDITION.isoformat()} 01:00:00+00",
    }


def _transitions(county: County) -> pl.DataFrame:
    rows = [
        (edition.id, move.from_state, move.verb, move.to_state, move.function, move.post)
        for edition in _editions(county).values()
        if not Transition.objects.using("owner").filter(item_version_id=edition.id).exists()
        for move in moves_of(edition.item)
    ]
    names = ("item_version_id", "from_state", "verb", "to_state", "function", "post")
    return pl.DataFrame(
        [[str(value) for value in row] for row in rows], schema=dict.fromkeys(names, pl.String), orient="row"
    )


# Cases --------------------------------------------------------------------------------------------------------------


def _moments(milliseconds: draws.AnyArray) -> pl.Series:
    frame = pl.DataFrame({"at": np.asarray(milliseconds, dtype=np.int64)})
    moment = pl.col("at").cast(pl.Datetime("ms")).dt.replace_time_zone("UTC")
    return frame.select(pl.when(pl.col("at") >= 0).then(moment).alias("at"))["at"]


def _when(county: County, *verbs: str) -> draws.Ints:
    """The moment of the first action with one of these verbs of every case, -1 where there was none."""
    found = county["actions"].filter(pl.col("verb").is_in(verbs)).group_by("case").agg(pl.col("at").min())
    at = np.full(len(county["cases"]), -1, dtype=np.int64)
    at[found["case"].to_numpy()] = found["at"].to_numpy()
    return at


def _cases(county: County) -> pl.DataFrame:
    cases, persons = county["cases"], county["persons"]
    editions, definitions = _editions(county), history.items()
    person, organisation = cases["person"].to_numpy(), cases["organisation"].to_numpy()
    decided = _when(county, "decide")
    waits = {code: waits_of(item) for code, item in definitions.items()}
    steps = [waits[code].get(state) for code, state in cases.select("item", "state").rows()]
    due = _due_days(county)
    granted = np.where(cases["granted"].to_numpy(), "granted", "refused")
    names = np.where(
        person >= 0,
        persons["name"].gather(np.maximum(person, 0)).to_numpy(),
        county["organisations"]["name"].gather(np.maximum(organisation, 0)).to_numpy(),
    )
    tails = np.where(person >= 0, persons["id_number"].gather(np.maximum(person, 0)).str.slice(-4).to_numpy(), "")
    return pl.DataFrame(
        {
            "id": cases["id"],
            "number": _numbers(cases),
            "item_version_id": _edition_ids(cases, editions),
            "item_code": cases["item"],
            "item_name": cases["item"].replace_strict({code: item.name for code, item in definitions.items()}),
            "line": cases["item"].replace_strict({code: item.line for code, item in definitions.items()}),
            "grade": cases["item"].replace_strict({code: str(item.grade) for code, item in definitions.items()}),
            "state": cases["state"],
            "suspended_from": pl.Series(np.where(cases["state"].to_numpy() == "suspended", "accepted", "").tolist()),
            "waiting_functions": pl.Series(["{%s}" % ",".join(step.functions if step else ()) for step in steps]),
            "waiting_level": pl.Series([step.level if step else "" for step in steps]),
            "region_code": county["villages"]["code"].gather(cases["village"]),
            "shared_with": pl.repeat("{}", len(cases), eager=True),
            "channel": cases["channel"],
            "applicant_person_id": person_ids(county, person),
            "applicant_organisation_id": links(county["organisations"]["id"], organisation),
            "agent_person_id": _agents(county),
            "subject_name": pl.Series(names.tolist()),
            "subject_tail": pl.Series(tails.tolist()),
            "data": pl.Series([_json(form) for form in casework_forms.forms(county)]),
            "result": pl.Series(casework_forms.results(county)),
            "submitted_at": _moments(cases["submitted"].to_numpy()),
            "accepted_at": _moments(_when(county, "accept")),
            "decided_at": _moments(decided),
            "delivered_at": _moments(_when(county, "deliver")),
            "closed_at": _moments(cases["closed"].to_numpy()),
            "due_on": pl.Series([None] * len(cases), dtype=pl.Date),
            "promised_due_on": due,
            "act_by": due,
            "decision": pl.Series(np.where(decided >= 0, granted, "").tolist()),
            "claimed_name": pl.repeat("", len(cases), eager=True),
            "version": pl.repeat(1, len(cases), eager=True),
        }
    )


def _numbers(cases: pl.DataFrame) -> pl.Series:
    """Case numbers: county, channel, day, running number of the day, check digit."""
    day = (cases["submitted"].to_numpy() + 8 * HOUR) // DAY_MS
    rank = draws.rank_within(day) + 1
    rows = zip(cases["channel"].to_list(), day.tolist(), rank.tolist(), strict=True)
    return pl.Series([str(CaseNumber("500236", CHANNELS[channel], as_date(on), turn)) for channel, on, turn in rows])


def _edition_ids(cases: pl.DataFrame, editions: dict[str, Edition]) -> pl.Series:
    """The version in force on the day a case was handed in."""
    since = {code: day_number(one.now.effective_from) for code, one in editions.items()}
    rows = cases.select("item", "submitted_on").rows()
    return pl.Series([editions[code].now.id.hex if day >= since[code] else editions[code].id for code, day in rows])


def _agents(county: County) -> pl.Series:
    """The village agent who handed in for the applicant."""
    submitted = county["actions"].filter(pl.col("verb") == "submit").sort("case")
    village = (submitted["function"] == "village_agent").to_numpy()
    staff = county.column("staff", "person")
    return person_ids(county, np.where(village, staff[submitted["clerk"].to_numpy()], -1))


def _actions(county: County) -> pl.DataFrame:
    actions, staff = county["actions"], county["staff"]
    clerk = actions["clerk"].to_numpy()
    person = county.column("cases", "person")[actions["case"].to_numpy()]
    function = actions["function"].to_numpy()
    is_staff = clerk >= 0
    actor = np.where(is_staff, county.column("staff", "person")[np.maximum(clerk, 0)], np.where(function == "applicant", person, -1))
    names = county["persons"]["name"].gather(np.maximum(actor, 0)).to_numpy()
    said = np.where(function == "system", "系统", np.where(actor >= 0, names, "单位经办人"))
    kind = np.where(is_staff, "staff", np.where(function == "system", "system", "public"))
    channel = county["cases"]["channel"].gather(actions["case"]).to_numpy()
    frame = pl.DataFrame(
        {
            "case_id": county["cases"]["id"].gather(actions["case"]),
            "ordinal": draws.rank_within(actions["case"].to_numpy()) + 1,
            "at": _moments(actions["at"].to_numpy()),
            "verb": actions["verb"],
            "from_state": actions["from_state"],
            "to_state": actions["to_state"],
            "function": actions["function"],
            "post": actions["post"],
            "actor_kind": pl.Series(kind.tolist()),
            "actor_account": links(staff_account_ids(county), clerk),
            "actor_person_id": person_ids(county, actor),
            "actor_name": pl.Series(said.tolist()),
            "channel": pl.Series(np.where(kind == "public", "portal", np.where(kind == "system", "job", channel)).tolist()),
            "note": _notes(actions),
            "detail": _details(county),
        }
    )
    return frame if len(staff) else frame.clear()


def _notes(actions: pl.DataFrame) -> pl.Series:
    notes = {
        "handle": "经核查情况属实，公示无异议", "review": "同意", "suspend": "等待部门核查结果",
        "refuse_acceptance": "不符合受理条件，已告知理由", "withdraw": "申请人主动撤回", "terminate": "申请人逾期未补正",
        "notify_correction": "材料不齐，已一次告知",
    }  # fmt: skip
    return actions["verb"].replace_strict(notes, default="")


def _details(county: County) -> pl.Series:
    actions = county["actions"]
    granted = county.column("cases", "granted")[actions["case"].to_numpy()]
    decides = (actions["verb"] == "decide").to_numpy()
    text = np.where(decides, np.where(granted, '{"granted":true}', '{"granted":false}'), "{}")
    return pl.Series(text.tolist())


# Clocks -------------------------------------------------------------------------------------------------------------


def _counted(starts: draws.Ints, limit: Limit) -> list[Counted]:
    """Count one limit from many days; each different day is counted once."""
    known = {day: count(as_date(day), limit) for day in np.unique(starts).tolist()}
    return [known[day] for day in starts.tolist()]


def _local_day(milliseconds: draws.Ints) -> draws.Ints:
    return np.where(milliseconds >= 0, (milliseconds + 8 * HOUR) // DAY_MS, -1)


def _due_days(county: County) -> pl.Series:
    """The promised day of every accepted case that is not suspended."""
    accepted = _local_day(_when(county, "accept"))
    due: list[date | None] = [None] * len(accepted)
    for code, item in history.items().items():
        here = np.flatnonzero((county["cases"]["item"] == code).to_numpy() & (accepted >= 0))
        here = here[county["cases"]["state"].gather(here).to_numpy() != "suspended"]
        if item.promised.text == "-":
            continue
        for at, counted in zip(here.tolist(), _counted(accepted[here], item.promised.limit), strict=True):
            due[at] = counted.due_on
    return pl.Series(due, dtype=pl.Date)


def _clocks(county: County) -> pl.DataFrame:
    submitted = _local_day(county["cases"]["submitted"].to_numpy())
    accepted, decided = _local_day(_when(county, "accept")), _local_day(_when(county, "decide"))
    taken_in = np.where(accepted >= 0, accepted, _local_day(_when(county, "refuse_acceptance", "notify_correction")))
    everyone = np.arange(len(submitted))
    parts = [_clock_rows(county, everyone, "acceptance", clocks.ACCEPTANCE, submitted, taken_in)]
    for code, item in history.items().items():
        here = np.flatnonzero((county["cases"]["item"] == code).to_numpy() & (accepted >= 0))
        if item.promised.text != "-":
            parts.append(_clock_rows(county, here, "promised", item.promised, accepted[here], decided[here]))
    frame = pl.concat(parts)
    return frame.with_columns(id=new_ids(county, "clocks", frame["start_on"].cast(pl.Int32).to_numpy()))


def _clock_rows(
    county: County, here: draws.Ints, kind: str, rule: LimitRule, starts: draws.Ints, met: draws.Ints
) -> pl.DataFrame:
    counted = _counted(starts, rule.limit)
    state = county["cases"]["state"].gather(here).to_numpy()
    gone = np.isin(state, ("withdrawn", "terminated", "rejected")) & (met < 0)
    paused = state == "suspended"
    due = [
        None if kind == "promised" and stands else one.due_on for one, stands in zip(counted, paused.tolist(), strict=True)
    ]
    starts_as_dates = [as_date(day) for day in starts.tolist()]
    warn = [day and clocks.warning_day(start, day) for start, day in zip(starts_as_dates, due, strict=True)]
    return pl.DataFrame(
        {
            "case_id": county["cases"]["id"].gather(here),
            "kind": pl.repeat(kind, len(here), eager=True),
            "about": pl.repeat("", len(here), eager=True),
            "limit": pl.repeat(rule.text, len(here), eager=True),
            "extended": pl.repeat(False, len(here), eager=True),
            "start_on": pl.Series(starts_as_dates, dtype=pl.Date),
            "due_on": pl.Series(due, dtype=pl.Date),
            "warn_on": pl.Series(warn, dtype=pl.Date),
            "met_on": days(met),
            "cancelled": pl.Series(gone.tolist()),
            "source": pl.repeat(rule.source[:200], len(here), eager=True),
            "trace": pl.Series([_json(one.trace) for one in counted]),
            "provisional": pl.Series([one.provisional for one in counted]),
        }
    )


# Proofs, decisions, effects -----------------------------------------------------------------------------------------


def _materials(county: County) -> pl.DataFrame:
    """The proofs that were asked from other departments."""
    cases, parts = county["cases"], []
    for code, item in history.items().items():
        here = cases.filter(pl.col("item") == code)
        for rule in item.materials:
            if rule.question and rule.necessity == "required" and rule.show_if is None:
                parts.append(
                    here.select(
                        case_id="id", code=pl.lit(rule.code), name=pl.lit(rule.name), source=pl.lit(rule.source[:80]),
                        as_of=pl.col("submitted_on").cast(pl.Int32).cast(pl.Date), day="submitted_on",
                    )
                )  # fmt: skip
    frame = pl.concat(parts)
    same = {"how": "exchange", "state": "proven", "sha256": "", "answer": "{}", "promise_text": "", "note": ""}
    frame = frame.with_columns(**{name: pl.lit(value) for name, value in same.items()})
    identity = new_ids(county, "materials", frame["day"].to_numpy())
    created = _moments(frame["day"].to_numpy() * DAY_MS + HOUR)
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


def _decisions(county: County) -> pl.DataFrame:
    rows, definitions = _deciding(county), history.items()
    basis = {code: _json([{"title": one.title, "article": one.article} for one in item.basis]) for code, item in definitions.items()}
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
            "decided_at": _moments(rows["at"].to_numpy()),
        }
    )


def _effects(county: County) -> pl.DataFrame:
    """That what was granted was done; the key of history is the case itself."""
    rows = _deciding(county).filter("granted")
    ids = county["cases"]["id"].gather(rows["case"])
    return pl.DataFrame(
        {
            "id": new_ids(county, "effects", rows["at"].to_numpy() // DAY_MS),
            "case_id": ids,
            "key": rows["item"] + ":history:" + ids,
            "data": pl.repeat("{}", len(rows), eager=True),
            "at": _moments(rows["at"].to_numpy()),
        }
    )


# Ratings ------------------------------------------------------------------------------------------------------------


def _rated(county: County) -> pl.DataFrame:
    """Cases that were rated: stars and the moment, a day or two after delivery."""
    rng = county.rng("casework", "ratings")
    delivered = _when(county, "deliver")
    now = county.today * DAY_MS
    at = delivered + rng.integers(2 * HOUR, 60 * HOUR, len(delivered))
    rows = np.flatnonzero((delivered >= 0) & (at < now) & (rng.random(len(at)) < RATED))
    stars = np.array([star for star, _ in STARS])[draws.choose(rng, [share for _, share in STARS], len(rows))]
    return pl.DataFrame({"case": rows, "stars": stars, "at": at[rows]})


def _ratings(county: County) -> pl.DataFrame:
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
            "rated_at": _moments(rated["at"].to_numpy()),
        }
    )


def _rating_tasks(county: County) -> pl.DataFrame:
    """A bad rating was put right within fifteen working days; the newest are still open."""
    bad = _rated(county).filter(pl.col("stars") <= 2)
    opened = _local_day(bad["at"].to_numpy())
    answered = np.where(opened < county.today - 6, bad["at"].to_numpy() + 5 * DAY_MS, -1)
    counted = [count(as_date(day), clocks.RECTIFICATION) for day in opened.tolist()]
    done = answered >= 0
    return pl.DataFrame(
        {
            "id": new_ids(county, "rating tasks", opened),
            "case_id": county["cases"]["id"].gather(bad["case"]),
            "due_on": pl.Series([one.due_on for one in counted], dtype=pl.Date),
            "trace": pl.Series([_json(one.trace) for one in counted], dtype=pl.String),
            "reply": pl.Series(np.where(done, "已当面道歉并说明办理规定，改进了告知方式", "").tolist(), dtype=pl.String),
            "called_back": pl.Series(done.tolist(), dtype=pl.Boolean),
            "satisfied": pl.Series([True if one else None for one in done.tolist()], dtype=pl.Boolean),
            "answered_by": pl.Series(np.where(done, "县人力社保局", "").tolist(), dtype=pl.String),
            "answered_at": _moments(answered),
            "opened_at": _moments(bad["at"].to_numpy()),
        }
    )


# What stands still --------------------------------------------------------------------------------------------------


def _in_state(county: County, state: str, verb: str) -> pl.DataFrame:
    cases = county["cases"].with_row_index("position").filter(pl.col("state") == state)
    at = _when(county, verb)[cases["position"].to_numpy()]
    return cases.with_columns(at=pl.Series(at))


def _suspensions(county: County) -> pl.DataFrame:
    cases = _in_state(county, "suspended", "suspend")
    since = _local_day(cases["at"].to_numpy())
    return pl.DataFrame(
        {
            "id": new_ids(county, "suspensions", since),
            "case_id": cases["id"],
            "kind": pl.repeat("inspection", len(cases), eager=True),
            "reason": pl.repeat("入户核查，等待民政部门回复", len(cases), eager=True),
            "since": days(since),
        }
    )


def _notices(county: County) -> pl.DataFrame:
    cases = _in_state(county, "correcting", "notify_correction")
    definitions = history.items()
    due = [
        count(as_date(day), definitions[code].correction.limit).due_on if definitions[code].correction.text != "-" else None
        for code, day in zip(cases["item"].to_list(), _local_day(cases["at"].to_numpy()).tolist(), strict=True)
    ]
    points = _json([{"field": "phone", "text": "联系电话打不通，请核对后重新填写"}])
    return pl.DataFrame(
        {
            "id": new_ids(county, "notices", cases["at"].to_numpy() // DAY_MS),
            "case_id": cases["id"],
            "points": pl.repeat(points, len(cases), eager=True),
            "due_on": pl.Series(due, dtype=pl.Date),
            "issued_by": pl.repeat("综合窗口", len(cases), eager=True),
            "issued_at": _moments(cases["at"].to_numpy()),
        }
    )


def _json(value: Any) -> str:
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date) else list(value)
