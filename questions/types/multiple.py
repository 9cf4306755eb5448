"""Several right options among two to eight."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from questions.strict import Id
from questions.types.base import ChoiceQuestion, Finding

Scoring = Literal["all_or_nothing", "false2", "false", "true", "all", "none", "moodle"]

_LATER: dict[str, Any] = {"scoring": "all_or_nothing", "weights": {}}
"""Keys that the format did not have at first. While they say nothing they are in no dump, so
that a question written before them keeps its hash and with it its review."""

ROUNDING = Decimal("0.01")
"""How far the shares of the right options may add up beside 100: 33.33 three times is meant."""


class MultipleChoice(ChoiceQuestion):
    """One or more options are right, all of them perhaps; `key` lists their ids.

    Attributes
    ----------
    scoring : str
        `all_or_nothing`; a partial rule of R/exams by its name there (what a wrong option
        costs); or `moodle`: every option has a share of the marks in percent.
    weights : dict
        Option id -> percent, for `moodle`. Left out, the right options share 100 alike and
        the others count nothing.
    """

    many: ClassVar[bool] = True
    type: Literal["multiple"]
    key: Annotated[tuple[Id, ...], Field(min_length=1)]
    scoring: Scoring = "all_or_nothing"
    weights: dict[Id, Annotated[Decimal, Field(ge=-100, le=100, decimal_places=5)]] = Field(
        default_factory=dict
    )

    @model_serializer(mode="wrap")
    def _without_later(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data = dump(self)
        for key, default in _LATER.items():
            if key in data and data[key] == default:
                del data[key]
        return data

    def right(self) -> frozenset[str]:
        return frozenset(self.key)

    def findings(self) -> Iterator[Finding]:
        yield from super().findings()
        if len(set(self.key)) != len(self.key):
            yield "question.key_repeated", ("key",), {}
        if self.weights:
            yield from self._weights()

    def _weights(self) -> Iterator[Finding]:
        if self.scoring != "moodle":
            yield "question.weights_unused", ("weights",), {}
        ids = {option.id for option in self.options}
        for id_ in sorted(set(self.weights) - ids):
            yield "question.weight_unknown", ("weights", id_), {"id": id_}
        for id_ in sorted(ids):
            if (self.weights.get(id_, Decimal(0)) > 0) != (id_ in self.key):
                yield "question.weight_sign", ("weights", id_), {"id": id_}
        total = sum((weight for weight in self.weights.values() if weight > 0), Decimal(0))
        if abs(total - 100) > ROUNDING:
            yield "question.weights_sum", ("weights",), {"sum": total}
