"""Where a number comes from, as people read it: addresses become links called 网页, the words stay as they are."""

from __future__ import annotations

import re

from markupsafe import Markup

_ADDRESS = re.compile(
    r"https?://[^\s；，、）)]+|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:com|cn|ai|net|org)(?:\.cn)?(?:/[^\s；，、）)]*)?"
)


def readable(text: str) -> Markup:
    """Give the text with every web address turned into a link; everything else is escaped."""
    shown, end = Markup(), 0
    for found in _ADDRESS.finditer(text):
        address = found[0] if "://" in found[0] else f"http://{found[0]}"
        link = Markup('<a href="{}" rel="noreferrer noopener nofollow">网页</a>').format(address)
        shown += Markup("{}{}").format(text[end : found.start()], link)
        end = found.end()
    return shown + Markup("{}").format(text[end:])
