"""Where a try at a code comes from: a browser, and the address that it shares with others."""

from __future__ import annotations

from tornado.web import RequestHandler

from contest.serving.limits import TryLimit

BROWSER_COOKIE = "th-may"

Limited = tuple[tuple[TryLimit, str], ...]
"""Limits, each with the place it counts for."""


def places(handler: RequestHandler) -> tuple[str, str]:
    """Return the browser's and the address' name; a browser without one is given one."""
    address = handler.request.remote_ip or ""
    browser = handler.get_signed_cookie(BROWSER_COOKIE)
    if browser is None:
        name = handler.xsrf_token.decode()[-16:]
        handler.set_signed_cookie(BROWSER_COOKIE, name, httponly=True, samesite="Lax")
        return f"{address}/{name}", address
    return f"{address}/{browser.decode()}", address


def minutes_to_wait(limited: Limited, now: int) -> int:
    """Return how many minutes a place has to wait, begun ones whole; 0: it may try."""
    return -(-max(limit.wait(place, now) for limit, place in limited) // 60_000)


def count(limited: Limited, now: int) -> int:
    """Count a failed try; return how many are left."""
    for limit, place in limited:
        limit.count(place, now)
    return min(limit.left(place, now) for limit, place in limited)
