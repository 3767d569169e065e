"""Who signs tree heads: an Ed25519 key from the key folder, or another signer the installation names.

``HRSS_AUDIT_SIGNER`` may name a class (dotted path) with the attributes of ``Signer``; a certified SM2 device goes
in here (docs/adr/0009-audit-log.md). Keys are added in front, never overwritten. It refuses a key file others can read.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.module_loading import import_string

from hrss.foundation.audit.merkle import sm3
from hrss.kernel.problem import Problem

KEY_FILE = "audit.json"


class Signer(Protocol):
    """The adapter point: what a software key or a device must offer."""

    @property
    def algorithm(self) -> str:
        """Name of the signature algorithm, as it stands in heads."""
        ...

    @property
    def key(self) -> str:
        """Id of the key that signs now."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Sign a tree head."""
        ...

    def is_valid(self, signature: bytes, message: bytes, *, key: str) -> bool:
        """Tell whether a key of this signer, present or past, made the signature."""
        ...

    def public_keys(self) -> dict[str, str]:
        """Give key id → public key (hex) of all keys; these are published and kept outside the system."""
        ...


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """Keys in a file of mode 0600; the first one signs."""

    keys: Mapping[str, Ed25519PrivateKey] = field(repr=False)
    algorithm: str = "ed25519"

    @property
    def key(self) -> str:
        """Id of the key that signs now."""
        return next(iter(self.keys))

    def sign(self, message: bytes) -> bytes:
        """Sign with the newest key."""
        return self.keys[self.key].sign(message)

    def is_valid(self, signature: bytes, message: bytes, *, key: str) -> bool:
        """Check a signature of any key of the file."""
        private = self.keys.get(key)
        if private is None:
            return False
        try:
            private.public_key().verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def public_keys(self) -> dict[str, str]:
        """Give the public keys."""
        return {key: private.public_key().public_bytes_raw().hex() for key, private in self.keys.items()}


def signer_in_use() -> Signer:
    """Give the installation's signer."""
    named = getattr(settings, "HRSS_AUDIT_SIGNER", "")
    if named:
        chosen: Signer = import_string(named)()
        return chosen
    path = key_file()
    if not path.exists():
        add_key(path)
    return _load(path, path.stat().st_mtime_ns)


def key_file() -> Path:
    """Give the path of the signing keys."""
    return Path(settings.HRSS_KEYS) / KEY_FILE


def add_key(path: Path) -> str:
    """Make a new key and put it in front; heads signed before stay checkable. Gives its id."""
    private = Ed25519PrivateKey.generate()
    name = key_id(private.public_key())
    secret = private.private_bytes_raw().hex()
    known = json.loads(path.read_text(encoding="ascii"))["keys"] if path.exists() else []
    text = json.dumps({"keys": [{"id": name, "algorithm": "ed25519", "secret": secret}, *known]})
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if known:
        draft.replace(path)
        return name
    return _first(draft, path, name)


def key_id(public: Ed25519PublicKey) -> str:
    """Give a key's id: the beginning of the SM3 digest of the public key."""
    return sm3(public.public_bytes_raw()).hex()[:16]


def _first(draft: Path, path: Path, name: str) -> str:
    """Put the first file in place; when another process was faster, its key counts."""
    try:
        os.link(draft, path)
    except FileExistsError:
        return str(json.loads(path.read_text(encoding="ascii"))["keys"][0]["id"])
    finally:
        draft.unlink()
    return name


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> Ed25519Signer:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _bad(path, "其他用户可以读取审计签名密钥", f"执行 chmod 600 {path}")
    try:
        rows = json.loads(path.read_text(encoding="ascii"))["keys"]
        keys = {str(row["id"]): Ed25519PrivateKey.from_private_bytes(bytes.fromhex(row["secret"])) for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _bad(path, "审计签名密钥文件已损坏", "从备份恢复密钥文件") from error
    if not keys:
        raise _bad(path, "审计签名密钥文件里没有密钥", "从备份恢复密钥文件")
    return Ed25519Signer(keys)


def _bad(path: Path, message: str, remedy: str) -> Problem:
    return Problem("audit.key_file", f"{message}：{path}", remedy=remedy, status=503)
