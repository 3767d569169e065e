"""Numbers people are paid and reached by: bank cards (Luhn) and telephones.

It checks shape and check digit only: that a card is open or a phone is answered is for the bank and the operator.
"""

from __future__ import annotations

import re
import unicodedata

from hrss.kernel.problem import Problem

SYNTHETIC_PHONE_PREFIX = "100"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SYNTHETIC = re.compile(rf"{SYNTHETIC_PHONE_PREFIX}[0-9]{{8}}")
_LANDLINE = re.compile(r"0[1-9][0-9]{1,2}[2-8][0-9]{6,7}")


def check_bank_card(text: str, *, field: str = "bank_card") -> str:
    """Give the card number as digits; Problems ``bank_card.format|length|checksum``. Cards have 12 to 19 digits."""
    number = _compact(text)
    if not re.fullmatch(r"[0-9]+", number):
        raise _card_problem("format", "银行卡号应全为数字", field=field)
    if not 12 <= len(number) <= 19:
        raise _card_problem("length", f"银行卡号应为 12 至 19 位，收到 {len(number)} 位", field=field)
    if number[-1] != luhn_digit(number[:-1]):
        raise _card_problem("checksum", "银行卡号校验位不对，可能有一位录错", field=field)
    return number


def luhn_digit(body: str) -> str:
    """Give the check digit (ISO/IEC 7812-1) that follows ``body``."""
    total = 0
    for position, character in enumerate(reversed(body)):
        value = int(character) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def check_phone(text: str, *, field: str = "phone") -> str:
    """Give an 11-digit mobile number; a leading +86 goes, synthetic numbers start with 100.

    Problem ``phone.format`` for anything else, landlines included (they cannot receive a text message).
    """
    number = _without_country(_compact(text))
    if not (_MOBILE.fullmatch(number) or _SYNTHETIC.fullmatch(number)):
        raise Problem(
            "phone.format",
            "手机号应为 11 位数字",
            rule="电信网编号计划",
            remedy="请填写能接收短信的手机号，不用加 0 或区号",
            field=field,
        )
    return number


def check_contact_phone(text: str, *, field: str = "phone") -> str:
    """Give a mobile number or a landline with area code (digits only); Problem ``phone.format``."""
    number = _without_country(_compact(text))
    return number if _LANDLINE.fullmatch(number) else check_phone(number, field=field)


def is_synthetic_phone(number: str) -> bool:
    """Tell whether a checked number belongs to the synthetic county."""
    return _SYNTHETIC.fullmatch(number) is not None


def masked_phone(number: str) -> str:
    """Hide the middle of a phone number: ``100****0001``."""
    return f"{number[:3]}{'*' * max(len(number) - 7, 0)}{number[-4:]}" if len(number) > 7 else "*" * len(number)


def masked_bank_card(number: str) -> str:
    """Hide all but the last four digits of a card: ``************0001``."""
    return f"{'*' * max(len(number) - 4, 0)}{number[-4:]}" if len(number) > 4 else "*" * len(number)


def _compact(text: str) -> str:
    return re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))


def _without_country(number: str) -> str:
    return re.sub(r"^(\+86|0086)", "", number)


def _card_problem(kind: str, message: str, *, field: str) -> Problem:
    return Problem(
        f"bank_card.{kind}", message, rule="ISO/IEC 7812-1", remedy="请对照银行卡逐位核对后重新填写", field=field
    )
