"""A whole contest: three people on the real server, in real browsers, then graded and compared."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, expect

from contest.ids import shown
from tests.factories import DAY
from tests.serving.conftest import PHONE, Serve
from tests.serving.contests import open_contest
from tests.serving.reckoning import Attempt, Question, Reckoning, Unit, read_bank
from tests.serving.server import TIMHIEU, Server, until
from tests.serving.steps import (
    begin,
    choose,
    chosen,
    go_to,
    hand_in,
    heading,
    predict,
    question,
    register,
    save_line,
)
from tests.serving.stored import contestant, rows_of
from tests.serving.visitor import Visitor
from tests.serving.wire import Wire

pytestmark = pytest.mark.browser

Tables = dict[str, list[dict[str, str]]]
Graded = tuple[Tables, Path]
MINUTES = 1
EXPIRY_SECONDS = 75
END = "Hết giờ làm bài"
NOTE_END = f"""() => new MutationObserver(() => {{
  const head = document.querySelector("h1");
  if (!window.endedAt && head && head.textContent === "{END}") window.endedAt = Date.now();
}}).observe(document.body, {{ childList: true, subtree: true, characterData: true }})"""
"""Notes when a page came to its end, whatever else goes on in the meantime."""
UNITS = [
    Unit("khoi-a", "Khối mẫu A", None, "Khối A", None),
    Unit("dv-1", "Đơn vị mẫu 1", "khoi-a", "Khối A", 40),
    Unit("dv-2", "Đơn vị mẫu 2", "khoi-a", "Khối A", 60),
    Unit("khoi-b", "Khối mẫu B", None, "Khối B", None),
    Unit("dv-3", "Đơn vị mẫu 3", "khoi-b", "Khối B", 50),
]


@dataclass
class Story:
    """What happened, as the pages showed it."""

    server: Server
    bank: dict[str, Question]
    attempts: list[Attempt] = field(default_factory=list)
    after_reload: list[list[str]] = field(default_factory=list)
    before_reload: list[list[str]] = field(default_factory=list)
    told_after: float = 0.0
    told_words: str = ""
    read_only: list[str] = field(default_factory=list)
    second_device_saw: list[str] = field(default_factory=list)
    end_words: str = ""
    end_focus: str = ""
    ended_at: int = 0
    clicked_after_end: bool = True
    receipts: dict[str, str] = field(default_factory=dict)
    back_after_submission: str = ""
    lines_of_the_last: int = 0


class Play:
    """One person at a device; every click is noted in an attempt."""

    def __init__(self, story: Story, context: BrowserContext) -> None:
        self.story = story
        self.context = context
        self.wire = Wire.tap(context)
        self.page = context.new_page()

    def start(self, number: int, unit: Unit) -> str:
        """Register and begin; return the resume code."""
        code = register(self.page, self.story.server.url, number, unit.name)
        self.begin(number, unit, 1)
        return code

    def begin(self, person: int, unit: Unit, attempt: int) -> None:
        """Begin an attempt, and look at every question."""
        begin(self.page)
        self.attempt = Attempt(person, attempt, unit.id)
        self.story.attempts.append(self.attempt)

    def see(self, q: int) -> Question:
        """Go to question `q` and note it."""
        go_to(self.page, q)
        stem = question(self.page).stem
        if stem not in self.attempt.stems:
            self.attempt.stems.append(stem)
        return self.story.bank[stem]

    def answer(self, q: int, *, right: bool, keyboard: bool = False) -> None:
        """Answer question `q`, rightly or not."""
        asked = self.see(q)
        wrong = [text for text in asked.options if text not in asked.right]
        texts = asked.right if right else wrong[:1]
        choose(self.page, texts, keyboard=keyboard)
        self.attempt.answers[asked.stem] = texts

    def saved(self) -> None:
        """Wait until the page says so, and every message is acknowledged."""
        until(self.wire.all_acknowledged, 20, "all is acknowledged", page=self.page)
        expect(save_line(self.page)).to_contain_text("Đã lưu")

    def submit(self, *, keyboard: bool = False) -> None:
        """Hand in, and note the receipt."""
        self.attempt.receipt = hand_in(self.page, keyboard=keyboard)
        self.story.receipts[self.attempt.receipt] = self.page.locator("main").inner_text()


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a contest of one-minute papers whose units are ranked by share."""
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    return serve(open_contest(path, minutes=MINUTES, by="share").path, movable=True)


@pytest.fixture(scope="module")
def devices(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Return five browsers of their own."""
    contexts = [browser.new_context(viewport=PHONE, locale="vi-VN") for _ in range(5)]
    for context in contexts:
        context.set_default_timeout(20_000)
    yield contexts
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def story(server: Server, devices: list[BrowserContext]) -> Story:
    """Return what happened when three people sat the contest."""
    story = Story(server, read_bank(server.directory / "ngan_hang"))
    late = Play(story, devices[0])
    runs_out_of_time(late)
    first = Play(story, devices[1])
    reloads_in_the_middle(first)
    goes_on_elsewhere(story, devices[2], devices[3])
    sits_again(first)
    waits_for_the_end(late)
    note_rows(story)
    return story


def runs_out_of_time(play: Play) -> None:
    """The third person answers three questions and predicts, but never hands in."""
    play.start(3, UNITS[4])
    play.page.evaluate(NOTE_END)
    for q in range(1, 7):
        if q in (1, 4, 6):
            play.answer(q, right=q != 4)
        else:
            play.see(q)
    play.saved()
    predict(play.page, "2")
    play.attempt.prediction = "2"
    play.saved()


def reloads_in_the_middle(play: Play) -> None:
    """The first person answers by mouse, reloads after three answers, and hands in."""
    story = play.story
    play.start(1, UNITS[1])
    for q in (1, 2, 3):
        play.answer(q, right=True)
    play.saved()
    for q in (3, 2, 1):
        go_to(play.page, q)
        story.before_reload.append(chosen(play.page))
    play.page.reload()
    heading(play.page).wait_for()
    go_to(play.page, 3)
    for q in (3, 2, 1):
        go_to(play.page, q)
        story.after_reload.append(chosen(play.page))
    for q in (4, 5):
        play.answer(q, right=True)
    play.answer(6, right=False)
    predict(play.page, "3")
    play.attempt.prediction = "3"
    play.submit()
    play.page.go_back()
    play.page.wait_for_url("**/bien-nhan/*")
    story.back_after_submission = play.page.locator("h1").inner_text()


def goes_on_elsewhere(story: Story, first: BrowserContext, second: BrowserContext) -> None:
    """The second person answers by keyboard, goes on with the code on another device."""
    old = Play(story, first)
    code = old.start(2, UNITS[1])
    old.answer(1, right=True, keyboard=True)
    old.answer(2, right=False, keyboard=True)
    old.saved()
    new = Play(story, second)
    new.attempt = old.attempt
    new.page.goto(f"{story.server.url}/tiep-tuc")
    new.page.get_by_label("Mã tiếp tục").fill(code.lower())
    new.page.keyboard.press("Enter")
    heading(new.page).wait_for()
    took = time.monotonic()
    expect(save_line(old.page)).to_contain_text("Bài đang mở ở trang khác", timeout=10_000)
    story.told_after = time.monotonic() - took
    story.told_words = old.page.locator(".head").inner_text()
    go_to(old.page, 2)
    before = chosen(old.page)
    other = next(text for text in question(old.page).options if text not in before)
    old.page.locator(".opt", has_text=other).click(force=True)
    story.read_only = [*before, "|", *chosen(old.page)]
    for q in (1, 2):
        go_to(new.page, q)
        story.second_device_saw += chosen(new.page)
    new.answer(3, right=True, keyboard=True)
    for q in (4, 5):
        new.see(q)
    new.answer(6, right=False, keyboard=True)
    predict(new.page, "12.345")
    new.attempt.prediction = "12.345"
    new.submit(keyboard=True)


def sits_again(play: Play) -> None:
    """The first person's second attempt is worse, and has no prediction."""
    play.page.get_by_role("link", name="Trang đầu").first.click()
    play.page.get_by_role("link", name="Vào thi lượt tiếp theo").click()
    play.begin(1, UNITS[1], 2)
    for q in range(1, 7):
        play.see(q)
    play.answer(2, right=True)
    play.saved()
    play.submit()


def waits_for_the_end(play: Play) -> None:
    """The third person's page comes to its end by itself."""
    story, page = play.story, play.page
    expect(heading(page)).to_have_text(END, timeout=EXPIRY_SECONDS * 1000)
    story.ended_at = page.evaluate("window.endedAt")
    story.end_words = page.locator("main").inner_text()
    story.end_focus = page.evaluate("document.activeElement.tagName")
    story.lines_of_the_last = play.wire.sockets
    story.clicked_after_end = page.locator(".opt input").count() > 0
    play.attempt.expired = True
    page.get_by_role("link", name="Xem biên nhận").click()
    page.wait_for_url("**/bien-nhan/*")
    play.attempt.receipt = page.url.rsplit("/", 1)[1]
    story.receipts[play.attempt.receipt] = page.locator("main").inner_text()


def note_rows(story: Story) -> None:
    """Add ids and times of the stored rows to the attempts that were clicked."""
    for attempt in story.attempts:
        person = contestant(story.server.directory, attempt.person)
        attempt.contestant_id = person["contestant_id"]
        rows = [
            row
            for row in rows_of(story.server.directory, attempt.contestant_id)
            if row["number"] == attempt.number
        ]
        attempt.attempt_id = rows[0]["attempt_id"]
        attempt.started = rows[0]["at"]
        end = next(row for row in rows if row["kind"] in ("submit", "expire"))
        attempt.ended = attempt.started + MINUTES * 60_000 if attempt.expired else end["at"]
        assert rows[0]["receipt"] == attempt.receipt


# ---- what the pages showed ----


def test_a_reload_in_the_middle_loses_nothing(story: Story) -> None:
    """Every answer is there again."""
    assert story.after_reload == story.before_reload
    assert all(story.before_reload)


def test_the_first_device_is_told_within_two_seconds(story: Story) -> None:
    """That the paper is open elsewhere, and since when; with a button to take it back."""
    assert story.told_after < 2
    assert re.search(r"Trang này chỉ để xem, từ \d+:\d\d", story.told_words)
    assert "Làm tiếp ở đây" in story.told_words


def test_the_first_device_is_read_only(story: Story) -> None:
    """A click changes nothing there."""
    place = story.read_only.index("|")
    assert story.read_only[:place] == story.read_only[place + 1 :]


def test_the_second_device_goes_on_where_the_first_was(story: Story) -> None:
    """Both answers of the first device are there."""
    attempt = next(one for one in story.attempts if one.person == 2)
    given = [text for stem in attempt.stems[:2] for text in attempt.answers[stem]]
    assert sorted(story.second_device_saw) == sorted(given)


def test_a_paper_that_runs_out_of_time_ends_by_itself(story: Story) -> None:
    """The page names what the server has and what stayed empty; nothing can be clicked."""
    started = next(one.started for one in story.attempts if one.expired)
    assert 55 < (story.ended_at - started) / 1000 < EXPIRY_SECONDS
    assert "Máy chủ đã nhận 3 câu." in story.end_words
    assert "Đã nhận: câu\xa01, câu\xa04, câu\xa06" in story.end_words
    assert "Chưa trả lời: câu\xa02, câu\xa03, câu\xa05" in story.end_words
    assert story.end_focus == "H1"
    assert not story.clicked_after_end


def test_a_quiet_page_keeps_its_line(story: Story) -> None:
    """Over a minute in which nothing is clicked the socket stays the same one."""
    assert story.lines_of_the_last == 1


def test_after_submission_back_shows_the_receipt(story: Story) -> None:
    """The paper doesn't come back."""
    assert story.back_after_submission == "Đã nộp bài"


def test_every_receipt_tells_what_was_clicked(story: Story) -> None:
    """Number of the attempt, code, answers received, prediction."""
    assert len(story.receipts) == 4
    for attempt in story.attempts:
        words = story.receipts[attempt.receipt]
        assert f"Lượt {attempt.number}" in words
        assert shown(attempt.receipt) in words
        assert f"Máy chủ đã nhận {len(attempt.answers)}/6 câu" in words
        guess = attempt.prediction
        assert (f"Câu dự đoán: {guess}" if guess else "Không có câu dự đoán") in words
        title = "Đã hết giờ, bài được nộp" if attempt.expired else "Đã nộp bài"
        assert words.startswith(title)


def test_every_answer_that_was_clicked_is_stored(story: Story) -> None:
    """Question by question, by the ids that the bank's files give."""
    for attempt in story.attempts:
        stored: dict[str, list[str]] = {}
        for row in rows_of(story.server.directory, attempt.contestant_id):
            if row["number"] == attempt.number and row["kind"] == "response":
                stored[row["body"]["question"]] = row["body"]["chosen"]
        expected = {}
        for stem, texts in attempt.answers.items():
            asked = story.bank[stem]
            ids = dict(zip(asked.options, asked.option_ids, strict=True))
            expected[asked.id] = sorted(ids[text] for text in texts)
        assert {id_: chosen_ for id_, chosen_ in stored.items() if chosen_} == expected


# ---- what is graded ----


def grade(server: Server, out: Path) -> Tables:
    """Run `timhieu grade`; return the tables of its CSV files."""
    command = [TIMHIEU, "grade", server.directory, "--out", out]
    subprocess.run(command, check=True, capture_output=True)
    tables = {}
    for name in ("ca_nhan", "tap_the", "luot", "cau_hoi", "rulings", "removed"):
        raw = (out / f"{name}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        with (out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    return tables


@pytest.fixture(scope="module")
def expected(story: Story) -> Reckoning:
    """Return what the tables must be."""
    return Reckoning(story.bank, UNITS, story.attempts)


@pytest.fixture(scope="module")
def provisional(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Graded:
    """Return the result while the round is open."""
    out = tmp_path_factory.mktemp("provisional") / "out"
    return grade(story.server, out), out


@pytest.fixture(scope="module")
def final(
    provisional: Graded,
    story: Story,
    tmp_path_factory: pytest.TempPathFactory,
) -> Graded:
    """Return the result after the round has closed by the server's clock."""
    assert provisional  # graded before
    story.server.shift(2 * DAY)
    code = story.attempts[1].receipt
    visitor = Visitor(story.server.url)
    until(lambda: "câu đúng" in visitor.get(f"/bien-nhan/{code}").words, 15, "the round closes")
    out = tmp_path_factory.mktemp("final") / "out"
    return grade(story.server, out), out


def known(rows: list[dict[str, str]], expected: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return rows with the columns that are reckoned here; further ones stand at the right."""
    for row, other in zip(rows, expected, strict=True):
        assert list(row)[: len(other)] == list(other)
    return [{key: row[key] for key in other} for row, other in zip(rows, expected, strict=True)]


def test_people_are_ranked_as_the_rules_say(final: Graded, expected: Reckoning) -> None:
    """Every figure of `ca_nhan.csv`."""
    people = expected.people()
    assert known(final[0]["ca_nhan"], people) == people
    assert [row["name"][-1] for row in people] == ["1", "3", "2"]
    assert [row["decided_by"] for row in people] == ["score", "score", "prediction_error"]


def test_units_are_ranked_as_the_rules_say(final: Graded, expected: Reckoning) -> None:
    """Every figure of `tap_the.csv`."""
    units = expected.unit_rows()
    assert known(final[0]["tap_the"], units) == units


def test_every_attempt_is_listed(final: Graded, expected: Reckoning) -> None:
    """Every figure of `luot.csv`."""
    attempts = expected.attempt_rows()
    assert known(final[0]["luot"], attempts) == attempts


def test_every_question_is_listed(final: Graded, expected: Reckoning) -> None:
    """Every count of `cau_hoi.csv`; the statistics behind have tests of their own."""
    rows = expected.item_rows()
    assert [{name: row[name] for name in rows[0]} for row in final[0]["cau_hoi"]] == rows


def test_there_are_no_rulings(final: Graded) -> None:
    """And nothing was removed."""
    assert final[0]["rulings"] == final[0]["removed"] == []


def test_the_manifest_names_every_file_by_its_hash(
    final: Graded,
) -> None:
    """SHA-256 of all outputs; final; real people, in a sample contest."""
    out = final[1]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    hashes = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.name != "manifest.json"
    }
    assert manifest["outputs"] == hashes
    assert manifest["status"] == "final"
    assert manifest["synthetic"] is False
    assert manifest["contest"]["sample"] is True
    assert manifest["rounds"]["ky-1"]["prediction"]["true_value"] == "3"


def test_the_secret_that_is_published_is_the_one_that_was_promised(
    final: Graded, story: Story
) -> None:
    """Its hash stood on the page of the rules from the start."""
    manifest = json.loads((final[1] / "manifest.json").read_text(encoding="utf-8"))
    secret = bytes.fromhex(manifest["rounds"]["ky-1"]["secret"])
    promised = hashlib.sha256(secret).hexdigest()
    assert manifest["rounds"]["ky-1"]["secret_hash"] == promised
    assert promised in Visitor(story.server.url).get("/the-le").text


def test_database_and_workbook_hold_the_same_figures(
    final: Graded,
) -> None:
    """As many rows and the same people, in the same order."""
    tables, out = final
    with closing(sqlite3.connect(out / "results.db")) as database:
        for name in ("ca_nhan", "tap_the", "luot", "cau_hoi"):
            (count,) = database.execute(f"select count(*) from {name}").fetchone()
            assert count == len(tables[name])
        found = database.execute("select contestant_id, score from ca_nhan order by rank")
        assert [(id_, float(score)) for id_, score in found] == [
            (row["contestant_id"], float(row["score"])) for row in tables["ca_nhan"]
        ]
    workbook = load_workbook(out / "ket_qua.xlsx", read_only=True)
    cells = [
        str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    workbook.close()
    for row in (*tables["ca_nhan"], *tables["luot"]):
        assert row["attempt_id"] in cells
    for row in tables["cau_hoi"]:
        assert row["stem"] in cells


def test_an_open_round_is_graded_as_provisional(
    provisional: Graded,
    final: Graded,
) -> None:
    """With the same figures, and without the round's secret."""
    tables, out = provisional
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "provisional"
    assert tables == final[0]
    secret = json.loads((final[1] / "manifest.json").read_text())["rounds"]["ky-1"]["secret"]
    assert re.fullmatch(r"[0-9a-f]{64}", secret)
    assert secret not in (out / "manifest.json").read_text()


def test_the_pages_show_the_figures_that_were_graded(final: Graded, story: Story) -> None:
    """After the round the receipt tells the same score as the files."""
    visitor = Visitor(story.server.url)
    receipts = {attempt.attempt_id: attempt.receipt for attempt in story.attempts}
    for row in final[0]["luot"]:
        words = visitor.get(f"/bien-nhan/{receipts[row['attempt_id']]}").words
        assert f"{row['correct']}/6 câu đúng · {row['score']}/60 điểm" in words
