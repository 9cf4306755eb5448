"""The Vietnamese words by which checkable statements are found."""

from __future__ import annotations

import re

_UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"

DATE = re.compile(
    r"(?<![\w/])(?:(?P<d>[0-9]{1,2})\s*/\s*(?P<m>[0-9]{1,2})\s*/\s*(?P<y>[0-9]{4})"
    r"|ngày\s+(?P<d2>[0-9]{1,2})\s+tháng\s+(?P<m2>[0-9]{1,2})\s+năm\s+(?P<y2>[0-9]{4}))(?![\w/])",
    re.IGNORECASE,
)
"""`ngày 07/4/2026`, `ngày 28 tháng 9 năm 2020`"""

DATE_SLASHED, DATE_WRITTEN = "{d:02}/{m}/{y}", "{d:02} tháng {m} năm {y}"

PERIOD_WRITTEN = "{a} - {b}"

MONTH = re.compile(
    r"(?<!\w)tháng\s+(?P<m>[0-9]{1,2})(?:\s*/\s*|\s+năm\s+)(?P<y>[0-9]{4})(?![\w/])",
    re.IGNORECASE,
)
"""`tháng 4/2026`, `tháng 4 năm 2026`"""

PERIOD = re.compile(
    r"(?:nhiệm kỳ|giai đoạn|thời kỳ|[0-9]+ năm)\s+"
    r"(?P<shown>(?P<a>[12][0-9]{3})(?P<dash>\s*[-–]\s*)(?P<b>[12][0-9]{3}))(?!\w)",
    re.IGNORECASE,
)
"""`nhiệm kỳ 2026 - 2031`"""

DOCUMENT = re.compile(
    rf"(?<![\w/.-])(?P<n>[0-9]{{1,5}})(?P<rest>\s?[-/]\s?(?:[0-9]{{4}}/)?"
    rf"[{_UPPER}][{_UPPER}a-z0-9]*"
    rf"(?:[-/][{_UPPER}][{_UPPER}a-zđ0-9]*)*)(?!\w)"
)
"""`618-CV/BTGDVTU`, `199/2025/QH15`, `354/SVHTTDL-QLTTBCGĐ`"""

DOCUMENT_KINDS = re.compile(
    r"(?:công văn|kết luận|nghị quyết|chỉ thị|quyết định|kế hoạch|hướng dẫn|thông tư|nghị định"
    r"|thông báo|chương trình|quy định|báo cáo|luật|văn bản|tờ trình|công điện)\s+(?:số\s+)?$",
    re.IGNORECASE,
)

COUNTED = (
    "quan điểm|định hướng|nội dung|nhiệm vụ|khâu đột phá|đột phá|nhóm|chỉ tiêu|giải pháp|mục tiêu"
    "|phần|chương|điều|bước|hình thức|tiêu chí|nguyên tắc|yêu cầu|bài học|lĩnh vực|khâu"
)
COUNT = re.compile(
    rf"(?<![\w.,/-])(?P<n>[0-9]{{1,3}})\s+(?P<unit>(?:{COUNTED})"
    r"(?:\s+(?:trọng tâm|chỉ đạo|lớn|chủ yếu|định hướng|chiến lược|cơ bản))*)(?!\w)",
    re.IGNORECASE,
)
"""`05 quan điểm chỉ đạo lớn`, `12 nội dung định hướng`"""

UNITS = (
    "%|nghìn tỷ đồng|tỷ đồng|triệu đồng|nghìn đồng|đồng|tỷ USD|triệu USD|USD|km2|km²|km|ha|m2|m"
    "|triệu lượt|lượt|triệu tấn|tấn|kg|MW|kWh|triệu người|người|đại biểu chính thức"
    "|đại biểu dự khuyết"
    "|đại biểu|đảng viên|đảng bộ|chi bộ|cử tri|hộ|xã|phường|huyện|tỉnh|thôn|trường|doanh nghiệp"
    "|đơn vị bầu cử|đơn vị|tổ chức|ứng cử viên|người ứng cử|lần|năm(?! [12][0-9]{3})"
    "|tháng|ngày|giờ|phút|điểm|cuộc"
    "|văn bản|ý kiến|lớp|buổi|dự án|công trình|nước|quốc gia|ủy viên|đồng chí"
)
NUMBER = re.compile(
    r"(?<![\w.,/-])(?P<n>[0-9]+(?:\.[0-9]{3})*(?:,[0-9]+)?)\s?"
    rf"(?P<unit>(?:{UNITS})(?:/năm|/người)?)(?![\w²])"
)
"""`398 đại biểu`, `8,02%`, `71.000 đảng viên`"""

NOT_A_YEAR = ("năm", "tháng", "ngày")
"""Units that also follow years and days of dates."""

BOUNDS = {
    "khoảng": "about", "gần": "about", "hơn": "over", "trên": "over", "dưới": "under",
    "ít nhất": "at_least", "tối thiểu": "at_least", "không dưới": "at_least",
    "nhiều nhất": "at_most", "tối đa": "at_most", "không quá": "at_most",
}  # fmt: skip
BOUND = re.compile(rf"(?<!\w)({'|'.join(BOUNDS)})\s+$", re.IGNORECASE)

ORDINAL = re.compile(
    r"(?:lần thứ|khóa|khoá|kỳ họp thứ|Đại hội)\s+(?P<n>[IVXL]+)(?!\w)",
)
"""`lần thứ XIV`, `khóa XVI`"""

OFFICES = (
    "Tổng Bí thư", "Phó Bí thư Thường trực", "Phó Bí thư", "Bí thư", "Phó Chủ tịch nước",
    "Chủ tịch nước", "Phó Chủ tịch", "Chủ tịch", "Phó Thủ tướng", "Thủ tướng", "Thứ trưởng",
    "Bộ trưởng", "Phó Trưởng ban", "Trưởng ban", "Phó Giám đốc", "Giám đốc", "Phó Chánh Văn phòng",
    "Chánh Văn phòng", "Ủy viên Bộ Chính trị", "Phó Trưởng phòng", "Trưởng phòng", "Tổng Thư ký",
    "Phó Chủ nhiệm", "Chủ nhiệm",
)  # fmt: skip
"""Longer ones first, so that a deputy is not taken for the chief."""

_NAME = rf"(?:[{_UPPER}][a-zà-ỹ]+\s+){{1,4}}[{_UPPER}][a-zà-ỹ]+"
NAME = re.compile(rf"{_NAME}\Z")
_OFFICE = "|".join(OFFICES)
NAME_THEN_OFFICE = re.compile(
    rf"(?:[Đđ]ồng chí|[Ôô]ng|[Bb]à)\s+(?P<name>{_NAME})\s*"
    rf"(?:,|-|–|là|giữ chức(?: vụ)?)\s*(?P<office>{_OFFICE})"
)
"""`đồng chí A, Bí thư …`"""
OFFICE_THEN_NAME = re.compile(
    rf"(?P<office>{_OFFICE})(?:\s+[^,.;:]{{0,60}}?)?\s(?:đồng chí|ông|bà)\s+(?P<name>{_NAME})"
)
PLACE_AND_DAY = re.compile(r"^\W*[^,.;]{2,40},\s*ngày\s", re.IGNORECASE)
"""`Lạng Sơn, ngày …` at the head of a document; a sentence that begins so is longer."""

ENUMERATED = re.compile(r"^\s*(?:[-–•+*]|[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-zđ]\))\s+")
"""The mark of an item in a list, which is no part of what it says."""

SIGNED_AS = re.compile(rf"(?:^|\s)(?P<office>{_OFFICE})\W*\Z", re.IGNORECASE)
"""The last words above a signature."""

SKIPPED = re.compile(
    r"^\W*(?:kính gửi|nơi nhận|ảnh minh họa|nguồn ảnh|lưu\W|như trên)", re.IGNORECASE
)
"""Paragraphs that state nothing."""

NUMBERED = re.compile(rf"\bSố\s*:?\s*(?P<n>[0-9]{{1,5}}\s?[-/]\s?[{_UPPER}][^\s,;.]*)")
UNNUMBERED = re.compile(r"\bSố\s*:?\s*[-–/.…]|ngày\s+tháng\s|ngày\s*[.…]{2,}", re.IGNORECASE)
"""A blank for a number or a day: a draft that was never sent."""

HEAD_LINE = re.compile(
    rf"\W*(?:Số\s*:?\s*[0-9.…]*\s?[-/]\s?[{_UPPER}][^\s,;]*"
    rf"|[{_UPPER}][^\W\d_]*(?:[.\s-]+[{_UPPER}][^\W\d_]*){{0,4}}\s*,"
    r"\s*ngày\s+[0-9.…]*\s*tháng\s+[0-9.…]*\s*năm\s+[0-9.…]+"
    r"|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc)\W*"
)
"""A line that stands alone above a document: its number, its place and day, the motto."""

ABOUT = re.compile(r"^\W*(?:V/v|Về việc|Trích yếu)\s*:?\s*(?P<title>.+)", re.IGNORECASE)

SMALL_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")

AFTER_STOP = re.compile(rf"(?<=[.!?…;])\s+(?=[{_UPPER}“\"0-9])")
"""Where one sentence ends and the next begins."""

ABBREVIATED = re.compile(r"(?:\b(?:TP|Tp|TX|PGS|TS|ThS|GS|Th|Tr|tr|đ/c|Đ/c|St|No|[0-9]{1,2}))\.\Z")
"""A full stop that ends no sentence: an abbreviation, a number of a list."""
