"""Every plain page in every state: axe, widths, targets, focus, display row, hostile texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from contest.clock import SystemClock
from questions.model import Bank
from tests.factories import DAY, HOUR, fields, make_bank, stamped
from tests.frontend.looks import AXE, LOOKS, problems, wear
from tests.serving.conftest import PHONE, NewPhone, Serve
from tests.serving.contests import many_units, open_contest, reveal
from tests.serving.sat import Sat, sit
from tests.serving.server import Server
from tests.serving.visitor import Visitor

pytestmark = pytest.mark.browser

HTML_NAME = "<b>Thí</b> sinh & thử"
ARABIC_NAME = "طالب تجريبي"
LONG = "x" * 500
STRANGE = [f"<img src=x> {LONG}", "خيار أول، 5", "👩‍🎓" * 20, "Phương án “d” & 'e'"]


@dataclass
class World:
    """The servers, and people who have come as far as a state needs."""

    open: Server
    shut: Server
    people: dict[str, Visitor] = field(default_factory=dict)
    papers: dict[str, Sat] = field(default_factory=dict)


def strange_bank() -> Bank:
    """Return a bank whose texts hold markup, other scripts, emoji and no spaces."""
    bank = make_bank()
    questions = []
    for question in bank.questions:
        changed: dict[str, Any] = {"stem": rf"{question.stem} \<script>alert(1)\</script> سؤال"}
        if question.type != "true_false":
            options = zip(question.options, STRANGE, strict=True)
            changed["options"] = tuple(
                option.model_copy(update={"text": text}) for option, text in options
            )
        questions.append(question.model_copy(update=changed))
    return stamped(bank.model_copy(update={"questions": tuple(questions)}), "approved")


GROUPS = {
    '    title: "Mọi thí sinh"\n': '    title: "Mọi thí sinh"\n  - id: hoc-sinh\n'
    '    title: "Bảng học sinh"\n'
}


@pytest.fixture(scope="module")
def world(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a contest that is open, and one that never gets that far."""
    directory = open_contest(
        tmp_path_factory.mktemp("open") / "cuoc_thi",
        bank=strange_bank(),
        units=many_units(80),
        by="people",
        minutes=120,
        changes={**GROUPS, **reveal("at_once")},
    )
    sat = {"submitted": sit(directory, 17), "expired": sit(directory, 18, end="expire")}
    now = SystemClock().now()
    spans = [(now + HOUR, now + DAY), (now + 3 * DAY, now + 4 * DAY)]
    second = open_contest(tmp_path_factory.mktemp("shut") / "cuoc_thi", windows=spans)
    world = World(serve(directory.path), serve(second.path, movable=True), papers=sat)
    # Right while it starts, wrong from then on: the round stays shut when its time comes.
    rules = second.path / "the_le.yml"
    rules.write_text(rules.read_text() + "nope: 1\n")
    for name, steps in STEPS.items():
        world.people[name] = visitor = Visitor(world.open.url)
        steps(visitor, world)
    early = world.people["early"] = Visitor(world.shut.url)
    early.register(90)
    return world


def _registered(number: int) -> Callable[[Visitor, World], None]:
    def steps(visitor: Visitor, _: World) -> None:
        visitor.post("/dang-ky", group="chung", **fields(number))
        visitor.post("/dang-ky/don-vi", unit="dv-1")
        visitor.post("/dang-ky/kiem-tra", consent="yes")

    return steps


def _running(visitor: Visitor, world: World) -> None:
    _registered(91)(visitor, world)
    visitor.begin()


def _draft(visitor: Visitor, _: World) -> None:
    visitor.post("/dang-ky", name=HTML_NAME, phone="0000000092", group="chung")
    visitor.post("/dang-ky/don-vi", unit="dv-1")


def _details(visitor: Visitor, _: World) -> None:
    visitor.post("/dang-ky", name="Thí sinh thử 00095", phone="0000000095", group="chung")


def _strange(visitor: Visitor, _: World) -> None:
    visitor.post("/dang-ky", name=ARABIC_NAME, phone="0000000093", group="chung")
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    visitor.post("/dang-ky/kiem-tra", consent="yes")
    visitor.begin()


def _ended(visitor: Visitor, world: World) -> None:
    visitor.post("/tiep-tuc", ma=world.papers["submitted"].code)


def _used_up(visitor: Visitor, world: World) -> None:
    visitor.post("/tiep-tuc", ma=world.papers["expired"].code)
    visitor.begin()


def _waiting(visitor: Visitor, _: World) -> None:
    for _n in range(6):
        visitor.post("/tiep-tuc", ma="ZZZZ-ZZZZ")


STEPS: dict[str, Callable[[Visitor, World], None]] = {
    "stranger": lambda *_: None,
    "registered": _registered(94),
    "running": _running,
    "details": _details,
    "draft": _draft,
    "strange": _strange,
    "ended": _ended,
    "used_up": _used_up,
    "waiting": _waiting,
}


@dataclass(frozen=True)
class State:
    """How a page comes to be shown: whose browser, where, what is done there."""

    path: str
    person: str = "stranger"
    act: Callable[[Page], None] = lambda _: None
    shut: bool = False
    shift: int = 0


def press(button: str, **typed: str) -> Callable[[Page], None]:
    """Return what fills in fields and presses a button."""

    def act(page: Page) -> None:
        for id_, value in typed.items():
            page.locator(f"#{id_}").fill(value)
        page.get_by_role("button", name=button).click()

    return act


def _form_old(page: Page) -> None:
    page.evaluate("document.querySelector('[name=_xsrf]').value = 'x'")
    page.get_by_role("button", name="Tra cứu").click()


def _paper(page: Page) -> None:
    page.locator(".paper h1").wait_for()


def _used(page: Page) -> None:
    page.get_by_label("Mọi thí sinh").check()
    press("Tiếp tục", name="Thí sinh thử 00096", phone="0000000094")(page)


def receipt_of(which: str) -> str:
    """Return a path whose code is filled in from the world."""
    return f"/bien-nhan/{{{which}}}"


STATES: dict[str, State] = {
    "entry_before": State("/", shut=True),
    "entry_before_registered": State("/", "early", shut=True),
    "entry_shut": State("/", shut=True, shift=2 * HOUR),
    "entry_between": State("/", shut=True, shift=2 * DAY),
    "entry_over": State("/", shut=True, shift=9 * DAY),
    "entry": State("/"),
    "entry_registered": State("/", "registered"),
    "entry_running": State("/", "running"),
    "entry_ended": State("/", "ended"),
    "entry_used_up": State("/", "used_up"),
    "entry_strange_name": State("/", "strange"),
    "rules": State("/the-le"),
    "details": State("/dang-ky"),
    "details_errors": State("/dang-ky", act=press("Tiếp tục", name="", phone="12")),
    "unit": State("/dang-ky/don-vi", "details"),
    "unit_error": State("/dang-ky/don-vi?tim=12", act=press("Tiếp tục")),
    "unit_none": State("/dang-ky/don-vi?tim=xyz"),
    "check": State("/dang-ky/kiem-tra", "draft"),
    "check_error": State("/dang-ky/kiem-tra", "draft", press("Đăng ký dự thi")),
    "used": State("/dang-ky", act=_used),
    "start": State("/bat-dau", "registered"),
    "start_elsewhere": State("/bat-dau", "ended"),
    "resume": State("/tiep-tuc"),
    "resume_error": State("/tiep-tuc", act=press("Làm tiếp ở đây", ma="ABC")),
    "resume_wait": State("/tiep-tuc", "waiting", press("Làm tiếp ở đây", ma="ABC")),
    "lookup": State("/tra-cuu"),
    "lookup_error": State("/tra-cuu", act=press("Tra cứu", ma="ABC")),
    "claim_what": State("/phan-anh"),
    "claim_code": State("/phan-anh?viec=ma"),
    "claim_error": State("/phan-anh?viec=ma", act=press("Gửi phản ánh", ten="")),
    "claim_question": State(
        "/phan-anh?viec=cau-hoi&bien-nhan={submitted}&cau=2",
        "ended",
        press("Gửi phản ánh", **{"phan-anh": f"{HTML_NAME} {ARABIC_NAME} {LONG}"}),
    ),
    "receipt": State(receipt_of("submitted"), "ended"),
    "receipt_of_others": State(receipt_of("submitted")),
    "receipt_expired": State(receipt_of("expired"), "used_up"),
    "missing": State("/nope"),
    "form_old": State("/tra-cuu", act=_form_old),
    "paper": State("/thi", "running", _paper),
    "paper_strange": State("/thi", "strange", _paper),
}


def cookies_of(visitor: Visitor) -> list[Any]:
    """Return a visitor's cookies for a browser."""
    return [
        {"name": name, "value": value, "url": visitor.url}
        for name, value in visitor.cookies.items()
    ]


Show = Callable[..., Page]


def show_in(context: BrowserContext, world: World, name: str) -> Page:
    """Show a state in a browser context."""
    state = STATES[name]
    server = world.shut if state.shut else world.open
    server.shift(state.shift)
    context.add_cookies(cookies_of(world.people[state.person]))
    page = context.new_page()
    codes = {name: sat.receipt for name, sat in world.papers.items()}
    page.goto(server.url + state.path.format(**codes))
    state.act(page)
    page.locator("h1").first.wait_for()
    return page


@pytest.fixture
def show(phone: NewPhone, world: World) -> Show:
    """Return a function that shows a state in a new browser."""
    return lambda name, **options: show_in(phone(**options), world, name)


@dataclass
class View:
    """A state on a phone that stands still, and what it asked for while it was opened."""

    name: str
    page: Page
    requests: list[str]
    problems: list[str]


@pytest.fixture(scope="module", params=STATES)
def opened(browser: Browser, world: World, request: pytest.FixtureRequest) -> Iterator[View]:
    """Return each state in turn, opened once for all tests that only look at it."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN", reduced_motion="reduce")
    requests: list[str] = []
    problems: list[str] = []
    context.on("request", lambda one: requests.append(one.url))
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield View(request.param, show_in(context, world, request.param), requests, problems)
    context.close()


@pytest.fixture
def view(opened: View) -> View:
    """Return the state as a person first sees it."""
    opened.page.set_viewport_size(PHONE)
    wear(opened.page, LOOKS["light"])
    return opened


# ---- 1: axe ----


def test_axe_finds_nothing_in_any_look(view: View) -> None:
    """WCAG 2.2 A and AA and best practice, in three themes and with large letters."""
    view.page.evaluate(AXE.read_text())
    for look in LOOKS.values():
        wear(view.page, look)
        assert problems(view.page) == [], look


def test_axe_would_find_a_fault(show: Show) -> None:
    """The test above looks where it should."""
    page = show("details")
    page.evaluate(AXE.read_text())
    page.evaluate("document.querySelector('label').remove()")
    assert [one["id"] for one in problems(page)] == ["label"]


# ---- 3: widths ----


def test_nothing_scrolls_sideways(view: View) -> None:
    """At 320 px (which is 1280 px at 400 %), with all sizes of letters; tables excepted."""
    page = view.page
    for width, height, size in ((320, 640, "m"), (320, 640, "l"), (320, 256, "l"), (768, 900, "l")):
        page.set_viewport_size({"width": width, "height": height})
        wear(page, {"size": size})
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, (width, size)


# ---- 4: targets ----

TARGETS = """() => {
  const seen = (one) => one.getClientRects().length && getComputedStyle(one).visibility !== 'hidden'
    && !one.closest('.vh') && !one.matches('.on-focus:not(:focus), .skip:not(:focus)');
  const inText = (one) => {
    if (one.tagName !== 'A' || getComputedStyle(one).display !== 'inline') return false;
    if (!one.closest('p, li')) return false;
    const words = one.parentElement.textContent.replace(one.textContent, '');
    return words.trim().length > 0;
  };
  const kinds = 'button, a[href], select, input:not([type=hidden]), .opt, .check, summary';
  return [...document.querySelectorAll(kinds)]
    .filter((one) => seen(one) && !inText(one))
    .filter((one) => !(one.matches('input') && one.closest('.opt, .check')))
    .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.99 || box.height < 43.99)
    .map(([html, box]) => [html, box.width, box.height]);
}"""


def test_targets_are_big_enough_for_a_thumb(view: View) -> None:
    """44 × 44 px at least, but for links inside running text."""
    assert view.page.evaluate(TARGETS) == []


# ---- 5: focus ----


def test_the_focus_is_always_seen(view: View) -> None:
    """A ring of 3 px on everything that Tab reaches, within the window."""
    page = view.page
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached = 0
    for _ in range(90):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one || one === document.body) return null;
              const frame = one.closest('.opt') || one;
              const box = frame.getBoundingClientRect();
              const style = getComputedStyle(frame);
              return {what: one.outerHTML.slice(0, 80), width: style.outlineWidth,
                style: style.outlineStyle, in: box.bottom > 0 && box.top < innerHeight};
            }"""
        )
        if state is None:
            break
        reached += 1
        assert (state["width"], state["style"], state["in"]) == ("3px", "solid", True), state
    assert reached >= 5


def test_the_ring_is_seen_in_forced_colours(show: Show) -> None:
    """Where the system chooses the colours, the ring stays."""
    page = show("details", forced_colors="active")
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


# ---- what stands together, and what doesn't ----


def test_errors_of_several_lines_are_told_apart(show: Show) -> None:
    """On a phone, where each breaks, there is a gap between the links above the form."""
    page = show("claim_error")
    page.set_viewport_size({"width": 320, "height": 640})
    boxes = [one.bounding_box() for one in page.locator(".summary a").all()]
    assert len(boxes) == 3
    for above, below in pairwise(boxes):
        assert above and below
        assert below["y"] - above["y"] - above["height"] >= 8


def test_what_a_claim_may_be_about_is_a_column(show: Show) -> None:
    """One choice to a line, however wide the window is."""
    page = show("claim_what")
    page.set_viewport_size({"width": 1280, "height": 800})
    boxes = [one.bounding_box() for one in page.locator("main .links a").all()]
    assert len({box["x"] for box in boxes if box}) == 1
    assert len({box["y"] for box in boxes if box}) == len(boxes) == 4


def test_a_table_stands_apart_from_the_next_article(show: Show) -> None:
    """In the thể lệ the heading below doesn't touch the table's last line."""
    page = show("rules")
    gap = page.evaluate(
        """() => {
          const table = document.querySelector('.scroller');
          const next = table.nextElementSibling.getBoundingClientRect();
          return next.top - table.getBoundingClientRect().bottom;
        }"""
    )
    assert gap >= 12


def test_whoever_is_next_begins_where_all_lines_begin(show: Show) -> None:
    """The button that looks like a link has its words at the edge of the text."""
    page = show("entry_running")
    words = page.evaluate(
        """() => {
          const one = document.querySelector('[data-forget] button');
          return one.getBoundingClientRect().left + parseFloat(getComputedStyle(one).paddingLeft)
            + parseFloat(getComputedStyle(one).borderLeftWidth);
        }"""
    )
    edge = page.locator("h1").bounding_box()
    assert edge and abs(words - edge["x"]) <= 1


# ---- 9: nothing chosen ----


@pytest.mark.parametrize("name", ["details", "unit", "check", "paper"])
def test_nothing_is_chosen_for_the_person(show: Show, name: str) -> None:
    """No radio and no box is checked on first load."""
    page = show(name)
    assert page.locator("input[type=radio], input[type=checkbox], [data-value]").count() > 0
    assert page.locator("input:checked, [data-value]:enabled").count() == 0


# ---- titles, language, landmarks ----


def test_the_title_is_the_heading(view: View) -> None:
    """One h1, and the window's title begins with it; with an error, "Lỗi: " before it."""
    page, name = view.page, view.name
    if name.startswith("paper"):
        return  # its title tells the question's number
    assert page.locator("h1").count() == 1
    heading = page.locator("h1").inner_text().split(":")[0].strip()
    title = page.title()
    if name.endswith("_error") or name.endswith("_errors") or name == "resume_wait":
        assert title.startswith("Lỗi: ")
        title = title.removeprefix("Lỗi: ")
    if not name.startswith("entry"):
        assert title.startswith(heading), title
    assert "Cuộc thi thử" in title


def test_nothing_comes_from_elsewhere(view: View, world: World) -> None:
    """Every request goes to this server; nothing on the page fails."""
    ours = (world.open.url, world.shut.url, "data:")
    assert view.requests
    assert [url for url in view.requests if not url.startswith(ours)] == []
    assert view.problems == []


def test_all_words_are_composed_unicode(view: View) -> None:
    """NFC, as people type and search it."""
    words = view.page.evaluate("document.documentElement.innerText + document.title")
    assert unicodedata.is_normalized("NFC", words)


# ---- 24: the display row ----


def test_size_and_contrast_hold_on_every_page(show: Show) -> None:
    """16, 18, 24 px; pressed buttons say so; kept after reload and on the next pages."""
    page = show("entry")
    for name, px in (("A− chữ nhỏ", 16), ("A chữ vừa", 18), ("A+ chữ lớn", 24)):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        assert round(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) == px
    contrast = page.get_by_role("button", name="Tăng tương phản")
    contrast.click()
    base = page.url.rstrip("/")
    for path in (None, "/the-le", "/dang-ky", "/tra-cuu", "/nope"):
        page.reload() if path is None else page.goto(base + path)
        expect(contrast).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
        assert round(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) == 24


def test_the_paper_wears_what_was_chosen_on_the_pages_before(show: Show) -> None:
    """The choice made on the entry page holds on the paper."""
    page = show("entry_running")
    page.get_by_role("button", name="A+ chữ lớn").click()
    page.get_by_role("button", name="Tăng tương phản").click()
    page.get_by_role("link", name="Làm tiếp").click()
    page.locator(".paper h1").wait_for()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert round(page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")) == 24


@pytest.mark.parametrize("path", ["/", "/dang-ky", "/the-le", "/thi"])
def test_the_choice_stands_before_the_first_paint(phone: NewPhone, world: World, path: str) -> None:
    """When the body begins, theme and size are on the page already: nothing flashes."""
    context = phone()
    context.add_cookies(cookies_of(world.people["running" if path == "/thi" else "stranger"]))
    context.add_init_script(
        "localStorage.setItem('timhieu.theme', 'contrast');"
        "localStorage.setItem('timhieu.size', 'l');"
        "new MutationObserver(() => { if (document.body && !window.atBody)"
        "window.atBody = [document.documentElement.dataset.theme,"
        "document.documentElement.dataset.size] })"
        ".observe(document, {childList: true, subtree: true})"
    )
    page = context.new_page()
    page.goto(world.open.url + path)
    assert page.evaluate("atBody") == ["contrast", "l"]


# ---- 29: texts from people and banks ----


MARKUP = "main b, main img:not(.qr img), main script:not([type='application/json'])"


@pytest.mark.parametrize("name", ["check", "entry_strange_name", "receipt", "paper_strange"])
def test_strange_texts_are_text_and_keep_to_themselves(show: Show, name: str) -> None:
    """Markup is shown, not obeyed; other scripts stand apart, so that no line is reordered."""
    page = show(name)
    assert page.locator(MARKUP).count() == 0
    loose = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector('main'), 4);
          const loose = [];
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (/[\\u0590-\\u08ff]/.test(node.data) && !node.parentElement.closest('bdi')) {
              loose.push(node.data);
            }
          }
          return loose;
        }"""
    )
    assert loose == []
    shown = {
        "check": HTML_NAME,
        "entry_strange_name": ARABIC_NAME,
        "receipt": "<script>alert(1)</script>",
        "paper_strange": "<script>alert(1)</script>",
    }
    expect(page.locator("main")).to_contain_text(shown[name])


# ---- a page that opens by itself ----


def test_the_entry_page_opens_by_itself(serve: Serve, phone: NewPhone, tmp_path: Path) -> None:
    """Without a touch, within seconds after the opening."""
    now = SystemClock().now()
    directory = open_contest(tmp_path / "cuoc_thi", opens=now + 4_000, closes=now + DAY)
    server = serve(directory.path)
    page = phone().new_page()
    page.goto(server.url)
    expect(page.get_by_role("link", name="Đăng ký và vào thi")).to_be_visible(timeout=20_000)
