"""Reading pay runs: the list, one run with sums, signatures and findings, its lines page by page.

Lines name people: whoever reads them leaves an event on the run with a purpose. It refuses marks that are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from hrss.foundation import audit
from hrss.foundation.people.elevation import as_actor
from hrss.funds.banking.models import BankFile
from hrss.funds.payables.models import Payment
from hrss.funds.payruns.fetching import not_found
from hrss.funds.payruns.models import Confirmation, Finding, Run
from hrss.funds.payruns.states import ENDED, State
from hrss.funds.signing.signatures import Signed, signatures_of
from hrss.kernel.actor import Actor
from hrss.kernel.months import YearMonth
from hrss.kernel.problem import Problem

PAGE = 50
SOURCE = "payrun"
# A session of a worker says where it is (``checkpoints``), before anything is committed.
_STAGE = """
SELECT split_part(application_name, ' ', 3) FROM pg_stat_activity
 WHERE datname = current_database() AND application_name LIKE 'payrun ' || %s || ' %%' LIMIT 1
"""
_SUMS = """
SELECT state, answer, count(*), sum(amount)::bigint FROM payables_payment WHERE run_id = %s GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many lines stand in a state with an answer of the bank, and how much they are together in fen."""

    state: str
    answer: str
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class FindingSum:
    """A check that fired in a run: the rule, the case, what it stops, how often; ``note`` of one line."""

    rule: str
    code: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with everything its page says. ``unconfirmed``: how many findings still need an inspector."""

    run: Run
    signatures: Sequence[Signed]
    confirmation: Confirmation | None
    findings: Sequence[FindingSum]
    sums: Sequence[Sum]
    files: Sequence[BankFile]

    @property
    def unconfirmed(self) -> int:
        """Findings somebody outside the three must confirm before approval, 0 when that was done."""
        wanted = sum(one.count for one in self.findings if one.kind == Finding.Kind.CONFIRM)
        return 0 if self.confirmation else wanted

    @property
    def needs_meeting(self) -> bool:
        """Tell whether the record of a collective review must be attached (F13)."""
        return any(one.rule == "F13" for one in self.findings)


@dataclass(frozen=True, slots=True)
class LinePage:
    """A page of a run's lines with what was found about each, and the mark of the next page (0 at the end)."""

    run: Run
    lines: Sequence[Payment]
    found: Mapping[int, Sequence[Finding]]
    more: int


def runs(
    *, group: str = "", month: YearMonth | None = None, live: bool = False, after: str = ""
) -> tuple[list[Run], str]:
    """Give a page of runs, newest first, and the mark of the next page (empty at the end). Problem ``payruns.page``."""
    rows = Run.objects.order_by("-id")
    if group:
        rows = rows.filter(group=group)
    if month is not None:
        rows = rows.filter(month=month.index)
    if live:
        rows = rows.exclude(state__in=[state.value for state in ENDED])
    if after:
        rows = rows.filter(id__lt=_run_mark(after))
    found = list(rows[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else ""


def unconfirmed_in(shown: Sequence[Run]) -> set[UUID]:
    """Give those of the runs that wait for an inspector before they can be approved."""
    waiting = [one.id for one in shown if one.state in (State.FROZEN, State.MADE, State.REVIEWED)]
    rows = Finding.objects.filter(run__in=waiting, kind=Finding.Kind.CONFIRM, run__confirmation=None)
    return set(rows.values_list("run_id", flat=True).distinct()) if waiting else set()


def run_page(run_id: UUID) -> RunPage:
    """Give a run with sums and steps, without any person. Problem ``payruns.not_found`` (404)."""
    run = Run.objects.select_related("confirmation").filter(id=run_id).first()
    if run is None:
        raise not_found()
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [run.id])
        sums = tuple(Sum(*row) for row in cursor.fetchall())
    counted = run.findings.values("rule", "code", "kind").annotate(count=Count("id")).order_by("-kind", "rule", "code")
    return RunPage(
        run,
        signatures_of(SOURCE, run.number),
        getattr(run, "confirmation", None),
        tuple(FindingSum(**row) for row in counted),
        sums,
        tuple(BankFile.objects.filter(number=run.number).order_by("id")),
    )


def run_by_number(number: str) -> Run | None:
    """Give the run of a number, None where there is none."""
    return Run.objects.filter(number=number).first()


def stage_of(run: Run) -> str:
    """Give the point a worker has come to in this run just now, empty where none is at it."""
    with connection.cursor() as cursor:
        cursor.execute(_STAGE, [run.number])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def lines_of(run_id: UUID, *, actor: Actor, view: str = "all", code: str = "", after: int = 0) -> LinePage:
    """Give a page of a run's lines in their order.

    ``view``: ``all`` frozen lines, ``held``, ``returned``, or ``found`` (with ``code``: one check only). ``after`` is
    the mark of the page before. Problem ``payruns.not_found`` (404).
    """
    with as_actor(actor):
        run = Run.objects.filter(id=run_id).first()
        if run is None:
            raise not_found()
        rows, more = _rows(run_id, view, code, after)
        audit.read(
            actor,
            person_id=None,
            what="payruns.lines",
            subject_kind="pay_run",
            subject_id=run.id,
            detail={"number": run.number, "view": view, "shown": len(rows)},
        )
        found: dict[int, list[Finding]] = {}
        for one in Finding.objects.filter(run=run_id, payment__in=rows).order_by("id"):
            found.setdefault(one.payment_id or 0, []).append(one)
    return LinePage(run, rows, found, more)


def _rows(run_id: UUID, view: str, code: str, after: int) -> tuple[list[Payment], int]:
    """Give the payments of a page with the mark of the next; findings are the way to what is held or doubtful."""
    if view == "found" or code:
        return _found_rows(Q(run=run_id, payment__isnull=False, id__gt=after) & (Q(code=code) if code else Q()))
    if view == "held":
        return _found_rows(Q(run=run_id, kind=Finding.Kind.BLOCK, payment__isnull=False, id__gt=after))
    lines = Payment.objects.filter(run_id=run_id, ordinal__gt=after).select_related("person").order_by("ordinal")
    lines = lines.filter(state=Payment.State.RETURNED) if view == "returned" else lines
    rows = list(lines[: PAGE + 1])
    return rows[:PAGE], (rows[PAGE - 1].ordinal or 0) if len(rows) > PAGE else 0


def _found_rows(wanted: Q) -> tuple[list[Payment], int]:
    found = list(Finding.objects.filter(wanted).select_related("payment__person").order_by("id")[: PAGE + 1])
    shown = {one.payment_id: one.payment for one in found[:PAGE] if one.payment}
    return list(shown.values()), found[PAGE - 1].id if len(found) > PAGE else 0


def _run_mark(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Problem("payruns.page", "翻页位置不对", remedy="请回到第一页", status=400) from None
