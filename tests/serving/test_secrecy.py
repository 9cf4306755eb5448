"""What never reaches a browser before the rules allow it: keys, ids, other people, totals."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext

from contest.directory import ContestDirectory
from contest.draw import Paper, Pool, draw, seed_of
from contest.ids import SeededIds, new_id
from contest.rules import PaperRules
from contest.serving.visitor import cookie_secret
from contest.topics.messages import TEXTS as TOPIC_TEXTS
from questions.model import Bank
from tests.factories import ROUND, TOPICS, make_bank, stamped
from tests.serving.conftest import PHONE, Serve
from tests.serving.contests import open_contest
from tests.serving.sat import sit
from tests.serving.server import Server, until
from tests.serving.steps import begin, choose, go_to, hand_in, heading, predict, question, register
from tests.serving.stored import contestant, people, rows_of, select
from tests.serving.visitor import Socket, Visitor
from tests.serving.wire import LOST, Wire

OTHER = 7_770_777
SELF = 42
STATIC = "/voila/templates/"
"""Files that are the same for everybody; the browser may have had them already."""

OPTION_IDS = ("phuongan-mot", "phuongan-hai", "phuongan-ba", "phuongan-bon")


def telling_bank() -> Bank:
    """Return a bank whose key is always its first option, with ids that can be searched for."""
    bank = make_bank(key="first")
    questions = []
    for asked in bank.questions:
        if asked.type == "true_false":
            questions.append(asked)
            continue
        ids = {option.id: new for option, new in zip(asked.options, OPTION_IDS, strict=True)}
        options = tuple(
            option.model_copy(update={"id": ids[option.id]}) for option in asked.options
        )
        key = ids[asked.key] if isinstance(asked.key, str) else tuple(ids[k] for k in asked.key)
        questions.append(asked.model_copy(update={"options": options, "key": key}))
    return stamped(bank.model_copy(update={"questions": tuple(questions)}), "approved")


@dataclass
class Watched:
    """A contest in which one browser was listened to, and what others did meanwhile."""

    server: Server
    wire: Wire
    code: str
    receipt: str
    others: dict[str, str]
    static: dict[str, bytes]
    calm: dict[str, str]
    busy: dict[str, str]

    def everything(self) -> Iterator[tuple[str, bytes]]:
        """Yield all that reached the browser: where it came from, and the bytes."""
        yield from self.wire.received
        yield from self.static.items()
        for frame in self.wire.frames_in:
            yield "socket", frame


@pytest.fixture(scope="module")
def server(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a contest whose bank would give its keys away by every order and id."""
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    return serve(open_contest(path, bank=telling_bank()).path)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return the browser that is listened to."""
    context = browser.new_context(viewport=PHONE, locale="vi-VN")
    context.set_default_timeout(20_000)
    yield context
    context.close()


def timeless(text: str) -> str:
    """Return a page without what the clock and the form token change."""
    text = re.sub(r"\d+ (ngày|giờ|phút|giây)( \d+ (giờ|phút|giây))?", "…", text)
    text = re.sub(r'name="_xsrf" value="[^"]*"|data-reload-in="\d+"', "", text)
    text = re.sub(r'data-(fast|slow)="[^"]*"|<p class="print-only">.*</p>', "", text)
    return re.sub(r"\d+:\d\d(:\d\d)?", "…", text)


def pages_of(*visitors: Visitor) -> dict[str, str]:
    """Return the plain pages as strangers and contestants see them."""
    paths = ("/", "/the-le", "/dang-ky", "/tra-cuu", "/tiep-tuc", "/bat-dau", "/nope")
    return {
        f"{n}{path}": timeless(visitor.get(path).text)
        for n, visitor in enumerate(visitors)
        for path in paths
    }


@pytest.fixture(scope="module")
def watched(server: Server, context: BrowserContext) -> Watched:
    """Sit a whole contest in a browser that is listened to, while others sit it too."""
    readers = (Visitor(server.url), Visitor(server.url))
    readers[1].register(1)
    calm = pages_of(*readers)
    wire = Wire.tap(context)
    page = context.new_page()
    for path in ("/the-le", "/tra-cuu", "/tiep-tuc"):
        page.goto(server.url + path)
        wire.settle()
    code = register(page, server.url, SELF, "Đơn vị mẫu 1", wire.settle)
    begin(page)
    wire.settle()
    other = Visitor(server.url)
    other_code = other.register(OTHER, "dv-3")
    other.begin()
    other.open_paper()
    for q in (1, 2, 3):
        go_to(page, q)
        choose(page, question(page).options[:1])
    until(wire.all_acknowledged, 20, "all is acknowledged", page=page)
    wire.settle()
    page.reload()
    heading(page).wait_for()
    wire.settle()
    directory = ContestDirectory(server.directory)
    submitted = [sit(directory, number) for number in (600, 6_010_601, 6_010_602)]
    for q in (4, 5, 6):
        go_to(page, q)
        choose(page, question(page).options[:1])
    predict(page, "9876")
    receipt = hand_in(page)
    wire.settle()
    for path in ("/", f"/bien-nhan/{submitted[0].receipt}", f"/bien-nhan/{receipt}"):
        page.goto(server.url + path)
        wire.settle()
    row = contestant(server.directory, OTHER)
    attempt = rows_of(server.directory, row["contestant_id"])[0]
    others = {
        "name": "7770777",
        "phone": "0007770777",
        "id": row["contestant_id"],
        "code": other_code.replace("-", ""),
        "shown code": other_code,
        "attempt": attempt["attempt_id"],
        "receipt": attempt["receipt"],
        "second name": "6010601",
        "second receipt": submitted[1].receipt,
        "second attempt": submitted[1].attempt_id,
        "opened name": "Thí sinh thử 00600",
        "opened phone": "0000000600",
        "opened attempt": submitted[0].attempt_id,
    }
    paths = {path for path, _ in wire.received if path.startswith(STATIC)}
    static = {path: other.get(path).text.encode() for path in paths}
    return Watched(server, wire, code, receipt, others, static, calm, pages_of(*readers))


def forms(text: str) -> set[bytes]:
    """Return a text in every writing that might stand on a wire."""
    return {
        text.encode(),
        json.dumps(text)[1:-1].encode(),
        escape(text).encode(),
        quote(text).encode(),
        text.encode("utf-16-le"),
    }


def found(watched: Watched, text: str) -> list[str]:
    """Return where a text reached the browser."""
    wanted = forms(text)
    return [place for place, raw in watched.everything() if any(one in raw for one in wanted)]


# ---- the recording itself ----


@pytest.mark.browser
def test_the_recording_holds_what_it_should(watched: Watched) -> None:
    """Pages, scripts, frames of the whole contest: or the tests below would find nothing."""
    places = {place for place, _ in watched.wire.received}
    lost = {place for place, raw in watched.wire.received if raw.startswith(LOST)}
    assert {place for place in lost if not place.startswith(STATIC)} == set()
    assert {
        "/",
        "/the-le",
        "/dang-ky",
        "/bat-dau",
        "/thi",
        f"/bien-nhan/{watched.receipt}",
    } <= places
    assert any(place.endswith("entry.js") for place in places)
    assert found(watched, "Câu hỏi thử")
    assert "socket" in found(watched, "Phương án a của")
    assert len(watched.wire.told("paper")) == 2
    assert len(watched.wire.told("ack")) >= 8
    assert b"9876" in b"".join(watched.wire.frames_out)


# ---- the key ----


@pytest.mark.browser
def test_no_id_of_the_bank_reaches_the_browser(watched: Watched) -> None:
    """Neither questions nor options nor facts nor sources have names there."""
    bank = telling_bank()
    ids = [one.id for one in (*bank.questions, *bank.facts, *bank.sources)]
    for id_ in (*ids, *OPTION_IDS, *TOPICS):
        if id_ in TOPICS:
            assert "socket" not in [
                place
                for place, raw in watched.everything()
                if f'"{id_}"'.encode() in raw or f"id={id_}".encode() in raw
            ]
        else:
            assert found(watched, id_) == [], id_


@pytest.mark.browser
def test_no_explanation_or_source_reaches_the_browser(watched: Watched) -> None:
    """Nothing that tells why an answer is right."""
    for text in ("Theo dữ kiện", "Dữ kiện thử", "Văn bản thử", "Cơ quan mẫu", "Mục 1"):
        assert found(watched, text) == [], text


@pytest.mark.browser
def test_no_count_by_topic_reaches_the_browser(watched: Watched) -> None:
    """It is a figure of the key: not even its heading comes before the rules reveal both."""
    for text in (TOPIC_TEXTS["topics.title"], 'class="topics"', 'class="share"'):
        assert found(watched, text) == [], text
    receipts = [raw for place, raw in watched.everything() if place.startswith("/bien-nhan/")]
    assert receipts
    for topic in telling_bank().topics:
        assert not any(form in raw for raw in receipts for form in forms(topic.title)), topic


@pytest.mark.browser
def test_no_word_for_the_key_reaches_the_browser(watched: Watched) -> None:
    """No field is called by it, on the socket or in the page's data."""
    for message in watched.wire.told():
        told = json.dumps(message)
        assert not re.search(r'"(key|keys|correct|answer|right|score|points|solution)"', told)
        assert set(message) <= {
            "t", "seq", "pen", "at", "page", "held", "now", "deadline", "started", "title",
            "round", "band", "questions", "answers", "flags", "prediction", "texts", "text",
            "how", "receipt_url", "received", "empty", "why", "q", "written",
            "notices",
        }  # fmt: skip
    for paper in watched.wire.told("paper"):
        for asked in paper["questions"]:
            assert set(asked) == {"q", "kind", "many", "stem", "hint", "image", "options"}
            assert all(isinstance(option, str) for option in asked["options"])


@pytest.mark.browser
def test_the_paper_comes_after_the_beginning_only(watched: Watched) -> None:
    """Before "Bắt đầu làm bài" was pressed, no question was on the wire."""
    began = next(n for n, (place, _) in enumerate(watched.wire.received) if place == "/thi")
    before = b"".join(raw for _, raw in watched.wire.received[:began])
    assert b"C\xc3\xa2u h\xe1\xbb\x8fi th\xe1\xbb\xad" not in before
    for _, raw in watched.wire.received:
        assert b"Ph\xc6\xb0\xc6\xa1ng \xc3\xa1n a c\xe1\xbb\xa7a" not in raw  # by the socket alone


# ---- other people ----


@pytest.mark.browser
def test_nothing_of_other_people_reaches_the_browser(watched: Watched) -> None:
    """No name, phone, id, code, attempt or receipt of anybody else."""
    for what, text in watched.others.items():
        assert found(watched, text) == [], what


@pytest.mark.browser
def test_a_receipt_of_somebody_else_shows_a_masked_name(watched: Watched) -> None:
    """The one whose code was typed in; and nothing more."""
    assert found(watched, "Thí••• 0•0")


@pytest.mark.browser
def test_the_own_resume_code_is_on_one_page_only(watched: Watched) -> None:
    """On the start page; the socket and all other pages never carry it."""
    assert set(found(watched, watched.code)) == {"/bat-dau"}
    assert found(watched, watched.code.replace("-", "")) == []


@pytest.mark.browser
def test_the_own_phone_number_is_never_shown_whole(watched: Watched) -> None:
    """Only its end, on the page where it is checked."""
    assert found(watched, "0000000042") == []
    assert set(found(watched, "•••• ••• 042")) == {"/dang-ky/kiem-tra"}


@pytest.mark.browser
def test_no_secret_or_path_of_the_server_reaches_the_browser(watched: Watched) -> None:
    """Round's secret, cookie's secret, folders."""
    directory = ContestDirectory(watched.server.directory)
    secrets = [path.read_text(errors="replace").strip() for path in directory.secrets.iterdir()]
    secrets.append(cookie_secret(directory).hex())
    for text in (*filter(None, secrets), str(directory.path), "site-packages", "Traceback"):
        assert found(watched, text) == []


# ---- totals ----


def test_pages_do_not_change_with_the_number_of_people(watched: Watched) -> None:
    """Before and after five others registered and four sat: the same pages, byte by byte."""
    assert len(people(watched.server.directory)) >= 6
    assert watched.calm.keys() == watched.busy.keys()
    for name, text in watched.calm.items():
        assert _timeless(watched.busy[name]) == _timeless(text), name


def _timeless(page: str) -> str:
    """Return a page without the time at which it was asked for."""
    return re.sub(r'="1[0-9]{12}"', "", page)


def test_a_paper_does_not_change_with_the_number_of_people(watched: Watched) -> None:
    """What a page is told of its paper has no figure of the contest in it."""
    server = watched.server
    visitor = Visitor(server.url)
    visitor.register(88)
    visitor.begin()

    def paper() -> dict:
        with Socket(visitor, visitor.open_paper()) as socket:
            socket.tell(socket.paper(), {"t": "hello", "page": "trang00000000000000x"})
            state = socket.told("paper")
            return {key: state[key] for key in state if key not in ("now", "pen")}

    before = paper()
    Visitor(server.url).register(89)
    sit(ContestDirectory(server.directory), 690)
    assert paper() == before


# ---- widgets ----


def test_widgets_hold_nothing_of_the_contest(watched: Watched) -> None:
    """Who asks the own kernel for every widget's state learns nothing."""
    visitor = Visitor(watched.server.url)
    visitor.register(87)
    visitor.begin()
    with Socket(visitor, visitor.open_paper()) as socket:
        model = socket.paper()
        socket.tell(model, {"t": "hello", "page": "trang00000000000000y"})
        socket.told("paper")
        states = socket.states()
    assert set(states) == {model}  # the paper, and nothing beside it
    paper = states[model]["state"]
    assert paper["_anywidget_id"] == "timhieu.paper"
    assert paper["_esm"] == paper["_css"] == ""
    told = json.dumps(states, ensure_ascii=False)
    for text in ("Câu hỏi", "Phương án", "ch-", "ts-", "lt-", "phuongan", "Thí sinh"):
        assert text not in told
    assert set(paper) <= {
        "_anywidget_id", "_css", "_esm", "_model_module", "_model_module_version",
        "_model_name", "_view_count", "_view_module", "_view_module_version", "_view_name",
    }  # fmt: skip


def test_widgets_cannot_be_changed_into_telling(watched: Watched) -> None:
    """Traits that a page sets stay without effect on what it is told."""
    visitor = Visitor(watched.server.url)
    visitor.register(86)
    visitor.begin()
    with Socket(visitor, visitor.open_paper()) as socket:
        model = socket.paper()
        for state in ({"_esm": "x"}, {"_sitting": {}}, {"_pen": 9}, {"_app": None}, {"carry": 1}):
            data = {"method": "update", "state": state, "buffer_paths": []}
            socket.send("comm_msg", {"comm_id": model, "data": data})
        messages = json.dumps(socket.until_idle())
        for text in ("Câu hỏi", "ts-", "lt-", "Traceback"):
            assert text not in messages
        socket.tell(model, {"t": "hello", "page": "trang00000000000000z"})
        assert socket.told("paper")["pen"] == 1


# ---- no relation between the wire and the key ----

PAPERS = 3000


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    """Return many papers of a bank whose key is always the first option."""
    bank = make_bank(key="first", only="single")
    rules = PaperRules.model_validate(
        {
            "minutes": 20,
            "points": 10,
            "blueprint": [{"topic": topic, "questions": 2} for topic in TOPICS],
        }
    )
    pool = Pool(bank, sample=False)
    ids = SeededIds(7, ROUND)
    secret = b"s" * 32
    return [draw(pool, rules, seed_of(secret, new_id(ids, "lt"))) for _ in range(PAPERS)]


def key_places(paper: Paper) -> list[int]:
    """Return where the key of each question is shown."""
    return [item.positions_of(item.question.right())[0] for item in paper.items]


def surprise(counts: Counter[int], kinds: int) -> float:
    """Return chi-square of counts against all kinds being equally frequent, per degree."""
    expected = sum(counts.values()) / kinds
    square = sum((counts[kind] - expected) ** 2 / expected for kind in range(1, kinds + 1))
    return square / (kinds - 1)


LIMIT = 6.0
"""Chi-square per degree of freedom (3 to 15 of them): beyond it chance is one in some thousands."""


def test_the_key_is_shown_in_every_place_equally_often(papers: list[Paper]) -> None:
    """Though it is always the first in the bank."""
    counts = Counter(place for paper in papers for place in key_places(paper))
    assert surprise(counts, 4) < LIMIT


def test_the_number_of_a_question_does_not_tell_its_key(papers: list[Paper]) -> None:
    """On every place of the paper the key is everywhere."""
    for q in range(6):
        assert surprise(Counter(key_places(paper)[q] for paper in papers), 4) < LIMIT


def test_the_question_does_not_tell_its_key(papers: list[Paper]) -> None:
    """No question has a favourite place for it."""
    by_stem: dict[str, Counter[int]] = {}
    for paper in papers:
        for item, place in zip(paper.items, key_places(paper), strict=True):
            by_stem.setdefault(item.question.stem, Counter())[place] += 1
    assert len(by_stem) == 12
    for counts in by_stem.values():
        assert surprise(counts, 4) < LIMIT


def test_one_question_does_not_tell_the_key_of_the_next(papers: list[Paper]) -> None:
    """Pairs of neighbours on a paper are all equally frequent."""
    pairs = Counter((a - 1) * 4 + b for paper in papers for a, b in pairwise(key_places(paper)))
    assert surprise(pairs, 16) < LIMIT


def test_the_other_options_do_not_tell_the_key(papers: list[Paper]) -> None:
    """Nor does the order in which the wrong ones stand: it goes with no place of the key."""
    orders: dict[int, Counter[str]] = {}
    for paper in papers:
        for item, place in zip(paper.items, key_places(paper), strict=True):
            wrong = "".join(
                option.id for option in item.options if option.id not in item.question.right()
            )
            orders.setdefault(place, Counter())[wrong] += 1
    for counts in orders.values():
        numbered = Counter({n: count for n, count in enumerate(counts.values(), start=1)})
        assert len(numbered) == 6
        assert surprise(numbered, 6) < LIMIT


def test_two_contestants_do_not_share_an_order(papers: list[Paper]) -> None:
    """What the neighbour sees as the second option tells nothing of one's own."""
    orders = {
        tuple((item.question.id, tuple(o.id for o in item.options)) for item in paper.items)
        for paper in papers[:500]
    }
    assert len(orders) == 500


def test_the_attempts_id_does_not_reach_the_browser(watched: Watched) -> None:
    """With it and the secret that is published later, anybody's paper could be drawn again."""
    (attempt,) = select(
        watched.server.directory,
        "select attempt_id from attempts where receipt = ?",
        watched.receipt,
    )
    assert found(watched, attempt["attempt_id"]) == []
