"""The gallery in Chromium: accessible in every shell, width and face; the behaviour of ui.js, and pages without it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.seen import keep_picture, too_wide, violations

from hrss.channels.ui.views import SHELLS

pytestmark = pytest.mark.journey

SMALL_TARGETS = """smallest => [...document.querySelectorAll('a, button, input, select, summary, textarea')]
  .filter(e => !e.closest('[hidden], [type=hidden], dialog:not([open]), .choice, .rating-grade'))
  .filter(e => getComputedStyle(e).display !== 'inline').map(e => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.width && (r.height < smallest || r.width < smallest))
  .map(([e, r]) => `${e.outerHTML.slice(0, 80)} ${r.width}x${r.height}`)"""


def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.goto(address)
    page.evaluate("document.fonts.ready")
    yield page
    context.close()
    assert [error for error in errors if "409" not in error] == []


@pytest.fixture
def page(chromium: Browser, gallery_address: str) -> Iterator[Page]:
    yield from opened(chromium, f"{gallery_address}/gallery/portal/", viewport={"width": 1280, "height": 900})


@pytest.fixture
def plain(chromium: Browser, gallery_address: str) -> Iterator[Page]:
    """Without JavaScript."""
    yield from opened(chromium, f"{gallery_address}/gallery/portal/", java_script_enabled=False)


@pytest.mark.parametrize("face", ["normal", "elder"])
@pytest.mark.parametrize("shell", SHELLS)
def test_gallery_is_accessible(chromium: Browser, gallery_address: str, shell: str, face: str) -> None:
    address = f"{gallery_address}/elder/{'on' if face == 'elder' else 'off'}/?next=/gallery/{shell}/"
    for page in opened(chromium, address):
        for width in (1440, 768, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            keep_picture(page, f"gallery/{shell}-{face}-{width}")
            assert too_wide(page) == []
            assert page.evaluate(SMALL_TARGETS, 47.5 if face == "elder" else 24) == [], width
            if width in {1440, 390}:
                assert violations(page) == []


@pytest.mark.parametrize("path", ["refuse/", "nothing-here/", "fail/"])
def test_error_pages_are_accessible(chromium: Browser, gallery_address: str, path: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{gallery_address}/{path}")
    assert violations(page) == []
    assert too_wide(page) == []
    context.close()


TELLS_APART = """() => {
  const context = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  context.font = '32px ' + getComputedStyle(document.body).fontFamily;
  const pixels = text => {
    context.clearRect(0, 0, 50, 50);
    context.fillText(text, 2, 34);
    return context.getImageData(0, 0, 50, 50).data.join() };
  return pixels('首') !== pixels('页') }"""


def test_chinese_is_drawn_with_a_real_font(page: Page) -> None:
    """Where the machine has no Chinese font, ui.js has fetched the web font; either way no boxes."""
    assert page.evaluate(TELLS_APART)


def test_error_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="请选择“为什么离开”").click()
    expect(page.locator("#f-leave_reason")).to_be_focused()


def test_conditional_field_follows_its_question_by_keyboard(page: Page) -> None:
    owed = page.locator("[data-show-if=leave_reason]")
    expect(owed).to_be_hidden()
    page.locator("#f-leave_reason").focus()
    page.keyboard.press("Space")
    expect(owed).to_be_visible()
    expect(owed.locator("input").first).to_be_enabled()
    page.get_by_text("我自己不干了").click()
    expect(owed).to_be_hidden()
    expect(owed.locator("input").first).to_be_disabled()


HOLD = """() => { window.sent = 0; window.addEventListener('submit', event => {
  window.sent += event.defaultPrevented ? 0 : 1; event.preventDefault() }) }"""


def test_condition_on_a_question_of_another_page_leaves_the_field_alone(page: Page) -> None:
    field = page.locator("#sample-form [data-show-if]").first
    page.evaluate(
        "() => { const field = document.querySelector('#sample-form [data-show-if]');"
        " field.setAttribute('data-show-if', 'asked_elsewhere'); field.hidden = false;"
        " field.closest('form').dispatchEvent(new Event('change', { bubbles: true })); }"
    )
    page.get_by_label("毕业学校").fill("夔门中学")
    page.get_by_label("毕业学校").blur()
    expect(field).to_be_visible()


def test_second_click_sends_nothing(page: Page) -> None:
    page.evaluate(HOLD)
    button = page.locator("#sample-form").get_by_role("button", name="继续")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert page.evaluate("window.sent") == 1


def test_draft_comes_back_with_the_same_key(page: Page) -> None:
    page.evaluate("document.querySelector('#sample-form [name=_key]').value = 'first-key'")
    page.get_by_label("毕业学校").fill("夔门中学")
    page.reload()
    school = page.get_by_label("毕业学校")
    expect(school).to_have_value("")
    assert page.locator("#sample-form [name=_key]").input_value() == "first-key"


def without_errors(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(' aria-invalid="true"', "").replace(" field-wrong", ""))


def test_draft_is_offered_when_the_form_has_no_errors(page: Page) -> None:
    page.get_by_label("毕业学校").fill("夔门中学")
    page.route("**/gallery/portal/", without_errors)
    page.reload()
    page.get_by_role("button", name="接着填").click()
    expect(page.get_by_label("毕业学校")).to_have_value("夔门中学")


def test_offline_submit_is_held_and_kept(page: Page) -> None:
    page.get_by_label("毕业学校").fill("夔门中学")
    page.context.set_offline(True)
    page.locator("#sample-form").get_by_role("button", name="继续").click()
    expect(page.get_by_role("status")).to_contain_text("不会重复")
    assert "夔门中学" in page.evaluate("localStorage['hrss.draft.gallery']")
    page.context.set_offline(False)


def test_sign_out_forgets_drafts(page: Page) -> None:
    page.get_by_label("毕业学校").fill("夔门中学")
    page.locator("details.menu > summary").click()
    page.evaluate(HOLD)
    assert page.evaluate("localStorage['hrss.draft.gallery']")
    page.get_by_role("button", name="退出").click()
    assert not page.evaluate("localStorage['hrss.draft.gallery']")


def test_elder_face_by_one_click_and_back(page: Page) -> None:
    page.get_by_role("link", name="长辈版").click()
    page.wait_for_selector("html[data-elder]")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"
    assert page.locator(".nav-secondary").is_hidden()
    page.get_by_role("link", name="标准版").click()
    page.wait_for_selector("html:not([data-elder])")


def test_elder_face_without_javascript(plain: Page) -> None:
    plain.get_by_role("link", name="长辈版").click()
    expect(plain.locator("html")).to_have_attribute("data-elder", "")


def test_everything_is_there_without_javascript(plain: Page) -> None:
    expect(plain.locator("[data-show-if=leave_reason]")).to_be_visible()
    expect(plain.locator("#f-proof")).to_be_visible()
    plain.locator("details.menu > summary").click()
    expect(plain.get_by_role("button", name="退出")).to_be_visible()


def test_dialog_opens_takes_focus_and_gives_it_back(page: Page) -> None:
    opener = page.get_by_role("button", name="打开对话框")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#sample-dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_keys_work_outside_inputs_and_can_be_switched_off(chromium: Browser, gallery_address: str) -> None:
    for page in opened(chromium, f"{gallery_address}/gallery/workbench/"):
        page.keyboard.press("/")
        expect(page.locator("#f-find")).to_be_focused()
        page.keyboard.type("/")
        expect(page.locator("#f-find")).to_have_value("/")
        page.locator("h1").click()
        page.keyboard.press("?")
        page.locator("#shortcuts label").click()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        expect(page.locator("#f-find")).not_to_be_focused()


def test_rows_of_a_table_by_arrow_keys(page: Page) -> None:
    page.locator("tr[data-row] a").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr[data-row]").nth(1).locator("input")).to_be_focused()


def test_skip_link_comes_first_is_seen_and_leads_to_main(page: Page) -> None:
    link = page.get_by_role("link", name="跳到主要内容")
    assert page.evaluate("document.querySelector('a, button, input, select, summary').className") == "skip-link"
    link.focus()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_chosen_photo_is_shown(page: Page, tmp_path: Path) -> None:
    photo = tmp_path / "证明.png"
    page.locator("h1").first.screenshot(path=photo)
    page.locator("#f-proof").set_input_files(photo)
    expect(page.get_by_alt_text("选中的照片：证明.png")).to_be_visible()


def test_limit_counts_down(page: Page) -> None:
    page.get_by_label("说说情况").fill("好" * 103)
    expect(page.get_by_text("多了 3 个字")).to_be_visible()


def test_htmx_puts_a_problem_into_the_page(page: Page) -> None:
    page.evaluate("""() => {
      const button = document.createElement('button');
      button.setAttribute('hx-get', '/refuse/');
      document.querySelector('main').appendChild(button);
      htmx.process(button);
      button.click() }""")
    expect(page.locator("#page-problem")).to_contain_text("受理人和复核人不能是同一个人")


def test_print_shows_the_header_and_hides_the_rest(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".print-header")).to_be_visible()
    expect(page.locator(".bar")).to_be_hidden()
    expect(page.locator(".nav").first).to_be_hidden()


def test_nothing_moves_for_those_who_do_not_want_it(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    duration = page.evaluate("getComputedStyle(document.querySelector('.skeleton-line')).animationDuration")
    assert float(duration.removesuffix("s")) < 0.001
