"""Stock Voilà with its own front end, over kernels that are objects; each browser is a visitor.

    python -m tests.serving.virtual.stock_server NOTEBOOK

Prints its address, and serves until it is ended.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import uuid
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler
from traitlets.config import Config
from voila.app import Voila

from contest.serving.virtual.manager import VirtualKernelManager
from contest.serving.virtual.socket import KernelSocket


class ByCookie(IdentityProvider):
    """Whoever comes gets a name of their own, and is known by it."""

    def get_user(self, handler: RequestHandler) -> User:  # type: ignore[override]
        name = handler.get_signed_cookie("visitor")
        if name is None:
            name = uuid.uuid4().hex.encode()
            handler.set_signed_cookie("visitor", name)
        return User(username=name.decode())

    def get_handlers(self) -> list[Any]:
        return []


class StockVoila(Voila):
    """Voilà as it is, but for where kernels come from."""

    def init_handlers(self) -> list[Any]:
        handlers = super().init_handlers()
        return [
            (handler[0], KernelSocket) if handler[0].endswith("/channels") else handler
            for handler in handlers
        ]


async def serve(notebook: str) -> None:
    """Serve one notebook, for ever."""
    config = {
        "Voila": {"config_file_paths": [], "identity_provider_class": ByCookie},
        "VoilaConfiguration": {"multi_kernel_manager_class": VirtualKernelManager},
    }
    voila = StockVoila(config=Config(config), notebook_path=notebook, open_browser=False)
    voila.initialize([])
    voila.connection_dir = tempfile.gettempdir()
    app = Application(**voila.init_settings())
    app.add_handlers(".*$", voila.init_handlers())
    (socket,) = bind_sockets(0, "127.0.0.1")
    HTTPServer(app).add_sockets([socket])
    sys.stdout.write(f"http://127.0.0.1:{socket.getsockname()[1]}/\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
