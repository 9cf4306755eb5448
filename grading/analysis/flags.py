"""What should be looked at: rules of thumb with their limits, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pandas as pd

from grading.messages import text

ENOUGH = 20
"""Papers below which nothing is said of a question but that there are few."""

ENOUGH_FOR_UNUSED = 50
TOO_HARD, TOO_EASY = Fraction(1, 5), Fraction(19, 20)
DUBIOUS_EFFICIENCY = 15.0
"""Percent; Moodle's own limit."""

MANY = 200
"""Papers from which papers of one blueprint are compared."""

NOTABLE_SHARE = 0.05
"""Part of the scores' variance that comes from the draw, from which it is mentioned."""

Flag = tuple[str, str]
"""(code, sentence)"""


def item_flags(item: dict, options: pd.DataFrame) -> list[Flag]:
    """Return what should be looked at in one question.

    Parameters
    ----------
    item : dict
        A row of ITEM_RESULTS without its flags, NaN and NA as None.
    options : DataFrame
        Its rows of OPTION_RESULTS; empty for a question without options.
    """
    if not item["analysed"]:
        return []
    if item["analysed"] < ENOUGH:
        return [_flag("few", n=item["analysed"], limit=ENOUGH)]
    return [*_option_flags(item["analysed"], options), *_mark_flags(item)]


def _option_flags(papers: int, options: pd.DataFrame) -> Iterator[Flag]:
    keys, others = options[options["key"]], options[~options["key"]]
    if len(keys) == 1:
        right = keys.iloc[0]
        more = others[others["chosen"] > right["chosen"]]
        for other in more.to_dict("records"):
            yield _flag(
                "distractor_over_key", option=other["option_id"], answer=right["option_id"],
                n=other["chosen"], right=right["chosen"],
            )  # fmt: skip
        clever = others[(others["high"] > right["high"]) & ~others.index.isin(more.index)]
        for other in clever.to_dict("records"):
            yield _flag("strong_choose_other", option=other["option_id"], answer=right["option_id"])
    if papers >= ENOUGH_FOR_UNUSED:
        unused = others[others["chosen"] == 0]["option_id"].tolist()
        if unused:
            yield _flag("unused_option", options=", ".join(unused), n=papers)


def _mark_flags(item: dict) -> Iterator[Flag]:
    facility, guess = item["analysed_facility"], item["random_guess"]
    if guess is not None and facility < guess:
        yield _flag("below_guessing", share=_percent(facility), guess=_percent(guess))
    elif facility <= TOO_HARD:
        yield _flag("too_hard", share=_percent(facility))
    if facility >= TOO_EASY:
        yield _flag("too_easy", share=_percent(facility))
    index, efficiency = item["discrimination_index"], item["discriminative_efficiency"]
    if index is not None and index < 0:
        yield _flag("negative_discrimination", index=_number(index))
    elif efficiency is not None and efficiency < DUBIOUS_EFFICIENCY:
        yield _flag("dubious", efficiency=_number(efficiency))
    if item["negcovar"]:
        yield _flag("negcovar")


def notes_on_test(test: dict) -> str | None:
    """Return what should be looked at in a whole test (a row of TEST_RESULTS), or None."""
    notes = []
    if test["papers"] < ENOUGH:
        notes.append(text("test.few", n=test["papers"]))
    if test["questions"] is None:
        notes.append(text("test.differ"))
    if test["cic"] is not None and test["cic"] < 0:
        notes.append(text("test.negative_cic"))
    share = test["expected_share"]
    if test["papers"] >= MANY and share is not None and share >= NOTABLE_SHARE:
        notes.append(
            text(
                "test.draw", share=_number(100 * share),
                easy=_number(test["expected_max"]), hard=_number(test["expected_min"]),
            )
        )  # fmt: skip
    return " ".join(notes) or None


def _flag(code: str, **values: object) -> Flag:
    return code, text(f"flag.{code}", **values)


def _percent(share: Fraction) -> str:
    return _number(float(100 * share))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")
