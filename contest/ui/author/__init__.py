"""The authoring notebook's widgets; what they edit is in `questions.editing`."""

from contest.ui.author.page import AuthorPage, author_page

__all__ = ["AuthorPage", "author_page"]
