"""The Vietnamese texts of the server's pages, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # frame
    "nav.skip": "Tới nội dung chính",
    "nav.back": "Quay lại",
    "nav.home": "Trang đầu",
    "nav.rules": "Thể lệ",
    "nav.resume": "Tiếp tục bằng mã",
    "nav.lookup": "Tra cứu bài đã nộp",
    "show.group": "Hiển thị",
    "show.smaller": "chữ nhỏ",
    "show.normal": "chữ vừa",
    "show.larger": "chữ lớn",
    "show.contrast": "Tăng tương phản",
    "show.theme": "Giao diện: theo máy, sáng, tối",
    # practice
    "nav.practice": "Luyện tập và thi thử",
    "practice.title": "Luyện tập",
    "practice.what": (
        "Ôn từng dữ kiện của bộ câu hỏi. Trả lời xong thấy ngay đáp án, lý do và nguồn. "
        "Câu nào sai thì gặp lại trong ngày, câu nào nhớ thì lâu hơn mới gặp lại."
    ),
    "practice.how": "Không cần đăng ký, không hỏi tên. Luyện tập không tính vào kết quả thi.",
    "practice.kept": (
        "Máy chủ chỉ giữ các câu trả lời luyện tập, gắn với một mã ngẫu nhiên. Bạn xóa được bất cứ "
        "lúc nào."
    ),
    "practice.begin": "Bắt đầu luyện tập",
    "practice.continue": "Luyện tập tiếp",
    "practice.elsewhere": "Đã luyện tập trên máy khác?",
    "practice.code": "Mã luyện tập của Bạn",
    "practice.code.label": "Mã luyện tập (8 ký tự)",
    "practice.code.hint": "Chữ hoa, chữ thường đều được. Mã không có chữ I, L, O, U.",
    "practice.code.go": "Luyện tập tiếp bằng mã",
    "practice.code.keep": (
        "Ghi lại mã này để luyện tập tiếp trên máy khác. Máy chủ không giữ mã, nên mất thì không "
        "tra lại được."
    ),
    "practice.code.hidden": (
        "Mã chỉ hiện trong lần mở đầu tiên. Nếu quên, Bạn lấy mã mới ở đây; mã cũ thôi dùng được."
    ),
    "practice.code.new": "Lấy mã mới",
    "practice.erase": "Xóa dữ liệu luyện tập của tôi",
    "practice.erase.ask": "Xóa dữ liệu luyện tập?",
    "practice.erase.what": (
        "Mọi câu trả lời luyện tập, lịch ôn và đề thi thử của Bạn sẽ bị xóa hẳn, không lấy lại "
        "được. Bài thi và kết quả thi không đổi."
    ),
    "practice.erase.no": "Không xóa, luyện tập tiếp",
    "practice.erased": "Đã xóa dữ liệu luyện tập",
    "practice.erased.what": "Máy chủ không còn giữ gì về việc luyện tập của Bạn.",
    "practice.closed": "Luyện tập đóng trong giờ thi {ky}, mở lại lúc {gio}.",
    "practice.off": "Cuộc thi này không có phần luyện tập.",
    "practice.none": (
        "Chưa có câu nào để luyện tập: bộ câu hỏi được giữ kín đến khi cuộc thi kết thúc."
    ),
    "practice.full": "Đang có rất nhiều người luyện tập. Mời Bạn thử lại sau ít phút.",
    "mock.title": "Thi thử",
    "mock.as_real": "Đề rút theo đúng cơ cấu đề thi, có đồng hồ, hết giờ thì tự nộp.",
    "mock.after": "Nộp xong thấy ngay số câu đúng, đáp án và lý do của từng câu.",
    "mock.apart": "Không tính vào kết quả, không mất lượt thi.",
    "mock.begin": "Bắt đầu thi thử · {lau}",
    "mock.running": "Bạn đang làm dở một đề thi thử.",
    "mock.go_on": "Làm tiếp đề thi thử",
    "mock.off": "Cuộc thi này không có thi thử.",
    "mock.too_few": "Ngân hàng luyện tập chưa đủ câu để rút đề thi thử (chủ đề {chu_de}).",
    "mock.earlier": "Các lần thi thử trước",
    "mock.earlier.one": "Bắt đầu lúc {gio}",
    "mock.result": "Kết quả thi thử",
    "mock.correct": "Thi thử: {n}/{tong} câu đúng",
    "mock.score": "{diem}/{toi_da} điểm",
    "mock.submitted": "Nộp lúc {gio}",
    "mock.expired": "Hết giờ lúc {gio}",
    "mock.spent": "Thời gian làm bài: {thoi_gian}",
    "mock.open": "{n} câu cần người chấm nên chưa tính điểm; mời Bạn tự so với gợi ý chấm.",
    "mock.add": "Thêm {n} câu sai vào luyện tập",
    "mock.added": "Đã thêm {n} câu vào phần ôn hôm nay.",
    "mock.another": "Thi thử đề khác",
    "mock.mine": "Bạn trả lời",
    "mock.right": "Đúng",
    "mock.wrong": "Chưa đúng",
    "mock.partial": "Đúng một phần",
    "mock.unanswered": "Bạn chưa trả lời câu này",
    "mock.needs_marker": "Cần người chấm",
    # entry
    "entry.closes": "{ky} · đóng {gio_dong}",
    "entry.left": "còn {con_lai} (giờ máy chủ)",
    "entry.facts": "{n} câu hỏi · {lau}",
    "entry.facts_prediction": "{n} câu hỏi + 1 câu dự đoán · {lau}",
    "entry.start": "Đăng ký và vào thi",
    "entry.begin": "Vào thi",
    "entry.start_again": "Vào thi lượt tiếp theo",
    "entry.signed_in": "Bạn đang thi với tên {ten}, {don_vi}",
    "entry.attempts": "Bạn còn {n} lượt thi",
    "entry.no_attempts": ("Bạn đã dùng hết {n} lượt của kỳ này. Bạn có thể xem lại biên nhận."),
    "entry.running": "Bài đang làm dở của {ten}",
    "entry.resume": "Làm tiếp (còn {con_lai})",
    "entry.queue": (
        "Máy này còn giữ {n} câu chưa gửi. Mở lại bài khi có mạng thì các câu đó tự gửi; "
        "chuyển cho người khác thi thì các câu đó mất."
    ),
    "entry.other_person": "Người khác thi trên máy này",
    "entry.other_person.note": (
        "Bài đang làm dở của {ten} vẫn được giữ. Muốn làm tiếp bài đó cần mã tiếp tục."
    ),
    "entry.receipts": "Các lượt đã nộp của Bạn",
    "entry.receipt": "Lượt {n}: biên nhận {ma}",
    "entry.not_open": "{ky} chưa mở",
    "entry.not_open.when": "Mở lúc {gio_mo} (giờ Việt Nam), còn {con_lai}.",
    "entry.not_open.reload": "Trang tự mở đúng giờ, Bạn không cần tải lại.",
    "entry.not_open.meanwhile": "Bạn có thể làm trước",
    "entry.register_early": "Đăng ký thông tin",
    "entry.shut": "{ky} đang được chuẩn bị",
    "entry.shut.why": (
        "Đã tới giờ mở nhưng Ban Tổ chức còn phải sửa bộ đề. Mời Bạn quay lại sau ít phút."
    ),
    "entry.closed": "{ky} đã đóng",
    "entry.closed.when": "Đóng lúc {gio_dong}. Bạn có thể tra cứu bài đã nộp.",
    "entry.results_by": "Kết quả dự kiến công bố trước {ngay}.",
    "entry.registered": "Bạn đã đăng ký. Khi mở, bấm vào đây để bắt đầu.",
    # registration
    "register.step": "Bước {n} trong 3",
    "register.details": "Thông tin của Bạn",
    "register.unit": "Bạn thuộc đơn vị nào?",
    "register.check": "Kiểm tra trước khi vào thi",
    "form.continue": "Tiếp tục",
    "form.summary": "Mời Bạn xem lại {n} chỗ",
    "form.phone.why": "Để báo khi có giải. Cách viết: {mau}",
    "form.birth.day.hint": "Viết ngày/tháng/năm, ví dụ 5/9/1968",
    "form.birth.year.hint": "Bốn chữ số, ví dụ 1968",
    "form.birth.uncertain": (
        "Trang chỉ hỏi năm sinh nên chưa biết đúng ngày đủ tuổi; Ban Tổ chức xác minh sau."
    ),
    "form.id_number.hint": "12 chữ số trên thẻ căn cước. Chỉ Ban Tổ chức xem được.",
    "form.id_number.sample": "Cuộc thi mẫu: nhập số không có thật, bắt đầu bằng 000.",
    "form.candidate_code.hint": "Mã do Ban Tổ chức cấp. Chữ hoa, chữ thường đều được.",
    "form.too_much": "Phần khai của Bạn dài quá mức trang giữ được. Hãy viết gọn mục này.",
    "form.choose": "Chọn…",
    "form.no_answer": "Không trả lời",
    "form.declare.empty": "Cần Bạn cam đoan điều này thì mới được dự thi theo thể lệ",
    "gate.title": "Mã tham gia",
    "gate.why": "Cuộc thi này dành cho người được mời. Ban Tổ chức đã gửi mã cho đơn vị của Bạn.",
    "gate.label": "Mã tham gia",
    "gate.hint": "Chữ hoa, chữ thường đều được.",
    "gate.bad": "Mã tham gia chưa đúng. Bạn còn {n} lần thử.",
    "gate.lost": "Chưa có mã? Hỏi {lien_he}",
    "form.optional": "(không bắt buộc)",
    "form.group": "Bạn dự thi ở nhóm nào?",
    "form.group.empty": "Hãy chọn một nhóm",
    "form.unit.hint": "Gõ tên xã, trường hoặc cơ quan. Không cần gõ dấu.",
    "form.unit.search": "Tìm đơn vị",
    "form.unit.find": "Tìm",
    "form.unit.all": "Xem tất cả",
    "form.unit.count": "{n} đơn vị phù hợp",
    "form.unit.more": "Còn {n} đơn vị nữa, hãy gõ thêm",
    "form.unit.none": "Chưa thấy đơn vị nào. Thử gõ ít chữ hơn.",
    "form.unit.empty": "Hãy chọn một đơn vị trong danh sách",
    "form.unit.missing": (
        "Không thấy đơn vị của mình? Chọn đơn vị cấp trên, rồi báo {lien_he} bổ sung."
    ),
    "form.unit.below": "thuộc {don_vi}",
    "form.unit": "Đơn vị",
    "form.edit": "Sửa",
    "form.edit.what": "Sửa {muc}",
    "form.consent.empty": "Cần Bạn đồng ý thì Ban Tổ chức mới được xếp hạng và trao giải",
    "form.clock": "Đồng hồ CHƯA chạy.",
    "form.register": "Đăng ký dự thi",
    "form.lost": "Phần đăng ký đã quá lâu, mời Bạn nhập lại từ đầu.",
    "error.prefix": "Lỗi: ",
    # identity already used
    "used.phone.title": "Số điện thoại này đã đăng ký",
    "used.id_number.title": "Số căn cước này đã đăng ký",
    "used.email.title": "Địa chỉ thư này đã đăng ký",
    "used.candidate_code.title": "Mã dự thi này đã đăng ký",
    "used.why": "Có thể Bạn đã đăng ký ở máy khác, hoặc người khác đã khai như vậy.",
    "used.code": "Tôi có mã tiếp tục",
    "used.lost": "Tôi quên mã: liên hệ {lien_he}",
    "used.wrong": "Tôi nhập nhầm",
    "used.safe": "Vì an toàn, trang không cho xem bài của người đã đăng ký.",
    # start
    "start.title": "Bạn đã sẵn sàng chưa?",
    "start.facts": "{n} câu, {lau}",
    "start.facts_prediction": "{n} câu, 1 câu dự đoán, {lau}",
    "start.network": "Mất mạng vẫn làm tiếp được",
    "start.change": "Được sửa câu trả lời đến khi nộp bài",
    "start.expire": "Hết giờ, bài tự nộp với những câu đã lưu",
    "start.cut": "Kỳ thi đóng lúc {gio_dong}: Bạn có {con_lai} thay vì {lau}",
    "start.code": "Mã tiếp tục của Bạn",
    "start.code.keep": "Giữ mã này để làm tiếp trên máy khác. Đừng đưa cho ai.",
    "start.code.hidden": "Mã tiếp tục chỉ hiện ở trình duyệt đã đăng ký.",
    "start.copy": "Chép mã",
    "start.copied": "Đã chép mã",
    "start.extra": (
        "Cần thêm thời gian vì lý do sức khỏe? Liên hệ Ban Tổ chức trước khi bắt đầu: {lien_he}"
    ),
    "start.button": "Bắt đầu làm bài · {lau}",
    "start.note": "Đồng hồ chỉ chạy khi Bạn bấm nút này",
    "start.later": "Để sau",
    "start.unit_gone": (
        "Đơn vị Bạn đã chọn không còn trong danh sách. Hãy liên hệ {lien_he} trước khi thi."
    ),
    "start.no_attempts": "Bạn đã dùng hết {n} lượt của kỳ này.",
    "start.not_admitted": (
        "Kỳ này chỉ dành cho thí sinh trong danh sách được dự. Nếu Bạn có tên mà chưa vào được, "
        "hãy liên hệ {lien_he}."
    ),
    "start.not_open": "Kỳ thi không mở vào lúc này.",
    # resume
    "resume.title": "Tiếp tục bằng mã",
    "resume.label": "Mã tiếp tục (8 ký tự)",
    "resume.hint": "Chữ hoa, chữ thường đều được. Mã không có chữ I, L, O, U.",
    "resume.other": "Máy kia (nếu còn mở) sẽ chỉ xem.",
    "resume.button": "Làm tiếp ở đây",
    "code.bad": "Mã chưa đúng. Mã không có chữ I, L, O, U. Bạn còn {n} lần thử.",
    "code.wait": "Đã thử nhiều lần. Mời Bạn thử lại sau {phut} phút.",
    # receipt and look-up
    "receipt.title": "Đã nộp bài",
    "receipt.expired": "Đã hết giờ, bài được nộp với những câu đã lưu",
    "receipt.attempt": "Lượt {n} · {gio}",
    "receipt.code": "Mã biên nhận",
    "receipt.copy": "Chép mã",
    "receipt.copied": "Đã chép mã",
    "receipt.qr": "Mã QR mở trang biên nhận này",
    "receipt.received": "Máy chủ đã nhận {n}/{tong} câu",
    "receipt.missed": (
        "Chưa tới máy chủ trước khi bài kết thúc, không tính: {danh_sach}. "
        "Máy này còn giữ các câu đó, Ban Tổ chức không nhận được."
    ),
    "receipt.missed.question": "câu {k}",
    "receipt.missed.predict": "câu dự đoán",
    "receipt.prediction": "Câu dự đoán: {so}",
    "receipt.no_prediction": "Không có câu dự đoán",
    "receipt.print": "In",
    "receipt.next": "Việc tiếp theo",
    "receipt.results": "Kết quả: trước {ngay}. Giữ mã biên nhận để tra cứu.",
    "receipt.keep": "Giữ mã biên nhận để tra cứu.",
    "result.title": "Kết quả",
    "result.correct": "{n}/{tong} câu đúng · {diem}/{toi_da} điểm",
    "result.duration": "Thời gian {thoi_gian}",
    "result.waiting": "Có câu chờ Ban Tổ chức xem lại, chưa có điểm.",
    "result.wait": "Kết quả chưa công bố.",
    "result.right": "Đúng",
    "result.partial": "Đúng một phần: {diem}/{toi_da} điểm",
    "result.void_full": "Câu hỏi bị hủy: ai có câu này đều được đủ điểm",
    "result.void_out": "Câu hỏi bị hủy: không tính",
    "result.wrong": "Chưa đúng",
    "result.blank": "Bạn chưa trả lời câu này",
    "result.review": "Chờ xem lại",
    "result.chosen": "Bạn chọn",
    "result.typed": "Bạn trả lời",
    "result.key": "Đáp án",
    "result.why": "Vì sao",
    "image.open": "Xem hình to",
    "result.source": "Nguồn",
    "result.questions": "Từng câu",
    "result.question": "Câu {n}",
    "certificate.title": "Giấy chứng nhận đúng",
    "certificate.good": "Giấy chứng nhận này do Ban Tổ chức cuộc thi cấp. Hãy so với bản giấy.",
    "certificate.name": "Cấp cho",
    "certificate.award": "Thành tích",
    "certificate.contest": "Cuộc thi",
    "certificate.body": "Cơ quan cấp",
    "certificate.number": "Số vào sổ",
    "certificate.version": "Phiên bản kết quả",
    "certificate.none.title": "Không phải giấy chứng nhận",
    "certificate.none": "Mã này không do Ban Tổ chức cuộc thi cấp, hoặc đã bị sửa.",
    "lookup.title": "Tra cứu bài đã nộp",
    "lookup.label": "Mã biên nhận (in trên biên nhận)",
    "lookup.hint": "Chữ hoa, chữ thường đều được.",
    "lookup.button": "Tra cứu",
    "lookup.none": (
        "Không tìm thấy mã này. Mã có 9 ký tự, không có chữ I, L, O, U. Xem lại rồi thử lại."
    ),
    "lookup.lost": "Quên mã? Liên hệ {lien_he}",
    # rules
    "rules.title": "Thể lệ",
    "rules.article": "Điều {n}. {ten}",
    # time
    "time.days": "{n} ngày",
    "time.hours": "{n} giờ",
    "time.minutes": "{n} phút",
    "time.seconds": "{n} giây",
    "time.moment": "{gio} ngày {ngay}",
    # system
    "sys.error": (
        "Trang này gặp trục trặc, câu đã lưu không mất. Mã sự cố {ma}. Mời Bạn tải lại trang."
    ),
    "sys.error.title": "Trang gặp trục trặc",
    "sys.busy": "Máy chủ chưa ghi được vào lúc này. Mời Bạn thử lại sau ít giây.",
    "sys.bad_request": "Máy chủ không hiểu yêu cầu này. Mời Bạn quay lại trang trước rồi làm lại.",
    "sys.too_fast.title": "Mời Bạn đợi một chút",
    "sys.too_fast": (
        "Trang nhận quá nhiều thao tác một lúc. Mời Bạn đợi vài giây rồi tải lại trang."
    ),
    "sys.again": "Thử lại",
    "wait.title": "Đang đông người vào thi",
    "wait.body": (
        "Thời gian làm bài của Bạn chưa bắt đầu. Trang tự thử lại sau {giay} giây, "
        "Bạn không cần tải lại."
    ),
    "sys.missing": "Không có trang này",
    "sys.missing.go": "Về trang đầu",
    "sys.form_old": "Trang đã mở quá lâu. Mời Bạn tải lại trang rồi làm lại.",
    "sys.no_script": "Làm bài cần bật JavaScript. Thể lệ, biên nhận và tra cứu vẫn xem được.",
    "sys.old_browser": (
        "Trình duyệt này quá cũ. Mở bằng Chrome, Cốc Cốc hoặc Safari bản mới; "
        "bài vẫn tiếp tục được bằng mã."
    ),
    "print.at": "In lúc {gio}",
}


def text(key: str, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
