"""Codes as people type them: what a keyboard or a scanner adds to an identifier is taken off before it is judged."""

from __future__ import annotations

import re
import unicodedata


def normalise_code(text: str) -> str:
    """Put full-width characters, spaces, hyphens and small letters right, without judging the code."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
