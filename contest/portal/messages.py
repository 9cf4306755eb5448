"""The Vietnamese texts of the published pages, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "cli.publish": "Viết các trang kết quả để đăng lên cổng thông tin, tên che theo thể lệ.",
    "cli.publish.to": "thư mục mới, trống, hoặc đã đăng lần trước",
    "cli.publish.draft": "cho phép kết quả tạm thời; mọi trang ghi là bản nháp",
    "cli.publish.contest": (
        "thư mục cuộc thi: mọi kỳ của kết quả đã được trưởng ban xác nhận ở đó"
    ),
    "publish.no_result": "{path} không phải thư mục kết quả của timhieu grade.",
    "publish.changed": (
        "Tệp {name} trong {path} không khớp manifest.json: đã bị sửa sau khi chấm. Hãy chấm lại."
    ),
    "publish.provisional": (
        "Kết quả trong {path} là tạm thời, chưa đăng được. Hãy đóng kỳ rồi chấm lại, hoặc thêm "
        "--draft để xem bản nháp."
    ),
    "publish.rules": "Không đọc được mục publish trong {path}: {why}.",
    "publish.foreign": "{path} có tệp khác, không ghi gì. Hãy chọn thư mục mới.",
    "publish.done": (
        "Đã viết {pages} trang và {data} tệp dữ liệu vào {path}: {people} người, tên {names}. "
        "Mở index.html để xem trước khi đăng."
    ),
    "publish.unconfirmed": (
        "Mọi trang ghi là chưa được trưởng ban xác nhận. Bản để đăng: bước publish của timhieu "
        "closing; hoặc, khi mọi kỳ đã được xác nhận, thêm --contest CUỘC_THI --by TÊN."
    ),
    "publish.both": "Bản nháp không có gì để xác nhận: chỉ ghi --draft, hoặc chỉ ghi --contest.",
    "publish.other": "Kết quả là của cuộc thi {found}, không phải {id} trong {path}.",
    "publish.by": "Hãy ghi tên người đăng: --by.",
    "publish.names.full": "ghi đủ",
    "publish.names.masked": "che bớt",
    "publish.names.initials": "viết tắt",
    "band.provisional": "BẢN NHÁP – kết quả tạm thời",
    "band.unconfirmed": "CHƯA ĐƯỢC TRƯỞNG BAN XÁC NHẬN",
    "band.sample": "CUỘC THI MẪU",
    "band.rehearsal": "DIỄN TẬP",
    "band.synthetic": "DỮ LIỆU THỬ",
    "title": "Kết quả",
    "title.people": "Kết quả cá nhân – {ky}",
    "skip": "Đến nội dung",
    "home": "Trang đầu",
    "contents": "Nội dung",
    "as_of": "Số liệu đến",
    "moment": "{hour} giờ {minute:02} phút ngày {day}/{month}/{year}",
    "below": "{name}: {value}",
    "version": "Phiên bản kết quả",
    "state": "Trạng thái",
    "state.final": "chính thức",
    "state.provisional": "tạm thời",
    "total": "{people} người được xếp hạng, {attempts} lượt thi",
    "total.board": "{people} người được xếp hạng; cộng các kỳ: {rounds}.",
    "total.board.part": "{people} người được xếp hạng; mới cộng {n} trong {all} kỳ: {rounds}.",
    "winners": "Cá nhân đạt giải",
    "people": "Xếp hạng cá nhân",
    "people.first": "Những người đứng đầu",
    "people.all": "Toàn bộ danh sách",
    "people.none": "Không có ai được xếp hạng.",
    "people.names": "Tên được {names} theo thể lệ.",
    "page": "Trang {n}",
    "page.range": "người thứ {first} đến {last}",
    "units": "Xếp hạng tập thể",
    "units.level": "{block}, cấp {n}",
    "units.none": "Không có đơn vị.",
    "chart": "Phổ điểm",
    "chart.about": "Số người theo số câu đúng; nhiều nhất là {most} người ở {at} câu.",
    "chart.table": "Bảng số liệu của biểu đồ",
    "data": "Dữ liệu",
    "erased": "(đã xóa)",
    "col.rank": "Hạng",
    "col.name": "Họ và tên",
    "col.unit": "Đơn vị",
    "col.parent_unit": "Đơn vị cấp trên",
    "col.group": "Nhóm",
    "col.score": "Điểm",
    "col.correct": "Số câu đúng",
    "col.duration": "Thời gian",
    "col.prize": "Giải",
    "col.rounds": "Số kỳ",
    "col.headcount": "Sĩ số",
    "col.people": "Số người dự thi",
    "col.share": "Tỷ lệ (%)",
    "col.mean_score": "Điểm trung bình",
    "col.count": "Số người",
    "unknown": "–",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
