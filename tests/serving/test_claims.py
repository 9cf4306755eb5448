"""Claims to the organisers, with plain forms: kept once, limited, and telling nobody anything."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from contest.claims.desk import answer, shut
from contest.claims.form import TEXT_LENGTH
from contest.directory import ContestDirectory
from contest.ids import shown
from contest.store.claims_protocol import MOST_OPEN, Claim
from tests.factories import DAY, MINUTE, fields, opened
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest, reveal
from tests.serving.sat import Sat, sit
from tests.serving.server import Server, apart
from tests.serving.visitor import Answer, Visitor, code_in

TEXT = "Câu này có hai phương án đúng"


@pytest.fixture(scope="module")
def sat_and_server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sat, Server]:
    """Return an attempt whose explanations may be read, and its contest's server."""
    path = tmp_path_factory.mktemp("claims") / "cuoc_thi"
    directory = open_contest(path, changes=reveal("at_once"))
    sat = sit(directory, 17)
    return sat, serve(directory.path, movable=True)


@pytest.fixture(scope="module")
def server(sat_and_server: tuple[Sat, Server]) -> Server:
    """Return the server."""
    return sat_and_server[1]


@pytest.fixture(scope="module")
def sat(sat_and_server: tuple[Sat, Server]) -> Sat:
    """Return the attempt."""
    return sat_and_server[0]


@pytest.fixture
def owner(server: Server, sat: Sat) -> Visitor:
    """Return the browser of whoever sat it."""
    visitor = Visitor(server.url)
    assert visitor.post("/tiep-tuc", ma=sat.code).status == 303
    return visitor


def claims(server: Server) -> list[Claim]:
    """Return every claim that is kept."""

    async def main() -> list[Claim]:
        async with opened(ContestDirectory(server.directory), at=None) as service:
            return await service.store.claims()

    return apart(main())


def form(page: Answer) -> dict[str, str]:
    """Return the hidden fields of a claim's form."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    return dict(found)


def sent(visitor: Visitor, path: str, **typed: str) -> Answer:
    """Fill in a form and send it; return the page that follows, or the form with its errors."""
    hidden = form(visitor.get(path))
    answer = visitor.post("/phan-anh", **{**hidden, **typed})
    return visitor.follow(answer)


def test_a_forgotten_code_is_claimed_from_the_page_of_a_used_number(
    server: Server, visitor: Visitor
) -> None:
    """The way there is a link; what was typed reaches the organisers, who find the person."""
    Visitor(server.url).register(31)
    page = visitor.post("/dang-ky", **fields(31))
    assert "Số điện thoại này đã đăng ký" in page.words
    assert 'href="/phan-anh?viec=ma"' in page.text
    page = sent(
        visitor,
        "/phan-anh?viec=ma",
        ten=fields(31)["name"],
        khoa="000 0000 031",
        **{"lien-he": "qua Đoàn xã"},
    )
    assert "Ban Tổ chức đã nhận phản ánh" in page.words
    kept = claims(server)[-1]
    assert (kept.kind, kept.own, kept.contestant_id) == ("code", False, None)
    assert kept.body["contact"] == "qua Đoàn xã"
    for secret in (fields(31)["name"], "0000031", "0000 031", "qua Đoàn xã"):
        assert secret not in page.text


def test_the_answer_is_the_same_whether_a_number_is_registered_or_not(server: Server) -> None:
    """A claim is no way to find out."""
    Visitor(server.url).register(32)
    pages = []
    for number in (32, 9_999_999):
        typed = {"ten": "Ai đó", "khoa": f"000{number:07}", "lien-he": "không"}
        page = sent(Visitor(server.url), "/phan-anh?viec=ma", **typed)
        pages.append(re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]|\d+:\d+(:\d+)?", "", page.words))
    assert pages[0] == pages[1]


def test_a_wrong_question_is_claimed_beside_its_explanation(
    server: Server, owner: Visitor, sat: Sat
) -> None:
    """The claim names attempt and question; only its sender sees the words again."""
    receipt = owner.get(f"/bien-nhan/{sat.receipt}")
    links = re.findall(r'href="(/phan-anh\?viec=cau-hoi[^"]+)"', receipt.text)
    assert len(links) == receipt.text.count("<h3>")
    page = sent(owner, links[1].replace("&amp;", "&"), **{"phan-anh": TEXT})
    assert TEXT in page.words
    assert "Câu 2 của bài có biên nhận" in page.words
    kept = claims(server)[-1]
    assert (kept.attempt_id, kept.question, kept.own) == (sat.attempt_id, 2, True)
    assert kept.body == {"text": TEXT}
    stranger = Visitor(server.url).get(f"/phan-anh/{code_in(page)}")
    assert stranger.status == 200
    for secret in (TEXT, sat.receipt, "Thí sinh"):
        assert secret not in stranger.text
    assert sat.receipt[:4] not in stranger.words


def test_somebody_with_the_receipt_only_does_not_speak_for_its_owner(
    server: Server, visitor: Visitor, sat: Sat
) -> None:
    """The claim is about the attempt, but it isn't the contestant's own, nor about a question."""
    path = f"/phan-anh?viec=cau-hoi&bien-nhan={sat.receipt}&cau=2"
    sent(visitor, path, **{"phan-anh": TEXT})
    kept = claims(server)[-1]
    assert (kept.attempt_id, kept.question, kept.own) == (sat.attempt_id, None, False)


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "²", "1" * 30, ""])
def test_a_question_that_is_not_on_the_paper_is_none(owner: Visitor, sat: Sat, number: str) -> None:
    """Whatever the address says."""
    page = owner.get(f"/phan-anh?viec=cau-hoi&bien-nhan={sat.receipt}&cau={quote(number)}")
    assert page.status == 200
    assert form(page)["cau"] == ""


def test_the_answer_stands_at_the_code(server: Server, visitor: Visitor) -> None:
    """Before, that there is none yet; it is found by the page for receipts as well."""
    code = code_in(sent(visitor, "/phan-anh?viec=khac", **{"phan-anh": TEXT}))
    page = visitor.get(f"/phan-anh/{code}")
    assert "Ban Tổ chức chưa trả lời" in page.words
    assert "<h1>Ban Tổ chức đã nhận phản ánh</h1>" in page.text

    async def work() -> None:
        async with opened(ContestDirectory(server.directory), at=None) as service:
            (claim_id,) = [one.claim_id for one in await service.store.claims("open")][-1:]
            words = "Đã xem lại.\n<b>Cảm ơn</b> Bạn."
            assert await answer(service, claim_id, "declined", words, "Bình", service_now)
            await shut(service, claim_id, "Bình", service_now)

    service_now = claims(server)[-1].at + MINUTE
    apart(work())
    found = visitor.post("/tra-cuu", ma=code.lower())
    assert found.location == f"/phan-anh/{code.replace('-', '')}"
    page = Visitor(server.url).get(f"/phan-anh/{code}")
    assert "Phản ánh không đúng" in page.words
    assert "<h1>Ban Tổ chức đã trả lời phản ánh</h1>" in page.text
    assert "<title>Ban Tổ chức đã trả lời phản ánh · " in page.text
    assert "&lt;b&gt;Cảm ơn&lt;/b&gt;" in page.text


def test_a_form_that_is_sent_twice_is_one_claim(server: Server, visitor: Visitor) -> None:
    """Both times the same code."""
    hidden = form(visitor.get("/phan-anh?viec=khac"))
    before = len(claims(server))
    answers = [visitor.post("/phan-anh", **hidden, **{"phan-anh": TEXT}) for _ in range(2)]
    assert len({one.location for one in answers}) == 1
    assert len(claims(server)) == before + 1


def test_errors_keep_what_was_typed(visitor: Visitor) -> None:
    """The summary links to the fields, as on the other forms."""
    page = sent(visitor, "/phan-anh?viec=ma", ten="Thí sinh <thử>")
    assert "Mời Bạn xem lại 2 chỗ" in page.words
    assert 'value="Thí sinh &lt;thử&gt;"' in page.text
    assert "<title>Lỗi: " in page.text
    long = sent(visitor, "/phan-anh?viec=khac", **{"phan-anh": "a" * (TEXT_LENGTH + 1)})
    assert 'href="#phan-anh"' in long.text


def test_the_hint_is_about_what_is_asked_for(visitor: Visitor) -> None:
    """Somebody with a forgotten code isn't asked for a question's number."""
    assert "ở câu nào. Nhiều nhất 2.000 ký tự" in visitor.get("/phan-anh?viec=cau-hoi").words
    words = visitor.get("/phan-anh?viec=ma").words
    assert "nhận ra Bạn, như đơn vị, ngày đăng ký. Nhiều nhất 2.000 ký tự" in words
    assert "ở câu nào" not in words


def test_a_code_in_a_line_is_not_broken(owner: Visitor, sat: Sat) -> None:
    """Nor are the words that say that a field may stay empty."""
    text = owner.get(f"/phan-anh?viec=cau-hoi&bien-nhan={sat.receipt}&cau=2").text
    assert f'biên nhận <span class="one-line">{shown(sat.receipt)}</span>' in text
    assert '<span class="one-line">(không bắt buộc)</span></label>' in text


@pytest.mark.parametrize("query", ["", "?viec=x", "?viec=ma&viec=khac&cau=%00", "?viec=code"])
def test_what_is_not_known_leads_to_the_choice(visitor: Visitor, query: str) -> None:
    """Or to the form, never to an error."""
    page = visitor.get(f"/phan-anh{query}")
    assert page.status == 200
    assert page.text.count("<h1") == 1
    assert visitor.post("/phan-anh", viec="x").status == 200


@pytest.mark.parametrize("code", ["AAAAAAAAA", "xxxxxxxxxx", "---------"])
def test_a_code_that_is_none_is_not_found(visitor: Visitor, code: str) -> None:
    """As with receipts."""
    assert visitor.get(f"/phan-anh/{code}").status == 404


def test_one_browser_sends_few(server: Server) -> None:
    """Then it is asked to wait, and keeps what was typed; others still send."""
    busy = Visitor(server.url)
    pages = [sent(busy, "/phan-anh?viec=khac", **{"phan-anh": TEXT}) for _ in range(6)]
    assert [page.status for page in pages] == [200] * 5 + [429]
    assert "Mời Bạn thử lại sau" in pages[-1].words
    assert TEXT in pages[-1].words
    assert sent(Visitor(server.url), "/phan-anh?viec=khac", **{"phan-anh": TEXT}).status == 200


def test_a_person_with_many_open_claims_waits(server: Server) -> None:
    """Wherever they are signed in, and however long they wait between two."""
    visitor = Visitor(server.url)
    visitor.register(33)
    try:
        for n in range(MOST_OPEN):
            server.shift(n * 11 * MINUTE)
            page = sent(visitor, "/phan-anh?viec=khac", **{"phan-anh": TEXT})
            assert "Mã phản ánh" in page.words
        server.shift(MOST_OPEN * 11 * MINUTE)
        page = sent(visitor, "/phan-anh?viec=khac", **{"phan-anh": TEXT})
        assert "nhiều phản ánh chờ trả lời" in page.words
    finally:
        server.shift(0)


def test_nothing_is_taken_once_the_data_are_deleted(server: Server, visitor: Visitor) -> None:
    """The page says whom to ask; the form is gone, and what is sent all the same isn't kept."""
    hidden = form(visitor.get("/phan-anh?viec=khac"))
    before = len(claims(server))
    try:
        server.shift(3650 * DAY)
        assert "Đã hết thời gian nhận phản ánh" in Visitor(server.url).get("/phan-anh").words
        fresh = Visitor(server.url)
        fresh.post("/phan-anh", **hidden, **{"phan-anh": TEXT})
    finally:
        server.shift(0)
    assert len(claims(server)) == before
