"""Results -> files, read back by other programs' readers."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import openpyxl
import pandas as pd
import pytest
from sqlite_utils import Database

from grading import Extras, OutputRefused, RoundInput, from_rows, grade, write_results
from grading import export as export_module
from grading.export import OUTPUTS
from grading.frames import PEOPLE
from grading.messages import TEXTS, text
from grading.result_frames import REMOVED, RULINGS
from grading.tables import TABLES
from tests.grading.factories import (
    BEGIN,
    answers,
    attempts,
    bank,
    grade_all,
    keys,
    prizes,
    records,
    rules,
    sit,
    units,
)
from tests.grading.head import META, ROUND

NAMES = [
    "=1+1",
    "+84",
    "-5",
    "@SUM(A1)",
    "007",
    "NA",
    "None",
    "1e5",
    "TRUE",
    'Nguyễn "Tí", thôn 1',
    "hai\ndòng",
    "về\rđầu",
    "\tthụt",
    "  cách  ",
    "<r><t>x</t></r>",
    "<r></is></c></row>&",
    "<b>&amp;</b>",
    "_x0041_",
    "http://example.org",
    "x" * 300,
    None,
]
SITTINGS = [
    sit(f"ts{n:02}", "rw-?"[n % 4] + "rr", unit="xa" if n % 2 else "huyen", guess=n, took=1000 + n)
    for n in range(len(NAMES))
] + [
    sit("ts01", "rrr", number=2, unit="xa", excluded=True),
    sit("ts50", "rrr", unit="xa", state="unfinished"),
]
TREE = (("huyen", None, None, 7), ("xa", "huyen", "A", 3), ("le", None, None, None))
RULINGS_ROWS = [
    (2, None, "note", None, None, "Lý do, có phẩy", None, "Tổ thư ký", BEGIN + 5),
    (1, "ky-1", "exclude", "ky-1/ts01/2", "{}", '=cmd|"x"', "01/QĐ", "Tổ thư ký", BEGIN),
]
REMOVED_ROWS = [
    ("ky-1", "chung", "ts01", "ky-1/ts01/2", 2, "Thi hộ", "01/QĐ", "Tổ thư ký", BEGIN, 1)
]
BOARD = {
    "id": "ca-hai",
    "title": "Cả hai kỳ",
    "rounds": ["ky-1"],
    "ranking": {"keys": keys("score high"), "ties": "shared"},
}
PRIZES = prizes(("nhat", 1), ("nhi", 2), requires=["all_right"])
EXTRAS = Extras(
    rules="version: 1  # thể lệ\n",
    rulings=from_rows(RULINGS_ROWS, RULINGS, "rulings"),
    removed=from_rows(REMOVED_ROWS, REMOVED, "removed"),
    groups={"chung": "=Mọi thí sinh"},
)


def make_results(sittings=SITTINGS):
    """Grade a contest whose people have every awkward name; some wait for a marker, unless told."""
    ids = [f"ts{n:02}" for n in range(len(NAMES))]
    names = from_rows(list(zip(ids, NAMES, strict=True)), PEOPLE, "people")
    stated = rules(by="share", points="2.5", boards=[BOARD], prizes={"people": [PRIZES]})
    given = RoundInput("ky-1", bank(), units(*TREE), stated)
    return grade(attempts(sittings), answers(sittings), names, [given])


RESULTS = make_results()


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Return a folder with the exported contest."""
    folder = tmp_path_factory.mktemp("export") / "ket_qua"
    write_results(folder, RESULTS, EXTRAS, META)
    return folder


def frames():
    """Return table name -> what it must hold, rulings and removed included."""
    return {
        "ca_nhan": RESULTS.people,
        "tap_the": RESULTS.units,
        "bang": RESULTS.boards,
        "bang_tap_the": RESULTS.board_units,
        "giai_thuong": RESULTS.prizes,
        "luot": RESULTS.attempts,
        "cau_hoi": RESULTS.items,
        "phuong_an": RESULTS.options,
        "de_thi": RESULTS.tests,
        "canh_bao": RESULTS.advice,
        "rulings": EXTRAS.rulings.iloc[[1, 0]],
        "removed": EXTRAS.removed,
    }


def printed(value, unit):
    """Return a cell as text, worked out apart from the code."""
    if value is None:
        return ""
    if unit == "time":
        zone = datetime.timezone(datetime.timedelta(hours=7))
        moment = datetime.datetime.fromtimestamp(value // 1000, tz=zone)
        moment += datetime.timedelta(milliseconds=value % 1000)
        return moment.isoformat(timespec="milliseconds")
    if unit == "micro":
        return f"{(Decimal(value) / 1_000_000).normalize():f}"
    if isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return str(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        rounded = Decimal(value).normalize(Context(prec=10, rounding=ROUND_HALF_EVEN))
        return f"{rounded:f}" if rounded else "0"
    return str(value)


WORDS = {
    "group": {"chung": "=Mọi thí sinh"},
    "prize": {"nhat": "Giải nhat", "nhi": "Giải nhi"},
    "status": {key[5:]: word for key, word in TEXTS.items() if key.startswith("code.")},
}
WORDS["decided_by"] = WORDS["status"]


def worded(table, column, shown):
    """Return how the workbook says a cell of the CSV file."""
    if (table.name, column) == ("giai_thuong", "prize"):
        return shown  # the title stands beside it
    return WORDS.get(column, {}).get(shown, shown)


def expected_rows(table):
    """Return a table as rows of printed cells."""
    return [
        [printed(cell, spec.unit) for cell, spec in zip(row, table.contract.values(), strict=True)]
        for row in records(frames()[table.name], *table.contract)
    ]


@pytest.fixture(scope="module")
def book(out):
    """Return the workbook of the exported contest."""
    return openpyxl.load_workbook(out / "ket_qua.xlsx")


by_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def test_a_result_has_exactly_these_files(out):
    """Other programs look for them by name."""
    assert sorted(path.name for path in out.iterdir()) == [
        "bang.csv",
        "bang_tap_the.csv",
        "ca_nhan.csv",
        "canh_bao.csv",
        "cau_hoi.csv",
        "de_thi.csv",
        "giai_thuong.csv",
        "ket_qua.xlsx",
        "luot.csv",
        "manifest.json",
        "phuong_an.csv",
        "removed.csv",
        "results.db",
        "rules.yml",
        "rulings.csv",
        "tap_the.csv",
    ]


# --- CSV

HEADERS = {
    "ca_nhan": "rank,contestant_id,name,unit_id,unit,parent_unit,group,attempt_id,score,max_score,"
    "correct,questions,duration_ms,submitted_at,prediction,prediction_error,prize,decided_by,"
    "status,round,started_at,registered_at,ranked_ms,attempts,maximum_papers",
    "tap_the": "rank,block,unit_id,unit,headcount,people,attempts,share,mean_score,winners,points,"
    "decided_by,round,level,parent_unit_id,total_score,first_prizes,value,prize,flag",
    "bang": "board,group,rank,contestant_id,name,unit_id,unit,parent_unit,score,max_score,correct,"
    "questions,all_right,ranked_ms,prediction_error,submitted_at,started_at,registered_at,attempts,"
    "maximum_papers,rounds,prize,decided_by,status",
    "bang_tap_the": "rank,block,unit_id,unit,headcount,people,attempts,share,mean_score,winners,"
    "points,decided_by,board,level,parent_unit_id,total_score,first_prizes,value,prize,flag",
    "giai_thuong": "ranking,number,group,block,level,prize,title,contestant_id,unit_id,rank,value,"
    "points,status,reason",
    "luot": "round,group,contestant_id,unit_id,attempt_id,number,status,counted,score,correct,"
    "started_at,submitted_at,duration_ms,prediction",
    "cau_hoi": "round,group,question_id,topic,level,type,stem,key,source,drawn,answered,correct,"
    "facility,status,key_text,fixed,exposure,analysed,analysed_facility,sd,effective_weight,"
    "intended_weight,random_guess,discrimination_index,discriminative_efficiency,kelley_d,negcovar,"
    "median_ms,flags,notes",
    "phuong_an": "round,group,question_id,option_id,option,key,papers,chosen,share,low,middle,high,"
    "low_share,middle_share,high_share",
    "de_thi": "round,group,draw,papers,questions,max_score,mean,median,sd,skewness,kurtosis,cic,"
    "alpha,kr20,error_ratio,standard_error,expected_mean,expected_sd,expected_min,expected_max,"
    "expected_share,notes",
    "canh_bao": "round,number,group,kind,unit_id,contestant_id,attempt_id,other_contestant_id,"
    "other_attempt_id,value,expected,probability,explanation",
    "rulings": "number,round,kind,subject,value,reason,document,actor,ruled_at",
    "removed": "round,group,contestant_id,attempt_id,number,reason,document,actor,ruled_at,ruling",
}


@by_table
def test_csv_columns_stand_in_the_published_order(out, table):
    """UTF-8 with BOM, and the header of the contract."""
    raw = (out / table.file).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\n")[0] == HEADERS[table.name]


@by_table
def test_csv_cells_are_those_of_the_tables(out, table):
    """Every cell, names with commas, quotes and line ends included; null is empty."""
    with (out / table.file).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, strict=True))[1:]
    assert rows == expected_rows(table)


def test_csv_lines_end_with_line_feeds_alone(out):
    """The only carriage return is the one inside a name."""
    assert (out / "tap_the.csv").read_bytes().count(b"\r") == 0
    assert (out / "ca_nhan.csv").read_bytes().count(b"\r") == 1


def test_csv_names_are_read_by_pandas_as_they_are(out):
    """With the options that keep texts: no name becomes a number or a missing value."""
    frame = pd.read_csv(out / "ca_nhan.csv", dtype=str, keep_default_na=False)
    found = dict(zip(frame["contestant_id"], frame["name"], strict=True))
    assert found == {f"ts{n:02}": name or "" for n, name in enumerate(NAMES)} | {"ts50": ""}


# --- database


@by_table
def test_database_cells_are_those_of_the_tables(out, table):
    """Every cell; marks, shares and guesses as numbers, truth values as 0 and 1."""
    with closing(sqlite3.connect(out / "results.db")) as db:
        rows = db.execute(f"select * from {table.name} order by rowid").fetchall()
    expected = []
    for row in expected_rows(table):
        cells = []
        for cell, spec in zip(row, table.contract.values(), strict=True):
            if cell == "" and spec.null:
                cells.append(None)
            elif spec.unit in ("micro", "decimal", "fraction") or spec.dtype == "float64":
                cells.append(float(cell))
            elif spec.dtype == "bool":
                cells.append(int(cell == "true"))
            elif spec.unit != "time" and spec.dtype in ("int64", "Int64"):
                cells.append(int(cell))
            else:
                cells.append(cell)
        expected.append(tuple(cells))
    assert rows == expected


@by_table
def test_database_tables_are_typed_and_keyed(out, table):
    """Columns in order with types, primary key, not null, and the indexes."""
    with closing(sqlite3.connect(out / "results.db")) as db:
        columns = db.execute(f"pragma table_info({table.name})").fetchall()
        indexes = db.execute(f"pragma index_list({table.name})").fetchall()
    kinds = {"string": "TEXT", "int64": "INTEGER", "Int64": "INTEGER", "bool": "INTEGER"}
    kinds["float64"] = "REAL"
    units_ = {"micro": "REAL", "decimal": "REAL", "fraction": "REAL", "time": "TEXT"}
    assert [(name, kind) for _, name, kind, *_ in columns] == [
        (name, units_.get(spec.unit) or kinds[spec.dtype]) for name, spec in table.contract.items()
    ]
    assert [n for _, n, *_, key in sorted(columns, key=lambda c: c[5]) if key] == list(table.key)
    required = {name for _, name, _, not_null, *_ in columns if not_null}
    assert required == {name for name, spec in table.contract.items() if not spec.null}
    assert sum(origin == "c" for *_, origin, _ in indexes) == len(table.indexes)


def test_database_links_hold_and_are_declared(out):
    """Datasette shows them; no row names one that isn't there."""
    with closing(sqlite3.connect(out / "results.db")) as db:
        assert db.execute("pragma foreign_key_check").fetchall() == []
        found = {
            (table.name, row[2], row[3], row[4])
            for table in TABLES
            for row in db.execute(f"pragma foreign_key_list({table.name})")
        }
    declared = {
        (table.name, other, here, there)
        for table in TABLES
        for columns, other, keys in table.foreign
        for here, there in zip(columns, keys, strict=True)
    }
    assert found == declared
    assert ("ca_nhan", "luot", "attempt_id", "attempt_id") in found
    assert ("ca_nhan", "tap_the", "unit_id", "unit_id") in found


SEARCHED = [
    ("nguyen", {"Nguyễn Văn Đặng", "NGUYỄN THỊ ƯỚC"}),
    ("Nguyễn", {"Nguyễn Văn Đặng", "NGUYỄN THỊ ƯỚC"}),
    ("dang", {"Nguyễn Văn Đặng", "Đặng Đình Dũng"}),
    ("đặng", {"Nguyễn Văn Đặng", "Đặng Đình Dũng"}),
    ("dinh dung", {"Đặng Đình Dũng"}),
    ("uoc", {"NGUYỄN THỊ ƯỚC"}),
    ("nguy*", {"Nguyễn Văn Đặng", "NGUYỄN THỊ ƯỚC"}),
    ("yển", set()),
]


@pytest.mark.parametrize(("query", "expected"), SEARCHED)
def test_names_are_found_without_their_marks(tmp_path, query, expected):
    """As sqlite-utils and Datasette search; đ and d are the same letter to whoever looks."""
    names = ["Nguyễn Văn Đặng", "NGUYỄN THỊ ƯỚC", "Đặng Đình Dũng", "Trần An"]
    ids = [f"ts{n:02}" for n in range(len(names))]
    people = from_rows(list(zip(ids, names, strict=True)), PEOPLE, "people")
    sittings = [sit(one, "rrr", unit="xa") for one in ids]
    given = RoundInput("ky-1", bank(), units(*TREE), rules())
    results = grade(attempts(sittings), answers(sittings), people, [given])
    write_results(tmp_path / "out", results, Extras(rules=""), META)
    db = Database(tmp_path / "out" / "results.db")
    try:
        assert db["ca_nhan"].detect_fts() == "ca_nhan_fts"
        assert {row["name"] for row in db["ca_nhan"].search(query)} == expected
        assert [row["unit_id"] for row in db["tap_the"].search("huyen")] == ["huyen"]
    finally:
        db.close()


# --- workbook


@by_table
def test_workbook_cells_are_those_of_the_tables(book, table):
    """Numbers are numbers, times are times, every text is the very text, ids are in words."""
    rows = list(book[text(f"sheet.{table.name}")].iter_rows(min_row=2))
    assert len(rows) == len(expected_rows(table))
    for found, expected in zip(rows, expected_rows(table), strict=True):
        for cell, printed_, (name, spec) in zip(
            found, expected, table.contract.items(), strict=True
        ):
            shown = worded(table, name, printed_)
            if shown == "":
                assert cell.value is None
            elif spec.unit == "time":
                moment = datetime.datetime.fromisoformat(shown).replace(tzinfo=None)
                assert cell.is_date
                assert abs(cell.value - moment) < datetime.timedelta(milliseconds=1)
            elif spec.dtype == "bool":
                assert cell.value is (shown == "true")
            elif spec.dtype == "string":
                assert cell.data_type in ("s", "inlineStr")
                # The reader turns a carriage return into what spreadsheets write for it.
                assert unescaped(cell.value) == shown
            else:
                assert cell.data_type == "n"
                assert Decimal(repr(cell.value)) == Decimal(shown)


def unescaped(value):
    """Return a cell's text as a spreadsheet shows it."""
    return value.replace("_x000D_", "\r").replace("_x005F_", "_")


@by_table
def test_workbook_headings_are_vietnamese_and_frozen(book, table):
    """One sheet per table, with filters on every column."""
    sheet = book[text(f"sheet.{table.name}")]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [text(f"{table.name}.{name}") for name in table.contract]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, len(headings)).coordinate}"
    assert all(sheet.column_dimensions[cell.column_letter].width > 10 for cell in sheet[1])


def test_rows_are_coloured_by_rules_that_readers_can_change(book):
    """Winners and the unranked among people, hard and easy among questions; over all rows."""
    found = {}
    for table in TABLES:
        sheet = book[text(f"sheet.{table.name}")]
        for area in sheet.conditional_formatting:
            (cells,) = area.sqref.ranges
            assert (cells.min_row, cells.max_row) == (2, sheet.max_row)
            found.setdefault(table.name, []).extend(rule.formula[0] for rule in area.rules)
    assert found["ca_nhan"] == [
        '$S2<>"được xếp hạng"',
        "AND(ISNUMBER($A2),$A2<=3)",
        "LEN($Q2)>0",
    ]
    assert found["tap_the"] == ["AND(ISNUMBER($A2),$A2<=3)", "LEN($S2)>0"]
    assert found["cau_hoi"] == ["AND(ISNUMBER($M2),$M2<0.3)", "AND(ISNUMBER($M2),$M2>0.9)"]


def test_prizes_have_titles_and_a_rule_for_who_is_passed_over(tmp_path):
    """Once nobody waits for a marker."""
    settled = [
        sit(f"ts{n:02}", "rwr"[n % 3] + "rr", unit="xa", took=1000 + n) for n in range(len(NAMES))
    ]
    write_results(tmp_path / "ket_qua", make_results(settled), EXTRAS, META)
    book = openpyxl.load_workbook(tmp_path / "ket_qua" / "ket_qua.xlsx")
    (area, *_) = book[text("sheet.giai_thuong")].conditional_formatting
    assert area.rules[0].formula == ['$M2="đứng trước người được giải mà không được"']
    header, *rows = book[text("sheet.ca_nhan")].iter_rows(values_only=True)
    given_to = [row[header.index("Giải")] for row in rows]
    assert set(given_to) == {None, "Giải nhat", "Giải nhi"}


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(book):
    """A name that begins with = is a name; an address is a text."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_the_last_sheet_explains_the_others(book):
    """What the result is, what the columns are called in the CSV files, what the codes mean."""
    assert book.sheetnames == [text(f"sheet.{table.name}") for table in TABLES] + ["Chú giải"]
    shown = {cell for row in book["Chú giải"].iter_rows(values_only=True) for cell in row}
    people = str(RESULTS.predicted["ky-1"].true_value)
    assert {"Cuộc thi thử", "CUỘC THI MẪU", "prediction_error", "Họ và tên", people} <= shown


def test_samples_tests_and_open_rounds_are_marked_on_every_sheet(tmp_path):
    """Nobody takes a trial for a result."""
    open_round = {"ky-1": replace(ROUND, final=False)}
    title = "A & B" + " rất dài" * 50
    meta = replace(META, synthetic=True, rounds=open_round, contest_title=title, rehearsal=True)
    write_results(tmp_path / "out", RESULTS, EXTRAS, meta)
    book = openpyxl.load_workbook(tmp_path / "out" / "ket_qua.xlsx")
    for sheet in book:
        header = sheet.oddHeader.center.text
        assert header.startswith("DIỄN TẬP · CUỘC THI MẪU · DỮ LIỆU THỬ · KẾT QUẢ TẠM THỜI · A &")


def test_a_table_longer_than_a_sheet_goes_on_in_the_next(tmp_path, monkeypatch):
    """No row is lost at the end of a sheet."""
    monkeypatch.setattr(export_module, "_SHEET_ROWS", 10)
    write_results(tmp_path / "out", RESULTS, EXTRAS, META)
    book = openpyxl.load_workbook(tmp_path / "out" / "ket_qua.xlsx")
    names = ["Lượt thi", "Lượt thi (2)", "Lượt thi (3)"]
    assert [name for name in book.sheetnames if name.startswith("Lượt")] == names
    ids = [row[4] for name in names for row in book[name].iter_rows(min_row=2, values_only=True)]
    assert ids == RESULTS.attempts["attempt_id"].tolist()


def test_a_text_longer_than_a_cell_is_cut_visibly(tmp_path):
    """A spreadsheet's cell holds 32 767 letters; the CSV keeps all."""
    long = [(1, None, "note", None, None, "\U0001f600" * 20_000, None, "a", BEGIN)]
    extras = replace(EXTRAS, rulings=from_rows(long, RULINGS, "rulings"))
    write_results(tmp_path / "out", RESULTS, extras, META)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "ket_qua.xlsx")["Quyết định xử lý"]
    assert sheet["F2"].value == "\U0001f600" * 16_383 + "…"
    assert "\U0001f600" * 20_000 in (tmp_path / "out" / "rulings.csv").read_text("utf-8")


def test_a_number_too_long_for_a_spreadsheet_is_a_text(tmp_path):
    """A guess of twenty digits keeps them all."""
    results = grade_all([sit("a", "r", guess="12345678901234567890")])
    write_results(tmp_path / "out", results, Extras("version: 1\n"), META)
    sheet = openpyxl.load_workbook(tmp_path / "out" / "ket_qua.xlsx")["Cá nhân"]
    assert sheet["O2"].value == "12345678901234567890"


def test_people_read_titles_and_words_where_programs_read_ids(tmp_path):
    """Several prizes of one person, each of its own ranking; what has no words stays."""
    stated = [
        {**prizes(("nhat", 1)), "of": of} | {"prizes": [{"id": "nhat", "title": title, "count": 1}]}
        for of, title in (("round", "Giải Nhất kỳ"), ("ca-hai", "Giải Nhất chung cuộc"))
    ]
    also = {"of": "ky-1", "edge": "all", "prizes": [{"id": "tre", "title": "Trẻ", "count": 1}]}
    results = grade_all(
        [sit("a", "rr"), sit("b", "w")],
        rules(boards=[BOARD], prizes={"people": [*stated, also]}),
    )
    write_results(tmp_path / "out", results, Extras("version: 1\n"), META)
    book = openpyxl.load_workbook(tmp_path / "out" / "ket_qua.xlsx")
    assert [cell.value for cell in book["Cá nhân"]["Q"]] == ["Giải", "Giải Nhất kỳ, Trẻ", None]
    assert book["Cá nhân"]["G2"].value == "chung"
    columns = [cell.value for cell in book["Bảng nhiều kỳ"][1]]
    prize = book["Bảng nhiều kỳ"].cell(2, columns.index("Giải") + 1)
    assert prize.value == "Giải Nhất chung cuộc"
    assert "nhat;tre" in (tmp_path / "out" / "ca_nhan.csv").read_text("utf-8")


# --- manifest and bytes


def test_the_manifest_names_every_file_with_its_hash(out):
    """Whoever has the manifest can tell whether a file was changed."""
    outputs = json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]
    assert outputs == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.iterdir()
        if path.name != "manifest.json"
    }


def test_rules_are_written_as_they_were_given(out):
    """Comments included."""
    assert (out / "rules.yml").read_bytes() == "version: 1  # thể lệ\n".encode()


def test_the_same_inputs_give_the_same_bytes(out, tmp_path):
    """Another folder, another run, another grading: byte for byte the same."""
    write_results(tmp_path / "khác", make_results(), EXTRAS, META)
    for path in out.iterdir():
        assert path.read_bytes() == (tmp_path / "khác" / path.name).read_bytes(), path.name


def test_the_order_of_rulings_given_changes_nothing(out, tmp_path):
    """They are sorted by number."""
    extras = replace(EXTRAS, rulings=EXTRAS.rulings.iloc[::-1])
    write_results(tmp_path / "out", RESULTS, extras, META)
    for path in out.iterdir():
        assert path.read_bytes() == (tmp_path / "out" / path.name).read_bytes(), path.name


def test_an_empty_contest_is_written_too(tmp_path):
    """Headers without rows, in every format."""
    write_results(tmp_path / "out", grade_all([]), Extras("version: 1\n"), META)
    for name in ("ca_nhan", "luot", "cau_hoi", "rulings", "removed"):
        lines = (tmp_path / "out" / f"{name}.csv").read_text("utf-8-sig").splitlines()
        assert lines == [HEADERS[name]]
    openpyxl.load_workbook(tmp_path / "out" / "ket_qua.xlsx")


def test_writing_does_not_change_its_input(tmp_path):
    """Results and extras are left as they were."""
    before = {name: frame.copy(deep=True) for name, frame in frames().items()}
    write_results(tmp_path / "out", RESULTS, EXTRAS, META)
    for name, frame in frames().items():
        pd.testing.assert_frame_equal(frame, before[name])


# --- the folder


def listing(folder):
    """Return file name -> bytes, of everything below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_made_with_its_parents(tmp_path):
    """And nothing else stays behind."""
    write_results(tmp_path / "a" / "b", RESULTS, EXTRAS, META)
    assert set(listing(tmp_path)) == {f"a/b/{name}" for name in (*OUTPUTS, "manifest.json")}


def test_an_empty_folder_is_filled(tmp_path):
    """The organiser may have made it."""
    (tmp_path / "out").mkdir()
    write_results(tmp_path / "out", RESULTS, EXTRAS, META)
    assert set(listing(tmp_path / "out")) == {*OUTPUTS, "manifest.json"}


def test_an_earlier_result_is_replaced_and_other_files_stay(tmp_path):
    """What the old manifest names goes, what others put there stays."""
    out = tmp_path / "out"
    write_results(out, grade_all([sit("a", "r")]), Extras("version: 1\n"), META)
    (out / "papers").mkdir()
    (out / "papers" / "bien_ban.docx").write_text("x")
    (out / "ghi_chu.txt").write_text("y")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    manifest["outputs"] |= {"cu.csv": "0" * 64, "../ngoai.csv": "0" * 64}
    (out / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (out / "cu.csv").write_text("z")
    (tmp_path / "ngoai.csv").write_text("outside")
    write_results(out, RESULTS, EXTRAS, META)
    kept = listing(tmp_path)
    assert set(kept) == {f"out/{name}" for name in (*OUTPUTS, "manifest.json")} | {
        "out/papers/bien_ban.docx",
        "out/ghi_chu.txt",
        "ngoai.csv",
    }
    assert json.loads(kept["out/manifest.json"])["outputs"].keys() == set(OUTPUTS)


@pytest.mark.parametrize("manifest", [None, "{}", '{"name": "web"}', "not json", "\udcff"])
def test_a_folder_with_other_files_is_refused(tmp_path, manifest):
    """Nothing in it is touched, and the message says what to do."""
    (tmp_path / "don_vi.csv").write_text("x")
    if manifest is not None:
        (tmp_path / "manifest.json").write_bytes(manifest.encode("utf-8", "surrogateescape"))
    before = listing(tmp_path)
    with pytest.raises(OutputRefused, match=r"có tệp khác .* Cách sửa"):
        write_results(tmp_path, RESULTS, EXTRAS, META)
    assert listing(tmp_path) == before


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    """It is kept."""
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputRefused, match=r"là một tệp.* Cách sửa"):
        write_results(tmp_path / "out", RESULTS, EXTRAS, META)
    assert listing(tmp_path) == {"out": b"x"}


def test_a_file_that_an_earlier_result_did_not_write_is_not_overwritten(tmp_path):
    """Even where a new file would have its name."""
    out = tmp_path / "out"
    write_results(out, RESULTS, EXTRAS, META)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    del manifest["outputs"]["luot.csv"]
    (out / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    before = listing(out)
    with pytest.raises(OutputRefused, match=r"có tệp luot\.csv .* Cách sửa"):
        write_results(out, RESULTS, EXTRAS, META)
    assert listing(out) == before


@pytest.mark.parametrize("step", ["_write_csv", "write_workbook", "write_database"])
def test_a_failure_leaves_the_earlier_result_whole(tmp_path, monkeypatch, step):
    """Nothing half-written, and no temporary folder."""

    def fail(*_):
        raise OSError("disk full")

    out = tmp_path / "out"
    write_results(out, grade_all([sit("a", "r")]), Extras("version: 1\n"), META)
    before = listing(tmp_path)
    monkeypatch.setattr(export_module, step, fail)
    with pytest.raises(OSError, match="disk full"):
        write_results(out, RESULTS, EXTRAS, META)
    assert listing(tmp_path) == before


def test_meta_of_other_rounds_is_refused_before_anything_is_written(tmp_path):
    """The folder isn't even made."""
    with pytest.raises(ValueError, match="graded were"):
        write_results(tmp_path / "out", RESULTS, EXTRAS, replace(META, rounds={"ky-9": ROUND}))
    assert listing(tmp_path) == {}
    assert not (tmp_path / "out").exists()


def test_extras_that_break_their_contract_are_refused(tmp_path):
    """A ruling without a reason isn't one."""
    broken = EXTRAS.rulings.assign(reason=None)
    with pytest.raises(ValueError, match=r"rulings: .*'reason'"):
        write_results(tmp_path / "out", RESULTS, replace(EXTRAS, rulings=broken), META)
