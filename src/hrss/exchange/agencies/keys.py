"""Ed25519 keys in files: made once, readable by their owner only.

A key file holds 64 hexadecimal characters; anything else is refused with a sentence that names the file.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNING_KEY_FILE = "hrss.key"
PARTNER_KEY_FILE = "hrss.pub"
_HEX = re.compile(r"[0-9a-f]{64}")


def private_key(path: Path) -> Ed25519PrivateKey:
    """Read the private key at ``path``; where there is none yet, make one (mode 0600)."""
    with suppress(FileExistsError):
        _create(path)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_hex(path.read_text(encoding="ascii"), str(path))))


def public_hex(key: Ed25519PrivateKey) -> str:
    """Give the public half as hexadecimal text, the form in which it is published."""
    return key.public_key().public_bytes_raw().hex()


def public_key(text: str, *, where: str) -> Ed25519PublicKey:
    """Read a published public key; ``where`` names its place in the error."""
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(_hex(text, where)))


def publish_partner_key(folder: Path) -> Path:
    """Make our signing key where there is none and publish its public half for the agencies; gives that file."""
    target = folder / PARTNER_KEY_FILE
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    public = public_hex(private_key(folder / SIGNING_KEY_FILE))
    draft.write_text(public, encoding="ascii")
    draft.replace(target)
    return target


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()


def _hex(text: str, where: str) -> str:
    stripped = text.strip()
    if not _HEX.fullmatch(stripped):
        raise ValueError(f"{where} 不是密钥：应为64位十六进制字符")
    return stripped
