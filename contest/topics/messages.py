"""The Vietnamese texts about a paper's result by topic, by key."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "topics.title": "Theo chủ đề",
    "topics.col.topic": "Chủ đề",
    "topics.col.right": "Số câu",
    "topics.right": "đúng {n}/{tong}",
    "topics.none": "không tính",
    "topics.partial": "{n} câu đúng một phần",
    "topics.unanswered": "{n} câu chưa trả lời",
    "topics.waiting": "{n} câu chưa có điểm",
    "topics.out": "{n} câu bị hủy, không tính",
}
