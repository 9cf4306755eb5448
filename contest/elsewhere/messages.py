"""The Vietnamese texts about results gathered elsewhere, by key."""

from __future__ import annotations

from questions.problems import Problem

_ISO = "2026-11-23T08:05:00+07:00"

TEXTS: dict[str, str] = {
    # the file
    "sheet.missing": "không đọc được tệp.",
    "sheet.missing.fix": "xem lại đường dẫn và quyền đọc.",
    "sheet.encoding": "tệp không phải chữ UTF-8.",
    "sheet.encoding.fix": "trong Excel, chọn Save As › CSV UTF-8 (Comma delimited).",
    "sheet.empty": "tệp không có dòng nào.",
    "sheet.empty.fix": "ghi dòng đầu là tên cột, rồi mỗi bài hoặc mỗi câu một dòng.",
    "sheet.lacks": "dòng đầu thiếu cột {columns}.",
    "sheet.lacks.fix": (
        "ghi đủ {wanted}, cách nhau bằng dấu phẩy (thứ tự nào cũng được); có thể thêm {more}."
    ),
    "sheet.unknown": "dòng đầu có cột lạ {column}.",
    "sheet.unknown.fix": "xóa cột đó, hoặc sửa tên; tên đúng: {wanted}; có thể thêm {more}.",
    "sheet.rounds": "thể lệ có nhiều kỳ mà tệp không có cột round.",
    "sheet.rounds.fix": "chấm một kỳ bằng --round, hoặc thêm cột round; các kỳ: {known}.",
    "sheet.twice": "cột {column} có hai lần.",
    "sheet.twice.fix": "giữ lại một.",
    "sheet.cells": "dòng này có {found} ô, cần {wanted}.",
    "sheet.cells.fix": "thêm hoặc bớt dấu phẩy; ô có dấu phẩy thì đặt trong dấu nháy kép.",
    "sheet.quote": "từ đây trở đi không đọc được thành các ô.",
    "sheet.quote.fix": "tìm dấu nháy kép mở mà không đóng ở dòng này.",
    "sheet.long_cell": "có ô dài hơn {most} ký tự; từ đây trở đi không đọc.",
    "sheet.long_cell.fix": "rút ngắn ô; không có ô nào dài vậy thì tìm dấu nháy kép không đóng.",
    # cells
    "cell.empty": "ô {column} để trống.",
    "cell.empty.fix": "ghi giá trị.",
    "cell.unseen": "ô {column} có ký tự không nhìn thấy được.",
    "cell.unseen.fix": "xóa ô rồi gõ lại.",
    "cell.time": "ô {column} không phải một thời điểm: {value}.",
    "cell.time.fix": f"ghi như {_ISO}.",
    "cell.naive": "thời điểm {value} ở ô {column} không ghi múi giờ.",
    "cell.naive.fix": f"thêm múi giờ ở cuối, giờ Việt Nam là +07:00, như {_ISO}.",
    "cell.number": "ô {column} không phải một số: {value}.",
    "cell.number.fix": (
        "chỉ ghi chữ số, dấu chấm trước phần thập phân (tối đa 6 chữ số), không ngăn cách "
        "hàng nghìn."
    ),
    "cell.count": "ô {column} không phải số nguyên từ 0: {value}.",
    "cell.count.fix": "chỉ ghi chữ số.",
    # responses
    "response.unknown": "câu {question} không có mã {id} (đang ghi: {value}).",
    "response.unknown.fix": "dùng một trong các mã: {known}; bỏ trống nếu thí sinh không trả lời.",
    "response.twice": "mã {id} ghi hai lần ở câu {question} (đang ghi: {value}).",
    "response.twice.fix": "giữ lại một.",
    "response.many": "câu {question} chỉ có một phương án được chọn, đang ghi {value}.",
    "response.many.fix": (
        "ghi một mã; bài giấy khoanh nhiều phương án mà Ban Tổ chức không chấp nhận thì để trống."
    ),
    "response.true_false": "câu {question} cần true hoặc false, đang ghi {value}.",
    "response.true_false.fix": "ghi mã=true hoặc mã=false, các ý cách nhau bằng dấu chấm phẩy.",
    "response.pair": "không đọc được {part} trong câu trả lời của câu {question} ({value}).",
    "response.pair.fix": "ghi mã=giá trị, cách nhau bằng dấu chấm phẩy; các mã: {known}.",
    "response.order": "thứ tự ở câu {question} không đủ các mục, đang ghi {value}.",
    "response.order.fix": "ghi đủ mã theo thứ tự thí sinh xếp: {known}; không làm thì để trống.",
    # rows
    "row.unit": "không có đơn vị {id} trong danh sách đơn vị.",
    "row.unit.fix": "sửa mã, hoặc thêm vào danh sách; xem tệp có đúng của cuộc thi này không.",
    "row.group": "thể lệ không có nhóm {id}.",
    "row.group.fix": "dùng một trong: {known}.",
    "row.round": "kỳ {id} không phải kỳ đang chấm.",
    "row.round.fix": "dùng một trong: {known}; hoặc bỏ --round để chấm mọi kỳ có trong tệp.",
    "row.question": "ngân hàng không có câu {id}.",
    "row.question.fix": "sửa mã câu; xem tệp có đúng của cuộc thi này không.",
    "row.repeated": "câu {question} của lượt {id} đã có ở dòng {first}.",
    "row.repeated.fix": "xóa dòng thừa.",
    "row.attempt_repeated": "lượt {id} đã có ở dòng {first}.",
    "row.attempt_repeated.fix": "xóa dòng thừa, hoặc đặt mã lượt khác.",
    "row.differs": "lượt {id}: {column} là “{value}”, nhưng ở dòng {first} là “{other}”.",
    "row.differs.fix": "mọi dòng của một lượt ghi giống nhau; hai bài khác nhau thì hai mã lượt.",
    "row.name": "thí sinh {id} tên “{value}”, nhưng ở dòng {first} tên “{other}”.",
    "row.name.fix": "ghi một tên; hai người khác nhau thì dùng hai contestant_id.",
    "row.two_units": "thí sinh {id} ở đơn vị {value}, nhưng ở dòng {first} là {other}.",
    "row.two_units.fix": "ghi một đơn vị; hai người khác nhau thì dùng hai contestant_id.",
    "row.two_groups": "thí sinh {id} ở nhóm {value}, nhưng ở dòng {first} là {other}.",
    "row.two_groups.fix": "ghi một nhóm; hai người khác nhau thì dùng hai contestant_id.",
    "row.long": "lượt {id} làm trong {minutes} phút, thể lệ cho {allowed} phút.",
    "row.long.fix": "xem lại started_at và submitted_at; được thêm giờ thì để nguyên.",
    "row.late": "lượt {id} nộp sau khi kỳ {round} đóng lúc {closes}.",
    "row.late.fix": "xem lại submitted_at; thi theo giờ khác thì sửa windows trong thể lệ.",
    "row.time_needed": "ô {column} để trống, mà thể lệ xếp hạng theo {keys}.",
    "row.time_needed.fix": f"ghi thời điểm, như {_ISO}.",
    "row.time_between": (
        "ô {column} để trống, mà thí sinh {id} có {n} lượt và thể lệ chọn lượt theo thời gian."
    ),
    "row.time_between.fix": f"ghi thời điểm, như {_ISO}; hoặc chỉ để lại lượt được tính.",
    "row.half": "có started_at mà không có submitted_at.",
    "row.half.fix": "ghi cả hai, hoặc bỏ trống cả hai.",
    "row.backwards": "nộp bài trước khi bắt đầu.",
    "row.backwards.fix": "xem lại started_at và submitted_at.",
    "row.outside": "bắt đầu ngoài giờ mở của kỳ {round}.",
    "row.outside.fix": "sửa started_at, hoặc sửa windows trong thể lệ cho đúng thực tế.",
    "row.prediction": "có số dự đoán, nhưng thể lệ không có câu dự đoán.",
    "row.prediction.fix": "bỏ trống ô prediction, hoặc thêm prediction: vào thể lệ.",
    "row.length": "lượt {id} có {found} câu, đề theo thể lệ có {wanted} câu.",
    "row.length.fix": "ghi đủ mọi câu của đề, câu bỏ trống thì để trống ô response.",
    "row.limit": "đây là lượt thứ {n} của thí sinh {id}, thể lệ cho {limit} lượt.",
    "row.limit.fix": "xóa lượt thừa, hoặc sửa attempts trong thể lệ.",
    "row.score": "điểm {score} không nằm trong khoảng cho phép, tối đa là {most}.",
    "row.score.fix": "sửa score hoặc max_score.",
    "row.correct": "đúng {correct} câu trên {questions} câu.",
    "row.correct.fix": "sửa correct hoặc questions.",
    # rules
    "rules.registered_at": "thể lệ xếp hạng theo giờ đăng nhập, mà tệp không có giờ đó.",
    "rules.registered_at.fix": "bỏ khóa registered_at trong thể lệ.",
    "rules.by_time": "thể lệ cho điểm theo thời gian từng câu, mà tệp không có thời gian đó.",
    "rules.by_time.fix": "dùng tệp điểm: --scores.",
    "rules.all_answered": "thể lệ chỉ nhận bài trả lời đủ câu, mà tệp điểm không cho biết điều đó.",
    "rules.all_answered.fix": "dùng tệp câu trả lời: --responses.",
    # the command
    "help.responses": "chấm câu trả lời thu ngoài hệ thống, từ tệp CSV này",
    "help.scores": "xếp hạng theo điểm có sẵn, từ tệp CSV này",
    "help.final": "kết quả là chính thức (chỉ cùng --responses hoặc --scores)",
    "help.true_value": (
        "kết quả thực tế của câu dự đoán do nơi khác công bố, dạng KỲ=SỐ (chỉ cùng --responses "
        "hoặc --scores)"
    ),
    "cli.one": "Chỉ dùng một trong --responses và --scores.",
    "cli.final": (
        "--final, --true-value chỉ dùng cùng --responses hoặc --scores; kỳ thi trên máy chủ thì "
        "đóng kỳ: timhieu close, và ghi kết quả thực tế: timhieu rule … true-value."
    ),
    "cli.value.form": "--true-value {given}: hãy ghi dạng KỲ=SỐ, như {example}=1234.",
    "cli.value.round": "--true-value {given}: không chấm kỳ {round}. Các kỳ: {known}.",
    "cli.value.twice": "--true-value {given}: kỳ {round} đã có giá trị khác.",
    "cli.value.number": "--true-value {given}: {value} không phải số của câu dự đoán.",
    "cli.value.unused": (
        "--true-value {given}: theo thể lệ, giá trị đúng của câu dự đoán không do nơi khác công bố "
        "(prediction.true_value: outside)."
    ),
    "cli.pending.outside": (
        "Kỳ {round}: chưa có kết quả thực tế của câu dự đoán, do nơi khác công bố, nên kết quả chỉ "
        "là tạm thời. Ghi bằng: --true-value {round}=…"
    ),
    "cli.pending.rounds": (
        "Kỳ {round}: câu dự đoán tính trên mọi kỳ, mà không chấm đủ các kỳ, nên kết quả chỉ là tạm "
        "thời. Chấm một tệp có đủ các kỳ, bỏ --round."
    ),
    "cli.waiting": (
        "{n} kết quả còn chờ người chấm nên là tạm thời, các giải liên quan chưa xét. Chấm xong "
        "thì xếp hạng bằng tệp điểm: --scores."
    ),
    "cli.no_round": "Thể lệ không có kỳ {round}. Các kỳ: {known}.",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)


def problem(
    code: str, file: str, line: int, /, *, advice: bool = False, **values: object
) -> Problem:
    """Build a problem from the texts `code` and `code.fix`."""
    return Problem(file, line, code, text(code, **values), text(f"{code}.fix", **values), advice)
