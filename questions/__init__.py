"""The bank: sources, facts and questions as files, strictly read."""

from questions.load import BANKS, ReadBank, load_bank, read_bank
from questions.model import Bank, Citation, Fact, Source, Topic
from questions.problems import Problem, ProblemsFound
from questions.types import (
    Cloze,
    Criterion,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numeric,
    Option,
    Ordering,
    Part,
    Question,
    ShortText,
    SingleChoice,
    Statement,
    TrueFalse,
    TrueFalseGroup,
)

__all__ = [
    "BANKS",
    "Bank",
    "Citation",
    "Cloze",
    "Criterion",
    "Essay",
    "Fact",
    "Gap",
    "Matching",
    "MultipleChoice",
    "Numeric",
    "Option",
    "Ordering",
    "Part",
    "Problem",
    "ProblemsFound",
    "Question",
    "ReadBank",
    "ShortText",
    "SingleChoice",
    "Source",
    "Statement",
    "Topic",
    "TrueFalse",
    "TrueFalseGroup",
    "load_bank",
    "read_bank",
]
