"""Drafts: right, of one form, the same each time, and never taken for finished."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from questions.drafting import Document, Drafts, Paragraph, propose, read_document
from questions.drafting.distractors import distractors, roman, roman_value
from questions.drafting.finds import finds
from questions.drafting.source import source_id
from questions.model import DRAFTED

READ = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
"""What a paragraph can hold once it was read."""


def drafts(letter: Path, seed: int = 0) -> Drafts:
    """Return what is proposed from the letter."""
    return propose(read_document(letter), "chung", seed=seed)


def of(sentence: str, **more: object) -> Drafts:
    """Return what is proposed from one sentence."""
    paragraphs = (Paragraph(1, "Mở đầu văn bản."), Paragraph(2, sentence))
    return propose(Document("mau.txt", paragraphs), "chung", **more)


def test_every_kind_of_value_is_asked_for(letter: Path) -> None:
    """Numbers, dates, documents, counts, ordinals, offices; each once."""
    right = []
    for question in drafts(letter).questions:
        if question.type == "single":
            right += [option.text for option in question.options if option.id == question.key]
        else:
            right += [gap.accepted[0] for gap in question.gaps if gap.accepted]
    for value in (
        "12-CV/CQM",
        "77-KH/CQM",
        "09/01/2023",
        "398",
        "8,02",
        "05",
        "XIV",
        "2020 - 2025",
    ):
        assert value in right
    assert "Bí thư" in right
    assert "Phó Bí thư" in right


def test_addresses_and_headings_state_nothing(letter: Path) -> None:
    """`Kính gửi: … 40 đơn vị` is no fact."""
    said = " ".join(fact.statement for fact in drafts(letter).facts)
    assert "40 đơn vị" not in said
    assert "Địa danh mẫu, ngày" not in said


def test_the_source_is_drafted_from_the_head(letter: Path) -> None:
    """Number, day, title; the id from the file's name."""
    source = drafts(letter).source
    assert (source.id, source.number, source.date) == ("cong-van-mau", "12-CV/CQM", "2024-03-05")
    assert source.title.startswith("Báo cáo kết quả")


def test_a_document_without_number_is_a_draft_itself() -> None:
    """`Số - CV/…`, `ngày   tháng 4`: it was never sent."""
    head = (Paragraph(1, "Số - CV/ĐU"), Paragraph(2, "Nơi mẫu, ngày tháng 4 năm 2026"))
    assert propose(Document("a.txt", head), "chung").source.status == "draft"


def test_options_are_four_values_of_one_form_and_one_is_right(letter: Path) -> None:
    """None of the wrong ones stands in the sentence, where it might be true."""
    singles = [one for one in drafts(letter).questions if one.type == "single"]
    assert singles
    for question in singles:
        shown = [option.text for option in question.options]
        right = next(option.text for option in question.options if option.id == question.key)
        assert 3 <= len(shown) == len(set(shown)) <= 4
        assert question.explanation
        wrong = [text for text in shown if text != right]
        assert not [text for text in wrong if f" {text} " in question.explanation]
        assert len({text.count("/") for text in shown}) == 1


def test_a_short_statement_with_a_number_is_asked_about() -> None:
    """A fragment of the same length isn't."""
    (fact,) = of("GRDP tăng 7,1%/năm.").facts
    assert fact.statement == "GRDP tăng 7,1%/năm."
    assert of("Khoảng 7,1%/năm").facts == of("12 người khác.").facts == ()


def test_counts_may_be_typed_in_any_spelling() -> None:
    """05, 5, năm."""
    made = of("Nghị quyết mẫu nêu 05 quan điểm và 12 nội dung, 06 nhiệm vụ cần làm.")
    (cloze,) = [one for one in made.questions if one.type == "cloze"]
    assert cloze.gaps[0].accepted == ("05", "5", "năm")
    assert cloze.findings is not None
    assert list(cloze.findings()) == []


def test_names_are_never_made_up() -> None:
    """Without other names in the document only the office is asked for."""
    made = of("Đồng chí Trần Văn Mẫu, Bí thư xã mẫu, dự hội nghị cùng mọi người.")
    keys = [
        next(option.text for option in one.options if option.id == one.key)
        for one in made.questions
    ]
    assert keys == ["Bí thư"]


def test_the_same_document_gives_the_same_drafts(letter: Path) -> None:
    """Another seed mixes the options anew, under the same ids."""
    first, again, other = drafts(letter), drafts(letter), drafts(letter, seed=7)
    assert first == again
    assert first != other
    assert [one.id for one in first.questions] == [one.id for one in other.questions]


def test_drafts_are_marked_and_rest_on_their_fact(letter: Path) -> None:
    """Tag, status, fact; a draft is complete enough to be read."""
    made = drafts(letter)
    facts = {fact.id for fact in made.facts}
    for question in made.questions:
        assert question.tags == (DRAFTED,)
        assert question.status.status == "draft"
        assert set(question.facts) <= facts
        assert list(question.findings()) == []
    assert all(fact.note and fact.status == "one_source" for fact in made.facts)


def test_long_sentences_are_cut_around_the_gap() -> None:
    """A stem is to be read in a minute."""
    sentence = (
        "Trong hội nghị, "
        + "nhiều việc khác nhau, " * 30
        + "có 398 đại biểu dự, "
        + "rồi nghỉ, " * 30
    )
    (question,) = of(sentence.strip(", ") + ".").questions
    assert "……" in question.stem
    assert len(question.stem.split()) < 65
    assert question.stem.count("…") > 2


def test_only_takes_questions_with_their_facts(letter: Path) -> None:
    """A person chooses."""
    made = drafts(letter)
    one = made.only([made.questions[-1].id])
    assert [fact.id for fact in one.facts] == list(one.questions[0].facts)


@given(st.text(READ, max_size=300), st.integers(0, 3))
def test_any_text_can_be_drafted_from(text: str, seed: int) -> None:
    """Whatever it holds, what comes of it is whole."""
    made = of(text, seed=seed)
    for question in made.questions:
        assert list(question.findings()) == []


@given(st.integers(1, 89))
def test_roman_numerals_go_both_ways(value: int) -> None:
    """Congresses and terms are numbered so."""
    assert roman_value(roman(value)) == value


def test_wrong_numbers_keep_the_form_of_the_right_one() -> None:
    """Zeros in front, thousands, decimals, a share below 100."""
    for sentence, like in (
        ("nêu 05 quan điểm", lambda text: len(text) == 2),
        ("có 71.000 đảng viên", lambda text: text.endswith("0") and "." in text),
        ("đạt 8,02% kế hoạch", lambda text: len(text.split(",")[1]) == 2),
        ("đạt 95% kế hoạch", lambda text: int(text) <= 100),
    ):
        (find,) = finds(sentence)
        wrong = distractors(find, [], sentence, 0)
        assert len(wrong) == 3
        assert all(like(text) for text in wrong), wrong


def test_ids_of_sources_are_plain() -> None:
    """Whatever the file is called."""
    assert source_id("Đề cương số 5 (bản cuối).docx") == "de-cuong-so-5-ban-cuoi"
    assert source_id("….pdf") == "nguon"
    assert len(source_id("x" * 90 + ".txt")) == 40
