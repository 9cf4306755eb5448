"""The question types. A new type is a module here and a line in `Question`."""

from typing import Annotated

from pydantic import Field

from questions.types.base import Image, Level, Option, QuestionBase, Status
from questions.types.multiple import MultipleChoice
from questions.types.single import SingleChoice
from questions.types.true_false import TrueFalse

Question = Annotated[SingleChoice | MultipleChoice | TrueFalse, Field(discriminator="type")]

__all__ = [
    "Image",
    "Level",
    "MultipleChoice",
    "Option",
    "Question",
    "QuestionBase",
    "SingleChoice",
    "Status",
    "TrueFalse",
]
