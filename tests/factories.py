"""A whole contest in a folder, and people who take part in it; small enough to reckon by hand.

All times are given: nothing here reads a clock. The bank is private and has twelve
questions over three topics, four each: single, single, multiple, true or false.
"""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Literal

from contest.attempt import Draft, Kind
from contest.clock import local
from contest.directory import ContestDirectory
from contest.ids import IdSource, SeededIds
from contest.kinds import kind_of
from contest.service import Registered, Service
from contest.sitting import Sitting
from contest.store import (
    Action,
    AddContestant,
    Contestant,
    FreezeRound,
    OpenAttempt,
    SqliteStore,
)
from contest.store.migrations import connect
from questions import (
    Bank,
    Citation,
    Fact,
    MultipleChoice,
    Option,
    SingleChoice,
    Source,
    Topic,
    TrueFalse,
)
from questions.answers import right_response
from questions.canonical import sha256
from questions.dump import dump_bank
from questions.load import question_from_data
from questions.types import Status

OPENS = 1_795_395_600_000
"""23/11/2026 08:00 in Viet Nam, milliseconds UTC."""

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
CLOSES = OPENS + 2 * DAY
ROUND = "ky-1"
TOPICS = ("lich_su", "luat", "kinh_te")
PER_TOPIC = 4
PAPER = (("lich_su", 4), ("luat", 1), ("kinh_te", 1))
"""Six questions, of every kind."""

SECRETS = ("identity", f"round-{ROUND}")
REVIEWER = "Người duyệt thử"

UNITS = """\
unit_id,name,parent_id,block,headcount
khoi-a,Khối mẫu A,,Khối A,
dv-1,Đơn vị mẫu 1,khoi-a,Khối A,40
dv-2,Đơn vị mẫu 2,khoi-a,Khối A,60
khoi-b,Khối mẫu B,,Khối B,
dv-3,Đơn vị mẫu 3,khoi-b,Khối B,50
"""

KeyPlace = Literal["first", "last", "spread"]


def moment(ms: int) -> str:
    """Return a time as the rules file has it."""
    return f"{local(ms):%Y-%m-%d %H:%M:%S}"


def make_bank(
    *,
    key: KeyPlace = "spread",
    status: Literal["draft", "reviewed", "approved"] = "approved",
    per_topic: int = PER_TOPIC,
    shuffle: bool = True,
    only: Literal["single"] | None = None,
) -> Bank:
    """Return the bank; `key` says where the right option stands in the file."""
    source = Source(
        id="nguon-thu",
        title="Văn bản thử",
        issuer="Cơ quan mẫu",
        kind="document",
        copy="unofficial",
    )
    facts = tuple(
        Fact(
            id=f"dk-{topic}-{n}",
            statement=f"Dữ kiện thử {n} của {topic}",
            cites=Citation(source=source.id, place=f"Mục {n}"),
            status="one_source",
        )
        for topic in TOPICS
        for n in range(per_topic)
    )
    bare = Bank(
        id="ngan_hang_thu",
        title="Ngân hàng thử",
        topics=tuple(Topic(id=topic, title=f"Chủ đề {topic}") for topic in TOPICS),
        sources=(source,),
        facts=facts,
        questions=tuple(
            _question(topic, n, key, shuffle, only) for topic in TOPICS for n in range(per_topic)
        ),
    )
    return stamped(bare, status)


def stamped(bank: Bank, status: str) -> Bank:
    """Return the bank with every question at `status` for its content of today."""
    if status == "draft":
        return bank
    return bank.model_copy(
        update={
            "questions": tuple(
                question.model_copy(
                    update={
                        "status": Status(
                            status=status,
                            by=REVIEWER,
                            on=datetime.date(2026, 11, 1),
                            hash=bank.reviewed_hash(question),
                        )
                    }
                )
                for question in bank.questions
            )
        }
    )


def _question(topic: str, n: int, key: KeyPlace, shuffle: bool, only: str | None) -> Any:
    shared = {
        "id": f"ch-{topic}-{n}",
        "stem": f"Câu hỏi thử {n} của {topic}?",
        "facts": (f"dk-{topic}-{n}",),
        "topic": topic,
        "level": "recall",
        "explanation": f"Theo dữ kiện {n}",
        "shuffle": shuffle,
    }
    if n % 4 == 3 and only is None:
        return TrueFalse(type="true_false", key=n % 8 == 3, **shared)
    letters = "abcd"
    options = tuple(
        Option(id=letter, text=f"Phương án {letter} của {topic} {n}") for letter in letters
    )
    right = {"first": 0, "last": 3, "spread": n % 4}[key]
    if n % 4 == 2 and only is None:
        two = tuple(sorted({letters[right], letters[(right + 1) % 4]}))
        return MultipleChoice(type="multiple", options=options, key=two, **shared)
    return SingleChoice(type="single", options=options, key=letters[right], **shared)


def _parts(*texts: str, **more: Any) -> list[dict[str, Any]]:
    return [{"id": id_, "text": text, **more} for id_, text in zip("abcdef", texts, strict=False)]


EVERY_TYPE: dict[str, dict[str, Any]] = {
    "single": {"options": _parts("Cam", "Quýt", "Bưởi"), "key": "b"},
    "multiple": {"options": _parts("Hai", "Ba", "Bốn", "Năm"), "key": ["a", "c"]},
    "true_false": {"key": True},
    "true_false_group": {
        "statements": [
            {"id": "a", "text": "Hai là số chẵn", "key": True},
            {"id": "b", "text": "Ba là số chẵn", "key": False},
            {"id": "c", "text": "Bốn là số chẵn", "key": True},
            {"id": "d", "text": "Năm là số chẵn", "key": False},
        ],
        "scoring": "each",
    },
    "matching": {
        "left": _parts("Một", "Hai", "Ba"),
        "right": _parts("số 1", "số 2", "số 3", "số 4"),
        "key": {"a": "a", "b": "b", "c": "c"},
        "scoring": "each",
    },
    "ordering": {
        "items": _parts("Ba", "Một", "Bốn", "Hai"),
        "key": ["b", "d", "a", "c"],
        "scoring": "each",
    },
    "numeric": {"key": "29", "unit": "chương"},
    "short_text": {"accepted": ["Hòa Bình", "tỉnh Hòa Bình"]},
    "cloze": {
        "text": "Sau {{so}} là {{chu}}.",
        "gaps": [
            {"id": "so", "accepted": ["một", "1"]},
            {"id": "chu", "options": _parts("hai", "ba", "bốn"), "key": "a"},
        ],
        "scoring": "each",
    },
    "essay": {
        "rubric": _parts("Nêu được ý chính", "Có ví dụ", points="5"),
        "min_words": 5,
        "max_words": 200,
    },
}
"""Type -> what a good question of it has beside what all have; ids and texts are tame."""


def typed(type_: str, **changed: Any) -> Any:
    """Return a question of a type, some of its keys changed."""
    shared = {
        "id": f"ch-{type_}",
        "stem": f"Câu hỏi thử loại {type_}?",
        "facts": [f"dk-{TOPICS[0]}-0"],
        "topic": TOPICS[0],
        "level": "recall",
        "explanation": "Theo dữ kiện thử",
    }
    return question_from_data({**shared, "type": type_, **EVERY_TYPE[type_], **changed})


def typed_bank(*questions: Any, status: str = "approved") -> Bank:
    """Return a bank of these questions in the first topic; by default one of every type."""
    bare = make_bank(status="draft")
    found = questions or tuple(typed(type_) for type_ in EVERY_TYPE)
    return stamped(bare.model_copy(update={"questions": found}), status)


def rules_text(
    *,
    opens: int = OPENS,
    closes: int = CLOSES,
    windows: Sequence[tuple[int, int]] | None = None,
    more_rounds: Sequence[tuple[str, int, int]] = (),
    sample: bool = False,
    minutes: int = 20,
    limit: int = 2,
    grace: int = 0,
    key: str = "phone",
    pattern: str = "000xxxxxxx",
    prediction: str | None = "people",
    by: str = "people",
    order: str = "shuffled",
    paper: Sequence[tuple[str, int]] = PAPER,
    bank: str = "ngan_hang",
) -> str:
    """Return the rules file. Its lines are one value each, so that tests can change one."""
    rounds = [(ROUND, windows or [(opens, closes)])]
    rounds += [(id_, [(start, end)]) for id_, start, end in more_rounds]
    delete_on = f"{local(max(end for _, spans in rounds for _, end in spans) + 90 * DAY):%Y-%m-%d}"
    lines = [
        "version: 2",
        "contest:",
        "  id: thu",
        '  title: "Cuộc thi thử"',
        '  organiser: "Ban Tổ chức mẫu"',
        '  contact: "Tổ Thư ký mẫu"',
        f"  sample: {str(sample).lower()}",
        f"bank: {bank}",
        "units: don_vi.csv",
        "rounds:",
    ]
    for id_, spans in rounds:
        lines += [f"  - id: {id_}", f'    title: "Kỳ {id_}"', "    windows:"]
        for start, end in spans:
            lines += [f"      - opens: {moment(start)}", f"        closes: {moment(end)}"]
    lines += [
        "groups:",
        "  - id: chung",
        '    title: "Mọi thí sinh"',
        "registration:",
        "  fields:",
        "    - kind: name",
        "    - kind: phone",
        "      required: true",
        f'      pattern: "{pattern}"',
        f"  key: {key}",
        "  consent:",
        '    purpose: "xếp hạng"',
        '    seen_by: "Ban Tổ chức"',
        f"    delete_on: {delete_on}",
        "paper:",
        f"  minutes: {minutes}",
        "  points: 10",
        f"  order: {order}",
        f"  grace_seconds: {grace}",
        "  blueprint:",
    ]
    for topic, questions in paper:
        lines += [f"    - topic: {topic}", f"      questions: {questions}"]
    lines += [
        "attempts:",
        f"  limit: {limit}",
        "  counted:",
        "    keys:",
        "      - {key: score, order: high}",
        "      - {key: duration, order: low}",
    ]
    if prediction is None:
        lines += ["prediction: null"]
    else:
        lines += [
            "prediction:",
            f"  quantity: {prediction}",
            '  question: "Có bao nhiêu người dự thi?"',
            '  hint: "Chỉ gõ chữ số."',
            "  scope: round",
            "  equal: same",
            "  excluded_count: false",
            "  true_value: computed",
        ]
    lines += [
        "ranking:",
        "  people:",
        "    keys:",
        "      - {key: score, order: high}",
        *([] if prediction is None else ["      - {key: prediction_error, order: low}"]),
        "      - {key: duration, order: low}",
        "    ties: shared",
        "  units:",
        f"    by: {by}",
        "reveal:",
        "  score: after_round",
        "  right_answers: after_round",
        "  explanations: after_round",
        "  open_book: false",
    ]
    return "\n".join(lines) + "\n"


def write_contest(
    path: Path, *, bank: Bank | None = None, units: str = UNITS, **rules: Any
) -> ContestDirectory:
    """Write a contest directory; `rules` are what `rules_text` takes."""
    path.mkdir(parents=True)
    (path / "the_le.yml").write_text(rules_text(**rules), encoding="utf-8")
    (path / "don_vi.csv").write_text(units, encoding="utf-8")
    dump_bank(bank or make_bank(), path / "ngan_hang")
    return ContestDirectory(path)


def keep_secrets(directory: ContestDirectory) -> None:
    """Write the secrets that a contest would make for itself at random."""
    directory.secrets.mkdir(parents=True, exist_ok=True, mode=0o700)
    directory.var.chmod(0o700)
    for name in SECRETS:
        path = directory.secrets / name
        if not path.exists():
            path.write_text(sha256(name) + "\n", encoding="ascii")
            path.chmod(0o600)


@asynccontextmanager
async def opened(
    directory: ContestDirectory,
    *,
    at: int | None = OPENS,
    ids: IdSource | None = None,
    synthetic: bool = False,
) -> AsyncIterator[Service]:
    """Open a contest's database; its due rounds are frozen at `at` (None: nothing is done).

    Its secrets are always the same, and so are its papers.
    """
    keep_secrets(directory)
    store = SqliteStore(directory.database)
    try:
        # Other ids each time: what is in the database already has been given some.
        source = ids or SeededIds(1, str(await store.counts()))
        service = Service(directory, store, ids=source, synthetic=synthetic)
        await service.rounds.contest()
        if at is not None:
            await service.rounds.tick(at)
        yield service
    finally:
        await store.close()


TABLES = ("meta", "contents", "actions", "contestants", "people", "attempts", "rows", "running")


def everything(directory: ContestDirectory) -> dict[str, list[Any]]:
    """Return all that is stored, in an order that doesn't depend on how it came there."""
    with closing(connect(directory.database, read_only=True)) as db:
        return {table: sorted(db.execute(f"select * from {table}"), key=repr) for table in TABLES}


def fields(number: int) -> dict[str, str]:
    """Return what synthetic person `number` fills in."""
    return {"name": f"Thí sinh thử {number:05}", "phone": f"000{number:07}"}


async def enrol(
    service: Service, number: int = 1, unit: str = "dv-1", at: int = OPENS
) -> Registered:
    """Register a person who isn't there yet."""
    registered = await service.register(
        service.rounds.known().rules, fields(number), unit, "chung", at
    )
    assert registered is not None
    return registered


async def begin(
    service: Service, number: int = 1, unit: str = "dv-1", at: int = OPENS + MINUTE
) -> Sitting:
    """Register a person and open their first attempt."""
    registered = await enrol(service, number, unit, at)
    return await begin_again(service, registered.contestant_id, at)


async def begin_again(service: Service, contestant_id: str, at: int) -> Sitting:
    """Open the next attempt of a registered person."""
    opened_ = await service.open_attempt(contestant_id, ROUND, at)
    assert opened_.attempt_id is not None, opened_
    sitting = await service.sitting(opened_.attempt_id)
    assert sitting is not None
    return sitting


def page(number: int = 1) -> str:
    """Return the name a browser page gives itself."""
    return f"trangthithu{number:05}"


def right_positions(sitting: Sitting, q: int) -> Any:
    """Return the right answer to question `q` as a page sends it: where its options are shown.

    Some text for an essay, which nobody can call right beforehand.
    """
    item = sitting.paper.item(q)
    response = right_response(item.question) or {"text": "Bài viết thử."}
    return kind_of(item).write(item, response)


# ---- commands, for tests of the store itself ----


def contestant(number: int = 1, **changed: Any) -> Contestant:
    """Return a contestant as the store keeps one."""
    values = {
        "contestant_id": f"ts-{number:05}",
        "unit_id": "dv-1",
        "group": "chung",
        "registered_at": OPENS,
        "key_hash": f"khoa-{number:05}",
        "code_hash": f"ma-{number:05}",
        "consent_at": OPENS,
        "consent_hash": "c" * 64,
        "commitment": "d" * 64,
        **changed,
    }
    return Contestant(**values)


def add(number: int = 1, **changed: Any) -> AddContestant:
    """Return the command that registers contestant `number`."""
    return AddContestant(contestant(number, **changed), fields(number), "muoi")


def open_command(
    attempt: int = 1, *, person: int | None = None, at: int = OPENS, **changed: Any
) -> OpenAttempt:
    """Return the command that opens attempt `lt-<attempt>`, of the person of that number."""
    contestant_id = f"ts-{person or attempt:05}"
    values = {
        "round_id": ROUND,
        "contestant_id": contestant_id,
        "number": 1,
        "receipt": f"BN{attempt:07}",
        "draft": Draft(f"lt-{attempt:05}", Kind.OPEN, at, {"contestant_id": contestant_id}),
        **changed,
    }
    return OpenAttempt(**values)


def response(
    number: int = 1, sequence: int = 1, *, pen: int = 1, chosen: str = "a", at: int = OPENS + 1
) -> Draft:
    """Return a response to one question of attempt `lt-<number>`."""
    body = {"question": "ch-1", "chosen": [chosen]}
    return Draft(f"lt-{number:05}", Kind.RESPONSE, at, body, pen, sequence)


def freeze_command(at: int = OPENS, actor: str = "server") -> FreezeRound:
    """Return a command that freezes the round with next to nothing in it."""
    kinds = ("bank", "rules", "rules_text", "units")
    hashes = {kind: f"{kind}-{actor}" for kind in kinds}
    contents = {digest: (kind, f"{kind} of {actor}") for kind, digest in hashes.items()}
    return FreezeRound(contents, Action(at, actor, "freeze", ROUND, hashes))
