"""The paper as a Solara page: `solara run` shows it. The same widget, the same draw."""

from __future__ import annotations

from functools import cache

import reacton.core
import solara
import traitlets

from contest.bench.memory import MemoryApplication
from contest.directory import ContestDirectory
from contest.frozen import FrozenRound, unfrozen
from contest.settings import read_settings
from contest.ui.base import HERE
from contest.ui.paper import PaperWidget

SECRET = b"bench"


@cache
def _frozen() -> FrozenRound:
    contest = ContestDirectory(read_settings().contest).load()
    return unfrozen(contest, contest.rules.rounds[0], SECRET)


@cache
def _code() -> dict[str, str]:
    """Return the widget's browser side, read once for all visitors."""
    return {
        "_esm": (HERE / PaperWidget.bundle).read_text(encoding="utf-8"),
        "_css": (HERE / PaperWidget.style_file).read_text(encoding="utf-8"),
    }


class SharedCodePaper(PaperWidget):
    """The paper's widget with its code in memory once instead of once per visitor."""

    def __init__(self, app: MemoryApplication) -> None:
        super().__init__(app, carry_code=False)  # type: ignore[arg-type]

    @traitlets.default("_esm")
    def _shared_code(self) -> str:
        return _code()["_esm"]

    @traitlets.default("_css")
    def _shared_style(self) -> str:
        return _code()["_css"]


@solara.component
def Page() -> reacton.core.Element:  # noqa: N802 - solara looks for this name
    """A visitor's paper."""
    app = solara.use_memo(lambda: MemoryApplication(_frozen()), [])
    return SharedCodePaper.element(app=app)
