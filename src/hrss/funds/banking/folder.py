"""The folder through which files pass to and from the bank: put whole or not at all, each with a signature.

``to_bank`` and ``from_bank`` hold ``<number>.txt`` and ``<number>.txt.sig`` (Ed25519 over the bytes). It refuses a file
without the other side's valid signature.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature

from hrss.exchange.agencies import keys
from hrss.kernel.problem import Problem

OURS, BANKS = "hrss", "bank"
TO_BANK, FROM_BANK = "to_bank", "from_bank"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the exchange: whose key signs, whose public key checks, where to put and where to take."""

    folder: Path
    me: str
    other: str
    out: str
    into: str

    def put(self, name: str, data: bytes) -> None:
        """Put a file with its signature; the same file again changes nothing."""
        signature = keys.private_key(self.folder / f"{self.me}.key").sign(data).hex()
        self.publish_key()
        _write(self.folder / self.out / f"{name}.sig", signature.encode("ascii"))
        _write(self.folder / self.out / name, data)

    def waiting(self) -> list[str]:
        """Give the names of files that wait for us, oldest name first."""
        place = self.folder / self.into
        return sorted(path.name for path in place.glob("*.txt")) if place.exists() else []

    def take(self, name: str) -> bytes | None:
        """Give a file's bytes, None where there is none. Problem ``banking.signature`` for a wrong signature."""
        path = self.folder / self.into / name
        if not path.exists():
            return None
        data = path.read_bytes()
        try:
            signature = bytes.fromhex((path.with_name(f"{name}.sig")).read_text("ascii").strip())
            public = (self.folder / f"{self.other}.pub").read_text("ascii")
            keys.public_key(public, where=f"{self.other}.pub").verify(signature, data)
        except (OSError, ValueError, InvalidSignature):
            raise Problem(
                "banking.signature",
                "银行文件的签名不对，没有采用",
                rule="F01：文件由双方系统签名，不经人手改动",
                remedy="请联系银行核对公钥并重新发送",
                status=409,
            ) from None
        return data

    def clear(self, name: str) -> None:
        """Take a file away that was dealt with."""
        for path in (self.folder / self.into / name, self.folder / self.into / f"{name}.sig"):
            path.unlink(missing_ok=True)

    def publish_key(self) -> None:
        """Write our public key where the other side reads it."""
        key = keys.private_key(self.folder / f"{self.me}.key")
        _write(self.folder / f"{self.me}.pub", keys.public_hex(key).encode("ascii"))


def our_side(folder: Path) -> Side:
    """Give the agency's side."""
    return Side(folder, OURS, BANKS, TO_BANK, FROM_BANK)


def banks_side(folder: Path) -> Side:
    """Give the bank's side."""
    return Side(folder, BANKS, OURS, FROM_BANK, TO_BANK)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
