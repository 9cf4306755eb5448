"""A mock paper's result on the real server: drawn and told as the contest's own receipt is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.ids import RandomIds
from contest.practice.desk import PracticeDesk
from questions.dump import dump_bank
from questions.model import Bank
from questions.pictures import look
from tests.factories import HOUR, TOPICS, opened, stamped
from tests.pictures import picture, put
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import change_rules, open_contest
from tests.serving.practising import PRACTICE, to_practise
from tests.serving.server import Server, apart
from tests.serving.visitor import Visitor

NAME = "ban-do.png"
DATA = picture(size=(80, 60))
STEM = "Ruộng 5 m<sup>2</sup>, câu nào **không** đúng"
RULES = f"""scoring:
  wrong: -0.5
  floor_question: false
  decimals: 1
papers:
  - groups: [hoc-sinh]
    minutes: 5
    points: 5
    blueprint:
      - topic: {TOPICS[0]}
        questions: 2
  - minutes: 30
    points: 5
    blueprint:
      - topic: {TOPICS[0]}
        questions: 3
"""


@dataclass(frozen=True)
class Tried:
    """A mock paper that was handed in before the test: where its result is, and the code."""

    server: Server
    code: str
    path: str

    def learner(self) -> Visitor:
        """Return the learner's own browser."""
        visitor = Visitor(self.server.url)
        assert visitor.post("/luyen-tap/tiep-tuc", ma=self.code).location == "/luyen-tap"
        return visitor


def drawn_bank() -> Bank:
    """Return a practice bank with marked-up stems, each with a picture."""
    bank = to_practise(only="single")
    shown = {"image": {"file": NAME, "alt": "Bản đồ đơn vị mẫu"}}
    questions = tuple(
        type(one).model_validate({**one.model_dump(), **shown, "stem": f"{STEM} {n}?"})
        for n, one in enumerate(bank.questions)
    )
    update = {"questions": questions, "pictures": (look(NAME, DATA),)}
    return stamped(bank.model_copy(update=update), "reviewed")


def contest(path: Path) -> ContestDirectory:
    """Write a contest whose groups have papers of their own, with wrong answers that cost."""
    directory = open_contest(path)
    group = '    title: "Mọi thí sinh"\n'
    change_rules(directory.path, {group: f'{group}  - id: hoc-sinh\n    title: "Học sinh"\n'})
    with (directory.path / "the_le.yml").open("a", encoding="utf-8") as rules:
        rules.write(PRACTICE.format(closed="false") + RULES)
    dump_bank(drawn_bank(), directory.path / "on_tap")
    put(directory.path / "on_tap", NAME, DATA)
    return directory


async def try_paper(directory: ContestDirectory) -> tuple[str, str]:
    """Sit a mock paper of the first group: one right, two wrong; return code and id."""
    now = SystemClock().now() - HOUR // 2
    async with opened(directory, at=now, ids=RandomIds()) as service:
        desk = PracticeDesk(service)
        begun = await desk.begin(now)
        await desk.open_mock(begun.learner_id, now)
        sitting = await desk.running_mock(begun.learner_id, now)
        assert sitting is not None
        pen = await sitting.take_pen("t" * 24, now)
        for q, item in enumerate(sitting.paper.items, start=1):
            good = item.positions_of(item.question.right())
            bad = [p for p in (1, 2) if [p] != good][:1]
            await sitting.answer(pen, q, q, good if q == 1 else bad, now + q)
        await sitting.submit(pen, 90, now + 60_000)
        return begun.code, sitting.attempt_id


@pytest.fixture(scope="module")
def tried(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Serve that contest with a mock paper that has ended."""
    directory = contest(tmp_path_factory.mktemp("mock") / "cuoc_thi")
    code, mock_id = apart(try_paper(directory))
    return Tried(serve(directory.path), code, f"/luyen-tap/thi-thu/{mock_id}")


def test_points_are_those_of_the_contest(tried: Tried) -> None:
    """The round's own points; two wrong answers take away what one right one gave."""
    words = tried.learner().get(tried.path).words
    assert "Thi thử: 1/3 câu đúng" in words
    assert re.findall(r"[\d,.-]+/[\d,.]+ điểm", words) == ["0/15 điểm"]


def test_questions_are_drawn_as_on_a_receipt(tried: Tried) -> None:
    """Marks and signs, own answer, key, why, the fact, its source, and the picture itself."""
    answer = tried.learner().get(tried.path)
    assert "5 m<sup>2</sup>, câu nào <strong>không</strong> đúng" in answer.text
    for sign in ("**", "&lt;sup&gt;"):
        assert sign not in answer.text
    assert answer.text.count('src="data:image/png;base64,') == 3
    assert answer.text.count('alt="Bản đồ đơn vị mẫu" width="80" height="60"') == 3
    assert 'href="data:' not in answer.text
    assert answer.words.count("✗ Chưa đúng Đáp án") == 2
    assert answer.words.count("✓ Đúng Đáp án") == 1
    for told in ("Vì sao Theo dữ kiện", "Dữ kiện Dữ kiện thử", "Nguồn Văn bản thử"):
        assert answer.words.count(told) == 3
    assert "phan-anh?viec=cau-hoi" not in answer.text


def test_each_group_may_try_its_own_paper(tried: Tried) -> None:
    """Both are offered by name; a group that doesn't exist gets the first one's."""
    mine = tried.learner()
    words = mine.get("/luyen-tap/thi-thu").words
    for told in (
        "Mọi thí sinh: 3 câu hỏi · 30 phút",
        "Học sinh: 2 câu hỏi · 5 phút",
        "Bắt đầu thi thử, Học sinh · 5 phút",
    ):
        assert told in words
    assert mine.post("/luyen-tap/thi-thu", group="hoc-sinh").location == "/thi-thu"
    assert "Bạn đang làm dở" in mine.get("/luyen-tap/thi-thu").words
    other = Visitor(tried.server.url)
    other.post("/luyen-tap/bat-dau")
    assert other.post("/luyen-tap/thi-thu", group="<b>khac").location == "/thi-thu"


@pytest.mark.browser
def test_the_result_fits_a_phone(tried: Tried, phone: NewPhone) -> None:
    """Its pictures are shown, and nothing scrolls sideways."""
    page = phone().new_page()
    page.goto(f"{tried.server.url}/luyen-tap/bat-dau")
    page.locator("#ma").fill(tried.code)
    page.get_by_role("button", name="Luyện tập tiếp bằng mã").click()
    page.wait_for_url("**/luyen-tap")
    page.goto(f"{tried.server.url}{tried.path}")
    shown = page.get_by_role("img", name="Bản đồ đơn vị mẫu")
    expect(shown).to_have_count(3)
    shown.first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('main img').naturalWidth === 80")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
