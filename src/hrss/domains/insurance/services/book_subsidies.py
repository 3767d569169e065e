"""Book the subsidy of residents' contributions (缴费补贴) as income of the fund when it arrived: each person a detail.

On cash basis (社会保险基金会计制度): with the day and the notice the treasury's statement gives to the payment into
the fiscal account (财政专户). A claim is booked once, for the very amount claimed. What arrived with another amount is
left to people: it stands as a break of the daily reconciliation, and so does what has not come in time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hrss.domains.insurance.models import SubsidyClaim
from hrss.domains.insurance.services.claim_subsidies import FUND, SOURCE, reference_of
from hrss.foundation import audit
from hrss.foundation.verbs import verb
from hrss.funds.ledger.models import Account, Closing
from hrss.funds.ledger.posting import Query, post
from hrss.funds.reconciliation.expecting import Expected
from hrss.funds.reconciliation.models import StatementFile, StatementLine
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.outcome import Outcome

BANK = "1003"  # 财政专户存款
INCOME = "4101-01"  # 财政补贴收入（对个人缴费的补贴）
_LINES = """
SELECT %s, sum(subsidy_fen)::bigint, 0::bigint, NULL::uuid, '', '' FROM insurance_residentpayment
 WHERE paid_on BETWEEN %s AND %s AND subsidy_fen > 0
UNION ALL
SELECT %s, 0::bigint, subsidy_fen, person_id, region_code, id::text FROM insurance_residentpayment
 WHERE paid_on BETWEEN %s AND %s AND subsidy_fen > 0
"""


@verb("insurance.book_subsidies")
def book_subsidies(*, actor: Actor, on: date) -> Outcome:
    """Book every claim whose money the treasury's statement shows; gives the months booked."""
    months = []
    for claim in SubsidyClaim.objects.select_for_update().filter(entry=None).order_by("month"):
        line = _arrival(claim)
        if line is not None:
            _book(claim, line, actor=actor, on=on)
            months.append(str(YearMonth.from_index(claim.month)))
    audit.record(
        actor, "insurance.book_subsidies", subject_kind="fund", subject_id=FUND.value, detail={"months": months}
    )
    return Outcome("fund", FUND.value, data={"months": months})


def not_arrived(fund: str, day: date) -> Iterator[Expected]:
    """Give the claims that should have come before ``day`` and have not, for the daily reconciliation."""
    late = SubsidyClaim.objects.filter(entry=None, due_on__lt=day) if fund == FUND.value else ()
    for claim in late:
        reference = reference_of(YearMonth.from_index(claim.month))
        yield Expected(StatementFile.Origin.FINANCE, Account.Bank.FISCAL, reference, claim.due_on, claim.amount_fen)


def _arrival(claim: SubsidyClaim) -> StatementLine | None:
    """Give the line of the treasury's statement that pays a claim to the fen."""
    return (
        StatementLine.objects.select_related("file")
        .filter(file__origin=StatementFile.Origin.FINANCE, file__bank=Account.Bank.FISCAL, file__fund=FUND.value)
        .filter(reference=reference_of(YearMonth.from_index(claim.month)), amount=claim.amount_fen)
        .order_by("id")
        .first()
    )


def _book(claim: SubsidyClaim, line: StatementLine, *, actor: Actor, on: date) -> None:
    """Post at the day of arrival; where that month is closed, today."""
    month = YearMonth.from_index(claim.month)
    closed = Closing.objects.filter(fund_id=FUND.value, month=YearMonth.of(line.on).first_day).exists()
    notice = (line.text.strip() or line.file.name)[:120]
    span = [month.first_day, month.last_day]
    claim.entry_id = post(
        actor=actor,
        fund=FUND.value,
        on=on if closed else line.on,
        lines=Query(_LINES, [BANK, *span, INCOME, *span]),
        source=SOURCE,
        reference=reference_of(month),
        text=f"{month} 居民养老保险缴费补贴到账，{notice}",
    )
    claim.arrived_on, claim.notice = line.on, notice
    claim.save(update_fields=["entry", "arrived_on", "notice"])
