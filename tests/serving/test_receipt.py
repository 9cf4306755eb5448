"""Receipts and their look-up: proof for the contestant, and no result before the rules say."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import segno
from PIL import Image
from playwright.sync_api import expect

from contest.clock import local
from contest.ids import ALPHABET, shown
from tests.factories import DAY, EVERY_TYPE, HOUR, TOPICS, typed_bank
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import change_rules, open_contest, reveal
from tests.serving.receipts import owner, receipt
from tests.serving.sat import Sat, sit
from tests.serving.server import Server, until
from tests.serving.visitor import Answer, Visitor

RIGHT = "câu đúng"
KEY = "Đáp án"
WHY = "Vì sao"
BY_TOPIC = "Theo chủ đề"
ROUND_TITLE = '    title: "Kỳ ky-1"'
EXPECTED = {ROUND_TITLE: f"{ROUND_TITLE}\n    results_by: 2030-01-01"}
WHEN = "Kết quả: trước 1/1/2030"


def serve_sat(serve: Serve, path: Path, changes: dict[str, str], **more: str) -> tuple:
    """Serve a contest in which papers have been sat; return the server and the attempts."""
    directory = open_contest(path, changes=changes)
    sat = [sit(directory, 17)]
    sat += [sit(directory, 18 + n, end=end) for n, end in enumerate(more.values())]
    return serve(directory.path, movable=True), *sat


@pytest.fixture(scope="module")
def closing(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, Sat, Sat, Sat]:
    """Return a contest that reveals after its round, a submitted, an expired, a long attempt."""
    path = tmp_path_factory.mktemp("closing") / "cuoc_thi"
    return serve_sat(serve, path, EXPECTED, expired="expire", long="extra")


@pytest.fixture(scope="module")
def server(closing: tuple[Server, Sat, Sat, Sat]) -> Server:
    """Return that contest's server."""
    return closing[0]


@pytest.fixture(scope="module")
def sat(closing: tuple[Server, Sat, Sat, Sat]) -> Sat:
    """Return the submitted attempt."""
    return closing[1]


# ---- looking up ----


@pytest.mark.parametrize(
    "way",
    [
        lambda code: code,
        shown,
        lambda code: code.lower(),
        lambda code: " ".join(code),
        lambda code: shown(code).replace("-", "–"),
        lambda code: code.replace("0", "o").replace("1", "L"),
    ],
)
def test_a_code_is_found_as_people_type_it(
    visitor: Visitor, sat: Sat, way: Callable[[str], str]
) -> None:
    """Lower case, spaces, hyphens and look-alikes lead to the receipt."""
    answer = visitor.post("/tra-cuu", ma=way(sat.receipt))
    assert answer.location == f"/bien-nhan/{sat.receipt}"


@pytest.mark.parametrize("typed", ["", "ABC", "ZZZZZZZZZ", "A" * 5000, "<b>x", "ăâđ", "000000000"])
def test_a_code_that_is_none_is_kept_as_typed(visitor: Visitor, typed: str) -> None:
    """Told what a code looks like."""
    answer = visitor.post("/tra-cuu", ma=typed)
    assert answer.status == 200
    assert "Không tìm thấy mã này. Mã có 9 ký tự, không có chữ I, L, O, U." in answer.words
    assert "<title>Lỗi: " in answer.text


def test_one_wrong_letter_never_finds_another_receipt(visitor: Visitor, sat: Sat) -> None:
    """The check character tells a slip from a code."""
    for place in range(9):
        for letter in ALPHABET[:8]:
            wrong = sat.receipt[:place] + letter + sat.receipt[place + 1 :]
            if wrong != sat.receipt:
                assert visitor.get(f"/bien-nhan/{wrong}").status == 404


def test_the_address_may_be_typed_too(visitor: Visitor, sat: Sat) -> None:
    """Lower case and dashes in the address lead to the same page."""
    for typed in (sat.receipt.lower(), shown(sat.receipt)):
        assert visitor.get(f"/bien-nhan/{typed}").status == 200


def test_a_running_attempt_has_no_receipt(
    visitor: Visitor, closing: tuple[Server, Sat, Sat, Sat]
) -> None:
    """Its code, should anybody guess it, leads nowhere until the attempt has ended."""
    long = closing[3]
    assert visitor.get(f"/bien-nhan/{long.receipt}").status == 404
    assert "Không tìm thấy" in visitor.post("/tra-cuu", ma=long.receipt).words


# ---- what a receipt shows ----


def test_the_owner_sees_what_the_server_has(server: Server, sat: Sat) -> None:
    """Code, time, name, unit, number of answers, prediction."""
    words = receipt(owner(server, sat), sat).words
    for fact in (
        "Đã nộp bài",
        "Lượt 1",
        shown(sat.receipt),
        "Thí sinh thử 00017",
        "Đơn vị mẫu 1, Khối mẫu A",
        "Máy chủ đã nhận 4/6 câu",
        "Câu dự đoán: 12.345",
        "Kết quả chưa công bố",
        WHEN,
        "Giữ mã biên nhận",
    ):
        assert fact in words
    at = local(sat.handed_in)
    assert f"{at.hour}:{at:%M:%S} ngày {at.day}/{at.month}/{at.year}" in words


def test_the_owner_is_told_what_may_follow(server: Server, sat: Sat) -> None:
    """Attempts that are left, and the way to give the machine to the next person."""
    mine = owner(server, sat)
    assert "Bạn còn 1 lượt thi" in receipt(mine, sat).words
    assert "Người khác thi trên máy này" in receipt(mine, sat).words
    assert "lượt thi" not in receipt(Visitor(server.url), sat).words
    mine.begin()
    assert "Bạn còn" not in receipt(mine, sat).words


def test_others_see_a_masked_name(visitor: Visitor, sat: Sat) -> None:
    """Enough for the owner to know it, too little for anybody else."""
    stranger = receipt(visitor, sat)
    assert "Thí••• 0•7" in stranger.words
    visitor.register(900)
    other = receipt(visitor, sat)
    for answer in (stranger, other):
        for secret in ("Thí sinh thử 00017", "0000000017", "ts-", sat.attempt_id):
            assert secret not in answer.text
        assert "00017" not in answer.words


def test_an_expired_attempt_has_a_receipt_that_says_so(
    closing: tuple[Server, Sat, Sat, Sat],
) -> None:
    """What was saved counts."""
    server, _, expired, _ = closing
    words = receipt(owner(server, expired), expired).words
    assert "Đã hết giờ, bài được nộp với những câu đã lưu" in words
    assert "Máy chủ đã nhận 4/6 câu" in words


def test_the_qr_code_leads_to_this_very_page(visitor: Visitor, server: Server, sat: Sat) -> None:
    """It holds the address with the code and nothing else."""
    url = f"{server.url}/bien-nhan/{sat.receipt}"
    assert urlsplit(url).query == ""
    code = segno.make(url, error="m")
    expected = code.svg_inline(scale=4, border=2, omitsize=False, light="white")
    drawn = re.findall(r'<path[^>]* d="([^"]+)"', expected)
    assert drawn
    for path in drawn:
        assert f'd="{path}"' in receipt(visitor, sat).text


# ---- what is revealed when ----


def assert_nothing_revealed(answer: Answer) -> None:
    """No score, no right answer, no explanation, no source."""
    assert "Kết quả chưa công bố" in answer.words
    secrets = (RIGHT, KEY, WHY, "điểm", "Câu hỏi thử", "Theo dữ kiện", "Dữ kiện", "Văn bản thử")
    for secret in (*secrets, BY_TOPIC, "Chủ đề"):
        assert secret not in answer.words


def test_never_is_never(serve: Serve, tmp_path: Path) -> None:
    """Not at once, and not after the round is closed."""
    server, sat = serve_sat(serve, tmp_path / "cuoc_thi", reveal("never"))
    mine = owner(server, sat)
    assert_nothing_revealed(receipt(mine, sat))
    server.shift(2 * DAY)
    until(lambda: "đã đóng" in mine.get("/").words, 10, "the round is over")
    assert_nothing_revealed(receipt(mine, sat))


@pytest.fixture(scope="module")
def at_once(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> tuple[Server, Sat]:
    """Return a contest that reveals all at once but the explanations, which it never does."""
    changes = {**reveal("at_once"), "  explanations: after_round": "  explanations: never"}
    return serve_sat(serve, tmp_path_factory.mktemp("at_once") / "cuoc_thi", changes)


def test_at_once_is_as_soon_as_it_is_handed_in(at_once: tuple[Server, Sat]) -> None:
    """Score and right answers; of the explanations, which are never shown, not a word."""
    server, sat = at_once
    answer = receipt(owner(server, sat), sat)
    assert "4/6 câu đúng · 40/60 điểm" in answer.words
    assert "Thời gian 8 phút 8 giây" in answer.words
    assert answer.words.count(KEY) == 6
    assert answer.words.count("Bạn chưa trả lời câu này") == 2
    for secret in (WHY, "Theo dữ kiện", "Dữ kiện thử", "Văn bản thử"):
        assert secret not in answer.words


def test_every_type_is_told_in_words(serve: Serve, tmp_path: Path) -> None:
    """What was answered and what is right, chosen or typed; an essay waits for its markers."""
    paper = ((TOPICS[0], len(EVERY_TYPE)),)
    directory = open_contest(
        tmp_path / "x", changes=reveal("at_once"), bank=typed_bank(), paper=paper
    )
    sat = sit(directory, 17, right=len(EVERY_TYPE))
    server = serve(directory.path, movable=True)
    words = receipt(owner(server, sat), sat).words
    for told in (
        "loại single? Bạn chọn Quýt ✓ Đúng Đáp án Quýt Vì sao",
        "loại true_false? Bạn chọn Đúng ✓ Đúng Đáp án Đúng Vì sao",
        "Năm là số chẵn: Sai ✓ Đúng Đáp án Hai là số chẵn: Đúng Ba là số chẵn: Sai",
        "Bạn chọn Một: số 1 Hai: số 2 Ba: số 3 ✓ Đúng Đáp án Một: số 1 Hai: số 2 Ba: số 3",
        "Bạn chọn 1. Một 2. Hai 3. Ba 4. Bốn ✓ Đúng Đáp án 1. Một",
        "Bạn trả lời 29 chương ✓ Đúng Đáp án 29 chương Vì sao",
        "Bạn trả lời Hòa Bình ✓ Đúng Đáp án Hòa Bình tỉnh Hòa Bình Vì sao",
        "Bạn trả lời Sau [một] là [hai]. ✓ Đúng Đáp án Sau [một] là [hai]. Chỗ trống 1: một hoặc 1",
        "Bạn trả lời Bài viết thử. Chờ xem lại Đáp án Nêu được ý chính (5 điểm) Có ví dụ (5 điểm)",
        "Có câu chờ Ban Tổ chức xem lại, chưa có điểm.",
        "Theo chủ đề Chủ đề Số câu Chủ đề lich_su đúng 9/10 1 câu chưa có điểm",
    ):
        assert told in words


def test_right_answers_are_for_the_owner_only(at_once: tuple[Server, Sat]) -> None:
    """Others with the code see the score, but no question and no key."""
    server, sat = at_once
    words = receipt(Visitor(server.url), sat).words
    assert "4/6 câu đúng" in words
    assert KEY not in words
    assert "Câu hỏi thử" not in words


def test_a_running_paper_of_the_same_person_is_not_revealed(at_once: tuple[Server, Sat]) -> None:
    """While the second attempt runs, only the first has a receipt."""
    server, sat = at_once
    mine = owner(server, sat)
    mine.begin()
    assert mine.get("/").words.count("biên nhận") == 1


def test_rules_that_change_later_reveal_nothing(server: Server, sat: Sat) -> None:
    """What was frozen holds, whatever the files say now."""
    change_rules(server.directory, {"  score: after_round": "  score: at_once"})
    assert_nothing_revealed(receipt(owner(server, sat), sat))
    change_rules(server.directory, {"  score: at_once": "  score: after_round"})


def test_after_the_round_is_after_its_closing_row(
    closing: tuple[Server, Sat, Sat, Sat],
) -> None:
    """Past the closing time nothing is shown while a paper with extra time still runs."""
    server, sat, _, long = closing
    mine = owner(server, sat)
    assert_nothing_revealed(receipt(mine, sat))
    server.shift(DAY + HOUR)
    assert "đã đóng" in mine.get("/").words
    assert_nothing_revealed(receipt(mine, sat))
    server.shift(5 * DAY)
    until(lambda: RIGHT in receipt(mine, sat).words, 10, "the round is closed")
    words = receipt(mine, sat).words
    assert "4/6 câu đúng · 40/60 điểm" in words
    assert WHEN not in words
    assert "Giữ mã biên nhận" in words
    assert words.count(KEY) == 6
    assert words.count(WHY) == 6
    assert words.count(BY_TOPIC) == 1
    assert BY_TOPIC not in receipt(Visitor(server.url), sat).words
    assert words.count("Dữ kiện thử") == 6
    assert "Văn bản thử, Mục" in words
    assert receipt(owner(server, long), long).status == 200
    server.shift(0)


# ---- in a browser ----


@pytest.mark.browser
def test_a_receipt_is_complete_without_javascript(
    phone: NewPhone, server: Server, sat: Sat
) -> None:
    """Looked up by a form: code, QR and all facts; no button that would do nothing."""
    page = phone(java_script_enabled=False).new_page()
    page.goto(f"{server.url}/tra-cuu")
    page.get_by_label("Mã biên nhận").fill(shown(sat.receipt).lower())
    page.get_by_role("button", name="Tra cứu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nộp bài")
    expect(page.locator(".code")).to_have_text(shown(sat.receipt))
    expect(page.get_by_role("img", name="Mã QR mở trang biên nhận này")).to_be_visible()
    expect(page.get_by_role("button", name="Chép mã")).to_be_hidden()
    expect(page.get_by_role("button", name="In")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_qr_code_is_dark_on_light_in_every_theme(
    phone: NewPhone, server: Server, sat: Sat, theme: str
) -> None:
    """Scanners read nothing else."""
    page = phone().new_page()
    page.add_init_script(f"localStorage.setItem('timhieu.theme', '{theme}')")
    page.goto(f"{server.url}/bien-nhan/{sat.receipt}")
    shot = Image.open(io.BytesIO(page.locator(".qr svg").screenshot())).convert("L")
    module = shot.width / (segno.make(page.url, error="m").symbol_size(border=2)[0])
    assert shot.getpixel((2, 2)) > 250  # the quiet zone
    assert shot.getpixel((round(2.5 * module), round(2.5 * module))) < 5  # a corner of the code


@pytest.mark.browser
def test_the_code_can_be_copied_and_that_is_said(phone: NewPhone, server: Server, sat: Sat) -> None:
    """The button puts it on the clipboard and announces it."""
    context = phone(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server.url}/bien-nhan/{sat.receipt}")
    page.get_by_role("button", name="Chép mã").click()
    expect(page.locator("#noi")).to_have_text("Đã chép mã")
    assert page.evaluate("navigator.clipboard.readText()") == shown(sat.receipt)


@pytest.mark.browser
def test_a_receipt_prints_its_foot(phone: NewPhone, server: Server, sat: Sat) -> None:
    """Contest, round and time of printing."""
    page = phone().new_page()
    page.goto(f"{server.url}/bien-nhan/{sat.receipt}")
    page.emulate_media(media="print")
    foot = page.get_by_text(re.compile(r"Cuộc thi thử · Kỳ ky-1 · In lúc"))
    expect(foot).to_be_visible()


@pytest.mark.browser
def test_a_receipt_prints_without_what_is_for_the_screen(
    phone: NewPhone, server: Server, sat: Sat
) -> None:
    """The code stays; buttons, links and the display row don't."""
    page = phone().new_page()
    page.goto(f"{server.url}/bien-nhan/{sat.receipt}")
    page.emulate_media(media="print")
    expect(page.locator(".code")).to_be_visible()
    for name in ("Chép mã", "In", "Tăng tương phản"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_hidden()
    expect(page.get_by_role("link", name="Trang đầu")).to_have_count(0)
