"""Blind index: a keyed digest of a value, so that equality is found by index without opening anything.

HMAC-SHA-256 or HMAC-SM3 by the index key's suite, cut to 128 bits; the field's name is part of the input, so the same
digits in two columns do not match. It cannot answer ranges or prefixes, by design.
"""

from __future__ import annotations

from collections.abc import Iterable

from hrss.foundation.crypto.ring import Key, KeyRing

INDEX_BYTES = 16


def blind_index(text: str, *, ring: KeyRing, field: str) -> bytes:
    """Give the index of ``text`` under the index key in use."""
    return _index(ring.indexing[0], text, field)


def blind_index_many(texts: Iterable[str], *, ring: KeyRing, field: str) -> list[bytes]:
    """Give the indexes of many texts (about 1 s per million, SHA-256)."""
    key = ring.indexing[0]
    mac, secret, prefix = key.suite.mac, key.secret, f"{field}\0".encode()
    return [mac(secret, prefix + text.encode())[:INDEX_BYTES] for text in texts]


def blind_candidates(text: str, *, ring: KeyRing, field: str) -> tuple[bytes, ...]:
    """Give the indexes under every index key, newest first, for look-ups while rows are being indexed again."""
    return tuple(_index(key, text, field) for key in ring.indexing)


def _index(key: Key, text: str, field: str) -> bytes:
    return key.suite.mac(key.secret, f"{field}\0{text}".encode())[:INDEX_BYTES]
