"""Identifiers in one place: what other parts import; the checks live one file an idea beside it."""

from __future__ import annotations

from hrss.kernel.contact_numbers import (
    SYNTHETIC_PHONE_PREFIX,
    check_bank_card,
    check_contact_phone,
    check_phone,
    is_synthetic_phone,
    luhn_digit,
    masked_bank_card,
    masked_phone,
)
from hrss.kernel.credit_codes import (
    CreditCode,
    check_credit_code,
    compose_credit_code,
    credit_check_character,
)
from hrss.kernel.id_numbers import (
    SYNTHETIC_REGION_PREFIX,
    IdNumber,
    Sex,
    check_id_number,
    compose_id_number,
    id_check_character,
    upgrade_id_number,
)
from hrss.kernel.service_codes import ServiceCode, parse_service_code
from hrss.kernel.typed_codes import normalise_code
from hrss.kernel.uuid7 import uuid7

__all__ = [
    "SYNTHETIC_PHONE_PREFIX",
    "SYNTHETIC_REGION_PREFIX",
    "CreditCode",
    "IdNumber",
    "ServiceCode",
    "Sex",
    "check_bank_card",
    "check_contact_phone",
    "check_credit_code",
    "check_id_number",
    "check_phone",
    "compose_credit_code",
    "compose_id_number",
    "credit_check_character",
    "id_check_character",
    "is_synthetic_phone",
    "luhn_digit",
    "masked_bank_card",
    "masked_phone",
    "normalise_code",
    "parse_service_code",
    "upgrade_id_number",
    "uuid7",
]
