"""The Vietnamese texts about rehearsals, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "cli.rehearse": (
        "Diễn tập: mở đúng các trang thi trước giờ mở, ở một chỗ riêng; kết thúc thì xóa sạch."
    ),
    "cli.rehearse.minutes": "kỳ diễn tập mở trong bao nhiêu phút",
    "cli.rehearse.round": "kỳ đem ra diễn tập; bỏ trống: kỳ đầu tiên",
    "cli.rehearse.real": "rút đề từ ngân hàng thật; không có thì dùng câu hỏi công khai thay thế",
    "cli.rehearse.keep": "kết thúc thì giữ lại để chấm thử, đến lần diễn tập sau hoặc gần giờ mở",
    "cli.rehearse.wipe": "xóa ngay bản diễn tập, không mở gì",
    "cli.rehearse.code": "mã tham gia khi mở ra ngoài máy này; bỏ trống: tự sinh",
    "rehearse.bad_code": "Mã tham gia gồm 4 đến 32 chữ cái không dấu hoặc chữ số.",
    "rehearse.wiped": "Đã xóa bản diễn tập.",
    "rehearse.nothing": "Không có bản diễn tập nào.",
    "rehearse.no_contest": "{directory} không phải thư mục cuộc thi: thiếu the_le.yml.",
    "rehearse.of_rehearsal": "{directory} là bản diễn tập. Hãy chạy trên thư mục cuộc thi thật.",
    "rehearse.no_round": "Không có kỳ {round}. Có: {known}.",
    "rehearse.open": (
        "Một kỳ thật đang mở hoặc mở trong {lead} phút nữa, không diễn tập lúc này được."
    ),
    "rehearse.too_long": (
        "Kỳ thật sắp mở: diễn tập nhiều nhất {most} phút, để xóa xong trước giờ mở {lead} phút."
    ),
    "rehearse.too_few": (
        "Câu hỏi công khai không đủ để thay ngân hàng theo ma trận đề. Hãy sửa ma trận, hoặc diễn "
        "tập với ngân hàng thật trên máy này: --real-questions"
    ),
    "rehearse.stand_in_by": "bản diễn tập",
    "rehearse.at": "Diễn tập {round} của {directory}, đến {until}. Mọi trang ghi DIỄN TẬP.",
    "rehearse.questions.public": "Đề rút từ câu hỏi công khai, không phải ngân hàng của cuộc thi.",
    "rehearse.questions.kit": "Đề rút từ ngân hàng có sẵn của bộ công cụ, vốn công khai.",
    "rehearse.questions.real": (
        "ĐỀ RÚT TỪ NGÂN HÀNG THẬT: ai vào được trang này thì thấy câu hỏi thật trước giờ mở."
    ),
    "rehearse.entry": "Mã tham gia: {code}. Chỉ đưa cho người diễn tập.",
    "rehearse.grade": "Chấm thử: timhieu grade {path} --out THƯ_MỤC",
    "rehearse.how_to_end": "Ctrl+C để kết thúc và xóa sạch.",
    "rehearse.how_to_end.keep": "Ctrl+C để kết thúc; xóa bằng timhieu rehearse {directory} --wipe",
    "rehearse.ended": "Đã kết thúc và xóa bản diễn tập.",
    "rehearse.kept": "Đã kết thúc. Bản diễn tập còn ở {path}.",
    "serve.rehearsal": (
        "{directory} là bản diễn tập, không thi thật được. Diễn tập bằng: timhieu rehearse"
    ),
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
