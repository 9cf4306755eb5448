"""The Vietnamese texts of the command line, by key."""

from __future__ import annotations

CLI_TEXTS: dict[str, str] = {
    "cli.help": "Bộ công cụ tổ chức cuộc thi tìm hiểu.",
    "cli.init": "Viết một thư mục cuộc thi mẫu, đủ để chạy thử.",
    "cli.init.not_empty": "Thư mục {directory} không trống, không ghi gì. Hãy chọn thư mục mới.",
    "cli.init.done": "Đã tạo {directory}. Sửa the_le.yml, xem lại bằng timhieu check {directory}, mở bằng timhieu serve {directory}.",
    "cli.init.preset": "mẫu thể lệ; xem tên bằng: timhieu rules presets",
    "cli.init.no_preset": "Không có mẫu thể lệ {name}. Có: {names}.",
    "cli.rules": "Thể lệ: viết thành văn bản, xem các mẫu có sẵn.",
    "cli.rules.text": "Viết thể lệ tiếng Việt từ the_le.yml, bằng Word và Markdown.",
    "cli.rules.to": "thư mục để ghi; bỏ trống thì ghi vào var/the_le của cuộc thi",
    "cli.rules.written": "Đã ghi {path}",
    "cli.rules.presets": "Liệt kê các mẫu thể lệ dùng được với timhieu init --preset.",
    "cli.qr": "Lập mã QR cho từng đơn vị: quét là mở trang thi với đơn vị điền sẵn.",
    "cli.qr.base_url": "địa chỉ trang thi, như https://thi.example.vn; bỏ thì lấy trong thể lệ",
    "cli.qr.out": "thư mục mới để ghi các tệp",
    "cli.qr.no_address": (
        "Chưa biết địa chỉ trang thi. Hãy ghi --base-url, hoặc documents.certificates.address "
        "trong thể lệ."
    ),
    "cli.qr.bad_address": "Không dùng được địa chỉ {address}. Viết như https://thi.example.vn",
    "cli.qr.not_empty": "Thư mục {directory} không trống, không ghi gì. Hãy chọn thư mục mới.",
    "cli.qr.done": "Đã lập mã cho {n} đơn vị. Mở {path} để in.",
    "cli.qr.below": "thuộc {don_vi}",
    "cli.qr.alt": "Mã QR vào thi của {don_vi}",
    "cli.qr.how": "Quét mã để vào thi tại {address}; đơn vị được điền sẵn và sửa được.",
    "cli.check": "Kiểm tra thể lệ, đơn vị và ngân hàng câu hỏi, hoặc một thư mục ngân hàng.",
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
        "127.0.0.1:9100; TIMHIEU_BACKUP_FOLDER ghi đường dẫn đầy đủ; TIMHIEU_TRUSTED_PROXIES ghi địa chỉ hoặc dải mạng cách nhau bằng dấu "
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
    "cli.desk": (
        "Mở bàn tổ chức của cuộc thi thành trang trên máy này. WHAT là thư mục cuộc thi, hoặc một "
        "tệp sổ tay khác."
    ),
    "cli.desk.open": "Bàn tổ chức của {directory}: {address} (dừng bằng Ctrl+C).",
    "cli.desk.results": "mở sổ tay kết quả thay cho bàn tổ chức",
    "cli.desk.no_contest": "Không có cuộc thi nào trong {directory} (thiếu the_le.yml).",
    "cli.desk.contest": "thư mục cuộc thi; bỏ trống thì dùng cuộc thi mẫu",
    "cli.desk.missing": "Không có tệp hay thư mục {notebook}.",
    "cli.lab.trial": "Chưa có kết quả: tạo cuộc thi thử {n} thí sinh ở {directory} …",
    "cli.simulate": "Cho thí sinh giả thi thử trên một thư mục mới.",
    "cli.simulate.close": "đóng kỳ thi khi xong",
    "cli.simulate.real": (
        "Cơ sở dữ liệu trong {directory} có bài thi thật, hoặc dữ liệu thử của hạt giống khác; "
        "không ghi gì. Hãy dùng thư mục mới: timhieu init THU_MUC"
    ),
    "cli.simulate.cannot": "Không chạy thử được: {why}",
    "cli.simulate.lacks": (
        "có đề không rút đủ câu của chủ đề {topic}; kỳ đã mở với ma trận đề này. Sửa ma trận đề "
        "(timhieu check chỉ ra dòng), chạy thử lại ở thư mục mới."
    ),
    "cli.simulate.done": "{round}: {n} thí sinh giả đã dự thi trong {directory}.",
    "cli.numbers": "Số người, số lượt của một kỳ, theo đơn vị, khối và giờ, cả khi kỳ đang mở.",
    "numbers.round": "{ky}: {people} người, {attempts} lượt đã xong, {running} lượt đang làm, {excluded} lượt bị loại.",
    "numbers.target": "{n} trên chỉ tiêu {target}",
    "numbers.block": "{block}: {people} người",
    "numbers.units": "Theo đơn vị:",
    "numbers.unit": "{indent}{name}: {people} người, {attempts} lượt{of}",
    "numbers.of": ", đạt {percent}% của {headcount}",
    "numbers.hours": "Lượt bắt đầu theo giờ:",
    "numbers.hour": "  {when}  {n} {bar}",
    "numbers.gap": "  …",
    "numbers.secret": "Kỳ chưa đóng và có câu dự đoán: không đưa các số này ra ngoài.",
    "cli.grade": "Chấm điểm, xếp hạng và ghi kết quả.",
    "cli.grade.no_round": "Không có kỳ {round}, hoặc kỳ đó chưa mở.",
    "cli.grade.no_value": (
        "{round} đã đóng nhưng chưa có kết quả thực tế của câu dự đoán, do nơi khác công bố. Nhập bằng: "
        "timhieu rule {directory} true-value --round {round} --value …"
    ),
    "cli.irt": "Ước lượng độ khó và độ phân biệt của câu hỏi theo lý thuyết IRT (từ 200 bài trở lên).",
    "cli.irt.out": "tệp CSV để ghi",
    "cli.irt.few": "Mới có {n} bài được tính; cần ít nhất 200 bài thì các con số mới có nghĩa.",
    "cli.irt.girth": "Chưa cài thư viện girth. Hãy chạy: .venv/bin/pip install 'timhieu[irt]'",
    "cli.irt.done": "Đã ghi {path}: {n} câu hỏi.",
    "cli.print": "In ngân hàng câu hỏi thành một trang HTML khổ A4, có cả ảnh.",
    "cli.print.out": "tệp HTML để ghi",
    "cli.print.key": "in kèm đáp án và lời giải thích",
    "cli.print.done": "Đã ghi {path}: {n} câu hỏi.",
    "cli.grade.none": "Chưa có kỳ nào mở, chưa có gì để chấm.",
    "cli.grade.done": "Đã ghi kết quả vào {out}: {people} người, {attempts} lượt ({status}).",
    "cli.grade.waiting": (
        "{n} kết quả còn chờ người chấm nên là tạm thời, các giải liên quan chưa xét. Bài tự luận: "
        "timhieu marking {directory} status; câu trả lời ngắn: timhieu rule {directory} mark hoặc "
        "accept; rồi chấm lại."
    ),
    "cli.until_ruling": "chỉ tính theo N quyết định xử lý đầu tiên; 0: không quyết định nào",
    "cli.grade.no_ruling": "Không có quyết định xử lý số {n}: mới có {count} quyết định.",
    "cli.grade.tampered": "Dữ liệu đã bị sửa: {place} không khớp chuỗi băm. Không chấm.",
    "tampered.row": "hàng {n} của lượt {id}",
    "tampered.action": "việc thứ {n} trong nhật ký",
    "tampered.secret": "khóa bí mật {name}",
    "tampered.ruling": "thể lệ của quyết định xử lý số {n}",
    "tampered.mark": "điểm tự luận của lượt {id}",
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
    "cli.lint": "Xem ngân hàng câu hỏi có chỗ nào yếu.",
    "cli.lint.strict": "kết thúc bằng mã 1 khi có lời khuyên",
    "cli.lint.found": "Có {n} lời khuyên.",
    "cli.lint.fine": "Không có lời khuyên nào.",
    "cli.import": "Đọc câu hỏi từ tệp Excel, Word… để xem trước; thêm --into để ghi vào ngân hàng.",
    "cli.import.no_topic": "Thiếu --topic: ghi mã chủ đề sẽ nhận các câu hỏi.",
    "cli.import.read": "{file} ({format}): đọc được {n} câu: {kinds}.",
    "cli.import.question": "{place}. [{kind}] {stem}",
    "cli.import.right": "    đúng: {right}",
    "cli.import.unread": "    chưa rõ đáp án",
    "cli.import.problems": "{errors} lỗi, {doubts} điều cần xem:",
    "cli.import.preview": "Chưa ghi gì. Thêm --into và --topic để ghi vào ngân hàng.",
    "cli.import.done": (
        "Đã ghi {n} câu bản nháp vào {folder}/{topic}.yml ({first} … {last}). "
        "Gắn dữ kiện cho từng câu rồi duyệt bằng timhieu approve."
    ),
    "cli.import.grounded": (
        "Đã ghi {n} câu bản nháp vào {folder}/{topic}.yml ({first} … {last}), câu nào cũng có căn cứ. "
        "Đọc lại rồi duyệt: timhieu approve {folder} --by TÊN"
    ),
    "cli.import.todo": "Còn {n} việc phải làm với các câu này, xem bằng timhieu check.",
    "cli.export": "Ghi câu hỏi của một ngân hàng ra tệp cho chương trình khác.",
    "cli.export.topic": "chỉ ghi chủ đề này (ghi được nhiều lần)",
    "cli.export.no_topic": "Ngân hàng không có chủ đề {topic}.",
    "cli.export.exists": "Đã có tệp {out}, không ghi đè. Hãy chọn tên khác.",
    "cli.export.none": "Không có câu nào để ghi.",
    "cli.export.done": "Đã ghi {n} câu vào {out}.",
    "cli.export.skipped": "Bỏ {n} câu mà định dạng này không ghi được: {ids}.",
    "cli.format": "định dạng của tệp; bỏ trống thì đoán theo tệp",
    "cli.into": "thư mục ngân hàng nhận các câu hỏi",
    "cli.topic": "mã chủ đề nhận các câu hỏi",
    "cli.title": "tên chủ đề, khi chủ đề hoặc ngân hàng còn chưa có",
    "cli.level": "mức độ cho những câu mà tệp không ghi",
    "cli.leave_out": "bỏ câu số này của tệp (ghi được nhiều lần)",
    "cli.skip": "bỏ những câu mà định dạng không ghi được",
    "cli.trace": "Xem một câu hỏi dựa vào dữ kiện và nguồn nào, hoặc câu nào dùng một dữ kiện, nguồn.",
    "cli.trace.unknown": "Không có câu hỏi, dữ kiện hay nguồn nào mang mã {id}.",
    "cli.trace.near": "Không có câu hỏi, dữ kiện hay nguồn nào mang mã {id}. Gần giống: {near}.",
    "cli.stats": "Đếm câu hỏi theo loại, chủ đề, mức và từng mục của bốn danh sách.",
    "cli.json": "in dạng JSON",
    "cli.no_bank": "Không có ngân hàng câu hỏi ở {bank}: thiếu tệp bank.yml.",
    "cli.bank": "thư mục ngân hàng, thư mục cuộc thi, hoặc kit:tên; bỏ thì là ngân hàng có sẵn",
    "cli.draft": "Đề xuất dữ kiện và câu hỏi nháp từ một văn bản (.txt, .docx, .pdf).",
    "cli.draft.into": "ngân hàng để ghi bản nháp vào; bỏ thì chỉ in ra",
    "cli.draft.topic": "chủ đề của các câu nháp",
    "cli.draft.source": "mã nguồn của văn bản: nguồn đã có, hoặc mã cho nguồn mới",
    "cli.draft.only": "chỉ lấy câu nháp này (ghi được nhiều lần)",
    "cli.draft.no_topic": "Ghi vào ngân hàng thì cần --topic.",
    "cli.cannot.missing": "Không có {path}, hoặc thư mục chứa nó. Hãy xem lại đường dẫn.",
    "cli.cannot.forbidden": "Không được phép đọc hoặc ghi {path}. Hãy chọn nơi khác.",
    "cli.cannot.full": "Hết chỗ trên đĩa khi ghi {path}.",
    "cli.cannot.not_folder": "{path} nằm dưới một thứ không phải thư mục. Hãy xem lại đường dẫn.",
    "cli.cannot.folder": "{path} là thư mục, cần một tệp.",
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
}
