"""What an answer of each kind is, and how typed numbers are read on both sides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.numbers import readings, shown
from tests.frontend.kinds import FIELDS, GIVEN, every_kind
from tests.frontend.modules import OUTBOX, Run, run

__all__ = ["run"]

pytestmark = pytest.mark.browser

READ = (
    "return arg.map(([text, unit]) => { const n = m.readTyped(text, unit);"
    " return n && m.formatNumber(n) })"
)
TYPED = ["12345", "12.345", "12 345", " 7 ", "7,5", "7.5", "1,234", "1.2.3", "12.34.567", "0"]
TYPED += [
    "007",
    "1 000.000",
    "1e3",
    "abc",
    "",
    "12,",
    ",5",
    "9" * 15,
    "9" * 16,
    "1.000,50",
    "2\u00a0000",
]


def test_page_and_server_read_typed_numbers_alike(run: Run) -> None:
    pairs = [[text, unit] for text in TYPED for unit in (None, "tháng")]
    pairs += [[text, "tháng"] for text in ("12 tháng", "12tháng", "12 THÁNG", "tháng", "12 năm")]
    for (text, unit), mine in zip(pairs, run("numbers", READ, pairs), strict=True):
        theirs = readings(text, unit)
        assert (mine is None) == (not theirs), text
        if mine is not None:
            assert mine.rstrip("0").rstrip(",") == shown(theirs[0]).rstrip("0").rstrip(","), text


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="0123456789., ", max_size=12))
def test_a_number_that_the_page_shows_is_one_to_the_server(run: Run, text: str) -> None:
    (mine,) = run("numbers", READ, [[text, None]])
    if mine is not None:
        assert readings(text), text


EMPTY: dict[str, Any] = {
    "choice": [],
    "group": [None] * 3,
    "match": [None] * 3,
    "order": [],
    "number": "",
    "text": "",
    "cloze": [None] * 3,
    "essay": "",
}


def test_an_answer_of_each_kind_and_none(run: Run) -> None:
    body = (
        "return arg.map(([one, empty, given]) => { const kind = m.kindOf(one);"
        " return [kind.empty(one), kind.answered(one, empty), kind.answered(one, given)] })"
    )
    answers = {"choice": [2], **GIVEN}
    cases = [[one, EMPTY[one["kind"]], answers[one["kind"]]] for one in every_kind()]
    found = run("kinds", body, cases)
    assert found == [[EMPTY[one["kind"]], False, True] for one in every_kind()]


@pytest.mark.parametrize(
    ("kind", "chosen", "answered"),
    [
        ("group", [None, False, None], True),
        ("cloze", ["", None, " "], False),
        ("cloze", ["", 1, ""], True),
        ("match", [None, None, 1], True),
        ("text", " \n", False),
    ],
)
def test_one_part_is_an_answer_and_spaces_are_none(
    run: Run, kind: str, chosen: Any, answered: bool
) -> None:
    one = {"kind": kind, **FIELDS[kind]}
    body = "return m.kindOf(arg[0]).answered(arg[0], arg[1])"
    assert run("kinds", body, [one, chosen]) is answered


def test_papers_that_differ_in_a_part_are_two_papers(run: Run) -> None:
    body = "return arg.map((one) => m.fingerprint([{q: 1, stem: 'x', ...one}]))"
    parts = [{"items": ["a", "b"]}, {"items": ["b", "a"]}, {"left": ["a", "b"]}, {"unit": "a"}]
    assert len(set(run("carry", body, parts))) == len(parts)


def test_outbox_sends_what_is_typed_when_it_pauses_and_never_later_than_ten_seconds(
    run: Run,
) -> None:
    body = f"""{OUTBOX}
      box.setPen(1);
      const type = (text) => box.put('a:1', {{t: 'answer', q: 1, chosen: text}},
        {{hold: 1000, typing: true}});
      const seen = [];
      for (let n = 1; n <= 25; n += 1) {{
        type('x'.repeat(n)); seen.push(box.typing && box.age() <= 0); at(n * 500);
        for (const {{pen, seq}} of sent) box.ack({{pen, seq}});
      }}
      at(14000);
      return [seen.every(Boolean), sent.map((one) => one.chosen.length), box.typing, box.age()];
    """
    calm, lengths, typing, age = run("outbox", body)
    assert calm
    assert lengths == [20, 25]
    assert not typing
    assert age > 0
