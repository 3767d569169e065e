"""Functions stay small: 95 of 100 have a cyclomatic complexity of at most five, in the whole source and in the rules.

Measured by the linter of the lock (McCabe, rule C901) with its limit set to nought, so that it names every function.
"""

from __future__ import annotations

import json
import re
import subprocess
import sysconfig
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hrss"
MOST = 5
SHARE = 0.95


@cache
def complexities() -> tuple[tuple[str, int], ...]:
    """File and complexity of every function."""
    ruff = Path(sysconfig.get_path("scripts")) / "ruff"
    command = [str(ruff), "check", "--select", "C901", "--config", "lint.mccabe.max-complexity=0", "--no-cache",
               "--output-format", "json", "--exit-zero", str(SOURCE)]  # fmt: skip
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    told = ((one["filename"], re.search(r"\((\d+) >", one["message"])) for one in found)
    return tuple((file, int(number[1])) for file, number in told if number)


@pytest.mark.parametrize(("part", "least"), [("", 2000), ("rules", 400)])
def test_functions_are_simple(part: str, least: int) -> None:
    counts = sorted(count for file, count in complexities() if Path(file).is_relative_to(SOURCE / part))
    assert len(counts) > least
    assert counts[int(len(counts) * SHARE)] <= MOST
    assert counts[-1] <= 10
