"""The Vietnamese texts about organisers and the closing of rounds, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # people
    "cli.people": "Người trong Ban Tổ chức: tên, vai trò, mật khẩu.",
    "cli.people.add": "Thêm một người; mật khẩu hỏi tại chỗ.",
    "cli.people.list": "Liệt kê mọi người và vai trò.",
    "cli.people.remove": "Bỏ một người; việc người ấy đã làm còn trong nhật ký.",
    "cli.people.password": "Đặt lại mật khẩu của một người.",
    "cli.people.name": "họ tên, hoặc tên dùng để đăng nhập",
    "cli.people.role": (
        "author: ra đề; secretary: thư ký; head: trưởng ban; viewer: chỉ xem; marker: giám khảo"
    ),
    "role.author": "người ra đề",
    "role.secretary": "thư ký",
    "role.head": "trưởng ban",
    "role.viewer": "chỉ xem",
    "role.marker": "giám khảo",
    "people.prompt": "Mật khẩu mới",
    "people.again": "Gõ lại mật khẩu",
    "people.added": "Đã thêm {name} ({role}).",
    "people.removed": "Đã bỏ {name}.",
    "people.changed": "Đã đặt lại mật khẩu của {name}.",
    "people.row": "{name}: {role}",
    "people.no_contest": "Không có cuộc thi nào trong {directory} (thiếu the_le.yml).",
    "people.none": "Chưa có ai. Thêm bằng lệnh timhieu people add.",
    "no.no_name": "Chưa có tên. Hãy ghi --name.",
    "no.no_role": "Không có vai trò ấy. Hãy chọn một vai trò trong danh sách.",
    "no.name_used": "Đã có {name}. Hãy ghi tên khác, hoặc bỏ người cũ trước.",
    "no.unknown_name": "Không có {name} trong Ban Tổ chức. Xem: timhieu people list.",
    "no.password_length": "Mật khẩu phải dài từ {least} đến {most} ký tự.",
    "no.broken_file": (
        "Không đọc được {file}. Hãy khôi phục tệp, hoặc xóa tệp rồi thêm lại từng người."
    ),
    "no.nobody": "Chưa có ai trong Ban Tổ chức. Thêm bằng lệnh timhieu people add.",
    "no.login_wrong": "Tên hoặc mật khẩu không đúng.",
    "no.login_limited": "Nhập sai quá nhiều lần. Hãy thử lại sau {minutes} phút.",
    "login.prompt": "Mật khẩu của {name}",
    # closing
    "cli.closing": "Khép một kỳ theo từng bước: từ đóng kỳ đến công bố kết quả.",
    "cli.closing.do": "làm một bước, ghi nhiều lần thì làm lần lượt: {steps}",
    "cli.closing.yes": "không hỏi lại trước khi làm",
    "closing.title": "Khép kỳ {round}",
    "closing.row": "{n}. {name}: {status}",
    "closing.will": "   Việc làm: {what}",
    "closing.way": "   Vướng: {why}",
    "closing.by": "{by}, {when}",
    "closing.next": (
        "Bước tiếp theo: timhieu closing {directory} --round {round} --do {step} --by TÊN"
    ),
    "closing.end": "Đã xong mọi bước.",
    "closing.outdated": "Bản đã công bố không còn khớp: làm lại các bước trên rồi công bố lại.",
    "closing.ask": "Làm bước này?",
    "closing.stopped": "Không làm gì.",
    "closing.done": "Xong bước {name}.",
    "closing.no_round": "Không có kỳ {round}; có: {known}.",
    "closing.who": "Hãy ghi tên người làm: --by.",
    "closing.role": "{name} ({role}) không được làm bước này. Người được làm: {who}.",
    "closing.not_final": (
        "Kết quả còn là tạm thời: giá trị đúng của câu dự đoán chưa biết, còn kỳ chưa đóng, hoặc "
        "còn bài chờ người chấm."
    ),
    "closing.changed": "Vừa có quyết định xử lý mới trong lúc làm. Hãy xem lại các bước.",
    "status.done": "đã xong ({by})",
    "status.ready": "làm được",
    "status.waiting": "chờ bước {steps}",
    "status.blocked": "chưa làm được",
    "status.again": "phải làm lại, đã có thay đổi từ lần trước ({by})",
    "status.computed": "đã xong (máy tính)",
    "status.none": "không cần (thể lệ không có câu dự đoán)",
    "status.ruling": "đã xong (theo quyết định xử lý)",
    "status.closed": "đã xong",
    "step.freeze": "Đóng kỳ",
    "step.true_value": "Giá trị đúng của câu dự đoán",
    "step.checks": "Kiểm tra và lời nhắc",
    "step.rulings": "Quyết định xử lý",
    "step.ranking": "Xếp hạng",
    "step.prizes": "Giải thưởng",
    "step.papers": "Văn bản",
    "step.confirm": "Trưởng ban xác nhận",
    "step.publish": "Công bố",
    "will.freeze": (
        "ghi dòng đóng kỳ; từ đó không bài nào vào thêm, kỳ chỉ đổi bằng quyết định xử lý."
    ),
    "will.true_value": "xem giá trị đúng lấy từ đâu; máy tính, hoặc Ban Tổ chức nhập theo thể lệ.",
    "will.checks": "chấm thử, kiểm mọi chuỗi băm, đếm bài bị loại, câu đáng ngờ, bài chờ chấm.",
    "will.rulings": "ghi nhận rằng không còn gì phải xử lý thêm.",
    "will.ranking": "chấm và xếp hạng vào {folder}.",
    "will.prizes": "đếm giải theo bảng kết quả, ghi nhận rằng đã đối chiếu.",
    "will.papers": "viết mọi văn bản vào {folder}/papers, thêm bản công khai.",
    "will.confirm": (
        "trưởng ban xác nhận đúng bản kết quả mã {result}; đổi gì thì phải xác nhận lại."
    ),
    "will.publish": "viết trang kết quả đã che tên theo thể lệ vào {site}.",
    "way.not_begun": "kỳ chưa từng mở.",
    "way.not_over": "kỳ còn mở đến {until}.",
    "way.rounds_open": "dự đoán tính cả cuộc thi, còn kỳ chưa đóng: {rounds}.",
    "way.essays": (
        "còn {n} người có bài chờ chấm (timhieu marking … status); chấm xong làm lại bước kiểm tra."
    ),
    "way.erased": (
        "có thí sinh được xóa dữ liệu sau lần xếp hạng, tên còn trong kết quả (thứ hạng, xác nhận "
        "không đổi). Muốn công bố thì làm lại từ bước xếp hạng, trưởng ban xác nhận lại; bản đã "
        "đăng thì thay bằng bản mới."
    ),
    "issue.unconfirmed": (
        "Kỳ {round}: trưởng ban chưa xác nhận kết quả, hoặc đã có quyết định xử lý sau lần xác "
        "nhận. Cách sửa: đi các bước của timhieu closing {directory} --round {round}, đến bước "
        "--do confirm."
    ),
    "issue.differs": (
        "Kỳ {round}: kết quả này khác bản trưởng ban đã xác nhận, hoặc bản ấy đã bị sửa. Cách sửa: "
        "chấm lại; vẫn khác thì xem timhieu closing {directory} --round {round}."
    ),
    "told.value.none": "Thể lệ không có câu dự đoán, không phải làm gì.",
    "told.value.computed": "Giá trị đúng do máy tính từ các lượt thi, có trong kết quả chấm.",
    "told.value.ruling": "Đã ghi thành quyết định xử lý số {n}.",
    "value.prompt": "Giá trị đúng do nơi khác công bố",
    "value.reason": "Căn cứ (văn bản, nguồn công bố)",
    "told.checks": (
        "{people} người, {attempts} lượt; {ranked} người được xếp hạng; {excluded} người bị loại, "
        "{needs_marker} người chờ chấm; {doubtful}/{questions} câu đáng xem lại; {advice} lời nhắc."
    ),
    "told.checks.where": "Xem {folder}: cau_hoi.csv, canh_bao.csv, removed.csv.",
    "told.rulings": "{rulings} quyết định xử lý được tính trong kết quả.",
    "told.ranking": "{ranked} người được xếp hạng. Mã kết quả: {result}.",
    "told.prize": "{title}: {n}",
    "told.prize.passed": "Không xét vì lý do ghi trong bảng: {n}",
    "told.prize.none": "Không có giải nào.",
    "told.confirm": "Đã xác nhận kết quả mã {result}.",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
