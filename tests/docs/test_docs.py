"""Documents stay true: glossary, settings, commands, two commands on top, links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps

from hrss.casework.items.vocabulary import State
from hrss.config.cli import COMMANDS
from hrss.kernel.actor import Function

PROJECT = Path(__file__).resolve().parents[2]
DOCS = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("**/*.md")])


def terms() -> set[str]:
    return set(re.findall(r"^\| `([^`]+)` \|", (PROJECT / "docs/glossary.md").read_text(), re.MULTILINE))


def test_every_model_is_in_the_glossary() -> None:
    ours = {model._meta.label for model in apps.get_models() if model.__module__.startswith("hrss.")}
    assert ours - terms() == set()


def test_every_post_and_state_is_in_the_glossary() -> None:
    assert {*(one.value for one in Function), *(one.value for one in State)} - terms() == set()


def test_every_setting_is_documented() -> None:
    code = "".join(path.read_text() for path in (PROJECT / "src/hrss/config").glob("*.py"))
    used = set(re.findall(r"environ(?:\.get)?[\[(]\"((?:HRSS|DATABASE)_[A-Z_]+)\"", code))
    internal = {"HRSS_DATABASE", "HRSS_TEST_HOME", "HRSS_PURE_TESTS", "HRSS_KEEP_TEST_POSTGRES"}
    told = (PROJECT / "docs/operations.md").read_text()
    assert {name for name in used - internal if f"`{name}`" not in told} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_named_in_the_readme(name: str) -> None:
    for file in ("README.md", "README.zh.md"):
        assert re.search(rf"\b{name}`?\b", (PROJECT / file).read_text()), file


@pytest.mark.parametrize("file", ["README.md", "README.zh.md"])
def test_the_two_commands_stand_on_top(file: str) -> None:
    top = "\n".join((PROJECT / file).read_text().splitlines()[:6])
    assert "./hrss up" in top
    assert "./hrss test" in top


@pytest.mark.parametrize("path", DOCS, ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_decisions_are_numbered_once() -> None:
    numbers = [path.name[:4] for path in (PROJECT / "docs/adr").glob("*.md")]
    assert sorted(numbers) == sorted(set(numbers))
