"""What Vietnamese question files say, and how: everything they are recognised by."""

from __future__ import annotations

import re

# ---- any file ----

BROKEN = re.compile(r"á»|áº|Ä‘|Ä\x90|Æ°|Ã[\u0080-\u00bf]|\ufffd")
"""UTF-8 that somebody opened as something else."""

MARKDOWN_HEADING = re.compile(
    r"#{1,6}\s*(?:câu(?: hỏi)?|bài|question)\s*(\d+)\b[.:)]*\s*(.*)", re.IGNORECASE
)

# ---- where questions and their parts begin in Word ----

_LEVEL = r"(?:[\[(]\s*(?P<level>NB|TH|VDC|VD)\s*[\])]\s*)?"

NAMED = re.compile(
    rf"\s*{_LEVEL}(?:câu(?: hỏi)?|bài|question)\s*(?P<number>\d{{1,4}})\s*(?:[.:)/\-–]|(?=\s|$))",
    re.IGNORECASE,
)
"""A question that begins with its name: `Câu 1.`, `Bài 2:`"""

NUMBERED = re.compile(rf"\s*{_LEVEL}(?P<number>\d{{1,4}})\s*[.)]\s+")
INSIDE = re.compile(r"(?<=\s)câu\s*(?P<number>\d{1,4})\s*[.:]", re.IGNORECASE)
TAG = re.compile(r"\s*[\[(]\s*(?P<level>NB|TH|VDC|VD)\s*[\])]")

LABEL = re.compile(r"(?P<before>^|\n|\t| {3,}|\s)(?P<star>\*?)\s*(?P<letter>[A-Ha-h])\s*[.)]")
"""The letter of an option, at the start of a line or inside one."""

HEADING = re.compile(
    r"\s*(?:(?:phần|part|nhóm|chương|chủ đề)\s+(?:\d+|[IVX]+)\b|[IVX]{1,4}\s*[.)]\s+\S)",
    re.IGNORECASE,
)
NINTH = re.compile(r"(?:^|\s)I\s*[.)]\s+\S")
"""The label of a ninth option; at the start of a line also that of a part."""

END = re.compile(r"[\s\-–—_.*=]*HẾT[\s\-–—_.*=]*")
SOLUTIONS = re.compile(
    r"\s*(?:phần\s+)?(?:lời giải|hướng dẫn giải|hướng dẫn chi tiết|giải thích chi tiết)"
    r"(?:\s+chi tiết)?\s*[:.]?\s*",
    re.IGNORECASE,
)
"""A line that begins the solutions behind the questions."""

EXPLAINED = re.compile(
    r"\s*(?:giải thích(?: chi tiết)?|lời giải|hướng dẫn(?: giải| chi tiết)?)\s*(?:[:.]\s*|$)",
    re.IGNORECASE,
)
POINTS = re.compile(r"\s*điểm\s*[:.]\s*(\d+(?:[.,]\d+)?)\s*", re.IGNORECASE)

# ---- where Word says the key ----

RIGHT_WORDS = re.compile(
    r"[\[(]\s*(?:(?:đáp án|phương án|câu)\s*)?(?:đúng|chính xác|correct)\s*[\])]", re.IGNORECASE
)
STAR = re.compile(r"^\s*\*|\*\s*$")
MANY = re.compile(
    r"nhiều (?:đáp án|phương án|lựa chọn)|(?:các|những) (?:đáp án|phương án) đúng"
    r"|chọn (?:hai|ba|[23])\b",
    re.IGNORECASE,
)
"""A stem that tells that several options are right."""

MANY_TAG = re.compile(
    r"\s*[\[(]\s*(?:chọn|có)?\s*nhiều (?:đáp án|phương án)(?: đúng)?\s*[\])]\s*$", re.IGNORECASE
)

KEYS_HEADING = re.compile(
    r"\s*(?:[-–—*IVX.\s]*)(?:bảng\s+)?(?:đáp\s*án|answer\s*key)"
    r"(?:\s+(?:trắc nghiệm|tham khảo|đề thi|chi tiết|bài thi))?\s*[:.\-–—]*\s*",
    re.IGNORECASE,
)
"""A line that begins the list of keys at the end."""

_SET = r"[A-Ha-h](?:\s*[,;+&/]\s*[A-Ha-h]|\s+và\s+[A-Ha-h])*"
SET = re.compile(_SET)

KEY_LINE = re.compile(
    r"\s*(?:đáp\s*án(?:\s*đúng)?(?:\s*là)?|đ/?a|answer|key|chọn)\s*[:.\-–]?\s*"
    rf"(?P<letters>{_SET})\s*\.?\s*",
    re.IGNORECASE,
)
KEY_INSIDE = re.compile(
    rf"\s(?:đáp\s*án(?:\s*đúng)?|ĐA)\s*:\s*(?P<letters>{_SET})\s*\.?(?=\s|$)", re.IGNORECASE
)
_SURE = r"(?P<letters>(?>[A-Ha-h](?!\w)(?:(?:\s*[,;+&/]\s*|\s+và\s+)[A-Ha-h](?!\w))*))"
CHOSEN = re.compile(
    r"\s*(?:(?:chọn(?:\s+(?:đáp|phương)\s*án)?|đáp\s*án\s*(?:(?:đúng\s*)?là|đúng|:))\s*:?\s*"
    rf"{_SURE}(?!\s*(?:(?:là|đều)\s*)?(?:sai|không|chưa|thiếu|nhầm))"
    rf"|đáp\s*án\s+{_SURE.replace('letters', 'bare')}"
    r"(?=\s*(?:[.;(]|$|(?:vì|do|là\s+đúng|đúng|chính xác)\b)))",
    re.IGNORECASE,
)
"""What a solution begins with where it tells the key; `Đáp án A sai vì …` tells none."""
PAIR = re.compile(
    r"(?:câu\s*)?(?P<number>\d{1,4})\s*[-–.:)]?\s*"
    r"(?P<letters>[A-Ha-h](?:[,+&/][A-Ha-h])*)(?![\w])",
    re.IGNORECASE,
)
NUMBER = re.compile(r"(?:câu\s*)?(\d{1,4})\s*[.:]?", re.IGNORECASE)
