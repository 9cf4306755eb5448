"""What the advice says, in Vietnamese; `<key>.fix` tells how to mend."""

from __future__ import annotations

from questions.problems import Problem

TEXTS: dict[str, str] = {
    # the whole bank
    "lint.key_position": (
        "{n} câu có {options} phương án: đáp án đứng ở vị trí {position} tới {found} lần "
        "(chia đều thì khoảng {expected}; {test}, p = {p})."
    ),
    "lint.key_position.fix": (
        "xếp lại thứ tự phương án ở một số câu; đề trên máy có trộn, bản in và tệp xuất thì không."
    ),
    "lint.true_share": (
        "{n} câu đúng/sai: {found} câu có đáp án Đúng ({test}, p = {p}); đoán bừa một chiều sẽ được lợi."
    ),
    "lint.true_share.fix": "viết thêm câu có đáp án ngược lại.",
    "lint.longest_key": (
        "{n} câu một đáp án: phương án dài nhất là đáp án ở {found} câu "
        "(ngẫu nhiên thì khoảng {expected}; {test}, p = {p})."
    ),
    "lint.longest_key.fix": "rút gọn đáp án, hoặc viết phương án sai dài ngang đáp án.",
    "lint.level_missing": "ngân hàng chưa có câu nào ở mức {level}.",
    "lint.level_missing.fix": "viết thêm câu ở mức này, hoặc xem lại level của các câu đã có.",
    "lint.one_level": "cả {n} câu của chủ đề {topic} đều ở mức {level}.",
    "lint.one_level.fix": "viết thêm câu ở mức khác, hoặc xem lại level.",
    "lint.tags_missing": "câu {id} chưa có nhãn, trong khi {share}% số câu của ngân hàng có.",
    "lint.tags_missing.fix": "thêm tags.",
    "lint.count_only": (
        "{found} trên {n} câu ({share}%) chỉ hỏi số thứ tự hoặc số lượng mục, ví dụ câu {ids}."
    ),
    "lint.count_only.fix": "giữ dưới 10%: hỏi nội dung của mục thay vì số của mục.",
    "lint.asked_often": "{n} câu cùng hỏi một giá trị của dữ kiện {fact}: {ids}.",
    "lint.asked_often.fix": "giữ nhiều nhất hai câu, các câu khác hỏi điều khác.",
    "lint.drafted": "câu {id} do máy đề xuất, chưa có người nhận.",
    "lint.drafted.fix": "viết lại cho đúng ý rồi bỏ nhãn {tag}; không dùng thì xóa câu.",
    # two questions
    "lint.twin": "câu {id} gần như trùng câu {other} ({place}), giống {share}%.",
    "lint.twin.fix": "bỏ một câu, hoặc hỏi khía cạnh khác.",
    "lint.cue": "lời câu {id} cho biết đáp án của câu {other} ({place}): “{answer}”.",
    "lint.cue.fix": "bỏ chi tiết ấy trong lời câu hỏi, hoặc đừng để hai câu vào cùng một đề.",
    # options
    "lint.options_alike": "câu {id}: phương án này gần như trùng phương án “{other}”.",
    "lint.options_alike.fix": "sửa hoặc thay một phương án.",
    "lint.long_key": "câu {id}: đáp án dài {long} chữ, các phương án khác trung bình {mean}.",
    "lint.long_key.fix": "rút gọn đáp án, hoặc viết phương án sai dài tương đương.",
    "lint.long_option": "câu {id}: phương án này dài {long} chữ, các phương án khác trung bình {mean}.",
    "lint.long_option.fix": "viết các phương án dài ngang nhau.",
    "lint.key_all": "câu {id}: mọi phương án đều đúng, ai đánh dấu hết cũng đúng.",
    "lint.key_all.fix": "thêm phương án sai, nếu không chủ ý để mọi phương án đều đúng.",
    "lint.all_of_them": "câu {id}: phương án “{option}” nói về các phương án khác.",
    "lint.all_of_them.fix": "thay bằng một phương án có nội dung, hoặc đổi sang loại multiple.",
    "lint.absolute": "câu {id}: phương án sai có chữ “{word}”, đáp án thì không; dễ đoán là sai.",
    "lint.absolute.fix": "bỏ chữ tuyệt đối, hoặc để mọi phương án cùng mức khẳng định.",
    "lint.absolute_statement": "câu {id}: ý sai này có chữ “{word}”, dễ đoán là sai.",
    "lint.absolute_statement.fix": "bỏ chữ tuyệt đối, làm ý sai ở nội dung.",
    "lint.odd_start": "câu {id}: chỉ đáp án không bắt đầu bằng “{word}” như các phương án khác.",
    "lint.odd_start.fix": "viết các phương án cùng một kiểu.",
    "lint.odd_form": "câu {id}: chỉ đáp án {has} {what}; hình thức để lộ đáp án.",
    "lint.odd_form.fix": "viết các phương án cùng một kiểu.",
    "lint.echo": "câu {id}: chỉ đáp án nhắc lại “{words}” của lời câu hỏi.",
    "lint.echo.fix": "dùng chữ khác trong lời câu hỏi, hoặc cho phương án sai cũng nhắc lại.",
    "lint.implied": "câu {id}: “{option}” cũng đúng nếu đáp án “{key}” đúng.",
    "lint.implied.fix": "ghi rõ mức văn bản nêu, hoặc đổi phương án thành khoảng tách nhau.",
    "lint.asked_bound": (
        "câu {id}: lời hỏi “{words}” nên “{option}” cũng đúng nếu đáp án “{key}” đúng."
    ),
    "lint.asked_bound.fix": (
        "hỏi khoảng bao nhiêu, hoặc đổi phương án sao cho chỉ đáp án thỏa mãn lời hỏi."
    ),
    # stems
    "lint.negation": "câu {id}: chữ “{word}” đảo ý câu hỏi mà không được làm nổi bật.",
    "lint.negation.fix": "viết đậm (**{word}**), hoặc tốt hơn: hỏi theo chiều thuận.",
    "lint.negated_statement": "câu {id}: ý sai này có “{word}”; sai của một câu phủ định dễ gây nhầm.",
    "lint.negated_statement.fix": "viết ý theo chiều khẳng định, hoặc làm nổi bật: **{word}**.",
    "lint.long_stem": "câu {id}: lời câu hỏi dài {n} chữ (nên dưới {limit}).",
    "lint.long_stem.fix": "bỏ chi tiết không cần để trả lời, hoặc tách đoạn dẫn.",
    "lint.long_text": "câu {id}: phương án này dài {n} chữ (nên dưới {limit}).",
    "lint.long_text.fix": "rút gọn.",
    "lint.long_question": "câu {id}: phải đọc {n} chữ, khoảng {seconds} giây (nên dưới {limit} chữ).",
    "lint.long_question.fix": "rút gọn lời câu hỏi và phương án.",
    "lint.superlative": "câu {id}: “{words}” không có trong dữ kiện hay đoạn trích nào làm căn cứ.",
    "lint.superlative.fix": "dẫn dữ kiện nêu điều đó, hoặc bỏ chữ so sánh nhất.",
    "lint.no_question_mark": "câu {id}: lời câu hỏi có chữ hỏi mà không kết thúc bằng dấu ?.",
    "lint.no_question_mark.fix": "thêm dấu ?.",
    # spelling, numbers, dates
    "lint.tone": "“{word}”: ngân hàng phần lớn đặt dấu thanh kiểu kia ({other}).",
    "lint.tone.fix": "thống nhất một kiểu, trừ khi chép nguyên văn.",
    "lint.same_sound": "“{word}”: ngân hàng phần lớn viết “{other}”.",
    "lint.same_sound.fix": "thống nhất một cách viết, trừ khi chép nguyên văn.",
    "lint.false_d": "chữ “{sign}” (U+{code}) trông như “{right}” nhưng là ký tự khác.",
    "lint.false_d.fix": "gõ lại bằng bàn phím tiếng Việt.",
    "lint.foreign_letter": "“{word}” có chữ cái của bảng chữ khác (U+{code}).",
    "lint.foreign_letter.fix": "gõ lại từ này.",
    "lint.lost_d": "“{words}”: nơi khác trong ngân hàng viết “{other}” ({n} lần).",
    "lint.lost_d.fix": "kiểm tra có gõ thiếu hoặc thừa dấu gạch của chữ đ không.",
    "lint.spacing": "thừa hoặc thiếu dấu cách quanh “{sign}”.",
    "lint.spacing.fix": "không cách trước dấu câu, một dấu cách sau dấu câu.",
    "lint.unbalanced": "dấu {sign} mở mà không đóng, hoặc đóng mà không mở.",
    "lint.unbalanced.fix": "thêm hoặc bỏ dấu.",
    "lint.decimal_point": "“{number}”: phần thập phân viết bằng dấu phẩy.",
    "lint.decimal_point.fix": "viết {right}.",
    "lint.thousands": "“{number}”: số từ năm chữ số nên tách nhóm nghìn bằng dấu chấm.",
    "lint.thousands.fix": "viết {right}.",
    "lint.thousands_comma": "“{number}”: nhóm nghìn tách bằng dấu chấm, dấu phẩy là phần thập phân.",
    "lint.thousands_comma.fix": "viết {right} nếu là hàng nghìn.",
    "lint.percent_space": "“{number}”: viết liền số và dấu %.",
    "lint.percent_space.fix": "viết {right}.",
    "lint.date_form": "“{date}”: ngày viết ngày/tháng/năm.",
    "lint.date_form.fix": "viết {right}.",
    "lint.date_zero": "“{date}”: ngày dưới 10 và tháng 1, 2 thêm số 0 ở trước, tháng khác thì không.",
    "lint.date_zero.fix": "viết {right}.",
    "lint.date_impossible": "“{date}” không phải một ngày có thật.",
    "lint.date_impossible.fix": "sửa ngày.",
    "lint.years": "“{years}”: ngân hàng phần lớn viết khoảng năm kiểu “{other}”.",
    "lint.years.fix": "thống nhất một kiểu.",
    # parts of sentences
    "word.has": "có",
    "word.lacks": "không có",
    "word.chi_square": "kiểm định khi bình phương",
    "word.binomial": "kiểm định nhị thức",
    "form.figure": "chữ số",
    "form.bracket": "dấu ngoặc đơn",
    "form.quote": "dấu ngoặc kép",
    "form.full_stop": "dấu chấm cuối",
    "form.capital": "chữ hoa đầu",
    "form.decimals": "phần thập phân",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)


def advice(code: str, file: str, line: int, /, **values: object) -> Problem:
    """Build a piece of advice; its sentences stand under `code` and `code.fix`."""
    return Problem(file, line, code, text(code, **values), text(f"{code}.fix", **values), True)
