"""Talent, public institutions and general services said a second time, from regulations and notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.rules.oracles.arithmetic import MILLION, at, d, floor, need, p, r, ratio

Table = Sequence[int]
LOST, CANCELLED = (3, 4), 5
FULL, CONSENT, STOPPED = 1, 2, 3


def places(posts: int, high: int, middle: int, junior: int, rank: int) -> int:
    """Largest remainder, the higher rank first among equals."""
    whole = high + middle + junior
    parts = [posts * part for part in (high, middle, junior)]
    order = sorted(range(3), key=lambda at: (-(parts[at] % whole), at))
    left = posts - sum(part // whole for part in parts)
    return parts[rank - 1] // whole + (1 if rank - 1 in order[:left] else 0)


def before(rank: int, high_rest: int, middle_rest: int, junior_rest: int) -> int:
    """How many come before a rank when the larger remainder goes first."""
    rests = [high_rest, middle_rest, junior_rest]
    return sorted(range(3), key=lambda at: (-rests[at], at)).index(rank - 1)


def scaled(score: int, full: int) -> int:
    """A mark as of a hundred."""
    need(full >= 1 and score <= full)
    return r(d(score) / full * 100 * 100)


def total_score(
    public: int, public_full: int, professional: int, professional_full: int, interview: int, public_weight: int,
    professional_weight: int, interview_weight: int,
) -> int:  # fmt: skip
    """Weighted marks of a hundred, the interview as it is."""
    need(public_weight + professional_weight + interview_weight == 100)
    need(min(public_full, professional_full) >= 1 and public <= public_full and professional <= professional_full)
    written = d(public) / public_full * public_weight + d(professional) / professional_full * professional_weight
    return r(written * 100 + d(interview) * interview_weight / 100)


def education(total: int, professional: int, total_from: int, numerator: int, denominator: int) -> bool:
    """Ninety hours, two thirds of them professional."""
    need(professional <= total)
    return total >= total_from and d(professional) >= d(total) * numerator / denominator


def reduced(applicants: int, posts: int, lowest: int) -> int:
    """As many posts as still have enough applicants."""
    need(lowest >= 1)
    return min(posts, floor(d(applicants) / lowest))


def promoted(years_in_grade: int, years_needed: int, excellent: int) -> bool:
    """Years are reached; more excellent years than years is no record."""
    need(excellent <= years_in_grade + 1)
    return years_in_grade >= years_needed


def level_2(held: int, months: int, schooling: int, months_from: int, senior_from: int, reserve_from: int) -> bool:
    """Four years after level three, three from a senior school, two with the reserve certificate."""
    return held == 3 and months >= {4: senior_from, 5: reserve_from}.get(schooling, months_from)


def insured(insured: int, should_be: int) -> int:
    """The insured of those who should be."""
    need(insured <= should_be)
    return ratio(insured, should_be)


def growth(base: int, now: int) -> int:
    """Change over the base."""
    need(base >= 1)
    return r(d(now - base) * MILLION / base)


def share_of_persons(persons: int, share: int) -> int:
    """Whole persons, never above the share."""
    return floor(d(persons) * p(share))


ORACLES: dict[str, Callable[..., Any]] = {
    "talent.award_amount": lambda kind, amounts: at(amounts, kind),
    "talent.commendation_quota": lambda staff, share: share_of_persons(staff, share),
    "talent.contract_to_retirement": lambda service, to_retirement, service_from, near: (
        d(service) / 12 >= service_from and d(to_retirement) / 12 < near
    ),
    "talent.contract_years_least": lambda least: least,
    "talent.disabled_places": lambda staff, share: r(d(staff) * p(share) * 100),
    "talent.education_is_complete": education,
    "talent.excellent_quota": lambda participants, better_unit, usual, raised: share_of_persons(
        participants, raised if better_unit else usual
    ),
    "talent.free_posts": lambda approved, actual, pending: approved - (actual + pending),
    "talent.interview_places": lambda posts, ratio: ratio * posts,
    "talent.management_post_is_open": lambda wanted, years_below, years_needed: at(years_needed, wanted) <= years_below,
    "talent.may_apply_level_1": lambda held, months, months_from: held == 2 and months >= months_from,
    "talent.may_apply_level_2": level_2,
    "talent.may_apply_level_3": lambda held, months, schooling, months_from, college_from: (
        held == 4 and months >= (college_from if schooling in (3, 4, 5) else months_from)
    ),
    "talent.may_apply_level_4": lambda held, months, schooling, months_from: (
        schooling in (2, 3, 4, 5) or (held == 5 and months >= months_from)
    ),
    "talent.may_apply_level_5": lambda months, schooling, months_from: schooling > 0 or months >= months_from,
    "talent.may_be_promoted": promoted,
    "talent.may_dismiss_for_absence": lambda continuous, in_year, in_a_row, in_a_year: (
        continuous > in_a_row or in_year > in_a_year
    ),
    "talent.may_dismiss_for_assessment": lambda failed_last, failed_before, refuses_transfer: (
        bool(failed_last) and bool(failed_before or refuses_transfer)
    ),
    "talent.may_fill_posts": lambda approved, actual, pending, requested: approved >= actual + pending + requested,
    "talent.merit_quota": lambda staff, share: share_of_persons(staff, share),
    "talent.post_may_open": lambda applicants, posts, lowest: posts >= 1 and applicants >= lowest * posts,
    "talent.post_salary": lambda grade, table: at(table, grade),
    "talent.posts_after_reduction": reduced,
    "talent.posts_by_ratio": places,
    "talent.probation_months": lambda first_job, contract_years, months, years_from: (
        months if first_job and contract_years >= years_from else 0
    ),
    "talent.professional_share_is_enough": lambda professional, total, share: (
        total > 0 and d(professional) / total >= p(share)
    ),
    "talent.quota": share_of_persons,
    "talent.recruitment_score": total_score,
    "talent.rests_before": before,
    "talent.sanction_months": lambda kind, periods: 0 if kind == 4 else at(periods, kind),
    "talent.scaled_score": scaled,
    "talent.step_after_move": lambda move, current, new_minimum: (
        new_minimum if move != 2 and new_minimum > current else current
    ),
    "talent.step_counts_anew": lambda move, current, new_minimum: move != 2 and new_minimum > current,
    "talent.step_of_next_year": lambda current, qualified, highest: (
        current + 1 if qualified and current < highest else current
    ),
    "talent.step_salary": lambda step, table: at(table, step),
    "talent.worker_share_is_within": lambda total, top, third, top_most, upper_most: (
        d(top) <= total * p(top_most) and d(top + third) <= total * p(upper_most)
    ),
    "general.card_is_locked": lambda wrong_attempts, tries: wrong_attempts >= tries,
    "general.card_may_be_released": lambda state, replacement_applied: state in LOST and not replacement_applied,
    "general.electronic_card_use": lambda state: STOPPED if state == CANCELLED else CONSENT if state in LOST else FULL,
    "general.growth": growth,
    "general.insured_rate": insured,
    "general.may_invite_rating": lambda rated, days_since_closing, days_from: (
        not rated and days_since_closing >= days_from
    ),
    "general.plan_progress": lambda cumulative, target: ratio(cumulative, target),
    "general.plan_status": lambda progress, elapsed: 2 if progress < elapsed else 1,
    "general.rating_callback_share": lambda grade, share: share if grade in (1, 2) else 0,
    "general.rating_is_negative": lambda grade: grade in (1, 2),
    "general.rating_stars": lambda grade: grade,
    "general.share": ratio,
    "general.temporary_card_months": lambda most: most,
}
