"""The Vietnamese texts of drafting; `<key>.fix` tells how to mend."""

from __future__ import annotations

from questions.problems import Problem

TEXTS: dict[str, str] = {
    "draft.kind": "không đọc được loại tệp {suffix}.",
    "draft.kind.fix": "dùng .txt (UTF-8), .docx hoặc .pdf; tệp .doc thì mở bằng Word rồi lưu thành .docx.",
    "draft.empty": "tệp không có chữ nào.",
    "draft.empty.fix": "PDF quét từ giấy phải nhận dạng chữ trước; tệp rỗng thì chọn tệp khác.",
    "draft.long": "tệp dài {found}, nhiều nhất {limit}.",
    "draft.long.fix": "tách thành nhiều tệp.",
    "draft.no_topic": "ngân hàng không có chủ đề {topic}; có: {topics}.",
    "draft.no_topic.fix": "sửa --topic, hoặc khai chủ đề trong bank.yml.",
    "draft.unknown": "không có bản nháp {id} trong lần đề xuất này.",
    "draft.unknown.fix": "chạy lại không có --only để xem các mã.",
    "draft.source_id": "mã nguồn {id} không hợp lệ.",
    "draft.source_id.fix": "dùng a-z, 0-9, dấu chấm, gạch nối; nhiều nhất 40 ký tự.",
    # what drafts say
    "stem.single": "Chọn nội dung đúng để điền vào chỗ trống: “{sentence}”",
    "stem.cloze": "Điền vào các chỗ trống trong câu sau.",
    "head": "Văn bản này mang số {number}, ban hành ngày {day}.",
    "gap": "……",
    "explanation": "Văn bản viết: “{sentence}” ({source}, {place}).",
    "place.paragraph": "đoạn {n}",
    "place.page": "trang {page}, đoạn {n}",
    "note": "Máy tách nguyên văn từ nguồn: viết lại bằng lời của mình, đối chiếu rồi mới dùng.",
    "issuer.unknown": "Chưa rõ",
    "unit.item": "mục",
    # what the command prints
    "told.fact": "Dữ kiện {id} ({place})",
    "told.statement": "  {statement}",
    "told.question": "  Câu {id}, {type}",
    "told.stem": "    {stem}",
    "told.option": "    {mark} {text}",
    "told.gap": "    {{{{{id}}}}} = {accepted}",
    "told.right": "*",
    "told.wrong": " ",
    "told.sum": "Đề xuất {facts} dữ kiện và {questions} câu hỏi nháp.",
    "told.none": "Không tìm thấy điều gì kiểm chứng được.",
    "told.known": "Bỏ qua {n} câu đã có trong ngân hàng.",
    "told.written": "Đã ghi {facts} dữ kiện và {questions} câu nháp (nhãn {tag}) vào {bank}.",
    "told.next": "Sửa lại từng câu, bỏ nhãn {tag} là nhận; xóa câu là bỏ. Câu còn nhãn không vào đề nào.",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)


def problem(code: str, file: str, line: int = 0, /, **values: object) -> Problem:
    """Build a problem; its sentences stand under `code` and `code.fix`."""
    return Problem(file, line, code, text(code, **values), text(f"{code}.fix", **values))
