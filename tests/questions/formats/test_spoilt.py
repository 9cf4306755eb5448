"""Files that were spoilt by chance: told what is wrong with them, never a crash."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questions.formats.registry import FORMATS, read_file, write_questions
from questions.problems import ProblemsFound
from tests.questions.formats.strategies import questions

MAIN = {"excel": "xl/worksheets/sheet1.xml", "word": "word/document.xml"}
SIGNS = st.sampled_from(["", "<", ">", "{", "}", "~", "=", "#", "\n\n", '"', "[", "- [x] ", "A.",
                         "Câu 9. ", "ANSWER: ", "::", "\\", "%50%", "<p>", "&", "</"])  # fmt: skip


def spoil(draw: st.DrawFn, data: bytes) -> bytes:
    """Replace some pieces of a text by others."""
    text = data.decode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + draw(SIGNS) + text[end:]
    return text.encode()


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> bytes:
    """A file of a format, spoilt; of a package its main part."""
    format_ = FORMATS[name]
    data = write_questions(name, draw(st.lists(questions(format_), min_size=1, max_size=2)), {}, "")
    if not data.startswith(b"PK"):
        return spoil(draw, data)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            spoils = part == MAIN.get(name) or part.startswith("items/")
            new.writestr(part, spoil(draw, old.read(part)) if spoils else old.read(part))
    return out.getvalue()


def read_or_refuse(name: str, data: bytes) -> None:
    """Read a file; what can't be read must be told."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{FORMATS[name].suffixes[0]}"
        path.write_bytes(data)
        try:
            reading = read_file(path, name, "recall")
        except ProblemsFound as found:
            assert found.problems
        else:
            assert reading.drafts or reading.problems


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_spoilt_file_is_read_or_refused(name, data):
    """With problems, never with an exception of another kind."""
    read_or_refuse(name, data.draw(spoilt(name)))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False)
    | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(
        st.sampled_from(["answer", "correct", "value", "range", "id", "pinned", "type"]), below,
        max_size=4),
    max_leaves=6,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["question", "type", "answers", "id", "tags", "points", "shuffle"]),
            _VALUES
            | st.sampled_from(["numeric", "string", "many_choice", "multiple_choice"])
            | st.lists(st.fixed_dictionaries({"correct": st.just(True), "answer": _VALUES,
                                              "value": _VALUES}), max_size=2),
        ),
        max_size=3,
    )
)  # fmt: skip
def test_json_of_any_shape_is_read_or_refused(listed):
    """Other programs write what they like."""
    read_or_refuse("jupyterquiz", json.dumps(listed).encode())
