"""100,000 random persons a rule: Decimal oracle, plain form and compiled form must agree on every one.

``./hrss bench rules/bench_persons [--persons 100000] [--seed 1] [--family insurance] [--report FILE]``. Prints a table
by family and every difference; exit code 1 when there is one. ``tests/rules/test_oracles.py`` asks fewer in every run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from tests.rules.oracles.persons import ORACLES, compare  # noqa: E402 (needs the project on the path)

from hrss.rules import catalogue  # noqa: E402
from hrss.rules.engine import find_rule  # noqa: E402
from hrss.rules.engine.columns import is_compilable  # noqa: E402

HEAD = "| family | rules | persons | answered | compiled rules | differences |\n|---|---|---|---|---|---|"


def main() -> int:
    """Ask, print, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--family", default="")
    parser.add_argument("--report", type=Path)
    options = parser.parse_args()
    catalogue.load_all()
    counts: dict[str, Counter[str]] = {}
    start = time.monotonic()
    for name in sorted(ORACLES):
        if not name.startswith(options.family):
            continue
        rule = find_rule(name)
        found = compare(rule, options.persons, seed=options.seed)
        family = counts.setdefault(name.split(".")[0], Counter())
        family.update(rules=1, persons=found.persons, answered=found.answered, wrong=found.wrong,
                      compiled=int(is_compilable(rule)))  # fmt: skip
        if found.wrong:
            print(f"{name}: {found.wrong} differ, first {found.first}")
    text = _table(counts) + f"\n\n{options.persons:,} persons a rule, seed {options.seed}, {date.today()}, "  # noqa: DTZ011
    text += f"{time.monotonic() - start:.0f} s."
    print(text)
    if options.report:
        options.report.write_text(f"# Random persons\n\n{text}\n", encoding="utf-8")
    return 1 if any(one["wrong"] for one in counts.values()) else 0


def _table(counts: dict[str, Counter[str]]) -> str:
    whole = sum(counts.values(), Counter())
    lines = [HEAD]
    for family, one in [*counts.items(), ("all", whole)]:
        cells = (one["rules"], one["persons"], one["answered"], one["compiled"], one["wrong"])
        lines.append(f"| {family} | {' | '.join(f'{cell:,}' for cell in cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
