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
        "Đã xóa dữ liệu cá nhân của {people} người và các phản ánh của họ. Bài thi, điểm và "
        "thứ hạng còn theo mã."
    ),
    "cli.now_reason": "lý do xóa trước ngày",
    # backups
    "cli.backup": "Sao lưu cả cuộc thi vào một tệp, cả khi máy chủ đang chạy; chép xong thì kiểm.",
    "cli.backup.to": "tệp .zip mới",
    "cli.restore": "Khôi phục cuộc thi từ một tệp sao lưu vào thư mục mới.",
    "cli.restore.to": "thư mục mới hoặc thư mục trống",
    "backup.exists": "Đã có {path}, không ghi đè. Hãy chọn tên khác.",
    "backup.suffix": "Tên tệp phải kết thúc bằng .zip, đang là {path}.",
    "backup.no_database": "Chưa có cơ sở dữ liệu trong {directory}, chưa có gì để sao lưu.",
    "backup.done": (
        "Đã sao lưu vào {path} ({mb} MB), mở thử và kiểm mọi chuỗi băm: {people} người, "
        "{attempts} lượt, {rows} hàng."
    ),
    "backup.personal": (
        "Tệp có dữ liệu cá nhân của thí sinh và khóa bí mật rút đề: cất nơi chỉ người phụ trách mở "
        "được, và xóa khi đến ngày xóa dữ liệu."
    ),
    "restore.no_file": "Không có tệp {path}.",
    "restore.not_empty": "{path} không trống, không ghi gì. Hãy chọn thư mục mới.",
    "restore.done": (
        "Đã khôi phục bản sao lúc {at} vào {path}, mọi chuỗi băm đều khớp: {people} người, "
        "{attempts} lượt, {rows} hàng."
    ),
    "restore.after": (
        "Ai đã xin xóa dữ liệu sau lúc ấy thì phải xóa lại bằng timhieu forget; câu trả lời sau "
        "lúc ấy không có trong bản sao."
    ),
    "archive.cut": "Tệp bị cắt cụt, bị hỏng, hoặc không phải bản sao lưu. Hãy dùng bản khác.",
    "archive.manifest": "Tệp không phải bản sao lưu của bộ công cụ. Hãy dùng tệp khác.",
    "archive.newer": "Bản sao lưu do một bản mới hơn của bộ công cụ tạo ra. Hãy dùng bản mới.",
    "archive.name": "Trong bản sao lưu có tên tệp không hợp lệ: {name!r}. Không ghi gì.",
    "archive.other_files": "Bản sao lưu thiếu hoặc thừa tệp so với danh sách của nó. Không ghi gì.",
    "archive.changed": "Tệp {name} trong bản sao lưu không khớp mã băm. Không ghi gì.",
    "archive.broken": "Cơ sở dữ liệu trong bản sao lưu không khớp: {place}. Không ghi gì.",
    "archive.counts": "Số hàng trong bản sao lưu không khớp danh sách của nó. Không ghi gì.",
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
    "cli.contacts": "Ghi ra danh sách liên hệ của người được giải, để báo giải; hỏi mật khẩu.",
    "cli.contacts.to": "tệp .xlsx mới, chỉ chủ tệp đọc được",
    "cli.contacts.by": "tên thư ký hoặc trưởng ban, như trong timhieu people",
    "contacts.role": "{name} ({role}) không được lấy danh sách liên hệ. Người được làm: {who}.",
    "contacts.suffix": "Tên tệp phải kết thúc bằng .xlsx, đang là {path}.",
    "contacts.exists": "Đã có tệp {path}, không ghi đè. Hãy chọn tên khác.",
    "contacts.folder": "Không ghi được {path}: thư mục ấy không có, hoặc không cho ghi.",
    "contacts.draft": (
        "Kết quả này là tạm thời, giải còn có thể đổi. Hãy đóng kỳ, chấm lại rồi lấy danh sách "
        "liên hệ."
    ),
    "contacts.other": (
        "Kết quả không phải của cuộc thi này: không có thí sinh {id} trong {directory}."
    ),
    "contacts.none": "Không có người được giải nào còn dữ liệu liên hệ.",
    "contacts.not_asked": (
        "Người được giải không khai số điện thoại, thư điện tử hay địa chỉ nào: thể lệ không hỏi."
    ),
    "contacts.done": (
        "Đã ghi liên hệ của {n} người được giải vào {path}. Đây là dữ liệu cá nhân: xóa tệp khi đã "
        "báo giải."
    ),
    "contacts.erased": "Không có trong danh sách: {n} người được giải đã xóa dữ liệu.",
    "contacts.title": "Liên hệ người được giải",
    "contacts.keep": "Dữ liệu cá nhân: chỉ dùng để báo giải, xóa tệp này khi đã báo xong.",
    "contacts.col.round": "Kỳ",
    "contacts.col.award": "Giải",
    "contacts.col.name": "Họ và tên",
    "contacts.col.unit": "Đơn vị",
    "contacts.col.phone": "Số điện thoại",
    "contacts.col.email": "Thư điện tử",
    "contacts.col.address": "Địa chỉ",
    "person.erased": "đã xóa",
    "person.field.name": "họ và tên",
    "person.field.phone": "số điện thoại",
    "person.field.birth": "ngày sinh",
    "person.field.id_number": "số định danh",
    "person.field.email": "thư điện tử",
    "person.field.address": "địa chỉ",
    "person.field.gender": "giới tính",
    "person.field.candidate_code": "số báo danh",
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
    "person.claims": "phản ánh đã gửi",
    "person.claim": "mã phản ánh",
    "person.claim.about": "về việc",
    "person.claim.kind.code": "quên mã tiếp tục",
    "person.claim.kind.question": "câu hỏi, đáp án",
    "person.claim.kind.result": "bài thi, kết quả",
    "person.claim.kind.other": "việc khác",
    "person.claim.text": "lời viết",
    "person.claim.name": "họ tên",
    "person.claim.key": "khóa đã khai",
    "person.claim.contact": "cách liên hệ",
    "person.claim.said": "nội dung",
    "person.claim.answer": "trả lời của Ban Tổ chức",
    "person.claim.unsure": (
        "gửi khi chưa đăng nhập, chỉ khai có liên quan tới thí sinh này nên không ghi nội dung"
    ),
    "person.attempts": "lượt thi",
    "person.round": "kỳ",
    "person.attempt_id": "mã lượt thi",
    "person.number": "lượt thứ",
    "person.question_number": "câu số",
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
    "person.action.exclude": "không công nhận",
    "person.action.restore": "công nhận lại",
    "person.action.unit": "sửa đơn vị",
    "person.action.mark": "điểm do người chấm",
    "person.action.essay_mark": "điểm của giám khảo",
    "person.action.claim_answer": "trả lời phản ánh",
    "person.action.claim_close": "khép phản ánh",
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


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
