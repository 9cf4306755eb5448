"""How an organiser's pages look, as every page is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contest.service import Service

PATH = "/giao-dien/"
"""Where the stylesheet and the logo lie, each by its hash."""


def worn(service: Service) -> dict[str, Any]:
    """Return what pages are told of the organiser's colours, logo and line; may be edited live.

    `look` is equal where all of it is.
    """
    found = service.rounds.known().appearance
    width, height = found.logo_size
    told = {
        "style": f"{PATH}{found.css_hash}.css" if found.css else None,
        "logo": f"{PATH}{found.logo.hash}" if found.logo else None,
        "logo_alt": found.logo_alt,
        "logo_width": width,
        "logo_height": height,
        "footer": found.footer,
    }
    return {**told, "look": tuple(told.values())}
