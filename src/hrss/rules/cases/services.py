"""Case topics of services in general: numbers and codes, deadlines, limits, plan figures, ratings, cards, posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hrss.kernel.identifiers import check_credit_code, check_id_number, parse_service_code, upgrade_id_number
from hrss.kernel.limits import Limit, LimitUnit
from hrss.kernel.problem import Problem
from hrss.kernel.workdays import Suspension, due_date
from hrss.rules.cases.local import (
    COUNTY,
    NOW,
    answer,
    calendar,
    day,
    number,
    percent,
    pick,
    whole_numbers,
)
from hrss.rules.cases.topics import Case, Unsupported, topic
from hrss.rules.general import cards, plan, ratings
from hrss.rules.general.occupations import major_groups, occupation
from hrss.rules.general.separation import may_review
from hrss.rules.general.statutory_limits import statutory_limit
from hrss.rules.insurance.unemployment import unemployment_months


def _checked(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return {"valid": True} | read()
    except Problem as problem:
        return {"valid": False, "error": problem.code.rsplit(".", 1)[-1]}


@topic("id_number.validate", "id_number.region_period_pitfall")
def id_number(case: Case) -> dict[str, Any]:
    """Format, birth date and check character; the region is only a hint."""

    def read() -> dict[str, Any]:
        found = check_id_number(str(case["id"]))
        return {"birth": found.birth_date.isoformat(), "sex": found.sex.label, "region6": found.region}

    return _checked(read)


@topic("id_number.upgrade15")
def id_upgrade(case: Case) -> dict[str, Any]:
    """Fifteen digits become eighteen characters."""
    return _checked(lambda: {"id18": upgrade_id_number(str(case["id15"])).text})


@topic("uscc.validate")
def credit_code(case: Case) -> dict[str, Any]:
    """A unified social credit code and its parts."""

    def read() -> dict[str, Any]:
        found = check_credit_code(str(case["uscc"]))
        parts = {"dept": found.department, "category": found.category, "region6": found.region}
        return parts | {"org_code": found.organisation_code}

    return _checked(read)


@topic("service_code.parse")
def service_code(case: Case) -> dict[str, Any]:
    """A service-item code of 31 or 33 characters and its parts."""

    def read() -> dict[str, Any]:
        found = parse_service_code(str(case["code"]))
        return {
            "length": len(found.text),
            "dept_uscc": found.department.text,
            "use_level": found.level,
            "base_code": found.base_code,
            "handle_item": found.handling_item or None,
            "impl_code31": found.implementation_code,
        }

    return _checked(read)


def _due(case: Case, unit: LimitUnit, amount: Any) -> dict[str, Any]:
    found = due_date(day(case["start"]), Limit(int(amount), unit), calendar=calendar())
    return {"due": found.due_on.isoformat(), "natural": found.natural.isoformat()}


@topic("deadline.working_days")
def working_days(case: Case) -> dict[str, Any]:
    """Working days, the first not counted."""
    return _due(case, LimitUnit.WORKING_DAY, case["days"])


@topic("deadline.calendar_days")
def calendar_days(case: Case) -> dict[str, Any]:
    """Calendar days, the last rolling over rest days."""
    return _due(case, LimitUnit.DAY, case["days"])


@topic("deadline.months")
def calendar_months(case: Case) -> dict[str, Any]:
    """Months to the corresponding day."""
    return _due(case, LimitUnit.MONTH, case["months"])


@topic("deadline.suspend")
def suspended(case: Case) -> dict[str, Any]:
    """A limit with days that do not count."""
    unit = LimitUnit.WORKING_DAY if "limit_wd" in case else LimitUnit.DAY
    limit = Limit(int(case["limit_wd"] if "limit_wd" in case else case["limit_days"]), unit)
    pause = Suspension(day(case["suspend_from"]), _resumed(case))
    found = due_date(day(case["accepted"]), limit, calendar=calendar(), suspensions=[pause])
    return {"due": found.due_on.isoformat()}


def _resumed(case: Case) -> date:
    since = day(case["suspend_from"])
    if "suspend_wd" in case:
        length = Limit(int(case["suspend_wd"]), LimitUnit.WORKING_DAY)
        last = due_date(since - timedelta(days=1), length, calendar=calendar()).due_on
        return last + timedelta(days=1)
    if "suspend_days" in case:
        return since + timedelta(days=int(case["suspend_days"]))
    return day(case["resumed"])


@topic("statutory_limit")
def limit_of(case: Case) -> dict[str, Any]:
    """The statutory limit of a matter by its usual name."""
    limit, _ = statutory_limit(str(case["item"]), on=NOW, region=COUNTY)
    return {"limit": str(limit)}


@topic("ui_benefit_months.carryover")
def carried_over(case: Case) -> dict[str, Any]:
    """Months of unemployment benefit with what was left from before."""
    facts = {"paid_years": case["new_years"], "unused": case["unused_months"]}
    return {"months": answer(case, unemployment_months, facts)}


@topic("indicator.arbitration_close_rate", "indicator.supervision_close_rate")
def close_rate(case: Case) -> dict[str, Any]:
    """Closed over accepted, as the plan has it."""
    return {"rate_pct": percent(answer(case, plan.share, {"part": case["closed"], "whole": case["accepted"]}))}


@topic("indicator.talent_growth")
def talent_growth(case: Case) -> dict[str, Any]:
    """Growth over a base."""
    base, now = whole_numbers(case["base"], case["now"])
    return {"growth_pct": percent(answer(case, plan.growth, {"base": base, "now": now}))}


@topic("indicator.prof_total")
def professionals(case: Case) -> dict[str, Any]:
    """Total and shares of senior, middle and junior titles."""
    parts = (int(case["senior"]), int(case["middle"]), int(case["junior"]))
    return {"total": sum(parts), "share_pct": list(plan.shares_in_percent(parts))}


@topic("indicator.public_recruit_sum")
def recruited(case: Case) -> dict[str, Any]:
    """Sum of the recruited of all fields."""
    return {"total": sum(number(value) for value in case.values())}


@topic("indicator.new_employment_5y")
def in_ten_thousands(case: Case) -> dict[str, Any]:
    """Persons in units of ten thousand."""
    return {"wan": number(case["persons"]) / 10_000}


@topic("indicator.plan_progress")
def progress(case: Case) -> dict[str, Any]:
    """Share of a target reached against share of the time passed."""
    done, target = whole_numbers(case["cumulative"], case["target"])
    passed, whole = whole_numbers(case["elapsed_years"], case["plan_years"])
    reached = answer(case, plan.plan_progress, {"cumulative": done, "target": target})
    elapsed = answer(case, plan.plan_progress, {"cumulative": passed, "target": whole})
    facts = {"progress": Decimal(reached) / 1_000_000, "elapsed": Decimal(elapsed) / 1_000_000}
    status = plan.Progress(answer(case, plan.plan_status, facts))
    return {"progress_pct": percent(reached), "time_pct": percent(elapsed), "status": status.word}


@topic("indicator.direction", "indicator.attainment_13th")
def attainment(case: Case) -> dict[str, Any]:
    """Whether a figure meets a signed target."""
    actual = next((value for name, value in case.items() if name.startswith("actual")), None)
    if actual is None:
        raise Unsupported("缺少实际值")
    return {"met": plan.read_target(str(case["target"])).is_met_by(number(actual))}


@topic("indicator.inconsistency")
def inconsistency(case: Case) -> dict[str, Any]:
    """A sentence of the plan against its own table."""
    figures = [number(case[name]) for name in sorted(name for name in case if name.startswith("table_"))]
    if len(figures) < 2:
        raise Unsupported("需要两个年份的数值")
    before, after = figures[0], figures[-1]
    matches = plan.matches_claim(str(case["text"]), before=before, after=after)
    return {"difference_pp": after - before, "matches_text": matches}


@topic("csco2022.major")
def majors(_case: Case) -> dict[str, Any]:
    """The eight major groups."""
    return dict(major_groups())


@topic("csco2022.lookup")
def occupation_name(case: Case) -> dict[str, Any]:
    """An occupation's name by its code."""
    found = occupation(str(case["code"]))
    return {"name": found.name, "level": found.level, "green": found.green, "digital": found.digital}


@topic("rating.grade")
def rating(case: Case) -> dict[str, Any]:
    """Stars of a grade and whether it is bad."""
    stars = answer(case, ratings.rating_stars, {"grade": case["grade"]})
    return {"stars": stars, "negative": bool(answer(case, ratings.rating_is_negative, {"grade": case["grade"]}))}


@topic("rating.rectify_deadline")
def rectify(case: Case) -> dict[str, Any]:
    """By when a bad rating is put right."""
    grade = ratings.RatingGrade(ratings.RatingGrade.read(case["grade"], field="grade"))
    found = ratings.rectify_due(day(case["rated_on"]), grade, calendar=calendar(), region=COUNTY)
    callback = answer(case, ratings.rating_callback_share, {"grade": case["grade"]})
    return {"due": found.due_on.isoformat() if found else None, "callback_pct": percent(callback)}


@topic("rating.auto_invite")
def invite(case: Case) -> dict[str, Any]:
    """Whether an unrated case is invited."""
    days = ratings.days_since(day(case["closed_on"]), day(case["today"]))
    facts = {"rated": case["rated"], "days_since_closing": days}
    return {"invite": bool(answer(case, ratings.may_invite_rating, facts))}


@topic("review.no_self_reviewer")
def self_review(case: Case) -> dict[str, Any]:
    """Whether the persons in the posts differ."""
    named = {name: str(case.get(name) or "") for name in ("accepted_by", "reviewed_by", "approved_by")}
    return {"allowed": may_review(**named)}


_STATES = {
    "临时挂失": cards.CardState.TEMPORARILY_LOST,
    "正式挂失": cards.CardState.LOST,
    "注销": cards.CardState.CANCELLED,
    "封存": cards.CardState.NEVER_ACTIVATED,
    "正常": cards.CardState.ACTIVE,
}


@topic("card.pin_lock")
def pin_lock(case: Case) -> dict[str, Any]:
    """Whether wrong tries lock the social password."""
    return {"locked": bool(answer(case, cards.card_is_locked, {"wrong_attempts": case["wrong_attempts"]}))}


@topic("card.unfreeze")
def unfreeze(case: Case) -> dict[str, Any]:
    """Whether a loss may be taken back."""
    facts = {"state": pick(case["status"], _STATES), "replacement_applied": case.get("replacement_applied", False)}
    return {"allowed": bool(answer(case, cards.card_may_be_released, facts))}


@topic("card.temp_validity")
def temporary_card(case: Case) -> dict[str, Any]:
    """How long a temporary card holds."""
    issued = day(case["issued"])
    months = answer(case, cards.temporary_card_months, {}, on=issued)
    return {"expires": cards.temporary_card_expires(issued, region=COUNTY).isoformat(), "max_months": months}


@topic("card.renew_window")
def renewal(case: Case) -> dict[str, Any]:
    """From when a card with a printed expiry is renewed."""
    return {"from": cards.renewal_opens(day(case["expiry"]), region=COUNTY).isoformat()}


@topic("card.electronic_when_lost")
def electronic(case: Case) -> dict[str, Any]:
    """What the electronic card may do in a state of the physical one."""
    use = cards.ElectronicUse(answer(case, cards.electronic_card_use, {"state": pick(case["physical"], _STATES)}))
    return {"electronic_services": use.word}
