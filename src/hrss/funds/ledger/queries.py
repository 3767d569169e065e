"""Reading the books: movements and balances of accounts, entries page by page, an entry with its lines and details.

Details name people: whoever reads them leaves an event on the entry with a purpose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q

from hrss.foundation import audit
from hrss.foundation.people.elevation import as_actor
from hrss.funds.codes import fund_of
from hrss.funds.ledger.models import Account, Book, Detail, Entry, Source, Voucher
from hrss.kernel.actor import Actor
from hrss.kernel.problem import Problem

PAGE = 50
_MOVEMENTS = """
SELECT a.code, a.name, a.kind, a.bank, m.opening, m.debit, m.credit
FROM ledger_movements(%s, %s, %s) m JOIN ledger_account a ON a.id = m.account_id ORDER BY a.code
"""
_BALANCE = """
SELECT coalesce(sum(m.opening + m.debit - m.credit), 0)::bigint
FROM ledger_book b CROSS JOIN LATERAL
  ledger_movements(b.fund, coalesce(b.closed_through + 1, b.opened_on), 'infinity'::date) m
JOIN ledger_account a ON a.id = m.account_id WHERE b.fund = %s AND a.bank = %s
"""
# Every fund's bank accounts at once: what is closed is kept, what came since is added up.
_BANKS = """
SELECT b.fund, a.bank, sum(m.opening + m.debit - m.credit)::bigint
FROM ledger_book b CROSS JOIN LATERAL
  ledger_movements(b.fund, coalesce(b.closed_through + 1, b.opened_on), 'infinity'::date) m
JOIN ledger_account a ON a.id = m.account_id WHERE a.bank <> '' GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Movement:
    """An account over a time, in fen; ``opening`` and ``balance`` are positive on the debit side."""

    code: str
    name: str
    kind: str
    bank: str
    opening: int
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """What stands at the end, positive on the debit side."""
        return self.opening + self.debit - self.credit

    @property
    def is_still(self) -> bool:
        """Tell whether nothing stands and nothing moved."""
        return not (self.opening or self.debit or self.credit)


@dataclass(frozen=True, slots=True)
class FundState:
    """A fund at a glance: balances of its three bank accounts in fen, how far it is closed."""

    fund: str
    title: str
    income: int
    fiscal: int
    expenditure: int
    closed_through: date | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry in a list."""

    id: int
    on: date
    number: int | None
    source: str
    reference: str
    text: str
    total: int
    reverses: int | None
    reversed_by: int | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry with its lines: (id, code, name, debit, credit, details)."""

    row: EntryRow
    fund: str
    source_title: str
    lines: tuple[tuple[int, str, str, int, int, int], ...]
    actor_name: str
    recorded_at: datetime


def movements(fund: str, since: date, until: date) -> tuple[Movement, ...]:
    """Give every account of a fund with its opening and movements from one day to another, both included."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVEMENTS, [fund_of(fund).value, since, until])
        return tuple(Movement(*row) for row in cursor.fetchall())


def balance_of(fund: str, bank: str, *, lock: bool = False) -> int:
    """Give what stands on a bank account by the books, in fen; with ``lock`` the book stays locked until the end."""
    with connection.cursor() as cursor:
        if lock:
            cursor.execute("SELECT ledger_lock_book(%s)", [fund_of(fund).value])
        cursor.execute(_BALANCE, [fund_of(fund).value, bank])
        return int(cursor.fetchone()[0])


def fund_states() -> tuple[FundState, ...]:
    """Give every fund that has books, with the balances of its bank accounts."""
    with connection.cursor() as cursor:
        cursor.execute(_BANKS)
        stands = {(fund, bank): fen for fund, bank, fen in cursor.fetchall()}
    return tuple(
        FundState(
            book.fund,
            book.title,
            stands.get((book.fund, "income"), 0),
            stands.get((book.fund, "fiscal"), 0),
            stands.get((book.fund, "expenditure"), 0),
            book.closed_through,
        )
        for book in Book.objects.order_by("fund")
    )


def entries(fund: str, *, after: str = "", source: str = "", month: date | None = None) -> tuple[list[EntryRow], str]:
    """Give a page of entries, newest first, and the mark of the next one (empty at the end).

    ``after`` is such a mark (``2026-03-05:417``); Problem ``ledger.page`` for one that is none.
    """
    rows = Entry.objects.filter(fund_id=fund_of(fund).value)
    if source:
        rows = rows.filter(source_id=source)
    if month:
        rows = rows.filter(on__year=month.year, on__month=month.month)
    if after:
        on, number = _mark(after)
        rows = rows.filter(Q(on__lt=on) | Q(id__lt=number), on__lte=on)
    found = list(rows.select_related("voucher", "reversed_by").order_by("-on", "-id")[: PAGE + 1])
    more = f"{found[PAGE - 1].on:%Y-%m-%d}:{found[PAGE - 1].id}" if len(found) > PAGE else ""
    return [_row(entry) for entry in found[:PAGE]], more


def entry_page(entry_id: int) -> EntryPage:
    """Give an entry with its lines. Problem ``ledger.no_such_entry`` (404)."""
    entry = Entry.objects.select_related("voucher", "reversed_by", "source").filter(id=entry_id).first()
    if entry is None:
        raise Problem("ledger.no_such_entry", "没有这张凭证", remedy="请从凭证列表进入", status=404)
    lines = entry.lines.select_related("account").order_by("-debit", "id")
    return EntryPage(
        _row(entry),
        entry.fund_id,
        entry.source.title,
        tuple(
            (line.id, line.account.code, line.account.name, line.debit, line.credit, line.detail_count)
            for line in lines
        ),
        entry.actor_name if entry.actor_person else "系统",
        entry.recorded_at,
    )


def details_of(entry_id: int, *, actor: Actor, line_id: int = 0, after: int = 0) -> tuple[list[Detail], int]:
    """Give a page of the details of an entry (of one line with ``line_id``) and the mark of the next (0 at the end).

    Without ``line_id``: those of the debit side, every fen once.
    """
    with as_actor(actor):
        rows = Detail.objects.filter(line__entry=entry_id, id__gt=after).select_related("person", "line__account")
        rows = rows.filter(line=line_id) if line_id else rows.filter(line__debit__gt=0)
        found = list(rows.order_by("id")[: PAGE + 1])
        if found:
            audit.read(
                actor,
                person_id=None,
                what="ledger.details",
                subject_kind="ledger_entry",
                subject_id=entry_id,
                detail={"shown": len(found[:PAGE])},
            )
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else 0


def entry_numbered(fund: str, text: str) -> int | None:
    """Give the entry of a voucher number as people write it (``202611-0001``), None where there is none."""
    month, _, number = text.partition("-")
    if not (len(month) == 6 and month.isdigit() and number.isdigit()):
        return None
    rows = Voucher.objects.filter(
        fund=fund, month__year=int(month[:4]), month__month=int(month[4:]), number=int(number)
    )
    return rows.values_list("entry_id", flat=True).first()


def source_titles() -> dict[str, str]:
    """Give what an entry may come from, by code."""
    return dict(Source.objects.order_by("code").values_list("code", "title"))


def accounts_of(fund: str) -> Sequence[Account]:
    """Give the chart of a fund in order."""
    return list(Account.objects.filter(fund_id=fund_of(fund).value).order_by("code"))


def _row(entry: Entry) -> EntryRow:
    voucher, mirror = getattr(entry, "voucher", None), getattr(entry, "reversed_by", None)
    return EntryRow(
        entry.id,
        entry.on,
        voucher.number if voucher else None,
        entry.source_id,
        entry.reference,
        entry.text,
        entry.total,
        entry.reverses_id,
        mirror.id if mirror else None,
    )


def _mark(text: str) -> tuple[date, int]:
    day, _, number = text.partition(":")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        raise Problem("ledger.page", "翻页位置不对", remedy="请回到第一页", status=400) from None
