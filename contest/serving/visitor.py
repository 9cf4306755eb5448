"""Who is asking: a signed cookie here, told to Jupyter as identity and authorisation."""

from __future__ import annotations

import json
from typing import Any

from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.auth.identity import IdentityProvider, User
from tornado.web import RequestHandler, create_signed_value

from contest.directory import ContestDirectory
from contest.ids import keyed_hash
from contest.secret_files import secret

COOKIE_DAYS = 60
LEARNER_DAYS = 365
DRAFT_DAYS = 1 / 24
DRAFT_BYTES = 2_700
"""Of a draft; signed, it is a third longer, and browsers drop cookies above 4,096 bytes."""


def cookie_secret(directory: ContestDirectory) -> bytes:
    """Return the secret that signs this contest's cookies."""
    return secret(directory.secrets, "cookie")


class Cookies:
    """The signed, HttpOnly cookies of one contest.

    Cookies don't know of ports, so their names carry a mark of the contest: two
    contests on one machine don't sign each other's visitors out.
    """

    def __init__(self, directory: ContestDirectory) -> None:
        self._secret = cookie_secret(directory)
        mark = keyed_hash(self._secret, "cookie", "name")[:8]
        self._visitor = f"th-{mark}"
        self._code = f"th-{mark}-ma"
        self._draft = f"th-{mark}-dk"
        self._learner = f"th-{mark}-lt"
        self._learner_code = f"th-{mark}-lm"

    def contestant(self, handler: RequestHandler) -> str | None:
        """Return the signed-in contestant's id."""
        value = handler.get_signed_cookie(self._visitor, max_age_days=COOKIE_DAYS)
        return value.decode() if value else None

    def signed(self, contestant_id: str) -> tuple[str, str]:
        """Return name and value of the cookie that signs a contestant in, for load benches."""
        value = create_signed_value(self._secret, self._visitor, contestant_id)
        return self._visitor, value.decode()

    def sign_in(self, handler: RequestHandler, contestant_id: str, code: str | None) -> None:
        """Sign a contestant in; `code` is kept for this browser session only, to be shown again."""
        self._set(handler, self._visitor, contestant_id, COOKIE_DAYS)
        if code is None:
            handler.clear_cookie(self._code)
        else:
            self._set(handler, self._code, code, None)

    def sign_out(self, handler: RequestHandler) -> None:
        """Forget the contestant on this machine; their attempt is not touched."""
        for name in (self._visitor, self._code, self._draft):
            handler.clear_cookie(name)

    def code(self, handler: RequestHandler) -> str | None:
        """Return the resume code, in the browser session that registered."""
        value = handler.get_signed_cookie(self._code, max_age_days=COOKIE_DAYS)
        return value.decode() if value else None

    def learner(self, handler: RequestHandler) -> str | None:
        """Return the id of the learner who practises on this machine."""
        value = handler.get_signed_cookie(self._learner, max_age_days=LEARNER_DAYS)
        return value.decode() if value else None

    def learner_code(self, handler: RequestHandler) -> str | None:
        """Return the learner's code, in the browser session that was told it."""
        value = handler.get_signed_cookie(self._learner_code, max_age_days=COOKIE_DAYS)
        return value.decode() if value else None

    def begin_practice(self, handler: RequestHandler, learner_id: str, code: str | None) -> None:
        """Let a learner practise here; `code` is kept for this browser session only."""
        self._set(handler, self._learner, learner_id, LEARNER_DAYS)
        if code is None:
            handler.clear_cookie(self._learner_code)
        else:
            self._set(handler, self._learner_code, code, None)

    def end_practice(self, handler: RequestHandler) -> None:
        """Forget the learner on this machine."""
        for name in (self._learner, self._learner_code):
            handler.clear_cookie(name)

    def draft(self, handler: RequestHandler) -> dict[str, str]:
        """Return what was filled in so far while registering; it lies in the visitor's browser."""
        value = handler.get_signed_cookie(self._draft, max_age_days=DRAFT_DAYS)
        return json.loads(value) if value else {}

    def keep_draft(self, handler: RequestHandler, draft: dict[str, str]) -> bool:
        """Keep what was filled in so far; return whether it fits into a cookie, else nothing is."""
        value = json.dumps(draft, ensure_ascii=False)
        fits = len(value.encode()) <= DRAFT_BYTES
        if fits:
            self._set(handler, self._draft, value, DRAFT_DAYS)
        return fits

    def mark(self, kind: str, value: str) -> str:
        """Return a mark of a value that only this server can make."""
        return keyed_hash(self._secret, kind, value)

    def seed(self, once: str) -> int:
        """Return a number that only this server can make of a draft's random mark."""
        return int(keyed_hash(self._secret, "draft", once), 16)

    def drop_draft(self, handler: RequestHandler) -> None:
        """Forget what was filled in."""
        handler.clear_cookie(self._draft)

    def _set(self, handler: RequestHandler, name: str, value: str, days: float | None) -> None:
        handler.set_signed_cookie(
            name,
            value,
            expires_days=days,
            httponly=True,
            samesite="Lax",
        )


class CookieIdentity(IdentityProvider):
    """Tells Jupyter's handlers who is signed in; there is no token and no password.

    A browser may be a contestant's and a learner's at once: who asks goes by what is asked for.
    """

    def get_user(self, handler: RequestHandler) -> User | None:  # type: ignore[override]
        cookies: Cookies = handler.settings["contest_cookies"]
        if for_learner(handler, cookies):
            who = cookies.learner(handler)
        else:
            who = cookies.contestant(handler)
        return User(username=who) if who else None

    def is_token_authenticated(self, handler: RequestHandler) -> bool:  # noqa: ARG002
        return False

    def get_handlers(self) -> list[Any]:
        return []

    @property
    def auth_enabled(self) -> bool:
        return True

    @property
    def login_available(self) -> bool:
        return False


def for_learner(handler: Any, cookies: Cookies) -> bool:
    """Return whether a page or kernel is a learner's: by its route, its owner, or its name."""
    route = getattr(handler, "route", None)
    if route is not None:
        return route.audience == "learner"
    kernel_id = handler.path_kwargs.get("kernel_id") or next(iter(handler.path_args), None)
    owner = handler.settings["kernel_manager"].owner(kernel_id)
    if owner is not None:
        return owner == cookies.learner(handler)
    page = handler.get_query_argument("page", None)
    if page is not None:
        return handler.settings["page_kernels"].audience(page) == "learner"
    return cookies.contestant(handler) is None


class OwnerAuthorizer(Authorizer):
    """Lets a visitor use the kernels started for them, and nothing else."""

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:  # noqa: ARG002
        if resource != "kernels":
            return False
        owner = handler.kernel_manager.owner(handler.path_kwargs.get("kernel_id"))
        return owner is not None and owner == user.username
