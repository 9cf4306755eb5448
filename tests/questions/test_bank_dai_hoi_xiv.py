"""The built-in bank on Congress XIV: sound, covered, reviewed and not predictable."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Any

import pytest

from questions import BANKS, Bank, read_bank
from questions.model import LIST_LENGTHS
from questions.types import MultipleChoice, SingleChoice, TrueFalse, TrueFalseGroup

FOLDER = BANKS / "dai_hoi_xiv"
PAPERS = ("cv-du-ubnd-ls-2026-04", "cv-04-btgtu-2020", "bai-cv-354-svhttdl")
"""The three local documents on spreading the results."""

COUNTED = "so-dem"
"""The tag of questions that ask for a count or an ordinal and nothing else."""

ASKS_A_COUNT = re.compile(
    r"thứ mấy|thứ bao nhiêu|xếp hạng|thứ tự của chúng|đúng thứ tự trong (?:mục II|Nghị quyết)"
    r"|bao nhiêu (?:đại biểu|người\?|đảng viên|triệu đảng viên|chỉ tiêu chủ yếu|khu vực bỏ phiếu"
    r"|điều\?|năm thực hiện|đơn vị|ủy viên\?)"
    r"|số người được bầu|số đại biểu (?:chính thức|Quốc hội khóa XVI được bầu)"
)


@pytest.fixture(scope="module")
def bank() -> Bank:
    """The bank as it lies in the package."""
    read = read_bank(FOLDER)
    assert read.bank is not None, read.problems
    return read.bank


@pytest.fixture(scope="module")
def singles(bank: Bank) -> list[SingleChoice]:
    """Its questions with one right option."""
    return [question for question in bank.questions if isinstance(question, SingleChoice)]


def plain(text: str) -> str:
    """Return text as two readers would compare it."""
    return " ".join(text.casefold().split())


def numbers(text: str) -> tuple[float, ...]:
    """Return the numbers in a text, of a date the year first."""
    date = re.findall(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if date:
        return tuple(float(part) for part in date[-1][::-1])
    found = re.findall(r"\d[\d.]*(?:,\d+)?", text)
    return tuple(float(part.replace(".", "").replace(",", ".")) for part in found[:1])


def parts(question: Any) -> list[str]:
    """Return what a question offers: options, statements, entries, items, the text of a cloze."""
    data = question.content()
    names = ("options", "statements", "left", "right", "items", "rubric")
    found = [part["text"] for name in names for part in data.get(name, ())]
    for gap in data.get("gaps", ()):
        found += [*gap["accepted"], *(option["text"] for option in gap["options"])]
    return [*found, data.get("text", ""), *data.get("accepted", ())]


def all_texts(bank: Bank) -> list[str]:
    """Return every text that people read."""
    return [
        text
        for question in bank.questions
        for text in (question.stem, question.explanation or "", *parts(question))
    ] + [fact.statement for fact in bank.facts]


def test_there_is_nothing_to_mend_and_nothing_to_advise():
    """A public example is clean."""
    assert read_bank(FOLDER).problems == []


def test_there_are_enough_questions(bank):
    """For samples, practice and several drawn papers."""
    assert len(bank.questions) >= 300
    assert min(Counter(question.topic for question in bank.questions).values()) >= 15


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [(SingleChoice, 0.45, 0.6), (MultipleChoice, 0.1, 0.2), (TrueFalse, 0.1, 0.2)],
)
def test_the_types_are_mixed(bank, kind, low, high):
    """About a half, one eighth and one eighth; the rest are of the other types."""
    share = sum(isinstance(question, kind) for question in bank.questions) / len(bank.questions)
    assert low <= share <= high


def test_at_least_eight_types_are_used(bank):
    """Each more than once."""
    types = Counter(question.type for question in bank.questions)
    assert len(types) >= 8
    assert min(types.values()) >= 5


@pytest.mark.parametrize(
    ("level", "low", "high"),
    [("recall", 0.4, 0.6), ("understand", 0.2, 0.4), ("apply", 0.1, 0.25)],
)
def test_the_levels_are_mixed(bank, level, low, high):
    """About a half, a third and a sixth."""
    share = sum(question.level == level for question in bank.questions) / len(bank.questions)
    assert low <= share <= high


@pytest.mark.parametrize(
    ("name", "item"),
    [(name, n + 1) for name, length in LIST_LENGTHS.items() for n in range(length)],
)
def test_every_item_of_the_four_lists_is_asked_at_least_twice(bank, name, item):
    """5 viewpoints, 12 orientations, 6 tasks, 3 breakthroughs: one fact each."""
    (fact,) = [fact.id for fact in bank.facts if (fact.list, fact.item) == (name, item)]
    assert sum(fact in question.facts for question in bank.questions) >= 2


def test_every_question_is_reviewed_for_what_it_says_today(bank):
    """Approving is the organiser's act."""
    assert {bank.status_of(question) for question in bank.questions} == {"reviewed"}


def test_the_local_documents_are_all_asked_about(bank):
    """Each by several questions."""
    cited = Counter(
        source
        for question in bank.questions
        for source in {bank.fact_by_id[id_].cites.source for id_ in question.facts}
    )
    assert all(cited[paper] >= 5 for paper in PAPERS)


def test_every_source_is_cited(bank):
    """None is there for show."""
    cited = {cite.source for fact in bank.facts for cite in (fact.cites, *fact.further)}
    assert cited == set(bank.source_by_id)


def test_every_question_explains_its_key(bank):
    """In one to three sentences."""
    lengths = [len((question.explanation or "").split()) for question in bank.questions]
    assert min(lengths) >= 6
    assert max(lengths) <= 60


def test_no_two_questions_are_the_same(bank):
    """Neither the stem nor its words in another spelling."""
    stems = Counter(plain(question.stem) for question in bank.questions)
    assert [stem for stem, count in stems.items() if count > 1] == []


def test_stems_are_short_enough_for_a_phone(bank):
    """About sixty words at most."""
    assert max(len(question.stem.split()) for question in bank.questions) <= 60


def test_texts_are_nfc(bank):
    """Also what the reader would have mended on its way in."""
    for path in FOLDER.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name
    assert all(unicodedata.is_normalized("NFC", text) for text in all_texts(bank))


def test_our_own_words_use_one_spelling(bank):
    """hòa, hóa, khỏe, tỷ; never both in one bank."""
    old = re.compile(r"\b(?:\w*h)?(?:oà|oá|oè|oé|oẻ|uỷ|tỉ lệ|tỉ trọng|tỉ USD)\b")
    assert [text for text in all_texts(bank) if old.search(text)] == []


def test_no_option_covers_the_others(bank):
    """No `all of the above`: options are shuffled."""
    cover = re.compile(r"tất cả|cả a và b|phương án (?:trên|đều)|đáp án trên|ý trên", re.IGNORECASE)
    options = [text for question in bank.questions for text in parts(question)]
    assert [text for text in options if cover.search(text)] == []


def test_keys_are_spread_over_the_positions(singles):
    """Each of a to d holds about a quarter."""
    places = Counter(
        [option.id for option in question.options].index(question.key) for question in singles
    )
    assert all(0.2 <= places[place] / len(singles) <= 0.3 for place in range(4))


def test_true_and_false_are_balanced(bank):
    """Neither answer is the safe one."""
    keys = [question.key for question in bank.questions if isinstance(question, TrueFalse)]
    assert 0.4 <= sum(keys) / len(keys) <= 0.6


def test_statements_of_a_group_are_not_all_alike(bank):
    """Nobody can count on one false statement in each group."""
    groups = [question for question in bank.questions if isinstance(question, TrueFalseGroup)]
    keys = [statement.key for question in groups for statement in question.statements]
    assert 0.4 <= sum(keys) / len(keys) <= 0.6
    assert len({sum(not part.key for part in question.statements) for question in groups}) >= 3


def test_the_right_option_is_not_longer_on_average(singles):
    """Nor shorter, by more than a letter."""
    right = [len(o.text) for q in singles for o in q.options if o.id == q.key]
    wrong = [len(o.text) for q in singles for o in q.options if o.id != q.key]
    assert abs(sum(right) / len(right) - sum(wrong) / len(wrong)) <= 1


def test_the_right_option_is_not_given_away_by_its_length(singles):
    """Longest, or shortest, no oftener than by chance."""
    longest = shortest = 0
    for question in singles:
        right = len(next(o.text for o in question.options if o.id == question.key))
        wrong = [len(o.text) for o in question.options if o.id != question.key]
        longest += right > max(wrong)
        shortest += right < min(wrong)
    assert longest / len(singles) <= 0.3
    assert shortest / len(singles) <= 0.3


def test_the_right_number_is_not_always_in_the_middle(singles):
    """Sorted by size, it is first, second, third and last about as often."""
    ranks: Counter[int] = Counter()
    for question in singles:
        sizes = {option.id: numbers(option.text) for option in question.options}
        if all(sizes.values()) and len(set(sizes.values())) == len(sizes):
            ranks[sorted(sizes, key=lambda id_: sizes[id_]).index(question.key)] += 1
    assert all(0.12 <= ranks[rank] / ranks.total() <= 0.4 for rank in range(4))


def test_values_of_facts_are_asked_twice_at_most(bank):
    """A fact has no more questions than twice its values."""
    used = Counter(id_ for question in bank.questions for id_ in question.facts)
    over = [fact.id for fact in bank.facts if used[fact.id] > 2 * max(1, len(fact.values))]
    assert over == []


def test_few_questions_ask_for_a_count_or_an_ordinal(bank):
    """Under a tenth; they are tagged, so that an organiser can leave them out."""
    tagged = [question.id for question in bank.questions if COUNTED in question.tags]
    assert 0 < len(tagged) < len(bank.questions) / 10


def test_questions_whose_words_ask_for_a_count_are_tagged(bank):
    """Unless the number has to be worked out."""
    found = [
        question.id
        for question in bank.questions
        if ASKS_A_COUNT.search(question.stem) and question.level != "apply"
    ]
    assert [id_ for id_ in found if COUNTED not in bank.question_by_id[id_].tags] == []


def test_facts_in_conflict_say_why(bank):
    """A note tells the next author not to ask."""
    conflicts = [fact for fact in bank.facts if fact.status == "in_conflict"]
    assert conflicts
    assert all(fact.note for fact in conflicts)


def test_the_total_of_voters_is_never_asked(bank):
    """The sources differ, and no final figure was found."""
    texts = [question.stem for question in bank.questions]
    assert [text for text in texts if re.search(r"tổng số cử tri|bao nhiêu cử tri", text)] == []


def test_no_question_lost_its_review_to_a_change_of_the_format(bank):
    """Keys that types got later aren't in the content of questions that don't use them."""
    stamped = [question for question in bank.questions if question.status.hash]
    assert stamped
    assert [q.id for q in stamped if bank.status_of(q) != q.status.status] == []
