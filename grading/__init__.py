"""Grading: rows and rules in, scores, rankings and result files out. Pure but for `export`.

Names are loaded when they are first used, so that `grading.marks` and
`grading.rules`, which the contestant's page needs, load neither pandas nor
numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grading.adjusting import Adjustments
    from grading.export import Extras, OutputRefused, write_results
    from grading.frames import build, from_rows
    from grading.inputs import Predicted, RoundInput
    from grading.items import analyse_items
    from grading.manifest import Meta, RoundMeta, Source, settled
    from grading.marks import Mark, MarkStatus, mark, micro
    from grading.predictions import true_value
    from grading.ranked import rank_marked
    from grading.ranking import choose_counted, rank_people
    from grading.results import Results, grade, grade_scores
    from grading.rules import GradingRules
    from grading.scored import mark_attempts
    from grading.scoring import attempt_totals, score_answers
    from grading.units import rank_units

_MODULES = {
    "Adjustments": "adjusting",
    "Extras": "export",
    "GradingRules": "rules",
    "Mark": "marks",
    "MarkStatus": "marks",
    "Meta": "manifest",
    "OutputRefused": "export",
    "Predicted": "inputs",
    "Results": "results",
    "RoundInput": "inputs",
    "RoundMeta": "manifest",
    "Source": "manifest",
    "analyse_items": "items",
    "attempt_totals": "scoring",
    "build": "frames",
    "choose_counted": "ranking",
    "from_rows": "frames",
    "grade": "results",
    "grade_scores": "results",
    "mark": "marks",
    "mark_attempts": "scored",
    "micro": "marks",
    "rank_marked": "ranked",
    "rank_people": "ranking",
    "rank_units": "units",
    "score_answers": "scoring",
    "settled": "manifest",
    "true_value": "predictions",
    "write_results": "export",
}

__all__ = [
    "Adjustments",
    "Extras",
    "GradingRules",
    "Mark",
    "MarkStatus",
    "Meta",
    "OutputRefused",
    "Predicted",
    "Results",
    "RoundInput",
    "RoundMeta",
    "Source",
    "analyse_items",
    "attempt_totals",
    "build",
    "choose_counted",
    "from_rows",
    "grade",
    "grade_scores",
    "mark",
    "mark_attempts",
    "micro",
    "rank_marked",
    "rank_people",
    "rank_units",
    "score_answers",
    "settled",
    "true_value",
    "write_results",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
