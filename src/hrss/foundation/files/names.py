"""File names: kept for people, never used as a path. Made harmless for screens, headers and other systems."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
NAMELESS = "未命名"
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_RISKY = re.compile(r'[<>:"|?*/\\;%`$&\'#{}^~\[\]]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def harmless(name: str) -> str:
    """Give a name without path, invisible or risky characters, at most 120 characters, suffix kept."""
    last = re.split(r"[/\\]", name)[-1]
    text = unicodedata.normalize("NFKC", last)
    text = "".join(char for char in text if unicodedata.category(char) not in _INVISIBLE)
    text = _RISKY.sub("_", text)
    text = re.sub(r"\s+", " ", text).rstrip(" .")
    stem, dot, suffix = text.rpartition(".")
    if not dot:
        stem, suffix = text, ""
    stem = stem.strip(" .")
    if not stem or _DEVICES.fullmatch(stem.partition(".")[0].strip()):
        stem = f"{NAMELESS}{'_' + stem if stem else ''}"
    suffix = suffix.strip().casefold()[:12]
    kept = stem[: LONGEST - len(suffix) - 1].rstrip(" .")
    return f"{kept}.{suffix}" if suffix else kept
