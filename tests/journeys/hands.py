"""Two ways to use the same page: pointing at things, or the keyboard alone. A journey is written once.

The keyboard way has what a person without a mouse has: Tab, Enter, Space, arrows, typing. It fails where Tab leads not.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Locator, Page, ViewportSize

MOST_TABS = 160
_HAS_FOCUS = "element => element === document.activeElement"
_NAME_OF_FOCUS = "() => document.activeElement.getAttribute('name') || ''"


class Hands(Protocol):
    """How somebody presses, chooses, writes and hands over files."""

    def press(self, place: Locator) -> None:
        """Press a button or link."""

    def choose(self, place: Locator) -> None:
        """Choose one of several, or tick a box."""

    def write(self, place: Locator, text: str) -> None:
        """Write into a field; what stood there goes."""

    def pick(self, place: Locator, label: str) -> None:
        """Pick an entry of a list by what it says."""

    def give(self, place: Locator, file: Path) -> None:
        """Hand over a file."""


class Pointer:
    """Mouse or finger."""

    def press(self, place: Locator) -> None:
        """Click."""
        place.click(no_wait_after=True)

    def choose(self, place: Locator) -> None:
        """Click until it is on."""
        place.check()

    def write(self, place: Locator, text: str) -> None:
        """Click into it and type."""
        place.fill(text)

    def pick(self, place: Locator, label: str) -> None:
        """Open the list and click."""
        place.select_option(label=label)

    def give(self, place: Locator, file: Path) -> None:
        """Choose the file in the dialogue."""
        place.set_input_files(file)


class Keyboard:
    """Keys only."""

    def press(self, place: Locator) -> None:
        """Tab to it, Enter."""
        reach(place)
        place.page.keyboard.press("Enter")

    def choose(self, place: Locator) -> None:
        """Tab to the group and move with the arrows; a box is ticked with the space bar."""
        if place.is_checked():
            return
        if place.get_attribute("type") == "radio":
            _move_to(place)
        else:
            reach(place)
            place.page.keyboard.press("Space")
        assert place.is_checked(), f"not chosen by keyboard: {place}"

    def write(self, place: Locator, text: str) -> None:
        """Tab into it, replace what is there."""
        reach(place)
        place.page.keyboard.press("Control+A")
        place.page.keyboard.type(text)

    def pick(self, place: Locator, label: str) -> None:
        """Tab to the list and go down until it says the label."""
        reach(place)
        keys = place.page.keyboard
        keys.press("Home")
        for _ in range(place.locator("option").count()):
            if place.evaluate("element => element.selectedOptions[0].label.trim()") == label:
                return
            keys.press("ArrowDown")
        raise AssertionError(f"no way to {label} by keyboard")

    def give(self, place: Locator, file: Path) -> None:
        """Tab to the field, Enter opens the dialogue; the browser is told before the way there that we answer it."""
        with place.page.expect_file_chooser() as dialogue:
            reach(place)
            place.page.keyboard.press("Enter")
        dialogue.value.set_files(file)


POINTER, KEYS = Pointer(), Keyboard()
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
# Every journey of the house is walked in each of these ways.
WAYS: dict[str, tuple[ViewportSize, Hands]] = {
    "phone": (PHONE, POINTER),
    "desktop": (DESKTOP, POINTER),
    "keys": (DESKTOP, KEYS),
}


def reach(place: Locator) -> None:
    """Press Tab until the element has the focus, as somebody without a mouse would."""
    tab_until(place.page, lambda: bool(place.evaluate(_HAS_FOCUS)), str(place))


def tab_until(page: Page, there: Callable[[], Any], what: str) -> None:
    """Press Tab until something holds."""
    for _ in range(MOST_TABS):
        if there():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {what} by keyboard")


def _move_to(place: Locator) -> None:
    """Enter a group of radio buttons by Tab and go on with the arrow until this one is on."""
    page, name = place.page, place.get_attribute("name")
    tab_until(page, lambda: page.evaluate(_NAME_OF_FOCUS) == name, f"{name}")
    page.keyboard.press("Space")
    for _ in range(page.locator(f"input[type=radio][name='{name}']").count()):
        if place.is_checked():
            return
        page.keyboard.press("ArrowDown")
