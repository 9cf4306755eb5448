"""Marked rounds -> every ranking of people and units, and the prizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from grading.boards import boards_of, rank_board
from grading.frames import PEOPLE, TOTALS, build, require, require_unique
from grading.inputs import Predicted, RoundInput
from grading.predictions import true_value
from grading.prizes import Standing, award_people, award_units, together
from grading.ranking import rank_people
from grading.result_frames import WON
from grading.rules import Board, GradingRules, PeopleRanking, PredictionRules
from grading.scored import Scored, from_totals
from grading.units import rank_units


@dataclass(frozen=True)
class Ranked:
    """Every ranking, by round or board id.

    Attributes
    ----------
    people, units : mapping
        Round id -> PEOPLE_RESULTS, UNIT_RESULTS.
    boards, board_units : mapping
        Board id -> BOARD_RESULTS, BOARD_UNIT_RESULTS.
    prizes : DataFrame
        PRIZE_RESULTS of all of them.
    predicted : mapping
        Round id -> Predicted, or None where contestants predicted nothing.
    """

    people: Mapping[str, pd.DataFrame]
    units: Mapping[str, pd.DataFrame]
    boards: Mapping[str, pd.DataFrame]
    board_units: Mapping[str, pd.DataFrame]
    prizes: pd.DataFrame
    predicted: Mapping[str, Predicted | None]


@dataclass(frozen=True)
class _BoardInput:
    """A board, the rules it stands in, and those of its rounds that are graded."""

    board: Board
    rules: GradingRules
    rounds: tuple[str, ...]


def rank_marked(totals: pd.DataFrame, people: pd.DataFrame, given: RoundInput) -> Ranked:
    """Rank one round whose attempts `mark_attempts` has marked, at once or in parts.

    Parameters
    ----------
    totals, people : DataFrame
        TOTALS and PEOPLE of all attempts that are to be ranked.
    given : RoundInput
        What they were marked by.

    Raises
    ------
    ValueError
        For an attempt given twice.
    """
    require(totals, TOTALS, "totals")
    require(people, PEOPLE, "people")
    require_unique(totals, ["attempt_id"], "totals")
    return rank_all({given.round: from_totals(totals, given)}, people)


def rank_all(scored: Mapping[str, Scored], people: pd.DataFrame) -> Ranked:
    """Rank the people and units of all rounds and boards, and allot the prizes.

    Prizes that go by a prediction whose true value is pending are not allotted yet, nor those of a
    ranking in which somebody's result waits for a marker.

    Parameters
    ----------
    scored : mapping
        Round id -> Scored.
    people : DataFrame
        PEOPLE.
    """
    rounds = _in_order(scored)
    predicted = {id_: _predicted(id_, scored) for id_ in rounds}
    boards = _boards(scored, rounds)
    standings = {id_: _rank_round(scored[id_], people, predicted[id_]) for id_ in rounds}
    board_people = {id_: rank_board(standings, one.board) for id_, one in boards.items()}
    settled = _Settled(scored, people, predicted, standings, boards, board_people)
    prizes = award_people(settled.standings())
    units = {
        id_: rank_units(
            one.chosen, one.given.units, one.given.rules.units, id_,
            _won(prizes, [id_], one.given.rules),
        )
        for id_, one in scored.items()
    }  # fmt: skip
    board_units = {id_: _rank_board_units(one, scored, prizes) for id_, one in boards.items()}
    of_units = [
        award_units(id_, table, rules, scored[id_].given.rules.units.blocks)
        for id_, table in units.items()
        for rules in scored[id_].given.rules.prizes.units
        if rules.of in ("round", id_) and settled.known([id_])
    ] + [
        award_units(id_, table, rules, boards[id_].rules.units.blocks)
        for id_, table in board_units.items()
        for rules in boards[id_].rules.prizes.units
        if rules.of == id_ and settled.known(boards[id_].rounds)
    ]
    every = together([prizes, *of_units])
    return Ranked(
        _with_prizes(standings, every, "contestant_id"),
        _with_prizes(units, every, "unit_id"),
        _with_prizes(board_people, every, "contestant_id"),
        {
            id_: table.rename(columns={"round": "board"})
            for id_, table in _with_prizes(board_units, every, "unit_id").items()
        },
        every,
        predicted,
    )


def _in_order(scored: Mapping[str, Scored]) -> list[str]:
    """Return the rounds as they follow each other, as the rules say; others by id behind them."""
    stated = [id_ for one in scored.values() for id_ in one.given.rules.rounds]
    order = {id_: place for place, id_ in enumerate(dict.fromkeys(stated))}
    return sorted(scored, key=lambda id_: (order.get(id_, len(order)), id_))


# --- predictions


def _predicted(round_id: str, scored: Mapping[str, Scored]) -> Predicted | None:
    given = scored[round_id].given
    rules = given.rules.prediction
    if rules is None:
        return None
    if rules.true_value == "outside":
        value = given.adjustments.true_value
        return Predicted(rules.quantity, value, "outside" if value is None else None)
    spans = [round_id] if rules.scope == "round" else list(given.rules.rounds or scored)
    if not set(spans) <= set(scored):
        return Predicted(rules.quantity, None, "rounds")
    entries = pd.concat([_entries(scored[id_], rules) for id_ in spans], ignore_index=True)
    return Predicted(rules.quantity, true_value(rules.quantity, entries))


def _entries(one: Scored, rules: PredictionRules) -> pd.DataFrame:
    return one.without_exclusions() if rules.excluded_count else one.chosen


# --- rankings


def _rank_round(
    one: Scored, people: pd.DataFrame, predicted: Predicted | None, *, together: bool = False
) -> pd.DataFrame:
    rules = one.given.rules
    return rank_people(
        one.chosen,
        people,
        one.given.units,
        rules.people,
        predicted.true_value if predicted else None,
        equal=rules.prediction.equal if rules.prediction else "same",
        together=together,
    )


def _boards(scored: Mapping[str, Scored], rounds: list[str]) -> dict[str, _BoardInput]:
    found = {}
    for board in boards_of({id_: scored[id_].given.rules.boards for id_ in rounds}):
        mine = tuple(id_ for id_ in board.rounds if id_ in scored)
        if mine:
            found[board.id] = _BoardInput(board, scored[mine[-1]].given.rules, mine)
    return found


def _rank_board_units(
    one: _BoardInput, scored: Mapping[str, Scored], prizes: pd.DataFrame
) -> pd.DataFrame:
    chosen = pd.concat([scored[id_].chosen for id_ in one.rounds], ignore_index=True)
    units = scored[one.rounds[-1]].given.units
    won = _won(prizes, [*one.rounds, one.board.id], one.rules)
    return rank_units(chosen, units, one.rules.units, one.board.id, won)


# --- prizes


@dataclass(frozen=True)
class _Settled:
    """What prizes of people go by."""

    scored: Mapping[str, Scored]
    people: pd.DataFrame
    predicted: Mapping[str, Predicted | None]
    rounds: Mapping[str, pd.DataFrame]
    boards: Mapping[str, _BoardInput]
    board_people: Mapping[str, pd.DataFrame]

    def standings(self) -> list[Standing]:
        """Return every ranking that has prizes, in the order in which they are won."""
        found = []
        for id_, people in self.rounds.items():
            rules = self.scored[id_].given.rules
            for one in rules.prizes.people:
                if one.of not in ("round", id_) or self._waits(rules.people, [id_], one.requires):
                    continue
                table = people
                if one.per == "all":
                    table = _rank_round(
                        self.scored[id_], self.people, self.predicted[id_], together=True
                    )
                found.append(Standing.of(id_, one, table))
        for id_, given in self.boards.items():
            for one in given.rules.prizes.people:
                ranking = given.board.ranking
                if one.of != id_ or self._waits(ranking, given.rounds, one.requires):
                    continue
                table = self.board_people[id_]
                if one.per == "all":
                    table = rank_board(self.rounds, given.board, together=True)
                found.append(Standing.of(id_, one, table))
        return found

    def _waits(
        self, ranking: PeopleRanking, rounds: list[str] | tuple[str, ...], requires: tuple[str, ...]
    ) -> bool:
        by_prediction = any(key.key == "prediction_error" for key in ranking.keys)
        predicted = by_prediction or "prediction_exact" in requires
        return (predicted and self.pending(rounds)) or self.unmarked(rounds)

    def known(self, rounds: list[str] | tuple[str, ...]) -> bool:
        """Return whether nothing is open that units' prizes of these rounds may go by."""
        return not self.pending(rounds) and not self.unmarked(rounds)

    def unmarked(self, rounds: list[str] | tuple[str, ...]) -> bool:
        """Return whether somebody's result in these rounds waits for a marker."""
        return any((self.rounds[id_]["status"] == "needs_marker").any() for id_ in rounds)

    def pending(self, rounds: list[str] | tuple[str, ...]) -> bool:
        """Return whether a true value of these rounds isn't known yet."""
        return any(
            one is not None and one.pending is not None
            for one in (self.predicted[id_] for id_ in rounds)
        )


def _won(prizes: pd.DataFrame, rankings: list[str], rules: GradingRules) -> pd.DataFrame | None:
    """Return WON of the people of some rankings; None where the rules have no prizes for them."""
    stated = [one for one in rules.prizes.people if one.of in rankings or one.of == "round"]
    if not stated:
        return None
    highest = {one.prizes[0].id for one in stated}
    mine = prizes[
        prizes["ranking"].isin(rankings).to_numpy() & (prizes["status"] == "won").to_numpy()
    ]
    return build(
        {
            "contestant_id": mine["contestant_id"],
            "unit_id": mine["unit_id"],
            "points": pd.array(mine["points"], dtype="Int64").to_numpy("int64", na_value=0),
            "highest": mine["prize"].isin(highest),
        },
        WON,
        "won",
    )


def _with_prizes(
    tables: Mapping[str, pd.DataFrame], prizes: pd.DataFrame, column: str
) -> dict[str, pd.DataFrame]:
    won = prizes[(prizes["status"] == "won").to_numpy()]
    won = won[won["contestant_id"].notna().to_numpy() == (column == "contestant_id")]
    found = {}
    for id_, table in tables.items():
        mine = won[(won["ranking"] == id_).to_numpy()]
        by_id = mine.groupby(column, sort=False)["prize"].agg(";".join).to_dict()
        cells = [by_id.get(one) for one in table[column].tolist()] if by_id else None
        found[id_] = table if cells is None else table.assign(prize=pd.array(cells, dtype="str"))
    return found
