"""Files -> Bank, or every problem at once."""

from __future__ import annotations

import time

import pytest

from questions import ProblemsFound, load_bank, read_bank


def found(folder) -> list[tuple[str, int, str]]:
    """Return (file, line, code) of every error in the folder."""
    return [(p.file, p.line, p.code) for p in read_bank(folder.path).errors]


def test_a_good_bank_loads(folder):
    """Topics give the order of the questions; the topic comes from the file's name."""
    bank = load_bank(folder.path)
    assert [(q.id, q.topic) for q in bank.questions] == [
        ("c-1", "chung"),
        ("c-2", "chung"),
        ("r-1", "rieng"),
    ]


def test_a_good_bank_has_neither_errors_nor_advice(folder):
    """The small bank of these tests is clean, so that what a test finds is its own doing."""
    assert read_bank(folder.path).problems == []


def test_a_year_may_be_written_plainly(folder):
    """`date: 2026` is a whole number to the reader and a year to the model."""
    folder.replace("sources.yml", "2026-01", "2026")
    assert load_bank(folder.path).source_by_id["nguon"].date == "2026"


@pytest.mark.parametrize(
    ("name", "old", "new", "below", "code"),
    [
        ("chung.yml", "stem: Đơn vị", "stem: [Đơn vị", 1, "yaml.broken"),
        ("chung.yml", "level: recall", "levels: recall", 0, "model.extra_forbidden"),
        ("rieng.yml", "id: r-1", "id: c-1", 0, "question.repeated"),
        ("facts.yml", "id: f.2", "id: f.1", 0, "fact.repeated"),
        ("sources.yml", "id: bao", "id: nguon", 0, "source.repeated"),
        ("bank.yml", "id: rieng", "id: chung", 0, "topic.repeated"),
        ("bank.yml", "id: rieng", "id: facts", 0, "topic.reserved"),
        (
            "rieng.yml",
            "    facts: [f.1]\n",
            f"    status: {{status: approved, by: An, on: 2026-01-23, hash: {'0' * 64}}}\n",
            -5,
            "question.no_fact",
        ),
        ("rieng.yml", "facts: [f.1]", "facts: [f.9]", 0, "fact.unknown"),
        ("rieng.yml", "facts: [f.1]", "facts: [f.2]", 0, "question.fact_in_conflict"),
        ("rieng.yml", "facts: [f.1]", "sources: [khong-co]\n    facts: [f.1]", 0, "source.unknown"),
        (
            "rieng.yml",
            "level: apply",
            "topic: rieng\n    level: apply",
            0,
            "question.topic_written",
        ),
        ("rieng.yml", "key: true", "key: 1", 0, "model.bool_type"),
        ("rieng.yml", "key: true", "key: yes", 0, "model.bool_type"),
        ("rieng.yml", "type: true_false", "type: poem", -1, "model.union_tag_invalid"),
        ("rieng.yml", "    type: true_false\n", "", -1, "model.union_tag_not_found"),
        ("rieng.yml", "level: apply", "level: hard", 0, "model.literal_error"),
        ("rieng.yml", "    level: apply\n", "", -2, "model.missing"),
        (
            "rieng.yml",
            "    level: apply\n",
            "    level: apply\n    level: apply\n",
            1,
            "yaml.repeated",
        ),
        ("rieng.yml", "facts: [f.1]", "facts: &f [f.1]", 0, "yaml.anchor"),
        ("rieng.yml", "version: 1", "version: 2", 0, "file.version"),
        ("rieng.yml", "version: 1", "version: true", 0, "file.version"),
        ("rieng.yml", "version: 1\n", "", 0, "file.version"),
        ("rieng.yml", "questions:", "cau_hoi:", 0, "model.extra_forbidden"),
        ("rieng.yml", "hơn mười", "hơn\x07 mười", 0, "yaml.control_character"),
        ("rieng.yml", "hơn mười", "hơn\u200b mười", 0, "model.control_character"),
        ("rieng.yml", "hơn mười", "hơn\u202e mười", 0, "model.control_character"),
        (
            "rieng.yml",
            "stem: Đơn vị mẫu có hơn mười người.",
            "stem: '  '",
            0,
            "model.string_too_short",
        ),
        ("rieng.yml", "stem: Đơn vị mẫu có hơn mười người.", "stem: 12", 0, "model.string_type"),
        (
            "rieng.yml",
            "stem: Đơn vị mẫu có hơn mười người.",
            'stem: "\\ud800"',
            0,
            "model.string_unicode",
        ),
        ("chung.yml", "key: b", "key: e", 0, "question.key_unknown"),
        ("chung.yml", "key: b", "key: [a, b]", 0, "model.one_right"),
        ("chung.yml", "        text: 11 người", "        text: 11", 0, "model.string_type"),
        ("chung.yml", "key: [a, c]", "key: a", 0, "model.tuple_type"),
        ("chung.yml", "key: [a, c]", "key: []", 0, "model.too_short"),
        ("chung.yml", "key: [a, c]", "key: [a, a]", 0, "question.key_repeated"),
        ("chung.yml", "text: 11 người", "text: 12  Người", 1, "question.option_text_repeated"),
        (
            "chung.yml",
            "      - id: b\n        text: 12",
            "      - id: a\n        text: 12",
            0,
            "question.option_repeated",
        ),
        ("chung.yml", "key: b", "key: b\n    points: NaN", 1, "model.finite_number"),
        ("chung.yml", "key: b", "key: b\n    points: 0", 1, "model.greater_than"),
        ("chung.yml", "key: b", "key: b\n    points: 1,5", 1, "model.decimal_parsing"),
        ("chung.yml", "key: b", "key: b\n    points: 0.0000001", 1, "model.decimal_max_places"),
        ("chung.yml", "key: b", "key: b\n    shuffle: 0", 1, "model.bool_type"),
        (
            "chung.yml",
            "key: b",
            "key: b\n    status: {status: reviewed}",
            1,
            "model.status_incomplete",
        ),
        (
            "chung.yml",
            "key: b",
            "key: b\n    status: {on: 20261123}",
            1,
            "model.date_from_datetime_parsing",
        ),
        (
            "chung.yml",
            "key: b",
            "key: b\n    status: {on: 2026-02-30}",
            1,
            "model.date_from_datetime_parsing",
        ),
        (
            "chung.yml",
            "key: b",
            "key: b\n    image: {file: ../x.png, alt: Ảnh}",
            1,
            "model.string_pattern_mismatch",
        ),
        (
            "chung.yml",
            "key: b",
            "key: b\n    image: {file: x.png, alt: Ảnh}",
            1,
            "question.no_image",
        ),
        (
            "facts.yml",
            "    cites:\n      source: bao\n      place: Đoạn 3\n",
            "",
            -2,
            "model.missing",
        ),
        ("facts.yml", "source: nguon", "source: khong-co", 0, "source.unknown"),
        (
            "facts.yml",
            "    further:\n      - source: bao\n        place: Đoạn 2\n",
            "",
            0,
            "fact.confirmed_once",
        ),
        (
            "facts.yml",
            "status: in_conflict",
            "list: dot_pha\n    status: one_source",
            0,
            "fact.list_item",
        ),
        (
            "facts.yml",
            "status: in_conflict",
            "list: dot_pha\n    item: 4\n    status: one_source",
            1,
            "fact.item_beyond",
        ),
        (
            "facts.yml",
            "status: in_conflict",
            "list: dot_pha\n    item: true\n    status: one_source",
            1,
            "model.int_type",
        ),
        ("facts.yml", "status: in_conflict", "status: superseded", 0, "superseded.mismatch"),
        (
            "facts.yml",
            "status: in_conflict",
            "status: superseded\n    superseded_by: f.9",
            1,
            "fact.unknown",
        ),
        ("facts.yml", "value: 12", "value: một tá", 0, "model.decimal_parsing"),
        ("sources.yml", "date: 2026-01", "date: 2026-13", 0, "model.partial_date"),
        ("sources.yml", "date: 2026-01", "date: ２０２６", 0, "model.partial_date"),
        ("sources.yml", "id: bao", "id: Báo", 0, "model.string_pattern_mismatch"),
        (
            "bank.yml",
            "title: Phần riêng",
            "title: Phần riêng\n    ten: x",
            1,
            "model.extra_forbidden",
        ),
    ],
)
def test_bad_input_is_refused_with_file_and_line(folder, name, old, new, below, code):
    """Every fault is told where it stands (or at the entry, where something is missing)."""
    line = folder.replace(name, old, new)
    result = found(folder)
    assert (name, max(line + below, 1), code) in result


def test_all_faults_of_all_files_are_told_in_one_list(folder):
    """A fault in one file hides none in another, nor the checks of what could be read."""
    expected = [
        ("bank.yml", folder.replace("bank.yml", "id: thu\n", "id: thu\nten: x\n") + 1),
        ("sources.yml", folder.replace("sources.yml", "issuer: Báo mẫu", "issuer: [")),
        ("facts.yml", folder.replace("facts.yml", "id: f.2", "id: f.1")),
        ("chung.yml", folder.replace("chung.yml", "key: b", "key: e")),
        ("chung.yml", folder.replace("chung.yml", "level: understand", "level: hard")),
        ("rieng.yml", folder.replace("rieng.yml", "[f.1]", "[f.1, f.7]")),
    ]
    result = {(file, line) for file, line, _ in found(folder)}
    assert {(file, line) for file, line in expected if file != "sources.yml"} <= result
    assert "sources.yml" in {file for file, _ in result}


def test_what_could_not_be_read_is_not_called_unknown(folder):
    """One fault in a fact doesn't make its questions' facts unknown too."""
    folder.replace("facts.yml", "value: 12", "value: một tá")
    assert [code for _, _, code in found(folder)] == ["model.decimal_parsing"]


def test_an_unreadable_file_leaves_no_echo(folder):
    """A broken sources.yml doesn't make every citation unknown."""
    folder.write("sources.yml", "version: 1\nsources: [\n")
    assert {code for _, _, code in found(folder)} == {"yaml.broken"}


def test_nothing_is_imported_in_part(folder):
    """With one error there is no bank at all."""
    folder.replace("chung.yml", "key: b", "key: e")
    with pytest.raises(ProblemsFound) as raised:
        load_bank(folder.path)
    assert [p.code for p in raised.value.problems] == ["question.key_unknown"]


def test_a_file_that_is_not_utf8_is_refused_with_the_line(folder):
    """Old encodings are told where they begin to be wrong."""
    data = folder.read("rieng.yml").encode()
    (folder.path / "rieng.yml").write_bytes(data.replace("Đơn".encode(), b"\xd0on", 1))
    assert found(folder) == [("rieng.yml", 6, "file.not_utf8")]


def test_a_missing_file_is_told(folder):
    """Every declared topic has its file."""
    (folder.path / "rieng.yml").unlink()
    assert found(folder) == [("rieng.yml", 0, "file.missing")]


def test_an_empty_folder_misses_its_three_files(tmp_path):
    """No folder, no bank; no exception either."""
    result = [(p.file, p.code) for p in read_bank(tmp_path / "none").errors]
    assert result == [(f"{name}.yml", "file.missing") for name in ("bank", "facts", "sources")]


def test_a_file_of_no_topic_is_told(folder):
    """A forgotten topic would silently lose its questions."""
    folder.write("them.yml", "version: 1\nquestions: []\n")
    assert found(folder) == [("them.yml", 0, "file.stray")]


def test_the_prefix_stands_before_file_names(folder):
    """Messages name files as the user knows them."""
    folder.replace("chung.yml", "key: b", "key: e")
    assert read_bank(folder.path, "ngan_hang/").errors[0].file == "ngan_hang/chung.yml"


def test_a_problem_reads_as_place_fault_and_mend(folder):
    """The line an organiser sees."""
    line = folder.replace("chung.yml", "key: b", "key: e")
    result = str(read_bank(folder.path).errors[0])
    assert result == (
        f"chung.yml:{line}: lỗi: đáp án e không có trong các phương án. Cách sửa: sửa key."
    )


def test_an_item_of_a_list_is_named_by_its_number(folder):
    """People count from one."""
    folder.replace("rieng.yml", "facts: [f.1]", "facts: [f.1, 2]")
    assert "facts (2) phải là chữ, đang là 2." in str(read_bank(folder.path).errors[0])


def test_five_thousand_questions_load_in_seconds(folder):
    """Loading a large bank is no coffee break, whatever the machine's mood."""
    one = folder.read("rieng.yml").split("questions:\n")[1]
    many = "".join(one.replace("r-1", f"r-{number}") for number in range(5000))
    folder.write("rieng.yml", f"version: 1\nquestions:\n{many}")
    start = time.perf_counter()
    assert len(load_bank(folder.path).questions) == 5002
    assert time.perf_counter() - start < 30
