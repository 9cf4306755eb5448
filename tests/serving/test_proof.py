"""Registering where the rules ask the browser for a little work: done, left out, or replayed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from contest.proof import PARTS, WAITS_MS, Challenge, is_answer, solve
from tests.factories import HOUR, fields
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server
from tests.serving.steps import register
from tests.serving.stored import counts
from tests.serving.visitor import Answer, Visitor

BITS = 6
ON = {"  key: phone\n": "  key: phone\n  device_check: true\n"}


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server that asks for work, less of it than usual."""
    directory = open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi", changes=ON)
    return serve(directory.path, movable=True, proof_bits=BITS)


def form(page: Answer) -> dict[str, str]:
    """Return the challenge and the answer in a page's form."""
    found = re.findall(r'<input type="hidden" name="(may|giai)" value="([^"]*)"', page.text)
    return dict(found)


def solved(page: Answer) -> dict[str, str]:
    """Return the form's fields with the work done."""
    said = form(page)
    return {**said, "giai": solve(asked(said))}


def asked(work: dict[str, str]) -> Challenge:
    """Return the challenge of a form's fields."""
    name, at, bits, id_, _ = work["may"].split(".")
    return Challenge(name, int(at), int(bits), id_)


def spoilt(work: dict[str, str]) -> str:
    """Return the answer with a digit too many; one that isn't right by chance."""
    longer = (work["giai"] + digit for digit in "0123456789")
    return next(one for one in longer if not is_answer(asked(work), one))


def on(answer: Answer) -> bool:
    """Return whether a first step led to the next one."""
    return answer.location == "/dang-ky/don-vi"


def finish(visitor: Visitor) -> Answer:
    """Take the other steps."""
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    return visitor.post("/dang-ky/kiem-tra", consent="yes")


def test_with_the_work_done_one_registers(visitor: Visitor) -> None:
    """Going back to mend something asks for nothing again."""
    page = visitor.get("/dang-ky")
    assert f'data-bits="{BITS}"' in page.text
    assert on(visitor.post("/dang-ky", **fields(1), **solved(page)))
    back = visitor.get("/dang-ky")
    assert form(back) == {}
    assert on(visitor.post("/dang-ky", **{**fields(1), "name": "Thí sinh thử 00999"}))
    assert finish(visitor).location == "/bat-dau"


def test_a_form_without_the_work_is_not_taken(server: Server, visitor: Visitor) -> None:
    """Neither without a challenge nor too soon; nobody gets to the last step around it."""
    before = counts(server.directory)
    assert not on(visitor.post("/dang-ky", **fields(2)))
    page = visitor.get("/dang-ky")
    answer = visitor.post("/dang-ky", **fields(2), **form(page))
    assert re.search(r"Mời Bạn đợi \d+ giây rồi bấm Tiếp tục lần nữa", answer.words)
    assert fields(2)["phone"] in answer.text
    assert form(answer) == form(page)
    assert finish(visitor).location == "/dang-ky"
    assert counts(server.directory) == before


def test_a_typing_error_costs_no_work(visitor: Visitor) -> None:
    """The challenge and its answer come back with the form, and are good for the next time."""
    work = solved(visitor.get("/dang-ky"))
    page = visitor.post("/dang-ky", name="", phone="0000000003", **work)
    assert form(page) == work
    assert on(visitor.post("/dang-ky", **fields(3), **form(page)))


def test_a_challenge_is_used_once(server: Server, visitor: Visitor) -> None:
    """By anybody: the second one is given another, and gets on with that."""
    work = solved(visitor.get("/dang-ky"))
    assert on(visitor.post("/dang-ky", **fields(4), **work))
    other = Visitor(server.url)
    page = other.post("/dang-ky", **fields(5), **work)
    assert not on(page)
    assert form(page)["may"] != work["may"]
    assert on(other.post("/dang-ky", **fields(5), **solved(page)))


def test_one_draft_makes_one_person(server: Server, visitor: Visitor) -> None:
    """Work that was done once doesn't register many, whatever cookie is sent again."""
    assert on(visitor.post("/dang-ky", **fields(6), **solved(visitor.get("/dang-ky"))))
    kept = dict(visitor.cookies)
    assert finish(visitor).location == "/bat-dau"
    before = counts(server.directory)
    again = Visitor(server.url, kept)
    again.post("/dang-ky", **fields(7))
    finish(again)
    assert counts(server.directory) == before


@pytest.mark.parametrize(
    "wrong",
    [
        lambda work: {**work, "giai": ".".join(["0"] * PARTS)},
        lambda work: {**work, "giai": spoilt(work)},
        lambda work: {**work, "giai": "x"},
        lambda work: {**work, "may": work["may"].replace(f".{BITS}.", ".0.")},
        lambda work: {**work, "may": "claim" + work["may"].removeprefix("register")},
        lambda work: {**work, "may": ""},
        lambda work: {**work, "may": "²" * 50},
    ],
)
def test_wrong_work_is_refused_with_a_new_challenge(
    visitor: Visitor, wrong: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    """Whatever was changed: the answer, the difficulty, the form it is for."""
    page = visitor.get("/dang-ky")
    answer = visitor.post("/dang-ky", **fields(8), **wrong(solved(page)))
    assert answer.status == 200
    assert "bấm Tiếp tục lần nữa" in answer.words
    assert form(answer)["may"] != form(page)["may"]


def test_an_old_challenge_is_refused(server: Server, visitor: Visitor) -> None:
    """A page that was left open gets another one."""
    try:
        work = solved(visitor.get("/dang-ky"))
        server.shift(HOUR)
        late = Visitor(server.url)
        answer = late.post("/dang-ky", **fields(9), **work)
        assert "Trang đã mở lâu" in answer.words
        assert on(late.post("/dang-ky", **fields(9), **solved(answer)))
    finally:
        server.shift(0)


def test_without_script_one_waits_instead(server: Server, visitor: Visitor) -> None:
    """Some seconds after the form was opened it is taken; the challenge is used up all the same."""
    try:
        said = form(visitor.get("/dang-ky"))
        server.shift(WAITS_MS)
        assert on(visitor.post("/dang-ky", **fields(10), **said))
        assert finish(visitor).location == "/bat-dau"
        assert not on(Visitor(server.url).post("/dang-ky", **fields(11), **said))
    finally:
        server.shift(0)


def test_one_address_waits_a_limited_number_of_times(serve: Serve, tmp_path: Path) -> None:
    """A script that only waits gets on a few times, then has to work."""
    directory = open_contest(tmp_path / "cuoc_thi", changes=ON)
    server = serve(directory.path, movable=True, proof_bits=BITS, address_code_tries=2)
    pages = [(visitor := Visitor(server.url), visitor.get("/dang-ky")) for _ in range(3)]
    server.shift(WAITS_MS)
    for n, (visitor, page) in enumerate(pages):
        answer = visitor.post("/dang-ky", **fields(20 + n), **form(page))
        assert on(answer) is (n < 2)
    assert on(visitor.post("/dang-ky", **fields(23), **solved(page)))


@pytest.mark.browser
def test_a_browser_works_while_people_type(server: Server, phone: NewPhone) -> None:
    """Nobody sees anything of it: the three steps are as they always are."""
    page = phone().new_page()
    answers = []
    page.on("request", lambda one: answers.append(one.post_data or ""))
    assert re.fullmatch(r"\w{4}-\w{4}", register(page, server.url, 30, "Đơn vị mẫu 1"))
    assert any("giai=" in one and "giai=&" not in one for one in answers)


@pytest.mark.browser
def test_who_is_faster_than_the_machine_need_not_press_again(
    server: Server, phone: NewPhone
) -> None:
    """The page says that it is busy, and goes on by itself once the work is done."""
    page = phone().new_page()
    # A machine as slow as a test wants it: the work is handed over when the test says so.
    page.add_init_script(
        "const Real = Worker; window.Worker = class extends Real { postMessage(work) {"
        " window.release = () => super.postMessage(work); } };"
    )
    page.goto(f"{server.url}/dang-ky")
    for name, value in fields(31).items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_role("status").filter(has_text="Đang kiểm tra máy")).to_be_visible()
    page.evaluate("release()")
    page.get_by_role("heading", name="Bạn thuộc đơn vị nào?").wait_for()


@pytest.mark.browser
def test_a_browser_without_workers_is_told_to_wait(server: Server, phone: NewPhone) -> None:
    """As one without script is."""
    page = phone(java_script_enabled=False).new_page()
    page.goto(f"{server.url}/dang-ky")
    for name, value in fields(32).items():
        page.locator(f"#{name}").fill(value)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".summary")).to_contain_text("rồi bấm Tiếp tục lần nữa")
    expect(page.locator("#name")).to_have_value(fields(32)["name"])
