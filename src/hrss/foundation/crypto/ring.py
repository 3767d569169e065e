"""The key ring: which keys exist, which one seals now, which one indexes now.

A JSON file of mode 0600 outside the database and its backups. Keys are added, never overwritten, so a value sealed
by an old key stays readable until it is sealed again. It refuses a file others can read, and one without a key.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from hrss.foundation.crypto.suites import GM, INTERNATIONAL, SUITES, Aead, Suite
from hrss.kernel.problem import Problem

INDEX_KEY_BYTES = 32
RING_FILE = "fields.json"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: number (1…65535, in the header of what it sealed), suite, secret bytes and when it was made (date)."""

    number: int
    suite: Suite
    secret: bytes = field(repr=False)
    made_on: str = ""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Sealing keys and index keys, newest first; the first of each is the one in use."""

    sealing: tuple[Key, ...]
    indexing: tuple[Key, ...]
    _aeads: dict[int, Aead] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def generate(cls, *, gm: bool = False, made_on: str = "") -> KeyRing:
        """Make a new ring with one key of each sort; ``gm`` picks the GM suite."""
        suite = GM if gm else INTERNATIONAL
        return cls((_new_key(1, suite, suite.key_bytes, made_on),), (_new_key(1, suite, INDEX_KEY_BYTES, made_on),))

    @property
    def current(self) -> Key:
        """The key that seals now."""
        return self.sealing[0]

    def aead(self, number: int) -> Aead:
        """Give the cipher of key ``number``. Raises Problem ``crypto.key_missing``."""
        found = self._aeads.get(number)
        if found is None:
            key = self._sealing_key(number)
            found = self._aeads[number] = key.suite.aead(key.secret)
        return found

    def _sealing_key(self, number: int) -> Key:
        for key in self.sealing:
            if key.number == number:
                return key
        raise Problem(
            "crypto.key_missing",
            f"密钥环中没有 {number} 号密钥，无法读取加密字段",
            remedy="请管理员恢复完整的密钥文件",
            status=503,
        )

    def rotated(self, *, gm: bool | None = None, made_on: str = "") -> KeyRing:
        """Give a ring with a new sealing key in front; values sealed before stay readable."""
        suite = self.current.suite if gm is None else (GM if gm else INTERNATIONAL)
        number = max(key.number for key in self.sealing) + 1
        return replace(self, sealing=(_new_key(number, suite, suite.key_bytes, made_on), *self.sealing), _aeads={})

    def reindexed(self, *, gm: bool | None = None, made_on: str = "") -> KeyRing:
        """Give a ring with a new index key in front; look-ups try both until every row is indexed again."""
        suite = self.indexing[0].suite if gm is None else (GM if gm else INTERNATIONAL)
        number = max(key.number for key in self.indexing) + 1
        return replace(self, indexing=(_new_key(number, suite, INDEX_KEY_BYTES, made_on), *self.indexing), _aeads={})

    def save(self, path: Path) -> None:
        """Write the ring with mode 0600, whole or not at all."""
        text = json.dumps(
            {"sealing": [_plain(k) for k in self.sealing], "indexing": [_plain(k) for k in self.indexing]}
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """Read a ring. Raises Problem when the file is missing, damaged or open to others."""
        try:
            if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise _bad_file(path, "其他用户可以读取密钥文件", f"执行 chmod 600 {path}")
            rows = json.loads(path.read_text(encoding="ascii"))
            ring = cls(tuple(map(_key, rows["sealing"])), tuple(map(_key, rows["indexing"])))
        except OSError as error:
            raise _bad_file(path, "读不到密钥文件", "检查路径和权限，或从备份恢复") from error
        except (ValueError, KeyError, TypeError) as error:
            raise _bad_file(path, "密钥文件已损坏", "从备份恢复密钥文件") from error
        if not ring.sealing or not ring.indexing:
            raise _bad_file(path, "密钥文件里没有密钥", "从备份恢复密钥文件")
        return ring


def ensure_ring(path: Path, *, gm: bool = False, made_on: str = "") -> KeyRing:
    """Read the ring at ``path``; make one when there is none. Two processes at once end up with the same ring."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.new")
        KeyRing.generate(gm=gm, made_on=made_on).save(draft)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return KeyRing.load(path)


def ring_in_use() -> KeyRing:
    """Give the ring of ``settings.HRSS_KEYS``, made at the very first use; a changed file is read again at once.

    ``people.services.check_keys`` refuses to serve when the database holds values this ring cannot open.
    """
    path = Path(settings.HRSS_KEYS) / RING_FILE
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return ensure_ring(path, gm=bool(getattr(settings, "HRSS_GM", False)))
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> KeyRing:
    return KeyRing.load(path)


def _new_key(number: int, suite: Suite, length: int, made_on: str) -> Key:
    return Key(number, suite, secrets.token_bytes(length), made_on)


def _plain(key: Key) -> dict[str, object]:
    return {"number": key.number, "suite": key.suite.number, "secret": key.secret.hex(), "made_on": key.made_on}


def _key(row: dict[str, object]) -> Key:
    return Key(
        int(str(row["number"])), SUITES[int(str(row["suite"]))], bytes.fromhex(str(row["secret"])), str(row["made_on"])
    )


def _bad_file(path: Path, message: str, remedy: str) -> Problem:
    return Problem("crypto.key_file", f"{message}：{path}", remedy=remedy, status=503)
