"""Credit codes, service-item codes, bank cards, phones and ids, against published codes and independent checks."""

import threading
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc

from hrss.kernel.identifiers import (
    check_bank_card,
    check_contact_phone,
    check_credit_code,
    check_phone,
    compose_credit_code,
    is_synthetic_phone,
    luhn_digit,
    masked_bank_card,
    masked_phone,
    parse_service_code,
    uuid7,
)
from hrss.kernel.problem import Problem
from hrss.kernel.uuid7 import _Generator

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = st.builds(
    lambda department, region, serial: (
        compose_credit_code(department=department, category="1", region=region, serial=serial).text
    ),
    st.sampled_from("15"),
    st.sampled_from(["500236", "500101"]),
    st.text(ALPHABET, min_size=8, max_size=8),
)


@pytest.mark.parametrize(
    ("text", "department", "region", "organisation"),
    [
        ("11500382774856013D", "1", "500382", "774856013"),
        ("11500101MB1657477Q", "1", "500101", "MB1657477"),
        ("91110000600037341l", "9", "110000", "600037341"),
    ],
)
def test_published_codes_come_apart(text: str, department: str, region: str, organisation: str) -> None:
    code = check_credit_code(text)
    assert (code.department, code.category, code.region) == (department, "1", region)
    assert code.organisation_code == organisation
    assert code.organisation_code_is_consistent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("11500382774856013", "length"),
        ("11500382774856013E", "checksum"),
        ("1150O382774856013D", "format"),
        ("11500382774856I13D", "format"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(text: str, kind: str) -> None:
    with pytest.raises(Problem) as caught:
        check_credit_code(text)
    assert caught.value.code == f"credit_code.{kind}"


def test_a_village_cooperative_may_begin_with_a_letter() -> None:
    made = compose_credit_code(department="N", category="2", region="500236", serial="MF123456")
    assert check_credit_code(made.text).department == "N"


@given(CODES)
def test_codes_agree_with_an_independent_implementation(text: str) -> None:
    assert uscc.is_valid(text)


@given(CODES, st.integers(8, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(text: str, position: int, character: str) -> None:
    wrong = text[:position] + character + text[position + 1 :]
    if wrong != text:
        with pytest.raises(Problem):
            check_credit_code(wrong)


def test_a_handling_item_code_comes_apart() -> None:
    code = parse_service_code("11370828MB28602902400011410700302")
    assert (code.department.text, code.level, code.level_name) == ("11370828MB28602902", "4", "县级")
    assert (code.base_code, code.handling_item) == ("000114107003", "02")
    assert code.implementation_code == "11370828MB286029024000114107003"


def test_an_implementation_code_has_no_handling_item() -> None:
    assert parse_service_code("11370828MB286029024000114107003").handling_item == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("11370828MB2860290240001141070030", "service_code.length"),
        ("11370828MB28602902X000114107003", "service_code.format"),
        ("11370828MB28602903400011410700302", "credit_code.checksum"),
    ],
)
def test_a_wrong_service_code_is_refused(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_service_code(text)
    assert caught.value.code == code


@given(st.text("0123456789", min_size=11, max_size=18))
def test_cards_agree_with_an_independent_luhn(body: str) -> None:
    number = body + luhn_digit(body)
    assert luhn.is_valid(number)
    assert check_bank_card(f"{number[:4]} {number[4:]}") == number


@given(st.text("0123456789", min_size=15, max_size=18), st.integers(1, 9))
def test_a_wrong_check_digit_is_found(body: str, shift: int) -> None:
    wrong = body + str((int(luhn_digit(body)) + shift) % 10)
    with pytest.raises(Problem, match="校验位"):
        check_bank_card(wrong)


@pytest.mark.parametrize(("text", "kind"), [("62220000000", "length"), ("622A00000000", "format"), ("", "format")])
def test_a_card_of_the_wrong_shape_is_refused(text: str, kind: str) -> None:
    with pytest.raises(Problem) as caught:
        check_bank_card(text)
    assert caught.value.code == f"bank_card.{kind}"


@pytest.mark.parametrize("text", ["+86 138-0000-0000", "13800000000", "００86 138 0000 0000"])
def test_a_mobile_number_is_put_right(text: str) -> None:
    assert check_phone(text) == "13800000000"


def test_synthetic_phones_begin_with_100() -> None:
    assert is_synthetic_phone(check_phone("10012345678"))
    assert not is_synthetic_phone(check_phone("13800000000"))


@pytest.mark.parametrize("text", ["12345678901", "1380000000", "023-56550000", "110", ""])
def test_a_number_without_text_messages_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        check_phone(text)
    assert caught.value.code == "phone.format"


def test_a_landline_is_a_contact_number() -> None:
    assert check_contact_phone("023-5655 0000") == "02356550000"


def test_masks_leave_the_ends() -> None:
    assert masked_phone("10012345678") == "100****5678"
    assert masked_bank_card("6222021234567890") == "************7890"
    assert masked_phone("110") == "***"


def test_ids_rise_and_carry_version_seven() -> None:
    ids = [uuid7() for _ in range(20_000)]
    assert ids == sorted(set(ids))
    assert {one.version for one in ids} == {7}
    assert {one.variant for one in ids} == {ids[0].variant}


@given(st.lists(st.integers(0, 2**40), min_size=2, max_size=50))
def test_ids_rise_even_when_the_clock_goes_back(clock: list[int]) -> None:
    generator = _Generator()
    ids = [generator.next(millisecond) for millisecond in clock]
    assert ids == sorted(set(ids))


def test_a_full_counter_borrows_from_the_next_millisecond() -> None:
    generator = _Generator()
    ids = [generator.next(1000) for _ in range(10_000)]
    assert ids == sorted(set(ids))
    assert (ids[-1].int >> 80) > 1000


def test_ids_of_several_threads_never_meet() -> None:
    found: list[UUID] = []
    threads = [threading.Thread(target=lambda: found.extend(uuid7() for _ in range(2_000))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 8_000
