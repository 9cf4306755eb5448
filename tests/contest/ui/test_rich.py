"""The little Markdown of questions: what it gives, and that nothing else gets through."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.ui.rich import TAGS, Rich, heading, markup, rich


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Phương án thứ nhất", "Phương án thứ nhất"),
        ("Ý nào **không** đúng?", ["Ý nào ", ["strong", "không"], " đúng?"]),
        ("*Nghị quyết*", [["em", "Nghị quyết"]]),
        ("**p**", [["strong", "p"]]),
        (r"2 \* 3", "2 * 3"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("5 m<sup>2</sup>", ["5 m", ["sup", "2"]]),
        ("<sup>2", "<sup>2"),
        ("một\nhai", "một hai"),
        ("một  \nhai", ["một", ["br"], "hai"]),
        ("________", "________"),
    ],
)
def test_signs_become_elements(typed: str, told: Rich) -> None:
    """In options and stems alike; what isn't Markdown stays a string."""
    assert rich(typed) == told
    assert rich(typed, blocks=True) == told


def test_a_stem_may_have_paragraphs_and_lists() -> None:
    """An option that begins like a list is none."""
    told = [["p", "Chọn ý ", ["strong", "đúng"], ":"], ["ul", ["li", "một"], ["li", "hai"]]]
    assert rich("Chọn ý **đúng**:\n\n- một\n- hai", blocks=True) == told
    assert rich("1. một\n2. hai") == "1. một 2. hai"
    assert rich("2026. Năm nào?", blocks=True) == "2026. Năm nào?"


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[đây](javascript:alert(1))",
        "![](https://example.org/x.png)",
        "`mã` <https://example.org> &lt;b&gt; # x",
    ],
)
def test_all_else_stays_as_typed(typed: str) -> None:
    """Beside an emphasis, so that the reader really runs."""
    assert rich(f"**a** {typed}") == [["strong", "a"], f" {typed}"]


def elements(node: Any) -> list[str]:
    """Return the names of all elements in a text."""
    if isinstance(node, str):
        return []
    return [name for one in node if isinstance(one, list) for name in (one[0], *elements(one[1:]))]


@given(st.text(alphabet="ab *_\\\n-1.<>&[]()`#", max_size=60) | st.text(max_size=40), st.booleans())
def test_any_text_gives_known_elements_only(typed: str, blocks: bool) -> None:
    """However it is typed, in blocks or not."""
    assert set(elements(rich(typed, blocks=blocks))) <= TAGS


def test_pages_without_script_get_the_same_elements() -> None:
    """And every text escaped."""
    assert markup("Ý **không** <b>đúng</b>") == "Ý <strong>không</strong> &lt;b&gt;đúng&lt;/b&gt;"
    assert markup("m<sup>2</sup>  \nx") == "m<sup>2</sup><br>x"
    head, rest = heading("Chọn:\n\n- a & b\n- c")
    assert (head, rest) == ("Chọn:", "<ul><li>a &amp; b</li><li>c</li></ul>")
    assert heading("- a\n- b") == ("", "<ul><li>a</li><li>b</li></ul>")
    assert heading("Năm nào?") == ("Năm nào?", "")


@given(st.text(alphabet="ab <>&\"'/*_\n-\\sup12.", max_size=60))
def test_nothing_typed_becomes_a_tag_of_its_own(typed: str) -> None:
    """Whatever stands between angle brackets in the result is one of the few elements."""
    found = re.findall(r"<[^>]*>", markup(typed, blocks=True))
    assert set(found) <= {f"<{slash}{tag}>" for tag in TAGS for slash in ("", "/")}
