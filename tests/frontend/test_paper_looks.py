"""Every state in every look: axe, sizes, nothing sideways, nothing hidden, nothing that moves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.conftest import OpenPage
from tests.frontend.looks import LOOKS, SCREENS, STILL, TARGETS, chosen, problems, wear
from tests.frontend.states import OPTIONS, STATES
from tests.frontend.steps import go, option

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_look(open_page: OpenPage, axe: str, name: str) -> None:
    page = open_page(context_options=STILL, **OPTIONS)
    STATES[name](page)
    page.clock.resume()
    page.evaluate(axe)
    for look in LOOKS.values():
        wear(page, look)
        assert problems(page) == []


def test_axe_finds_nothing_on_a_wide_screen(open_page: OpenPage, axe: str) -> None:
    for name in ("question", "review", "time_up"):
        page = open_page(size=(1280, 800), context_options=STILL, **OPTIONS)
        STATES[name](page)
        page.clock.resume()
        page.evaluate(axe)
        assert problems(page) == []


def test_axe_finds_nothing_on_a_plain_page(open_page: OpenPage, axe: str) -> None:
    page = open_page("/trang-khac", context_options=STILL)
    page.clock.resume()
    page.evaluate(axe)
    for look in LOOKS.values():
        wear(page, look)
        assert problems(page) == []


@pytest.mark.parametrize("name", STATES)
def test_nothing_scrolls_sideways(open_page: OpenPage, name: str) -> None:
    page = open_page(**OPTIONS)
    STATES[name](page)
    for width, height, size in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        wear(page, {"size": size})
        wide = page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('dialog, .side')]"
            ".map((one) => one.scrollWidth - one.clientWidth)"
        )
        assert max(wide) <= 0, (width, height, size)


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_big_and_apart(open_page: OpenPage, width: int) -> None:
    for name, state in STATES.items():
        page = open_page(size=(width, 740), context_options=STILL, **OPTIONS)
        state(page)
        found = page.evaluate(TARGETS)
        assert found["small"] == [], name
        # Links under each other in a list touch: each is 44 high.
        near = [pair for pair in found["near"] if not all("<a href" in one for one in pair[:2])]
        assert near == [], name
        page.context.close()


@pytest.mark.parametrize(("width", "height"), [(360, 640), (640, 360)])
def test_focus_is_seen_and_never_under_a_bar(open_page: OpenPage, width: int, height: int) -> None:
    for name in ("question", "review", "prediction", "elsewhere"):
        page = open_page(size=(width, height), context_options=STILL, **OPTIONS)
        STATES[name](page)
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        for _ in range(60):
            page.keyboard.press("Tab")
            state = page.evaluate(
                """() => {
                  const one = document.activeElement;
                  if (!one || one === document.body) return null;
                  const frame = one.closest('.opt') || one;
                  const box = frame.getBoundingClientRect();
                  const bars = [...document.querySelectorAll('.head, .actions')]
                    .filter((bar) => !bar.contains(one) && bar.offsetHeight
                      && getComputedStyle(bar).position === 'sticky')
                    .map((bar) => bar.getBoundingClientRect());
                  const style = getComputedStyle(frame);
                  return {what: one.outerHTML.slice(0, 80), ring: style.outlineWidth,
                    kind: style.outlineStyle,
                    under: bars.some((bar) => box.top < bar.bottom - 1 && box.bottom > bar.top + 1),
                    outside: box.bottom > innerHeight + 1 || box.top < -1};
                }"""
            )
            if state is None:
                break
            assert state["ring"] == "3px", (name, state)
            assert state["kind"] == "solid", (name, state)
            assert not state["under"], (name, state)
            assert not state["outside"], (name, state)
        page.context.close()


def test_the_order_of_tab(open_page: OpenPage) -> None:
    page = open_page("/thi#cau-2", answers={"2": [1]})
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(document.activeElement.getAttribute('aria-label')"
                "|| document.activeElement.value || document.activeElement.textContent).trim()"
            )
        )
    assert seen == [
        "Tới nội dung chính",
        "A− chữ nhỏ",
        "A chữ vừa",
        "A+ chữ lớn",
        "Tăng tương phản",
        "Câu 2/20, mở danh sách câu hỏi",
        "Ẩn đồng hồ",
        "Đọc giờ còn lại",
        "1",
        "Bỏ chọn câu 2",
        "Xem lại sau",
        "Về câu 1",
        "Tới câu 3",
        "auto",
    ]


def test_the_skip_link_leads_to_the_content(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Tới nội dung chính")
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    expect(page.locator("h1")).to_contain_text("Câu 1.")


def test_size_and_contrast_hold_over_reloads_and_pages(open_page: OpenPage) -> None:
    page = open_page()
    sizes = {"A− chữ nhỏ": 16, "A chữ vừa": 18, "A+ chữ lớn": 24}
    for name, px in sizes.items():
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        assert page.locator(".display [aria-pressed=true]").count() == 1
        size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert round(size) == px
    contrast = page.get_by_role("button", name="Tăng tương phản")
    contrast.click()
    for address in (None, "/trang-khac"):
        if address:
            page.goto(page.url.split("/thi")[0] + address)
        else:
            page.reload()
        expect(contrast).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
        assert round(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) == 24
        expect(page.locator("select")).to_have_value("contrast")
    contrast.click()
    expect(contrast).to_have_attribute("aria-pressed", "false")
    page.locator("select").select_option("dark")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.locator("select").select_option("auto")
    assert page.evaluate("'theme' in document.documentElement.dataset") is False


def test_the_choice_stands_before_anything_is_painted(open_page: OpenPage) -> None:
    def prepare(page: Page) -> None:
        chosen(page, theme="contrast", size="l")
        page.add_init_script(
            "new PerformanceObserver((list) => { window.painted = window.painted ||"
            "[document.documentElement.dataset.theme, document.documentElement.dataset.size,"
            "getComputedStyle(document.documentElement).backgroundColor] })"
            ".observe({type: 'paint', buffered: true});"
            "new MutationObserver(() => { if (document.body && !window.atBody)"
            "window.atBody = [document.documentElement.dataset.theme,"
            "document.documentElement.dataset.size] })"
            ".observe(document, {childList: true, subtree: true})"
        )

    page = open_page("/trang-khac", prepare=prepare)
    assert page.evaluate("atBody") == ["contrast", "l"]


@pytest.mark.parametrize(
    ("options", "background"),
    [
        ({"color_scheme": "light"}, "rgb(255, 255, 255)"),
        ({"color_scheme": "dark"}, "rgb(22, 21, 20)"),
        ({"color_scheme": "dark", "contrast": "more"}, "rgb(0, 0, 0)"),
    ],
)
def test_without_a_choice_the_device_decides(
    open_page: OpenPage, options: dict[str, str], background: str
) -> None:
    page = open_page(context_options=options)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == background
    chosen(page, theme="light")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_without_storage_the_choice_holds_for_the_page(open_page: OpenPage) -> None:
    page = open_page(
        prepare=lambda page: page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
        )
    )
    page.get_by_role("button", name="A+ chữ lớn").click()
    assert page.evaluate("document.documentElement.dataset.size") == "l"


DURATIONS = (
    "Math.max(...[...document.querySelectorAll('*')].flatMap((one) => ['', '::before', '::after']"
    ".flatMap((part) => { const style = getComputedStyle(one, part || null);"
    "return [...style.transitionDuration.split(','), ...style.animationDuration.split(',')]"
    ".map((text) => parseFloat(text) * (text.endsWith('ms') ? 1 : 1000)) })))"
)


def test_nothing_moves_longer_than_120_ms_and_nothing_at_all_on_request(
    open_page: OpenPage,
) -> None:
    page = open_page()
    assert 0 < page.evaluate(DURATIONS) <= 120
    page = open_page(context_options=STILL)
    assert page.evaluate(DURATIONS) == 0


def test_forced_colors_keep_borders_and_ring(open_page: OpenPage) -> None:
    page = open_page(context_options={"forced_colors": "active"})
    option(page, 1).check()
    page.keyboard.press("Tab")
    width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert width == "3px"
    borders = page.evaluate(
        "[...document.querySelectorAll('.opt, .btn')].filter((one) => one.offsetHeight > 9)"
        ".every((one) => parseFloat(getComputedStyle(one).borderTopWidth) >= 1)"
    )
    assert borders


def test_the_paper_prints_one_line(open_page: OpenPage) -> None:
    page = open_page()
    page.emulate_media(media="print")
    assert page.locator(".paper").inner_text().strip() == "Bài đang làm, không in ở đây"
    expect(page.get_by_role("button", name="Tăng tương phản")).to_be_hidden()


def test_low_windows_have_no_sticky_bars(open_page: OpenPage) -> None:
    page = open_page(size=(640, 360))
    go(page, "#cau-2")
    for bar in (".head", ".actions"):
        assert (
            page.evaluate("bar => getComputedStyle(document.querySelector(bar)).position", bar)
            == "static"
        )
