"""Item analysis: questions, options and whole tests, from the frames of one round.

What is computed, where papers are drawn at random:

- A question that stands in every analysed paper of its group is what Moodle calls a slot: its
  other marks are the score less its own. One that stands in some papers is Moodle's question
  drawn at random: its figures rest on the papers that have it, its other marks are the whole
  score, and it has no effective weight.
- Consistency (CIC, alpha, KR-20) counts places, as Moodle counts slots: a fixed question is one
  place, the drawn ones of a paper fill the others in their order. With drawn places it tells how
  far the score would be the same under another draw as well, since the difficulty of what was
  drawn is part of a place's variance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from grading.analysis.expected import expected_scores, spread
from grading.analysis.figures import (
    NAN,
    ItemFigures,
    ScoreFigures,
    consistency,
    effective_weights,
    errors,
    item_figures,
    kr20,
    score_figures,
)
from grading.analysis.flags import item_flags, notes_on_test
from grading.analysis.guessing import random_guess
from grading.analysis.options import option_counts, option_results
from grading.analysis.papers import Papers, Which, group_papers
from grading.analysis.tally import tally
from grading.frames import ANSWERS, build, integers, require
from grading.items import analyse_items
from grading.result_frames import ITEM_COUNTS, ITEM_RESULTS, OPTION_RESULTS, TEST_RESULTS
from grading.scoring import is_entry
from questions import Bank

__all__ = ["Analysis", "analyse"]

_ITEM_FIGURES = (
    "sd",
    "effective_weight",
    "intended_weight",
    "discrimination_index",
    "discriminative_efficiency",
    "kelley_d",
)


@dataclass(frozen=True)
class Analysis:
    """ITEM_RESULTS, OPTION_RESULTS and TEST_RESULTS of one round."""

    items: pd.DataFrame
    options: pd.DataFrame
    tests: pd.DataFrame


def analyse(
    chosen: pd.DataFrame,
    answers: pd.DataFrame,
    scores: pd.DataFrame,
    bank: Bank,
    which: Which = "counted",
) -> Analysis:
    """Analyse one round, group by group.

    Parameters
    ----------
    chosen : DataFrame
        CHOSEN of the round.
    answers : DataFrame
        ANSWERS or TIMED_ANSWERS of its papers; without times there are no median times.
    scores : DataFrame
        SCORES, row for row like `answers`.
    bank : Bank
        The round's bank.
    which : str
        `counted`: each person's counted attempt; `entries`: every ended attempt that isn't
        excluded. In both cases those without a response that waits for a marker. An unanswered
        question has the mark 0.

    Returns
    -------
    Analysis
        The same whatever the order of rows.
    """
    require(answers, ANSWERS, "answers")
    counted = analyse_items(chosen, scores, bank)
    figures: dict[tuple[str, str], dict[str, Any]] = {}
    options, tests = [], []
    round_id = str(chosen["round"].iloc[0]) if len(chosen) else ""
    for papers in group_papers(chosen, answers, scores, which):
        items, test = _group(papers, round_id)
        times = _median_times(papers, answers)
        chosen_options = option_results(
            option_counts(papers, answers, bank), round_id, papers.group
        )
        options.append(chosen_options)
        tests.append(test)
        for code, id_ in enumerate(papers.ids):
            figures[papers.group, id_] = {
                **{name: column[code] for name, column in items.items()},
                "median_ms": times[code],
            }
    found_options = _rows(options, OPTION_RESULTS, "options")
    return Analysis(
        _item_results(counted, figures, found_options, _entries(chosen), bank),
        found_options,
        build({name: [row[name] for row in tests] for name in TEST_RESULTS}, TEST_RESULTS, "tests"),
    )


def _group(papers: Papers, round_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of one group's items, by question code, and its row of TEST_RESULTS."""
    totals = papers.total[papers.paper]
    items = item_figures(tally(papers.question, papers.mark, totals), papers.fixed)
    same = papers.fixed.all()
    places = items
    if not same:
        by_place = tally(papers.place, papers.mark, totals)
        places = item_figures(by_place, np.ones(int(papers.place.max()) + 1, dtype=bool))
    levels = np.unique(papers.total, return_counts=True)
    score = score_figures(*levels)
    return (
        _item_columns(papers, items, places),
        _test_row(papers, items, places, score, round_id),
    )


def _item_columns(papers: Papers, items: ItemFigures, places: ItemFigures) -> dict[str, Any]:
    count = len(papers.ids)
    weights = np.full(count, NAN)
    # Fixed questions are the first places, in the order of their codes.
    complete = papers.places is not None
    of_places = effective_weights(places.covariance_total, complete)
    weights[papers.fixed] = of_places[: int(papers.fixed.sum())]
    full = np.zeros(count, dtype="int64")
    full[papers.question] = papers.full
    whole = papers.full_total[0]
    intended = 100 * full / whole if (papers.full_total == whole).all() else np.full(count, NAN)
    return {
        "fixed": papers.fixed,
        "analysed": items.papers,
        "analysed_facility": [
            Fraction(sum_, n * one)
            for sum_, n, one in zip(
                items.mark_sum, items.papers.tolist(), full.tolist(), strict=True
            )
        ],
        "sd": items.sd,
        "effective_weight": weights,
        "intended_weight": intended,
        "discrimination_index": items.discrimination_index,
        "discriminative_efficiency": items.discriminative_efficiency,
        "kelley_d": items.kelley_d / (full / 10**6),
        "negcovar": items.covariance_total < 0,
    }


def _test_row(
    papers: Papers, items: ItemFigures, places: ItemFigures, score: ScoreFigures, round_id: str
) -> dict[str, Any]:
    complete = papers.places is not None
    cic = consistency(places, score) if complete else NAN
    ratio, error = errors(cic, score.sd)
    expected = spread(expected_scores(papers, items), score.variance)
    fulls = np.unique(papers.full)
    dichotomous = len(fulls) == 1 and bool(np.isin(papers.mark, [0, fulls[0]]).all())
    row: dict[str, Any] = {
        "round": round_id,
        "group": papers.group,
        "draw": "same" if papers.fixed.all() else "mixed" if papers.fixed.any() else "drawn",
        "papers": score.papers,
        "questions": papers.places,
        "max_score": int(papers.full_total[0]) if len(set(papers.full_total)) == 1 else None,
        "mean": score.mean,
        "median": score.median,
        "sd": score.sd,
        "skewness": score.skewness,
        "kurtosis": score.kurtosis,
        "cic": cic,
        "alpha": cic / 100,
        "kr20": kr20(places, int(fulls[0]), score) if dichotomous and complete else NAN,
        "error_ratio": ratio,
        "standard_error": error,
        "expected_mean": expected.mean,
        "expected_sd": expected.sd,
        "expected_min": expected.smallest,
        "expected_max": expected.largest,
        "expected_share": expected.share,
    }
    return row | {"notes": notes_on_test(_plain(row))}


def _median_times(papers: Papers, answers: pd.DataFrame) -> list[int | None]:
    """Return the median time of each question, where it is known; of two middle ones, the mean."""
    found: list[int | None] = [None] * len(papers.ids)
    if "spent_ms" not in answers:
        return found
    spent, null = integers(answers["spent_ms"].iloc[papers.row])
    question, spent = papers.question[~null], spent[~null]
    order = np.lexsort((spent, question))
    question, spent = question[order], spent[order]
    codes, begins, counts = np.unique(question, return_index=True, return_counts=True)
    low, high = spent[begins + (counts - 1) // 2], spent[begins + counts // 2]
    for code, middle in zip(codes.tolist(), ((low + high) // 2).tolist(), strict=True):
        found[code] = middle
    return found


def _entries(chosen: pd.DataFrame) -> dict[str, int]:
    return chosen.loc[is_entry(chosen), "group"].astype(object).value_counts().to_dict()


def _item_results(
    counted: pd.DataFrame,
    figures: Mapping[tuple[str, str], Mapping[str, Any]],
    options: pd.DataFrame,
    entries: Mapping[str, int],
    bank: Bank,
) -> pd.DataFrame:
    by_question = dict(list(options.groupby(["group", "question_id"], sort=False)))
    rows = []
    for row in counted[["group", "question_id", "drawn"]].to_dict("records"):
        key = row["group"], row["question_id"]
        guess = random_guess(bank.question_by_id[row["question_id"]])
        exposure = Fraction(row["drawn"], entries[row["group"]])
        found = {**_NOTHING, **figures.get(key, {}), "exposure": exposure, "random_guess": guess}
        flags = item_flags(_plain(found), by_question.get(key, options.iloc[:0]))
        found["flags"] = ";".join(code for code, _ in flags) or None
        found["notes"] = " ".join(sentence for _, sentence in flags) or None
        rows.append(found)
    columns = {name: [row[name] for row in rows] for name in rows[0]} if rows else {}
    columns = columns or {name: [] for name in _ADDED}
    for name in _ITEM_FIGURES:
        columns[name] = np.array(columns[name], dtype="float64")
    return pd.concat([counted, build(columns, _ADDED, "items")], axis=1)


_ADDED = {name: spec for name, spec in ITEM_RESULTS.items() if name not in ITEM_COUNTS}
_NOTHING: dict[str, Any] = {
    **dict.fromkeys(_ITEM_FIGURES, NAN),
    "fixed": False,
    "analysed": 0,
    "analysed_facility": None,
    "negcovar": False,
    "median_ms": None,
}
"""Of a question that stands in no analysed paper."""


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if value != value else value for name, value in row.items()}


def _rows(frames: list[pd.DataFrame], contract: Any, name: str) -> pd.DataFrame:
    if not frames:
        return build({column: [] for column in contract}, contract, name)
    return pd.concat(frames, ignore_index=True)
