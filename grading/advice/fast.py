"""Papers that were answered faster than they can be read, or far faster than all others.

Two rules, either is enough, for ended attempts that aren't excluded and answer at least half of
their questions:

- shorter than reading stems and options once at 10 syllables a second, more than twice the pace
  of ordinary silent reading (M. Brysbaert, "How many words do we read per minute?", Journal of
  Memory and Language 109 (2019): about 240 words a minute in English);
- the modified z-score of the logarithm of the duration below -3.5 (B. Iglewicz and D. C. Hoaglin,
  "How to detect and handle outliers", 1993), in groups of 20 papers or more. For durations whose
  logarithms are normal, one honest paper in 4,300 falls below.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from grading.frames import integers, positions_in
from grading.marks import MarkStatus
from grading.messages import text
from grading.order import text_codes
from grading.scoring import is_entry
from questions import Bank

SYLLABLES_A_SECOND = 10
OUTLIER = 3.5
ENOUGH = 20

_PARTS = ("options", "statements", "left", "right", "items")


def syllables(question: Any) -> int:
    """Return how many syllables of a question must be read: Vietnamese writes each apart."""
    texts = [question.stem, getattr(question, "text", "")]
    for name in _PARTS:
        parts = getattr(question, name, ())
        texts += [part.text for part in parts] if isinstance(parts, tuple) else []
    for gap in getattr(question, "gaps", ()):
        texts += [option.text for option in gap.options]
    return sum(len(one.split()) for one in texts)


def too_fast(
    chosen: pd.DataFrame, answers: pd.DataFrame, scores: pd.DataFrame, bank: Bank
) -> list[tuple]:
    """Return rows of ADVICE_RESULTS from `group` on."""
    rows = positions_in(answers["attempt_id"], chosen["attempt_id"])
    answered = np.bincount(
        rows[(scores["status"] != MarkStatus.UNANSWERED).to_numpy()], minlength=len(chosen)
    )
    reading = _reading_ms(rows, answers["question_id"], bank, len(chosen))
    duration, unknown = integers(chosen["duration_ms"])
    questions = chosen["questions"].to_numpy("int64")
    looked_at = is_entry(chosen).to_numpy() & ~unknown & (2 * answered >= questions)
    looked_at &= questions > 0
    groups, found = text_codes(chosen["group"]), []
    for code in np.unique(groups[looked_at]).tolist():
        inside = np.flatnonzero(looked_at & (groups == code))
        middle, limit = _usual(duration[inside])
        for index in inside[duration[inside] < np.maximum(reading[inside], limit)].tolist():
            rule = "reading" if duration[index] < reading[index] else "others"
            one = chosen.iloc[index]
            explanation = text(
                f"advice.too_fast.{rule}",
                answered=answered[index],
                questions=questions[index],
                correct=one["correct"],
                took=_seconds(duration[index]),
                reading=_seconds(reading[index]),
                median=_seconds(middle),
            )
            bound = float(max(reading[index], limit)) / 1000
            found.append(
                (
                    one["group"], "too_fast", one["unit_id"], one["contestant_id"],
                    one["attempt_id"], None, None, float(duration[index]) / 1000, bound, None,
                    explanation,
                )
            )  # fmt: skip
    return found


def _reading_ms(rows: np.ndarray, questions: pd.Series, bank: Bank, count: int) -> np.ndarray:
    codes, ids = pd.factorize(questions)
    length = np.array([syllables(bank.question_by_id[id_]) for id_ in ids], dtype="int64")
    sums = np.zeros(count, dtype="int64")
    np.add.at(sums, rows, length[codes] if len(ids) else codes)
    return sums * 1000 // SYLLABLES_A_SECOND


def _usual(duration: np.ndarray) -> tuple[float, float]:
    """Return the median and the duration below which a paper is an outlier (0: none is)."""
    logs = np.log(np.maximum(duration, 1))
    middle = float(np.median(logs))
    deviation = float(np.median(np.abs(logs - middle)))
    if len(duration) < ENOUGH or deviation == 0:
        return float(np.median(duration)), 0.0
    return float(np.median(duration)), float(np.exp(middle - OUTLIER * deviation / 0.6745))


def _seconds(ms: float) -> str:
    return f"{ms / 1000:.0f}"
