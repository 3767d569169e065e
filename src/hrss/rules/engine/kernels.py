"""Compiles rules for columns and keeps the result: generated text on disk, machine code in numba's cache beside it.

The folder is private to the user (``HRSS_RULES_CACHE``, else ``~/.cache/hrss/rules``). Without numba there are no
kernels and callers use the plain form; ``warm`` makes all kernels ahead of the first request.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from hrss.rules.engine.blocks import module_text
from hrss.rules.engine.rule import Rule
from hrss.rules.engine.years import Shape

HAS_NUMBA = importlib.util.find_spec("numba") is not None
Kernel = Callable[..., bool]


def cache_folder() -> Path:
    """The private folder of generated kernels."""
    folder = Path(os.environ.get("HRSS_RULES_CACHE") or Path.home() / ".cache" / "hrss" / "rules")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def kernel_of(rule: Rule[..., Any], shape: Shape) -> Kernel:
    """Give the compiled loop of a rule: ``run(first, last, *inputs, *outs)``."""
    made: dict[Shape, Kernel] = rule.__dict__.setdefault("_kernels", {})
    if shape not in made:
        made[shape] = loaded(module_text(rule, shape)).run
    return made[shape]


@lru_cache(maxsize=4096)
def loaded(text: str) -> ModuleType:
    """Give the module of a generated text, written to the cache folder the first time."""
    name = f"hrss_rule_{hashlib.sha256(text.encode()).hexdigest()[:20]}"
    path = cache_folder() / f"{name}.py"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        part = path.with_suffix(f".{os.getpid()}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def warm(rules: Iterable[Rule[..., Any]], *, run: Callable[[Rule[..., Any]], None]) -> int:
    """Compile rules ahead by running each once (``run``); gives how many were compiled, 0 without numba."""
    if not HAS_NUMBA:
        return 0
    count = 0
    for rule in rules:
        run(rule)
        count += 1
    return count
