"""Every Problem says what to do next: a remedy, or a message that is itself the request (“请填写……”).

Read from the source, so that a new one without a way out fails here and not in front of a person.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hrss"
ASKS = re.compile(r"(^|[，；：”。])请")
# Where the message is put together elsewhere, and each of its parts says what to do.
BUILT = {
    ("casework/intake/forms.py", "form.invalid"): "the sentence comes from wording.py, one for each way to be wrong",
}


def raised() -> Iterator[tuple[str, int, ast.Call]]:
    """Give file, line and call of every Problem made in the source."""
    for file in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                yield file.relative_to(SOURCE).as_posix(), node.lineno, node


def words_of(node: ast.expr) -> str:
    """Give the text of a message, with … for what is put in at run time."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return ""


def has_way_out(call: ast.Call) -> bool:
    """Tell whether a remedy is given (or handed on), or the message asks for something."""
    handed = {keyword.arg for keyword in call.keywords}
    return bool(handed & {"remedy", None}) or bool(ASKS.search(words_of(call.args[1])))


def test_every_problem_says_what_to_do_next() -> None:
    calls = list(raised())
    assert len(calls) > 400
    lost = [
        f"{file}:{line}: {ast.unparse(call)[:140]}"
        for file, line, call in calls
        if not has_way_out(call) and (file, words_of(call.args[0])) not in BUILT
    ]
    assert lost == []


def test_a_remedy_is_never_empty_and_never_the_message_again() -> None:
    empty = []
    for file, line, call in raised():
        for keyword in call.keywords:
            if keyword.arg == "remedy" and isinstance(keyword.value, ast.Constant):
                text = str(keyword.value.value)
                if len(text) < 4 or text == words_of(call.args[1]):
                    empty.append(f"{file}:{line}: {text}")
    assert empty == []


def test_what_is_built_elsewhere_is_still_there() -> None:
    known = {(file, words_of(call.args[0])) for file, _, call in raised()}
    assert set(BUILT) <= known
