"""The Vietnamese texts of bundles and verification, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "cli.bundle": "Đóng gói mọi thứ cần để tính lại kết quả, không có thông tin cá nhân.",
    "cli.bundle.out": "tệp để ghi",
    "cli.bundle.salts": "ghi thêm tệp muối RIÊNG TƯ (họ tên và muối) để kiểm tra danh tính",
    "cli.verify": "Tính lại một thư mục kết quả từ gói, và nói bằng nhau hay khác ở đâu.",
    "cli.verify.bundle": "gói của timhieu bundle",
    "cli.verify.salts": "tệp muối của timhieu bundle --salts, để kiểm tra cả họ tên",
    "bundle.done": "Đã ghi {path}: {attempts} lượt, {rows} dòng. Mã băm: {hash}",
    "bundle.open": (
        "Kỳ {ky} chưa đóng: gói có đáp án, chỉ giữ trong Ban Tổ chức. Kết quả kiểm tra là tạm thời."
    ),
    "bundle.salts": "Đã ghi {path}. Tệp này có họ tên: không công bố.",
    "bundle.none": "Trong {directory} chưa có kỳ thi nào được mở, không có gì để đóng gói.",
    "bundle.exists": "{path} đã có. Chọn tên khác, hoặc xóa tệp cũ.",
    "verify.equal": "Bằng nhau: {files} tệp, {people} người, {attempts} lượt ({status}).",
    "verify.identities": "Danh tính khớp với cam kết: {n} người.",
    "verify.identities.not": "Họ tên không được kiểm tra (không có tệp muối).",
    "verify.code": (
        "Kết quả do phiên bản {theirs} tính, máy này là {ours}: nội dung vẫn được so từng ô."
    ),
    "verify.rulings": (
        "Chú ý: kết quả tính theo các quyết định đến số {until}; gói có {of} quyết định."
    ),
    "verify.differs": "KHÁC: {what}",
    "differs.no_manifest": "{folder} không phải thư mục kết quả (không đọc được manifest.json).",
    "differs.missing": "thiếu tệp {file}.",
    "differs.edited": "tệp {file} đã bị sửa sau khi chấm (mã băm không khớp manifest.json).",
    "differs.unlisted": "manifest.json không có tệp {file}.",
    "differs.strange": "manifest.json có tệp lạ {file}.",
    "differs.bundle": "gói không dùng được: {why}",
    "differs.unreadable": (
        "gói không đọc được: tệp hỏng, hoặc không phải gói của timhieu bundle. Hãy lấy lại gói."
    ),
    "differs.contest": "gói là của cuộc thi khác ({id}).",
    "differs.content": "gói thiếu, hoặc đã đổi, nội dung {hash}… mà kỳ thi được chốt với.",
    "differs.member": "gói có phần sai: {name}.",
    "differs.manifest": "manifest.json: {key} ghi {theirs}, tính lại là {ours}.",
    "differs.cell": "{file}, dòng {row}, cột {column}: ghi “{theirs}”, tính lại là “{ours}”.",
    "differs.rows": "{file}: ghi {theirs} dòng, tính lại là {ours}.",
    "differs.columns": "{file}: các cột không như tính lại.",
    "differs.text": "{file}: nội dung không như tính lại.",
    "differs.sheets": "{file}: các bảng không như tính lại.",
    "differs.tampered": "dữ liệu trong gói không khớp mã băm: {place}",
    "differs.round": "gói không có kỳ {ky} của kết quả.",
    "differs.paper": "gói không có đề của lượt {id}.",
    "differs.commitment": "cam kết của {id} không khớp họ tên và muối.",
    "differs.identity": "họ tên của {id} trong kết quả không khớp tệp muối.",
    "differs.salts": "tệp muối không đọc được.",
    "differs.results": "không tính lại được từ gói: {why}",
}


def text(key: str, /, **values: object) -> str:
    """Return a text with its gaps filled."""
    return TEXTS[key].format(**values)
