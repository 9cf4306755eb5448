"""What comes next: due, new, by topic, wrong ones again, siblings apart."""

from __future__ import annotations

from contest.practice.deck import Deck, Withheld, card_ids
from contest.practice.history import History
from contest.practice.progress import progress
from contest.practice.queue import NEW_A_DAY, Plan, next_question, waiting
from contest.practice.scheduler import rating, review
from contest.store.practice_protocol import StoredReview
from tests.factories import make_bank, stamped

NOON = 1_796_014_800_000  # 2026-11-30 12:00:00 in Vietnam
DAY = 86_400_000
LEARNER = "hv-0001"
TODAY = Plan()


def deck(per_topic: int = 4, **changes: object) -> Deck:
    """Return a deck in which two questions of each topic ask for the same fact."""
    made = make_bank(per_topic=per_topic, status="draft")
    questions = list(made.questions)
    for index, question in enumerate(questions):
        if question.id.endswith("-1"):
            twin = questions[index - 1].facts
            questions[index] = question.model_copy(update={"facts": twin})
    made = stamped(made.model_copy(update={"questions": tuple(questions)}), "reviewed")
    return Deck(made, **{"withheld": Withheld(), **changes})


class Learner:
    """Answers what comes, and remembers."""

    def __init__(self, deck: Deck, now: int = NOON) -> None:
        self.deck, self.now, self.history, self.count = deck, now, History(), 0

    def next(self, plan: Plan = TODAY) -> object:
        """Return the next question."""
        return next_question(self.deck, self.history, plan, self.now, LEARNER)

    def answer(self, question: object, right: bool = True) -> None:
        """Answer a question now."""
        self.count += 1
        for card_id in card_ids(question):
            before = self.history.cards.get(card_id)
            rated = rating(right=right, hinted=False, slow=False)
            after = review(before.card if before else None, rated, self.now, 1000)
            self.history.add(
                StoredReview(
                    self.count,
                    f"lan-{self.count}",
                    self.now,
                    question.id,
                    card_id,
                    int(rated),
                    right,
                    False,
                    1000,
                    "{}",
                    after.card,
                )
            )

    def all_today(self, plan: Plan, right: bool = True) -> list[object]:
        """Answer until nothing comes."""
        found = []
        while (question := self.next(plan)) is not None:
            found.append(question)
            self.answer(question, right)
            assert len(found) < 200
        return found


def test_new_facts_come_in_an_order_of_the_learners_own() -> None:
    """And the same history gives the same question."""
    one = deck()
    first = next_question(one, History(), Plan(), NOON, "hv-0001")
    assert first is next_question(one, History(), Plan(), NOON, "hv-0001")
    others = {next_question(one, History(), Plan(), NOON, f"hv-{n}").id for n in range(20)}
    assert len(others) > 1


def test_day_has_so_many_new_facts() -> None:
    """And more where the learner asks for more."""
    learner = Learner(deck(per_topic=12))
    assert len(learner.all_today(Plan())) == NEW_A_DAY
    assert learner.next() is None
    assert len(learner.all_today(Plan("more", extra=5))) == 5


def test_siblings_of_a_known_fact_stay_away_that_day() -> None:
    """Each fact is asked once a day, whichever of its questions asks."""
    learner = Learner(deck())
    for topic in learner.deck.bank.topics:
        asked = learner.all_today(Plan("topic", topic.id))
        facts = [fact for question in asked for fact in question.facts]
        assert len(facts) == len(set(facts)) == 3


def test_sibling_asks_the_next_time() -> None:
    """The question not asked for longest."""
    learner = Learner(deck())
    topic = learner.deck.bank.topics[0].id
    twins = {f"ch-{topic}-0", f"ch-{topic}-1"}
    (first,) = [one for one in learner.all_today(Plan("topic", topic)) if one.id in twins]
    learner.now += DAY
    (second,) = [one for one in learner.all_today(Plan("topic", topic)) if one.id in twins]
    assert {first.id, second.id} == twins


def test_wrong_fact_comes_back_the_same_day_but_not_at_once() -> None:
    """After others, and before the day is done."""
    learner = Learner(deck())
    first = learner.next()
    learner.answer(first, right=False)
    following = learner.next()
    assert not set(following.facts) & set(first.facts)
    learner.now += 5 * 60_000
    rest = [following, *learner.all_today(Plan())]
    assert any(set(one.facts) & set(first.facts) for one in rest)


def test_only_wrong_fact_left_comes_at_once() -> None:
    """Nobody waits for a minute to pass."""
    learner = Learner(deck(per_topic=1))
    first = learner.next(Plan("topic", learner.deck.bank.topics[0].id))
    learner.answer(first, right=False)
    again = learner.next(Plan("topic", learner.deck.bank.topics[0].id))
    assert set(again.facts) == set(first.facts)


def test_wrong_ones_come_with_their_own_question() -> None:
    """Whenever the library would have them."""
    learner = Learner(deck())
    first, second = learner.next(), None
    learner.answer(first, right=False)
    second = learner.next()
    learner.answer(second)
    assert learner.next(Plan("wrong")) is learner.deck.questions[first.id]
    learner.answer(first)
    assert learner.next(Plan("wrong")) is None


def test_topic_keeps_to_its_topic() -> None:
    """Without a limit of new facts."""
    learner = Learner(deck(per_topic=15))
    topic = learner.deck.bank.topics[0].id
    asked = learner.all_today(Plan("topic", topic))
    assert {one.topic for one in asked} == {topic}
    assert len(asked) == 14


def test_draft_questions_are_never_asked() -> None:
    """Nobody has looked at them."""
    assert not Deck(make_bank(status="draft"), Withheld()).cards


def test_withheld_questions_are_never_asked() -> None:
    """By id in the same bank, by what they ask in another."""
    made = make_bank(status="reviewed")
    held = made.questions[:3]
    by_id = Deck(made, Withheld.of(held, same_bank=True))
    by_stem = Deck(made, Withheld.of(held, same_bank=False))
    for one in (by_id, by_stem):
        assert {q.id for q in made.questions} - set(one.questions) == {q.id for q in held}


def test_siblings_are_counted() -> None:
    """Questions that ask for a fact of this one."""
    one = deck()
    topic = one.bank.topics[0].id
    assert one.siblings(one.questions[f"ch-{topic}-0"]) == 1
    assert one.siblings(one.questions[f"ch-{topic}-2"]) == 0


def test_progress_tells_topics_days_and_what_is_coming() -> None:
    """A fact known today is held, and comes tomorrow at the earliest."""
    learner = Learner(deck())
    first = learner.next()
    learner.answer(first)
    second = learner.next()
    learner.answer(second, right=False)
    told = progress(learner.deck, learner.history, Plan(), learner.now, LEARNER)
    assert (told.answered, told.right, told.practised, told.wrong) == (2, 1, 1, 1)
    assert sum(topic.seen for topic in told.topics) == 2
    assert sum(topic.held for topic in told.topics) == 1
    assert [n for _, n in told.coming][:2] == [1, 1]
    assert told.again == 1


def test_days_practised_count_the_last_seven() -> None:
    """A day without practice takes nothing away but itself."""
    learner = Learner(deck(per_topic=12))
    for day in (0, 2, 9):
        learner.now = NOON + day * DAY
        learner.answer(learner.next())
    learner.now = NOON + 9 * DAY
    told = progress(learner.deck, learner.history, Plan(), learner.now, LEARNER)
    assert told.practised == 1


def test_waiting_lists_what_a_plan_has() -> None:
    """Those to be repeated first."""
    learner = Learner(deck())
    assert not waiting(learner.deck, learner.history, Plan(), NOON, LEARNER).again
    assert len(waiting(learner.deck, learner.history, Plan(), NOON, LEARNER)) == min(
        NEW_A_DAY, len(learner.deck.cards)
    )
