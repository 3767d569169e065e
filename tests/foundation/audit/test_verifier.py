"""The stand-alone verifier: its primitives against the standards, and the product's code."""

from __future__ import annotations

import os
import sys
from types import ModuleType

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.foundation.audit.conftest import TOOL

from hrss.foundation.audit import merkle


def test_it_is_small_and_needs_nothing() -> None:
    text = TOOL.read_text("utf-8")
    assert len(text.splitlines()) <= 250
    imported = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported <= set(sys.stdlib_module_names)


def test_sm3_written_out(tool: ModuleType) -> None:
    """GB/T 32905-2016 appendices A.1 and A.2, and lengths around the block edge."""
    assert tool.sm3_plain(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert tool.sm3_plain(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    for length in (0, 1, 54, 55, 56, 57, 63, 64, 65, 127, 128, 300):
        data = os.urandom(length)
        assert tool.sm3_plain(data) == tool.sm3(data) == merkle.sm3(data)


def test_ed25519_written_out(tool: ModuleType) -> None:
    """RFC 8032 §7.1 test 2, then fresh keys with flipped bits."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert tool.ed25519_is_valid(key, b"\x72", signature)
    for _ in range(10):
        private = Ed25519PrivateKey.generate()
        message = os.urandom(40)
        public, made = private.public_key().public_bytes_raw(), private.sign(message)
        assert tool.ed25519_is_valid(public, message, made)
        for at in (0, 31, 32, 63):
            bent = bytearray(made)
            bent[at] ^= 1
            assert not tool.ed25519_is_valid(public, message, bytes(bent))
        assert not tool.ed25519_is_valid(public, message + b"x", made)
        assert not tool.ed25519_is_valid(public[:31], message, made)
        assert not tool.ed25519_is_valid(public, message, made[:40])


def test_a_signature_with_a_large_scalar_is_refused(tool: ModuleType) -> None:
    """RFC 8032 §5.1.7: s must be below the group order, else a signature could be changed and stay valid."""
    private = Ed25519PrivateKey.generate()
    made = private.sign(b"x")
    scalar = int.from_bytes(made[32:], "little") + tool.L
    bent = made[:32] + scalar.to_bytes(32, "little")
    assert not tool.ed25519_is_valid(private.public_key().public_bytes_raw(), b"x", bent)
