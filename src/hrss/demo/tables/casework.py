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
import polars as pl

from hrss.casework.deadlines import clocks
from hrss.casework.items.definition import ItemDefinition, digest_of
from hrss.casework.items.machine import moves_of, waits_of
from hrss.casework.models import ItemVersion, Transition
from hrss.demo import casework_forms, draws, history
from hrss.demo.bulk import Table
from hrss.demo.county import County, day_number
from hrss.demo.identifiers import as_date
from hrss.demo.tables import case_clocks, case_outcomes
from hrss.demo.tables.access import staff_account_ids
from hrss.demo.tables.case_columns import as_json, at_moments, first_act
from hrss.demo.tables.columns import DAY_MS, links, new_ids
from hrss.demo.tables.people import person_ids
from hrss.demo.walking import HOUR
from hrss.foundation.numbering.case_numbers import CHANNELS, CaseNumber

FIRST_EDITION: Final = date(2020, 1, 1)
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
    yield Table("casework_case", lambda: _cases(county))
    yield Table(
        "casework_action",
        lambda: _actions(county),
        without_triggers=True,
        checks=(UNDECLARED, BROKEN_CHAIN, TWO_POSTS, RELATIVES, STATE_DIFFERS),
    )
    yield Table("casework_clock", lambda: case_clocks.clock_rows(county))
    yield Table("casework_material", lambda: case_outcomes.materials(county))
    yield Table("casework_decision", lambda: case_outcomes.decisions(county), without_triggers=True)
    yield Table("casework_effect", lambda: case_outcomes.effects(county), without_triggers=True)
    yield Table("casework_rating", lambda: case_outcomes.ratings(county), without_triggers=True)
    yield Table("casework_ratingtask", lambda: case_outcomes.rating_tasks(county))
    yield Table("casework_suspension", lambda: case_outcomes.suspensions(county))
    yield Table("casework_notice", lambda: case_outcomes.notices(county), without_triggers=True)


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
        "definition": as_json(definition),
        "waits": as_json(waits),
        "digest": digest_of(definition),
        "handler": item.handler,
        "published_at": f"{FIRST_EDITION.isoformat()} 01:00:00+00",
    }


def _transitions(county: County) -> pl.DataFrame:
    rows = [
        (edition.id, move.from_state, move.verb, move.to_state, move.function, move.post)
        for edition in _editions(county).values()
        if not Transition.objects.using("owner").filter(item_version_id=UUID(hex=edition.id)).exists()
        for move in moves_of(edition.item)
    ]
    names = ("item_version_id", "from_state", "verb", "to_state", "function", "post")
    return pl.DataFrame(
        [[str(value) for value in row] for row in rows], schema=dict.fromkeys(names, pl.String), orient="row"
    )


# Cases --------------------------------------------------------------------------------------------------------------


def _cases(county: County) -> pl.DataFrame:
    cases, persons = county["cases"], county["persons"]
    editions, definitions = _editions(county), history.items()
    person, organisation = cases["person"].to_numpy(), cases["organisation"].to_numpy()
    decided = first_act(county, "decide")
    waits = {code: waits_of(item) for code, item in definitions.items()}
    steps = [waits[code].get(state) for code, state in cases.select("item", "state").rows()]
    due = case_clocks.due_days(county)
    taken = at_moments(first_act(county, "accept")).dt.convert_time_zone("Asia/Shanghai").dt.date()
    warn = [day and clocks.warning_day(start, day) for start, day in zip(taken.to_list(), due.to_list(), strict=True)]
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
            "waiting_functions": pl.Series(["{" + ",".join(step.functions if step else ()) + "}" for step in steps]),
            "waiting_level": pl.Series([step.level if step else "" for step in steps]),
            "region_code": county["villages"]["code"].gather(cases["village"]),
            "shared_with": pl.repeat("{}", len(cases), eager=True),
            "channel": cases["channel"],
            "applicant_person_id": person_ids(county, person),
            "applicant_organisation_id": links(county["organisations"]["id"], organisation),
            "agent_person_id": _agents(county),
            "subject_name": pl.Series(names.tolist()),
            "subject_tail": pl.Series(tails.tolist()),
            "data": pl.Series([as_json(form) for form in casework_forms.forms(county)]),
            "result": pl.Series(casework_forms.results(county)),
            "submitted_at": at_moments(cases["submitted"].to_numpy()),
            "accepted_at": at_moments(first_act(county, "accept")),
            "decided_at": at_moments(decided),
            "delivered_at": at_moments(first_act(county, "deliver")),
            "closed_at": at_moments(cases["closed"].to_numpy()),
            "due_on": pl.Series([None] * len(cases), dtype=pl.Date),
            "promised_due_on": due,
            "act_by": due,
            "warn_on": pl.Series(warn, dtype=pl.Date),
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
    actor = np.where(
        is_staff, county.column("staff", "person")[np.maximum(clerk, 0)], np.where(function == "applicant", person, -1)
    )
    names = county["persons"]["name"].gather(np.maximum(actor, 0)).to_numpy()
    said = np.where(function == "system", "系统", np.where(actor >= 0, names, "单位经办人"))
    kind = np.where(is_staff, "staff", np.where(function == "system", "system", "public"))
    of_case = county["cases"]["channel"].gather(actions["case"]).to_numpy()
    channel = np.where(kind == "public", "portal", np.where(kind == "system", "job", of_case))
    frame = pl.DataFrame(
        {
            "case_id": county["cases"]["id"].gather(actions["case"]),
            "ordinal": draws.rank_within(actions["case"].to_numpy()) + 1,
            "at": at_moments(actions["at"].to_numpy()),
            "verb": actions["verb"],
            "from_state": actions["from_state"],
            "to_state": actions["to_state"],
            "function": actions["function"],
            "post": actions["post"],
            "actor_kind": pl.Series(kind.tolist()),
            "actor_account": links(staff_account_ids(county), clerk),
            "actor_person_id": person_ids(county, actor),
            "actor_name": pl.Series(said.tolist()),
            "channel": pl.Series(
                np.where(kind == "public", "portal", np.where(kind == "system", "job", channel)).tolist()
            ),
            "note": _notes(actions),
            "detail": _details(county),
        }
    )
    return frame if len(staff) else frame.clear()


def _notes(actions: pl.DataFrame) -> pl.Series:
    notes = {
        "handle": "经核查情况属实，公示无异议",
        "review": "同意",
        "suspend": "等待部门核查结果",
        "refuse_acceptance": "不符合受理条件，已告知理由",
        "withdraw": "申请人主动撤回",
        "terminate": "申请人逾期未补正",
        "notify_correction": "材料不齐，已一次告知",
    }
    return actions["verb"].replace_strict(notes, default="")


def _details(county: County) -> pl.Series:
    actions = county["actions"]
    granted = county.column("cases", "granted")[actions["case"].to_numpy()]
    decides = (actions["verb"] == "decide").to_numpy()
    text = np.where(decides, np.where(granted, '{"granted":true}', '{"granted":false}'), "{}")
    return pl.Series(text.tolist())
