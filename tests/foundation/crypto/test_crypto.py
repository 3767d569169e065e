"""Sealing, blind index, key ring and masking, in both suites and with standard vectors."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from hrss.foundation.crypto import (
    KeyRing,
    blind_candidates,
    blind_index,
    blind_index_many,
    ensure_ring,
    key_of,
    mask_id,
    mask_name,
    mask_phone,
    open_many,
    open_sealed,
    ring_in_use,
    seal,
    seal_many,
)
from hrss.foundation.crypto.suites import Sm4Gcm, hmac_sha256, hmac_sm3
from hrss.kernel.problem import Problem

OWNER = UUID("01890000-0000-7000-8000-000000000001")
FIELD = "people.id_number"
RINGS = {"international": KeyRing.generate(), "gm": KeyRing.generate(gm=True)}


@pytest.fixture(params=sorted(RINGS))
def ring(request: pytest.FixtureRequest) -> KeyRing:
    return RINGS[request.param]


@given(text=st.text(max_size=200), suite=st.sampled_from(sorted(RINGS)))
def test_what_is_sealed_opens_again(text: str, suite: str) -> None:
    sealed = seal(text, ring=RINGS[suite], field=FIELD, owner=OWNER)
    assert open_sealed(sealed, ring=RINGS[suite], field=FIELD, owner=OWNER) == text


def test_the_same_text_seals_differently_each_time(ring: KeyRing) -> None:
    assert len({seal("999236", ring=ring, field=FIELD, owner=OWNER) for _ in range(50)}) == 50


def test_any_flipped_bit_is_found(ring: KeyRing) -> None:
    sealed = seal("999236199001010018", ring=ring, field=FIELD, owner=OWNER)
    for position in range(len(sealed)):
        altered = bytearray(sealed)
        altered[position] ^= 1
        with pytest.raises(Problem) as caught:
            open_sealed(bytes(altered), ring=ring, field=FIELD, owner=OWNER)
        assert caught.value.code in {"crypto.damaged", "crypto.key_missing"}


@pytest.mark.parametrize(("field", "owner"), [("people.phone", OWNER), (FIELD, uuid4())])
def test_a_value_moved_elsewhere_does_not_open(ring: KeyRing, field: str, owner: UUID) -> None:
    sealed = seal("999236199001010018", ring=ring, field=FIELD, owner=OWNER)
    with pytest.raises(Problem, match="无法解开"):
        open_sealed(sealed, ring=ring, field=field, owner=owner)


def test_a_value_that_is_too_short_is_refused(ring: KeyRing) -> None:
    with pytest.raises(Problem, match="无法解开"):
        open_sealed(b"\x01\x01", ring=ring, field=FIELD, owner=OWNER)


def test_rotation_seals_with_the_new_key_and_reads_the_old(ring: KeyRing) -> None:
    old = seal("旧", ring=ring, field=FIELD, owner=OWNER)
    rotated = ring.rotated(gm=ring.current.suite.number == 1)
    new = seal("新", ring=rotated, field=FIELD, owner=OWNER)
    assert (key_of(old), key_of(new)) == (1, 2)
    assert open_many([(old, OWNER), (new, OWNER)], ring=rotated, field=FIELD) == ["旧", "新"]
    with pytest.raises(Problem) as caught:
        open_sealed(new, ring=ring, field=FIELD, owner=OWNER)
    assert caught.value.code == "crypto.key_missing"


def test_blind_index_is_stable_per_field_and_key(ring: KeyRing) -> None:
    index = blind_index("10012345678", ring=ring, field="people.phone")
    assert index == blind_index_many(["10012345678"], ring=ring, field="people.phone")[0]
    assert len(index) == 16
    assert index != blind_index("10012345678", ring=ring, field="people.bank_account")
    reindexed = ring.reindexed()
    assert index not in (blind_index("10012345678", ring=reindexed, field="people.phone"),)
    assert index in blind_candidates("10012345678", ring=reindexed, field="people.phone")


def test_standard_vectors() -> None:
    assert hmac_sha256(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"  # RFC 4231 case 2
    )
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    associated = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    expected = (  # RFC 8998 appendix A.1, SM4-GCM
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert Sm4Gcm(key).encrypt(nonce, plain, associated).hex() == expected
    assert Sm4Gcm(key).decrypt(nonce, bytes.fromhex(expected), associated) == plain
    assert hmac_sm3(b"a", b"b") != hmac_sm3(b"b", b"b")


def test_ring_file_is_private_and_complete(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "ring.json"
    ring = ensure_ring(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert ensure_ring(path) == ring
    assert ring.current.secret.hex() not in repr(ring)
    path.chmod(0o644)
    with pytest.raises(Problem, match="chmod 600"):
        KeyRing.load(path)


@pytest.mark.parametrize(
    "text", ["", "{}", '{"sealing": [], "indexing": []}', '{"sealing": [{"number": 1}], "indexing": []}']
)
def test_a_damaged_ring_file_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ring.json"
    path.touch(0o600)
    path.write_text(text)
    with pytest.raises(Problem, match=r"ring\.json"):
        KeyRing.load(path)


def test_ring_in_use_is_made_once_and_follows_the_file(tmp_path: Path, settings: Settings) -> None:
    settings.HRSS_KEYS = tmp_path
    ring = ring_in_use()
    assert ring_in_use() == ring == ensure_ring(tmp_path / "fields.json")
    assert [file.name for file in tmp_path.iterdir()] == ["fields.json"]
    ring.rotated().save(tmp_path / "fields.json")
    assert ring_in_use().current.number == 2


def test_bulk_is_fast_enough_for_the_county() -> None:
    count = 50_000
    texts, owners, ring = [f"{n:018d}" for n in range(count)], [uuid4()] * count, RINGS["international"]
    start = time.perf_counter()
    sealed = seal_many(texts, owners, ring=ring, field=FIELD)
    blind_index_many(texts, ring=ring, field=FIELD)
    assert time.perf_counter() - start < 2.0  # 1.07 million in well under a minute, even on a busy machine
    assert open_many(zip(sealed[:3], owners, strict=False), ring=ring, field=FIELD) == texts[:3]


def test_masks_show_little() -> None:
    assert mask_id("999236199001010018") == mask_id("0018") == "**************0018"
    assert mask_phone("10012345678") == "100****5678"
    assert mask_phone("5678") == "*******5678"
    assert [mask_name(name) for name in ("", "王", "王明", "王小明", "欧阳娜娜")] == ["", "*", "王*", "王*明", "欧**娜"]
    assert mask_id("") == "*" * 18
