"""Widgets, and the pages composed of them."""

from contest.ui.pages import paper_page

__all__ = ["paper_page"]
