"""Reading proposals: what waits for a name, one with its lines and who signed, what is closed and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hrss.funds.codes import fund_of
from hrss.funds.ledger.closing import next_month
from hrss.funds.ledger.models import Account, Closing, Proposal
from hrss.funds.signing.models import Step
from hrss.funds.signing.signatures import Signed, signatures_of
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

PAGE = 50
NEXT: dict[str, Step] = {Proposal.State.MADE: Step.REVIEWED, Proposal.State.REVIEWED: Step.APPROVED}


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal: its lines as (code, name, debit, credit), who signed, the step that waits (None: over)."""

    row: Proposal
    lines: tuple[tuple[str, str, int, int], ...]
    signatures: Sequence[Signed]

    @property
    def waits(self) -> Step | None:
        """The step that waits for a name."""
        return NEXT.get(self.row.state)


@dataclass(frozen=True, slots=True)
class Months:
    """A fund's closed months, newest first, the month to close next (None: nothing is booked), a closing under way."""

    closed: Sequence[Closing]
    following: YearMonth | None
    proposed: Proposal | None


def proposals(*, state: str = "", after: str = "") -> tuple[list[Proposal], str]:
    """Give a page of proposals, newest first, and the mark of the next page; those that wait without ``state``.

    Problem ``ledger.page`` for a mark that is none.
    """
    rows = Proposal.objects.filter(state__in=[state] if state else list(NEXT)).order_by("-id")
    if after:
        try:
            rows = rows.filter(id__lt=UUID(after))
        except ValueError:
            raise Problem("ledger.page", "翻页位置不对", remedy="请回到第一页", status=400) from None
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""


def proposal_page(proposal_id: UUID) -> ProposalPage:
    """Give one proposal. Problem ``ledger.no_proposal`` (404)."""
    row = Proposal.objects.filter(id=proposal_id).first()
    if row is None:
        raise Problem("ledger.no_proposal", "没有这项申请", remedy="请从记账申请列表进入", status=404)
    names = dict(Account.objects.filter(fund_id=row.fund_id).values_list("code", "name"))
    lines = tuple(
        (line["account"], names.get(line["account"], ""), line["debit"], line["credit"])
        for line in row.content.get("lines", ())
    )
    return ProposalPage(row, lines, signatures_of(row.kind, str(row.id)))


def amount_of(row: Proposal) -> int:
    """Give the sum of one side of what is proposed, in fen; a closing moves nothing."""
    return sum(line["debit"] for line in row.content.get("lines", ()))


def months_of(fund: str) -> Months:
    """Give what is closed of a fund and what comes next."""
    code = fund_of(fund).value
    proposed = Proposal.objects.filter(fund=code, kind=Proposal.Kind.CLOSE, state__in=list(NEXT)).first()
    return Months(list(Closing.objects.filter(fund=code).order_by("-month")[:24]), next_month(code), proposed)
