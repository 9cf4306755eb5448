"""Behind a proxy: whose forwarded address and protocol are believed."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from tornado.httpserver import HTTPServer

Networks = Sequence[IPv4Network | IPv6Network]


class TrustedAddresses:
    """Addresses within some networks, for `in`."""

    def __init__(self, networks: Networks) -> None:
        self._networks = networks

    def __contains__(self, address: object) -> bool:
        try:
            ip = ip_address(str(address))
        except ValueError:
            return False
        return any(ip in network for network in self._networks)


class ProxiedServer(HTTPServer):
    """Believes X-Forwarded-For and X-Forwarded-Proto from trusted proxies only.

    Tornado's own switch believes them from anybody who connects.
    """

    def initialize(self, *args: Any, trusted: Networks = (), **kwargs: Any) -> None:  # type: ignore[override]
        """Take what Tornado's server takes, and the proxies' networks."""
        super().initialize(*args, **kwargs)
        self._trusted = TrustedAddresses(trusted)

    def start_request(self, server_conn: object, request_conn: Any) -> Any:
        """Read the forwarding headers of this request only if a proxy of ours sent it."""
        context = request_conn.context
        context.trusted_downstream = self._trusted  # hops to skip in X-Forwarded-For
        self.xheaders = bool(context.address) and context.address[0] in self._trusted
        return super().start_request(server_conn, request_conn)
