"""The strict YAML reader: values, lines, and what it refuses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions import yaml_lines
from questions.yaml_lines import MAX_DEPTH, parse_yaml, read_yaml


def read(text: str):
    """Return the data of text that has no problem."""
    file, problems = parse_yaml(text, "x.yml")
    assert problems == []
    return file.data


def refused(text: str) -> list[tuple[int, str]]:
    """Return (line, code) of every problem of the text."""
    return [(problem.line, problem.code) for problem in parse_yaml(text, "x.yml")[1]]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("1.50", "1.50"),
        ("007", "007"),
        ("2026-03-15", "2026-03-15"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("12:30", "12:30"),
        ("True", "True"),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("''", ""),
        ("9" * 19, "9" * 19),
    ],
)
def test_only_whole_numbers_true_false_and_null_are_not_text(typed, expected):
    """Everything else stays the text that was typed; quotes make text."""
    result = read(f"k: {typed}\n")["k"]
    assert (result, type(result)) == (expected, type(expected))


def test_every_key_and_item_has_its_line():
    """Lines are 1-based and belong to the key, or to where the item begins."""
    file, _ = parse_yaml("a: 1\nb:\n  - x\n  -\n    c: 2\n    d: [3,\n      4]\n", "x.yml")
    expected = {
        (): 1,
        ("a",): 1,
        ("b",): 2,
        ("b", 0): 3,
        ("b", 1): 5,
        ("b", 1, "c"): 5,
        ("b", 1, "d"): 6,
        ("b", 1, "d", 0): 6,
        ("b", 1, "d", 1): 7,
    }
    assert file.lines == expected


def test_line_of_something_missing_is_that_of_what_is_around_it():
    """Names that aren't in the file, such as a union's branch, are skipped."""
    file, _ = parse_yaml("a:\n  - b: 1\n    c: 2\n", "x.yml")
    assert file.line(("a", 0, "single", "c")) == 3
    assert file.line(("a", 0, "missing")) == 2
    assert file.line(("nothing",)) == 1


def test_text_comes_out_as_nfc():
    """Decomposed letters are composed, so that equal texts are equal."""
    assert read("k: e\u0302\u0301\n") == {"k": "ế"}


def test_byte_order_mark_and_windows_lines_are_read(tmp_path):
    """Files from Windows editors read like any other."""
    (tmp_path / "x.yml").write_bytes("\ufeffa: một\r\nb: hai\r\n".encode())
    file, problems = read_yaml(tmp_path / "x.yml", "x.yml")
    assert (file.data, file.lines[("b",)], problems) == ({"a": "một", "b": "hai"}, 2, [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: [\n", (3, "yaml.broken")),
        ("a: 1\n b: 2\n", (2, "yaml.broken")),
        ("a: b: c\n", (1, "yaml.broken")),
        ("", (0, "yaml.empty")),
        ("# only a comment\n", (0, "yaml.empty")),
        ("a: 1\na: 2\n", (2, "yaml.repeated")),
        ("a: 1\nb: &x 2\n", (2, "yaml.anchor")),
        ("? [a]\n: 1\n", (1, "yaml.key")),
        ('a: 1\nb: !!int "2"\n', (2, "yaml.tag")),
        ("a: !secret x\n", (1, "yaml.tag")),
        ("a: 1\n---\nb: 2\n", (2, "yaml.second_document")),
        ("a: 1\nb: x\x07y\n", (2, "yaml.control_character")),
        ("a: 1\r\nb: x\u2028y\r\n", (2, "yaml.control_character")),
        ("a: x\x85y\n", (1, "yaml.control_character")),
        ("a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), (1, "yaml.deep")),
    ],
)
def test_refused_with_its_line(text, expected):
    """What the reader doesn't take is named, with the line."""
    assert refused(text) == [expected]


def test_an_alias_is_refused_like_its_anchor():
    """Without aliases a small file can't grow into a large one."""
    assert refused("a: &x [1]\nb: *x\n") == [(1, "yaml.anchor"), (2, "yaml.anchor")]


def test_a_merge_key_is_a_key_like_any_other():
    """`<<` merges nothing; the models then refuse it as unknown."""
    assert read("<<: {a: 1}\n") == {"<<": {"a": 1}}


def test_all_repeated_keys_are_told_at_once():
    """One pass is enough to mend a file."""
    text = "a: 1\na: 2\nb:\n  c: 1\n  c: 2\n"
    assert refused(text) == [(2, "yaml.repeated"), (5, "yaml.repeated")]


def test_under_a_repeated_key_lines_are_those_of_the_first():
    """What stands under the second has no place, but its problems count."""
    file, problems = parse_yaml("a:\n  b: 1\na:\n  b: &x 2\n", "x.yml")
    assert file.lines[("a", "b")] == 2
    assert [(p.line, p.code) for p in problems] == [(3, "yaml.repeated"), (4, "yaml.anchor")]


def test_missing_file_and_folder_are_problems_not_exceptions(tmp_path):
    """Whatever can't be read is told like any other problem."""
    assert [p.code for p in read_yaml(tmp_path / "no.yml", "no.yml")[1]] == ["file.missing"]
    assert [p.code for p in read_yaml(tmp_path, "dir")[1]] == ["file.unreadable"]


def test_other_encodings_are_refused_at_the_line_of_the_first_bad_byte(tmp_path):
    """Only UTF-8 is read."""
    (tmp_path / "x.yml").write_bytes(b"a: 1\nb: \xe1\n")
    file, problems = read_yaml(tmp_path / "x.yml", "x.yml")
    assert file is None
    assert [(p.line, p.code) for p in problems] == [(2, "file.not_utf8")]


_PIECES = [
    "a", "b:", "k: ", "- ", "-", "\n", "\n  ", "\n    ", "\n\n", " ", ":", "? ", "#", " # x", '"',
    "'", "|\n  ", "|-\n  ", ">-\n  ", "[", "]", "{", "}", ",", "&x ", "*x", "!t ", "%", "@",
    "---\n", "\t", "\\n", "\\", "é", "0", "1.5", "true", "~", "<<: ", "http://x", "😀", "\u00a0",
]  # fmt: skip


@pytest.mark.skipif(yaml_lines.CBaseLoader is None, reason="PyYAML without its C parser")
@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_both_parsers_give_the_same(text):
    """Where the fast parser is trusted, the slow one reads the same values and lines."""
    fast = yaml_lines._fast(text, "x.yml")
    if fast is not None:
        slow = yaml_lines._slow(text, "x.yml")
        assert (slow[1], slow[0] and slow[0].lines) == ([], fast[0] and fast[0].lines)
        assert (slow[0] and slow[0].data) == (fast[0] and fast[0].data)


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_raise(text):
    """Any text gives a file or problems."""
    file, problems = parse_yaml(text, "x.yml")
    assert file is not None or problems


def test_without_the_fast_parser_everything_still_reads(monkeypatch):
    """PyYAML's C parser only makes reading faster."""
    monkeypatch.setattr(yaml_lines, "CBaseLoader", None)
    assert read("a: [1, no]\nb: x\n") == {"a": [1, "no"], "b": "x"}
