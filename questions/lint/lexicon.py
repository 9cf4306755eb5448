"""The Vietnamese words that the rules look for; what they mean stands at each."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBER_WORDS = _words(
    "một hai ba bốn tư năm lăm sáu bảy tám chín mười mươi trăm nghìn triệu tỷ nhất nhì"
)
"""Two texts that differ in one of these are not the same."""

CONTRASTS = _words(
    "không chưa trước sau tăng giảm cao thấp trên dưới đầu cuối đúng sai lớn nhỏ nam nữ "
    "mở đóng bắt kết đông tây bắc trung"
)
"""Nor those that differ in one of these."""

FUNCTION_WORDS = _words(
    "là và của các những một theo trong ở tại với cho về để thì mà được bị có này đó sau đây "
    "nào gì sao như thế ra vào do bởi từ đến cũng việc sự cái khi vì nên hoặc hay "
    "bao nhiêu mấy ai đâu hãy cần phải nêu nội dung xác định yêu cầu"
)
"""Words that carry no subject of their own; a clue needs others."""

ABSOLUTE = re.compile(
    r"(?<!\w)(?:luôn(?: luôn)?|mọi|tất cả|không bao giờ|tuyệt đối|hoàn toàn|duy nhất"
    r"|bất (?:kỳ|kì|cứ)|toàn bộ|chỉ"
    r"(?! (?:số|tiêu|đạo|thị|huy|định|rõ|ra|dẫn|báo|giới|điểm|trích|vàng|đường)(?!\w))"
    r")(?!\w)",
    re.IGNORECASE,
)
"""`luôn`, `chỉ`, `mọi` and their like; `chỉ` only where it means no more than."""

NO_ABSOLUTE = re.compile(r"(?:không|địa|tôn|chứng|tín|chẳng|chiếu|thánh)\s+$", re.IGNORECASE)
"""What stands before `chỉ` in `không chỉ`, `địa chỉ`."""

NEGATION = re.compile(
    r"(?<!\w)(?:không(?! (?:gian|quân|khí|ngừng|chỉ|những|phận|lưu|nhỏ)\b)"
    r"|ngoại trừ|trừ|chưa|sai)(?!\w)",
    re.IGNORECASE,
)
"""Words that turn a question round."""

NO_NEGATION = re.compile(
    r"(?:hàng|trên|hư|đúng (?:hay|hoặc)|có|hay|loại|khấu|quy|phi|phòng|mìn)\s+$", re.IGNORECASE
)
"""What stands before them in `hàng không`, `đúng hay sai`, `hay không`."""

WHICH_BEFORE = re.compile(r"(?<!\w)nào(?:\s+\w+){0,5}\s+(?:là\s+)?$", re.IGNORECASE)
"""`nào sau đây`, of which a negation then asks the opposite."""

ALWAYS_TURNS = ("trừ", "ngoại trừ")
TURNS_AT_END = "sai"
"""`ý nào sai?`, unlike the `không?` of a question for yes or no."""

ASKING = re.compile(
    r"(?<!\w)(?:nào|gì|ai|đâu|mấy|bao nhiêu|sao|thế nào|phát biểu|nhận định|ý kiến|đáp án"
    r"|phương án|chọn)(?!\w)",
    re.IGNORECASE,
)
"""A negation turns the question round only in a sentence that asks."""

QUESTION_WORD = re.compile(
    r"(?<!\w)(?:nào|gì|ai|đâu|mấy|bao nhiêu|sao|thế nào)(?!\w)", re.IGNORECASE
)
"""What makes a sentence a question by itself."""

TOLD_TO = re.compile(
    r"^\W*(?:hãy|chọn|điền|sắp xếp|ghép|cho biết|nêu|kể|xác định)(?!\w)", re.IGNORECASE
)
"""A stem that tells what to do needs no question mark."""

ALL_OF_THEM = re.compile(
    r"(?<!\w)(?:(?:tất )?cả (?:\w+ ){0,4}(?:trên|đều (?:đúng|sai))"
    r"|(?:cả )?(?:[abc], ){1,3}[bcd] đều (?:đúng|sai)"
    r"|(?:cả )?(?:[abc], )*[abc] (?:và|lẫn) [bcd](?: đều (?:đúng|sai))?(?= *\.?\Z)"
    r"|không (?:có )?(?:\w+ ){0,3}nào (?:\w+ ){0,2}(?:đúng|trên))(?!\w)",
    re.IGNORECASE,
)
"""`Tất cả các phương án trên`, `A và B đều đúng`: names of places that shuffling changes."""

SUPERLATIVE = re.compile(
    r"(?<!\w)(?:(?P<quality>\w+) nhất|đầu tiên|kỷ lục|kỉ lục|chưa từng(?: có)?|vô địch)(?!\w)",
    re.IGNORECASE,
)
"""A claim that something stands above all others."""

NO_SUPERLATIVE = _words(
    "thứ thống ít nhiều tối chậm muộn sớm duy hợp rõ tiếp đúng gần hạng giải lần đồng đủ "
    "bậc quyết kỳ khóa đợt ngày tháng tầng mục điều khoản nhân hàng nhằm"
)
"""Before `nhất` these make an ordinal, a bound, or the usual way of asking (`phù hợp nhất`)."""

BOUND_BELOW = re.compile(
    r"^(?:trên|hơn|ít nhất|tối thiểu|không dưới|quá)\s+(?P<a>[0-9][0-9.,]*)"
    r"|^từ\s+(?P<b>[0-9][0-9.,]*)\S*(?:\s+\S+){0,3}\s+trở lên",
    re.IGNORECASE,
)
"""`Trên 60%`: where that is true, `Trên 50%` is true as well."""

ASKED_BOUND = re.compile(
    r"(?<!\w)(?:(?P<most>dưới|tối đa|nhiều nhất|không quá|không vượt quá|chưa đến|chưa tới)"
    r"|(?P<least>trên|hơn|quá|vượt|ít nhất|tối thiểu|không dưới))"
    r"\s+(?:là\s+)?(?:bao nhiêu|mấy)(?!\w)",
    re.IGNORECASE,
)
"""`Đạt trên bao nhiêu?`: where 60 is true, 50 is true as well."""

SAME_SOUND = ("kỹ kĩ", "lý lí", "tỷ tỉ", "mỹ mĩ", "sỹ sĩ", "quy qui", "hy hi", "quý quí", "ký kí")
"""Pairs that are one word in two spellings, old and new."""

TONES = "àáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ"

TONE_FIRST = re.compile(r"(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\w)", re.IGNORECASE)
"""`hòa, khỏe, thủy`"""

TONE_LAST = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
"""`hoà, khoẻ, thuỷ`; `quý` is neither."""

PLAIN_D = str.maketrans("đĐ", "dD")
OTHER_D = str.maketrans("dđ", "đd")
BOTH_D = "dđ"

FALSE_D = {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "ɗ": "đ"}
"""Letters of other languages that look like đ and are not found when searching."""

COUNT_ONLY = re.compile(
    r"thứ mấy|số mấy|(?:bao nhiêu|mấy) (?:\w+ )?(?:quan điểm|định hướng|nhiệm vụ|đột phá|nội dung"
    r"|chương|điều|mục|phần|nhóm)(?!\w)",
    re.IGNORECASE,
)
"""Asks only which number something has, or how many there are."""

COUNTED = re.compile(
    r"\s+(?:người|đại biểu|đảng viên|cử tri|hộ|xã|phường|thôn|đơn vị|trường|doanh nghiệp|lượt|km"
    r"|đồng|usd|ha|chi bộ|đảng bộ|tổ chức|cuộc|văn bản|ý kiến)(?!\w)",
    re.IGNORECASE,
)
"""What is counted in wholes: a comma before it can't be a decimal one. Kilometres and money are
here because three decimals of them are not written."""

DECIMAL_UNITS = ("%", "tỷ", "triệu", "lần", "điểm")
"""What stands behind decimals."""
