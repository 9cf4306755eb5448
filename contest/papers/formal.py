"""The formal parts of documents: names and numbers at the head, signatures, the meeting."""

from __future__ import annotations

from typing import Any

from contest.documents_rules import Documents, Signer
from contest.papers.forms import Form
from contest.papers.messages import text, words
from contest.papers.result import Result
from contest.papers.words import clean, long_day, moment


def contest_words(title: str) -> str:
    """Return the contest's name as sentences name it."""
    title = clean(title)
    begins = title.casefold().startswith(text("word.contest.begins"))
    return title if begins else text("word.contest", ten=title)


def head(result: Result, documents: Documents, form: Form) -> dict[str, Any]:
    """Return what stands at the head of every document, and what all of them cite."""
    body = documents.body or result.organiser or text("blank")
    minutes, decision = documents.minutes, documents.decision
    return {
        "cuoc_thi": contest_words(result.title),
        "ten_cuoc_thi": clean(result.title),
        "co_quan_chu_quan": clean(documents.superior or "").upper(),
        "co_quan": clean(body),
        "so_quyet_dinh": form.cited(decision.number, words("code.decision"), documents.symbol),
        "ngay_quyet_dinh": long_day(decision.date),
        "so_bien_ban": form.cited(minutes.number, "BB", documents.symbol),
        "ngay_bien_ban": long_day(minutes.date),
        "phien_ban": text("version", ma=result.version),
        "ma_phien_ban": result.version,
        "ma_kiem_tra": result.manifest["outputs"]["ca_nhan.csv"],
        "so_lieu_den": moment(result.as_of),
        "can_cu": [{"noi_dung": _end(one)} for one in documents.bases]
        or [{"noi_dung": text("blank")}],
        "noi_nhan": [{"noi_dung": _end(one)} for one in documents.receivers],
        "luu": clean(documents.archive),
        "nguoi_de_nghi": _end(documents.proposal or text("blank")),
        "dong_trong": text("blank.line"),
    }


def _end(value: str) -> str:
    """Return a text without the sign at its end, which the document sets."""
    return clean(value).rstrip(" ;.,")


def signers(documents: Documents, form: Form, result: Result) -> dict[str, Any]:
    """Return who signs, for whom and as what; blanks to fill in where nobody is named."""
    people = documents.signers
    first = people.head
    body = clean(documents.body or result.organiser or "").upper()
    behalf = clean(first.authority) if first.authority else f"{form.power} {body}".strip()
    post = clean(first.post or text("head.post")).upper()
    return {
        "thay_mat": behalf,
        "chuc_vu": post,
        "chuc_vu_chinh_quyen": clean(first.host_post or "").upper(),
        "nguoi_ky": _name(first),
        "chu_toa": _name(people.chair),
        "thu_ky": _name(people.secretary),
        "nguoi_lap": _name(people.compiler),
        "nguoi_ban_hanh": _post_of(post, body),
    }


def _post_of(post: str, body: str) -> str:
    """Return a post in a body; a word at the end of the one and the head of the other once."""
    board = text("word.board")
    if post.endswith(f" {board}") and body.startswith(f"{board} "):
        post = post.removesuffix(f" {board}")
    return f"{post} {body}".strip()


def _name(signer: Signer) -> str:
    return clean(signer.name) if signer.name else text("blank")


def meeting(documents: Documents) -> dict[str, Any]:
    """Return when and where the jury met, who was there and what they found."""
    held = documents.meeting
    blank = text("blank")
    return {
        "hop_bat_dau": clean(held.begins or blank),
        "hop_ket_thuc": clean(held.ends or blank),
        "hop_dia_diem": clean(held.place or blank),
        "hop_y_kien": clean(held.agreed or text("blank.line")),
        "thanh_phan": [{"ho_ten": clean(one)} for one in held.members] or [{"ho_ten": blank}],
    }
