"""Notices: what may be written, how it is kept, and which ones hold when."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.notices.model import (
    LONGEST,
    BadNotice,
    Notice,
    checked,
    plain,
    read_notices,
    shown,
)
from contest.store.commands import NOTICE, NOTICE_WITHDRAWN, Action

NOW = 1_000_000
TIMES = st.integers(0, 100)


def written(
    text: str = "Nội dung mẫu",
    kind: str = "info",
    round_id: str | None = None,
    starts: int = 0,
    ends: int | None = None,
) -> Action:
    """Return the row of a notice."""
    body = {"text": text, "kind": kind, "round": round_id, "from": starts, "until": ends}
    return Action(0, "Thư ký mẫu", NOTICE, round_id or "", body)


def withdrawn(number: int, at: int = 50) -> Action:
    """Return the row that withdraws a notice."""
    return Action(at, "Trưởng ban mẫu", NOTICE_WITHDRAWN, str(number))


def codes(*given: object) -> list[str]:
    """Return what is wrong with a notice."""
    with pytest.raises(BadNotice) as error:
        checked(*given)  # type: ignore[arg-type]
    return [code for code, _ in error.value.codes]


def test_everything_wrong_is_told_at_once() -> None:
    """Nobody mends one thing to be told of the next."""
    assert codes("  \n ", "urgent", None, NOW, NOW - 1, NOW) == ["empty", "kind", "order"]
    assert codes("x" * (LONGEST + 1), "info", None, NOW, None, NOW) == ["too_long"]
    assert codes("x", "info", None, 1, 2, NOW) == ["past"]


def test_what_is_right_is_kept() -> None:
    """With its times, and the round it is for."""
    assert checked("Máy chủ  bảo trì\nlúc 22:00", "warning", "ky-1", NOW, NOW + 1, NOW) == {
        "text": "Máy chủ bảo trì lúc 22:00",
        "kind": "warning",
        "round": "ky-1",
        "from": NOW,
        "until": NOW + 1,
    }


@given(st.text(max_size=400))
def test_texts_are_one_plain_paragraph(text: str) -> None:
    """Composed, without controls or marks that turn its direction; kept twice is kept once."""
    kept = plain(text)
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in kept)
    assert kept == " ".join(kept.split())
    assert plain(kept) == kept


def test_markup_stays_the_signs_it_was_typed_with() -> None:
    """It is text; pages escape it."""
    assert plain("<b>Chú ý</b> & {{ 1 }}") == "<b>Chú ý</b> & {{ 1 }}"


@given(TIMES, st.none() | TIMES, st.none() | TIMES, TIMES)
def test_a_notice_holds_from_until_unless_withdrawn(
    starts: int, ends: int | None, gone: int | None, now: int
) -> None:
    """The first moment is in, the last is not; a withdrawn one never comes back."""
    rows = [written(starts=starts, ends=ends)]
    rows += [] if gone is None else [withdrawn(1, gone)]
    (notice,) = read_notices(rows)
    expected = gone is None and now in range(starts, 1000 if ends is None else ends)
    assert notice.holds(now) is expected
    assert shown([notice], (), now) == ([notice] if expected else [])


def test_rows_are_numbered_in_the_order_of_the_chain() -> None:
    """Other rows don't count; the first withdrawal is what happened."""
    rows = [
        written("a"),
        Action(1, "server", "freeze", "ky-1"),
        written("b"),
        withdrawn(1, 5),
        withdrawn(1, 9),
    ]
    found = read_notices(rows)
    assert [(one.number, one.text, one.withdrawn) for one in found] == [
        (1, "a", (5, "Trưởng ban mẫu")),
        (2, "b", None),
    ]


def test_pages_show_what_is_theirs() -> None:
    """Warnings first, the newest first, and no other round's."""
    rows = [
        written("all"),
        written("theirs", round_id="ky-1"),
        written("others", round_id="ky-2"),
        written("warning", kind="warning"),
    ]
    notices = read_notices(rows)
    assert [one.text for one in shown(notices, {"ky-1"}, NOW)] == ["warning", "theirs", "all"]
    assert [one.text for one in shown(notices, (), NOW)] == ["warning", "all"]


def test_pages_are_told_no_more_than_they_show() -> None:
    """Neither who wrote it nor until when it holds."""
    notice = Notice(3, "Nội dung", "info", "ky-1", 1, 2, "Thư ký mẫu")
    assert notice.told() == {"n": 3, "kind": "info", "text": "Nội dung"}
