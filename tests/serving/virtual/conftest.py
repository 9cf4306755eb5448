"""What the tests of kernels share: nothing stays routed after a test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from contest.serving.virtual.routing import install, uninstall
from tests.serving.virtual.kernels import Someone


@pytest.fixture(autouse=True)
def _unrouted() -> Iterator[None]:
    """Put everything back after each test."""
    yield
    while Someone.here:
        Someone.here.pop().close()
    uninstall()


@pytest.fixture
def routed(_unrouted: None) -> None:
    """Route everything while this test runs."""


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[Any]:
    """Route where asked for: not before the test itself, as pytest sets standard output for it."""
    if "routed" in pyfuncitem.fixturenames:
        install()
    return (yield)
