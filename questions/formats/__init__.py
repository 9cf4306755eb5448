"""Questions from and for other programs: one module a format, all giving the same drafts."""

from questions.formats.draft import Draft, Picture, Reading
from questions.formats.into import Plan, plan_import
from questions.formats.registry import Format, read_file, write_questions

__all__ = [
    "Draft",
    "Format",
    "Picture",
    "Plan",
    "Reading",
    "plan_import",
    "read_file",
    "write_questions",
]
