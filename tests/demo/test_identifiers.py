"""Numbers are valid for the product's own checks, and can never be somebody's."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from hrss.demo import draws, identifiers
from hrss.demo.county import County, day_number
from hrss.kernel.contact_numbers import check_bank_card, check_phone, is_synthetic_phone
from hrss.kernel.credit_codes import check_credit_code
from hrss.kernel.id_numbers import check_id_number


def test_every_identity_number_of_the_county_says_birth_day_and_sex(county: County) -> None:
    persons = county["persons"]
    assert persons["id_number"].n_unique() == len(persons)
    for number, birth, sex in persons.select("id_number", "birth", "sex").rows()[::7]:
        checked = check_id_number(number)
        assert checked.is_synthetic
        assert (checked.birth_date, int(checked.sex)) == (identifiers.as_date(birth), sex)


def test_numbers_run_out_loudly() -> None:
    crowd = identifiers.MOST_A_DAY + 1
    day = np.full(crowd, day_number(date(1990, 1, 1)))
    with pytest.raises(ValueError, match="more people born on one day"):
        identifiers.id_numbers(day, np.ones(crowd, dtype=np.int64))


def test_a_full_day_of_both_sexes_has_different_numbers() -> None:
    most = identifiers.MOST_A_DAY
    day = np.full(2 * most, day_number(date(2000, 2, 29)))
    numbers = identifiers.id_numbers(day, np.repeat([1, 2], most))
    assert numbers.n_unique() == 2 * most
    assert {number[:14] for number in numbers} == {"99923620000229"}


def test_phones_and_cards_are_synthetic_valid_and_different() -> None:
    rng = draws.stream(1, "numbers")
    phones, cards = identifiers.phones(3000, rng), identifiers.bank_cards(3000, rng)
    assert phones.n_unique() == cards.n_unique() == 3000
    assert all(is_synthetic_phone(check_phone(phone)) for phone in phones)
    assert all(check_bank_card(card).startswith("999236") for card in cards)


def test_credit_codes_pass_both_check_characters(county: County) -> None:
    codes = county["organisations"]["credit_code"]
    assert codes.n_unique() == len(codes)
    for code in codes:
        checked = check_credit_code(code)
        assert checked.region == "999236" and checked.organisation_code_is_consistent
