"""The articles about marks, predictions, rankings and prizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contest.marking_rules import Marking
from contest.rules import Prediction, Round, Rules
from contest.rules_text.messages import text
from contest.rules_text.model import Block, Items, Table
from contest.rules_text.words import (
    keys_in_words,
    listed,
    number,
    term_in_words,
    tie_in_words,
    units_in_words,
)
from grading.prize_rules import PeoplePrizes, Prize
from grading.rules import Board, PeopleRanking
from grading.unit_rules import UnitRanking


def scoring(rules: Rules) -> Iterator[Block]:
    """Yield how responses become marks."""
    rule = rules.scoring
    yield text("scoring.right")
    if rule.wrong:
        yield text("scoring.wrong", phan=number(-rule.wrong))
    how = text(f"scoring.multiple.{rule.multiple or 'own'}")
    yield text("scoring.multiple", cach=how)
    if rule.time is not None:
        yield text(f"scoring.time.{rule.time.scheme}", n=rule.time.seconds)
    for name, floor in (("question", rule.floor_question), ("paper", rule.floor_paper)):
        yield text(f"scoring.floor.{name}" if floor else f"scoring.floor.{name}.not")
    rounding = text(f"scoring.rounding.{rule.rounding}")
    yield text("scoring.rounding", cach=rounding, n=rule.decimals)
    yield text("scoring.person")
    if any(one.types is None or "essay" in one.types for one in (rules.paper, *rules.papers)):
        yield from _marking(rules.marking)


def _marking(rule: Marking) -> Iterator[Block]:
    yield text("marking.two", nac=number(rule.step))
    unit, most = "points", rule.allowed_points
    if most is None:
        unit, most = "percent", rule.allowed_percent
    allowed = text(f"marking.{unit}", n=number(most))
    yield text("marking.differ", muc=allowed, cach=text(f"marking.third.{rule.third}"))


def prediction(rule: Prediction, rounds: Sequence[Round]) -> Iterator[Block]:
    """Yield what is predicted, and what it is measured against."""
    title = rounds[0].title if len(rounds) == 1 else text("prediction.round")
    question, hint = rule.asked(title)
    yield text("prediction.text", cau=question, goi_y=hint)
    yield text(
        "prediction.quantity",
        gi=text(f"quantity.{rule.quantity}"),
        pham_vi=text(f"scope.{rule.scope}"),
    )
    yield text(f"prediction.excluded.{str(rule.excluded_count).lower()}")
    yield text(f"prediction.value.{rule.true_value}")
    yield text(f"prediction.equal.{rule.equal}")
    yield text("prediction.none")


def people(rules: Rules) -> Iterator[Block]:
    """Yield the order of people, in the rounds and on the boards."""
    yield from _order(rules.ranking.people)
    yield text(f"people.granted.{rules.accommodations.duration}")
    titles = {round_.id: round_.title for round_ in rules.rounds}
    for board in rules.ranking.boards:
        yield _board(board, titles)
        yield tie_in_words(board.ranking)
        yield _times(board.ranking)


def _order(ranking: PeopleRanking) -> Iterator[Block]:
    yield text("people.keys", khoa=keys_in_words(ranking.keys))
    yield tie_in_words(ranking)
    yield _times(ranking)


def _times(ranking: PeopleRanking) -> str:
    return text(
        "people.time",
        lam=text(f"unit.{ranking.duration}"),
        nop=text(f"unit.{ranking.submitted_at}"),
    )


def _board(board: Board, titles: dict[str, str]) -> str:
    return text(
        "board",
        ten=board.title,
        ky=listed(titles.get(round_id, round_id) for round_id in board.rounds),
        nhom=text(f"board.{board.groups}"),
        du=text("board.complete") if board.complete else "",
        khoa=keys_in_words(board.ranking.keys),
    )


def units(ranking: UnitRanking) -> Iterator[Block]:
    """Yield the order of units."""
    yield units_in_words(ranking)
    if ranking.then:
        yield text("units.then", gi=text("then").join(map(term_in_words, ranking.then)))
    for name in ("min_people", "min_headcount"):
        if getattr(ranking, name):
            yield text(f"units.{name}", n=number(getattr(ranking, name)))
    yield text(f"units.blocks.{ranking.blocks}")
    yield text(f"units.ties.{ranking.ties}")
    yield text("units.parent")


def prizes(rules: Rules) -> Iterator[Block]:
    """Yield the prizes and who gets them."""
    titles = {one.id: text("prizes.of.one", ten=one.title) for one in rules.rounds}
    boards = {one.id: text("prizes.of.board", ten=one.title) for one in rules.ranking.boards}
    titles.update(boards)
    for one in rules.prizes.people:
        yield _prize_table(text("prizes.people", theo=_of(one.of, titles)), one.prizes)
        yield Items(tuple(_conditions(one, rules)))
    for other in rules.prizes.units:
        caption = text("prizes.units", cap=other.level, theo=_of(other.of, titles))
        yield _prize_table(caption, other.prizes)
        yield text(f"prizes.edge.units.{other.edge}")
        yield text("prizes.units.nobody")


def _of(ranking: str, titles: dict[str, str]) -> str:
    return text("prizes.of.round") if ranking == "round" else titles.get(ranking, ranking)


def _prize_table(caption: str, given: tuple[Prize, ...]) -> Table:
    header = [text("prizes.prize"), text("prizes.count"), text("prizes.value")]
    points = any(prize.points for prize in given)
    header += [text("prizes.points")] * points
    rows = []
    for prize in given:
        value = "" if prize.value is None else number(prize.value)
        row = [prize.title, number(prize.count), value]
        rows.append((*row, *[number(prize.points)] * points))
    return Table(caption, tuple(header), tuple(rows), tuple(range(1, len(header))))


def _conditions(one: PeoplePrizes, rules: Rules) -> Iterator[str]:
    yield text(f"prizes.per.{one.per}", chia=_quotas(one, rules))
    yield text("prizes.once.ranking" if one.once == "ranking" else f"prizes.once.{one.keep}")
    if one.requires:
        yield text("prizes.requires", gi=listed(text(f"requires.{r}") for r in one.requires))
    if one.min_score is not None:
        yield text("prizes.min_score", n=number(one.min_score))
    if one.max_share is not None:
        yield text("prizes.max_share", n=number(one.max_share * 100))
    yield text(f"prizes.edge.{one.edge}", tham=one.lot)


def _quotas(one: PeoplePrizes, rules: Rules) -> str:
    groups = {group.id: group.title for group in rules.groups}
    titles = {prize.id: prize.title for prize in one.prizes}
    return "; ".join(
        text(
            "prizes.quota",
            nhom=groups.get(quota.group, quota.group),
            giai=listed(
                text("prizes.quota.count", n=n, giai=titles.get(prize, prize))
                for prize, n in quota.counts.items()
            ),
        )
        for quota in one.quotas
    )
