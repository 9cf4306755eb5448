"""Every figure of the documents, read back from the files, equals what was graded."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pandas as pd
import pytest

from contest.papers.catalogue import PAPERS
from contest.papers.words import clean
from tests.contest.papers.conftest import Made
from tests.contest.papers.graded import DAY
from tests.contest.papers.reading import number, pages, sheets, squeezed, word_tables
from tests.grading.factories import BEGIN

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
ROUNDS = ("ky-1", "ky-2")
FORMATS = ("docx", "pdf", "xlsx")
UNLIKE = re.compile(r"[\u0590-\u06ff\U0001f000-\U0001ffff]|\S{18}")
"""What a PDF shows in another order, as boxes, or broken into lines."""


def rounded(value: Fraction, places: int) -> float:
    """Return a fraction rounded half up, reckoned with decimals."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def part(frame: pd.DataFrame, round_id: str) -> pd.DataFrame:
    """Return the rows of one round."""
    return frame[frame["round"] == round_id]


def entries(made: Made, round_id: str) -> pd.DataFrame:
    """Return ended attempts that aren't excluded."""
    attempts = part(made.results.attempts, round_id)
    return attempts[attempts["status"].isin(["submitted", "expired"])]


def test_all_documents_are_there_in_three_formats(made: Made) -> None:
    """Thirteen documents; those for posting once more."""
    names = {path.name for path in made.papers.iterdir() if path.is_file()} - {"papers.json"}
    assert names == {f"{paper.name}.{kind}" for paper in PAPERS for kind in FORMATS}
    posted = {path.name for path in (made.papers / "cong_khai").iterdir()}
    assert posted == {f"{one.name}.{kind}" for one in PAPERS if one.public for kind in FORMATS}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_word_pdf_and_workbook_say_the_same(made: Made, paper) -> None:
    """Every cell of every Word table stands in the PDF and, as text or number, in the workbook."""
    tables = word_tables(made.papers / f"{paper.name}.docx")
    shown = Counter(" ".join(pages(made.papers / f"{paper.name}.pdf")).split())
    wanted: Counter[str] = Counter()
    books = list(sheets(made.papers / f"{paper.name}.xlsx").values())[1:]
    filled = [rows for rows in books if not (len(rows) > 2 and rows[2][0] == "Không có.")]
    assert len(tables) == len(filled)
    for table, rows in zip(tables, filled, strict=True):
        assert len(table) == len(rows) - 1
        for cells, values in zip(table, rows[1:], strict=True):
            for cell, value in zip(cells, values, strict=False):
                if isinstance(value, (int, float)):
                    assert number(cell.lstrip("+−")) == pytest.approx(abs(value), abs=1e-9)
                else:
                    assert cell == (value or "")
                if not UNLIKE.search(cell):
                    wanted.update(cell.split())
    assert not wanted - shown


@pytest.mark.parametrize("round_id", ROUNDS)
def test_list_of_winners(made: Made, round_id: str) -> None:
    """All winners and nobody else, by prize and rank, each with every figure."""
    table = word_tables(made.papers / "danh_sach_ca_nhan_dat_giai.docx")[ROUNDS.index(round_id)]
    people = part(made.results.people, round_id)
    won = people[people["prize"].notna()].sort_values("rank", kind="stable")
    rows = [row for row in table[1:] if len(row) > 1]
    assert [row[2] for row in rows] == [clean(name) for name in won["name"]]
    for row, (_, one) in zip(rows, won.iterrows(), strict=True):
        assert int(row[1]) == one["rank"]
        assert row[3] == one["unit"]
        assert int(row[5]) == one["correct"]
        assert number(row[6]) == one["score"] / 1_000_000
        minutes, seconds = row[7].replace(",", ".").split(":")
        assert int(minutes) * 60_000 + round(float(seconds) * 1000) == one["duration_ms"]
        end = datetime.datetime.fromtimestamp(one["submitted_at"] // 1000, tz=VIETNAM)
        time, day = row[8].split()
        assert time == f"{end:%H:%M:%S}"
        assert list(map(int, day.split("/"))) == [end.day, end.month, end.year]
        for cell, name in ((row[9], "prediction"), (row[10], "prediction_error")):
            assert number(cell) == (None if one[name] is None else float(one[name]))
        assert int(row[12].replace(".", "")) == {
            "nhat": 5_000_000, "nhi": 3_000_000, "kk": 500_000,
        }[one["prize"]]  # fmt: skip
    heads = [row[0] for row in table if len(row) == 1]
    assert heads[0] == "Giải Nhất: 01 giải Nhất"


@pytest.mark.parametrize("round_id", ROUNDS)
def test_table_by_unit(made: Made, round_id: str) -> None:
    """Every unit once, below its parent; means and shares exact; the total is the sum."""
    table = word_tables(made.papers / "bang_tong_hop_theo_don_vi.docx")[ROUNDS.index(round_id)]
    units = part(made.results.units, round_id).set_index("unit")
    rows = table[1:-1]
    assert sorted(row[1] for row in rows) == sorted(units.index)
    tops = []
    for row in rows:
        unit = units.loc[row[1]]
        assert row[0].count(".") + 1 == unit["level"]
        assert number(row[3]) == (None if pd.isna(unit["headcount"]) else unit["headcount"])
        assert number(row[4]) == unit["people"]
        assert number(row[6]) == unit["attempts"]
        wanted = None if unit["share"] is None else rounded(unit["share"] * 100, 2) / 100
        assert number(row[5]) == pytest.approx(wanted)
        mean = unit["mean_score"]
        assert number(row[7]) == (None if mean is None else rounded(mean, 2))
        assert number(row[9]) == unit["rank"]
        if unit["level"] == 1:
            tops.append(row)
    total = table[-1]
    for column in (3, 4, 6):
        parts = [number(row[column]) for row in tops]
        assert number(total[column]) == (None if None in parts else sum(parts))


@pytest.mark.parametrize("round_id", ROUNDS)
def test_table_by_day_and_week(made: Made, round_id: str) -> None:
    """Persons and entries of each day and so far, from the rows themselves."""
    place = ROUNDS.index(round_id) * 3
    days, weeks, by_unit = word_tables(made.papers / "bieu_so_luong_theo_ngay.docx")[
        place : place + 3
    ]
    found = entries(made, round_id)
    stamps = pd.to_datetime(found["submitted_at"].astype("int64"), unit="ms") + pd.Timedelta("7h")
    by_day = found.groupby(stamps.dt.date)["contestant_id"].agg(["nunique", "size"])
    rows = {row[1]: row for row in days[1:-1]}
    for day, figures in by_day.iterrows():
        row = rows[f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else
                   f"{day.day:02}/{day.month}/{day.year}"]  # fmt: skip
        assert [int(row[2]), int(row[4])] == figures.tolist()
    assert sum(int(row[4]) for row in days[1:-1]) == len(found)
    assert [int(days[-1][2]), int(days[-1][4])] == [found["contestant_id"].nunique(), len(found)]
    assert int(days[-2][3]) == found["contestant_id"].nunique()
    assert int(weeks[-2][5]) == len(found)
    assert sum(int(row[4]) for row in weeks[1:-1]) == len(found)
    assert sum(int(row[4]) for row in by_unit[1:]) == len(found)


@pytest.mark.parametrize("round_id", ROUNDS)
def test_distribution_of_scores(made: Made, round_id: str) -> None:
    """Rows by questions right and by part of the full score add up to the ranked persons."""
    place = ROUNDS.index(round_id) * 2
    correct, bands = word_tables(made.papers / "pho_diem.docx")[place : place + 2]
    people = part(made.results.people, round_id)
    ranked = people[people["rank"].notna()]
    counts = ranked["correct"].value_counts()
    for row in correct[1:]:
        right = int(row[0].split()[0])
        assert int(row[1]) == counts.get(right, 0)
        wanted = rounded(Fraction(int(row[1]) * 100, len(ranked)), 2)
        assert number(row[2]) == pytest.approx(wanted / 100)
    assert correct[-1][3] == "100,00%"
    share = ranked["score"] / ranked["max_score"]
    wanted = [
        (share == 1).sum(),
        ((share >= 0.75) & (share < 1)).sum(),
        ((share >= 0.5) & (share < 0.75)).sum(),
        ((share >= 0.25) & (share < 0.5)).sum(),
        ((share > 0) & (share < 0.25)).sum(),
        (share == 0).sum(),
    ]
    assert [int(row[1]) for row in bands[1:]] == wanted


def test_removed_entries_with_reasons(made: Made) -> None:
    """Each excluded attempt with its person, reason and who ruled."""
    tables = word_tables(made.papers / "danh_sach_loai.docx")
    rows = [row for table in tables for row in table[1:]]
    out = made.results.attempts[made.results.attempts["status"] == "excluded"]
    assert [row[2] for row in rows] == out["contestant_id"].tolist()
    assert {row[5] for row in rows} == {"=HYPERLINK() gọi số 0912345678"}
    assert {row[7] for row in rows} == {"Tổ Thư ký"}


@pytest.mark.parametrize("round_id", ROUNDS)
def test_answer_key_and_quality_of_questions(made: Made, round_id: str) -> None:
    """Every question drawn, its right answer, how often it was drawn, answered and right."""
    place = ROUNDS.index(round_id)
    items = part(made.results.items, round_id)
    key = word_tables(made.papers / "dap_an.docx")[place]
    assert [row[1:3] for row in key[1:]] == items[["stem", "key_text"]].to_numpy().tolist()
    quality = word_tables(made.papers / "chat_luong_cau_hoi.docx")[place]
    for row, (_, item) in zip(quality[1:], items.iterrows(), strict=True):
        assert row[1] == item["question_id"]
        assert [int(cell) for cell in row[3:6]] == [
            item["drawn"],
            item["answered"],
            item["correct"],
        ]
        wanted = rounded(Fraction(int(item["correct"]) * 100, int(item["drawn"])), 2)
        assert number(row[6]) == pytest.approx(wanted / 100)
        assert number(row[7]) == rounded(item["facility"], 4)


def test_groups_blocks_and_earlier_round(made: Made) -> None:
    """Figures by group and block; the second round beside the first."""
    tables = word_tables(made.papers / "thong_ke_theo_nhom.docx")
    for place, round_id in enumerate(ROUNDS):
        group = tables[2 * place][1]
        found = entries(made, round_id)
        assert group[0] == "Mọi thí sinh"
        assert [int(group[1]), int(group[3])] == [found["contestant_id"].nunique(), len(found)]
        units = part(made.results.units, round_id)
        tops = units[units["level"] == 1]
        for row in tables[2 * place + 1][1:]:
            mine = tops[tops["block"] == row[0]]
            assert [int(row[2]), int(row[4])] == [mine["people"].sum(), mine["attempts"].sum()]
    (compared,) = word_tables(made.papers / "so_voi_chi_tieu.docx")
    assert compared[1][0] == "Số người dự thi, so với Kỳ 1"
    first, second = (entries(made, one)["contestant_id"].nunique() for one in ROUNDS)
    assert [int(cell) for cell in compared[1][1:4]] == [first, second, second - first]


def test_sentences_of_minutes_and_report(made: Made) -> None:
    """Persons, entries and prizes in words are those of the tables."""
    text = "".join(pages(made.papers / "bao_cao_tong_ket.pdf"))
    found = pd.concat([entries(made, one) for one in ROUNDS])
    people = found["contestant_id"].nunique()
    said = f"Toàn cuộc thi có {people} người dự thi với {len(found)} lượt thi"
    assert squeezed(said) in squeezed(text)
    minutes = squeezed("".join(pages(made.papers / "bien_ban_hop_xet_giai.pdf")))
    assert (
        squeezed("Kỳ 1: 08 giải cá nhân (01 giải Nhất, 02 giải Nhì, 05 giải Khuyến khích)")
        in minutes
    )
    decision = squeezed("".join(pages(made.papers / "quyet_dinh_cong_nhan_ket_qua.pdf")))
    money = "27.000.000 đồng (Bằng chữ: Hai mươi bảy triệu đồng)"
    assert squeezed(money) in decision


def test_moment_of_the_figures(made: Made) -> None:
    """Documents say when the figures were taken, in Vietnamese time."""
    at = pd.Timestamp(BEGIN + 20 * DAY, unit="ms") + pd.Timedelta("7h")
    said = f"Số liệu đến {at.hour} giờ {at.minute:02} phút ngày {at.day:02}/{at.month}/{at.year}"
    assert squeezed(said) in squeezed("".join(pages(made.papers / "bieu_so_luong_theo_ngay.pdf")))
