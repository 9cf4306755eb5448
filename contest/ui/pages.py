"""The pages that notebooks show: what a notebook calls, and nothing else."""

from __future__ import annotations

from contest.app import current
from contest.ui.paper import PaperWidget


def paper_page() -> PaperWidget:
    """Return the paper of the signed-in contestant, or of the preview."""
    app = current()
    return PaperWidget(app, carry_code=app.carry_code)
