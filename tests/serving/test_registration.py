"""Registering in three steps: with plain forms, with every kind of input, and only once."""

from __future__ import annotations

import json
import re
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Page, expect
from tornado.web import create_signed_value

from contest.directory import ContestDirectory
from contest.serving.visitor import cookie_secret
from tests.factories import fields
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import many_units, open_contest
from tests.serving.server import Server
from tests.serving.stored import contestant, counts, people
from tests.serving.visitor import Answer, Visitor, code_in

GROUPS = {
    '    title: "Mọi thí sinh"\n': '    title: "Bảng <thứ nhất>"\n  - id: hoc-sinh\n'
    '    title: "Bảng học sinh"\n'
}


@pytest.fixture(scope="module")
def large(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of a contest with 3,000 units and two groups."""
    path = tmp_path_factory.mktemp("large") / "cuoc_thi"
    return serve(open_contest(path, units=many_units(3000), by="people", changes=GROUPS).path)


@pytest.fixture
def newcomer(large: Server) -> Visitor:
    """Return somebody who has just come to the large contest."""
    return Visitor(large.url)


def checked(answer: Answer) -> list[str]:
    """Return the boxes and radios that a page shows as chosen."""
    return re.findall(r"<input[^>]*\schecked\b[^>]*>", answer.text)


def errors(answer: Answer) -> dict[str, str]:
    """Return the messages of the summary, by the control that each links to."""
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', answer.text)
    for id_, message in links:
        assert re.search(rf'<(input|fieldset)[^>]*\sid="{id_}"', answer.text), id_
        assert f'id="{id_}-loi">{message}<' in answer.text
        assert re.search(rf'aria-describedby="{id_}-loi[^>]*aria-invalid="true"', answer.text)
    if links:
        assert "<title>Lỗi: " in answer.text
    return dict(links)


class _Markup(HTMLParser):
    """Gathers the names of all tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}


def markup(answer: Answer) -> set[str]:
    """Return the names of all tags and attributes of a page."""
    parser = _Markup()
    parser.feed(answer.text)
    return parser.names


def units_shown(answer: Answer) -> list[str]:
    """Return the ids of the units that may be chosen."""
    return re.findall(r'<input type="radio"[^>]* name="unit" value="([^"]+)"', answer.text)


def details(visitor: Visitor, **typed: str) -> Answer:
    """Send the first step."""
    return visitor.post("/dang-ky", **{**fields(1), **typed})


# ---- the three steps ----


def test_three_steps_lead_to_the_start_page(visitor: Visitor, server: Server) -> None:
    """Name and phone, unit, consent: then the contestant is stored and signed in."""
    code = visitor.register(11, "dv-2")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)
    stored = people(server.directory)
    (contestant_id,) = [id_ for id_, person in stored.items() if person == fields(11)]
    assert contestant_id.startswith("ts-")
    assert "Thí sinh thử 00011, Đơn vị mẫu 2" in visitor.get("/").words


def test_the_way_to_write_a_number_is_not_broken(visitor: Visitor) -> None:
    """The example stays on one line of a phone, beside the field and in its error."""
    assert "Cách viết: 000x\u00a0xxx\u00a0xxx" in visitor.get("/dang-ky").text
    assert details(visitor, phone="09").text.count("000x\u00a0xxx\u00a0xxx") == 3


def test_nothing_is_stored_before_the_consent(visitor: Visitor, server: Server) -> None:
    """Until the last button the server keeps nothing of the person."""
    before = counts(server.directory)
    assert details(visitor, phone="0000000012").location == "/dang-ky/don-vi"
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    page = visitor.get("/dang-ky/kiem-tra")
    assert "Thí sinh thử 00001" in page.words
    for wrong in ({}, {"consent": ""}, {"consent": "no"}, {"consent": "1"}):
        answer = visitor.post("/dang-ky/kiem-tra", **wrong)
        assert list(errors(answer)) == ["consent"]
        assert not checked(answer)
    assert counts(server.directory) == before
    assert visitor.get("/bat-dau").location == "/"


def test_nothing_is_preselected(newcomer: Visitor) -> None:
    """No radio and no box is checked before the person does it."""
    assert not checked(newcomer.get("/dang-ky"))
    details(newcomer, group="hoc-sinh")
    assert not checked(newcomer.get("/dang-ky/don-vi"))
    newcomer.post("/dang-ky/don-vi", unit="dv-1")
    assert not checked(newcomer.get("/dang-ky/kiem-tra"))


def test_what_was_chosen_is_shown_again_on_the_way_back(newcomer: Visitor) -> None:
    """Going back loses nothing."""
    details(newcomer, group="hoc-sinh")
    newcomer.post("/dang-ky/don-vi", unit="khoi-1")
    assert 'value="hoc-sinh"' in checked(newcomer.get("/dang-ky"))[0]
    assert 'value="Thí sinh thử 00001"' in newcomer.get("/dang-ky").text
    assert 'value="khoi-1"' in checked(newcomer.get("/dang-ky/don-vi?tim=khoi"))[0]


def test_the_check_shows_unit_with_its_parent_and_a_masked_phone(visitor: Visitor) -> None:
    """Everything once more, the phone number only with its end."""
    details(visitor, phone="000 123 4567")
    visitor.post("/dang-ky/don-vi", unit="dv-3")
    words = visitor.get("/dang-ky/kiem-tra").words
    assert "Đơn vị mẫu 3 thuộc Khối mẫu B" in words
    assert "•••• ••• 567" in words
    assert "0001234567" not in words


@pytest.mark.parametrize("path", ["/dang-ky/kiem-tra", "/dang-ky/don-vi"])
def test_a_step_that_was_skipped_leads_back(visitor: Visitor, server: Server, path: str) -> None:
    """Nobody registers without the steps before."""
    before = counts(server.directory)
    if path.endswith("don-vi"):
        visitor.post(path, unit="dv-1")
    assert visitor.get("/dang-ky/kiem-tra").location == "/dang-ky"
    answer = visitor.post("/dang-ky/kiem-tra", consent="yes")
    assert answer.location == "/dang-ky"
    assert counts(server.directory) == before


def test_who_is_registered_does_not_register_again(visitor: Visitor, server: Server) -> None:
    """Signed in, all three steps lead to the entry page."""
    visitor.register(13)
    before = counts(server.directory)
    for path in ("/dang-ky", "/dang-ky/don-vi", "/dang-ky/kiem-tra"):
        assert visitor.get(path).location == "/"
        assert visitor.post(path, consent="yes", **fields(14)).location == "/"
    assert counts(server.directory) == before


def test_pressing_register_twice_registers_once(visitor: Visitor, server: Server) -> None:
    """Both answers sign in the same contestant and show the same code."""
    details(visitor, **fields(15))
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    body = urlencode({"consent": "yes", "_xsrf": visitor.xsrf()})
    twins = [Visitor(server.url, dict(visitor.cookies)) for _ in range(3)]
    with ThreadPoolExecutor(3) as threads:
        answers = list(threads.map(lambda twin: twin.post_raw("/dang-ky/kiem-tra", body), twins))
    assert {answer.location for answer in answers} == {"/bat-dau"}
    assert len({code_in(twin.get("/bat-dau")) for twin in twins}) == 1
    assert list(people(server.directory).values()).count(fields(15)) == 1


# ---- errors ----


def test_every_error_stands_in_the_summary_and_at_its_field(visitor: Visitor) -> None:
    """Same words in both places, linked; the page's title begins with "Lỗi"."""
    answer = visitor.post("/dang-ky", name="", phone="")
    assert errors(answer) == {
        "name": "Hãy nhập họ và tên",
        "phone": "Hãy nhập số điện thoại",
    }
    assert "Mời Bạn xem lại 2 chỗ" in answer.words


@pytest.mark.parametrize(
    "phone", ["12", "00012345678", "0901234567", "+84901234567", "000-12-34", "000123456a", "٠٠٠٠"]
)
def test_a_wrong_number_is_kept_as_typed(visitor: Visitor, phone: str) -> None:
    """The sample takes made-up numbers only; what was typed stays in the field."""
    answer = details(visitor, phone=phone, name="Thí sinh thử 00016")
    assert list(errors(answer)) == ["phone"]
    assert f'value="{phone}"' in answer.text
    assert 'value="Thí sinh thử 00016"' in answer.text


@pytest.mark.parametrize("unit", ["", "dv-99", "../dv-1", "DV-1", "' or 1=1 --"])
def test_a_unit_that_is_not_in_the_list_is_refused(visitor: Visitor, unit: str) -> None:
    """Only what the list holds can be chosen."""
    details(visitor)
    answer = visitor.post("/dang-ky/don-vi", unit=unit)
    assert errors(answer) == {"unit": "Hãy chọn một đơn vị trong danh sách"}


@pytest.mark.parametrize("group", ["", "chung2", "Bảng học sinh"])
def test_a_group_that_does_not_exist_is_refused(newcomer: Visitor, group: str) -> None:
    """With several groups one has to be chosen, and only one of them."""
    answer = details(newcomer, group=group)
    assert errors(answer) == {"group": "Hãy chọn một nhóm"}


def test_the_chosen_group_is_stored(newcomer: Visitor, large: Server) -> None:
    """The contestant belongs to it from then on."""
    assert details(newcomer, group="hoc-sinh", **fields(17)).location == "/dang-ky/don-vi"
    newcomer.post("/dang-ky/don-vi", unit="dv-77")
    newcomer.post("/dang-ky/kiem-tra", consent="yes")
    stored = contestant(large.directory, 17)
    assert (stored["group_id"], stored["unit_id"]) == ("hoc-sinh", "dv-77")


# ---- the identity key ----


def test_a_used_number_tells_nothing_of_its_owner(server: Server) -> None:
    """Neither name nor unit nor attempt of the person who has it."""
    first = Visitor(server.url)
    first.register(7_000_018, "dv-3")
    first.begin()
    second = Visitor(server.url)
    before = counts(server.directory)
    for phone in ("0007000018", "000 7000 018", "000.7000.018"):
        answer = details(second, phone=phone, name="Thí sinh thử 00019")
        assert "Số điện thoại này đã đăng ký" in answer.words
        for secret in ("7000018", "Đơn vị mẫu 3", "Làm tiếp", "dv-3", "ts-"):
            assert secret not in answer.text.replace(phone, "")
    assert second.get("/thi").location.startswith("/?")
    assert second.get("/dang-ky/kiem-tra").location == "/dang-ky"
    assert counts(server.directory) == before


def test_two_who_register_the_same_number_at_once_are_one(server: Server) -> None:
    """Only one of them gets it; the other one is told."""
    pair = [Visitor(server.url), Visitor(server.url)]
    for visitor in pair:
        details(visitor, **fields(20))
        visitor.post("/dang-ky/don-vi", unit="dv-1")
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda one: one.post("/dang-ky/kiem-tra", consent="yes"), pair))
    assert sorted(answer.status for answer in answers) == [200, 303]
    (told,) = [answer for answer in answers if answer.status == 200]
    assert "đã đăng ký" in told.words
    assert list(people(server.directory).values()).count(fields(20)) == 1


# ---- units ----


@pytest.mark.parametrize(
    "query",
    ["don vi mau 12", "Đơn vị mẫu 12", "12 mẫu", unicodedata.normalize("NFD", "Đơn vị mẫu 12")],
)
def test_a_unit_is_found_without_tone_marks_among_3000(newcomer: Visitor, query: str) -> None:
    """Marks, order of words and Unicode form don't matter; the very unit stands first."""
    answer = newcomer.get(f"/dang-ky/don-vi?tim={quote(query)}")
    assert units_shown(answer)[0] == "dv-12"
    assert "đơn vị phù hợp" in answer.words
    assert "thuộc Khối mẫu 3" in answer.words


def test_a_name_with_every_kind_of_mark_is_found(newcomer: Visitor) -> None:
    """đ is d."""
    for query in ("nghia do", "Nghĩa Đô", "NGHIA ĐO", "xa nghia"):
        assert units_shown(newcomer.get(f"/dang-ky/don-vi?tim={quote(query)}")) == ["dv-dac-biet"]


def test_a_search_shows_sixty_and_tells_how_many_more(newcomer: Visitor) -> None:
    """The page stays small; nothing is silently left out."""
    answer = newcomer.get("/dang-ky/don-vi?tim=mau")
    assert len(units_shown(answer)) == 60
    assert "3.000 đơn vị phù hợp" in answer.words
    assert "Còn 2.940 đơn vị nữa, hãy gõ thêm" in answer.words


def test_a_search_without_result_says_what_to_do(newcomer: Visitor) -> None:
    """No unit, no button, and what was typed stays."""
    answer = newcomer.get(f"/dang-ky/don-vi?tim={quote('xyz <b>')}")
    assert units_shown(answer) == []
    assert "Chưa thấy đơn vị nào" in answer.words
    assert 'value="xyz &lt;b&gt;"' in answer.text


def test_a_search_is_kept_when_nothing_was_chosen(newcomer: Visitor) -> None:
    """The error page still shows what was looked for."""
    details(newcomer, group="chung")
    page = newcomer.get("/dang-ky/don-vi?tim=nghia%20do")
    action = re.search(r'<form method="post" action="([^"]+)"', page.text)
    assert action
    answer = newcomer.post(action[1])
    assert list(errors(answer)) == ["unit"]
    assert units_shown(answer) == ["dv-dac-biet"]
    assert 'value="nghia do"' in answer.text


def test_a_search_takes_no_time(newcomer: Visitor) -> None:
    """The server finds a unit among 3,000 within a tenth of a second."""
    newcomer.get("/dang-ky/don-vi?tim=mau")
    took = []
    for number in range(9):
        start = time.perf_counter()
        newcomer.get(f"/dang-ky/don-vi?tim=don%20vi%20mau%20{number}")
        took.append(time.perf_counter() - start)
    assert sorted(took)[len(took) // 2] < 0.1


# ---- hostile input ----

HOSTILE = {
    "html": "<script>alert(1)</script><b>Thí sinh</b>",
    "attribute": '" autofocus onfocus="alert(1)',
    "template": "{{ 7 * 7 }}{% include 'x' %}",
    "formula": "(=HYPERLINK('x'))",
    "emoji": "Thí sinh 👩‍🎓🇻🇳",
    "quotes": "O'Brien \\ \" % _ ;--",
    "arabic": "طالب تجريبي",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_name_is_text_whatever_it_holds(server: Server, kind: str) -> None:
    """Shown as it was typed, on every page; never markup, never evaluated."""
    visitor = Visitor(server.url)
    number = 100 + list(HOSTILE).index(kind)
    name = HOSTILE[kind]
    assert details(visitor, name=name, phone=f"0000000{number}").location == "/dang-ky/don-vi"
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    shown = " ".join(name.replace("\u200d", " ").split())
    for page in (visitor.get("/dang-ky/kiem-tra"), visitor.get("/dang-ky")):
        assert not {"autofocus", "onfocus", "b"} & markup(page)
        assert "<script>alert" not in page.text
    assert shown in visitor.get("/dang-ky/kiem-tra").words
    visitor.post("/dang-ky/kiem-tra", consent="yes")
    assert shown in visitor.get("/").words
    assert shown in {person["name"] for person in people(server.directory).values()}


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200b", "\u00ad", "\ufeff", "\x00", "\x1b"])
def test_marks_that_cannot_be_seen_are_left_out(server: Server, mark: str) -> None:
    """Nobody turns the direction of a line or hides letters in a name."""
    visitor = Visitor(server.url)
    answer = details(visitor, name=f"Thí{mark} sinh{mark} thử", phone="0000000120")
    assert answer.location == "/dang-ky/don-vi"
    page = visitor.get("/dang-ky")
    assert 'value="Thí sinh thử"' in page.text


@pytest.mark.parametrize("name", ["x" * 10_000, "👩" * 3_000, "<b>" * 2_000])
def test_a_name_that_is_too_long_is_refused_and_kept(visitor: Visitor, name: str) -> None:
    """10 kB are answered with a message, and the input is still there."""
    answer = details(visitor, name=name)
    assert list(errors(answer)) == ["name"]
    assert f'value="{name}"'.replace("<b>", "&lt;b&gt;") in answer.text


def test_a_name_of_nothing_but_marks_is_empty(visitor: Visitor) -> None:
    """Spaces and invisible characters are no name."""
    for name in ("   ", "\u200b\u200b", "\u202e \u2066", "\t\n"):
        assert list(errors(details(visitor, name=name))) == ["name"]


def test_fields_sent_twice_or_unknown_do_no_harm(visitor: Visitor, server: Server) -> None:
    """A form with more than it should have is read like any other."""
    token = visitor.xsrf()
    pairs = [("name", "Thí sinh thử 00130"), ("name", "Khác"), ("phone", "0000000130")]
    pairs += [("unit", "dv-1"), ("consent", "yes"), ("contestant_id", "ts-x"), ("_xsrf", token)]
    assert visitor.post_raw("/dang-ky", urlencode(pairs)).location == "/dang-ky/don-vi"
    assert visitor.get("/dang-ky/kiem-tra").location == "/dang-ky"
    assert "ts-x" not in people(server.directory)


def test_a_changed_draft_is_no_draft(visitor: Visitor, server: Server) -> None:
    """What lies in the browser is signed: changed, it counts as nothing."""
    details(visitor)
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    (name,) = [name for name in visitor.cookies if name.endswith("-dk")]
    value = visitor.cookies[name]
    body = value.split("|")[4]
    end = "1" if value[-2] == "0" else "0"
    for wrong in (value.replace(body, body[:-9] + "AAAAAAAA="), f'{value[:-2]}{end}"', '"x"'):
        stranger = Visitor(server.url, {**visitor.cookies, name: wrong})
        assert stranger.get("/dang-ky/kiem-tra").location == "/dang-ky"
        assert "Thí sinh thử 00001" not in stranger.get("/dang-ky").text


@pytest.mark.parametrize(
    "draft",
    [
        {"phone": "0900000000"},
        {"name": ""},
        {"unit": "dv-9"},
        {"group": "x"},
        {"once": None},
        {"name": None, "phone": None, "unit": None, "group": None, "once": None},
    ],
)
def test_an_old_draft_is_checked_against_the_rules_of_today(
    visitor: Visitor, server: Server, draft: dict[str, str | None]
) -> None:
    """Even signed by this server, nothing in it is believed."""
    before = counts(server.directory)
    good = {"name": "Thí sinh", "phone": "0000000140", "unit": "dv-1", "group": "chung"}
    full = {**good, "once": "a", **draft}
    kept = {name: value for name, value in full.items() if value is not None}
    visitor.cookies[_draft_cookie(server)] = _signed(server, json.dumps(kept))
    assert visitor.post("/dang-ky/kiem-tra", consent="yes").location == "/dang-ky"
    assert counts(server.directory) == before


def test_a_draft_of_yesterday_is_forgotten(visitor: Visitor, server: Server) -> None:
    """After an hour the form begins anew: the next person at this machine sees nothing."""
    draft = '{"name": "Thí sinh thử 7000141", "phone": "0000000141"}'
    visitor.cookies[_draft_cookie(server)] = _signed(server, draft, time.time() - 2 * 3600)
    assert "7000141" not in visitor.get("/dang-ky").text
    visitor.cookies[_draft_cookie(server)] = _signed(server, draft)
    assert "7000141" in visitor.get("/dang-ky").text


def _draft_cookie(server: Server) -> str:
    visitor = Visitor(server.url)
    details(visitor)
    (name,) = [name for name in visitor.cookies if name.endswith("-dk")]
    return name


def _signed(server: Server, value: str, at: float | None = None) -> str:
    secret = cookie_secret(ContestDirectory(server.directory))
    clock = (lambda: at) if at is not None else None
    signed = create_signed_value(secret, _draft_cookie(server), value, clock=clock)
    return f'"{signed.decode()}"'


# ---- in a browser ----


def fill(page: Page, number: int) -> None:
    """Fill in and send the first step."""
    for name, value in fields(number).items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Tiếp tục").click()


@pytest.mark.browser
def test_registration_works_without_javascript(phone: NewPhone, server: Server) -> None:
    """From the entry to the start page with plain forms; there the page says what is needed."""
    page = phone(java_script_enabled=False).new_page()
    page.goto(server.url)
    page.get_by_role("link", name="Đăng ký và vào thi").click()
    fill(page, 201)
    page.get_by_label("Đơn vị mẫu 2").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Đăng ký dự thi").click()
    expect(page.get_by_text("Mời Bạn xem lại 1 chỗ")).to_be_visible()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Đăng ký dự thi").click()
    expect(page).to_have_url(f"{server.url}/bat-dau")
    expect(page.locator(".code")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    expect(page.get_by_text("Làm bài cần bật JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Bắt đầu"))).to_be_hidden()
    expect(page.get_by_role("button", name="Tăng tương phản")).to_be_hidden()


@pytest.mark.browser
def test_a_unit_is_searched_without_javascript(phone: NewPhone, large: Server) -> None:
    """The search is a form; choosing and going on work from its result."""
    page = phone(java_script_enabled=False).new_page()
    page.goto(f"{large.url}/dang-ky")
    page.get_by_label("Bảng học sinh").check()
    fill(page, 202)
    page.get_by_role("searchbox").fill("nghia do")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_label("Xã Nghĩa Đô mẫu").check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Xã Nghĩa Đô mẫu")).to_be_visible()
    expect(page.get_by_text("thuộc Khối mẫu 1")).to_be_visible()


@pytest.mark.browser
def test_after_an_error_the_focus_is_on_the_summary(phone: NewPhone, server: Server) -> None:
    """And its links lead to the fields."""
    page = phone().new_page()
    page.goto(f"{server.url}/dang-ky")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="Hãy nhập số điện thoại").click()
    expect(page.locator("#phone")).to_be_focused()
    fill(page, 203)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="Hãy chọn một đơn vị").click()
    expect(page.get_by_role("radio").first).to_be_focused()
    page.get_by_label("Đơn vị mẫu 1").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Đăng ký dự thi").click()
    expect(page.locator(".summary")).to_be_focused()
    page.get_by_role("link", name="Cần Bạn đồng ý").click()
    expect(page.get_by_role("checkbox")).to_be_focused()


@pytest.mark.browser
def test_the_whole_registration_by_keyboard(phone: NewPhone, server: Server) -> None:
    """Tab, space and Enter are enough."""
    page = phone().new_page()
    page.goto(f"{server.url}/dang-ky")
    page.locator("#name").focus()
    page.keyboard.type("Thí sinh thử 00204")
    page.keyboard.press("Tab")
    page.keyboard.type("0000000204")
    page.keyboard.press("Enter")
    page.wait_for_url("**/don-vi")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kiem-tra")
    page.get_by_role("checkbox").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bat-dau")


def test_the_contest_is_a_sample_in_every_step(visitor: Visitor) -> None:
    """Nobody mistakes it for a real one."""
    details(visitor)
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    for path in ("/dang-ky", "/dang-ky/don-vi", "/dang-ky/kiem-tra", "/nope"):
        assert "CUỘC THI MẪU" in visitor.get(path).words


def test_secrets_of_the_contest_are_for_its_owner_only(server: Server) -> None:
    """Database and secrets can't be read by other users of the machine."""
    for path in (server.directory / "var").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0 or path.parent.stat().st_mode & 0o077 == 0, path
    assert Path(server.directory / "var").stat().st_mode & 0o077 == 0


def test_a_link_fills_the_unit_in_and_shows_it(server: Server) -> None:
    """The unit of a QR code is told at once, stands first, and can be changed; others are none."""
    visitor = Visitor(server.url)
    assert "Đơn vị lấy từ mã QR" not in visitor.get("/?don-vi=%3Cb%3E").words
    words = visitor.get("/?don-vi=dv-3").words
    assert "Đơn vị lấy từ mã QR: Đơn vị mẫu 3." in words
    assert "thuộc Khối mẫu B" in words
    details(visitor, phone="0000000160")
    page = visitor.get("/dang-ky/don-vi")
    assert units_shown(page)[0] == "dv-3"
    assert 'value="dv-3"' in checked(page)[0]
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    assert "Đơn vị mẫu 1 thuộc Khối mẫu A" in visitor.get("/dang-ky/kiem-tra").words


def test_attempts_left_are_told_by_the_rules_period(serve: Serve, tmp_path: Path) -> None:
    """A limit of each day says so; without a limit no number is shown."""
    daily = {"  limit: 2\n": "  limit: 2\n  per: day\n"}
    words = Visitor(serve(open_contest(tmp_path / "ngay", changes=daily).path).url).get("/").words
    assert "Bạn còn 2 lượt thi Số lượt tính cho mỗi ngày." in words
    free = {"  limit: 2\n": "  limit: null\n"}
    visitor = Visitor(serve(open_contest(tmp_path / "tu_do", changes=free).path).url)
    assert "Bạn được thi bao nhiêu lượt cũng được" in visitor.get("/").words
    visitor.register(170)
    for path in ("/", "/bat-dau"):
        assert "None" not in visitor.get(path).words


@pytest.mark.browser
@pytest.mark.parametrize(
    ("off", "told"),
    [
        (5, "nhanh 5 phút."),
        (-3, "chậm 3 phút."),
        (-130, "chậm 2 giờ 10 phút."),
        (2 * 24 * 60 + 5, "nhanh 2 ngày."),
        (2092, "nhanh 1 ngày 10 giờ."),
        (0, ""),
    ],
)
def test_a_wrong_clock_is_told(phone: NewPhone, server: Server, off: int, told: str) -> None:
    """A clock more than a minute off is named, with the server's time; a right one isn't."""
    page = phone().new_page()
    page.clock.install(time=time.time() + off * 60)
    page.goto(server.url)
    line = page.locator("[data-clock]")
    if told:
        expect(line).to_contain_text(told)
        expect(line).to_contain_text("Giờ thi tính theo máy chủ")
    else:
        expect(line).to_be_hidden()
