"""The base of the plain pages: who asks, at what time, how a page is made, what errors show."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup
from tornado.web import HTTPError, RequestHandler
from voila.static_file_handler import TemplateStaticFileHandler

from contest.app import band_of
from contest.clock import Clock
from contest.messages import text as contest_text
from contest.registration import FieldError
from contest.rounds import RoundStatus
from contest.service import Service
from contest.serving.limits import TryLimit
from contest.serving.messages import TEXTS, text
from contest.serving.visitor import Cookies
from contest.serving.words import moment
from contest.settings import TEMPLATES
from contest.store.protocol import Contestant, StoreUnavailable
from contest.units import Units

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Content-Security-Policy of every page: nothing from elsewhere, nothing inline."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@dataclass
class Shared:
    """What all handlers of a server use; there is nothing of any visitor in it."""

    service: Service
    clock: Clock
    cookies: Cookies
    templates: jinja2.Environment
    by_browser: TryLimit
    by_address: TryLimit


def page_environment() -> jinja2.Environment:
    """Return the environment that the plain pages' templates are rendered in."""
    folder = TEMPLATES / "voila" / "templates" / "contest"
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )


class Page(RequestHandler):
    """A page made on the server. Subclasses render, or redirect."""

    now: int

    @property
    def shared(self) -> Shared:
        """What all handlers use."""
        return self.settings["contest_shared"]

    @property
    def service(self) -> Service:
        """The use cases."""
        return self.shared.service

    def set_default_headers(self) -> None:
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "private, no-store")

    def prepare(self) -> None:
        """Take the time of the request before anything else is done."""
        self.now = self.shared.clock.now()

    async def contestant(self) -> Contestant | None:
        """Return the signed-in contestant, if the store still knows them."""
        contestant_id = self.shared.cookies.contestant(self)
        return await self.service.store.contestant(contestant_id) if contestant_id else None

    async def status(self) -> RoundStatus:
        """Return the round that matters now."""
        return await self.service.status(self.now)

    async def units(self, status: RoundStatus) -> Units:
        """Return the units of a round, frozen if it is."""
        frozen = await self.service.rounds.frozen(status.round.id)
        return frozen.units if frozen else self.service.rounds.known().units

    async def page(self, template: str, title: str, status: RoundStatus, **names: Any) -> None:
        """Render a page and finish the request."""
        errors: list[FieldError] = names.setdefault("errors", [])
        band = await band_of(self.service, status.rules)
        self.write(
            self._render(
                template,
                {
                    "title": f"{text('error.prefix') if errors else ''}{title}",
                    "name": status.rules.contest.title,
                    "round": status.round.title,
                    "band": contest_text(band) if band else None,
                    "lang": "vi",
                    "links": [
                        {"href": "/", "text": text("nav.home")},
                        {"href": "/the-le", "text": text("nav.rules")},
                        {"href": "/tra-cuu", "text": text("nav.lookup")},
                    ],
                },
                contest=status.rules.contest,
                rules=status.rules,
                status=status,
                **names,
            )
        )

    def _render(self, template: str, page: dict[str, Any], **names: Any) -> str:
        return self.shared.templates.get_template(f"pages/{template}.html").render(
            page=page,
            texts=TEXTS,
            say=text,
            xsrf=lambda: Markup(self.xsrf_form_html()),
            static_url=static_url,
            printed_at=moment(self.now),
            **names,
        )

    def see(self, path: str) -> None:
        """Send the browser to another page of ours after a form (303)."""
        self.redirect(path, status=303)

    def log_exception(self, *args: Any) -> None:
        """Log what the visitor is only told a number of."""
        if isinstance(args[1], HTTPError):
            super().log_exception(*args)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show a plain page: what happened, what to do; never a traceback."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, StoreUnavailable):
            self.set_status(503)
            self.set_header("Retry-After", "5")
            heading, body = text("sys.error.title"), text("sys.busy")
        elif status_code == 404:
            heading, body = text("sys.missing"), ""
        elif status_code == 403:
            heading, body = text("sys.form_old"), ""
        else:
            number = secrets.token_hex(4)
            log.error("incident %s: %s %s", number, self.request.method, self.request.path,
                      exc_info=kwargs.get("exc_info"))  # fmt: skip
            heading, body = text("sys.error.title"), text("sys.error", ma=number)
        name = self.service.rounds.known().rules.contest.title
        page = {"title": heading, "name": name, "round": None, "band": None, "lang": "vi"}
        self.finish(self._render("message", {**page, "links": []}, heading=heading, body=body))


class Missing(Page):
    """Every address that isn't one of ours."""

    def get(self) -> None:
        raise HTTPError(404)

    post = head = put = delete = patch = options = get


def static_url(name: str) -> str:
    """Return the address of one of our static files, with a version that changes with it."""
    settings = {"static_url_prefix": "/voila/templates/", "static_path": None}
    return TemplateStaticFileHandler.make_static_url(settings, f"contest/static/{name}")
