"""The result by topic: for whoever sat the paper, once score and right answers are open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contest.clock import SystemClock
from contest.directory import ContestDirectory
from contest.rules import RevealPolicy
from contest.service import AttemptView
from contest.serving.receipt import own_topics
from contest.settings import CHECKOUT
from contest.store import Action
from contest.store.commands import RecordAction
from grading.marks import mark, micro
from questions.model import Bank, Topic
from tests.factories import DAY, ROUND, TOPICS, make_bank, opened
from tests.frontend.looks import LOOKS, SCREENS, STILL, problems, wear
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest, reveal
from tests.serving.receipts import owner, receipt
from tests.serving.sat import Sat, sit
from tests.serving.server import Server, apart
from tests.serving.visitor import Visitor

AXE = CHECKOUT / "voila_templates/node_modules/axe-core/axe.min.js"
TITLE = "Theo chủ đề"
PAPER = ((TOPICS[0], 2), (TOPICS[1], 1), (TOPICS[2], 3))


# ---- when, and for whom ----


class Closed:
    """Rounds of which some are closed."""

    def __init__(self, *ids: str) -> None:
        self._ids = ids

    async def closed(self, round_id: str) -> bool:
        """Return whether the round is closed."""
        return round_id in self._ids


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> AttemptView:
    """Return an attempt that was handed in with four of six right, two rounds in its contest."""
    later = SystemClock().now() + 9 * DAY
    directory = open_contest(
        tmp_path_factory.mktemp("view") / "cuoc_thi",
        paper=PAPER,
        order="blueprint",
        prediction="percent_right",
        more_rounds=[("ky-2", later, later + DAY)],
    )
    sat = sit(directory, 17)

    return view_of(directory, sat)


def view_of(directory: ContestDirectory, sat: Sat) -> AttemptView:
    """Return an attempt as the server sees it."""

    async def found() -> AttemptView | None:
        async with opened(directory, at=None) as service:
            return await service.view_by_receipt(sat.receipt)

    view = apart(found())
    assert view is not None
    return view


def question_ids(view: AttemptView) -> list[str]:
    """Return the ids of a paper's questions, in its order."""
    return [item.question.id for item in view.frozen.paper_of(view.record).items]


def told(view: AttemptView, *, over: bool = True, closed: tuple[str, ...] = ()) -> Any:
    """Return the rows that the owner is shown."""
    return apart(own_topics(Closed(*closed), view, over))  # type: ignore[arg-type]


def ruled(view: AttemptView, quantity: str | None, scope: str, **shown: str) -> AttemptView:
    """Return the attempt under rules that predict this, and reveal it then."""
    rules = view.frozen.rules
    assert rules.prediction is not None
    asks = {"quantity": quantity, "scope": scope}
    changes = {
        "reveal": RevealPolicy(open_book=True, **shown),  # type: ignore[arg-type]
        "prediction": rules.prediction.model_copy(update=asks) if quantity else None,
    }
    frozen = replace(view.frozen, rules=rules.model_copy(update=changes))
    return replace(view, frozen=frozen)


WHEN = ("never", "at_once", "after_round")
AIMS = (None, "people", "entries", "perfect_people", "percent_right")


@pytest.mark.parametrize("quantity", AIMS)
def test_nothing_is_told_before_all_of_it_may_be_seen(
    view: AttemptView, quantity: str | None
) -> None:
    """Score and right answers both; and what is right is no longer guessed at."""
    states = ((False, ()), (True, ("ky-1",)), (True, ("ky-1", "ky-2")))
    for score, answers, scope in product(WHEN, WHEN, ("round", "contest")):
        one = ruled(view, quantity, scope, score=score, right_answers=answers)
        for over, closed in states:
            known = over if scope == "round" else len(closed) == 2
            allowed = all(when == "at_once" or (when == "after_round" and over)
                          for when in (score, answers))  # fmt: skip
            guessed = quantity in ("perfect_people", "percent_right") and not known
            shown = bool(told(one, over=over, closed=closed))
            assert shown == (allowed and not guessed), (score, answers, scope, over, closed)


def test_explanations_that_stay_shut_do_not_matter(view: AttemptView) -> None:
    """The counts say nothing of why."""
    one = ruled(view, None, "round", score="at_once", right_answers="at_once", explanations="never")
    assert len(told(one, over=False)) == 3


def test_figures_are_those_of_grading(view: AttemptView) -> None:
    """By the paper's order; its first four questions were answered, and right."""
    rows = told(view, closed=("ky-1",))
    assert [row["title"] for row in rows] == [f"Chủ đề {topic}" for topic in TOPICS]
    counts = [row["count"] for row in rows]
    assert [(one.right, one.counted, one.unanswered) for one in counts] == [
        (2, 2, 0), (1, 1, 0), (1, 3, 2)
    ]  # fmt: skip
    paper = view.frozen.paper_of(view.record).items
    marks = [
        mark(one.question, view.replay.responses.get(one.question.id), micro(Decimal(10)))
        for one in paper
    ]
    assert sum(one.right for one in counts) == sum(one.status == "right" for one in marks)


def test_a_voided_question_counts_for_all_or_not_at_all(view: AttemptView) -> None:
    """As the ruling says."""
    ids = question_ids(view)
    voids = {ids[0]: "out", ids[2]: "out", ids[5]: "full"}
    rows = told(
        replace(view, decided=replace(view.decided, voids=voids)),  # type: ignore[arg-type]
        closed=("ky-1",),
    )
    counts = [row["count"] for row in rows]
    assert [(one.right, one.counted, one.out) for one in counts] == [
        (1, 1, 1), (0, 0, 1), (2, 3, 0)
    ]  # fmt: skip


def test_bars_are_as_long_as_their_figures(view: AttemptView) -> None:
    """All of it where all is right; nothing, and no division, where nothing counts."""
    ids = question_ids(view)
    voided = replace(view, decided=replace(view.decided, voids={ids[2]: "out"}))
    first, second, third = told(voided, closed=("ky-1",))
    assert first["right"] == first["bar"]
    assert (second["right"], second["partial"]) == (0, 0)
    assert third["right"] == pytest.approx(third["bar"] / 3, abs=0.1)


# ---- on the page ----

TITLES = (
    "Lịch sử dựng nước và giữ nước, truyền thống quê hương",
    f"<b>Pháp</b> luật & {'x' * 90}",
    "Kinh tế",
)


def titled_bank() -> Bank:
    """Return a bank whose topics have long titles, with markup and without spaces."""
    pairs = zip(TOPICS, TITLES, strict=True)
    topics = tuple(Topic(id=id_, title=title) for id_, title in pairs)
    return make_bank().model_copy(update={"topics": topics})


@dataclass(frozen=True)
class Held:
    """A contest that reveals all at once, its server, and an attempt with rulings on it."""

    server: Server
    sat: Sat


@pytest.fixture(scope="module")
def held(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Serve it: a topic voided whole, an answer that was given half its marks, one left blank."""
    directory = open_contest(
        tmp_path_factory.mktemp("held") / "cuoc_thi",
        bank=titled_bank(),
        paper=PAPER,
        order="blueprint",
        changes=reveal("at_once"),
    )
    sat = sit(directory, 17)
    ids = question_ids(view_of(directory, sat))
    shared = {"reason": "thử", "round": ROUND, "document": None}
    half = {**shared, "question": ids[4], "micro": 5_000_000}
    rulings = [("void", ids[2], {**shared, "how": "out"}), ("mark", sat.attempt_id, half)]

    async def rule() -> None:
        async with opened(directory, at=None) as service:
            for kind, subject, body in rulings:
                action = Action(SystemClock().now(), "Thư ký mẫu", kind, subject, body)
                await service.store.write(RecordAction(action))

    apart(rule())
    return Held(serve(directory.path), sat)


def test_the_owner_reads_every_figure_in_words(held: Held) -> None:
    """The bar says nothing that isn't written beside it."""
    words = receipt(owner(held.server, held.sat), held.sat).words
    assert "3/5 câu đúng" in words  # one of six was taken out
    assert f"{TITLE} Chủ đề Số câu {TITLES[0]} đúng 2/2" in words
    assert f"{TITLES[1]} không tính 1 câu bị hủy, không tính" in words
    assert "Kinh tế đúng 1/3 1 câu đúng một phần 1 câu chưa trả lời" in words


def test_it_is_for_the_owner_only(held: Held) -> None:
    """A stranger with the code, and another contestant, see the receipt without it."""
    other = Visitor(held.server.url)
    other.register(900)
    for visitor in (Visitor(held.server.url), other):
        page = receipt(visitor, held.sat)
        assert "câu đúng" in page.words
        for secret in (TITLE, "đúng 2/2", "Kinh tế", 'class="topics"', 'class="share"'):
            assert secret not in page.text


@pytest.fixture
def page(held: Held, phone: NewPhone) -> Page:
    """Return the owner's receipt in a browser."""
    context = phone(**STILL)
    cookies = owner(held.server, held.sat).cookies
    context.add_cookies(
        [{"name": name, "value": value, "url": held.server.url} for name, value in cookies.items()]
    )
    page = context.new_page()
    page.goto(f"{held.server.url}/bien-nhan/{held.sat.receipt}")
    return page


@pytest.mark.browser
def test_the_table_has_its_headings_for_screen_readers(page: Page) -> None:
    """A name, column headings, and a heading for every row; the bars are passed over."""
    table = page.get_by_role("table", name=TITLE)
    expect(table.get_by_role("columnheader")).to_have_text(["Chủ đề", "Số câu"])
    expect(table.get_by_role("rowheader")).to_have_text(list(TITLES))
    expect(table.locator("svg")).to_have_count(2)
    expect(table.get_by_role("img")).to_have_count(0)


@pytest.mark.browser
def test_it_fits_every_screen_in_every_look(page: Page) -> None:
    """axe finds nothing; long titles break, and neither page nor table scrolls sideways."""
    page.evaluate(AXE.read_text())
    for name, look in LOOKS.items():
        wear(page, look)
        assert problems(page) == [], name
    for width, height, size in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        wear(page, {"theme": "light", "size": size})
        wide = page.evaluate("document.documentElement.scrollWidth")
        table = page.locator(".topics").bounding_box()
        assert table is not None
        assert wide <= width
        assert table["x"] + table["width"] <= width, (width, size)
        cut = page.locator(".topics :is(th, td)").evaluate_all(
            "all => all.filter((one) => one.scrollWidth > one.clientWidth)"
            ".map((one) => one.textContent)"
        )
        assert cut == [], (width, size)


@pytest.mark.browser
def test_bars_are_drawn_in_the_proportion_that_is_written(page: Page) -> None:
    """Two of two fill it; one of three a third, and half marks stand lower beside it."""
    bars = page.locator(".topics svg")

    def share(n: int, part: str) -> tuple[float, float]:
        box = bars.nth(n).locator(part).bounding_box()
        whole = bars.nth(n).locator(".whole").bounding_box()
        assert box is not None and whole is not None
        return box["width"] / whole["width"], box["height"] / whole["height"]

    assert share(0, ".full") == pytest.approx((1, 1), abs=0.1)
    assert share(1, ".full") == pytest.approx((1 / 3, 1), abs=0.1)
    width, height = share(1, ".part")
    assert width == pytest.approx(1 / 3, abs=0.05)
    assert height < 0.6
