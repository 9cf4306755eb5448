"""The pages that notebooks show: what a notebook calls, and nothing else."""

from __future__ import annotations

from contest.app import current
from contest.ui.mock import MockPaper
from contest.ui.paper import PaperWidget
from contest.ui.practice.page import PracticeWidget


def paper_page() -> PaperWidget:
    """Return the paper of the signed-in contestant, or of the preview."""
    app = current()
    return PaperWidget(app, carry_code=app.carry_code)


def practice_page() -> PracticeWidget:
    """Return the practice of the learner whose page this is, or of the preview."""
    app = current()
    return PracticeWidget(app, carry_code=app.carry_code)


def mock_page() -> PaperWidget:
    """Return the learner's running mock paper, or that of the preview."""
    app = MockPaper(current())
    return PaperWidget(app, carry_code=app.carry_code)
