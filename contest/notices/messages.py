"""The Vietnamese texts about notices to contestants, by key."""

from __future__ import annotations

PAGE_TEXTS: dict[str, str] = {
    "notice.title": "Thông báo của Ban Tổ chức",
    "notice.info": "Thông báo",
    "notice.warning": "Lưu ý",
}
"""What plain pages and the paper show."""

TEXTS: dict[str, str] = {
    "cli.notice": "Thông báo cho thí sinh, hiện trên mọi trang và trên bài đang làm.",
    "cli.notice.list": "Liệt kê các thông báo, kể cả đã hết hạn hoặc đã rút.",
    "cli.notice.add": "Đăng một thông báo; hỏi mật khẩu của người đăng.",
    "cli.notice.withdraw": "Rút một thông báo: mọi trang thôi hiện sau vài giây.",
    "cli.notice.text": "nội dung, chỉ là chữ, không quá 300 ký tự",
    "cli.notice.kind": "info: thông báo; warning: lưu ý, đứng trên cùng",
    "cli.notice.round": "chỉ cho thí sinh của kỳ này; bỏ trống: mọi kỳ",
    "cli.notice.from": "hiện từ lúc nào, như “2026-12-22 20:00”, giờ Việt Nam; bỏ trống: ngay",
    "cli.notice.until": "hiện đến lúc nào; bỏ trống: đến khi rút",
    "cli.notice.number": "số của thông báo, như timhieu notice list cho biết",
    "cli.notice.by": "tên người đăng hoặc rút, như trong timhieu people",
    "notice.none": "Chưa có thông báo nào.",
    "notice.row": "{n}. [{state}] {kind}, {who}, từ {starts} {ends}, {by}: {text}",
    "notice.state.shown": "đang hiện",
    "notice.state.waiting": "chờ giờ hiện",
    "notice.state.over": "hết hạn",
    "notice.state.withdrawn": "đã rút {when}, {by}",
    "kind.info": "thông báo",
    "kind.warning": "lưu ý",
    "notice.everybody": "mọi kỳ",
    "notice.of_round": "kỳ {round}",
    "notice.ends": "đến {until}",
    "notice.endless": "đến khi rút",
    "notice.added": "Đã đăng thông báo {n}, {state}. Trang đang mở nhận được sau vài giây.",
    "notice.taken": "Đã rút thông báo {n}.",
    "notice.role": "{name} ({role}) không được đăng hay rút thông báo. Người được làm: {who}.",
    "bad.time": "Không hiểu giờ “{value}”. Viết như “2026-12-22 20:00”, giờ Việt Nam.",
    "bad.round": "Không có kỳ {round}. Có: {known}.",
    "bad.empty": "Thông báo chưa có nội dung.",
    "bad.too_long": "Thông báo dài {n} ký tự, quá {most}. Hãy viết gọn lại.",
    "bad.kind": "Không có loại thông báo {kind}. Có: {known}.",
    "bad.order": "Giờ thôi hiện phải sau giờ bắt đầu hiện.",
    "bad.past": "Giờ thôi hiện đã qua. Hãy ghi giờ khác, hoặc bỏ --until.",
    "bad.too_many": "Đang có {most} thông báo hiện hoặc chờ hiện. Hãy rút bớt rồi đăng.",
    "bad.unknown": "Không có thông báo số {n}. Xem số bằng: timhieu notice list",
    "bad.gone": "Thông báo số {n} đã rút từ trước.",
}


def text(key: str, /, **values: object) -> str:
    """Return the text of `key` with its gaps filled; KeyError for an unknown key or gap."""
    return TEXTS[key].format(**values)
