"""Widgets without a front end, on the small bank of the question tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import comm
import pytest
from comm.base_comm import BaseComm, CommManager

from contest.clock import ManualClock
from contest.ui.author import AuthorPage
from tests.factories import OPENS
from tests.questions.conftest import BankFolder


class SilentComm(BaseComm):
    """A comm that sends nothing."""

    def publish_msg(self, *_: Any, **__: Any) -> None:
        """Drop the message."""


@pytest.fixture(autouse=True)
def no_front_end(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let widgets be made where there is no kernel."""
    manager = CommManager()
    monkeypatch.setattr(comm, "create_comm", SilentComm)
    monkeypatch.setattr(comm, "get_comm_manager", lambda: manager)
    yield


@pytest.fixture
def folder(tmp_path: Path) -> BankFolder:
    """A good bank: two topics, three questions."""
    return BankFolder(tmp_path / "ngan_hang")


@pytest.fixture
def page(folder: BankFolder) -> AuthorPage:
    """The notebook's page on that bank."""
    return AuthorPage(folder.path, ManualClock(OPENS))
