"""Sealing: one field of one owner into bytes that only the ring opens, and only for that field and owner.

Layout: format (1) · suite (1) · key number (2) · nonce (12) · ciphertext · tag (16). The header, the field's name and
the owner's id are authenticated, so a value copied to another person or column does not open.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from uuid import UUID

from cryptography.exceptions import InvalidTag

from hrss.foundation.crypto.ring import KeyRing
from hrss.foundation.crypto.suites import NONCE_BYTES, TAG_BYTES
from hrss.kernel.problem import Problem

FORMAT = 1
HEADER_BYTES = 4
BODY_AT = HEADER_BYTES + NONCE_BYTES


def seal(text: str, *, ring: KeyRing, field: str, owner: UUID) -> bytes:
    """Seal ``text`` as ``field`` (``people.id_number``) of ``owner``."""
    return seal_many([text], [owner], ring=ring, field=field)[0]


def seal_many(texts: Sequence[str], owners: Sequence[UUID], *, ring: KeyRing, field: str) -> list[bytes]:
    """Seal one field of many owners; the nonces come from one draw of randomness (about 2 s per million, AES)."""
    key = ring.current
    encrypt = ring.aead(key.number).encrypt
    header = bytes((FORMAT, key.suite.number)) + key.number.to_bytes(2, "big")
    prefix = header + field.encode()
    nonces = os.urandom(NONCE_BYTES * len(texts))
    sealed: list[bytes] = []
    for position, (text, owner) in enumerate(zip(texts, owners, strict=True)):
        nonce = nonces[position * NONCE_BYTES : (position + 1) * NONCE_BYTES]
        sealed.append(header + nonce + encrypt(nonce, text.encode(), prefix + owner.bytes))
    return sealed


def open_sealed(value: bytes | memoryview, *, ring: KeyRing, field: str, owner: UUID) -> str:
    """Open what ``seal`` made. Raises Problem ``crypto.damaged`` when it was altered or moved."""
    blob = bytes(value)
    if len(blob) < BODY_AT + TAG_BYTES or blob[0] != FORMAT:
        raise _damaged(field)
    cipher = ring.aead(int.from_bytes(blob[2:HEADER_BYTES], "big"))
    associated = blob[:HEADER_BYTES] + field.encode() + owner.bytes
    try:
        return cipher.decrypt(blob[HEADER_BYTES:BODY_AT], blob[BODY_AT:], associated).decode()
    except InvalidTag as error:
        raise _damaged(field) from error


def open_many(values: Iterable[tuple[bytes | memoryview, UUID]], *, ring: KeyRing, field: str) -> list[str]:
    """Open one field of many owners, in order."""
    return [open_sealed(value, ring=ring, field=field, owner=owner) for value, owner in values]


def key_of(value: bytes | memoryview) -> int:
    """Give the number of the key that sealed ``value``; rotation seals again what an older key sealed."""
    return int.from_bytes(bytes(value[2:HEADER_BYTES]), "big")


def _damaged(field: str) -> Problem:
    return Problem(
        "crypto.damaged",
        "加密字段无法解开：内容被改动、被移到别处，或密钥不符",
        rule="GB/T 39786-2021 重要数据存储完整性",
        remedy="停止使用这条记录，交安全管理员核查",
        status=500,
        sealed_field=field,
    )
