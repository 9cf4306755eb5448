"""A paper with a question of every kind, as the server lays it out, and an answer to each."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.frontend.conftest import sample_questions
from tests.frontend.sentences import TEXTS

SVG = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 30'%3E"
    "%3Crect width='60' height='30' fill='grey'/%3E%3C/svg%3E"
)
FIELDS: dict[str, dict[str, Any]] = {
    "group": {
        "stem": "Mỗi ý sau đây đúng hay sai?",
        "statements": [
            "Hai là số chẵn",
            "Số ba chia hết cho hai, dù viết bằng chữ hay bằng số và viết ở đâu cũng vậy",
            "Bốn là số chẵn",
        ],
    },
    "match": {
        "stem": "Ghép mỗi số với cách đọc của số ấy.",
        "left": ["Số 1", "Số 2", "Số 3 (viết thường)"],
        "right": ["một", "hai", "ba", "bốn, là số không có ai ở cột bên trái hỏi tới"],
    },
    "order": {
        "stem": "Xếp các số từ nhỏ đến lớn.",
        "items": ["Ba", "Một", "Bốn, là số lớn nhất trong các số của câu hỏi này", "Hai"],
    },
    "number": {"stem": "Một năm có bao nhiêu tháng?", "unit": "tháng", "max": 40},
    "text": {"stem": "Thủ đô của nước ta là thành phố nào?", "max": 200},
    "cloze": {
        "stem": "Điền cho đủ câu.",
        "pieces": ["Sau số một là số ", ", sau đó là số ", " và số ", "."],
        "gaps": [None, ["ba", "năm"], None],
        "max": 200,
    },
    "essay": {
        "stem": "Viết về một ngày ở trường.",
        "min_words": 5,
        "max_words": 30,
        "max": 20_000,
    },
}
"""Kind -> what its question asks with."""

PLACES = {kind: q for q, kind in enumerate(FIELDS, start=2)}
"""Kind -> its number on the paper; question 1 is a choice."""

GIVEN: dict[str, Any] = {
    "group": [True, False, True],
    "match": [1, 2, 3],
    "order": [2, 4, 1, 3],
    "number": "12",
    "text": "Hà Nội",
    "cloze": ["hai", 1, "bốn"],
    "essay": "Sáng em đi học rất sớm",
}
"""Kind -> an answer."""

SHOWN: dict[str, str] = {
    "group": "1: Đúng; 2: Sai; 3: Đúng",
    "match": "Số 1: một; Số 2: hai; Số 3 (viết thường): ba",
    "order": "1: Một; 2: Hai; 3: Ba; 4: Bốn, là số lớn nhất trong các số của câu hỏi này",
    "number": "12 tháng",
    "text": "Hà Nội",
    "cloze": "1: hai; 2: ba; 3: bốn",
    "essay": "Sáng em đi học rất sớm",
}
"""Kind -> that answer in the review's words."""


def every_kind() -> list[dict[str, Any]]:
    """Return a paper: a choice with a picture, then one question of every other kind."""
    (first,) = sample_questions(1)
    first["image"] = {"src": SVG, "alt": "Hình chữ nhật xám"}
    rest = []
    for kind, q in PLACES.items():
        hint = TEXTS["q.hint.essay.both" if kind == "essay" else f"q.hint.{kind}"]
        gaps = {"{it_nhat}": "5", "{nhieu_nhat}": "30"}
        for gap, value in gaps.items():
            hint = hint.replace(gap, value)
        rest.append({"q": q, "kind": kind, "hint": hint, "image": None, **FIELDS[kind]})
    return deepcopy([first, *rest])


def given() -> dict[str, Any]:
    """Return the answers as the server keeps them."""
    return {str(PLACES[kind]): answer for kind, answer in GIVEN.items()}
