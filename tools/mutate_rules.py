"""Mutation score of the rules: every formula is changed in small ways, and some test of ``tests/rules`` must notice.

``python tools/mutate_rules.py [--family insurance] [--sample 2000 --seed 1] [--report FILE]``, or ``./hrss bench
rules/bench_mutation``. Tests are collected once; each mutant lives in a forked child that swaps the code of one
function and runs only the tests that called it, the fastest first, until one fails. Tests that read the formula itself
(back ends against each other, generated pages) are left out: they would notice any change without knowing the law.

Mutants nobody can tell apart stand in ``equivalent_mutants.txt`` with the reason; a listed one that is killed is an
error. Exit code 1 below the wanted score. It refuses to run where the unchanged tests fail.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import os
import pkgutil
import random
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import HealthCheck, Phase, settings

import hrss.rules
from hrss.rules.engine import columns
from hrss.rules.engine.rule import Rule, all_rules
from hrss.rules.engine.units import Choice

PROJECT = Path(__file__).resolve().parents[1]
FAMILIES = ("insurance", "employment", "labour", "talent", "general")
LEFT_OUT = ("test_every_rule.py", "test_pages.py", "test_boundaries.py", "test_back_ends.py", "test_language.py")
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.txt")
WANTED = 95.0
SECONDS = 60
BROKEN = 3
RELOADED = ("hrss.rules.general.occupations", "hrss.rules.general.work_calendar")  # read files once, kept in memory
COMPARES: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv,
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "half_up": "down", "up": "down", "down": "up", "bracket": "exact", "all": "any",
         "any": "all"}  # fmt: skip


@dataclass(frozen=True)
class Target:
    """A function of the law: its name, live function, written form, and the rule it belongs to."""

    family: str
    name: str
    function: FunctionType
    tree: ast.FunctionDef
    rule: Rule[..., Any] | None


@dataclass(frozen=True)
class Mutant:
    """A changed form of a target."""

    target: Target
    change: str
    tree: ast.FunctionDef

    @property
    def name(self) -> str:
        """How reports and the list of equivalent mutants call it."""
        return f"{self.target.name}: {self.change}"


def targets(families: tuple[str, ...]) -> Iterator[Target]:
    """All functions written in the modules of the families, methods included."""
    for family in families:
        package = importlib.import_module(f"{hrss.rules.__name__}.{family}")
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            yield from _of_module(family, module)


def _of_module(family: str, module: Any) -> Iterator[Target]:
    written = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    for node in written.body:
        if isinstance(node, ast.FunctionDef):
            value = getattr(module, node.name, None)
            rule = value if isinstance(value, Rule) else None
            function = value.function if isinstance(value, Rule) else value
            if isinstance(function, FunctionType):
                yield Target(family, f"{family}.{Path(module.__file__).stem}.{node.name}", function, node, rule)


def mutants(target: Target) -> Iterator[Mutant]:
    """All small changes of a target, each once."""
    seen = Counter[str]()
    size = len(list(ast.walk(target.tree)))
    for at in range(size):
        for variant in range(3):
            tree = copy.deepcopy(target.tree)
            tree.decorator_list = []
            made = _Change(at, variant, target.function.__globals__).applied(tree, target.tree)
            if made is None:
                break
            seen[made] += 1
            label = made if seen[made] == 1 else f"{made} ({seen[made]})"
            yield Mutant(target, label, tree)


class _Change:
    """One change: the ``variant``-th way to alter the ``at``-th node."""

    def __init__(self, at: int, variant: int, names: dict[str, Any]) -> None:
        self.at, self.variant, self.names = at, variant, names

    def applied(self, tree: ast.FunctionDef, original: ast.FunctionDef) -> str | None:
        """Alter the tree in place; gives the change in words, None where there is no such change."""
        inside = _law(original)
        node = list(ast.walk(original))[self.at]
        if id(node) not in inside:
            return None
        ways = list(self._ways(node))
        if self.variant >= len(ways):
            return None
        after, before = ways[self.variant], ast.unparse(node)
        _replace(tree, original, node, after)
        return f"{before.splitlines()[0]} → {ast.unparse(after).splitlines()[0] if after is not None else 'dropped'}"

    def _ways(self, node: ast.AST) -> Iterator[Any]:
        speak: Callable[[Any], Iterator[Any]] | None = getattr(self, f"_{type(node).__name__.lower()}", None)
        if speak is not None:
            yield from speak(node)

    def _compare(self, node: ast.Compare) -> Iterator[ast.AST]:
        for at, operator in enumerate(node.ops):
            made = copy.deepcopy(node)
            made.ops[at] = COMPARES[type(operator)]()
            yield made

    def _binop(self, node: ast.BinOp) -> Iterator[ast.AST]:
        text = isinstance(node.left, ast.JoinedStr) or (
            isinstance(node.left, ast.Constant) and not isinstance(node.left.value, int)
        )
        if type(node.op) in OPERATORS and not text:
            yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)

    def _boolop(self, node: ast.BoolOp) -> Iterator[ast.AST]:
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)

    def _unaryop(self, node: ast.UnaryOp) -> Iterator[ast.AST]:
        if isinstance(node.op, ast.Not):
            yield node.operand

    def _constant(self, node: ast.Constant) -> Iterator[ast.AST]:
        if isinstance(node.value, bool):
            yield ast.Constant(not node.value)
        elif isinstance(node.value, int):
            yield ast.Constant(node.value + 1)

    def _ifexp(self, node: ast.IfExp) -> Iterator[ast.AST]:
        yield ast.IfExp(node.test, node.orelse, node.body)

    def _if(self, node: ast.If) -> Iterator[ast.AST | None]:
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        if not node.orelse and isinstance(node.body[-1], ast.Return | ast.Raise | ast.Expr):
            yield None

    def _attribute(self, node: ast.Attribute) -> Iterator[ast.AST]:
        owner = self.names.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if isinstance(owner, type) and issubclass(owner, Choice):
            members = list(owner)
            following = members[(members.index(owner[node.attr]) + 1) % len(members)]
            yield ast.Attribute(node.value, following.name, ast.Load())

    def _call(self, node: ast.Call) -> Iterator[ast.AST]:
        if isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield ast.Call(ast.Name(CALLS[node.func.id], ast.Load()), node.args, node.keywords)


def _law(tree: ast.FunctionDef) -> set[int]:
    """The nodes that are formula: no decorators, annotations, docstring, messages."""
    kept: set[int] = set()
    for statement in tree.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        for node in ast.walk(statement):
            kept.add(id(node))
    for node in ast.walk(tree):
        hidden: list[ast.AST] = [node.annotation] if isinstance(node, ast.AnnAssign) else []
        hidden += [node.exc] if isinstance(node, ast.Raise) and node.exc is not None else []
        hidden += [node] if isinstance(node, ast.JoinedStr) else []
        hidden += [node] if isinstance(node, ast.Call) and _is_problem(node) else []
        for one in hidden:
            kept -= {id(part) for part in ast.walk(one)}
    return kept


def _is_problem(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in ("Problem", "refuse", "_problem")


def _replace(tree: ast.FunctionDef, original: ast.FunctionDef, node: ast.AST, after: ast.AST | None) -> None:
    """Put ``after`` where ``node`` of the original stands, in the copy."""
    places = {id(one): path for path, one in _paths(original)}
    parent: Any = tree
    path = places[id(node)]
    for field, index in path[:-1]:
        parent = getattr(parent, field) if index is None else getattr(parent, field)[index]
    field, index = path[-1]
    if index is None:
        setattr(parent, field, after)
    elif after is None:
        getattr(parent, field)[index] = ast.Pass()
    else:
        getattr(parent, field)[index] = after


Place = tuple[str, int | None]


def _paths(node: ast.AST, path: tuple[Place, ...] = ()) -> Iterator[tuple[tuple[Place, ...], ast.AST]]:
    yield path, node
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.AST):
            yield from _paths(value, (*path, (field, None)))
        elif isinstance(value, list):
            for index, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield from _paths(one, (*path, (field, index)))


def code_of(mutant: Mutant) -> CodeType:
    """Compile the changed function in the sight of its module."""
    function = mutant.target.function
    module = ast.fix_missing_locations(ast.Module([mutant.tree], []))
    space = dict(function.__globals__)
    flags = importlib.import_module("__future__").annotations.compiler_flag
    exec(compile(module, function.__code__.co_filename, "exec", flags), space)  # noqa: S102 (our own changed source)
    code: CodeType = space[mutant.tree.name].__code__
    return code


def swap(mutant: Mutant) -> None:
    """Put the changed form in the place of the formula, in all plain forms."""
    mutant.target.function.__code__ = code_of(mutant)
    if mutant.target.rule is not None:
        source = mutant.target.rule.source
        object.__setattr__(source, "tree", mutant.tree)
        for made in ("body", "steps"):
            source.__dict__.pop(made, None)
    for name, module in list(sys.modules.items()):
        if name.startswith(hrss.rules.__name__):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and getattr(value, "__module__", "") in RELOADED:
                    value.cache_clear()
    for rule in all_rules():
        for made in ("traced", "direct", "refuses", "_quick", "_kernels"):
            rule.__dict__.pop(made, None)


class Run:
    """The plugin: learns which test calls which function, then runs every mutant in a child."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.called: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
        self.outcome: dict[str, Counter[str]] = defaultdict(Counter)
        self.survivors: list[str] = []
        self.stale: list[str] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of the usual run."""
        columns.HAS_NUMBA = False
        settings.register_profile(
            "mutation", max_examples=60, database=None, deadline=None, derandomize=True,
            phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        settings.load_profile("mutation")
        items = [item for item in session.items if item.path.name not in LEFT_OUT]
        self._learn(items)
        chosen = self._chosen()
        known = _listed()
        start = time.monotonic()
        for at, mutant in enumerate(chosen, 1):
            self._judge(mutant, items, known)
            if at % 200 == 0:
                say(f"{at} of {len(chosen)}, {time.monotonic() - start:.0f} s")
        return True

    def _learn(self, items: list[pytest.Item]) -> None:
        for at, item in enumerate(items):
            seen: set[tuple[str, str]] = set()
            start = time.perf_counter()
            sys.setprofile(_watcher(seen))
            reports = runtestprotocol(item, log=False, nextitem=None)
            sys.setprofile(None)
            if any(report.failed for report in reports):
                raise SystemExit(f"the unchanged test fails: {item.nodeid}")
            for key in seen:
                self.called[key].append((time.perf_counter() - start, at))

    def _chosen(self) -> list[Mutant]:
        families = (self.options.family,) if self.options.family else FAMILIES
        found = [mutant for target in targets(families) for mutant in mutants(target)]
        if self.options.only:
            found = [mutant for mutant in found if self.options.only in mutant.name]
        if self.options.sample and self.options.sample < len(found):
            found = random.Random(self.options.seed).sample(found, self.options.sample)  # noqa: S311 (no secret)
        say(f"{len(found)} mutants")
        return found

    def _judge(self, mutant: Mutant, items: list[pytest.Item], known: dict[str, str]) -> None:
        key = (mutant.target.function.__code__.co_filename, mutant.target.tree.name)
        killed = self._killed(mutant, [items[at] for _, at in sorted(self.called[key])])
        state = "killed" if killed else "equivalent" if mutant.name in known else "survived"
        self.outcome[mutant.target.family][state] += 1
        if state == "survived":
            self.survivors.append(mutant.name)
        if killed and mutant.name in known:
            self.stale.append(mutant.name)

    @staticmethod
    def _killed(mutant: Mutant, tests: list[pytest.Item]) -> bool:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGALRM, lambda *_: os._exit(1))
            signal.alarm(SECONDS)
            code = 0
            try:
                swap(mutant)
            except BaseException:  # no verdict: the tool is broken, not the rule
                os._exit(BROKEN)
            try:
                for test in tests:
                    if any(report.failed for report in runtestprotocol(test, log=False, nextitem=None)):
                        code = 1
                        break
            except BaseException:  # the child must never live on as a second parent
                code = 1
            os._exit(code)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) == BROKEN:
            raise SystemExit(f"cannot make the mutant {mutant.name}")
        return status != 0

    def report(self) -> str:
        """The table of scores by family, and the survivors."""
        lines = ["| family | mutants | killed | equivalent | survived | score |", "|---|---|---|---|---|---|"]
        whole = Counter[str]()
        for family, counts in self.outcome.items():
            lines.append(_line(family, counts))
            whole += counts
        lines.append(_line("all", whole))
        return "\n".join([*lines, "", *(f"survived: {name}" for name in sorted(self.survivors)),
                          *(f"listed as equivalent but killed: {name}" for name in self.stale)])  # fmt: skip

    @property
    def score(self) -> float:
        """Killed of all that can be told apart, in percent."""
        whole = sum(self.outcome.values(), Counter[str]())
        return _score(whole)


def _score(counts: Counter[str]) -> float:
    judged = counts["killed"] + counts["survived"]
    return 100.0 * counts["killed"] / judged if judged else 100.0


def _line(family: str, counts: Counter[str]) -> str:
    numbers = (sum(counts.values()), counts["killed"], counts["equivalent"], counts["survived"])
    return f"| {family} | {' | '.join(map(str, numbers))} | {_score(counts):.1f} % |"


def _watcher(seen: set[tuple[str, str]]) -> Callable[[Any, str, Any], None]:
    def watch(frame: Any, event: str, _argument: Any) -> None:
        if event == "call":
            seen.add((frame.f_code.co_filename, frame.f_code.co_name))

    return watch


def _listed() -> dict[str, str]:
    if not EQUIVALENT.exists():
        return {}
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" || ") for line in lines if line and not line.startswith("#"))
    return {name.strip(): reason.strip() for name, reason in pairs}


def say(text: str) -> None:
    """Tell the person in front, past the capture of pytest."""
    os.write(2, f"{text}\n".encode())


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--family", choices=FAMILIES)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="only mutants whose name holds this")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--wanted", type=float, default=WANTED)
    options = parser.parse_args()
    run = Run(options)
    os.chdir(PROJECT)
    plain = [
        "-o",
        "addopts=--import-mode=importlib",
        "-o",
        "filterwarnings=ignore",
        "-p",
        "no:randomly",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
    ]
    os.environ["HRSS_PURE_TESTS"] = "1"
    pytest.main(["tests/rules", "-p", "no:django", "-p", "no:terminal", *plain], plugins=[run])
    text = run.report()
    say(text)
    if options.report:
        options.report.write_text(text + "\n", encoding="utf-8")
    return 0 if run.score >= options.wanted and not run.stale and run.outcome else 1


if __name__ == "__main__":
    sys.exit(main())
