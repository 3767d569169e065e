"""Case topics of public institutions, recruitment, continuing education and skill grades."""

from __future__ import annotations

from datetime import date
from typing import Any

from hrss.kernel.limits import Limit
from hrss.kernel.workdays import due_date
from hrss.rules.cases.local import COUNTY, NOW, answer, any_true, as_rate, calendar, day, months_of, percent, pick
from hrss.rules.cases.topics import Case, Unsupported, topic
from hrss.rules.engine import default_parameters
from hrss.rules.engine.units import SCORE
from hrss.rules.talent import contracts, posts, recruitment, skills


@topic("personnel.post_quota")
def post_quota(case: Case) -> dict[str, Any]:
    """Whether free posts cover a request."""
    facts = {"approved": case["approved"], "actual": case["actual"], "pending": case.get("pending", 0)}
    allowed = answer(case, posts.may_fill_posts, facts | {"requested": case["request"]})
    return {"allowed": bool(allowed), "free": answer(case, posts.free_posts, facts)}


_MOVES = {
    "晋": posts.Move.UP,
    "升": posts.Move.UP,
    "降": posts.Move.DOWN,
    "低": posts.Move.DOWN,
    "转": posts.Move.ACROSS,
}


@topic("personnel.step_on_post_change")
def step(case: Case) -> dict[str, Any]:
    """Pay step after a change of post."""
    facts = {
        "move": pick(case["move"], _MOVES | {"平": posts.Move.ACROSS}),
        "current": case["current_step"],
        "new_minimum": case["new_post_min_step"],
    }
    anew = bool(answer(case, posts.step_counts_anew, facts))
    return {"step": answer(case, posts.step_after_move, facts), "restart_next_year": anew}


@topic("personnel.disabled_quota")
def disabled(case: Case) -> dict[str, Any]:
    """Places for disabled persons."""
    share = default_parameters().parameter("talent.disabled.share", on=NOW, region=COUNTY)
    places = answer(case, posts.disabled_places, {"staff": case["staff"]})
    return {"min_disabled": posts.PERSONS.natural(places), "ratio_pct": percent(share.value)}


@topic("personnel.award_record_deadline")
def award_filing(case: Case) -> dict[str, Any]:
    """By when an award decision is filed."""
    decided = day(case["decided_on"])
    limit = default_parameters().parameter("talent.award.filing", on=decided, region=COUNTY)
    return {"file_by": due_date(decided, Limit.parse(str(limit.value)), calendar=calendar()).due_on.isoformat()}


@topic("personnel.excellent_quota")
def excellent(case: Case) -> dict[str, Any]:
    """Places for 优秀, fractions cut off."""
    facts = {"persons": case["participants"], "share": as_rate(case["cap_pct"])}
    return {"max": answer(case, contracts.quota, facts)}


@topic("personnel.award_quota")
def awards(case: Case) -> dict[str, Any]:
    """Places for 嘉奖 and 记功."""
    facts = {"staff": case["staff"]}
    merit = answer(case, contracts.merit_quota, facts)
    return {"commend_max": answer(case, contracts.commendation_quota, facts), "merit_max": merit}


_SANCTIONS = {
    "警告": contracts.Sanction.WARNING, "记过": contracts.Sanction.DEMERIT, "降低": contracts.Sanction.LOWERED,
    "降级": contracts.Sanction.LOWERED, "撤职": contracts.Sanction.LOWERED, "开除": contracts.Sanction.EXPULSION,
}  # fmt: skip


@topic("personnel.sanction_months")
def sanction(case: Case) -> dict[str, Any]:
    """Period of a sanction."""
    return {"months": answer(case, contracts.sanction_months, {"kind": pick(case["kind"], _SANCTIONS)})}


@topic("personnel.probation_months")
def probation(case: Case) -> dict[str, Any]:
    """Months of probation."""
    facts = {"first_job": case["first_job"], "contract_years": case["contract_years"]}
    return {"months": answer(case, contracts.probation_months, facts)}


@topic("personnel.contract_to_retirement")
def to_retirement(case: Case) -> dict[str, Any]:
    """Whether a contract to retirement is due."""
    facts = {"service": months_of(case["service_years"]), "to_retirement": months_of(case["years_to_retire"])}
    return {"must_sign": bool(answer(case, contracts.contract_to_retirement, facts))}


@topic("personnel.dismiss_absence")
def absence(case: Case) -> dict[str, Any]:
    """Dismissal for absence."""
    facts = {"continuous": case.get("continuous_absent_wd", 0), "in_year": case.get("year_absent_wd", 0)}
    return {"may_terminate": bool(answer(case, contracts.may_dismiss_for_absence, facts))}


@topic("personnel.min_contract_years")
def contract_years(case: Case) -> dict[str, Any]:
    """Least length of a contract."""
    return {"years": answer(case, contracts.contract_years_least, {})}


@topic("personnel.dismiss_assessment")
def assessment(case: Case) -> dict[str, Any]:
    """Dismissal after failed assessments; the list runs from the earlier to the later year."""
    failed = [str(grade) == "不合格" for grade in case["assess"]]
    facts = {
        "failed_last": failed[-1] if failed else False,
        "failed_before": failed[-2] if len(failed) > 1 else False,
        "refuses_transfer": case.get("refuse_transfer", False),
    }
    may = bool(answer(case, contracts.may_dismiss_for_assessment, facts))
    notice = default_parameters().parameter("talent.dismissal.notice_days", on=NOW, region=COUNTY).value
    return {"may_terminate": may, "notice_days": notice if may else None}


@topic("personnel.post_ratio")
def post_ratio(case: Case) -> dict[str, Any]:
    """Posts split by a ratio."""
    return {"split": list(posts.split_posts(int(case["posts"]), tuple(int(part) for part in case["ratio"])))}


@topic("personnel.recruit_ratio")
def recruit_ratio(case: Case) -> dict[str, Any]:
    """Whether enough applied for a post, else to how many it is reduced."""
    facts = {"applicants": case["applicants"], "posts": case["posts"]}
    opens = bool(answer(case, recruitment.post_may_open, facts))
    return {"open": opens, "reduce_to": None if opens else answer(case, recruitment.posts_after_reduction, facts)}


@topic("personnel.recruit_score")
def recruit_score(case: Case) -> dict[str, Any]:
    """Weighted total of written papers and interview."""
    weights = list(case["weights"])
    if len(weights) != 3:
        raise Unsupported("需要三项权重")
    facts = {
        "public": case["public"],
        "public_full": case.get("public_full", 100),
        "professional": case["professional"],
        "professional_full": case.get("professional_full", 100),
        "interview": case["interview"],
        "public_weight": weights[0],
        "professional_weight": weights[1],
        "interview_weight": weights[2],
    }
    total = answer(case, recruitment.recruitment_score, facts)
    return {"total": SCORE.natural(total)}


@topic("personnel.continuing_education")
def education(case: Case) -> dict[str, Any]:
    """Hours of continuing education."""
    facts = {"total": case["total_hours"], "professional": case["professional_hours"]}
    return {"ok": bool(answer(case, recruitment.education_is_complete, facts))}


_RULES = {
    "五": skills.may_apply_level_5, "四": skills.may_apply_level_4, "三": skills.may_apply_level_3,
    "二": skills.may_apply_level_2, "一": skills.may_apply_level_1,
}  # fmt: skip


@topic("skill.eligibility")
def eligibility(case: Case) -> dict[str, Any]:
    """Whether a person may apply for a level."""
    rule = pick(case["apply"], _RULES)
    years = case["years_after"] if "years_after" in case else case.get("years", 0)
    known = {
        "held": skills.Level.read(case.get("have") or "无", field="have"),
        "months": months_of(years),
        "schooling": _schooling(case),
    }
    facts = {name: value for name, value in known.items() if name in rule.inputs}
    return {"eligible": bool(answer(case, rule, facts, on=date(2025, 12, 31)))}


def _schooling(case: Case) -> skills.Schooling:
    named = {
        skills.Schooling.RESERVE_TECHNICIAN: ("reserve", "预备技师"),
        skills.Schooling.SENIOR_TECHNICAL: ("senior_technical",),
        skills.Schooling.COLLEGE: ("college", "degree", "university"),
        skills.Schooling.TECHNICAL: ("technical_school", "vocational"),
        skills.Schooling.APPRENTICE: ("apprentice",),
    }
    return next((kind for kind, parts in named.items() if any_true(case, *parts)), skills.Schooling.NONE)


@topic("skill.levels")
def grades(_case: Case) -> dict[str, Any]:
    """The eight grades in order."""
    return {"order": list(skills.GRADES), "count": len(skills.GRADES)}
