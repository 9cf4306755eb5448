"""What is announced is what is computed: every key of the rules changes the published text."""

from __future__ import annotations

import copy
import io
from typing import Any

import pytest
from docx import Document

from contest.rules import Rules
from contest.rules_text import articles
from contest.rules_text.write import to_docx, to_markdown
from questions.yaml_lines import parse_yaml
from tests.factories import rules_text

TOPICS = {"lich_su": "Lịch sử", "luat": "Luật", "kinh_te": "Kinh tế"}

UNSAID = {
    "version": "of the file",
    "contest.id": "for files only",
    "bank": "where the questions lie",
    "units": "where the units lie",
    "rounds.id": "for files only",
    "groups.id": "for files only",
    "registration.device_check": "is about machines, not about who may take part",
    "registration.entry_code": "is told to those who are invited",
    "practice": "not a part of the contest",
    "documents": "says how papers look, and who signs them",
}
"""Keys that the published text doesn't show, and why."""


def base() -> dict[str, Any]:
    """Return rules in which every key has a value."""
    file, _ = parse_yaml(
        rules_text(more_rounds=[("ky-2", 1_796_000_000_000, 1_796_100_000_000)]), "x"
    )
    data = Rules.model_validate(file.data).to_data()
    data["issued"] = {"number": "12/TL-BTC", "on": "2026-11-01"}
    data["groups"].append({"id": "hs", "title": "Học sinh"})
    data["rounds"][0] |= {
        "hours": {"opens": "07:00", "closes": "21:00", "days": ["mon", "tue"]},
        "stage": "Vòng tuần", "results_by": "2026-12-30",
    }  # fmt: skip
    data["registration"]["fields"] += [
        {"kind": "birth"}, {"kind": "email"},
        {"kind": "choice", "id": "nghe", "title": "Nghề", "choices": ["A", "B"]},
        {"kind": "text", "id": "lop", "title": "Lớp"},
    ]  # fmt: skip
    data["registration"] |= {
        "age": {"at_least": 12, "at_most": 70, "on": "2026-11-01"},
        "excluded": ["Ban Tổ chức"],
    }  # fmt: skip
    line = {"topic": "luat", "questions": 2, "level": "apply", "tag": "moi"}
    paper = {
        "points": "5", "seconds_per_question": 30, "blueprint": [line], "types": ["single"],
        "options": {"at_least": 3, "at_most": 4}, "right": {"at_least": 1, "at_most": 2},
        "grace_seconds": 5, "draw": "same", "order": "blueprint",
    }  # fmt: skip
    data["publish"] = {"names": "full", "top": None}
    data["papers"] = [{**paper, "rounds": ["ky-2"], "groups": ["hs"]}]
    data["scoring"] |= {
        "wrong": "-0.25",
        "multiple": "false",
        "time": {"scheme": "kahoot", "seconds": 30},
    }
    data["marking"] = {
        "allowed_percent": "10", "allowed_points": None, "third": "closest", "step": "0.25",
    }  # fmt: skip
    data["ranking"]["people"] |= {"ties": "lot", "lot": "xổ số"}
    data["ranking"]["boards"] = [
        {
            "id": "cc", "title": "Chung cuộc", "rounds": ["ky-1"],
            "ranking": {"keys": [{"key": "score", "order": "high"}], "ties": "lot", "lot": "hai"},
        }
    ]  # fmt: skip
    data["ranking"]["units"] |= {
        "then": [{"measure": "share"}],
        "min_people": 3,
        "min_headcount": 5,
    }
    prize = {"id": "nhat", "title": "Giải Nhất", "count": 1, "value": 1000, "points": "10"}
    data["prizes"] = {
        "people": [
            {
                "of": "round", "prizes": [prize], "per": "quota", "once": "contest", "edge": "lot",
                "quotas": [{"group": "chung", "counts": {"nhat": 1}}], "requires": ["all_right"],
                "min_score": "20", "max_share": "0.5", "lot": "ba",
            }
        ],
        "units": [{"of": "round", "level": 1, "prizes": [prize], "edge": "all"}],
    }  # fmt: skip
    data["complaints"] = {"days": 5, "to": "Ban Tổ chức"}
    return data


def published(data: dict[str, Any]) -> str:
    """Return the text of rules."""
    return to_markdown("Thử", articles(Rules.model_validate(data), TOPICS))


CHANGES: dict[str, Any] = {
    "contest.title": "Tên khác", "contest.organiser": "Ai khác", "contest.contact": "Nơi khác",
    "contest.sample": True, "issued.number": "13/TL", "issued.on": "2026-11-02",
    "rounds.0.title": "Kỳ đầu", "rounds.0.windows.0.opens": "2026-11-23 09:00",
    "rounds.0.windows.0.closes": "2026-11-25 09:00", "rounds.0.hours.opens": "08:00",
    "rounds.0.hours.closes": "20:00", "rounds.0.hours.days": ["mon"], "rounds.0.stage": "Vòng 1",
    "rounds.0.admits": "listed", "rounds.0.results_by": "2026-12-31", "groups.0.title": "Tất cả",
    "registration.fields.0.max_length": 50, "registration.fields.1.required": False,
    "registration.fields.1.pattern": "09xxxxxxxx", "registration.fields.2.precision": "year",
    "registration.fields.4.title": "Việc", "registration.fields.4.choices": ["A", "C"],
    "registration.fields.5.max_length": 9, "registration.fields.3.kind": "address",
    "registration.key": "none", "registration.age.at_least": 13, "registration.age.at_most": 71,
    "registration.age.on": "2026-11-02", "registration.excluded": ["Tổ Thư ký"],
    "registration.consent.purpose": "khác",
    "registration.consent.seen_by": "khác", "registration.consent.delete_on": "2027-12-31",
    "paper.minutes": 21, "paper.points": "7", "paper.draw": "same", "paper.order": "easy_to_hard",
    "paper.grace_seconds": 9, "paper.types": ["essay"], "paper.blueprint.0.topic": "kinh_te",
    "paper.blueprint.0.questions": 3, "papers.0.blueprint.0.level": "recall",
    "papers.0.blueprint.0.tag": "cu", "papers.0.options.at_least": 2, "papers.0.options.at_most": 5,
    "papers.0.right.at_least": 2, "papers.0.right.at_most": 3, "papers.0.seconds_per_question": 31,
    "papers.0.rounds": ["ky-1"], "papers.0.groups": ["chung"], "papers.0.points": "6",
    "attempts.limit": 3, "attempts.per": "day", "attempts.counted.keys.0.key": "correct",
    "attempts.counted.keys.0.order": "low", "valid.all_answered": True, "valid.prediction": True,
    "scoring.rounding": "down", "scoring.decimals": 1, "scoring.wrong": "-0.5",
    "scoring.multiple": "moodle", "scoring.floor_question": False, "scoring.floor_paper": False,
    "scoring.time.scheme": "classquiz", "scoring.time.seconds": 31,
    "marking.allowed_percent": "5", "marking.allowed_points": "2", "marking.third": "mean",
    "marking.step": "0.5", "prediction.quantity": "entries", "prediction.scope": "contest",
    "prediction.equal": "above_first", "prediction.excluded_count": True,
    "prediction.true_value": "outside", "prediction.question": "Khác?", "prediction.hint": "Khác.",
    "ranking.people.keys.0.key": "correct", "ranking.people.keys.0.order": "low",
    "ranking.people.lot": "khác", "ranking.people.duration": "s",
    "ranking.people.submitted_at": "s", "ranking.boards.0.title": "Khác",
    "ranking.boards.0.rounds": ["ky-2"], "ranking.boards.0.groups": "together",
    "ranking.boards.0.complete": True, "ranking.boards.0.ranking.lot": "khác",
    "ranking.boards.0.ranking.keys.0.key": "correct", "ranking.units.by": "attempts",
    "ranking.units.then.0.measure": "people", "ranking.units.then.0.weight": "2",
    "ranking.units.min_people": 4, "ranking.units.min_headcount": 6,
    "ranking.units.blocks": "together", "ranking.units.ties": "dense",
    "prizes.people.0.prizes.0.title": "Giải Đặc biệt", "prizes.people.0.prizes.0.count": 2,
    "prizes.people.0.prizes.0.value": 2000, "prizes.people.0.prizes.0.points": "9",
    "prizes.people.0.of": "cc", "prizes.people.0.quotas.0.counts": {"nhat": 2},
    "prizes.people.0.keep": "first", "prizes.people.0.once": "ranking",
    "prizes.people.0.requires": ["prediction"], "prizes.people.0.min_score": "21",
    "prizes.people.0.max_share": "0.4", "prizes.people.0.lot": "khác",
    "prizes.units.0.level": 2, "prizes.units.0.edge": "none", "prizes.units.0.of": "cc",
    "accommodations.duration": "scaled", "reveal.score": "never", "reveal.right_answers": "never",
    "reveal.explanations": "never", "reveal.open_book": True, "complaints.days": 6,
    "complaints.to": "Khác", "publish.names": "initials", "publish.top": 9,
}  # fmt: skip
"""Path in the rules -> another good value."""


def changed(path: str, value: Any) -> dict[str, Any]:
    """Return the base rules with one value changed."""
    data = copy.deepcopy(base())
    place: Any = data
    *way, last = path.split(".")
    for step in way:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return data


@pytest.mark.parametrize("path", CHANGES)
def test_a_changed_key_changes_the_text(path: str) -> None:
    """Nothing that is computed goes unsaid."""
    assert published(changed(path, CHANGES[path])) != published(base())


def test_every_key_is_said_or_left_out_for_a_reason() -> None:
    """A key added to the rules needs a line here, and a sentence in the text."""
    said = {".".join(step for step in path.split(".") if not step.isdigit()) for path in CHANGES}
    known = said | set(UNSAID)
    missing = [
        name for name in Rules.model_fields if not any(k.split(".")[0] == name for k in known)
    ]
    assert missing == []


@pytest.mark.parametrize("formula", [
    {"kind": "rank_points", "lists": [{"measure": "people"}], "top": 5, "first": 9},
    {"kind": "rank_points", "lists": [{"measure": "people"}], "top": 6, "first": 9},
    {"kind": "rank_points", "lists": [{"measure": "people"}], "top": 5, "first": 8},
    {"kind": "interleaved", "lists": [{"measure": "people"}, {"measure": "share"}]},
    {"kind": "interleaved", "lists": [{"measure": "share"}, {"measure": "people"}]},
    {"terms": [{"measure": "best_mean", "best": 3}]},
    {"terms": [{"measure": "best_mean", "best": 4}]},
    {"terms": [{"measure": "share", "weight": 100}, {"measure": "prize_points"}]},
])  # fmt: skip
def test_unit_formulas_have_their_own_sentences(formula: dict[str, Any]) -> None:
    """No two of them read alike."""
    texts = {published(changed("ranking.units.by", formula)), published(base())}
    assert len(texts) == 2


def test_word_has_every_sentence_of_the_markdown() -> None:
    """Both are the same articles."""
    rules = Rules.model_validate(base())
    document = Document(io.BytesIO(to_docx("Thử", articles(rules, TOPICS))))
    written = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for article in articles(rules, TOPICS):
        assert article.title in written
        for block in article.blocks:
            if isinstance(block, str):
                assert block in written
            elif hasattr(block, "lines"):
                assert all(line in written for line in block.lines)
            else:
                assert {cell for row in block.rows for cell in row} <= cells


def test_text_of_organisers_is_text() -> None:
    """A title can't become a heading, a table cell or HTML."""
    result = published(changed("contest.title", "# a | b <script> *c*"))
    assert "\\# a \\| b \\<script\\> \\*c\\*" in result
