"""The sentences of the paper and of the frame around it, as the server hands them out."""

from __future__ import annotations

from contest.serving.messages import TEXTS as FRAME
from contest.ui.messages import TEXTS as PAPER

TEXTS: dict[str, str] = {**FRAME, **PAPER}
