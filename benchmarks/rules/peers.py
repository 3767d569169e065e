"""The rules engines ours is measured against: their own environment outside the repository, and runs over one data set.

OpenFisca and PolicyEngine are AGPL: they are installed only where a measurement is asked for, never beside the product.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import task

PACKAGES = {"openfisca_core": "openfisca-core==46.0.1", "policyengine_core": "policyengine-core==3.33.12"}
HOME = Path.home() / ".cache" / "hrss" / "peers"


def installed(folder: Path = HOME) -> Path:
    """Make the peers' environment once and give it; pip's own messages are shown."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    known = subprocess.run([str(python), "-c", f"import {', '.join(PACKAGES)}"], capture_output=True, check=False)
    if known.returncode:
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES.values()], check=True)
    return folder


def kept(columns: dict[str, Any], folder: Path) -> Path:
    """Write the data set where the peers read it."""
    source = folder / "in.npz"
    np.savez(
        source, **columns, lower=task.LOWER, upper=task.UPPER, averages=task.AVERAGES, rates=task.RATES,
        divisors=np.array(task.DIVISORS), base=task.BASE, as_of=task.AS_OF,
    )  # fmt: skip
    return source


def run_once(venv: Path, package: str, source: Path) -> dict[str, Any] | None:
    """One run of one peer in a process of its own; None where it is not installed there."""
    target = source.with_name(f"{package}.npz")
    script = Path(__file__).with_name("peer_rules_engine.py")
    command = [str(venv / "bin" / "python"), str(script), package, str(source), str(target), "1"]
    return dict(np.load(target)) if subprocess.run(command, check=False).returncode == 0 else None


def better(one: dict[str, Any] | None, other: dict[str, Any]) -> dict[str, Any]:
    """The better of two runs of a peer, each figure for itself."""
    if one is None:
        return other
    best = other if seconds(other) < seconds(one) else one
    return best | {"single": min(one["single"], other["single"]), "cpu": min(one["cpu"], other["cpu"])}


def seconds(found: dict[str, Any]) -> float:
    """Input and computation of a run."""
    return float(found["load"] + found["compute"])
