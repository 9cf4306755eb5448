"""Millions of responses, marked in chunks: what `timhieu bench grading --scoring` adds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from contest.bench.ranking.data import SEED
from grading import score_answers
from questions.canonical import dumps
from questions.load import BANKS, load_bank

RESPONSES = 143_000_000
CHUNK_PAPERS = 50_000
PAPER = 20
_POINTS_MICRO = 10_000_000


def bench_marking(responses: int, progress: Callable[[int], object]) -> dict[str, Any]:
    """Mark so many responses to the kit's own bank; papers are made up as they are needed.

    Parameters
    ----------
    progress : callable
        Called with the number of responses after every chunk.

    Returns
    -------
    dict
        `responses`, and `scoring_s`: seconds spent on marking alone.
    """
    bank = load_bank(BANKS / "dai_hoi_xiv")
    questions = [one for one in bank.questions if one.type in ("single", "true_false")]
    ids = pd.Index([one.id for one in questions])
    given = [[None, *(dumps({"chosen": [o.id]}) for o in one.choices())] for one in questions]
    texts = pd.Index(sorted({text for one in given for text in one if text is not None}))
    width = max(map(len, given))
    # Response code of each question's nth choice; -1: left empty.
    codes = np.array(
        [[*texts.get_indexer(pd.Index(one)), *[-1] * (width - len(one))] for one in given]
    )
    rng = np.random.default_rng(SEED)
    seconds, done = 0.0, 0
    while done < responses:
        papers = min(CHUNK_PAPERS, -(-(responses - done) // PAPER))
        answers = _answers(rng, papers, ids, texts, codes).iloc[: responses - done]
        begun = time.perf_counter()
        score_answers(answers, bank.question_by_id, _POINTS_MICRO)
        seconds += time.perf_counter() - begun
        done += len(answers)
        progress(len(answers))
    return {"responses": responses, "scoring_s": seconds}


def _answers(
    rng: np.random.Generator, papers: int, ids: pd.Index, texts: pd.Index, codes: np.ndarray
) -> pd.DataFrame:
    """Return ANSWERS of papers with questions of their own, beginning anywhere in the bank."""
    first = rng.integers(0, len(ids), papers)
    question = (first[:, None] + np.arange(PAPER)) % len(ids)
    chosen = codes[question, rng.integers(0, codes.shape[1], question.shape)]
    names = pd.Index([f"lt-{n:08d}" for n in range(papers)])
    return pd.DataFrame(
        {
            "attempt_id": pd.Categorical.from_codes(np.repeat(np.arange(papers), PAPER), names),
            "position": np.tile(np.arange(1, PAPER + 1), papers),
            "question_id": pd.Categorical.from_codes(question.ravel(), ids),
            "response": pd.Categorical.from_codes(chosen.ravel(), texts),
        }
    )
