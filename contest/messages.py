"""The Vietnamese texts of this package, by key: findings about rules, forms; the command line's by import."""

from __future__ import annotations

from contest.cli_messages import CLI_TEXTS
from questions.problems import Problem

TEXTS: dict[str, str] = {
    **CLI_TEXTS,
    # units
    "units.header": "dòng đầu của danh sách đơn vị không đúng.",
    "units.header.fix": "ghi đúng: {wanted}",
    "units.cells": "dòng này không có đủ {wanted} ô.",
    "units.cells.fix": "thêm hoặc bớt dấu phẩy; tên có dấu phẩy thì đặt trong dấu nháy kép.",
    "units.quote": "từ đây trở đi không đọc được thành các ô.",
    "units.quote.fix": "tìm dấu nháy kép mở mà không đóng ở dòng này.",
    "units.empty": "ô {column} để trống.",
    "units.empty.fix": "ghi giá trị.",
    "units.headcount": "sĩ số phải là số nguyên từ 0, đang là {value}.",
    "units.headcount.fix": "ghi số, không có dấu chấm; chưa biết thì để trống.",
    "units.repeated": "mã đơn vị {id} đã có ở dòng {first}.",
    "units.repeated.fix": "đặt mã khác, hoặc xóa dòng thừa.",
    "units.none": "danh sách đơn vị không có dòng nào.",
    "units.none.fix": "thêm ít nhất một đơn vị.",
    "units.parent": "đơn vị {id} thuộc đơn vị {parent}, nhưng mã đó không có trong danh sách.",
    "units.parent.fix": "thêm đơn vị cấp trên, hoặc sửa parent_id.",
    "units.circle": "đơn vị {id} là cấp trên của chính nó.",
    "units.circle.fix": "sửa parent_id.",
    # rules
    "bank.missing": "không có ngân hàng câu hỏi {bank}.",
    "bank.missing.fix": "sửa bank:, hoặc tạo thư mục đó.",
    "rules.round_repeated": "kỳ {id} khai hai lần.",
    "rules.round_repeated.fix": "đặt mã khác.",
    "rules.group_repeated": "nhóm {id} khai hai lần.",
    "rules.group_repeated.fix": "đặt mã khác.",
    "rules.window_backwards": "giờ đóng không sau giờ mở.",
    "rules.window_backwards.fix": "sửa closes cho sau opens.",
    "rules.windows_overlap": "khoảng mở này bắt đầu khi khoảng trước chưa đóng.",
    "rules.windows_overlap.fix": "sửa opens, hoặc gộp hai khoảng.",
    "rules.rounds_overlap": "kỳ này mở khi kỳ {id} ở trên chưa đóng.",
    "rules.rounds_overlap.fix": "sửa opens, và xếp các kỳ theo thứ tự thời gian.",
    "rules.window_short": "khoảng mở chỉ dài {minutes} phút, ngắn hơn {paper} phút làm bài.",
    "rules.window_short.fix": "kéo dài khoảng mở, nếu không thí sinh nào đủ giờ.",
    "rules.results_early": "ngày công bố kết quả trước khi kỳ đóng.",
    "rules.results_early.fix": "sửa results_by.",
    "rules.field_repeated": "trường {kind} khai hai lần.",
    "rules.field_repeated.fix": "giữ lại một.",
    "rules.no_name": "thiếu trường họ và tên.",
    "rules.no_name.fix": "thêm - kind: name.",
    "rules.no_key": "không có khóa chống trùng: một người có thể đăng ký nhiều lần.",
    "rules.no_key.fix": "dùng key: phone nếu cần xếp hạng công bằng.",
    "rules.key_without_field": "khóa chống trùng là {key} nhưng thể lệ không bắt buộc khai trường đó.",
    "rules.key_without_field.fix": "thêm - kind: {key} với required: true, hoặc đổi key.",
    "rules.sample_phone": "cuộc thi mẫu không được nhận số điện thoại thật.",
    "rules.sample_phone.fix": 'ghi pattern: "{pattern}", hoặc sample: false khi tổ chức thật.',
    "rules.round_unknown": "không có kỳ {id}; có: {known}.",
    "rules.round_unknown.fix": "sửa mã kỳ.",
    "rules.group_unknown": "không có nhóm {id}; có: {known}.",
    "rules.group_unknown.fix": "sửa mã nhóm.",
    "rules.wrong_floored": "wrong trừ điểm câu sai, mà điểm câu không được dưới 0: không trừ được.",
    "rules.wrong_floored.fix": "ghi floor_question: false, hoặc bỏ wrong.",
    "rules.ranking_unknown": "không có xếp hạng {id}; có: {known}.",
    "rules.ranking_unknown.fix": "ghi round, mã của một kỳ, hoặc mã của một bảng trong ranking.boards.",
    "rules.board_repeated": "mã bảng {id} đã dùng cho bảng khác hay cho kỳ.",
    "rules.board_repeated.fix": "đặt mã khác.",
    "rules.hours_never": "không giờ nào trong hours rơi vào các khoảng mở: kỳ sẽ không bao giờ mở.",
    "rules.hours_never.fix": "sửa hours, hoặc windows.",
    "rules.age_without_birth": "có hạn tuổi nhưng thể lệ không bắt buộc khai ngày sinh.",
    "rules.age_without_birth.fix": "thêm - kind: birth với required: true, hoặc bỏ age.",
    "rules.id_number": "số căn cước là dữ liệu cá nhân cần giữ kỹ; chỉ nên hỏi khi thật cần.",
    "rules.id_number.fix": "hỏi số điện thoại, hoặc xác minh riêng người đạt giải.",
    "rules.valid_without_prediction": "bài hợp lệ phải có dự đoán, nhưng thể lệ không có câu dự đoán.",
    "rules.valid_without_prediction.fix": "thêm prediction:, hoặc bỏ valid.prediction.",
    "rules.prediction_late": "dự đoán tính cả cuộc thi: các kỳ chỉ xếp hạng xong khi kỳ {id} đã đóng.",
    "rules.prediction_late.fix": "ghi scope: round nếu từng kỳ phải trao giải ngay.",
    "rules.units_need_prizes": "đơn vị xếp theo {measures} nhưng thể lệ không có giải cá nhân.",
    "rules.units_need_prizes.fix": "thêm prizes.people, hoặc đổi số đo.",
    "rules.prizes_without_points": "đơn vị xếp theo điểm giải nhưng không giải nào có điểm.",
    "rules.prizes_without_points.fix": "thêm points cho các giải.",
    "rules.prize_repeated": "mã giải {id} khai hai lần.",
    "rules.prize_repeated.fix": "đặt mã khác.",
    "rules.prize_unknown": "không có giải {id}; có: {known}.",
    "rules.prize_unknown.fix": "sửa mã giải.",
    "rules.prize_without_prediction": "người đạt giải phải có dự đoán, nhưng thể lệ không có câu dự đoán.",
    "rules.prize_without_prediction.fix": "thêm prediction:, hoặc bỏ điều kiện này.",
    "rules.quota_leaves_out": "chỉ tiêu giải bỏ sót nhóm: {groups}.",
    "rules.quota_leaves_out.fix": "thêm quotas cho nhóm đó; không có giải thì ghi 0.",
    "rules.quota_sum": "giải {id} có {count}, nhưng các nhóm cộng lại là {shared}.",
    "rules.quota_sum.fix": "sửa count, hoặc sửa quotas.",
    "rules.deleted_early": "ngày xóa dữ liệu không sau ngày kết thúc cuộc thi.",
    "rules.deleted_early.fix": "sửa delete_on.",
    "rules.prediction_missing": "xếp hạng theo câu dự đoán nhưng thể lệ không có câu dự đoán.",
    "rules.prediction_missing.fix": "thêm prediction:, hoặc bỏ khóa prediction_error.",
    "rules.prediction_unused": "có câu dự đoán nhưng không dùng để xếp hạng.",
    "rules.prediction_unused.fix": "thêm khóa prediction_error, hoặc ghi prediction: null.",
    "rules.reveal_closed_book": (
        "{name}: at_once cho thấy đáp án trong lúc kỳ thi đang mở, mà thể lệ không cho xem tài liệu."
    ),
    "rules.reveal_closed_book.fix": "dùng after_round, hoặc ghi open_book: true.",
    "rules.headcount": "{unit}: xếp theo tỷ lệ nhưng sĩ số bằng 0 hoặc chưa có.",
    "rules.headcount.fix": "ghi sĩ số, hoặc xếp đơn vị theo people.",
    "rules.topic_unknown": "ngân hàng không có chủ đề {topic}.",
    "rules.topic_unknown.fix": "sửa topic theo bank.yml.",
    "rules.topic_small": (
        "cơ cấu đề lấy {wanted} câu của chủ đề {topic}, chỉ có {there} câu được rút ({written} câu đã viết)."
    ),
    "rules.topic_small.fix": "giảm số câu, hoặc viết thêm; câu nháp không được rút.",
    "rules.topic_small_approved": (
        "cơ cấu đề lấy {wanted} câu của chủ đề {topic}, chỉ có {there} câu đã duyệt ({written} câu đã viết)."
    ),
    "rules.topic_small_approved.fix": "duyệt câu hỏi bằng lệnh timhieu approve, hoặc giảm số câu.",
    "rules.public_bank": "ngân hàng của bộ công cụ là công khai: ai cũng xem được đáp án.",
    "rules.public_bank.fix": "dùng ngân hàng riêng cho cuộc thi thật.",
    # forms
    "form.name.empty": "Hãy nhập họ và tên",
    "form.name.long": "Họ và tên dài quá {n} ký tự. Hãy viết gọn lại.",
    "form.phone.empty": "Hãy nhập số điện thoại",
    "form.phone.bad": "Số điện thoại còn thiếu hoặc thừa chữ số. Cách viết: {mau}",
    "consent.purpose": "Dùng để: {muc_dich}.",
    "consent.delete": "Xóa vào: {ngay}.",
    "consent.seen": "Ai xem được: {ai}.",
    "consent.rights": "Bạn có quyền xem, sửa hoặc rút lại: {lien_he}.",
    "consent.agree": "Tôi đồng ý cho {don_vi} dùng các thông tin trên để {muc_dich}",
    "simulate.text": "Câu trả lời giả",
    "status.final": "chính thức",
    "status.provisional": "tạm thời",
    # everywhere
    "preview.name": "Thí sinh xem thử",
    "band.sample": "CUỘC THI MẪU",
    "band.synthetic": "DỮ LIỆU THỬ",
    "band.preview": "XEM THỬ",
    "band.mock": "THI THỬ – không tính vào kết quả",
    "mock.title": "Thi thử",
}


def text(key: str, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)


def problem(code: str, file: str, line: int, *, advice: bool = False, **values: object) -> Problem:
    """Build a problem from the texts `code` and `code.fix`."""
    return Problem(file, line, code, text(code, **values), text(f"{code}.fix", **values), advice)
