"""Drafts of facts and questions from a document, for a person to accept or drop.

`read` gives the document's paragraphs, `finds` what in them can be checked (dates, numbers with
units, document numbers, counts, ordinals, names with offices), `distractors` wrong values of the
same kind, `propose` facts and questions, `write` puts them into a bank. Rules only: the same
document and seed give the same drafts. A draft bears the tag `questions.model.DRAFTED` and the
status draft: it is in no paper until a person has accepted and reviewed it.
"""

from questions.drafting.propose import Drafts, propose
from questions.drafting.read import Document, Paragraph, read_document
from questions.drafting.write import write_drafts

__all__ = ["Document", "Drafts", "Paragraph", "propose", "read_document", "write_drafts"]
