"""Practice and mock papers in a real browser on the real server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import EVERY_TYPE, TOPICS
from tests.frontend.looks import LOOKS, STILL, TARGETS, problems, wear
from tests.serving.answering import ANSWERING
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import change_rules
from tests.serving.practising import every_type, practised
from tests.serving.server import Server, until
from tests.serving.stored import counts, select
from tests.serving.wire import Wire

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[2] / "voila_templates/node_modules/axe-core/axe.min.js"
SECRETS = (b"Theo d\\u1eef ki\\u1ec7n", "Theo dữ kiện thử".encode(), "Dữ kiện thử".encode())
"""What only an answered question's explanation and fact hold."""


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of an open contest beside which every type is practised."""
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    return serve(practised(path, every_type(), paper=((TOPICS[0], 3),)).path)


def begun(page: Page, url: str) -> None:
    """Begin to practise."""
    page.goto(f"{url}/luyen-tap/bat-dau")
    page.get_by_role("button", name="Bắt đầu luyện tập").click()
    page.locator(".practice-home h1").wait_for()


def ask(page: Page) -> str:
    """Go on to a question; return the type that its stem names."""
    for name in ("Bắt đầu ôn hôm nay", "Câu tiếp"):
        button = page.get_by_role("button", name=name)
        if button.count():
            button.click()
            break
    page.locator(".practice-card .told:empty").wait_for(state="attached")
    return page.locator(".practice-card h1").inner_text().split("loại ")[1].rstrip("?")


def answered(page: Page) -> str:
    """Answer and return what became of it."""
    page.get_by_role("button", name="Trả lời", exact=True).click()
    return told(page)


def told(page: Page) -> str:
    """Return the word above an answered question."""
    page.locator(".told h2").wait_for()
    return page.locator(".told h2").inner_text().strip()


def test_every_type_is_answered_right(server: Server, phone: NewPhone) -> None:
    """Told at once, with its fact and source; nothing of that is on the line before."""
    context = phone()
    wire = Wire.tap(context)
    page = context.new_page()
    begun(page, server.url)
    seen = set()
    for _ in EVERY_TYPE:
        before = len(wire.frames_in)
        type_ = ask(page)
        seen.add(type_)
        ANSWERING[type_](page)
        for frame in wire.frames_in[before:]:
            assert not any(secret in frame for secret in SECRETS)
        if type_ == "essay":
            assert answered(page) == "Mời Bạn tự so với gợi ý chấm"
            expect(page.locator(".told")).to_contain_text("Nêu được ý chính")
            page.get_by_role("button", name="Đủ ý", exact=True).click()
            expect(page.locator(".told h2")).to_have_text("Đúng")
        else:
            assert answered(page) == "Đúng", type_
        expect(page.locator(".told")).to_contain_text("Văn bản thử, Mục")
    assert seen == set(EVERY_TYPE)
    assert any(secret in frame for secret in SECRETS for frame in wire.frames_in)
    page.get_by_role("button", name="Câu tiếp").click()
    expect(page.locator("h1")).to_have_text("Xong phần hôm nay")
    expect(page.locator(".practice-home")).to_contain_text("10 đúng, 0 sẽ gặp lại")


def test_session_by_keyboard_alone(server: Server, phone: NewPhone) -> None:
    """Keys 1–4 pick, Enter answers and goes on; typed digits stay digits."""
    page = phone().new_page()
    begun(page, server.url)
    page.get_by_role("button", name="Bắt đầu ôn hôm nay").focus()
    page.keyboard.press("Enter")
    picked = set()
    for _ in EVERY_TYPE:
        page.locator(".practice-card .told:empty").wait_for(state="attached")
        expect(page.locator(".practice-card h1")).to_be_focused()
        type_ = page.locator(".practice-card h1").inner_text().split("loại ")[1].rstrip("?")
        if type_ in ("single", "multiple", "true_false", "true_false_group"):
            page.keyboard.press("1")
            expect(page.locator(".opt input").first).to_be_checked()
            picked.add(type_)
            page.keyboard.press("Enter")
        elif type_ in ("numeric", "short_text"):
            page.get_by_label("Câu trả lời của Bạn").focus()
            page.keyboard.type("1234")
            expect(page.get_by_label("Câu trả lời của Bạn")).to_have_value("1234")
            page.keyboard.press("Enter")
        else:
            page.get_by_role("button", name="Chưa biết, xem đáp án").focus()
            page.keyboard.press("Enter")
        told(page)
        expect(page.locator(".told h2")).to_be_focused()
        page.keyboard.press("Enter")
    assert len(picked) == 4


def test_keys_can_be_switched_off(server: Server, phone: NewPhone) -> None:
    """And stay off on this device."""
    page = phone().new_page()
    begun(page, server.url)
    page.get_by_role("checkbox", name="Dùng phím 1–4").uncheck()
    page.reload()
    page.locator(".practice-home h1").wait_for()
    expect(page.get_by_role("checkbox", name="Dùng phím 1–4")).not_to_be_checked()
    until_choice(page)
    page.keyboard.press("1")
    expect(page.locator(".opt input:checked")).to_have_count(0)


def until_choice(page: Page) -> str:
    """Go on until options are to be chosen; return the type."""
    for _ in EVERY_TYPE:
        type_ = ask(page)
        if type_ in ("single", "multiple"):
            return type_
        page.get_by_role("button", name="Chưa biết, xem đáp án").click()
        told(page)
    raise AssertionError("no question with options")


def test_hint_takes_a_wrong_option_away(server: Server, phone: NewPhone) -> None:
    """In words too; the right ones stay."""
    page = phone().new_page()
    begun(page, server.url)
    type_ = until_choice(page)
    page.get_by_role("button", name="Gợi ý", exact=True).click()
    removed = page.locator(".opt.removed")
    expect(removed).to_have_count(1)
    expect(removed).to_contain_text("Gợi ý: phương án này không đúng")
    expect(removed.locator("input")).to_be_disabled()
    ANSWERING[type_](page)
    assert answered(page) == "Đúng"
    expect(page.locator(".told")).to_contain_text("Có dùng gợi ý")


def test_screen_reader_meets_group_position_and_count(server: Server, phone: NewPhone) -> None:
    """The group bears the question's text; each radio its place among how many."""
    page = phone().new_page()
    begun(page, server.url)
    for _ in EVERY_TYPE:
        if ask(page) == "single":
            break
        page.get_by_role("button", name="Chưa biết, xem đáp án").click()
        told(page)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    groups = [n for n in nodes if n.get("role", {}).get("value") == "group"]
    assert any("loại single" in n["name"]["value"] for n in groups)
    radios = [_properties(n) for n in nodes if n.get("role", {}).get("value") == "radio"]
    assert [(r["posinset"], r["setsize"]) for r in radios if "posinset" in r] in (
        [], [(1, 3), (2, 3), (3, 3)]
    )  # fmt: skip
    assert len(radios) == 3
    names = page.locator(".opt input").evaluate_all("all => new Set(all.map(o => o.name)).size")
    assert names == 1


def _properties(node: dict[str, Any]) -> dict[str, Any]:
    return {one["name"]: one["value"].get("value") for one in node.get("properties", [])}


def test_code_goes_on_elsewhere_and_erasing_ends_it(server: Server, phone: NewPhone) -> None:
    """A wrong one is counted; after erasing the code leads nowhere and nothing is stored."""
    page = phone().new_page()
    begun(page, server.url)
    ask(page)
    page.get_by_role("button", name="Chưa biết, xem đáp án").click()
    told(page)
    page.goto(f"{server.url}/luyen-tap/ma")
    code = page.locator(".code").inner_text()
    other = phone().new_page()
    other.goto(f"{server.url}/luyen-tap/bat-dau")
    other.locator("#ma").fill("0000 0000")
    other.get_by_role("button", name="Luyện tập tiếp bằng mã").click()
    expect(other.locator(".error").first).to_contain_text("Bạn còn 4 lần thử")
    other.locator("#ma").fill(code.lower())
    other.get_by_role("button", name="Luyện tập tiếp bằng mã").click()
    expect(other.locator(".practice-home")).to_contain_text("Hôm nay Bạn đã trả lời 1 câu")
    assert code.replace("-", "") not in repr(select(server.directory, "select * from learners"))
    (before,) = select(server.directory, "select count(*) as n from reviews")
    other.goto(f"{server.url}/luyen-tap/xoa")
    other.get_by_role("button", name="Xóa dữ liệu luyện tập của tôi").click()
    expect(other.locator("h1")).to_have_text("Đã xóa dữ liệu luyện tập")
    (after,) = select(server.directory, "select count(*) as n from reviews")
    assert after["n"] == before["n"] - 1
    page.goto(f"{server.url}/luyen-tap")
    expect(page.get_by_role("button", name="Bắt đầu luyện tập")).to_be_visible()


def test_cookie_is_out_of_reach_of_scripts(server: Server, phone: NewPhone) -> None:
    """Signed, HttpOnly, for this site only."""
    context = phone()
    begun(context.new_page(), server.url)
    own = [c for c in context.cookies() if c["name"].endswith(("-lt", "-lm"))]
    assert len(own) == 2
    assert all(c["httpOnly"] and c["sameSite"] == "Lax" for c in own)


def test_mock_paper_from_start_to_result(server: Server, phone: NewPhone) -> None:
    """Under its band on every screen; rounds hold nothing of it."""
    before = counts(server.directory)
    page = phone().new_page()
    begun(page, server.url)
    page.get_by_role("link", name="Thi thử").click()
    band = page.locator(".band-sample", has_text="THI THỬ – không tính vào kết quả")
    expect(band).to_be_visible()
    page.get_by_role("button", name=re.compile("Bắt đầu thi thử")).click()
    page.locator(".paper h1").wait_for()
    expect(band).to_be_visible()
    page.evaluate("location.hash = '#xem-lai'")
    page.get_by_role("button", name="Nộp bài").click()
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/luyen-tap/thi-thu/tt-*")
    expect(band).to_be_visible()
    expect(page.locator("h1")).to_have_text("Thi thử: 0/3 câu đúng")
    expect(page.locator("main")).to_contain_text("Theo dữ kiện thử")
    table = page.get_by_role("table", name="Theo chủ đề")
    expect(table.get_by_role("rowheader")).to_have_text([f"Chủ đề {TOPICS[0]}"])
    expect(table.get_by_role("cell")).to_contain_text("đúng 0/3")
    expect(table.get_by_role("cell")).to_contain_text("3 câu chưa trả lời")
    assert counts(server.directory) == before
    stranger = phone().new_page()
    answer = stranger.goto(page.url)
    assert answer is not None and answer.status == 404
    _no_policy(page)
    page.add_script_tag(content=AXE.read_text())
    for look in LOOKS.values():
        wear(page, look)
        assert problems(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_pages_look_right_in_every_look(server: Server, phone: NewPhone) -> None:
    """axe, sizes of targets, and nothing that scrolls sideways at 320 pixels."""
    page = phone(**STILL).new_page()

    def look(name: str) -> None:
        page.add_script_tag(content=AXE.read_text())
        for look_name, one in LOOKS.items():
            wear(page, one)
            assert problems(page) == [], (name, look_name)
        page.set_viewport_size({"width": 320, "height": 640})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 320, name
        wear(page, LOOKS["light"])
        page.set_viewport_size({"width": 360, "height": 740})
        small = page.evaluate(TARGETS)["small"]
        assert [one for one in small if "checkbox" not in one["what"]] == [], name

    page.goto(f"{server.url}/luyen-tap/bat-dau")
    _no_policy(page)
    look("begin")
    page.get_by_role("button", name="Bắt đầu luyện tập").click()
    page.locator(".practice-home h1").wait_for()
    look("home")
    until_choice(page)
    page.get_by_role("button", name="Gợi ý", exact=True).click()
    page.locator(".opt.removed").wait_for()
    look("card")
    page.locator(".opt input:enabled").first.click()
    answered(page)
    look("told")
    page.get_by_role("button", name=re.compile("Dừng")).click()
    page.locator(".practice-home h1").wait_for()
    for summary in page.locator("summary").all():
        summary.click()
    look("home with tables")
    for path in ("ma", "xoa", "thi-thu"):
        page.goto(f"{server.url}/luyen-tap/{path}")
        look(path)


def _no_policy(page: Page) -> None:
    """axe comes from this test; everything else has passed under the page's own policy."""
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    page.reload()


def test_practice_closes_when_the_rules_say_so(server: Server, phone: NewPhone) -> None:
    """An open page is told at its next message; the door says until when.

    It comes last, because it changes the rules.
    """
    page = phone().new_page()
    begun(page, server.url)
    ask(page)
    change_rules(server.directory, {"closed_during_rounds: false": "closed_during_rounds: true"})
    elsewhere = phone().new_page()

    def shut() -> bool:
        elsewhere.goto(f"{server.url}/luyen-tap/bat-dau")
        return "Luyện tập đóng trong giờ thi" in elsewhere.locator("main").inner_text()

    until(shut, 15, "practice is closed", page=elsewhere)
    expect(elsewhere.locator("main")).to_contain_text("mở lại lúc")
    page.get_by_role("button", name="Chưa biết, xem đáp án").click()
    expect(page.locator(".practice .band.info")).to_contain_text("Luyện tập đóng trong giờ thi")
