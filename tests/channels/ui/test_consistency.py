"""Templates and style sheets as text: nothing unused, nothing inline, nothing italic, contrast computed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrss.channels.ui.icons import ICONS
from hrss.channels.ui.render import CHANNELS, environment

UI = CHANNELS / "ui"
OURS = sorted((UI / "templates").rglob("*.html"))
DJANGO = sorted((UI / "templates_django").rglob("*.html"))
STYLES = {file.name: file.read_text(encoding="utf-8") for file in sorted((UI / "styles").rglob("*.css"))}
PYTHON = "".join(file.read_text(encoding="utf-8") for file in CHANNELS.rglob("*.py"))
HOOKS = {
    "cell-text",
    "rows",
    "link-card-body",
    "fieldset",
    "menu",
    "step-name",
}  # names for tests and scripts, without a style
TEXT = {file: file.read_text(encoding="utf-8") for file in OURS + DJANGO}


def name_of(file: Path) -> str:
    return str(file.relative_to(UI / "templates"))


@pytest.mark.parametrize("file", OURS, ids=name_of)
def test_template_is_used(file: Path) -> None:
    name = name_of(file)
    if name.startswith(("ui/components/", "ui/layouts/")):
        return
    assert f'"{name}"' in PYTHON + "".join(text for other, text in TEXT.items() if other != file)


@pytest.mark.parametrize("file", OURS, ids=name_of)
def test_template_compiles_and_opens_with_a_comment(file: Path) -> None:
    environment().get_template(name_of(file))
    assert TEXT[file].startswith("{#")


@pytest.mark.parametrize("file", OURS + DJANGO, ids=lambda file: file.name)
def test_template_has_nothing_inline_and_nothing_italic(file: Path) -> None:
    found = re.findall(r"""\sstyle=|\son[a-z]+=["']|hx-on|<(?:i|em)>|font-style|<script(?![^>]*\ssrc=)""", TEXT[file])
    assert not found


@pytest.mark.parametrize("file", OURS, ids=name_of)
def test_template_is_short(file: Path) -> None:
    assert len(TEXT[file].splitlines()) <= 100


def test_icons_named_in_templates_are_in_the_sprite() -> None:
    named = set(re.findall(r"""ui\.icon\("([a-z0-9-]+)"|icon="([a-z0-9-]+)\"""", "".join(TEXT.values())))
    assert {name for pair in named for name in pair if name} <= set(ICONS)


def test_classes_in_templates_are_styled() -> None:
    used = {
        name
        for text in TEXT.values()
        for value in re.findall(r'class="([^"{]*)', text)
        for name in value.split()
        if not name.endswith("-")
    }
    styled = set(re.findall(r"\.([a-z][a-z0-9-]*)", "".join(STYLES.values())))
    assert used - styled - HOOKS == set()


def test_styles_are_neither_italic_nor_justified() -> None:
    text = "".join(STYLES.values())
    assert "italic" not in text
    assert "justify;" not in text.replace("justify-content", "")


def test_styles_avoid_what_old_browsers_do_not_read() -> None:
    assert not re.search(r"@layer|:has\(|color-mix|@container|&\s*[.:>]", "".join(STYLES.values()))


def test_every_token_used_is_defined() -> None:
    text = "".join(STYLES.values())
    assert set(re.findall(r"var\((--[a-z0-9-]+)", text)) <= set(re.findall(r"(--[a-z0-9-]+):", text))


def tokens(selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r" \{(.*?)\n\}", STYLES["01-tokens.css"], re.DOTALL)
    assert block
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", block[1]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


ON = {
    "ground": "ink ink-2 ink-3 brand-700 ok",
    "surface": "ink-3 danger brand-700 brand-800",
    "brand-50": "brand-700",
    "brand-100": "brand-800",
    "ok-soft": "ok",
    "warn-soft": "warn",
    "danger-soft": "danger",
}
PAIRS = [(front, back) for back, fronts in ON.items() for front in fronts.split()]


@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_contrast(front: str, back: str) -> None:
    normal = tokens(":root")
    elder = normal | tokens("html[data-elder]")
    assert contrast(normal[front], normal[back]) >= 4.5
    assert contrast(elder[front], elder[back]) >= 7


@pytest.mark.parametrize("face", [":root", "html[data-elder]"])
def test_borders_of_inputs_can_be_seen(face: str) -> None:
    colours = tokens(":root") | tokens(face)
    assert contrast(colours["line-strong"], colours["surface"]) >= 3
