"""Generated pages: one for every rule, with article, formula, parameters and an example."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrss.rules import catalogue, pages

catalogue.load_all()


@pytest.mark.parametrize("name", [rule.name for rule in catalogue.list_rules()])
def test_a_page_has_article_formula_and_example(name: str) -> None:
    text = pages.page(name)
    card = catalogue.show(name)
    assert text.startswith(f"# {card.title}")
    for part in (card.article, "## 公式", "## 算例", *(value.shown for value in card.parameters)):
        assert part in text


def test_most_examples_are_computed() -> None:
    texts = [pages.page(rule.name) for rule in catalogue.list_rules("insurance.")]
    assert sum("按通常数值不予计算" in text for text in texts) <= len(texts) // 10


def test_pages_are_written_with_an_index(tmp_path: Path) -> None:
    count = pages.write_pages(tmp_path)
    assert len(list(tmp_path.glob("*.md"))) == count + 1
    assert "insurance.employee_pension" in (tmp_path / "README.md").read_text(encoding="utf-8")
