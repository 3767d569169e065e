"""A part that asks again by itself: who presses or reads is left alone, another person's part is put in whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.journey

PAGE = """<!doctype html><html lang="zh-Hans"><head><title>屏</title>
<meta name="htmx-config" content='{"allowEval":false,"responseHandling":[{"code":"204","swap":false},
{"code":"[23]..","swap":true},{"code":"[45]..","swap":true,"error":true}]}'>
<script src="/static/vendor/hrss.js" defer></script></head>
<body><main id="main" tabindex="-1">%s</main></body></html>"""
PART = """<div id="part" data-whose="{whose}" hx-get="/live/" hx-vals='{{"state": "{state}"}}' hx-trigger="every 150ms"
 hx-select="#part" hx-target="#part" hx-ext="in-place" hx-swap="in-place"><h1 aria-live="polite">{title}</h1>
<dl><div><dt>姓名</dt><dd id="name">{name}</dd></div><div><dt>原因</dt><dd>{reason}</dd></div>{more}</dl>{form}</div>"""
FORM = '<form method="post"><button id="grade-5" name="grade" value="5">非常满意</button></form>'

COUNT_CHANGES = """() => {
  window.changes = 0;
  const ours = one => one.type !== 'attributes' || one.attributeName !== 'class';
  new MutationObserver(list => { window.changes += list.filter(ours).length; }).observe(
    document.getElementById('part'), {childList: true, subtree: true, characterData: true, attributes: true});
}"""


@dataclass
class Screen:
    """What the server would say now, and what it was asked."""

    page: Page
    values: dict[str, str]
    asked: list[str] = field(default_factory=list)
    is_broken: bool = False

    def answer(self, route: Route) -> None:
        self.asked.append(route.request.url)
        if self.is_broken:
            route.fulfill(status=503, content_type="text/html", body=PAGE % "<h1>请稍等</h1>")
        elif f"state={self.values['state']}" in route.request.url:
            route.fulfill(status=204)
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=PAGE % PART.format(**self.values))

    def becomes(self, **values: str) -> None:
        self.values |= values | {"state": str(int(self.values["state"]) + 1)}

    def is_asked_again(self, times: int = 2) -> None:
        wanted = len(self.asked) + times
        for _ in range(100):
            if len(self.asked) >= wanted:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("the page does not ask again")

    def mark(self, *selectors: str) -> None:
        self.page.evaluate("all => all.forEach(one => { document.querySelector(one).seen = true; })", list(selectors))

    def is_marked(self, selector: str) -> bool:
        return bool(self.page.evaluate("one => document.querySelector(one).seen === true", selector))


@pytest.fixture
def screen(chromium: Browser, gallery_address: str) -> Iterator[Screen]:
    page = chromium.new_context(viewport={"width": 390, "height": 400}).new_page()
    first = {
        "whose": "one",
        "state": "1",
        "title": "正在填写",
        "name": "王春花",
        "reason": "",
        "more": "",
        "form": FORM,
    }
    shown = Screen(page, first | {"form": FORM})
    page.route("**/live/**", shown.answer)
    page.goto(f"{gallery_address}/live/")
    yield shown
    page.context.close()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_nothing_is_touched_while_nothing_changed(screen: Screen) -> None:
    screen.mark("h1", "#grade-5")
    screen.page.evaluate(COUNT_CHANGES)
    screen.is_asked_again(3)
    assert all("state=1" in url for url in screen.asked[1:])
    assert screen.page.evaluate("window.changes") == 0


def test_who_is_about_to_press_or_reads_a_line_keeps_the_place(screen: Screen) -> None:
    screen.mark("#name", "#grade-5", "h1")
    screen.page.focus("#grade-5")
    screen.page.evaluate("getSelection().selectAllChildren(document.getElementById('name'))")
    screen.becomes(reason="单位不要我了", title="请核对", more="<div><dt>日期</dt><dd>2026年3月5日</dd></div>")
    expect(screen.page.locator("dl")).to_contain_text("2026年3月5日")
    assert screen.page.locator("h1").inner_text() == "请核对"
    assert focused(screen.page) == "grade-5"
    assert screen.page.evaluate("getSelection().toString()") == "王春花"
    assert all(screen.is_marked(one) for one in ("#name", "#grade-5", "h1"))
    screen.becomes(more="")
    expect(screen.page.locator("dl")).not_to_contain_text("2026年3月5日")
    assert focused(screen.page) == "grade-5"


def test_focus_on_what_is_gone_comes_to_the_main_part(screen: Screen) -> None:
    screen.page.focus("#grade-5")
    screen.becomes(form="", title="谢谢您的评价")
    expect(screen.page.locator("h1")).to_have_text("谢谢您的评价")
    assert focused(screen.page) == "main"


def test_another_persons_part_is_put_in_whole(screen: Screen) -> None:
    screen.mark("#name", "h1")
    screen.becomes(more='<div style="height: 900px"><dt>长</dt><dd>长</dd></div>')
    expect(screen.page.locator("dl")).to_contain_text("长")
    screen.page.evaluate("window.scrollTo(0, 600)")
    screen.page.focus("#grade-5")
    screen.becomes(whose="two", name="向大山", more="")
    expect(screen.page.locator("#name")).to_have_text("向大山")
    assert not screen.is_marked("#name")
    assert not screen.is_marked("h1")
    assert (focused(screen.page), screen.page.evaluate("window.scrollY")) == ("main", 0)


def empty(screen: Screen) -> bool:
    return screen.page.locator("#part").inner_html() == ""


def test_an_answer_without_the_part_leaves_nothing_of_anybody_and_it_asks_on(screen: Screen) -> None:
    screen.is_broken = True
    wait(screen, empty)
    screen.is_broken = False
    expect(screen.page.locator("#name")).to_have_text("王春花")


def wait(screen: Screen, until: Callable[[Screen], bool]) -> None:
    for _ in range(100):
        if until(screen):
            return
        screen.page.wait_for_timeout(50)
    raise AssertionError("nothing of the kind came")
