"""Plain text, HTML and Markdown into one another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.formats.html import to_markdown
from questions.formats.texts import fold, from_plain, tidy, to_html, to_plain
from questions.markup import foreign

lines = st.text(st.sampled_from(list("ab đ12*_`<>&\"'{}=~#:\\[]()|/-+.!?\n")), max_size=40).map(
    tidy
)


@given(lines)
def test_markdown_of_plain_text_shows_exactly_that_text(value):
    """Whatever signs are in it."""
    assert to_plain(from_plain(value)).split() == value.split()


@given(lines)
def test_html_of_markdown_leads_back_to_it(value):
    """Through a program that stores HTML, but for spaces, breaks, and how a list is marked."""
    shown = from_plain(value)
    assert seen(to_markdown(to_html(shown)).text) == seen(shown)


def seen(markdown: str) -> list[str]:
    """Return the words that a reader sees; HTML doesn't say which of its signs a list had."""
    plain = to_plain(markdown)
    return re.sub(r"(?m)^(\d+)\)(?= |$)", r"\1.", re.sub(r"(?m)^[+*](?= |$)", "-", plain)).split()


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Một <b>hai</b></p>", "Một **hai**"),
        ("<p>Một</p><p>hai</p>", "Một\n\nhai"),
        ("một<br>hai", "một\nhai"),
        ("<ul><li>một</li><li>hai</li></ul>", "- một\n- hai"),
        ("5 &lt; 7 &amp; 8&nbsp;", "5 < 7 & 8"),
        ("<em>5*3</em>", "*5\\*3*"),
        ("<ol start=3><li>ba</li><li>bốn</li></ol>", "3. ba\n4. bốn"),
        ("<ol start=-1><li>một</li></ol>", "1. một"),
    ],
)
def test_html_becomes_markdown(html, expected):
    """What the bank can show stays."""
    assert to_markdown(html).text == expected


@pytest.mark.parametrize(
    "html",
    ["<script>x</script>", "<p onclick='x'>a</p>", "<iframe src=x></iframe>", "<style>p{}</style>",
     "<a href='javascript:x'>a</a>", "<svg><script>x</script></svg>", "<p ONLOAD=x>a</p>"],
)  # fmt: skip
def test_html_that_acts_is_told(html):
    """And its content isn't taken for text."""
    found = to_markdown(html)
    assert found.active
    assert "x" not in found.text


def test_formatting_that_goes_lost_is_named():
    """An underline may carry meaning."""
    assert to_markdown("<u>không</u> đúng").dropped == ["u"]


def test_raised_and_lowered_signs_are_kept():
    """An exponent carries meaning; without tags it is told in Unicode's own signs."""
    found = to_markdown("5 m<sup>2</sup> và CO<sub>2</sub>")
    assert (found.text, found.dropped) == ("5 m<sup>2</sup> và CO<sub>2</sub>", [])
    assert to_html(found.text) == found.text
    assert to_plain(found.text) == "5 m² và CO₂"
    assert to_plain("x<sup>ab</sup>") == "xab"


def test_tags_that_nothing_closes_are_text():
    """So are all other tags, and a pair that an emphasis cuts."""
    for typed in ("<sup>2", "2</sup>", "<b>x</b>", "**<sup>a** b</sup>"):
        shown = to_html(typed)
        assert "&lt;" in shown and "<sup>" not in shown and "<b>" not in shown


def test_pictures_are_taken_out():
    """With their address and their words."""
    found = to_markdown('<p>Nhìn <img src="a.png" alt="Bản đồ"></p>')
    assert (found.text, found.pictures) == ("Nhìn", [("a.png", "Bản đồ")])


def test_invisible_signs_and_spaces_are_tidied():
    """They come along when people paste."""
    assert tidy("  mo\u0323\u0302t\u200b \u00a0 hai \r\n\r\n\r\n\r\nba ") == "mộ" + "t hai\n\nba"


@pytest.mark.parametrize("header", ["Đáp án A:", " ĐÁP  ÁN A", "đáp án a", "Đáp án a."])
def test_headers_fold_to_one_form(header):
    """However they are written."""
    assert fold(header) == "dap an a"


@pytest.mark.parametrize("value", ["Thẻ <b> là gì?", "Thẻ <script> là gì?", "</td>"])
def test_a_tag_that_is_text_is_escaped(value):
    """The bank asks for it, and it shows the same."""
    assert foreign(from_plain(value)) is None
    assert to_plain(from_plain(value)) == value
