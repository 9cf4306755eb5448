"""Going on elsewhere with the resume code, and giving a shared machine to the next person."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from itertools import count
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.factories import MINUTE
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.server import TIMHIEU, Server
from tests.serving.stored import contestant, rows_of
from tests.serving.visitor import Answer, Visitor

WRONG = "ZZZZ-ZZZZ"
_numbers = count(21)


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server whose clock the tests move."""
    return serve(open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi").path, movable=True)


@pytest.fixture(autouse=True)
def _later(server: Server) -> None:
    """Let a quarter of an hour pass before each test: no try of another one counts any more."""
    server.later(15 * MINUTE)


def resume(visitor: Visitor, code: str) -> Answer:
    """Send a code."""
    return visitor.post("/tiep-tuc", ma=code)


def other_device(server: Server, code: str) -> Visitor:
    """Return a second device that has gone on with the code."""
    device = Visitor(server.url)
    assert resume(device, code).status == 303
    return device


# ---- the code ----


def test_the_code_signs_in_on_another_device(visitor: Visitor, server: Server) -> None:
    """Before the paper is begun it leads to the entry page, in the contestant's name."""
    code = visitor.register(1)
    device = Visitor(server.url)
    assert resume(device, code).location == "/"
    assert "Thí sinh thử 00001" in device.get("/").words


def test_the_code_leads_to_a_running_paper(visitor: Visitor, server: Server) -> None:
    """And to no other."""
    code = visitor.register(2)
    visitor.begin()
    assert resume(Visitor(server.url), code).location == "/thi"


@pytest.mark.parametrize(
    "way",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: " ".join(code),
        lambda code: f"  {code}  ",
        lambda code: code.replace("-", "–"),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("1", "i").replace("0", "o").lower(),
    ],
)
def test_the_code_is_read_as_people_type_it(server: Server, way: Callable[[str], str]) -> None:
    """Case, spaces, dashes and letters that look like digits don't matter."""
    visitor = Visitor(server.url)
    code = visitor.register(next(_numbers))
    assert resume(Visitor(server.url), way(code)).status == 303


@pytest.mark.parametrize(
    "typed", ["", "ABC", WRONG, "UUUU-UUUU", "A" * 5000, "<b>", "ă" * 8, "\u202e1234567", "٠" * 8]
)
def test_anything_else_is_no_code(visitor: Visitor, typed: str) -> None:
    """Told in the summary and at the field; what was typed is still there."""
    answer = resume(visitor, typed)
    assert answer.status == 200
    assert "Mã chưa đúng. Mã không có chữ I, L, O, U." in answer.words
    assert 'aria-invalid="true"' in answer.text
    assert "<title>Lỗi: " in answer.text
    assert visitor.get("/thi").location.startswith("/?")
    assert len(answer.text) < 20_000


def test_wrong_codes_count_down_and_then_wait(visitor: Visitor, server: Server) -> None:
    """Five tries in ten minutes; then even the right code has to wait."""
    code = Visitor(server.url).register(3)
    for left in (4, 3, 2, 1, 0):
        assert f"Bạn còn {left} lần thử" in resume(visitor, WRONG).words
    for typed in (WRONG, code):
        answer = resume(visitor, typed)
        assert answer.status == 429
        assert "Mời Bạn thử lại sau 10 phút" in answer.words
    server.later(4 * MINUTE)
    assert "Mời Bạn thử lại sau 6 phút" in resume(visitor, code).words
    server.later(7 * MINUTE)
    assert resume(visitor, code).location == "/"


def test_one_who_waits_keeps_nobody_else_waiting(visitor: Visitor, server: Server) -> None:
    """Another browser behind the same address still has its own tries."""
    code = Visitor(server.url).register(4)
    for _ in range(6):
        resume(visitor, WRONG)
    assert resume(visitor, code).status == 429
    assert resume(Visitor(server.url), code).location == "/"


def test_an_address_has_a_hundred_tries(server: Server) -> None:
    """Whoever throws cookies away is stopped as well; ten minutes later all is well."""
    code = Visitor(server.url).register(5)
    token = Visitor(server.url)
    body = urlencode({"ma": WRONG, "_xsrf": token.xsrf()})
    for _ in range(100):
        # The browser's own mark is thrown away each time.
        Visitor(server.url, {"_xsrf": token.cookies["_xsrf"]}).post_raw("/tiep-tuc", body)
    assert resume(Visitor(server.url), code).status == 429
    server.later(11 * MINUTE)
    assert resume(Visitor(server.url), code).location == "/"


def test_numbers_cannot_be_tried_without_end(visitor: Visitor, server: Server) -> None:
    """After a hundred used numbers an address is told neither "used" nor "free" for a while."""
    Visitor(server.url).register(6)
    body = {"name": "Thí sinh thử", "_xsrf": visitor.xsrf()}
    used = urlencode({**body, "phone": "0000000006"})
    free = urlencode({**body, "phone": "0000000007"})
    for _ in range(100):
        assert "đã đăng ký" in visitor.post_raw("/dang-ky", used).words
    answers = [visitor.post_raw("/dang-ky", form) for form in (used, free)]
    assert [answer.status for answer in answers] == [429, 429]
    assert all("Mời Bạn thử lại sau 10 phút" in answer.words for answer in answers)
    server.later(11 * MINUTE)
    assert visitor.post_raw("/dang-ky", free).location == "/dang-ky/don-vi"


def test_a_replaced_code_works_and_the_old_one_does_not(visitor: Visitor, server: Server) -> None:
    """Who has lost the code gets a new one from the organisers."""
    old = visitor.register(8)
    id_ = contestant(server.directory, 8)["contestant_id"]
    command = [TIMHIEU, "new-code", server.directory, "--contestant", id_, "--by", "Thư ký mẫu"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\w{4}-\w{4}", said)
    assert found
    assert resume(Visitor(server.url), old).status == 200
    assert resume(Visitor(server.url), found[0]).location == "/"


# ---- where the code is shown ----


def test_the_code_is_shown_again_where_it_was_made(visitor: Visitor) -> None:
    """The browser session that registered sees it as often as it likes."""
    code = visitor.register(9)
    for _ in range(2):
        assert code in visitor.get("/bat-dau").words


def test_the_code_is_not_shown_on_another_device(visitor: Visitor, server: Server) -> None:
    """Who came with the code isn't shown it: somebody may be looking over the shoulder."""
    code = visitor.register(10)
    words = other_device(server, code).get("/bat-dau").words
    assert code not in words
    assert "Mã tiếp tục chỉ hiện ở trình duyệt đã đăng ký" in words


def test_the_cookie_of_the_code_ends_with_the_session(server: Server) -> None:
    """It has no date: closing the browser forgets it, while the visitor stays signed in."""
    visitor = Visitor(server.url)
    visitor.post("/dang-ky", name="Thí sinh thử 00011", phone="0000000011")
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    cookies = visitor.post("/dang-ky/kiem-tra", consent="yes").cookies
    (code,) = [cookie for cookie in cookies if cookie.split("=")[0].endswith("-ma")]
    (signed_in,) = [
        cookie
        for cookie in cookies
        if cookie.split("=")[0].count("-") == 1 and not cookie.startswith("_")
    ]
    assert "expires" not in code.lower()
    assert "expires" in signed_in.lower()


def test_the_code_lies_nowhere_in_the_database(visitor: Visitor, server: Server) -> None:
    """Only an HMAC of it is kept."""
    code = visitor.register(12).replace("-", "")
    for file in (server.directory / "var").glob("timhieu.db*"):
        assert code.encode() not in file.read_bytes()


# ---- the next person ----


def test_the_next_person_takes_the_machine(visitor: Visitor, server: Server) -> None:
    """The former attempt stays as it is, and can be gone on with by its code."""
    code = visitor.register(13)
    visitor.begin()
    words = visitor.get("/").words
    assert "Người khác thi trên máy này" in words
    assert "bài đang làm dở của Thí sinh thử 00013 vẫn được giữ" in words
    assert visitor.post("/nguoi-khac").location == "/"
    assert "00013" not in visitor.get("/").words
    visitor.register(14)
    assert "Thí sinh thử 00014" in visitor.get("/").words
    assert "00013" not in visitor.get("/").words
    assert resume(Visitor(server.url), code).location == "/thi"
    id_ = contestant(server.directory, 13)["contestant_id"]
    assert [row["kind"] for row in rows_of(server.directory, id_)] == ["open"]


def test_nothing_of_the_former_person_stays_in_the_browser(visitor: Visitor) -> None:
    """All cookies about them are taken away."""
    visitor.register(15)
    visitor.post("/nguoi-khac")
    assert {name for name in visitor.cookies if name != "_xsrf"} == set()


def test_a_link_cannot_sign_anybody_out(visitor: Visitor) -> None:
    """Only the button's form does."""
    visitor.register(16)
    assert visitor.get("/nguoi-khac").status == 405
    assert visitor.send("POST", "/nguoi-khac", "").status == 403
    assert "00016" in visitor.get("/").words


def test_going_on_with_a_code_changes_who_is_signed_in(visitor: Visitor, server: Server) -> None:
    """The code of one on the machine of the other: from then on it is the one's."""
    code = visitor.register(17)
    other = Visitor(server.url)
    mine = other.register(18)
    assert resume(other, code).location == "/"
    words = other.get("/").words
    assert "00017" in words
    assert "00018" not in words
    assert mine not in other.get("/bat-dau").words


# ---- in a browser ----


@pytest.mark.browser
def test_going_on_works_without_javascript(phone: NewPhone, server: Server) -> None:
    """The form, its error and its way on."""
    code = Visitor(server.url).register(19)
    page = phone(java_script_enabled=False).new_page()
    page.goto(server.url)
    page.get_by_role("link", name="Tiếp tục bằng mã").click()
    page.get_by_label("Mã tiếp tục").fill(WRONG)
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    expect(page.locator(".summary")).to_contain_text("Bạn còn 4 lần thử")
    expect(page.get_by_label("Mã tiếp tục")).to_have_value(WRONG)
    page.get_by_label("Mã tiếp tục").fill(code.lower())
    page.get_by_role("button", name="Làm tiếp ở đây").click()
    expect(page.get_by_text("Thí sinh thử 00019")).to_be_visible()
    page.get_by_role("button", name="Người khác thi trên máy này").click()
    expect(page.get_by_role("link", name="Đăng ký và vào thi")).to_be_visible()
