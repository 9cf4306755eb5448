"""What the organiser's notebook shows: the graded files, and nothing else."""

from __future__ import annotations

import base64
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from contest.commands.grade import grade_directory
from contest.commands.simulate import simulate_directory
from contest.ui.organiser import FILES, GradedContest, NoResults, graded_contest
from tests.factories import write_contest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the results of sixty synthetic people."""
    directory = write_contest(tmp_path_factory.mktemp("desk") / "x")
    simulate_directory(directory.path, 60, 7, close=True)
    grade_directory(directory.path, [], directory.path / "ket_qua")
    return directory.path / "ket_qua"


@pytest.fixture
def graded(folder: Path) -> GradedContest:
    """Return the results, opened."""
    return graded_contest(folder)


def test_folder_without_results_is_refused(tmp_path: Path) -> None:
    """With the command that makes them."""
    with pytest.raises(NoResults, match="timhieu grade"):
        graded_contest(tmp_path)


def test_overview_tells_people_and_entries(graded: GradedContest) -> None:
    """And that they are synthetic."""
    shown = graded.overview().data
    assert "60 người dự thi" in shown
    assert "DỮ LIỆU THỬ" in shown


def test_people_table_can_be_narrowed_to_a_unit(graded: GradedContest) -> None:
    """The choice filters the rows."""
    choice, shown = graded.people_table().children
    choice.value = "Đơn vị mẫu 1"
    assert shown.value.count("<tr>") - 1 == (graded.people["unit"] == "Đơn vị mẫu 1").sum()


def test_unit_table_has_every_unit(graded: GradedContest) -> None:
    """Of every level."""
    shown = graded.unit_table().data
    assert all(f"<td>{name}</td>" in shown for name in graded.units["unit"])


def test_tables_have_caption_and_column_headers(graded: GradedContest) -> None:
    """So that a screen reader can tell what a cell is."""
    shown = graded.unit_table().data
    assert shown.count("<caption>") == shown.count("<table>")
    assert '<th scope="col">' in shown


@pytest.mark.parametrize("chart", ["score_chart", "participation_chart"])
def test_chart_has_alt_text_and_a_table(graded: GradedContest, chart: str) -> None:
    """Whoever can't see it reads the same."""
    shown = getattr(graded, chart)().data
    assert re.search(r'<img alt="[^"]{20,}"', shown)
    assert "<details>" in shown


def test_score_chart_counts_every_counted_attempt(graded: GradedContest) -> None:
    """The table's figures add up to the people with a result."""
    cells = re.findall(r"<td>(\d+)</td>", graded.score_chart().data)
    assert sum(map(int, cells)) == pd.to_numeric(graded.people["correct"]).notna().sum()


def test_names_are_shown_as_text(folder: Path, tmp_path: Path) -> None:
    """A name that looks like HTML stays a name."""
    copy = tmp_path / "ket_qua"
    shutil.copytree(folder, copy)
    path = copy / "ca_nhan.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Thí sinh thử 00001", "<b>x</b>"), encoding="utf-8-sig")
    assert "<b>x</b>" not in graded_contest(copy).people_table().children[1].value


def test_export_button_hands_over_the_file(graded: GradedContest) -> None:
    """The very bytes that were graded."""
    buttons, link, _ = graded.export_buttons().children
    assert [button.description for button in buttons.children] == list(FILES)
    buttons.children[0].click()
    content = re.search(r"base64,([^\"]+)", link.value)
    assert content is not None
    assert base64.b64decode(content[1]) == (graded.folder / FILES[0]).read_bytes()


def test_questions_are_shown_as_a_chart_with_the_same_as_a_table(graded: GradedContest) -> None:
    """Every question with a discrimination index; the picture has its finding as alt text."""
    graded.items["flags"] = "few"
    shown = graded.questions().data
    rows = graded.items[graded.items["discrimination_index"] != ""]
    assert f"{len(rows)} câu, trong đó" in re.search(r'alt="([^"]+)"', shown)[1]
    assert shown.count("<tr>") - 1 == len(rows)


def test_flagged_questions_are_listed_with_why(graded: GradedContest) -> None:
    """Those with too few papers aside; a text from the bank is escaped."""
    graded.items.loc[0, ["flags", "notes", "stem"]] = ["too_easy", "Quá dễ", "<b>"]
    shown = graded.questions().data
    assert "<td>Quá dễ</td>" in shown
    assert "<td>&lt;b&gt;</td>" in shown
    graded.items["flags"] = "few"
    assert graded.questions().data.endswith("<p>Không có câu nào cần xem lại.</p>")


def test_option_choice_is_shown_question_by_question(graded: GradedContest) -> None:
    """Nothing before one is chosen; then a row for each of its options."""
    choice, shown = graded.option_table().children
    assert shown.value == ""
    id_ = graded.options["question_id"].iloc[0]
    choice.value = id_
    assert shown.value.count("<tr>") - 1 == (graded.options["question_id"] == id_).sum()


def test_tests_and_advice_are_shown(graded: GradedContest) -> None:
    """One row for each round and group; without advice a sentence says so."""
    assert graded.test_table().data.count("<tr>") - 1 == len(graded.tests)
    graded.advice = graded.advice.iloc[:0]
    assert graded.advice_table().data == "<p>Không có bài nào cần xem lại.</p>"
