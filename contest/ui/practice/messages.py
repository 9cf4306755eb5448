"""The Vietnamese texts of the practice page, by key."""

from __future__ import annotations

from contest.ui.messages import TEXTS as PAPER_TEXTS

SHARED = ("q.", "num.", "image.", "of.", "nav.close", "sys.", "refused.")
"""What the paper's question views say here, too: the texts whose keys begin like this."""

TEXTS: dict[str, str] = {
    **{key: value for key, value in PAPER_TEXTS.items() if key.startswith(SHARED)},
    # first screen
    "prac.title": "Luyện tập",
    "prac.page": "{muc} · {ten}",
    "prac.today": "Hôm nay: {a} dữ kiện ôn lại · {b} dữ kiện mới",
    "prac.today.none": "Hôm nay không còn dữ kiện nào tới hạn ôn.",
    "prac.answered": "Hôm nay Bạn đã trả lời {n} câu, đúng {dung} câu.",
    "prac.days": "7 ngày qua: Bạn ôn {n} ngày",
    "prac.begin": "Bắt đầu ôn hôm nay",
    "prac.more": "Ôn thêm 10 dữ kiện mới",
    "prac.wrong": "Ôn lại những câu sai ({n})",
    "prac.topics": "Theo chủ đề",
    "prac.topic": "Ôn chủ đề: {ten}",
    "prac.topics.caption": "Dữ kiện đang nhớ trong từng chủ đề",
    "prac.topics.finding": "Đang nhớ {a} trong {b} dữ kiện",
    "prac.topics.topic": "Chủ đề",
    "prac.topics.held": "Đang nhớ",
    "prac.topics.seen": "Đã học",
    "prac.topics.all": "Tất cả",
    "prac.coming": "Sắp tới hạn ôn",
    "prac.coming.caption": "Số dữ kiện tới hạn ôn trong 7 ngày tới",
    "prac.coming.finding": "7 ngày tới: {n} dữ kiện tới hạn ôn",
    "prac.coming.none": "Chưa có dữ kiện nào hẹn ôn. Trả lời vài câu, lịch sẽ hiện ở đây.",
    "prac.coming.day": "Ngày",
    "prac.coming.cards": "Dữ kiện",
    "prac.table": "Xem dạng bảng",
    "prac.mock": "Thi thử",
    "prac.mock.why": "Làm một đề như đề thi thật, có đồng hồ. Không tính vào kết quả.",
    "prac.code": "Mã luyện tập, xóa dữ liệu",
    "prac.keys.title": "Phím tắt",
    "prac.keys": (
        "Phím 1–4 chọn phương án (1 Đúng, 2 Sai ở câu nhiều ý). Enter: trả lời, rồi sang câu tiếp. "
        "Phím chỉ có tác dụng khi đang ở trong câu hỏi và không gõ chữ."
    ),
    "prac.keys.on": "Dùng phím 1–4",
    # a question
    "prac.heading": "Luyện tập · {chu_de}",
    "prac.count": "Đã trả lời {n} câu trong lần ôn này · còn {con} dữ kiện",
    "prac.check": "Trả lời",
    "prac.unknown": "Chưa biết, xem đáp án",
    "prac.hint": "Gợi ý",
    "prac.empty": "Hãy trả lời trước, hoặc bấm “Chưa biết, xem đáp án”.",
    "prac.home": "Về trang luyện tập",
    "prac.stop": "Dừng, về trang luyện tập",
    "prac.removed": "Gợi ý: phương án này không đúng",
    "hint.remove": "Gợi ý: đã bỏ một phương án không đúng, là phương án {k}.",
    "hint.first": "Gợi ý: câu trả lời bắt đầu bằng “{chu}”.",
    "hint.gaps": "Gợi ý: chữ đầu của các chỗ trống lần lượt là {chu}.",
    "hint.digits": "Gợi ý: số cần tìm có {n} chữ số.",
    "hint.true": "Gợi ý: có {n} ý đúng.",
    "hint.pair": "Gợi ý: “{trai}” đi với “{phai}”.",
    "hint.order": "Gợi ý: mục đứng đầu là “{muc}”.",
    "hint.source": "Gợi ý: xem {nguon}.",
    "hint.topic": "Gợi ý: câu này thuộc chủ đề {chu_de}.",
    # after an answer
    "told.right": "Đúng",
    "told.partial": "Đúng một phần",
    "told.wrong": "Chưa đúng",
    "told.unanswered": "Bạn chưa trả lời câu này",
    "told.open": "Mời Bạn tự so với gợi ý chấm",
    "told.rows": "Bài của Bạn và đáp án",
    "told.chosen_right": "Bạn chọn, đúng",
    "told.chosen_wrong": "Bạn chọn, chưa đúng",
    "told.missed": "Đáp án đúng, Bạn chưa chọn",
    "told.part_right": "Đúng",
    "told.part_wrong": "Chưa đúng",
    "told.part_empty": "Chưa trả lời",
    "told.mine": "Bạn trả lời",
    "told.key": "Đáp án",
    "told.gap": "Chỗ trống {k}",
    "told.place": "Vị trí {k}",
    "told.rubric": "Gợi ý chấm",
    "told.why": "Vì sao",
    "told.fact": "Dữ kiện",
    "told.source": "Nguồn",
    "told.open_source": "Mở tài liệu",
    "told.siblings": "Các câu khác cùng dữ kiện: {n}",
    "told.hinted": "Có dùng gợi ý, nên sẽ gặp lại sớm hơn.",
    "told.again_today": "Sẽ gặp lại câu này hôm nay",
    "told.tomorrow": "Sẽ gặp lại dữ kiện này ngày mai",
    "told.later": "Sẽ gặp lại dữ kiện này ngày {ngay}",
    "told.rate": "Bạn thấy bài của mình thế nào?",
    "told.rate.good": "Đủ ý",
    "told.rate.again": "Chưa đủ ý, gặp lại hôm nay",
    "told.next": "Câu tiếp",
    # done
    "done.title": "Xong phần hôm nay",
    "done.title.plan": "Xong phần này",
    "done.count": "Lần này Bạn trả lời {n} câu: {dung} đúng, {sai} sẽ gặp lại",
    "done.stop": "Dừng ở đây cũng được.",
    # when it can't go on
    "prac.closed": "Luyện tập đóng trong giờ thi {ky}, mở lại lúc {gio}.",
    "prac.off": "Cuộc thi này không có phần luyện tập.",
    "prac.none": "Chưa có câu nào để luyện tập: bộ câu hỏi được giữ kín đến khi cuộc thi kết thúc.",
    "prac.gone": "Dữ liệu luyện tập này đã được xóa.",
    "prac.retry": "Thử lại",
    "prac.later": "Chưa lưu được câu trả lời này. Mời Bạn bấm lại sau ít giây.",
    "prac.lost": "Mất kết nối. Đang nối lại, Bạn không cần tải lại trang.",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
