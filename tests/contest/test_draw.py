"""The paper is a pure function of bank, blueprint and seed, and says nothing of the key."""

from __future__ import annotations

import hashlib
import hmac
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contest.draw import NotEnoughQuestions, Paper, Pool, arrange, draw, drawable, seed_of
from contest.rules import PaperRules
from questions import Bank, Option, SingleChoice
from tests.factories import EVERY_TYPE, TOPICS, make_bank, stamped, typed, typed_bank

BANK = make_bank()
PAPER = tuple((topic, 2) for topic in TOPICS)
SEEDS = [hashlib.sha256(b"seed %d" % n).digest() for n in range(4000)]

seeds = st.binary(min_size=32, max_size=32)
blueprints = st.lists(
    st.tuples(st.sampled_from(TOPICS), st.integers(1, 4)), min_size=1, max_size=5
).filter(
    lambda lines: all(sum(n for t, n in lines if t == topic) <= 4 for topic in TOPICS)
)  # fmt: skip


def rules(
    *lines: tuple[str, int], order: str = "shuffled", types: tuple[str, ...] | None = None
) -> PaperRules:
    """Return the rules of a paper with these blueprint lines."""
    blueprint = [{"topic": topic, "questions": n} for topic, n in lines or PAPER]
    return PaperRules(minutes=20, points=10, order=order, types=types, blueprint=blueprint)


def ids(paper: Paper) -> list[tuple[str, tuple[str, ...]]]:
    """Return question ids and option ids in their shown order."""
    return [(item.question.id, tuple(o.id for o in item.options)) for item in paper.items]


def pool(bank: Bank = BANK) -> Pool:
    """Return the pool of a contest that isn't a sample."""
    return Pool(bank, sample=False)


def shuffled_file(bank: Bank, seed: int) -> Bank:
    """Return the same bank with the entries of its files in another order."""
    rng = random.Random(seed)
    return bank.model_copy(
        update={"questions": tuple(rng.sample(bank.questions, len(bank.questions)))}
    )


@given(seeds, blueprints)
def test_same_seed_gives_the_same_paper(seed: bytes, lines: list[tuple[str, int]]) -> None:
    """However often, from pools made anew."""
    expected = ids(draw(pool(), rules(*lines), seed))
    assert ids(draw(pool(Bank.from_data(BANK.to_data())), rules(*lines), seed)) == expected


@given(seeds, blueprints)
def test_blueprint_is_kept_and_nothing_comes_twice(
    seed: bytes, lines: list[tuple[str, int]]
) -> None:
    """Also where two lines draw from one topic."""
    paper = draw(pool(), rules(*lines), seed)
    drawn = [item.question.id for item in paper.items]
    expected: Counter[str] = Counter()
    for topic, questions in lines:
        expected[topic] += questions
    assert len(set(drawn)) == len(drawn) == sum(expected.values())
    assert Counter(item.question.topic for item in paper.items) == expected


@given(seeds)
def test_only_the_types_of_the_rules_are_drawn(seed: bytes) -> None:
    """Without the rule, questions of every type are."""
    bank = typed_bank()
    wide = [item.question.type for item in draw(pool(bank), rules((TOPICS[0], 10)), seed).items]
    assert sorted(wide) == sorted(EVERY_TYPE)
    narrow = rules((TOPICS[0], 2), types=("single", "cloze"))
    assert {item.question.type for item in draw(pool(bank), narrow, seed).items} == {
        "single",
        "cloze",
    }


def test_a_type_of_which_there_are_too_few_is_named_by_its_topic() -> None:
    """As where the topic itself is too small."""
    with pytest.raises(NotEnoughQuestions, match=TOPICS[0]):
        draw(pool(typed_bank()), rules((TOPICS[0], 2), types=("single",)), SEEDS[0])


@given(seeds, st.integers(0, 10**6))
def test_order_of_the_files_makes_no_difference(seed: bytes, shuffle: int) -> None:
    """Questions are sorted by a hash of their ids, not by where they stand."""
    expected = ids(draw(pool(), rules(), seed))
    assert ids(draw(pool(shuffled_file(BANK, shuffle)), rules(), seed)) == expected


@given(seeds)
def test_all_options_are_shown_once(seed: bytes) -> None:
    """Whatever their order."""
    for item in draw(pool(), rules(), seed).items:
        assert sorted(item.options, key=lambda o: o.id) == sorted(
            item.question.choices(), key=lambda o: o.id
        )


@given(seeds, blueprints)
def test_blueprint_order_keeps_topics_together(seed: bytes, lines: list[tuple[str, int]]) -> None:
    """In the written order of the lines."""
    paper = draw(pool(), rules(*lines, order="blueprint"), seed)
    expected = [topic for topic, questions in lines for _ in range(questions)]
    assert [item.question.topic for item in paper.items] == expected


@given(seeds)
def test_order_of_questions_does_not_change_which_are_drawn(seed: bytes) -> None:
    """Shuffling is about places only."""
    mixed = draw(pool(), rules(), seed)
    kept = draw(pool(), rules(order="blueprint"), seed)
    assert sorted(ids(mixed)) == sorted(ids(kept))


@given(seeds, st.sets(st.integers(0, 3)))
def test_pinned_options_keep_their_place(seed: bytes, pinned: set[int]) -> None:
    """The others take the places that are left."""
    options = tuple(Option(id=f"o{n}", text=f"Phương án {n}", pinned=n in pinned) for n in range(4))
    question = BANK.questions[0].model_copy(update={"options": options, "key": "o0"})
    bank = stamped(BANK.model_copy(update={"questions": (question,)}), "approved")
    (item,) = draw(pool(bank), rules((question.topic, 1)), seed).items
    for place in pinned:
        assert item.options[place].id == f"o{place}"


@given(seeds)
def test_unshuffled_question_keeps_the_written_order(seed: bytes) -> None:
    """`shuffle: false`, and every true-or-false question."""
    for item in draw(pool(make_bank(shuffle=False)), rules(), seed).items:
        assert item.options == item.question.choices()


def test_seed_is_the_published_formula() -> None:
    """Anybody who has the secret can repeat it."""
    expected = hmac.new(b"secret", b"lt-1", hashlib.sha256).digest()
    assert seed_of(b"secret", "lt-1") == expected


def test_paper_is_the_published_formula() -> None:
    """The whole draw, written again from its description."""
    seed = SEEDS[0]

    def rank(use: str, name: str) -> bytes:
        return hashlib.sha256(seed + f"{use}/{name}".encode()).digest()

    drawn = []
    for topic, count in PAPER:
        of_topic = [question for question in BANK.questions if question.topic == topic]
        drawn += sorted(of_topic, key=lambda q: rank("pick", q.id))[:count]
    expected = []
    for question in sorted(drawn, key=lambda q: rank("order", q.id)):
        options = [option.id for option in question.choices()]
        if question.type != "true_false":
            options.sort(key=lambda o: rank("option", f"{question.id}/{o}"))
        expected.append((question.id, tuple(options)))
    assert ids(draw(pool(), rules(), seed)) == expected


def test_every_question_is_drawn_about_as_often() -> None:
    """Two of four in each topic: every question on half of the papers."""
    counts = Counter(
        item.question.id for seed in SEEDS[:2000] for item in draw(pool(), rules(), seed).items
    )
    assert len(counts) == 12
    assert all(abs(count - 1000) < 120 for count in counts.values())


def test_every_question_stands_in_every_place_about_as_often() -> None:
    """The first number of a paper is no likelier for one than for another."""
    counts = Counter(draw(pool(), rules(), seed).items[0].question.id for seed in SEEDS[:2400])
    assert all(abs(count - 200) < 75 for count in counts.values())
    assert len(counts) == 12


@pytest.mark.parametrize("key", ["first", "last"])
def test_key_is_shown_in_every_place_alike(key: str) -> None:
    """Although every right option stands first (or last) in the bank: chi-squared, 3 degrees."""
    bank = make_bank(key=key, only="single")
    counts = Counter(
        item.positions_of(item.question.right())[0]
        for seed in SEEDS
        for item in draw(pool(bank), rules(), seed).items
    )
    expected = len(SEEDS) * 6 / 4
    chi_squared = sum((counts[place] - expected) ** 2 / expected for place in range(1, 5))
    assert chi_squared < 16.3  # one in a thousand


def test_paper_does_not_depend_on_the_key() -> None:
    """The same questions with other keys give the same papers."""
    for seed in SEEDS[:50]:
        first = ids(draw(pool(make_bank(key="first", only="single")), rules(), seed))
        last = ids(draw(pool(make_bank(key="last", only="single")), rules(), seed))
        assert first == last


def test_too_small_topic_is_named() -> None:
    """Rather than a shorter paper."""
    with pytest.raises(NotEnoughQuestions, match="luat"):
        draw(pool(), rules(("luat", 5)), SEEDS[0])


@pytest.mark.parametrize(
    ("status", "sample", "expected"),
    [
        ("approved", False, True),
        ("reviewed", False, False),
        ("draft", False, False),
        ("approved", True, True),
        ("reviewed", True, True),
        ("draft", True, False),
    ],
)
def test_only_what_was_approved_is_drawn(status: str, sample: bool, expected: bool) -> None:
    """A sample contest takes reviewed questions too."""
    bank = make_bank(status=status)
    assert drawable(bank, bank.questions[0], sample=sample) is expected


def test_question_changed_since_its_approval_is_not_drawn() -> None:
    """Its status holds for another content."""
    first = BANK.questions[0].model_copy(update={"stem": "Câu hỏi đã sửa?"})
    bank = BANK.model_copy(update={"questions": (first, *BANK.questions[1:])})
    assert not drawable(bank, first, sample=True)


def test_positions_and_ids_are_each_others_inverse() -> None:
    """What the page says in places, the rows say in ids."""
    for item in draw(pool(), rules(), SEEDS[1]).items:
        for place, option in enumerate(item.options, start=1):
            assert item.ids_at([place]) == [option.id]
            assert item.positions_of([option.id]) == [place]


def test_places_that_are_not_there_are_refused() -> None:
    """Places count from 1; none is taken from the end."""
    paper = draw(pool(), rules(), SEEDS[1])
    for place in (0, -1, 7):
        with pytest.raises(IndexError):
            paper.item(place)
        with pytest.raises(IndexError):
            paper.items[0].ids_at([place])
    with pytest.raises(KeyError):
        paper.position_of("ch-nowhere")


def test_position_of_finds_a_question() -> None:
    """By its id."""
    paper = draw(pool(), rules(), SEEDS[1])
    assert [paper.position_of(item.question.id) for item in paper.items] == [1, 2, 3, 4, 5, 6]


def test_large_bank_is_drawn_from_quickly() -> None:
    """No question is compared with every other one: 3,000 questions take a moment."""
    question = BANK.questions[0]
    assert isinstance(question, SingleChoice)
    many = tuple(question.model_copy(update={"id": f"ch-{n}"}) for n in range(3000))
    bank = BANK.model_copy(update={"questions": many})
    there = Pool(stamped(bank, "approved"), sample=False)
    lines = [(question.topic, 1)] * 40
    assert len(draw(there, rules(*lines), SEEDS[0])) == 40


TYPED = {type_: typed(type_) for type_ in EVERY_TYPE}


@given(seeds)
def test_columns_items_and_gaps_are_shuffled_by_the_same_seed(seed: bytes) -> None:
    """All of them are there, whatever the order."""
    for type_, name in (("matching", "right"), ("ordering", "items")):
        item = arrange(TYPED[type_], seed)
        key = [(f"option/{item.question.id}/{part.id}", part) for part in item.options]
        ranks = [hashlib.sha256(seed + use.encode()).digest() for use, _ in key]
        assert ranks == sorted(ranks) or (type_ == "ordering" and ranks[-1] == min(ranks))
        assert {part.id for part in item.options} == {
            part.id for part in getattr(item.question, name)
        }
    cloze = arrange(TYPED["cloze"], seed)
    assert [len(options) for options in cloze.gaps] == [0, 3]
    ranks = [
        hashlib.sha256(seed + f"option/ch-cloze/chu/{part.id}".encode()).digest()
        for part in cloze.gaps[1]
    ]
    assert ranks == sorted(ranks)


@given(seeds)
def test_items_are_never_shown_in_their_right_order(seed: bytes) -> None:
    """Nobody is given the answer by chance."""
    item = arrange(typed("ordering", key=["a", "b", "c", "d"]), seed)
    assert [part.id for part in item.options] != ["a", "b", "c", "d"]


@pytest.mark.parametrize("type_", ["matching", "cloze"])
def test_unshuffled_columns_and_gaps_keep_the_written_order(type_: str) -> None:
    """`shuffle: false` is for them too."""
    item = arrange(typed(type_, shuffle=False), SEEDS[0])
    shown = item.options or item.gaps[1]
    assert [part.id for part in shown] == sorted(part.id for part in shown)


def test_statements_and_left_columns_stand_as_written() -> None:
    """Only what the answer is chosen from moves."""
    for type_ in ("true_false_group", "numeric", "short_text", "essay"):
        assert arrange(TYPED[type_], SEEDS[0]).options == ()
