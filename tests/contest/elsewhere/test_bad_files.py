"""Everything that is wrong is told at once, by row and with the way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from contest.directory import ContestDirectory
from contest.elsewhere.sheet import SCORES
from tests.contest.elsewhere.helpers import (
    grade,
    iso,
    manifest,
    person,
    responses_file,
    scored,
    scores_file,
    table,
    write,
)
from tests.factories import CLOSES, OPENS, write_contest

HEADING = f"{','.join(SCORES)}\n".encode("ascii")


def said(directory: ContestDirectory, tmp_path: Path, file: Path, kind: str = "--scores") -> str:
    """Return what a refusal says; nothing may be written."""
    out = tmp_path / "khong_co"
    result = grade(directory.path, out, kind, str(file))
    assert result.exit_code == 1, result.output
    assert not out.exists()
    return result.output


def test_every_problem_at_once(directory: ContestDirectory, tmp_path: Path) -> None:
    """One of each kind, each with its row."""
    rows = [
        scored(1, "50"),
        scored(2, "50", unit_id="don-vi-khac"),
        scored(3, "50", group="nhom-khac"),
        scored(1, "40"),
        scored(4, "50", started_at="2026-11-23T08:05:00"),
        scored(5, "50", submitted_at=iso(OPENS)),
        scored(6, "70"),
        scored(7, ""),
        scored(8, "50", name="A\u200bB"),
        scored(9, "50", attempt_id="", prediction="ba"),
        scored(10, "50", started_at=iso(CLOSES), submitted_at=iso(CLOSES + 1000)),
        scored(11, "50", contestant_id="ts1", name="Tên khác"),
        scored(12, "50", started_at="", submitted_at=""),
        scored(13, "50", submitted_at=""),
    ]
    output = said(directory, tmp_path, scores_file(tmp_path / "diem.csv", rows))
    wanted = {
        3: "don-vi-khac", 4: "nhom-khac", 5: "đã có ở dòng 2", 6: "không ghi múi giờ",
        7: "nộp bài trước khi bắt đầu", 8: "tối đa là 60", 9: "ô score để trống",
        10: "không nhìn thấy", 11: "ô attempt_id để trống", 12: "ngoài giờ mở",
        13: "tên “Tên khác”", 14: "ô started_at để trống", 15: "không có submitted_at",
    }  # fmt: skip
    for row, words in wanted.items():
        lines = [line for line in output.splitlines() if line.startswith(f"diem.csv:{row}:")]
        assert any(words in line for line in lines), (row, output)
        assert all("Cách sửa" in line for line in lines)


def answers(n: int, *given: tuple[str, str], **changed: str) -> list[dict[str, str]]:
    """Return the rows of one paper."""
    return [{**person(n, **changed), "question_id": id_, "response": cell} for id_, cell in given]


def test_problems_of_responses(directory: ContestDirectory, tmp_path: Path) -> None:
    """Another contest's questions, unknown options, rows of one attempt that differ."""
    bank = directory.load().bank.questions
    first, second = bank[0].id, bank[1].id
    rows = [
        *answers(1, (first, "nowhere"), ("cau-khac", "a"), (first, "")),
        *answers(2, (first, "")),
        *answers(2, (second, ""), unit_id="dv-2", prediction="4"),
    ]
    file = responses_file(tmp_path / "bai.csv", rows)
    output = said(directory, tmp_path, file, "--responses")
    for row, words in (
        (2, "không có mã nowhere"),
        (3, "ngân hàng không có câu cau-khac"),
        (4, "đã có ở dòng 2"),
        (6, "unit_id là “dv-2”, nhưng ở dòng 5 là “dv-1”"),
        (6, "prediction là “4”"),
    ):
        found = [line for line in output.splitlines() if line.startswith(f"bai.csv:{row}:")]
        assert any(words in line for line in found), (row, output)


def test_paper_without_its_empty_answers(directory: ContestDirectory, tmp_path: Path) -> None:
    """A question left out would change what the paper is worth."""
    rows = answers(1, (directory.load().bank.questions[0].id, ""))
    file = responses_file(tmp_path / "bai.csv", rows)
    assert "có 1 câu, đề theo thể lệ có 6 câu" in said(directory, tmp_path, file, "--responses")


def test_every_paper_of_a_wrong_length_is_told(directory: ContestDirectory, tmp_path: Path) -> None:
    """Beside other problems; a row that can't be used counts as one of its paper."""
    ids = [question.id for question in directory.load().bank.questions]
    rows = [
        *answers(1, *((id_, "") for id_ in ids[:6])),
        *answers(2, *((id_, "") for id_ in [*ids[:5], "cau-khac"])),
        *answers(3, (ids[0], "")),
        *answers(4, (ids[0], ""), (ids[1], "")),
    ]
    file = responses_file(tmp_path / "bai.csv", rows)
    output = said(directory, tmp_path, file, "--responses")
    found = [line.split(": ")[0] for line in output.splitlines() if "đề theo thể lệ" in line]
    assert found == ["bai.csv:14", "bai.csv:15"]
    assert "bai.csv:13: lỗi: ngân hàng không có câu cau-khac" in output


def test_person_in_two_units_or_groups(directory: ContestDirectory, tmp_path: Path) -> None:
    """Whichever attempt would count, one of them is wrong."""
    rules = directory.path / "the_le.yml"
    text = rules.read_text(encoding="utf-8")
    more = '    title: "Mọi thí sinh"\n  - id: khac\n    title: "Nhóm khác"\n'
    rules.write_text(text.replace('    title: "Mọi thí sinh"\n', more), encoding="utf-8")
    same = {"contestant_id": "ts1", "name": "Thí sinh thử 00001"}
    rows = [scored(1, "50"), scored(2, "50", unit_id="dv-2", group="khac", **same)]
    output = said(directory, tmp_path, scores_file(tmp_path / "diem.csv", rows))
    assert "diem.csv:3: lỗi: thí sinh ts1 ở đơn vị dv-2, nhưng ở dòng 2 là dv-1" in output
    assert "diem.csv:3: lỗi: thí sinh ts1 ở nhóm khac, nhưng ở dòng 2 là chung" in output


def test_papers_that_took_longer_than_the_rules_say_are_told(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """They are ranked all the same: time may have been granted there."""
    late = {"started_at": iso(CLOSES - 60_000), "submitted_at": iso(CLOSES + 60_000)}
    rows = [
        scored(1, "50"),
        scored(2, "50", submitted_at=iso(OPENS + 40 * 60_000)),
        scored(3, "50", **late),
    ]
    file = scores_file(tmp_path / "diem.csv", rows)
    result = grade(directory.path, tmp_path / "out", "--scores", str(file), "--final")
    assert result.exit_code == 0, result.output
    told = [line for line in result.output.splitlines() if "lời khuyên" in line]
    assert [line.split(": ")[0] for line in told] == ["diem.csv:3", "diem.csv:4"]
    assert "làm trong 38 phút, thể lệ cho 20 phút" in told[0]
    assert "nộp sau khi kỳ ky-1 đóng" in told[1]
    assert {row["status"] for row in table(tmp_path / "out", "ca_nhan")} == {"ranked"}


def test_more_attempts_than_allowed(directory: ContestDirectory, tmp_path: Path) -> None:
    """Two, says the thể lệ."""
    rows = [scored(n, "50", contestant_id="ts1", name="Thí sinh thử 00001") for n in range(1, 4)]
    output = said(directory, tmp_path, scores_file(tmp_path / "diem.csv", rows))
    assert "lượt thứ 3 của thí sinh ts1, thể lệ cho 2" in output


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "không có dòng nào"),
        (b"a,b\n1,2\n", "thiếu cột contestant_id"),
        ("họ tên\n".encode("cp1258", "replace"), "không phải chữ UTF-8"),
        (b'contestant_id,"\n', "dấu nháy kép"),
        (HEADING + b"a" * 140_000, "có ô dài hơn 131072 ký tự"),
    ],
)
def test_files_that_are_no_table(
    directory: ContestDirectory, tmp_path: Path, raw: bytes, words: str
) -> None:
    """Told as such."""
    file = tmp_path / "diem.csv"
    file.write_bytes(raw)
    assert words in said(directory, tmp_path, file)


def test_missing_file(directory: ContestDirectory, tmp_path: Path) -> None:
    """As every other problem."""
    assert "không đọc được tệp" in said(directory, tmp_path, tmp_path / "nowhere.csv")


def test_names_are_text(directory: ContestDirectory, tmp_path: Path) -> None:
    """A byte order mark is passed over, a formula stays a name."""
    file = scores_file(tmp_path / "diem.csv", [scored(1, "50", name="=1+1")])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    result = grade(directory.path, tmp_path / "out", "--scores", str(file))
    assert result.exit_code == 0, result.output
    assert table(tmp_path / "out", "ca_nhan")[0]["name"] == "=1+1"
    found = manifest(tmp_path / "out")
    assert (found["status"], found["source"]["kind"]) == ("provisional", "scores")
    assert found["source"]["file"] == "diem.csv"


def test_times_may_be_missing_where_no_key_needs_them(tmp_path: Path) -> None:
    """Then they are unknown in the result, too."""
    directory = write_contest(tmp_path / "cuoc_thi", prediction=None)
    rules = directory.path / "the_le.yml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("      - {key: duration, order: low}\n    ties", "    ties"))
    rows = [
        scored(n, score, started_at="", submitted_at="", prediction="")
        for n, score in ((1, "30"), (2, "50"))
    ]
    file = scores_file(tmp_path / "diem.csv", rows)
    result = grade(directory.path, tmp_path / "out", "--scores", str(file), "--final")
    assert result.exit_code == 0, result.output
    found = table(tmp_path / "out", "ca_nhan")
    assert [(row["rank"], row["contestant_id"]) for row in found] == [("1", "ts2"), ("2", "ts1")]
    assert {row["submitted_at"] + row["started_at"] + row["duration_ms"] for row in found} == {""}
    assert manifest(tmp_path / "out")["status"] == "final"


def test_several_rounds_need_a_column(tmp_path: Path) -> None:
    """Or --round; then rows are of that one."""
    day = 86_400_000
    more = [("ky-2", CLOSES + day, CLOSES + 2 * day)]
    directory = write_contest(tmp_path / "cuoc_thi", more_rounds=more)
    file = scores_file(tmp_path / "diem.csv", [scored(1, "50")])
    assert "không có cột round" in said(directory, tmp_path, file)
    options = ["--scores", str(file), "--round", "ky-1"]
    assert grade(directory.path, tmp_path / "mot", *options).exit_code == 0
    later = CLOSES + day + 60_000
    times = {"started_at": iso(later), "submitted_at": iso(later + 60_000)}
    rows = [scored(1, "50", round="ky-1"), scored(2, "40", round="ky-2", **times)]
    both = scores_file(tmp_path / "hai.csv", rows, "round")
    result = grade(directory.path, tmp_path / "hai", "--scores", str(both))
    assert result.exit_code == 0, result.output
    assert [row["round"] for row in table(tmp_path / "hai", "ca_nhan")] == ["ky-1", "ky-2"]


@pytest.fixture
def outside(directory: ContestDirectory) -> ContestDirectory:
    """A contest whose prediction's true value others publish."""
    rules = directory.path / "the_le.yml"
    text = rules.read_text(encoding="utf-8")
    assert text.count("computed") == 1
    rules.write_text(text.replace("computed", "outside"), encoding="utf-8")
    return directory


def test_true_value_from_outside(outside: ContestDirectory, tmp_path: Path) -> None:
    """With it the result is final, people stand by their distance to it."""
    rows = [scored(1, "50", prediction="10"), scored(2, "50", prediction="1200")]
    file = scores_file(tmp_path / "diem.csv", rows)
    options = ["--scores", str(file), "--true-value", "ky-1=1.234", "--final"]
    result = grade(outside.path, tmp_path / "out", *options)
    assert result.exit_code == 0, result.output
    found = manifest(tmp_path / "out")
    assert (found["status"], found["rounds"]["ky-1"]["prediction"]["true_value"]) == (
        "final", "1234",
    )  # fmt: skip
    assert {
        row["contestant_id"]: row["prediction_error"] for row in table(tmp_path / "out", "ca_nhan")
    } == {"ts1": "1224", "ts2": "34"}


def test_without_the_true_value_nothing_is_final(outside: ContestDirectory, tmp_path: Path) -> None:
    """A provisional result says why; --final is refused with the way out, nothing is written."""
    file = scores_file(tmp_path / "diem.csv", [scored(1, "50")])
    result = grade(outside.path, tmp_path / "out", "--scores", str(file))
    assert (result.exit_code, manifest(tmp_path / "out")["status"]) == (0, "provisional")
    assert "--true-value ky-1=" in result.output
    refused = grade(outside.path, tmp_path / "khong_co", "--scores", str(file), "--final")
    assert (refused.exit_code, (tmp_path / "khong_co").exists()) == (1, False)
    assert "--true-value ky-1=" in refused.output


def test_true_values_that_can_not_be(outside: ContestDirectory, tmp_path: Path) -> None:
    """All of them at once."""
    file = scores_file(tmp_path / "diem.csv", [scored(1, "50")])
    given = ["5", "ky-9=5", "ky-1=nhiều", "ky-1=5", "ky-1=6"]
    options = [part for one in given for part in ("--true-value", one)]
    result = grade(outside.path, tmp_path / "out", "--scores", str(file), *options)
    assert result.exit_code == 1
    for words in ("dạng KỲ=SỐ", "không chấm kỳ ky-9", "nhiều không phải số", "đã có giá trị khác"):
        assert words in result.output


def test_true_value_that_the_rules_compute_is_not_given(
    directory: ContestDirectory, tmp_path: Path
) -> None:
    """It follows from the rows."""
    file = scores_file(tmp_path / "diem.csv", [scored(1, "50")])
    options = ["--scores", str(file), "--true-value", "ky-1=5"]
    result = grade(directory.path, tmp_path / "out", *options)
    assert (result.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "không do nơi khác công bố" in result.output


def test_prediction_over_all_rounds_wants_them_all(tmp_path: Path) -> None:
    """Graded alone, a round is provisional and says why."""
    day = 86_400_000
    more = [("ky-2", CLOSES + day, CLOSES + 2 * day)]
    directory = write_contest(tmp_path / "cuoc_thi", more_rounds=more)
    rules = directory.path / "the_le.yml"
    text = rules.read_text(encoding="utf-8")
    assert text.count("scope: round") == 1
    rules.write_text(text.replace("scope: round", "scope: contest"), encoding="utf-8")
    file = scores_file(tmp_path / "diem.csv", [scored(1, "50")])
    result = grade(directory.path, tmp_path / "out", "--scores", str(file), "--round", "ky-1")
    assert result.exit_code == 0, result.output
    assert "không chấm đủ các kỳ" in result.output


def test_options_that_contradict(directory: ContestDirectory, tmp_path: Path) -> None:
    """Two files, or a promise about the kit's own rows."""
    file = write(tmp_path / "a.csv", [], ["contestant_id"])
    options = ["--scores", str(file), "--responses", str(file)]
    assert grade(directory.path, tmp_path / "o", *options).exit_code == 1
    assert "timhieu close" in grade(directory.path, tmp_path / "o", "--final").output
