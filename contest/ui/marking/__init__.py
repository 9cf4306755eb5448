"""The markers' page: a log-in, then one essay after the other, without a name.

`visit` knows who marks and does what they may; `form` is the widget; `page` puts them together.
"""

from contest.ui.marking.page import MarkingPage, marking_page

__all__ = ["MarkingPage", "marking_page"]
