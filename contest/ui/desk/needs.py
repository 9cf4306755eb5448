"""How an act of the desk's room says who may do it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from contest.organisers import Organiser
from contest.roles import Act

P = ParamSpec("P")
T = TypeVar("T")


def needs(
    act: Act | Callable[..., Act],
) -> Callable[
    [Callable[Concatenate[Any, Organiser, P], Awaitable[T]]],
    Callable[Concatenate[Any, P], Awaitable[T]],
]:
    """Let a method be called by roles that may do `act` only; it is told who does it.

    `act` may be a function of the method's arguments.
    """

    def guarded(
        method: Callable[Concatenate[Any, Organiser, P], Awaitable[T]],
    ) -> Callable[Concatenate[Any, P], Awaitable[T]]:
        @wraps(method)
        async def asked(self: Any, *args: P.args, **kwargs: P.kwargs) -> T:
            wanted = act(*args, **kwargs) if callable(act) else act
            by = await self.session.require(wanted)
            return await method(self, by, *args, **kwargs)

        asked.needs = act  # type: ignore[attr-defined]
        return asked

    return guarded
