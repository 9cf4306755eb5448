"""Ordinary kernels, one process per page, each started for one contestant."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.call_context import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Integer

from contest.app import make_token
from contest.settings import kernel_environment


class ContestKernelManager(AsyncMappingKernelManager):
    """Starts kernels that know their contestant, and remembers whose they are."""

    per_visitor = Integer(
        3, config=True, help="Live kernels of one visitor; with one more the oldest goes."
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._owners: dict[str, str] = {}

    def owner(self, kernel_id: str | None) -> str | None:
        """Return the contestant a kernel was started for, or None."""
        return self._owners.get(kernel_id or "")

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        contestant_id = handler.current_user.username
        handler.xsrf_token  # noqa: B018 - sets the cookie that the page's unload beacon needs
        directory = handler.settings["contest_service"].directory
        token = make_token(directory, contestant_id)
        # Not the server's own environment: whatever it holds is nobody's business there.
        kwargs["env"] = kernel_environment(directory.path, token)
        await self._make_room(contestant_id)
        kernel_id = await super().start_kernel(**kwargs)
        self._owners[kernel_id] = contestant_id
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **kwargs: Any) -> None:
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        if handler is not None and getattr(handler, "path_args", None) == [kernel_id]:
            # Voilà's beacon has no authoriser: only the owner may end a kernel.
            user = handler.current_user
            if user is None or user.username != self.owner(kernel_id):
                return
        self._owners.pop(kernel_id, None)
        await super().shutdown_kernel(kernel_id, *args, **kwargs)

    async def _make_room(self, contestant_id: str) -> None:
        mine = [id_ for id_, owner in self._owners.items() if owner == contestant_id]
        for kernel_id in mine[: max(0, len(mine) - self.per_visitor + 1)]:
            self._owners.pop(kernel_id)
            if kernel_id in self:
                await super().shutdown_kernel(kernel_id, now=True)
