"""The Vietnamese texts of this package, by key: findings about rules, forms, the command line."""

from __future__ import annotations

from questions.problems import Problem

TEXTS: dict[str, str] = {
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
    "rules.key_without_field": "khóa chống trùng là số điện thoại nhưng thể lệ không bắt buộc nhập.",
    "rules.key_without_field.fix": "thêm - kind: phone với required: true, hoặc đổi key.",
    "rules.sample_phone": "cuộc thi mẫu không được nhận số điện thoại thật.",
    "rules.sample_phone.fix": 'ghi pattern: "{pattern}", hoặc sample: false khi tổ chức thật.',
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
    # command line
    "cli.help": "Bộ công cụ tổ chức cuộc thi tìm hiểu.",
    "cli.init": "Viết một thư mục cuộc thi mẫu, đủ để chạy thử.",
    "cli.init.not_empty": "Thư mục {directory} không trống, không ghi gì. Hãy chọn thư mục mới.",
    "cli.init.done": "Đã tạo {directory}. Xem the_le.yml, rồi chạy: timhieu serve {directory}",
    "cli.check": "Kiểm tra thể lệ, đơn vị và ngân hàng câu hỏi.",
    "cli.check.errors": "Có {n} lỗi phải sửa.",
    "cli.check.advice": "Không có lỗi; có {n} lời khuyên.",
    "cli.check.fine": "Không có lỗi.",
    "cli.serve": "Mở trang thi cho thí sinh; không ghi thư mục thì mở cuộc thi mẫu.",
    "cli.serve.aside": "Cuộc thi mẫu cũ đã đóng, nay ở {aside}.",
    "cli.serve.contest": "Cuộc thi: {directory}",
    "cli.serve.here": "Trên máy này:      {url}",
    "cli.serve.network": "Trong mạng nội bộ: {url}",
    "cli.serve.port": (
        "Không dùng được cổng {port} ({why}). Hãy dừng chương trình đang giữ cổng, "
        "hoặc chọn cổng khác: make serve PORT={other}"
    ),
    "cli.serve.settings": (
        "Không đọc được biến môi trường: {settings}. "
        "Số lượng và số giây phải là số lớn hơn 0; TIMHIEU_METRICS ghi địa chỉ và cổng, như "
        "127.0.0.1:9100; TIMHIEU_TRUSTED_PROXIES ghi địa chỉ hoặc dải mạng cách nhau bằng dấu "
        "phẩy, như 127.0.0.1,10.0.0.0/8. Hãy sửa, hoặc bỏ biến đó để dùng giá trị mặc định."
    ),
    "cli.serve.metrics": (
        "Không nghe được ở TIMHIEU_METRICS={address} ({why}). Hãy dừng chương trình đang giữ cổng, "
        "hoặc ghi địa chỉ khác của máy này."
    ),
    "cli.serve.synthetic": (
        "Cơ sở dữ liệu trong {directory} là dữ liệu thử, không mở kỳ thi thật trên đó. "
        "Hãy tạo thư mục mới: timhieu init THU_MUC"
    ),
    "cli.lab": "Mở JupyterLab với các sổ tay của Ban Tổ chức.",
    "cli.desk": "Mở một sổ tay thành trang trên máy này, không cần JupyterLab.",
    "cli.desk.contest": "thư mục cuộc thi; bỏ trống thì dùng cuộc thi mẫu",
    "cli.desk.missing": "Không có tệp {notebook}.",
    "cli.lab.trial": "Chưa có kết quả: tạo cuộc thi thử {n} thí sinh ở {directory} …",
    "cli.simulate": "Cho thí sinh giả thi thử trên một thư mục mới.",
    "cli.simulate.close": "đóng kỳ thi khi xong",
    "cli.simulate.real": (
        "Cơ sở dữ liệu trong {directory} có bài thi thật, hoặc dữ liệu thử của hạt giống khác; "
        "không ghi gì. Hãy dùng thư mục mới: timhieu init THU_MUC"
    ),
    "cli.simulate.cannot": "Không chạy thử được: {why}",
    "cli.simulate.done": "Đã có {n} thí sinh giả trong {directory}.",
    "cli.grade": "Chấm điểm, xếp hạng và ghi kết quả.",
    "cli.grade.no_round": "Không có kỳ {round}, hoặc kỳ đó chưa mở.",
    "cli.grade.none": "Chưa có kỳ nào mở, chưa có gì để chấm.",
    "cli.grade.done": "Đã ghi kết quả vào {out}: {people} người, {attempts} lượt ({status}).",
    "cli.grade.tampered": "Dữ liệu đã bị sửa: {place} không khớp chuỗi băm. Không chấm.",
    "tampered.row": "hàng {n} của lượt {id}",
    "tampered.action": "việc thứ {n} trong nhật ký",
    "tampered.round": "dòng đóng kỳ {ky}",
    "cli.close": "Đóng một kỳ khi không chạy máy chủ.",
    "cli.close.not_frozen": "Kỳ {round} chưa từng mở.",
    "cli.close.again": "Kỳ {round} đã đóng từ trước.",
    "cli.close.early": "Kỳ {round} còn mở đến {until}, chưa đóng được.",
    "cli.close.running": "Kỳ {round} còn {n} bài đang làm, chưa đóng được.",
    "cli.close.done": "Đã đóng kỳ {round}.",
    "cli.new_code": "Cấp lại mã tiếp tục cho một thí sinh.",
    "cli.new_code.done": "Mã tiếp tục mới (chỉ hiện một lần): {code}",
    "cli.extra_time": "Cho thêm giờ một bài đang làm.",
    "cli.extra_time.not_running": "Không có bài {id} đang làm.",
    "cli.extra_time.done": "Đã thêm {minutes} phút cho bài {id}.",
    "cli.approve": "Duyệt câu hỏi của một ngân hàng.",
    "cli.approve.done": "Đã ghi {n} câu là {status}.",
    "cli.newer_database": (
        "Cơ sở dữ liệu do một bản mới hơn của bộ công cụ tạo ra, không đổi gì. Hãy dùng bản mới."
    ),
    "cli.serve.identity": (
        "Khóa var/secrets/identity trong {directory} không phải khóa lúc bắt đầu cuộc thi: mã tiếp "
        "tục và số điện thoại đã đăng ký sẽ không nhận ra được. Hãy chép lại khóa cũ từ bản sao."
    ),
    "cli.no_directory": "Không có thư mục {directory}.",
    "cli.no_database": "Chưa có cơ sở dữ liệu trong {directory}.",
    "cli.no_contestant": "Không có thí sinh {id}.",
    "cli.host": "địa chỉ nghe; 0.0.0.0 cho cả mạng nội bộ",
    "cli.port": "cổng",
    "cli.round": "mã của kỳ",
    "cli.out": "thư mục kết quả",
    "cli.acks": "tệp ghi mỗi câu trả lời đã lưu chắc chắn",
    "cli.contestant": "mã thí sinh (ts-…)",
    "cli.attempt": "mã lượt thi (lt-…)",
    "cli.by": "người thực hiện",
    "cli.reason": "lý do",
    "cli.question": "chỉ duyệt câu này (ghi được nhiều lần)",
    "cli.status": "mức duyệt",
    "cli.unit.people": " thí sinh",
    "cli.unit.attempts": " lượt",
    "status.final": "chính thức",
    "status.provisional": "tạm thời",
    # everywhere
    "preview.name": "Thí sinh xem thử",
    "band.sample": "CUỘC THI MẪU",
    "band.synthetic": "DỮ LIỆU THỬ",
    "band.preview": "XEM THỬ",
}


def text(key: str, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)


def problem(code: str, file: str, line: int, *, advice: bool = False, **values: object) -> Problem:
    """Build a problem from the texts `code` and `code.fix`."""
    return Problem(file, line, code, text(code, **values), text(f"{code}.fix", **values), advice)
