"""The source of a rule: reads the function as written, checks that it keeps to the rule language.

The language is assignments with a unit, guards and returns over whole numbers. Loops, recursion, floats and true
division are refused here, when the rule is defined, with the line that breaks the rule.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from hrss.kernel.problem import Problem
from hrss.rules.engine.arithmetic import PRIMITIVES, REFUSING
from hrss.rules.engine.units import Choice, Measure, SeriesUnit, TableUnit, Unit

_STATEMENTS = (ast.Assign, ast.AnnAssign, ast.If, ast.Return, ast.Expr)
_EXPRESSIONS = (
    ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.Name, ast.Constant, ast.Attribute,
    ast.Tuple, ast.keyword, ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context,
)  # fmt: skip
RESERVED = frozenset(PRIMITIVES) | {
    "np",
    "njit",
    "fast",
    "kernel",
    "begin",
    "finish",
    "run",
    "REFUSED",
    "ONE",
    "TENTHS",
}
_REFUSED_OPERATORS = (ast.Div, ast.Pow, ast.MatMult, ast.LShift, ast.RShift, ast.BitOr, ast.BitXor, ast.BitAnd)


@lru_cache(maxsize=256)
def _functions(path: str) -> dict[tuple[str, int], ast.FunctionDef]:
    """Index the functions of a file by name and first line (decorators included)."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return {(node.name, min([node.lineno, *(item.lineno for item in node.decorator_list)])): node for node in found}


@dataclass(frozen=True)
class Source:
    """One rule function: its tree, the names it can see, the Chinese words and units of its names."""

    function: Callable[..., Any]
    tree: ast.FunctionDef

    @cached_property
    def names(self) -> dict[str, Any]:
        """Everything the function can see when it is defined: module globals and enclosing names."""
        seen = dict(PRIMITIVES) | dict(self.function.__globals__)
        for name, cell in zip(self.function.__code__.co_freevars, self.function.__closure__ or (), strict=True):
            try:
                seen[name] = cell.cell_contents
            except ValueError:  # the name is bound only later: the rule would call itself
                continue
        return seen

    @cached_property
    def body(self) -> list[ast.stmt]:
        """Statements without the docstring."""
        return [node for node in self.tree.body if not _is_docstring(node)]

    @cached_property
    def summary(self) -> str:
        """The rule in words: the docstring before the glossary."""
        lines = inspect.getdoc(self.function) or ""
        return "".join(line.strip() for line in lines.split("\n\n")[0].splitlines())

    @cached_property
    def words(self) -> dict[str, str]:
        """The glossary: each name of the function and its Chinese word, one ``name: 词`` a line in the docstring."""
        lines = (inspect.getdoc(self.function) or "").splitlines()
        pairs = (line.strip().split(":", 1) for line in lines if ":" in line)
        return {name.strip(): word.strip() for name, word in pairs if name.strip().isidentifier()}

    @cached_property
    def inputs(self) -> dict[str, Measure]:
        """Inputs in order with their units."""
        hints = get_type_hints(self.function, localns=self.names, include_extras=True)
        return {argument.arg: measure_of(hints.get(argument.arg), argument.arg) for argument in self.tree.args.args}

    @cached_property
    def results(self) -> tuple[Measure, ...]:
        """The units of the returned value; several for a year step that carries several states."""
        hint = get_type_hints(self.function, localns=self.names, include_extras=True).get("return")
        hints = get_args(hint) if get_origin(hint) is tuple else (hint,)
        return tuple(measure_of(one, "return") for one in hints)

    @property
    def states(self) -> int:
        """How many values the rule returns."""
        return len(self.results)

    @cached_property
    def steps(self) -> dict[str, Measure]:
        """Named intermediate results in order of writing, with their units."""
        found: dict[str, Measure] = {}
        for node in self.assignments():
            for name in target_names(node):
                if isinstance(node, ast.AnnAssign):
                    found[name] = self._annotated(node)
                else:
                    found.setdefault(name, Unit("count", "", 1, -(10**18), 10**18))
        return found

    def _annotated(self, node: ast.AnnAssign) -> Measure:
        hint = eval(ast.unparse(node.annotation), self.names)  # noqa: S307 (our own source, read at definition)
        return measure_of(hint, ast.unparse(node.target))

    def assignments(self) -> Iterator[ast.Assign | ast.AnnAssign]:
        """All assignments in order of writing."""
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Assign | ast.AnnAssign)]
        return iter(sorted(found, key=lambda node: node.lineno))

    def calls(self) -> Iterator[tuple[str, Any]]:
        """Names of what the function calls or passes to a fold, with the object."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id, self.names.get(node.func.id)


def read_source(function: Callable[..., Any]) -> Source:
    """Read and check the source of a rule function."""
    code = function.__code__
    tree = _functions(code.co_filename).get((function.__name__, code.co_firstlineno))
    if tree is None:
        raise _broken(function, code.co_firstlineno, "找不到规则的源文本", "规则须写在模块文件中")
    source = Source(function, tree)
    _check(source)
    return source


def target_names(node: ast.Assign | ast.AnnAssign) -> list[str]:
    """Give the names an assignment binds."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def measure_of(hint: Any, name: str) -> Measure:
    """Read the unit out of an annotation such as ``Fen`` or a Choice class."""
    if isinstance(hint, type) and issubclass(hint, Choice):
        return hint
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, Unit | TableUnit | SeriesUnit):
            return extra
    raise Problem("rules.no_unit", f"「{name}」没有单位", remedy="给它一个单位类型，例如 Fen、Rate、Months")


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _broken(function: Callable[..., Any], line: int, what: str, remedy: str) -> Problem:
    where = f"{Path(function.__code__.co_filename).name}:{line}"
    return Problem("rules.language", f"规则 {function.__name__}（{where}）{what}", remedy=remedy)


def _check(source: Source) -> None:
    for node in ast.walk(ast.Module(body=source.body, type_ignores=[])):
        if isinstance(node, ast.stmt):
            _check_statement(source, node)
        elif isinstance(node, ast.expr):
            _check_expression(source, node)
    if not isinstance(source.body[-1], ast.Return):
        raise _broken(source.function, source.body[-1].lineno, "不以 return 结束", "最后一句写 return")
    _check_words(source)


def _check_statement(source: Source, node: ast.stmt) -> None:
    if isinstance(node, ast.For | ast.While):
        raise _broken(source.function, node.lineno, "含有循环", "按年或按月的累计用 fold 或 yearly 写")
    if not isinstance(node, _STATEMENTS):
        raise _broken(source.function, node.lineno, f"用了 {type(node).__name__}", "只用赋值、if 与 return")
    if isinstance(node, ast.Expr) and not _is_refusal(node.value):
        raise _broken(source.function, node.lineno, "有一句没有结果", "只有 refuse(…) 可以单独成句")
    if isinstance(node, ast.AnnAssign) and node.value is None:
        raise _broken(source.function, node.lineno, "有没有值的名字", "写成 名字: 单位 = 式子")


def _is_refusal(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refuse"


def _check_expression(source: Source, node: ast.expr) -> None:
    if not isinstance(node, _EXPRESSIONS):
        raise _broken(source.function, node.lineno, f"用了 {type(node).__name__}", "见 rules/README.md 的语言一节")
    if isinstance(node, ast.BinOp) and isinstance(node.op, _REFUSED_OPERATORS):
        raise _broken(source.function, node.lineno, "用了不精确的运算", "除法用 half_up、up 或 down")
    if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
        raise _broken(source.function, node.lineno, "含有小数", "比例写成百万分之几的整数，或放进参数")
    if isinstance(node, ast.Call):
        _check_call(source, node)


def _check_call(source: Source, node: ast.Call) -> None:
    if not isinstance(node.func, ast.Name):
        raise _broken(source.function, node.lineno, "调用了方法", "只调用已定义的规则与基本运算")
    called = source.names.get(node.func.id)
    if called is None:
        raise Problem(
            "rules.unbounded",
            f"规则 {source.function.__name__} 调用了自己或写在后面的 {node.func.id}：没有界限的递归不予接受",
            remedy="逐年累计用 fold 写；被调用的规则写在前面",
        )
    if not (called is PRIMITIVES.get(node.func.id) or hasattr(called, "source")):
        raise _broken(source.function, node.lineno, f"调用了 {node.func.id}", "只调用已定义的规则与基本运算")
    if node.keywords:
        raise _broken(source.function, node.lineno, "按名字传参", "规则之间按位置传参")


def _check_words(source: Source) -> None:
    taken = [name for name in (*source.inputs, *source.steps) if name in RESERVED or name.endswith("_")]
    if taken:
        raise _broken(source.function, source.tree.lineno, f"用了保留的名字 {'、'.join(taken)}", "换一个名字")
    missing = [name for name in (*source.inputs, *source.steps) if name not in source.words]
    if missing:
        raise _broken(
            source.function,
            source.tree.lineno,
            f"的说明里没有 {'、'.join(missing)} 的中文名",
            "在文档字符串里加一行 名字: 中文",
        )


def may_refuse(source: Source) -> bool:
    """Tell whether evaluating the function can end in a refusal, by itself or in what it calls."""
    for name, called in source.calls():
        if name == "refuse" or name in REFUSING:
            return True
        if hasattr(called, "source") and may_refuse(called.source):
            return True
    return False
