"""Villages and communities as a select shows them: grouped by township, in short names.

Only names; which place may be chosen is decided where the answer is read.
"""

from __future__ import annotations

from hrss.foundation.regions import queries as regions

_LONG = ("社区居民委员会", "居民委员会", "村民委员会")
Choice = tuple[str, str]


def short_place(name: str) -> str:
    """Give the name people use: ``九盘村村民委员会`` → ``九盘村``, ``市场社区居民委员会`` → ``市场社区``."""
    if name.endswith(_LONG[0]):
        return name.removesuffix("居民委员会")
    return next((name.removesuffix(tail) for tail in _LONG if name.endswith(tail)), name)


def villages_by_township(chosen: str = "") -> list[tuple[str, list[Choice]]]:
    """Give every township with its villages (code, short name); the township of ``chosen`` first."""
    tree = sorted(regions.tree(), key=lambda pair: not chosen.startswith(pair[0].code))
    return [(top.name, [(one.code, short_place(one.name)) for one in below]) for top, below in tree if below]
