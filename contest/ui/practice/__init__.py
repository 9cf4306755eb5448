"""The practice page: one widget that speaks the second half of `docs/protocol.md`."""

from contest.ui.practice.page import PracticeWidget

__all__ = ["PracticeWidget"]
