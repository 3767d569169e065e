"""The bank's file format: an order with one line a payment, and the answer with one line a line.

Text in GB18030, fields parted by ``|``: a head, the lines, a tail with count, sum and the SM3 of everything above it.
It refuses a file whose tail does not agree with its lines, and a holder or account that would break a line.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hrss.kernel.problem import Problem

ENCODING = "gb18030"
_ACCOUNT = re.compile(r"[0-9]{8,30}")
_SEPARATORS = re.compile(r"[|\r\n]")
CODES: dict[str, str] = {
    "00": "paid",
    "11": "wrong_account",
    "12": "closed_account",
    "13": "name_mismatch",
    "99": "refused",
}
_CODE_OF = {answer: code for code, answer in CODES.items()}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One payment: its place in the run, the account, the holder, the amount in fen, what the statement says."""

    ordinal: int
    account: str
    holder: str
    fen: int
    text: str


@dataclass(frozen=True, slots=True)
class Order:
    """A file to the bank."""

    number: str
    day: str
    fund: str
    lines: Sequence[OrderLine]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What the bank says about one line: ``paid`` or why not."""

    ordinal: int
    fen: int
    answer: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A file from the bank; ``order_digest`` is the SM3 of the order it answers."""

    number: str
    day: str
    order_digest: str
    lines: Sequence[AnswerLine]


def sm3_of(data: bytes) -> str:
    """Give the SM3 digest in hexadecimal (GB/T 32905-2016)."""
    return hashlib.new("sm3", data).hexdigest()


def write_order(order: Order) -> bytes:
    """Write an order. Problem ``banking.line`` for a line the format cannot carry."""
    lines = [_order_line(line) for line in order.lines]
    total = sum(line.fen for line in order.lines)
    return _whole([f"H|{order.number}|{order.day}|{order.fund}|{len(lines)}|{total}", *lines], len(lines), total)


def content_of(order: Order) -> str:
    """Give the SM3 of the lines alone: the same payments under another number have the same."""
    return sm3_of("\n".join(_order_line(line) for line in order.lines).encode(ENCODING))


def read_order(data: bytes) -> Order:
    """Read an order, for the bank. Problem ``banking.format`` where it is not whole."""
    head, rows = _parts(data, fields=6)
    lines = [OrderLine(int(row[1]), row[2], row[3], int(row[4]), row[5]) for row in rows]
    _check_tail(data, len(lines), sum(line.fen for line in lines))
    return Order(head[1], head[2], head[3], lines)


def write_answer(answer: Answer) -> bytes:
    """Write an answer."""
    lines = [f"D|{line.ordinal}|{line.fen}|{_CODE_OF[line.answer]}" for line in answer.lines]
    total = sum(line.fen for line in answer.lines)
    head = f"R|{answer.number}|{answer.day}|{answer.order_digest}|{len(lines)}|{total}"
    return _whole([head, *lines], len(lines), total)


def read_answer(data: bytes) -> Answer:
    """Read an answer. Problem ``banking.format`` where it is not whole or a code is unknown."""
    head, rows = _parts(data, fields=4)
    try:
        lines = [AnswerLine(int(row[1]), int(row[2]), CODES[row[3]]) for row in rows]
    except (KeyError, ValueError):
        raise _broken("有不认识的答复代码") from None
    _check_tail(data, len(lines), sum(line.fen for line in lines))
    return Answer(head[1], head[2], head[3], lines)


def _order_line(line: OrderLine) -> str:
    if not _ACCOUNT.fullmatch(line.account) or _SEPARATORS.search(line.holder) or line.fen <= 0:
        raise Problem(
            "banking.line",
            f"第 {line.ordinal} 笔的账号、户名或金额不能写进银行文件",
            rule="账号为 8 到 30 位数字，户名不含分隔符，金额大于零",
            remedy="请核对这个人的收款账户",
            status=409,
        )
    return f"D|{line.ordinal}|{line.account}|{line.holder}|{line.fen}|{line.text}"


def _whole(lines: list[str], count: int, total: int) -> bytes:
    body = "\n".join(lines).encode(ENCODING) + b"\n"
    return body + f"T|{count}|{total}|{sm3_of(body)}\n".encode("ascii")


def _parts(data: bytes, *, fields: int) -> tuple[list[str], Iterable[list[str]]]:
    try:
        text = data.decode(ENCODING)
    except UnicodeDecodeError:
        raise _broken("不是 GB18030 编码") from None
    lines = text.splitlines()
    if len(lines) < 2 or not lines[-1].startswith("T|"):
        raise _broken("没有结尾行")
    rows = [line.split("|") for line in lines[1:-1]]
    if any(len(row) != fields or row[0] != "D" for row in rows):
        raise _broken("明细行的栏数不对")
    return lines[0].split("|"), rows


def _check_tail(data: bytes, count: int, total: int) -> None:
    body, _, tail = data.rstrip(b"\n").rpartition(b"\n")
    digest = sm3_of(body + b"\n")
    if tail.decode("ascii", "replace") != f"T|{count}|{total}|{digest}":
        raise _broken("合计或者摘要与明细不符")


def _broken(why: str) -> Problem:
    return Problem(
        "banking.format",
        f"银行文件不完整或被改动：{why}",
        rule="文件以结尾行的笔数、金额和 SM3 摘要为准",
        remedy="不要手工改动文件；请银行重新发送",
        status=409,
    )
