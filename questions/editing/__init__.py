"""A bank being edited: looking, changing, saving; no widgets."""

from questions.editing.bank import EditedBank
from questions.editing.entry import Entry, compared
from questions.editing.grounds import Ground, Grounds, citing

__all__ = ["EditedBank", "Entry", "Ground", "Grounds", "citing", "compared"]
