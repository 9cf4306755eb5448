"""Bank -> files -> the same bank."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from questions import BANKS, Bank, Topic, load_bank
from questions.dump import QUESTION_KEYS, dump_bank, dump_files
from questions.types import MultipleChoice, SingleChoice, TrueFalse
from tests.questions.strategies import banks


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(banks())
def test_what_was_dumped_loads_as_the_same_bank(bank):
    """load(dump(bank)) == bank, whatever the texts."""
    with tempfile.TemporaryDirectory() as folder:
        dump_bank(bank, Path(folder))
        assert load_bank(Path(folder)) == bank


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(banks())
def test_dumping_again_changes_nothing(bank):
    """The files are canonical: one bank, one text."""
    with tempfile.TemporaryDirectory() as folder:
        dump_bank(bank, Path(folder))
        assert dump_files(load_bank(Path(folder))) == dump_files(bank)


def test_built_in_banks_are_canonical():
    """So that a later dump of an edited bank shows the edit and nothing else."""
    for folder in BANKS.iterdir():
        for name, text in dump_files(load_bank(folder)).items():
            assert (folder / name).read_text(encoding="utf-8") == text, name


def test_what_is_none_or_default_is_left_out(folder):
    """The files hold what somebody wrote, not what the models add."""
    text = dump_files(load_bank(folder.path))["rieng.yml"]
    assert text == (
        "version: 1\n"
        "\n"
        "questions:\n"
        "  - id: r-1\n"
        "    type: true_false\n"
        "    level: apply\n"
        "    stem: Đơn vị mẫu có hơn mười người.\n"
        "    key: true\n"
        "    facts: [f.1]\n"
        "    explanation: Đơn vị có 12 người.\n"
    )


def test_the_topic_is_the_name_of_the_file_only(folder):
    """Written twice, it could differ."""
    assert "topic" not in dump_files(load_bank(folder.path))["chung.yml"]


def test_text_that_reads_as_something_else_is_quoted(folder):
    """Whole numbers, true, false and null; what our reader leaves as text stays plain."""
    folder.replace("rieng.yml", "explanation: Đơn vị có 12 người.", 'explanation: "12"')
    folder.replace("sources.yml", "issuer: Báo mẫu", "issuer: no")
    files = dump_files(load_bank(folder.path))
    assert "explanation: '12'\n" in files["rieng.yml"]
    assert "issuer: no\n" in files["sources.yml"]
    assert "date: 2026-01\n" in files["sources.yml"]
    assert "value: 12\n" in files["facts.yml"]


def test_long_text_is_folded_into_lines(folder):
    """A diff then shows the changed lines."""
    folder.replace("rieng.yml", "stem: Đơn vị", "stem: " + "Rất dài " * 30 + "đơn vị")
    text = dump_files(load_bank(folder.path))["rieng.yml"]
    assert "stem: >-\n" in text
    assert max(map(len, text.splitlines())) <= 110


def test_every_field_of_every_type_has_its_place_in_the_order():
    """A new field that is missing there would be lost."""
    for kind in (SingleChoice, MultipleChoice, TrueFalse):
        assert set(kind.model_fields) - set(QUESTION_KEYS) == {"topic"}


def test_other_files_in_the_folder_are_left_alone(folder):
    """Pictures and notes belong to people."""
    (folder.path / "anh").mkdir()
    (folder.path / "ghi_chu.txt").write_text("giữ lại", encoding="utf-8")
    dump_bank(load_bank(folder.path), folder.path)
    assert (folder.path / "ghi_chu.txt").read_text(encoding="utf-8") == "giữ lại"
    assert sorted(path.name for path in folder.path.iterdir()) == [
        "anh", "bank.yml", "chung.yml", "facts.yml", "ghi_chu.txt", "rieng.yml", "sources.yml",
    ]  # fmt: skip


def test_a_question_of_no_topic_of_the_bank_is_refused(folder):
    """It would silently be lost."""
    topics = (Topic(id="chung", title="Phần chung"),)
    poorer = load_bank(folder.path).model_copy(update={"topics": topics})
    with pytest.raises(ValueError, match="rieng"):
        dump_files(poorer)


def test_an_empty_bank_keeps_its_empty_lists(tmp_path):
    """A bank may begin with nothing."""
    bank = Bank(id="b", title="B", topics=(), sources=(), facts=(), questions=())
    dump_bank(bank, tmp_path / "moi")
    assert load_bank(tmp_path / "moi") == bank
