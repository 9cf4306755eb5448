"""How each question type is marked: one function per type."""

from collections.abc import Callable, Mapping
from typing import Any

from grading.markers.base import Found
from grading.markers.choice import one_choice, several_choices
from grading.markers.several import order, pairs, statements
from grading.markers.typed import cloze, essay, number, short_text

MARKERS: dict[str, Callable[[Any, Mapping[str, Any]], Found]] = {
    "single": one_choice,
    "multiple": several_choices,
    "true_false": one_choice,
    "true_false_group": statements,
    "matching": pairs,
    "ordering": order,
    "numeric": number,
    "short_text": short_text,
    "cloze": cloze,
    "essay": essay,
}
"""Question type -> how a response is marked."""

__all__ = ["MARKERS"]
