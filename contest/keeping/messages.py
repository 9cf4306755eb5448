"""The Vietnamese texts about personal data and backups, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # forget, purge
    "cli.forget": "Xóa dữ liệu cá nhân của một thí sinh; điểm và thứ hạng giữ nguyên.",
    "cli.forget.done": "Đã xóa dữ liệu cá nhân của {id}. Bài thi, điểm và thứ hạng còn theo mã.",
    "cli.forget.again": "Dữ liệu cá nhân của {id} đã xóa từ trước.",
    "cli.forget.key_kept": (
        "Còn kỳ chưa đóng: giữ riêng mã băm của khóa chống trùng, không gắn với ai, để không ai "
        "đăng ký lại bằng số đó; mã băm này mất khi xóa hết dữ liệu."
    ),
    "cli.forget.reason": (
        "Lý do có chứa thông tin của chính thí sinh ({what}), mà nhật ký thì không xóa được. "
        "Hãy ghi lý do không có tên, số điện thoại, ví dụ: theo đơn ngày 5/3."
    ),
    "cli.forget.elsewhere": (
        "Dữ liệu cá nhân còn nằm ở nơi khác, hãy tự xóa hoặc làm lại: kết quả đã chấm và văn bản "
        "đã in trước đây, bản sao lưu, và:"
    ),
    "cli.forget.busy": (
        "Máy chủ đang đọc nên chưa dọn hết dấu vết trong tệp nhật ký; hãy chạy lại lệnh này."
    ),
    "cli.purge": "Xóa mọi dữ liệu cá nhân đã đến ngày xóa ghi trong thể lệ.",
    "cli.purge.dry_run": "chỉ đếm, không xóa gì",
    "cli.purge.now_reason": "xóa ngay trước ngày ghi trong thể lệ, và vì sao",
    "cli.purge.count": (
        "Đang giữ dữ liệu cá nhân của {people} người; đến ngày xóa: {due} người. "
        "Ngày xóa theo thể lệ: {days}."
    ),
    "cli.purge.early": (
        "Chưa đến ngày xóa ({days}), không xóa gì. Muốn xóa ngay thì ghi lý do: --now-reason."
    ),
    "cli.purge.open": "Kỳ {round} chưa đóng, chưa xóa được. Hãy đóng kỳ trước: timhieu close.",
    "cli.purge.nothing": "Không còn dữ liệu cá nhân nào phải xóa.",
    "cli.purge.done": (
        "Đã xóa dữ liệu cá nhân của {people} người. Bài thi, điểm và thứ hạng còn theo mã."
    ),
    "cli.now_reason": "lý do xóa trước ngày",
    # one person's data
    "cli.person": "Ghi ra mọi dữ liệu đang giữ về một thí sinh, để trao cho chính người đó.",
    "cli.person.receipt": "mã biên nhận của một lượt thi",
    "cli.person.out": "tệp .json; bản để đọc (.html) nằm bên cạnh",
    "cli.person.one": "Ghi đúng một trong hai: --contestant hoặc --receipt.",
    "cli.person.no_receipt": "Không có biên nhận {code}.",
    "cli.person.suffix": "Tên tệp phải kết thúc bằng .json, đang là {out}.",
    "cli.person.exists": "Đã có tệp {out}, không ghi đè. Hãy chọn tên khác.",
    "cli.person.done": (
        "Đã ghi {out} và {page}. Hai tệp có dữ liệu cá nhân: chỉ trao cho đúng người, xong thì xóa."
    ),
    "person.title": "Dữ liệu đang giữ về thí sinh {id}",
    "person.contest": "cuộc thi",
    "person.organiser": "đơn vị tổ chức",
    "person.contact": "liên hệ",
    "person.made_at": "lập lúc",
    "person.contestant": "thí sinh",
    "person.id": "mã thí sinh",
    "person.unit": "đơn vị",
    "person.unit_id": "mã đơn vị",
    "person.group": "nhóm",
    "person.registered_at": "đăng ký lúc",
    "person.synthetic": "dữ liệu thử",
    "person.given": "thông tin đã khai",
    "person.erased": "đã xóa",
    "person.field.name": "họ và tên",
    "person.field.phone": "số điện thoại",
    "person.consent": "sự đồng ý",
    "person.consent_at": "đồng ý lúc",
    "person.consent_text": "nội dung đã đồng ý",
    "person.consent_unknown": "nội dung này không còn trong thể lệ đang giữ",
    "person.hash": "mã băm SHA-256",
    "person.hashes": "mã băm không đọc ngược được",
    "person.key_hash": "khóa chống trùng",
    "person.code_hash": "mã tiếp tục",
    "person.commitment": "cam kết trên thông tin đã khai",
    "person.kept": "có giữ",
    "person.not_kept": "không giữ",
    "person.attempts": "lượt thi",
    "person.round": "kỳ",
    "person.attempt_id": "mã lượt thi",
    "person.number": "lượt thứ",
    "person.receipt": "mã biên nhận",
    "person.started_at": "bắt đầu",
    "person.state": "trạng thái",
    "person.state.running": "đang làm",
    "person.state.submitted": "đã nộp bài",
    "person.state.expired": "hết giờ",
    "person.prediction": "dự đoán",
    "person.answers": "câu trả lời",
    "person.question": "câu hỏi",
    "person.answer": "trả lời",
    "person.no_answer": "không trả lời",
    "person.events": "diễn biến",
    "person.at": "lúc",
    "person.what": "việc",
    "person.row.open": "mở đề",
    "person.row.pen": "một trang nhận quyền làm bài",
    "person.row.response": "trả lời một câu",
    "person.row.flag": "đánh dấu một câu",
    "person.row.prediction": "ghi dự đoán",
    "person.row.submit": "nộp bài",
    "person.row.expire": "hết giờ",
    "person.actions": "việc của Ban Tổ chức",
    "person.action.new_code": "cấp lại mã tiếp tục",
    "person.action.extra_time": "cho thêm giờ",
    "person.action.forget": "xóa dữ liệu cá nhân",
    "person.by": "người thực hiện",
    "person.detail": "chi tiết",
    "person.none": "không có",
    "person.note": "ghi chú",
    "person.note.text": (
        "Điểm và thứ hạng không nằm trong dữ liệu đang giữ: chúng được tính lại từ bài thi mỗi lần "
        "chấm, và nằm trong các bản kết quả của Ban Tổ chức."
    ),
}


def text(key: str, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
