"""Mutation score of the rules: ``./hrss bench rules/bench_mutation [--family …]``; all of it is in ``tools``."""

from __future__ import annotations

import runpy
from pathlib import Path

runpy.run_path(str(Path(__file__).resolve().parents[2] / "tools" / "mutate_rules.py"), run_name="__main__")
