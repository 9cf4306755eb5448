"""Who chose which option: counts by third of the score."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from grading.analysis.papers import Papers
from grading.frames import build
from grading.result_frames import OPTION_RESULTS
from questions import Bank
from questions.types.base import OptionQuestion

THIRDS = ("low", "middle", "high")


def thirds(total: np.ndarray) -> np.ndarray:
    """Return each paper's third by score: 0 low, 1 middle, 2 high.

    Equal scores are in the same third: the one that the middle of their places is in. Thirds
    may therefore differ in size; when all scores are equal, everybody is in the middle.
    """
    levels, code, counts = np.unique(total, return_inverse=True, return_counts=True)
    twice_middle = 2 * np.cumsum(counts) - counts
    papers = len(total)
    third = 1 - (3 * twice_middle < 2 * papers) + (3 * twice_middle > 4 * papers)
    return third.astype("int64")[code] if len(levels) else np.zeros(0, dtype="int64")


def option_counts(papers: Papers, answers: pd.DataFrame, bank: Bank) -> pd.DataFrame:
    """Count the choices of one group's papers.

    Returns
    -------
    DataFrame
        question_id, option_id, option, key, papers (array of three: by third) and chosen (the
        same), in the order of questions and of the bank's options.
    """
    third = thirds(papers.total)[papers.paper]
    asked = _by_third(papers.question, third, len(papers.ids))
    rows = []
    found = _responses(papers, answers, third)
    for code, id_ in enumerate(papers.ids):
        question = bank.question_by_id[id_]
        if not isinstance(question, OptionQuestion):
            continue
        chosen = {option.id: np.zeros(3, dtype="int64") for option in question.choices()}
        for response, counts in found.get(code, ()):
            for option_id in response:
                chosen[option_id] += counts
        rows += [
            (id_, option.id, option.text, option.id in question.right(), asked[code], counts)
            for option, counts in zip(question.choices(), chosen.values(), strict=True)
        ]
    names = ["question_id", "option_id", "option", "key", "papers", "chosen"]
    return pd.DataFrame(
        dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}, columns=names
    )


def option_results(counts: pd.DataFrame, round_id: str, group: str) -> pd.DataFrame:
    """Return the counts of one group as OPTION_RESULTS."""
    asked, chosen = _stacked(counts["papers"]), _stacked(counts["chosen"])
    columns: dict[str, Any] = {
        "round": [round_id] * len(counts),
        "group": [group] * len(counts),
        **{name: counts[name].tolist() for name in ("question_id", "option_id", "option", "key")},
        "papers": asked.sum(axis=1),
        "chosen": chosen.sum(axis=1),
        "share": _shares(chosen.sum(axis=1), asked.sum(axis=1)),
    }
    for index, name in enumerate(THIRDS):
        columns[name] = chosen[:, index]
        columns[f"{name}_share"] = _shares(chosen[:, index], asked[:, index])
    return build(columns, OPTION_RESULTS, "options")


def _responses(
    papers: Papers, answers: pd.DataFrame, third: np.ndarray
) -> dict[int, list[tuple[Sequence[str], np.ndarray]]]:
    """Return, by question, each different choice and how often it was made in each third."""
    given = answers["response"].iloc[papers.row]
    codes, texts = pd.factorize(given, use_na_sentinel=True)
    texts = list(texts)
    said = codes >= 0
    pair = papers.question[said] * max(len(texts), 1) + codes[said]
    place, pairs = pd.factorize(pair)
    counts = _by_third(place, third[said], len(pairs))
    found: dict[int, list[tuple[Sequence[str], np.ndarray]]] = {}
    for pair_, one in zip(pairs.tolist(), counts, strict=True):
        question, code = divmod(pair_, len(texts))
        data = json.loads(texts[code])
        chosen = data.get("chosen", ()) if isinstance(data, dict) else ()
        found.setdefault(question, []).append((chosen, one))
    return found


def _by_third(cell: np.ndarray, third: np.ndarray, cells: int) -> np.ndarray:
    return np.bincount(cell * 3 + third, minlength=3 * cells).reshape(cells, 3)


def _stacked(arrays: pd.Series) -> np.ndarray:
    return np.stack(arrays.tolist()) if len(arrays) else np.zeros((0, 3), dtype="int64")


def _shares(part: np.ndarray, whole: np.ndarray) -> list[Fraction | None]:
    return [
        Fraction(got, of) if of else None
        for got, of in zip(part.tolist(), whole.tolist(), strict=True)
    ]
