"""The base of the plain pages: who asks, at what time, how a page is made, what errors show."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import Any

import jinja2
from markupsafe import Markup, escape
from tornado.web import HTTPError, RequestHandler
from voila.static_file_handler import TemplateStaticFileHandler

from contest.app import band_of
from contest.clock import Clock
from contest.messages import text as contest_text
from contest.notices.model import Notice
from contest.registration import FieldError
from contest.rounds import RoundStatus
from contest.rules import Round
from contest.service import Service
from contest.serving.appearance import worn
from contest.serving.limits import AddressLimits, TryLimit
from contest.serving.messages import TEXTS, text
from contest.serving.visitor import Cookies
from contest.serving.words import moment
from contest.settings import TEMPLATES
from contest.store.commands import Contestant
from contest.store.protocol import StoreUnavailable
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
    """What all handlers of a server use; there is nothing of any visitor in it.

    `band` is what every page bears, as text, or None for a real contest.
    """

    service: Service
    clock: Clock
    cookies: Cookies
    templates: jinja2.Environment
    by_browser: TryLimit
    by_address: TryLimit
    addresses: AddressLimits
    band: str | None = None

    def notices(self, now: int, round_id: str | None = None) -> list[Notice]:
        """Return the notices that a page bears; None: it is about whatever is open at `now`."""
        if round_id is not None:
            return self.service.notices.shown({round_id}, now)
        rounds = self.service.rounds.known().rules.rounds
        open_ = {one.id for one in rounds if one.window_at(now) is not None}
        return self.service.notices.shown(open_, now)

    def render(self, template: str, page: dict[str, Any], now: int, **names: Any) -> str:
        """Return one of the plain pages as HTML."""
        return self.templates.get_template(f"pages/{template}.html").render(
            page={**page, **worn(self.service)},
            texts=TEXTS,
            say=say,
            static_url=static_url,
            printed_at=moment(now),
            **names,
        )


def page_environment() -> jinja2.Environment:
    """Return the environment that the plain pages' templates are rendered in."""
    folder = TEMPLATES / "voila" / "templates" / "contest"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["apart"] = apart
    environment.filters["whole"] = whole
    return environment


def say(key: str, **values: object) -> Markup:
    """Return the text of `key` for a page; what fills its gaps is escaped, unless it is markup."""
    return Markup(escape(TEXTS[key])).format(**values)


def apart(words: object) -> Markup:
    """Return words from people or banks so that their direction doesn't change the line's."""
    return Markup("<bdi>{}</bdi>").format(words)


def whole(words: object) -> Markup:
    """Return words that stay on one line, as a code does."""
    return Markup('<span class="one-line">{}</span>').format(words)


class Counted(RequestHandler):
    """Turns away an address that asks for more than a whole school does.

    A request is counted before anything else of it is looked at: one that would be refused for
    another reason costs as much.
    """

    _counted = False

    def check_xsrf_cookie(self) -> None:
        """Count the request, then look for the form's token."""
        self._count()
        super().check_xsrf_cookie()

    def prepare(self) -> Any:
        """Count the request, then go on."""
        self._count()
        return super().prepare()

    def _count(self) -> None:
        if self._counted:
            return
        self._counted = True
        addresses: AddressLimits = self.settings["contest_shared"].addresses
        if not addresses.may_ask(self.request.remote_ip or ""):
            raise HTTPError(429)


class PlainErrors(Counted):
    """Our headers on every answer; and errors as a plain page: what happened, what to do.

    Attributes
    ----------
    waiting : bool
        The visitor is told to come again, because there is no room.
    """

    waiting = False

    @property
    def shared(self) -> Shared:
        """What all handlers use."""
        return self.settings["contest_shared"]

    def set_default_headers(self) -> None:
        super().set_default_headers()
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.set_header("Cache-Control", "private, no-store")

    def set_cookie(self, name: str, value: Any, *args: Any, **kwargs: Any) -> None:
        """Set a cookie; over https it never travels without."""
        if self.request.protocol == "https":
            kwargs.setdefault("secure", True)
        super().set_cookie(name, value, *args, **kwargs)

    def log_exception(self, *args: Any) -> None:
        """Do nothing: what fails on our side is logged as an incident, the rest isn't ours."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Show a page without a traceback, a path or anything else of this machine."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        if isinstance(error, StoreUnavailable):
            status_code = 503
            self.set_status(status_code)
            self.set_header("Retry-After", "5")
        if status_code in _ERRORS:
            heading, body = (text(key) if key else "" for key in _ERRORS[status_code])
        elif status_code < 500:
            heading, body = text("sys.error.title"), text("sys.bad_request")
        else:
            heading, body = text("sys.error.title"), text("sys.error", ma=self.incident(error))
        self.message(heading, body)

    def message(self, heading: str, body: str) -> None:
        """Finish with a page that says one thing."""
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        name = self.shared.service.rounds.known().rules.contest.title
        page = {"title": heading, "name": name, "round": None, "band": self.shared.band}
        now = self.shared.clock.now()
        notices = self.shared.notices(now)
        self.finish(
            self.shared.render(
                "message",
                {**page, "notices": notices, "lang": "vi", "links": []},
                now,
                heading=heading,
                body=body,
            )
        )

    def incident(self, error: BaseException | None) -> str:
        """Log what went wrong; return the number that the visitor is told."""
        number = secrets.token_hex(4)
        log.error(
            "incident %s: %s %s",
            number,
            self.request.method,
            type(self).__name__,
            exc_info=error,
        )
        return number


_ERRORS: dict[int, tuple[str, str]] = {
    403: ("sys.form_old", ""),
    404: ("sys.missing", ""),
    405: ("sys.missing", ""),
    429: ("sys.too_fast.title", "sys.too_fast"),
    503: ("sys.error.title", "sys.busy"),
}
"""Status -> the texts of its page: heading, and what follows."""


class Page(PlainErrors):
    """A page made on the server. Subclasses render, or redirect."""

    now: int

    def initialize(self) -> None:
        """Take the time of the request before anything else is done."""
        self.now = self.shared.clock.now()

    @property
    def service(self) -> Service:
        """The use cases."""
        return self.shared.service

    def head(self, *args: str) -> Any:
        """Answer like GET; the body isn't sent."""
        return self.get(*args)

    async def contestant(self) -> Contestant | None:
        """Return the signed-in contestant, if the store still knows who they are."""
        contestant_id = self.shared.cookies.contestant(self)
        found = await self.service.store.contestant(contestant_id) if contestant_id else None
        return None if found is None or found.erased else found

    async def status(self) -> RoundStatus:
        """Return the round that matters now."""
        return await self.service.status(self.now)

    async def units(self, status: RoundStatus) -> Units:
        """Return the units of a round, frozen if it is."""
        frozen = await self.service.rounds.frozen(status.round.id)
        return frozen.units if frozen else self.service.rounds.known().units

    async def page(
        self,
        template: str,
        title: str,
        status: RoundStatus,
        *,
        of: Round | None = None,
        **names: Any,
    ) -> None:
        """Render a page and finish the request; `of`: the round it is about, if another."""
        round_ = of or status.round
        errors: list[FieldError] = names.setdefault("errors", [])
        band = await band_of(self.service, status.rules)
        self.write(
            self.shared.render(
                template,
                {
                    "title": f"{text('error.prefix') if errors else ''}{title}",
                    "name": status.rules.contest.title,
                    "round": round_.title,
                    "band": contest_text(band) if band else None,
                    "notices": self.shared.notices(self.now, round_.id),
                    "lang": "vi",
                    "links": [
                        {"href": "/", "text": text("nav.home")},
                        {"href": "/the-le", "text": text("nav.rules")},
                        {"href": "/tra-cuu", "text": text("nav.lookup")},
                    ],
                },
                self.now,
                xsrf=lambda: Markup(self.xsrf_form_html()),
                contest=status.rules.contest,
                rules=status.rules,
                status=status,
                **names,
            )
        )

    def see(self, path: str) -> None:
        """Send the browser to another page of ours after a form (303)."""
        self.redirect(path, status=303)


class Missing(Page):
    """Every address that isn't one of ours."""

    def get(self) -> None:
        raise HTTPError(404)

    post = head = put = delete = patch = options = get


def static_url(name: str) -> str:
    """Return the address of one of our static files, with a version that changes with it."""
    settings = {"static_url_prefix": "/voila/templates/", "static_path": None}
    return TemplateStaticFileHandler.make_static_url(settings, f"contest/static/{name}")
