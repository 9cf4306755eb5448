"""The Vietnamese texts about claims, by key: of the pages, of the form and of the commands."""

from __future__ import annotations

PAGE_TEXTS: dict[str, str] = {
    "claim.title": "Gửi phản ánh tới Ban Tổ chức",
    "claim.what": "Bạn muốn nhờ việc gì?",
    "claim.kind.code": "Tôi quên mã tiếp tục",
    "claim.kind.question": "Câu hỏi hoặc đáp án có sai",
    "claim.kind.result": "Bài thi hoặc kết quả của tôi",
    "claim.kind.other": "Việc khác",
    "claim.result.of": "Bài có biên nhận {ma}",
    "claim.question.of": "Câu {n} của bài có biên nhận {ma}",
    "claim.text": "Nội dung",
    "claim.text.hint": "Viết sự việc, lúc nào, ở câu nào. Nhiều nhất {n} ký tự.",
    "claim.text.hint.code": (
        "Ghi điều giúp Ban Tổ chức nhận ra Bạn, như đơn vị, ngày đăng ký. Nhiều nhất {n} ký tự."
    ),
    "claim.code.why": (
        "Ban Tổ chức kiểm tra đúng người rồi mới cấp mã mới, theo cách liên hệ Bạn ghi dưới đây."
    ),
    "claim.name": "Họ và tên đã đăng ký",
    "claim.key": "{khoa} đã đăng ký",
    "claim.contact": "Ban Tổ chức liên hệ lại với Bạn bằng cách nào?",
    "claim.contact.hint": "Số điện thoại, thư điện tử, hoặc qua cán bộ của đơn vị",
    "claim.facts": "Ban Tổ chức đọc phản ánh này; nội dung được xóa vào {ngay}.",
    "claim.send": "Gửi phản ánh",
    "claim.closed": "Đã hết thời gian nhận phản ánh. Mời Bạn liên hệ {lien_he}.",
    "claim.too_many": (
        "Bạn đang có nhiều phản ánh chờ trả lời. Mời Bạn đợi Ban Tổ chức trả lời rồi gửi tiếp."
    ),
    "claim.sent": "Ban Tổ chức đã nhận phản ánh",
    "claim.answered": "Ban Tổ chức đã trả lời phản ánh",
    "claim.code": "Mã phản ánh",
    "claim.code.keep": (
        "Giữ mã này để xem trả lời ở đây hoặc ở trang Tra cứu. Ai có mã đều xem được trả lời."
    ),
    "claim.copied": "Đã chép mã",
    "claim.copy": "Chép mã",
    "claim.at": "Gửi lúc {gio}",
    "claim.status": "Tình trạng",
    "claim.status.open": "Ban Tổ chức chưa trả lời",
    "claim.status.answered": "Đã trả lời lúc {gio}",
    "claim.status.closed": "Đã khép",
    "claim.outcome": "Kết luận",
    "claim.outcome.accepted": "Phản ánh đúng",
    "claim.outcome.declined": "Phản ánh không đúng",
    "claim.outcome.done": "Đã giải quyết",
    "claim.answer": "Trả lời",
    "claim.said": "Bạn đã viết",
    "claim.wrong_question": "Câu hỏi có sai? Gửi phản ánh",
    "claim.about_paper": "Gửi phản ánh về bài này",
    "claim.go": "Gửi phản ánh tới Ban Tổ chức",
}
"""Of the pages; the server's own texts take them in."""

TEXTS: dict[str, str] = {
    # errors of the form
    "form.text.empty": "Hãy viết nội dung phản ánh",
    "form.text.long": "Nội dung dài quá {n} ký tự. Hãy viết gọn lại.",
    "form.line.long": "Dài quá {n} ký tự. Hãy viết gọn lại.",
    "form.name.empty": "Hãy nhập họ và tên đã đăng ký",
    "form.key.empty": "Hãy nhập {khoa} đã đăng ký",
    "form.contact.empty": "Hãy ghi cách Ban Tổ chức liên hệ lại với Bạn",
    # commands
    "cli.claims": "Phản ánh của thí sinh: liệt kê, xem, trả lời, khép.",
    "cli.claims.list": "Liệt kê các phản ánh chưa trả lời.",
    "cli.claims.all": "liệt kê cả phản ánh đã trả lời và đã khép",
    "cli.claims.show": "Xem một phản ánh.",
    "cli.claims.answer": "Trả lời một phản ánh.",
    "cli.claims.text": "lời trả lời, hiện ở trang của mã phản ánh",
    "cli.claims.outcome": "accepted: phản ánh đúng; declined: không đúng; done: đã giải quyết",
    "cli.claims.close": "Khép một phản ánh; khép rồi thì không trả lời thêm.",
    "claims.none": "Không có phản ánh nào chờ trả lời. Xem mọi phản ánh: thêm --all.",
    "claims.none.all": "Chưa có phản ánh nào.",
    "claims.row": "{id}  {gio}  {tinh_trang}  {viec}",
    "claims.more": "Xem một phản ánh: timhieu claims {directory} show MÃ --by TÊN",
    "claims.unknown": (
        "Không có phản ánh {id}. Ghi mã pa-… hoặc mã 9 ký tự mà người gửi đọc; phản ánh của người "
        "đã xin xóa dữ liệu thì không còn."
    ),
    "claims.role": "{name} ({role}) không được xem hay trả lời phản ánh. Người được làm: {who}.",
    "claims.status.open": "chưa trả lời",
    "claims.status.answered": "đã trả lời",
    "claims.status.closed": "đã khép",
    "claims.show.id": "Phản ánh {id} (người gửi giữ mã {code})",
    "claims.show.what": "Việc: {viec}",
    "claims.show.at": "Gửi lúc {gio}; {tinh_trang}",
    "claims.show.name": "Họ tên đã khai: {gia_tri}",
    "claims.show.key": "{khoa} đã khai: {gia_tri}",
    "claims.show.contact": "Liên hệ lại: {gia_tri}",
    "claims.show.text": "Nội dung:",
    "claims.show.own": "Người gửi: thí sinh {id} ({ten}), đã đăng nhập khi gửi",
    "claims.show.about": "Liên quan tới thí sinh {id} ({ten}); người gửi chưa đăng nhập",
    "claims.show.erased": "đã xóa dữ liệu",
    "claims.show.attempt": "Lượt thi {id}, kỳ {ky}, biên nhận {ma}",
    "claims.show.question": "Câu {n} trong đề là câu hỏi {id}: {noi_dung}",
    "claims.show.void": (
        "Nếu câu hỏi sai: timhieu rule {directory} void --question {id} … rồi trả lời phản ánh này."
    ),
    "claims.show.match": "Khóa đã khai khớp với thí sinh {id}: {ten}, đăng ký lúc {gio}",
    "claims.show.no_match": (
        "Không có ai đăng ký với khóa đã khai. Hãy hỏi lại người gửi theo cách liên hệ họ ghi."
    ),
    "claims.show.new_code": (
        "Xác minh đúng người rồi mới cấp mã mới: timhieu new-code {directory} --contestant {id} "
        '--by "{by}". Đọc mã ấy cho chính người đó. Đừng ghi mã vào lời trả lời: ai có mã phản ánh '
        "cũng đọc được."
    ),
    "claims.show.answer": "Đã trả lời ({outcome}): {answer}",
    "claims.how": (
        "Trả lời: timhieu claims {directory} answer {id} --by TÊN --outcome "
        'accepted|declined|done --text "…"'
    ),
    "claims.answered": "Đã trả lời phản ánh {id}: {outcome}.",
    "claims.answer.shut": "Phản ánh {id} đã khép, không trả lời thêm được.",
    "claims.answer.empty": "Lời trả lời trống. Hãy ghi --text.",
    "claims.answer.long": "Lời trả lời dài quá {n} ký tự. Hãy viết gọn lại.",
    "claims.closed": "Đã khép phản ánh {id}.",
    "claims.closed.again": "Phản ánh {id} đã khép từ trước.",
}
"""Of the form and the commands."""


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
