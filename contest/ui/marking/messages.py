"""The Vietnamese texts of the markers' page, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "title": "Chấm bài tự luận",
    "name": "Tên",
    "password": "Mật khẩu",
    "enter": "Đăng nhập",
    "out": "Đăng xuất",
    "text": "Bài làm",
    "question": "Câu hỏi",
    "model": "Gợi ý đáp án",
    "points": "Điểm theo tiêu chí",
    "most": "tối đa {most}",
    "sum": "Tổng",
    "comment": "Nhận xét (không bắt buộc)",
    "save": "Lưu và sang bài tiếp",
    "saving": "Đang lưu…",
    "slow": "Chưa thấy máy trả lời: điểm chưa chắc đã lưu. Xin giữ trang này và bấm lưu lại.",
    "leave": "Điểm đang gõ chưa lưu. Bỏ đi?",
    "own": "Bài đã chấm, còn sửa được",
    "own.none": "Chưa có bài nào.",
    "own.edit": "Sửa",
    "next": "Bài tiếp theo",
    "how": (
        "Cho điểm từng tiêu chí theo nấc {step}; gõ 1,5 hay 1.5 đều được. Phím Tab sang ô sau, "
        "Enter để lưu."
    ),
    # said by the kernel
    "task": "Bài số {number} · {round}",
    "task.words": "{n} từ",
    "task.words.range": "{n} từ; đề yêu cầu {wanted}",
    "words.least": "từ {n} từ",
    "words.most": "không quá {n} từ",
    "words.and": ", ",
    "none.title": "Không còn bài nào chờ Bạn chấm",
    "none": (
        "Bài chấm xong nằm ở danh sách dưới cho đến khi đủ hai người chấm. Khi hai người chênh "
        "nhau nhiều, hoặc có kỳ khác đóng, Bạn có thể có thêm bài."
    ),
    "progress": "Đã chấm {done}/{all} bài.",
    "own.row": "Bài số {number} · {round}: {total}/{most} điểm",
    "own.closed": "{n} bài đã đủ người chấm, không sửa được nữa.",
    "own.more": "Danh sách hiện {n} bài gần đây nhất.",
    "who": "Giám khảo {name}",
    "empty": "Hãy gõ tên và mật khẩu.",
    "bye": "Đã đăng xuất.",
    "ended": "Phiên làm việc đã hết. Mời Bạn đăng nhập lại.",
    "not_marker": "{name} không phải giám khảo: trang này chỉ để chấm bài.",
    "saved": "Đã lưu bài số {number}: {total}/{most} điểm.",
    "wrong": "Chưa lưu: có {n} chỗ cần sửa.",
    "gone": "Bài này không còn chờ Bạn chấm. Đã mở bài khác.",
    "busy": "Cơ sở dữ liệu đang bận, chưa lưu gì. Mời Bạn thử lại.",
    "failed": "Việc này gặp trục trặc, không có gì được ghi. Xem nhật ký của lệnh đang chạy.",
    "tampered": "Dữ liệu đã bị sửa: {place}. Hãy báo Ban Tổ chức.",
    "no_contest": "Chưa có cuộc thi nào đã mở trong {directory}.",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
