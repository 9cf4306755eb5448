"""Every bad input is refused with file and line, all in one list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contest.check import SAMPLE_PHONES
from contest.directory import ContestDirectory
from questions.problems import Problem, ProblemsFound
from tests.factories import CLOSES, DAY, HOUR, OPENS, PAPER, UNITS, make_bank, write_contest

Found = list[tuple[str, int, str]]
"""(file, line, code)"""


def places(problems: list[Problem]) -> Found:
    """Return where each problem stands."""
    return [(problem.file, problem.line, problem.code) for problem in problems]


def line_of(directory: ContestDirectory, name: str, text: str) -> int:
    """Return the line of a file in which `text` stands, from 1."""
    lines = (directory.path / name).read_text(encoding="utf-8").split("\n")
    (found,) = [number for number, line in enumerate(lines, 1) if text in line]
    return found


def change(directory: ContestDirectory, name: str, old: str, new: str) -> None:
    """Change a text that stands in a file exactly once."""
    path = directory.path / name
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1, old
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_good_contest_has_no_problem(directory: ContestDirectory) -> None:
    """Not even advice."""
    read = directory.read()
    assert places(read.problems) == []
    assert read.contest is not None


# One change to a good directory -> what is found, and in which line it stands now.
CHANGES: dict[str, tuple[str, str, str, str, str]] = {
    "broken YAML": ("the_le.yml", "version: 2", "version: [2", "yaml.broken", ""),
    "unknown key": (
        "the_le.yml", "  grace_seconds: 0", "  grace: 0", "model.extra_forbidden", "  grace: 0",
    ),
    "key written twice": (
        "the_le.yml", "  limit: 2", "  limit: 2\n  limit: 3", "yaml.repeated", "  limit: 3",
    ),
    "missing key": (
        "the_le.yml", "  points: 10\n", "", "model.missing", "paper:",
    ),
    "no attempts": ("the_le.yml", "  limit: 2", "  limit: 0", "model.greater_than_equal", "limit"),
    "impossible date": (
        "the_le.yml", "closes: 2026-11-25 08:00", "closes: 2026-11-31 08:00", "model.moment",
        "closes: 2026-11-31",
    ),
    "question without a fact": (
        "ngan_hang/luat.yml", "facts: [dk-luat-1]", "facts: []", "question.no_fact",
        "id: ch-luat-1",
    ),
    "question on a fact that isn't there": (
        "ngan_hang/luat.yml", "facts: [dk-luat-1]", "facts: [dk-khong-co]", "fact.unknown",
        "facts: [dk-khong-co]",
    ),
    "question without a key": (
        "ngan_hang/luat.yml", "    key: b\n", "", "model.missing", "id: ch-luat-1",
    ),
    "key that is no option": (
        "ngan_hang/luat.yml", "    key: b\n", "    key: z\n", "question.key_unknown", "key: z",
    ),
    "fact without a source": (
        "ngan_hang/facts.yml",
        "  - id: dk-luat-1\n    statement: Dữ kiện thử 1 của luat\n    cites:\n"
        "      source: nguon-thu\n      place: Mục 1\n",
        "  - id: dk-luat-1\n    statement: Dữ kiện thử 1 của luat\n",
        "model.missing", "id: dk-luat-1",
    ),
    "source that isn't there": (
        "ngan_hang/sources.yml", "id: nguon-thu", "id: nguon-khac", "source.unknown", "",
    ),
    "question id twice": (
        "ngan_hang/luat.yml", "id: ch-luat-1", "id: ch-luat-2", "question.repeated", "",
    ),
    "fact id twice": (
        "ngan_hang/facts.yml", "id: dk-luat-1", "id: dk-luat-2", "fact.repeated", "",
    ),
    "repeated unit": ("don_vi.csv", "dv-2,", "dv-1,", "units.repeated", "dv-1,Đơn vị mẫu 2"),
    "parent that doesn't exist": (
        "don_vi.csv", "mẫu 2,khoi-a", "mẫu 2,khoi-z", "units.parent", "khoi-z",
    ),
    "headcount that is no number": (
        "don_vi.csv", ",60", ",sáu mươi", "units.headcount", "sáu mươi",
    ),
    "closing before opening": (
        "the_le.yml", "closes: 2026-11-25 08:00", "closes: 2026-11-22 08:00",
        "rules.window_backwards", "closes: 2026-11-22",
    ),
    "too many questions of a topic": (
        "the_le.yml", "topic: luat\n      questions: 1", "topic: luat\n      questions: 5",
        "rules.topic_small_approved", "topic: luat",
    ),
    "topic that isn't there": (
        "the_le.yml", "topic: luat", "topic: tho_ca", "rules.topic_unknown", "topic: tho_ca",
    ),
    "group twice": (
        "the_le.yml", "registration:", "  - {id: chung, title: Nữa}\nregistration:",
        "rules.group_repeated", "title: Nữa",
    ),
    "field twice": (
        "the_le.yml", "    - kind: name", "    - kind: name\n    - {kind: name, max_length: 99}",
        "rules.field_repeated", "max_length: 99",
    ),
    "no name": (
        "the_le.yml", "    - kind: name\n", "", "rules.no_name", "fields:",
    ),
    "key that isn't asked": (
        "the_le.yml", "      required: true", "      required: false", "rules.key_without_field",
        "key: phone",
    ),
    "data deleted too early": (
        "the_le.yml", "delete_on: 2027-02-23", "delete_on: 2026-11-25", "rules.deleted_early",
        "delete_on",
    ),
    "ranked by a prediction nobody makes": (
        "the_le.yml",
        'prediction:\n  quantity: people\n  question: "Có bao nhiêu người dự thi?"\n'
        '  hint: "Chỉ gõ chữ số."\n  scope: round\n  equal: same\n'
        "  excluded_count: false\n  true_value: computed\n",
        "prediction: null\n", "rules.prediction_missing", "key: prediction_error",
    ),
    "answers shown in a closed book": (
        "the_le.yml", "right_answers: after_round", "right_answers: at_once",
        "rules.reveal_closed_book", "right_answers",
    ),
    "missing bank": (
        "the_le.yml", "bank: ngan_hang", "bank: khong_co", "bank.missing", "bank: khong_co",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_bad_input_is_refused_where_it_stands(directory: ContestDirectory, name: str) -> None:
    """With the line that has to be mended, and a way to mend it."""
    file, old, new, code, line = CHANGES[name]
    change(directory, file, old, new)
    read = directory.read()
    found = [problem for problem in read.errors if problem.code == code]
    assert found, places(read.problems)
    if line:
        assert line_of(directory, file, line) in {problem.line for problem in found}
    assert all(problem.file and problem.fix for problem in read.errors)
    with pytest.raises(ProblemsFound):
        directory.load()


def test_everything_is_told_in_one_list(directory: ContestDirectory) -> None:
    """Of rules, units and bank at once, although the rules can't even be read as such."""
    names = [
        "unknown key", "question without a fact", "question id twice", "fact without a source",
        "repeated unit",
    ]  # fmt: skip
    for name in names:
        file, old, new, *_ = CHANGES[name]
        change(directory, file, old, new)
    change(directory, "don_vi.csv", "dv-3,Đơn vị mẫu 3,khoi-b", "dv-3,Đơn vị mẫu 3,khoi-z")
    expected = {CHANGES[name][3] for name in names} | {"units.parent"}
    assert {problem.code for problem in directory.read().errors} == expected


def test_other_files_are_read_where_the_rules_are_no_yaml(directory: ContestDirectory) -> None:
    """Under the names that `init` gives them."""
    change(directory, "the_le.yml", "version: 2", "version: [2")
    change(directory, "don_vi.csv", "dv-2,", "dv-1,")
    change(directory, "ngan_hang/luat.yml", "facts: [dk-luat-1]", "facts: []")
    codes = {problem.code for problem in directory.read().errors}
    assert codes >= {"yaml.broken", "units.repeated", "question.no_fact"}


def test_problems_of_rules_that_fit_no_model_are_told_once(directory: ContestDirectory) -> None:
    """One line, one finding."""
    change(directory, "the_le.yml", "  grace_seconds: 0", "  grace: 0")
    assert places(directory.read().problems) == [
        ("the_le.yml", line_of(directory, "the_le.yml", "grace: 0"), "model.extra_forbidden")
    ]


@pytest.mark.parametrize("headcount", ["0", ""])
def test_share_needs_a_headcount(tmp_path: Path, headcount: str) -> None:
    """Of every unit; an unknown one makes its parent's unknown."""
    units = UNITS.replace(",40", f",{headcount}")
    directory = write_contest(tmp_path / "x", by="share", units=units)
    expected = [("don_vi.csv", 3, "rules.headcount")]
    if not headcount:
        expected.insert(0, ("don_vi.csv", 2, "rules.headcount"))
    assert places(directory.read().errors) == expected


def test_other_orders_need_no_headcount(tmp_path: Path) -> None:
    """Unknown ones stay unknown."""
    directory = write_contest(tmp_path / "x", by="people", units=UNITS.replace(",40", ","))
    assert directory.read().errors == []


@pytest.mark.parametrize(
    ("by_rules", "code"),
    [
        ({"windows": [(OPENS, OPENS + DAY), (OPENS + HOUR, CLOSES)]}, "rules.windows_overlap"),
        ({"more_rounds": [("ky-1", CLOSES, CLOSES + DAY)]}, "rules.round_repeated"),
        ({"more_rounds": [("ky-2", CLOSES - HOUR, CLOSES + DAY)]}, "rules.rounds_overlap"),
        ({"more_rounds": [("ky-0", OPENS - DAY, OPENS)]}, "rules.rounds_overlap"),
        ({"sample": True, "pattern": "09xxxxxxxx"}, "rules.sample_phone"),
        ({"paper": [*PAPER, ("luat", 4)]}, "rules.topic_small_approved"),
        ({"sample": True, "paper": [("luat", 5)]}, "rules.topic_small"),
    ],
)
def test_rules_that_do_not_fit_together_are_refused(
    tmp_path: Path, by_rules: dict[str, object], code: str
) -> None:
    """Each with its line in the rules file."""
    read = write_contest(tmp_path / "x", **by_rules).read()
    (problem,) = read.errors
    assert (problem.file, problem.code) == ("the_le.yml", code)
    assert problem.line > 1


def test_windows_that_touch_do_not_overlap(tmp_path: Path) -> None:
    """One closes when the next opens."""
    windows = [(OPENS, OPENS + DAY), (OPENS + DAY, CLOSES)]
    assert write_contest(tmp_path / "x", windows=windows).read().problems == []


@pytest.mark.parametrize(
    ("by_rules", "code"),
    [
        ({"key": "none"}, "rules.no_key"),
        ({"windows": [(OPENS, OPENS + HOUR)], "minutes": 90}, "rules.window_short"),
    ],
)
def test_weak_rules_are_advice(tmp_path: Path, by_rules: dict[str, object], code: str) -> None:
    """The contest can be held all the same."""
    directory = write_contest(tmp_path / "x", **by_rules)
    (problem,) = directory.read().problems
    assert (problem.code, problem.advice) == (code, True)
    directory.load()


def test_prediction_that_ranks_nobody_is_advice(directory: ContestDirectory) -> None:
    """It may be asked for fun."""
    change(directory, "the_le.yml", "      - {key: prediction_error, order: low}\n", "")
    (problem,) = directory.read().problems
    assert (problem.code, problem.advice) == ("rules.prediction_unused", True)


@pytest.mark.parametrize(
    ("status", "sample", "problems"),
    [
        ("approved", False, 0),
        ("approved", True, 0),
        ("reviewed", True, 0),
        ("reviewed", False, 3),
        ("draft", True, 3),
    ],
)
def test_blueprint_counts_what_may_be_drawn(
    tmp_path: Path, status: str, sample: bool, problems: int
) -> None:
    """One finding for every line of it that can't be filled."""
    directory = write_contest(tmp_path / "x", bank=make_bank(status=status), sample=sample)
    assert len(directory.read().errors) == problems


def test_blueprint_counts_the_types_that_may_be_drawn(tmp_path: Path) -> None:
    """A topic whose questions are of other types is too small."""
    directory = write_contest(tmp_path / "x", paper=[("luat", 1)])
    change(directory, "the_le.yml", "  blueprint:", "  types: [essay]\n  blueprint:")
    assert [problem.code for problem in directory.read().errors] == ["rules.topic_small_approved"]


def test_unknown_type_of_question_in_the_rules_is_named(tmp_path: Path) -> None:
    """With its line."""
    directory = write_contest(tmp_path / "x")
    change(directory, "the_le.yml", "  blueprint:", "  types: [quiz]\n  blueprint:")
    (problem,) = directory.read().errors
    assert (problem.file, "quiz" in problem.message) == ("the_le.yml", True)


def test_question_changed_after_its_approval_is_missing_from_the_blueprint(
    tmp_path: Path,
) -> None:
    """With advice on the question, and an error on the line that lacks it."""
    directory = write_contest(tmp_path / "x", paper=[("luat", 4)])
    change(directory, "ngan_hang/luat.yml", "Câu hỏi thử 1 của luat?", "Câu hỏi khác?")
    codes = [(problem.code, problem.advice) for problem in directory.read().problems]
    assert sorted(codes) == [
        ("question.status_stale", True),
        ("rules.topic_small_approved", False),
    ]


def test_public_bank_in_a_real_contest_is_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody can read its answers."""
    directory = write_contest(tmp_path / "x", bank=None)
    monkeypatch.setattr("contest.directory.BANKS", directory.path)
    change(directory, "the_le.yml", "bank: ngan_hang", "bank: kit:ngan_hang")
    (problem,) = directory.read().problems
    assert (problem.code, problem.advice) == ("rules.public_bank", True)


def test_advice_on_the_kits_own_bank_is_not_for_organisers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They can't mend it."""
    directory = write_contest(tmp_path / "x", sample=True)
    change(directory, "ngan_hang/luat.yml", "    explanation: Theo dữ kiện 1\n", "")
    assert [problem.advice for problem in directory.read().problems] == [True, True]
    monkeypatch.setattr("contest.directory.BANKS", directory.path)
    change(directory, "the_le.yml", "bank: ngan_hang", "bank: kit:ngan_hang")
    assert directory.read().problems == []


def test_sample_phones_are_what_the_message_recommends(tmp_path: Path) -> None:
    """The recommended pattern is accepted."""
    directory = write_contest(tmp_path / "x", sample=True, pattern=SAMPLE_PHONES)
    assert directory.read().problems == []


ORDERS: list[Callable[[list[str]], list[str]]] = [sorted, lambda names: sorted(names)[::-1]]


@pytest.mark.parametrize("order", ORDERS)
def test_list_is_sorted_and_holds_nothing_twice(
    directory: ContestDirectory, order: Callable[[list[str]], list[str]]
) -> None:
    """By file and line, whatever was read first."""
    for name in order(["repeated unit", "question without a fact", "closing before opening"]):
        file, old, new, *_ = CHANGES[name]
        change(directory, file, old, new)
    result = places(directory.read().problems)
    assert result == sorted(set(result))
