"""Which rulings hold at a moment, and what they make of rounds."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from contest.rules import Rules
from contest.rulings.case import undone_by
from contest.rulings.force import History, Version, in_force
from contest.rulings.models import Ruling, read_rulings
from contest.store.commands import Action
from questions.yaml_lines import parse_yaml
from tests.contest.rulings.helpers import ruling, undo
from tests.factories import CLOSES, HOUR, MINUTE, OPENS, ROUND, rules_text


def rules(**changed: Any) -> Rules:
    """Return the rules of the factories."""
    file, _ = parse_yaml(rules_text(**changed), "the_le.yml")
    assert file is not None
    return Rules.model_validate(file.data)


def by_definition(rulings: list[Ruling]) -> set[int]:
    """Return the numbers that hold: a ruling does unless an undo of it does."""

    def holds(number: int) -> bool:
        undos = [one.number for one in rulings if one.subject == str(number)]
        return not any(holds(undo_) for undo_ in undos)

    return {one.number for one in rulings if one.kind != "undo" and holds(one.number)}


@st.composite
def histories(draw: st.DrawFn) -> list[Ruling]:
    """Return rulings of which some take back one that holds at that time."""
    made: list[Ruling] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        done = undone_by(made)
        open_ = [one.number for one in made if one.number not in done]
        if open_ and draw(st.booleans()):
            made.append(undo(number, draw(st.sampled_from(open_))))
        else:
            made.append(ruling(number, "void", how="full"))
    return made


@given(histories())
def test_undos_come_to_what_they_say(made: list[Ruling]) -> None:
    """An undo of an undo lets the first ruling hold again, however long the chain."""
    assert {one.number for one in in_force(made)} == by_definition(made)


@given(histories(), st.integers(0, 12))
def test_a_moment_knows_only_what_was_made_by_then(made: list[Ruling], at: int) -> None:
    """Whatever is ruled later changes nothing for those who began before."""
    assert in_force(made, at) == in_force(made[:at])


def test_rulings_are_numbered_among_all_actions() -> None:
    """Only rulings count, and the server's own acts between them don't."""
    actions = [
        Action(1, "server", "freeze", ROUND),
        Action(2, "BTC", "void", "ch-1", {"reason": "vì", "how": "full"}),
        Action(3, "BTC", "new_code", "ts-1"),
        Action(4, "BTC", "extra_time", "lt-1", {"reason": "vì", "ms": 1}),
    ]
    assert [(one.number, one.kind) for one in read_rulings(actions)] == [
        (1, "void"),
        (2, "extra_time"),
    ]


def test_extension_moves_the_window_from_its_moment_on() -> None:
    """Before it was made the window was what it was; once it is taken back it is again."""
    round_ = rules().round(ROUND)
    made = (
        ruling(1, "extend", ROUND, at=OPENS + 10, ms=HOUR, opens=OPENS, round=ROUND),
        ruling(2, "undo_time", "1", at=OPENS + 20, ruling=1, ms=HOUR, attempts=[]),
    )
    history = History(made)
    closing = [history.extended(round_, at).closes_at for at in (OPENS, OPENS + 10, OPENS + 20)]
    assert closing == [CLOSES, CLOSES + HOUR, CLOSES]


def test_extension_of_hours_moves_one_day_only() -> None:
    """Where a round is open at certain hours, the day that was interrupted lasts longer."""
    text = rules_text().replace(
        "groups:\n", "    hours: {opens: '07:30', closes: '17:30'}\ngroups:\n", 1
    )
    file, _ = parse_yaml(text, "the_le.yml")
    assert file is not None
    round_ = Rules.model_validate(file.data).round(ROUND)
    first, *others = round_.spans
    history = History((ruling(1, "extend", ROUND, ms=MINUTE, opens=first[0], round=ROUND),))
    longer = history.extended(round_, 5)
    assert longer.spans == [(first[0], first[1] + MINUTE), *others]


def version(digest: str, minutes: int) -> Version:
    """Return rules of so many minutes."""
    return Version(digest, f"{digest}-text", rules(minutes=minutes), "")


def change(number: int, digest: str, since: int) -> Ruling:
    """Return a change of rules."""
    return ruling(number, "rules", "thu", since=since, rules=digest, rules_text=f"{digest}-text")


def test_rules_hold_from_their_moment_until_newer_ones() -> None:
    """Whichever begins last holds, however late it was written down."""
    versions = {digest: version(digest, 10) for digest in "ab"}
    history = History((change(1, "a", 200), change(2, "b", 100)), versions)
    found = [history.version(at) for at in (50, 150, 250)]
    assert [one and one.hash for one in found] == [None, "b", "a"]


def test_rules_taken_back_stop_holding() -> None:
    """From the moment of the undo on, and not before it."""
    back = ruling(2, "undo_live", "1", at=300, ruling=1)
    history = History((change(1, "a", 100), back), {"a": version("a", 10)})
    assert [history.version(at) is None for at in (150, 299, 300)] == [False, False, True]


def test_admissions_add_up() -> None:
    """Each list adds to the ones before; one that is taken back doesn't."""
    made = (
        ruling(1, "admit", ROUND, contestants=["ts-1"], origin="tay", round=ROUND),
        ruling(2, "admit", ROUND, contestants=["ts-2"], origin="tay", round=ROUND),
        ruling(3, "undo_live", "1", ruling=1),
    )
    assert History(made).admitted(ROUND) == {"ts-2"}
