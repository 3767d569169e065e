"""Case topics of arbitration, inspection, wage protection, credit and figures of labour relations."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from hrss.kernel.months import YearMonth
from hrss.kernel.workdays import DueDate, Suspension, latest_before
from hrss.rules.cases.local import COUNTY, NOW, answer, calendar, day, number, optional_day, ratio, whole_numbers
from hrss.rules.cases.topics import Case, topic, yuan
from hrss.rules.labour import arbitration, statistics
from hrss.rules.labour.clocks import clock_due, clock_limit, clock_start
from hrss.rules.labour.limitation import Limitation, arbitration_limitation, inspection_limitation


def _due(clock: str, start: date, *, extended: bool = False, pause: Suspension | None = None) -> DueDate:
    pauses = [pause] if pause else []
    return clock_due(clock, start, calendar=calendar(), region=COUNTY, suspensions=pauses, extended=extended)


def _first_day(value: Any) -> date:
    """Read a day, or the first day of a month."""
    text = str(value)
    return YearMonth.parse(text).first_day if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}", text) else day(text)


def _last_day(value: Any) -> date:
    text = str(value)
    return YearMonth.parse(text).last_day if re.fullmatch(r"[0-9]{4}-[0-9]{1,2}", text) else day(text)


_PAY = ("pay", "wage", "salary", "工资", "报酬", "加班")


_NOT_PAY = ("double", "二倍", "annual", "年休")


_KNOWN = ("right_infringed", "known", "infringed", "should_have_known")


@topic("arbitration_limitation_pay", "limitation_interruption")
def limitation(case: Case) -> dict[str, Any]:
    """Whether a claim is out of time, with whatever interrupted the period."""
    known = next((case[name] for name in _KNOWN if case.get(name)), None)
    claim = str(case.get("claim", ""))
    is_pay = any(word in claim for word in _PAY) and not any(word in claim for word in _NOT_PAY)
    other = {"filed", "employment_end", "claim", *_KNOWN}
    end = case.get("employment_end")
    found = arbitration_limitation(
        filed=_first_day(case["filed"]),
        known=_first_day(known) if known else _last_day(end) if end and not is_pay else None,
        employment_end=_last_day(end) if end else None,
        is_pay=is_pay,
        interruptions=[_first_day(value) for name, value in case.items() if name not in other and _is_day(value)],
    )
    return _told(found)


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value) is not None


def _told(found: Limitation) -> dict[str, Any]:
    return {"time_barred": found.barred, "expires": found.expires.isoformat() if found.expires else None}


@topic("inspection_limitation")
def inspected(case: Case) -> dict[str, Any]:
    """Whether a breach is still investigated."""
    found = inspection_limitation(
        first_complaint=day(case["first_complaint"]), violation_end=optional_day(case["violation_end"])
    )
    return {"inspect": not found.barred}


_MONEY = (
    "pay", "wage", "2n", "severance", "compensation", "annual_leave", "injury", "medical", "工资", "报酬",
    "补偿", "赔偿", "医疗费", "年休",
)  # fmt: skip


_STANDARDS = ("hours", "rest", "social_insurance", "state_standard", "工时", "休假", "社会保险")


def _claim_kind(text: str) -> arbitration.ClaimKind:
    lower = text.lower()
    if any(word in lower for word in _MONEY):
        return arbitration.ClaimKind.MONEY
    if any(word in lower for word in _STANDARDS):
        return arbitration.ClaimKind.STATE_STANDARD
    return arbitration.ClaimKind.OTHER


@topic("final_award_item", "final_award_mixed")
def final_items(case: Case) -> dict[str, Any]:
    """Whether each item is final, judged by itself, and how many documents that makes."""
    floor = case["assumed_min_wage"] if "assumed_min_wage" in case else case["min_wage"]
    final = []
    for item in case["items"]:
        facts = {"kind": _claim_kind(str(item["type"])), "amount": item.get("amount", 0), "minimum_wage": floor}
        final.append(bool(answer(case, arbitration.is_final_item, facts)))
    counts = {"final_items": sum(final), "other_items": len(final) - sum(final)}
    return {"final": final, "documents": answer(case, arbitration.award_documents, counts)}


@topic("final_award_threshold", "final_award_threshold_fengjie")
def final_threshold(case: Case) -> dict[str, Any]:
    """Twelve months of minimum wage."""
    return {"threshold": yuan(answer(case, arbitration.final_award_limit, {"minimum_wage": case["min_wage"]}))}


@topic("appeal_to_court_15d", "appeal_to_court_15d_roll")
def appeal(case: Case) -> dict[str, Any]:
    """Last day to sue after an award."""
    found = _due("arb_sue", day(case["received"]))
    return {"natural": found.natural.isoformat(), "last_day": found.due_on.isoformat()}


@topic("arbitration_45_days")
def award_clock(case: Case) -> dict[str, Any]:
    """Last day of the award, and with the extension."""
    accepted, extended = day(case["accepted"]), bool(case.get("extension"))
    plain, longer = _due("arb_award", accepted), _due("arb_award", accepted, extended=True)
    found = longer if extended else plain
    days = {"natural": found.natural.isoformat(), "last_day": found.due_on.isoformat()}
    return days | {"max_with_15d_extension": longer.due_on.isoformat()}


@topic("acceptance_5_days")
def acceptance_clock(case: Case) -> dict[str, Any]:
    """Last day to accept or refuse an application."""
    found = _due("arb_accept", day(case["application_received"]))
    return {"natural": found.natural.isoformat(), "last_day": found.due_on.isoformat()}


@topic("arbitration_clock_restart")
def clock_restart(case: Case) -> dict[str, Any]:
    """From when the award clock runs after an event that starts it anew."""
    restarts = [day(value) for name, value in case.items() if name != "accepted" and _is_day(value)]
    start = clock_start(day(case["accepted"]), restarts=restarts)
    return {"clock_start": start.isoformat(), "last_day": _due("arb_award", start).due_on.isoformat()}


@topic("arbitration_clock_pause")
def clock_pause(case: Case) -> dict[str, Any]:
    """The award clock with days that do not count."""
    pause = Suspension(day(case["suspended_from"]), day(case["resumed"]))
    found = _due("arb_award", day(case["accepted"]), pause=pause)
    excluded = (day(case["resumed"]) - pause.since).days
    return {
        "excluded_days": excluded,
        "natural_due": found.natural.isoformat(),
        "last_day": found.due_on.isoformat(),
    }


@topic("inspection_60_working_days")
def inspection_clock(case: Case) -> dict[str, Any]:
    """Last day of an investigation, and with the extension."""
    filed = day(case["filed"])
    longer = _due("insp_investigate", filed, extended=True)
    return {"due": _due("insp_investigate", filed).due_on.isoformat(), "with_30wd_extension": longer.due_on.isoformat()}


@topic("inspection_filing_5_working_days")
def inspection_filing(case: Case) -> dict[str, Any]:
    """Last day to file a complaint to the inspectorate."""
    return {"due": _due("insp_accept", day(case["complaint_received"])).due_on.isoformat()}


@topic("public_notice_service")
def notice_service(case: Case) -> dict[str, Any]:
    """Day on which a public notice counts as served."""
    return {"deemed_served": _due("service_notice", day(case["published"])).due_on.isoformat()}


@topic("dispatch_permit_renewal")
def permit_renewal(case: Case) -> dict[str, Any]:
    """Last day to ask for renewal of a dispatch permit."""
    limit = clock_limit("dispatch_renew", on=NOW, region=COUNTY)
    return {"apply_by": latest_before(day(case["expiry"]), limit, calendar=calendar()).isoformat()}


@topic("collective_contract_effective")
def collective_contract(case: Case) -> dict[str, Any]:
    """By when a collective contract is filed and when it takes effect without objection."""
    effective = _due("collective_object", day(case["received_by_bureau"])).due_on.isoformat()
    filed = _due("collective_file", day(case["signed"])).due_on.isoformat()
    return {"file_by": filed, "effective": None if case.get("objection") else effective}


@topic("collective_dispute")
def collective(case: Case) -> dict[str, Any]:
    """Whether a dispute is collective and what follows."""
    facts = {
        "workers": case["workers"],
        "common_claim": case.get("common_claim", False),
        "collective_contract": case.get("collective_contract", False),
    }
    if not answer(case, arbitration.is_collective, facts):
        return {"collective": False, "representatives": None, "priority": False}
    notice = clock_limit("arb_collective_notice", on=NOW, region=COUNTY).number
    followed = {"representatives": [3, 5], "priority": True, "panel": 3, "one_time_notice_within_days": notice}
    return {"collective": True} | followed


_EXCLUSIONS = ("missing", "public_interest", "state_interest", "social_effect", "major", "unsuitable")


@topic("simplified_procedure")
def simplified(case: Case) -> dict[str, Any]:
    """Whether a case may be handled by one arbitrator."""
    facts = {
        "clear_and_small": case.get("facts_clear", case.get("clear", False)),
        "amount": case["amount"],
        "yearly_mean": case["prov_avg_annual_wage"],
        "both_agree": case.get("both_agree", False),
        "excluded": any(bool(value) for name, value in case.items() if any(part in name for part in _EXCLUSIONS)),
    }
    allowed = bool(answer(case, arbitration.may_use_simplified, facts))
    return {"allowed": allowed, "single_arbitrator": allowed}


@topic("arbitration_closing_rate")
def closing_rate(case: Case) -> dict[str, Any]:
    """Closed over carried in and accepted, and what stays open."""
    carried, accepted, closed = whole_numbers(case.get("carried_in", 0), case["accepted"], case["closed"])
    facts = {"carried_in": carried, "accepted": accepted, "closed": closed}
    scale = Decimal(accepted) / number(case["accepted"]) if accepted else Decimal(1)
    left = answer(case, statistics.open_at_end, facts) / scale
    return {"rate": ratio(answer(case, statistics.closing_rate, facts)), "open_at_end": left}


@topic("mediation_rate_incl_out_of_case")
def mediation_rate(case: Case) -> dict[str, Any]:
    """Mediation rate with mediation outside the cases."""
    accepted, mediated, outside = whole_numbers(
        case["accepted"], case["closed_by_mediation"], case["out_of_case_mediation"]
    )
    facts = {"accepted": accepted, "mediated": mediated, "outside": outside}
    return {"rate": ratio(answer(case, statistics.mediation_rate_with_outside, facts))}


@topic("closing_rate_incl_out_of_case")
def closing_with_outside(case: Case) -> dict[str, Any]:
    """Closing rate with mediation outside the cases."""
    accepted, closed, outside = whole_numbers(case["accepted"], case["closed"], case["out_of_case_mediation"])
    facts = {"accepted": accepted, "closed": closed, "outside": outside}
    return {"rate": ratio(answer(case, statistics.closing_rate_with_outside, facts))}


@topic("inspection_closing_rate")
def inspection_rate(case: Case) -> dict[str, Any]:
    """Closed over filed."""
    filed, closed = whole_numbers(case["accepted"] if "accepted" in case else case["filed"], case["closed"])
    return {"rate": ratio(answer(case, statistics.inspection_closing_rate, {"filed": filed, "closed": closed}))}


@topic("two_rates_differ")
def two_rates(case: Case) -> dict[str, Any]:
    """The overall handling rate is not the arbitration closing rate."""
    handled, closed = whole_numbers(case["handled_all"], case["closed_all"])
    overall = ratio(answer(case, statistics.handling_rate, {"handled": handled, "closed": closed}))
    published = number(case["published_arbitration_closing_rate"])
    return {"overall": overall, "must_not_equal_published": round(overall, 4) != round(published, 4)}


@topic("case_file_retention")
def retention(case: Case) -> dict[str, Any]:
    """Years a case file is kept."""
    by_award = str(case["closed_by"]) in ("award", "裁决")
    closing = arbitration.Closing.AWARD if by_award else arbitration.Closing.OTHER
    return {"years_min": answer(case, arbitration.file_years, {"closing": closing})}
