"""A bank being edited: looking, changing, saving; no widgets."""

from questions.editing.bank import EditedBank
from questions.editing.entry import Entry, compared

__all__ = ["EditedBank", "Entry", "compared"]
