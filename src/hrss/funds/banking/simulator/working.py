"""What the bank does with a file: check it, pay each line once, answer line by line."""

from __future__ import annotations

from pathlib import Path

from hrss.funds.banking.folder import banks_side
from hrss.funds.banking.format import (
    Answer,
    AnswerLine,
    Order,
    read_order,
    sm3_of,
    write_answer,
)
from hrss.funds.banking.simulator.books import Books
from hrss.kernel.problem import Problem


def work(folder: Path) -> int:
    """Answer every order that waits; gives how many were answered. A bad file stays, unanswered."""
    side, books, done = banks_side(folder), Books(folder), 0
    side.publish_key()
    for name in side.waiting():
        try:
            data = side.take(name)
            order = read_order(data) if data is not None else None
        except Problem:
            continue
        if order is None or data is None or not _take(books, order, sm3_of(data)):
            continue
        if "silent" not in books.quirks():
            side.put(name, write_answer(_answer(books, order, sm3_of(data))))
        side.clear(name)
        done += 1
    return done


def _take(books: Books, order: Order, digest: str) -> bool:
    """Book the order unless it is booked already; another content under a known number is not paid."""
    known = books.taken(order.number)
    if known is not None:
        return known == digest
    wrong = books.wrong_accounts()
    books.pay(
        order.number,
        digest,
        [(line.ordinal, line.account, line.fen, wrong.get(line.account, "paid")) for line in order.lines],
    )
    return True


def _answer(books: Books, order: Order, digest: str) -> Answer:
    lines = [AnswerLine(ordinal, fen, answer) for ordinal, _, fen, answer in books.lines(order.number)]
    quirks = books.quirks()
    if "forgets_a_line" in quirks:
        lines = lines[:-1]
    if "changes_an_amount" in quirks:
        lines[0] = AnswerLine(lines[0].ordinal, lines[0].fen + 1, lines[0].answer)
    if "adds_a_line" in quirks:
        lines.append(AnswerLine(lines[-1].ordinal + 1, 100, "paid"))
    return Answer(order.number, order.day, digest, lines)
