"""The question types. A new type is a module here and a line in `Question`."""

from typing import Annotated

from pydantic import Field

from questions.types.base import Image, Kind, Level, Option, OptionQuestion, QuestionBase, Status
from questions.types.cloze import Cloze
from questions.types.essay import Essay
from questions.types.matching import Matching
from questions.types.multiple import MultipleChoice
from questions.types.numeric import Numeric
from questions.types.ordering import Ordering
from questions.types.parts import Criterion, Gap, Part, Statement
from questions.types.short_text import ShortText
from questions.types.single import SingleChoice
from questions.types.true_false import TrueFalse
from questions.types.true_false_group import TrueFalseGroup

Question = Annotated[
    SingleChoice
    | MultipleChoice
    | TrueFalse
    | TrueFalseGroup
    | Matching
    | Ordering
    | Numeric
    | ShortText
    | Cloze
    | Essay,
    Field(discriminator="type"),
]

__all__ = [
    "Cloze",
    "Criterion",
    "Essay",
    "Gap",
    "Image",
    "Kind",
    "Level",
    "Matching",
    "MultipleChoice",
    "Numeric",
    "Option",
    "OptionQuestion",
    "Ordering",
    "Part",
    "Question",
    "QuestionBase",
    "ShortText",
    "SingleChoice",
    "Statement",
    "Status",
    "TrueFalse",
    "TrueFalseGroup",
]
