"""How often each question was drawn, answered and got right. `analysis` goes on from there."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from grading.frames import CHOSEN, SCORES, build, integers, positions_in, require
from grading.marks import MarkStatus
from grading.messages import text
from grading.order import text_codes
from grading.result_frames import ITEM_COUNTS
from grading.scoring import is_entry
from questions import Bank, Question, Source
from questions.answers import key_code, key_words


def analyse_items(chosen: pd.DataFrame, scores: pd.DataFrame, bank: Bank) -> pd.DataFrame:
    """Count, for each group of one round, how often each question was drawn and got right.

    Parameters
    ----------
    chosen : DataFrame
        CHOSEN of the round; only ended attempts that aren't excluded are looked at.
    scores : DataFrame
        SCORES of its attempts.
    bank : Bank
        The round's bank.

    Returns
    -------
    DataFrame
        ITEM_COUNTS. The facility is the sum of marks over the sum of full marks, which is the
        mean share of the full mark as long as a question has one full mark in a round; a
        response that waits for a marker is left out of it.

    Raises
    ------
    ValueError
        For a question that the bank doesn't have, or frames that break their contract.
    """
    require(chosen, CHOSEN, "chosen")
    require(scores, SCORES, "scores")
    rows = positions_in(scores["attempt_id"], chosen["attempt_id"])
    keep = (rows >= 0) & is_entry(chosen).to_numpy()[rows] if len(chosen) else rows >= 0
    drawn = scores[keep]
    groups, questions = text_codes(chosen["group"])[rows[keep]], text_codes(drawn["question_id"])
    count = questions.max(initial=-1) + 1
    cells, cell_of_row = np.unique(groups * count + questions, return_inverse=True)
    first = np.zeros(len(cells), dtype="int64")
    first[cell_of_row[::-1]] = np.arange(len(drawn))[::-1]
    status = drawn["status"].to_numpy(dtype=object)
    mark, waiting = integers(drawn["mark"])
    full = np.where(waiting, 0, drawn["max_mark"].to_numpy("int64"))
    first_attempt = rows[keep][first]
    ids = drawn["question_id"].to_numpy(dtype=object)[first]
    return build(
        {
            "round": chosen["round"].to_numpy(dtype=object)[first_attempt],
            "group": chosen["group"].to_numpy(dtype=object)[first_attempt],
            **_descriptions(ids, bank),
            "drawn": _counts(cell_of_row, np.ones(len(drawn), dtype=bool), len(cells)),
            "answered": _counts(cell_of_row, status != MarkStatus.UNANSWERED, len(cells)),
            "correct": _counts(cell_of_row, status == MarkStatus.RIGHT, len(cells)),
            "facility": _ratios(cell_of_row, mark, full, len(cells)),
            "status": ["ok"] * len(cells),
        },
        ITEM_COUNTS,
        "items",
    )


def source_text(question: Question, bank: Bank) -> str | None:
    """Return titles and numbers of the sources a question rests on, or None without any.

    Those of its facts come first, in the question's order, then those it names itself; each
    once.
    """
    cited = [bank.fact_by_id[id_].cites.source for id_ in question.facts]
    ids = dict.fromkeys([*cited, *question.sources])
    named = [_source_name(bank.source_by_id[id_]) for id_ in ids]
    return "; ".join(named) or None


def _source_name(source: Source) -> str:
    if source.number is None or source.number in source.title:
        return source.title
    return text("source.numbered", title=source.title, number=source.number)


def _descriptions(ids: np.ndarray, bank: Bank) -> dict[str, list[str | None]]:
    unknown = sorted(set(ids) - set(bank.question_by_id))
    if unknown:
        raise ValueError(f"scores: questions {unknown} aren't in the bank")
    found = [bank.question_by_id[id_] for id_ in ids]
    return {
        "question_id": list(ids),
        "topic": [question.topic for question in found],
        "level": [question.level for question in found],
        "type": [question.type for question in found],
        "stem": [question.stem for question in found],
        "key": [key_code(question) for question in found],
        "source": [source_text(question, bank) for question in found],
        "key_text": ["; ".join(key_words(question)) for question in found],
    }


def _counts(cell_of_row: np.ndarray, which: np.ndarray, cells: int) -> np.ndarray:
    return np.bincount(cell_of_row[which], minlength=cells)


def _ratios(
    cell_of_row: np.ndarray, mark: np.ndarray, full: np.ndarray, cells: int
) -> list[Fraction | None]:
    sums = np.zeros((2, cells), dtype="int64")
    np.add.at(sums[0], cell_of_row, mark)
    np.add.at(sums[1], cell_of_row, full)
    return [
        Fraction(got, possible) if possible else None
        for got, possible in zip(*sums.tolist(), strict=True)
    ]
