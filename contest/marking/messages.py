"""The Vietnamese texts about the marking of essays, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    # what is typed
    "entry.missing": "chưa cho điểm tiêu chí “{criterion}” (từ 0 đến {most}).",
    "entry.points": (
        "điểm “{typed}” của tiêu chí “{criterion}” không được: cho từ 0 đến {most}, mỗi nấc {step}."
    ),
    "entry.comment": "nhận xét có ký tự không dùng được, hoặc dài quá {most} ký tự.",
    "save.nobody": "{name} không còn là giám khảo. Không ghi gì.",
    "save.not_open": (
        "Bài này đã đủ điểm, hoặc không giao cho giám khảo này. Điểm đã chốt chỉ sửa bằng quyết "
        "định xử lý. Không ghi gì."
    ),
    "save.changed": "Vừa có điểm khác của bài này. Hãy mở lại rồi chấm tiếp. Không ghi gì.",
    # the workbook
    "sheet.guide": "Hướng dẫn",
    "sheet.title": "Phiếu chấm tự luận",
    "sheet.marker": "Giám khảo",
    "sheet.how": (
        "Cho điểm ở các cột tiêu chí, rồi gửi tệp lại cho thư ký. Bài chưa chấm để trống. Không "
        "đổi bài số, không đổi dòng đầu của các trang."
    ),
    "sheet.page": "Trang",
    "sheet.round": "Kỳ",
    "sheet.question": "Câu hỏi",
    "sheet.name": "Bài {n}",
    "sheet.criterion": "Tiêu chí",
    "sheet.most": "tối đa {most} điểm",
    "sheet.explanation": "Gợi ý đáp án",
    "sheet.number": "Bài số",
    "sheet.words": "Số từ",
    "sheet.text": "Bài làm",
    "sheet.points": "{criterion} (tối đa {most})",
    "sheet.comment": "Nhận xét",
    "sheet.no_guide.wrong": "không phải phiếu chấm: trang đầu không ghi tên giám khảo.",
    "sheet.no_guide.fix": "dùng tệp do timhieu marking export ghi ra.",
    "sheet.not_excel.wrong": "không phải tệp Excel (.xlsx).",
    "sheet.not_excel.fix": "lưu lại thành .xlsx rồi nhập lại.",
    "sheet.page.wrong": "trang này không có trong danh sách ở trang Hướng dẫn.",
    "sheet.page.fix": "xóa trang, hoặc lấy lại phiếu chấm bằng timhieu marking export.",
    "sheet.no_tasks.wrong": "giám khảo này không có bài nào của câu hỏi ở trang này.",
    "sheet.no_tasks.fix": "lấy lại phiếu chấm bằng timhieu marking export.",
    "sheet.headings.wrong": "dòng đầu đã bị sửa.",
    "sheet.headings.fix": "trả lại dòng đầu: {wanted}",
    "sheet.number.wrong": "bài số “{number}” không phải bài của giám khảo này.",
    "sheet.number.fix": "ghi lại bài số như trong phiếu được giao.",
    "sheet.twice.wrong": "bài số {number} đã có ở dòng {first}.",
    "sheet.twice.fix": "giữ lại một dòng.",
    "sheet.closed.wrong": "bài số {number} đã đủ điểm, không sửa được nữa.",
    "sheet.closed.fix": "trả lại điểm cũ; muốn sửa thì ra quyết định: timhieu rule … mark.",
    "sheet.entry.fix": "sửa ô đó.",
    # the command
    "cli.marking": "Chấm bài tự luận: tình hình, phiếu chấm Excel, nhập điểm.",
    "cli.status": "Đã chấm đến đâu, các giám khảo chênh nhau bao nhiêu.",
    "cli.open": "Mở trang chấm bài trên máy này; giám khảo đăng nhập bằng tên, mật khẩu của mình.",
    "open": "Trang chấm bài của {directory}: {address} (dừng bằng Ctrl+C)",
    "cli.export": "Ghi phiếu chấm của một giám khảo: không có tên, đơn vị hay mã của thí sinh.",
    "cli.import": "Nhập điểm từ một phiếu chấm; có chỗ sai thì không ghi gì.",
    "opt.marker": "tên giám khảo",
    "opt.out": "tệp .xlsx mới",
    "opt.file": "phiếu chấm đã điền",
    "none": "Chưa có bài tự luận nào chờ chấm: bài được giao khi kỳ đã đóng.",
    "no_markers": (
        "Chưa đủ giám khảo: có {n}, cần ít nhất 2. Thêm: timhieu people add … --role marker"
    ),
    "no_marker": "{name} không phải giám khảo. Các giám khảo: {known}.",
    "nobody": "chưa có ai",
    "status.round": "{title} ({round})",
    "status.question": (
        "  {question}: {essays} bài; chưa ai chấm {none}, một người chấm {one}, chờ người thứ ba "
        "{third}, xong {decided}{settled}"
    ),
    "status.settled": "; theo quyết định {n}",
    "status.short": "  Thiếu giám khảo cho {n} bài. Thêm: timhieu people add … --role marker",
    "status.agreement": (
        "  Hai giám khảo lệch nhau trung bình {mean} điểm; quá mức cho phép {percent} % "
        "của {pairs} bài"
    ),
    "status.marker": "  {name}: đã chấm {marked}, còn {due}{figures}",
    "status.figures": "; cho trung bình {share} % số điểm",
    "status.against": ", so với người cùng chấm {against} %",
    "export.exists": "Đã có {path}, không ghi đè.",
    "export.none": "{name} không còn bài nào để chấm.",
    "export.done": "Đã ghi {n} bài vào {path}.",
    "import.done": "Đã nhập {n} bài của {name}; còn {blank} bài để trống.",
    "import.nothing": "Không có điểm mới nào của {name}; còn {blank} bài để trống.",
    "tampered": "Dữ liệu đã bị sửa: {place}.",
}


def text(key: str, /, **values: object) -> str:
    """Return the text called `key` with `values` filled in; KeyError for an unknown key."""
    return TEXTS[key].format(**values)
