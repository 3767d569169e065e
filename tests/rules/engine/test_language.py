"""What the rule language takes and what it refuses, at definition, with a sentence that says so."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from hrss.kernel.problem import Problem
from hrss.rules.engine import find_rule

HEAD = """
from __future__ import annotations
from hrss.rules.engine import *
from hrss.rules.engine.units import *

def outside(x):
    return x

@rule(name="test.broken", title="坏", article="无")
def broken(amount: Fen, months: Months) -> Fen:
    '''坏规则。

    amount: 金额
    months: 月数
    other: 其他
    '''
"""


def define(tmp_path: Path, body: str) -> None:
    path = tmp_path / "broken_rule.py"
    path.write_text(HEAD + body, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("broken_rule", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["broken_rule"] = module
    spec.loader.exec_module(module)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("    return broken(amount, months - 1)\n", "没有界限的递归"),
        ("    return defined_later(amount)\n", "没有界限的递归"),
        ("    for _ in range(3):\n        amount += 1\n    return amount\n", "含有循环"),
        ("    while months:\n        months -= 1\n    return amount\n", "含有循环"),
        ("    return amount / 2\n", "不精确的运算"),
        ("    return amount ** 2\n", "不精确的运算"),
        ("    return amount * 0.5\n", "含有小数"),
        ("    return outside(amount)\n", "调用了 outside"),
        ("    return amount.bit_length()\n", "调用了方法"),
        ("    return min(amount, key=months)\n", "按名字传参"),
        ("    return [amount][0]\n", "用了"),
        ("    amount + 1\n    return amount\n", "没有结果"),
        ("    other: Fen = amount\n", "不以 return 结束"),
        ("    nameless: Fen = amount\n    return nameless\n", "中文名"),
        ("    global other\n    return amount\n", "用了 Global"),
    ],
)
def test_what_is_not_the_language_is_refused_at_definition(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(Problem) as refused:
        define(tmp_path, body)
    assert said in str(refused.value)


def test_names_of_the_generated_code_are_reserved(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="保留的名字"):
        define(tmp_path, "    other_: Fen = amount\n    return other_\n")


def test_what_keeps_to_the_language_is_registered(tmp_path: Path) -> None:
    define(tmp_path, "    other: Fen = half_up(amount, 2)\n    return other * months\n")
    assert find_rule("test.broken")(300, 2) == 300


def test_an_unknown_rule_offers_near_names() -> None:
    with pytest.raises(Problem, match="没有名为"):
        find_rule("test.nothing")
