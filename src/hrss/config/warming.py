"""``python -m hrss.config.warming``: compiles the rules ahead, beside the services, at the lowest priority.

Once a version of the rules and of numba: a mark in the cache folder says that it was done. It refuses nothing; a rule
that was not reached yet is compiled at its first batch.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib.metadata import version
from pathlib import Path

from hrss.rules import __file__ as _rules
from hrss.rules import catalogue
from hrss.rules.engine.kernels import HAS_NUMBA, cache_folder
from hrss.rules.samples import warm_all


def main() -> int:
    """Compile what is not compiled; gives 0 also where there is nothing to do."""
    mark = mark_of_rules()
    if HAS_NUMBA and not mark.exists():
        os.nice(19)
        catalogue.load_all()
        print(f"{warm_all()} 条规则已编译", flush=True)
        mark.touch()
    return 0


def mark_of_rules() -> Path:
    """Give the file that stands for "all rules of this version are compiled"."""
    digest = hashlib.sha256(version("numba").encode() if HAS_NUMBA else b"")
    for path in sorted(Path(_rules).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return cache_folder() / f"warmed-{digest.hexdigest()[:20]}"


if __name__ == "__main__":
    sys.exit(main())
