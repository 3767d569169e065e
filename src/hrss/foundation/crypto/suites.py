"""The two cipher suites and what each is made of: international (AES-256-GCM, SHA-256) and GM (SM4-GCM, SM3).

Software algorithms from OpenSSL: compliant algorithms, not a certified product; a certified module replaces them at
deployment (GB/T 39786-2021, 密评 K 项).
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC

TAG_BYTES = 16
NONCE_BYTES = 12


class Aead(Protocol):
    """Authenticated encryption with one key; ``decrypt`` raises ``InvalidTag`` when anything was altered."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Give ciphertext followed by the tag."""

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Give the plain bytes."""


class Sm4Gcm:
    """SM4-GCM (GM/T 0002-2012 in GCM mode) with the face of ``AESGCM``."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Give ciphertext followed by the tag."""
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        """Give the plain bytes."""
        if len(data) < TAG_BYTES:
            raise InvalidTag
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


def hmac_sha256(key: bytes, data: bytes) -> bytes:
    """Give HMAC-SHA-256 (RFC 2104)."""
    return hmac.digest(key, data, "sha256")


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """Give HMAC-SM3 (GB/T 32905-2016 in RFC 2104)."""
    mac = HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


@dataclass(frozen=True, slots=True)
class Suite:
    """One suite: its number in the header of a sealed value, key length in bytes, cipher and MAC."""

    number: int
    name: str
    key_bytes: int
    aead: Callable[[bytes], Aead]
    mac: Callable[[bytes, bytes], bytes]


INTERNATIONAL = Suite(1, "AES-256-GCM", 32, AESGCM, hmac_sha256)
GM = Suite(2, "SM4-GCM", 16, Sm4Gcm, hmac_sm3)
SUITES: dict[int, Suite] = {suite.number: suite for suite in (INTERNATIONAL, GM)}
