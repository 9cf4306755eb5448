"""The documents of a contest, each told once for Word, PDF and workbook."""

from __future__ import annotations

from dataclasses import replace

from contest.papers.blocks import Annex, Block, Col, Each, Paper, Para, Picture, Table, When
from contest.papers.messages import words


def _columns(*named: str) -> tuple[Col, ...]:
    """Return columns told as `name width side`, or `name:heading width side`."""
    made = []
    for one in named:
        name, width, *side = one.split()
        name, _, heading = name.partition(":")
        align = {"": "left", "c": "center", "r": "right"}[side[0] if side else ""]
        made.append(Col(words(f"col.{heading or name}"), name, float(width), align))
    return tuple(made)


def _p(key: str, style: str = "body", lead: str = "") -> Para:
    return Para(words(f"paper.{key}"), style, words(f"paper.{lead}") if lead else "")  # type: ignore[arg-type]


def _rounds(*blocks: Block) -> Each:
    return Each("cac_ky", "ky", (_p("round", "subsection"), *blocks))


def _total(*cells: str) -> tuple[str, ...]:
    """Return the cells of a total's row: `name` for a placeholder, `` for none."""
    shown = ("" if not cell else "{{ ky." + cell + " }}" for cell in cells)
    return ("", words("col.total"), *shown)


PEOPLE = Table(
    "ky.giai",
    _columns(
        "stt 4 c", "hang 5 c", "ho_ten 16", "don_vi 15", "cap_tren 11", "so_cau_dung 6 c",
        "diem 6 c", "thoi_gian 9 c", "thoi_diem_nop 10 c", "du_doan 6 r", "chenh_lech 7 r",
        "giai 11 c", "muc_thuong 9 r",
    ),
    group="nguoi",
    group_title="tieu_de",
    title=words("paper.people.table"),
)  # fmt: skip
UNITS = Table(
    "ky.giai_tap_the",
    _columns(
        "stt 4 c", "don_vi 24", "khoi 10", "si_so 8 r", "so_nguoi 8 r", "ty_le 8 r", "so_luot 8 r",
        "so_giai 7 r", "diem_xet 7 r", "giai 10 c", "muc_thuong 9 r",
    ),
    group="tap_the",
    group_title="tieu_de",
    title=words("paper.units.table"),
)  # fmt: skip
BY_UNIT = Table(
    "ky.don_vi",
    _columns(
        "stt 5 c", "don_vi 25", "khoi 11", "si_so 8 r", "so_nguoi 8 r", "ty_le 8 r", "so_luot 8 r",
        "diem_tb 8 r", "so_giai 7 r", "hang 6 c",
    ),
    group="cap_duoi",
    total=_total(
        "", "tong_si_so", "tong_nguoi_don_vi", "tong_ty_le", "tong_luot_don_vi", "", "so_giai", ""
    ),
    title=words("paper.table.title"),
)  # fmt: skip
DAYS = Table(
    "ky.ngay",
    _columns("stt 6 c", "ngay 20 c", "so_nguoi 16 r", "luy_ke_nguoi 16 r", "so_luot 16 r",
             "luy_ke_luot 16 r"),
    total=_total("so_nguoi", "", "so_luot", ""),
    title=words("paper.days.table"),
)  # fmt: skip
WEEKS = Table(
    "ky.tuan",
    _columns("stt 6 c", "tuan 26 c", "so_nguoi 16 r", "luy_ke_nguoi 16 r", "so_luot 16 r",
             "luy_ke_luot 16 r"),
    total=_total("so_nguoi", "", "so_luot", ""),
    title=words("paper.weeks.table"),
)  # fmt: skip
WEEKS_UNITS = Table(
    "ky.tuan_don_vi",
    _columns("stt 6 c", "tuan 26 c", "don_vi 30", "so_nguoi 12 r", "so_luot 12 r",
             "luy_ke_luot 12 r"),
    title=words("paper.weeks.units"),
)  # fmt: skip
CORRECT = Table(
    "ky.muc_dung",
    _columns("muc 30 c", "so_bai 20 r", "ty_le 20 r", "luy_ke 20 r"),
    title=words("paper.marks.correct"),
)
BANDS = Table(
    "ky.muc_diem",
    _columns("muc:muc_diem 40", "so_bai 20 r", "ty_le 20 r", "luy_ke 20 r"),
    title=words("paper.marks.bands"),
)
GROUPS = Table(
    "ky.nhom",
    _columns("ten:nhom 26", "so_nguoi 13 r", "ty_le 11 r", "so_luot 12 r", "diem_tb 12 r",
             "so_dung_het 13 r", "so_giai 10 r"),
    title=words("paper.groups.table"),
)  # fmt: skip
BLOCKS = Table(
    "ky.khoi",
    _columns("ten:khoi 26", "si_so 12 r", "so_nguoi 13 r", "ty_le 11 r", "so_luot 12 r",
             "so_giai 10 r"),
    title=words("paper.blocks.table"),
)  # fmt: skip
TARGETS = Table(
    "ky.chi_tieu",
    _columns("noi_dung 40", "chi_tieu 18 r", "thuc_hien 18 r", "ty_le 16 r"),
    title=words("paper.targets.table"),
)
COMPARED = Table(
    "ky.so_sanh",
    _columns("noi_dung 40", "truoc 15 r", "nay 15 r", "tang_giam 15 r", "ty_le 14 r"),
    title=words("paper.targets.before"),
)
REMOVED = Table(
    "ky.loai",
    _columns("stt 4 c", "ho_ten 16", "ma 15", "don_vi 16", "luot 6 c", "ly_do 22", "van_ban 10",
             "nguoi 12", "thoi_diem 13"),
    title=words("paper.removed.table"),
)  # fmt: skip
RULINGS = Table(
    "xu_ly",
    _columns("stt 6 c", "ky 9", "loai 12", "doi_tuong 14", "noi_dung 15", "ly_do 18", "van_ban 10",
             "nguoi 12"),
    title=words("paper.minutes.2.table"),
)  # fmt: skip
KEY = Table(
    "ky.dap_an",
    _columns("stt 5 c", "cau_hoi 40", "dap_an 30", "nguon 25"),
    title=words("paper.key.table"),
)
ITEMS = Table(
    "ky.cau_hoi",
    _columns("stt 4 c", "ma:ma_cau 13", "cau_hoi 33", "so_lan 7 r", "tra_loi 7 r", "dung 7 r",
             "ty_le:ty_le_dung 8 r", "do_de 7 r", "nhan_xet 14"),
    title=words("paper.items.table"),
)  # fmt: skip

BOARD_PEOPLE = replace(PEOPLE, rows="bang.giai")
BOARD_UNITS = replace(UNITS, rows="bang.giai_tap_the")
STANDING = Table(
    "bang.dung_dau",
    _columns("hang 5 c", "ho_ten 19", "don_vi 17", "cap_tren 13", "nhom 11", "so_ky 5 c",
             "so_cau_dung 7 c", "diem 7 c", "thoi_gian 9 c", "giai 12 c"),
    title=words("paper.boards.standing"),
)  # fmt: skip

_PREDICTED = When("ky.dai_luong_du_doan", (_p("people.predicted"),))
_MONEY = When("ky.tong_tien", (_p("people.money"),))
_WINNERS = (PEOPLE, _p("people.total"), _MONEY, _PREDICTED)
_QUALITY = (_p("marks.text"), Picture("ky.bieu_do_diem"))
_BLANK = _p("report.blank")
_BOARD = _p("board", "subsection")
_BOARD_LINES = Each(
    "cac_bang", "bang", (When("bang.co_giai", (_p("boards.prizes"),)),)
)  # fmt: skip
_BOARD_WINNERS = Each("cac_bang", "bang", (When("bang.giai", (_BOARD, BOARD_PEOPLE)),))
_BOARD_UNITS = Each("cac_bang", "bang", (When("bang.giai_tap_the", (_BOARD, BOARD_UNITS)),))
_PEOPLE = (_rounds(*_WINNERS), _BOARD_WINNERS)
_UNITS = (_rounds(UNITS), _BOARD_UNITS)

PAPERS: tuple[Paper, ...] = (
    Paper(
        "danh_sach_ca_nhan_dat_giai",
        words("paper.list.kind"),
        words("paper.people.summary"),
        (_rounds(*_WINNERS), _p("people.end")),
        citation=words("paper.citation"),
        landscape=True,
    ),
    Paper(
        "danh_sach_tap_the_dat_giai",
        words("paper.list.kind"),
        words("paper.units.summary"),
        (_rounds(UNITS), _p("units.end")),
        citation=words("paper.citation"),
        landscape=True,
    ),
    Paper(
        "xep_hang_nhieu_ky",
        words("paper.list.kind"),
        words("paper.boards.summary"),
        (
            When(
                "cac_bang",
                (
                    Each(
                        "cac_bang",
                        "bang",
                        (
                            _BOARD,
                            _p("boards.keys"),
                            _p("boards.prizes"),
                            BOARD_PEOPLE,
                            BOARD_UNITS,
                            STANDING,
                        ),
                    ),
                ),
                (_p("boards.none"),),
            ),
            _p("boards.end"),
        ),
        landscape=True,
    ),
    Paper(
        "bien_ban_hop_xet_giai",
        words("paper.minutes.kind"),
        words("paper.minutes.summary"),
        (
            _p("minutes.begins"),
            _p("minutes.place"),
            _p("minutes.members"),
            Each("thanh_phan", "nguoi", (_p("minutes.member"),)),
            _p("minutes.chair"),
            _p("minutes.secretary"),
            _p("minutes.content"),
            _p("minutes.1", "subsection"),
            _p("minutes.1.text"),
            _p("minutes.1.hash", "source"),
            Each("cac_ky", "ky", (_p("minutes.1.round"), _PREDICTED)),
            _p("minutes.2", "subsection"),
            RULINGS,
            _p("minutes.3", "subsection"),
            _p("minutes.3.text"),
            _p("minutes.4", "subsection"),
            Each("cac_ky", "ky", (_p("minutes.4.text"),)),
            _BOARD_LINES,
            _p("minutes.4.annex"),
            _p("minutes.5", "subsection"),
            _p("minutes.5.text"),
            _p("minutes.6", "subsection"),
            _p("minutes.6.text"),
            _p("minutes.end"),
        ),
        code="BB",
        issued="minutes",
        head="no_date",
        foot="minutes",
        annexes=(
            Annex(
                "I",
                words("paper.annex.people"),
                (_rounds(*_WINNERS), _BOARD_WINNERS),
                landscape=True,
            ),
            Annex("II", words("paper.annex.units"), _UNITS, landscape=True),
            Annex("III", words("paper.annex.removed"), (_rounds(REMOVED),), landscape=True),
        ),
        citation=words("paper.citation.minutes"),
        public=False,
    ),
    Paper(
        "quyet_dinh_cong_nhan_ket_qua",
        words("paper.decision.kind"),
        words("paper.decision.summary"),
        (
            _p("decision.authority", "authority"),
            Each("can_cu", "can_cu", (_p("decision.basis", "basis"),)),
            _p("decision.basis.minutes", "basis"),
            _p("decision.proposal", "basis"),
            _p("decision.decides", "center"),
            _p("decision.1.text", lead="decision.1"),
            Each("cac_ky", "ky", (_p("decision.1.round"),)),
            Each("cac_bang", "bang", (When("bang.co_giai", (_p("decision.1.board"),)),)),
            When(
                "tong_tien",
                (_p("decision.2.money", lead="decision.2"),),
                (_p("decision.2.text", lead="decision.2"),),
            ),
            _p("decision.3.text", lead="decision.3"),
        ),
        code=words("code.decision"),
        issued="decision",
        head="full",
        foot="decision",
        annexes=(
            Annex(
                "I",
                words("paper.annex.people"),
                (_rounds(*_WINNERS), _BOARD_WINNERS),
                landscape=True,
            ),
            Annex("II", words("paper.annex.units"), _UNITS, landscape=True),
        ),
        citation=words("paper.citation"),
    ),
    Paper(
        "bang_tong_hop_theo_don_vi",
        words("paper.table.kind"),
        words("paper.table.summary"),
        (_rounds(BY_UNIT), _p("table.end")),
        landscape=True,
    ),
    Paper(
        "bieu_so_luong_theo_ngay",
        words("paper.days.kind"),
        words("paper.days.summary"),
        (_rounds(DAYS, WEEKS, WEEKS_UNITS), _p("days.end")),
    ),
    Paper(
        "pho_diem",
        words("paper.marks.kind"),
        words("paper.marks.summary"),
        (_rounds(*_QUALITY, CORRECT, BANDS), _p("marks.end")),
    ),
    Paper(
        "thong_ke_theo_nhom",
        words("paper.groups.kind"),
        words("paper.groups.summary"),
        (_rounds(GROUPS, BLOCKS), _p("groups.end")),
    ),
    Paper(
        "so_voi_chi_tieu",
        words("paper.targets.kind"),
        words("paper.targets.summary"),
        (_rounds(TARGETS, COMPARED), _p("targets.end")),
    ),
    Paper(
        "danh_sach_loai",
        words("paper.removed.kind"),
        words("paper.removed.summary"),
        (_rounds(REMOVED, _p("removed.total")), _p("removed.end")),
        landscape=True,
    ),
    Paper(
        "dap_an",
        words("paper.key.kind"),
        words("paper.key.summary"),
        (_rounds(KEY), _p("key.end")),
    ),
    Paper(
        "chat_luong_cau_hoi",
        words("paper.items.kind"),
        words("paper.items.summary"),
        (_rounds(ITEMS), _p("items.end")),
        landscape=True,
        public=False,
    ),
    Paper(
        "bao_cao_tong_ket",
        words("paper.report.kind"),
        words("paper.report.summary"),
        (
            _p("report.1", "section"),
            _BLANK,
            _p("report.2", "section"),
            _p("report.2.1", "subsection"),
            _p("report.2.all"),
            Each("cac_ky", "ky", (_p("report.2.round"), Picture("ky.bieu_do_ngay"))),
            _p("report.2.2", "subsection"),
            Each("cac_ky", "ky", (_p("report.2.units"), Picture("ky.bieu_do_don_vi"))),
            _p("report.2.3", "subsection"),
            _rounds(GROUPS, BLOCKS),
            _p("report.2.4", "subsection"),
            _rounds(*_QUALITY, BANDS),
            _p("report.2.5", "subsection"),
            Each("cac_ky", "ky", (_p("report.2.prizes"),)),
            _BOARD_LINES,
            _p("report.2.6", "subsection"),
            _rounds(TARGETS, COMPARED),
            _p("report.2.7", "subsection"),
            _BLANK,
            _p("report.3", "section"),
            _p("report.3.1", "subsection"),
            _BLANK,
            _p("report.3.2", "subsection"),
            _BLANK,
            _p("report.3.3", "subsection"),
            _BLANK,
            _p("report.4", "section"),
            _BLANK,
            _p("report.end"),
        ),
        code="BC",
        issued="report",
        head="full",
        foot="decision",
        annexes=(
            Annex("I", words("paper.annex.table"), (_rounds(BY_UNIT),), landscape=True),
            Annex(
                "II",
                words("paper.annex.people"),
                (_rounds(*_WINNERS), _BOARD_WINNERS),
                landscape=True,
            ),
            Annex("III", words("paper.annex.distribution"), (_rounds(CORRECT),)),
        ),
        citation="",
        public=False,
    ),
)
"""Every document, in the order they are written."""
