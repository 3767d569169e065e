"""Wiring of the insurance domain: handlers for casework, answers for exchange, benefits and an invariant for funds."""

from __future__ import annotations

from hrss.casework import handlers
from hrss.domains.insurance import answers, benefits, jobs
from hrss.domains.insurance.datasets import DATASETS
from hrss.domains.insurance.handlers import HANDLERS
from hrss.domains.insurance.services.book_subsidies import not_arrived
from hrss.exchange.catalogue.registry import CATALOGUE
from hrss.foundation import datasets
from hrss.funds.benefits import register
from hrss.funds.reconciliation.expecting import expect
from hrss.funds.soundness.registry import Invariant
from hrss.funds.soundness.registry import register as register_invariants

DECLARED_JOBS = (
    jobs.tell_all_sixty,
    jobs.close_last_year,
    jobs.book_last_subsidies,
    jobs.check_deaths,
    jobs.stop_reemployed,
    jobs.end_used_up,
)


def wire() -> None:
    """Register what the domain gives to the parts below it."""
    for name, handler in HANDLERS.items():
        handlers.register(name, handler)
    for benefit in benefits.BENEFITS:
        register(benefit)
    register_invariants(
        Invariant("I5", "居民个人账户等于记账加利息，不为负数", "insurance_unsound_accounts", is_quick=False),
        Invariant("I5a", "缴费补贴入账等于记入个人账户的补贴", "insurance_unsound_subsidies", is_quick=False),
    )
    expect(not_arrived)
    datasets.register(*DATASETS)
    CATALOGUE.answer_with("insurance.contribution_months", many=answers.contribution_months_of_many)
    CATALOGUE.answer_with("insurance.insured_status", many=answers.insured_status_of_many)
