"""Tree heads: what is signed, how heads hang together, how a signature is checked.

Pure. A head names the one before it, so the latest signature vouches for all earlier heads. It refuses nothing by
itself; ``sealing`` makes heads and ``verification`` judges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from hrss.foundation.audit.canonical import canonical
from hrss.foundation.audit.merkle import sm3

CONTEXT = b"hrss audit tree head 1\n"
NO_HEAD = b"\x00" * 32


@dataclass(frozen=True, slots=True)
class Head:
    """A statement about the log: at ``at`` it had ``size`` events and this root, after the head hashed ``previous``."""

    number: int
    at: datetime
    size: int
    root: bytes
    previous: bytes
    key: str
    algorithm: str

    def body(self) -> dict[str, object]:
        """Give the head as it stands in an export."""
        return {
            "algorithm": self.algorithm,
            "at": timestamp(self.at),
            "key": self.key,
            "number": self.number,
            "previous": self.previous.hex(),
            "root": self.root.hex(),
            "size": self.size,
        }

    def signed_bytes(self) -> bytes:
        """Give the bytes a signature covers; the context keeps them from being taken for anything else."""
        return CONTEXT + canonical(self.body())


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head and its signature."""

    head: Head
    signature: bytes

    def digest(self) -> bytes:
        """Give what the next head names as its ``previous``."""
        return sm3(self.head.signed_bytes() + self.signature)

    def line(self) -> str:
        """Give the head as a line of an export."""
        return canonical({"head": self.head.body(), "signature": self.signature.hex()}).decode()


def timestamp(moment: datetime) -> str:
    """Spell a moment in UTC with microseconds, as the events do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
