"""Money as integer fen: reading, writing, 大写 and exact shares.

There is no float here and no rounding in the middle: a share is one fraction, rounded once, half away from zero.
"""

from __future__ import annotations

import re
import unicodedata

from hrss.kernel.problem import Problem

Fen = int

_AMOUNT = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]{1,2})0*)?\.?")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")
_LARGEST = 10**18


def yuan(fen: Fen) -> str:
    """Write fen as yuan with separators: ``186400`` → ``1,864.00``."""
    sign = "-" if fen < 0 else ""
    whole, rest = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02d}"


def plain_yuan(fen: Fen) -> str:
    """Write fen as yuan without separators, for files and machines: ``1864.00``."""
    return yuan(fen).replace(",", "")


def parse_yuan(text: str, *, field: str = "amount") -> Fen:
    """Read yuan with at most two decimals; Problem ``money.format`` otherwise (a third decimal that is not 0 too)."""
    compact = re.sub(r"[\s,¥元]", "", unicodedata.normalize("NFKC", text)).replace("¥", "")
    match = _AMOUNT.fullmatch(compact)
    if match is None:
        raise Problem(
            "money.format",
            f"“{text}”不是金额",
            rule="金额以元为单位，最多两位小数",
            remedy="请填写数字，例如 1864.50",
            field=field,
        )
    sign, whole, decimals = match.groups()
    fen = int(whole) * 100 + int((decimals or "0").ljust(2, "0"))
    return -fen if sign == "-" else fen


def divide(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero (四舍五入), exactly."""
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -quotient if numerator < 0 else quotient


def share(fen: Fen, numerator: int, denominator: int) -> Fen:
    """Give the part ``numerator / denominator`` of an amount, rounded once."""
    return divide(fen * numerator, denominator)


def spread(fen: Fen, parts: int) -> tuple[Fen, ...]:
    """Spread an amount over equal parts so that they add up to it; the first parts carry the odd fen."""
    if parts < 1:
        raise ValueError("an amount is spread over at least one part")
    sign = -1 if fen < 0 else 1
    each, odd = divmod(abs(fen), parts)
    return tuple(sign * (each + (1 if position < odd else 0)) for position in range(parts))


def capitals(fen: Fen) -> str:
    """Write an amount in 大写 as vouchers need it (《支付结算办法》附一): ``186400`` → ``壹仟捌佰陆拾肆元整``."""
    whole, rest = divmod(abs(fen), 100)
    if whole >= _LARGEST:
        raise ValueError("the amount is too large for capitals")
    jiao, cents = divmod(rest, 10)
    text = ("负" if fen < 0 else "") + (f"{_whole_capitals(whole)}元" if whole or not rest else "")
    if not rest:
        return f"{text}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif whole:
        text += "零"
    return text + (f"{_DIGITS[cents]}分" if cents else "整")


def _whole_capitals(whole: int) -> str:
    if whole == 0:
        return _DIGITS[0]
    groups = []
    while whole:
        whole, group = divmod(whole, 10_000)
        groups.append(group)
    text, gap = "", False
    for position in range(len(groups) - 1, -1, -1):
        group = groups[position]
        if group == 0:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or group < 1000) else "") + _group_capitals(group) + _GROUPS[position]
        gap = False
    return text


def _group_capitals(group: int) -> str:
    text, gap = "", False
    for position in range(3, -1, -1):
        digit = group // 10**position % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + _PLACES[position]
        gap = False
    return text
