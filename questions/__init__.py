"""The bank: sources, facts and questions as files, strictly read."""

from questions.load import BANKS, ReadBank, load_bank, read_bank
from questions.model import Bank, Citation, Fact, Source, Topic
from questions.problems import Problem, ProblemsFound
from questions.types import MultipleChoice, Option, Question, SingleChoice, TrueFalse

__all__ = [
    "BANKS",
    "Bank",
    "Citation",
    "Fact",
    "MultipleChoice",
    "Option",
    "Problem",
    "ProblemsFound",
    "Question",
    "ReadBank",
    "SingleChoice",
    "Source",
    "Topic",
    "TrueFalse",
    "load_bank",
    "read_bank",
]
