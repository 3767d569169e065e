"""Generated pages: one for every rule, with article, formula, parameters over time and a worked case; kept in docs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrss.rules import catalogue, pages

catalogue.load_all()
PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "docs" / "rules"
CASES = pages.published(sorted((PROJECT / "tests" / "cases").glob("*.json")))
NAMES = [rule.name for rule in catalogue.list_rules() if not rule.name.startswith("test.")]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_the_one_in_the_documentation(name: str) -> None:
    text = pages.page(name, CASES)
    assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == text, "./hrss rules pages"
    card = catalogue.show(name)
    assert text.startswith(f"# {card.title}")
    for part in (card.article, "## 公式", "## 算例", *(value.shown for value in card.parameters)):
        assert part in text
    assert "不予计算：" not in text.split("## 算例")[1], "a worked case that refuses"


def test_there_is_a_page_for_each_rule_and_an_index_and_nothing_else() -> None:
    assert {path.stem for path in FOLDER.glob("*")} == {*NAMES, "README"}
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"({name}.md)" in index for name in NAMES)
    assert all(title in index for title in pages.FAMILIES.values())


def test_the_changelog_and_the_index_say_how_many_rules_there_are() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    told = [int(count) for count in re.findall(r"^## .*（(\d+) 条）$", index, re.MULTILINE)]
    assert sum(told) == len(NAMES)
    assert f"**Rules.** {len(NAMES)} rules " in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_most_rules_show_a_published_case() -> None:
    assert len(CASES) >= 180
    assert sum("公布案例" in (FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in NAMES) == len(CASES)


def test_what_is_assumed_is_called_assumed() -> None:
    text = (FOLDER / "talent.post_salary.md").read_text(encoding="utf-8")
    assert "为假设" in text
    assert "未查到" in text


def test_writing_drops_what_is_gone(tmp_path: Path) -> None:
    (tmp_path / "labour.no_such_rule.md").write_text("old", encoding="utf-8")
    count = pages.write_pages(tmp_path)
    assert len(list(tmp_path.glob("*.md"))) == count + 1
    assert not (tmp_path / "labour.no_such_rule.md").exists()
