"""A visitor without a browser: addresses, forms, cookies, and the socket of a kernel."""

from __future__ import annotations

import http.client
import json
import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import websocket

from tests.factories import fields

SECONDS = 20
WIDGETS = "1.0.0"  # of the control channel that widgets are asked through
_XSRF = re.compile(r'name="_xsrf" value="([^"]+)"')
_CODE = re.compile(r'id="ma">([0-9A-Z]{4}-[0-9A-Z]{4}(?:-[0-9A-Z])?)<')


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    cookies: list[str]
    text: str
    body: bytes

    @property
    def size(self) -> int:
        """Bytes of the body."""
        return len(self.body)

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("location", "")

    @property
    def words(self) -> str:
        """The text without markup, as a reader sees it."""
        plain = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", self.text, flags=re.S)
        plain = re.sub(r"</?(bdi|span|strong)\b[^>]*>", "", plain)
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", plain)).split())


@dataclass
class Visitor:
    """One browser session: its cookies, and the number of the person it registered."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request as it is; redirects are not followed."""
        address = urlsplit(self.url)
        line = http.client.HTTPConnection(address.hostname or "", address.port, timeout=SECONDS)
        sent = {"Cookie": self.cookie_header, **(headers or {})} if self.cookies else headers or {}
        try:
            line.request(method, path, body, dict(sent))
            response = line.getresponse()
            raw = response.read()
        finally:
            line.close()
        cookies = response.headers.get_all("Set-Cookie") or []
        for cookie in cookies:
            self._keep(cookie)
        return Answer(
            response.status,
            {name.lower(): value for name, value in response.headers.items()},
            cookies,
            raw.decode("utf-8", "replace"),
            raw,
        )

    @property
    def cookie_header(self) -> str:
        """What a browser would send back."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _keep(self, cookie: str) -> None:
        name, _, rest = cookie.partition("=")
        value = rest.split(";")[0]
        if value in ("", '""'):
            self.cookies.pop(name, None)
        else:
            self.cookies[name] = value

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self.send("GET", path)

    def follow(self, answer: Answer) -> Answer:
        """Go where a redirect leads, to the end."""
        while answer.location:
            answer = self.get(answer.location)
        return answer

    def post(self, path: str, **typed: str) -> Answer:
        """Send a form, with the token that the form's page holds."""
        return self.post_raw(path, urlencode({**typed, "_xsrf": self.xsrf()}))

    def post_raw(self, path: str, body: bytes | str) -> Answer:
        """Send a form's body as it is."""
        return self.send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def xsrf(self) -> str:
        """Return the token of a form."""
        found = _XSRF.search(self.get("/tra-cuu").text)
        assert found
        return found[1]

    def register(self, number: int = 1, unit: str = "dv-1") -> str:
        """Register person `number` in three steps; return the resume code, where it is shown."""
        self.number = number
        answer = self.post("/dang-ky", **fields(number))
        assert answer.location == "/dang-ky/don-vi", answer.words
        assert self.post("/dang-ky/don-vi", unit=unit).location == "/dang-ky/kiem-tra"
        answer = self.post("/dang-ky/kiem-tra", consent="yes")
        assert answer.location in ("/bat-dau", "/"), answer.words
        page = self.follow(answer)
        return code_in(page) if answer.location == "/bat-dau" and page.status == 200 else ""

    def begin(self) -> None:
        """Press "Bắt đầu làm bài"; the paper's page is not opened."""
        answer = self.post("/bat-dau")
        assert answer.location == "/thi", answer.words

    def open_paper(self, query: str = "") -> str:
        """Open the paper's page, connect once as its script does; return its kernel's id."""
        answer = self.get(f"/thi{query}")
        assert '"page": "thi"' in answer.text, (answer.status, answer.words)
        kernel = str(uuid.uuid4())
        with Socket(self, kernel, page="thi") as socket:
            socket.until_idle()
            socket.paper()
        return kernel


def code_in(answer: Answer) -> str:
    """Return the code that a page shows."""
    found = _CODE.search(answer.text)
    assert found, answer.words
    return found[1]


class Socket:
    """A page's line to its kernel, in Jupyter's plain JSON protocol."""

    def __init__(
        self, visitor: Visitor, kernel: str, page: str = "", session: str = "", **headers: str
    ) -> None:
        """Connect with the visitor's cookies; WebSocketBadStatusException where refused.

        The first connection of a page says which `page` it is: then its kernel is made. With the
        same `session` it is the same page again.
        """
        self._session = session or uuid.uuid4().hex
        address = visitor.url.replace("http", "ws", 1)
        self._line = websocket.create_connection(
            f"{address}/api/kernels/{quote(kernel)}/channels?session_id={self._session}"
            + (f"&page={quote(page)}" if page else ""),
            timeout=SECONDS,
            header=headers,
            cookie=visitor.cookie_header,
            suppress_origin=True,
        )

    def __enter__(self) -> Socket:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the line without a word, as a network that is gone does."""
        self._line.shutdown()

    def send_raw(self, frame: str) -> None:
        """Send a frame as it is."""
        self._line.send(frame)

    def send(self, kind: str, content: dict[str, Any], channel: str = "shell") -> str:
        """Send a message; return its id."""
        id_ = uuid.uuid4().hex
        header = {
            "msg_id": id_,
            "username": "",
            "session": self._session,
            "msg_type": kind,
            "version": "5.3",
            "date": "2026-11-23T00:00:00Z",
        }
        metadata = {"version": WIDGETS} if kind == "comm_open" else {}
        message = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
        self._line.send(json.dumps({**message, "channel": channel, "buffers": []}))
        return id_

    def next(self) -> dict[str, Any]:
        """Return the next message; EOFError once the line is closed."""
        try:
            raw = self._line.recv()
        except (websocket.WebSocketConnectionClosedException, ConnectionError) as closed:
            raise EOFError from closed
        if isinstance(raw, bytes):
            # Buffers follow the JSON: a count, offsets, then the parts.
            start, end = (int.from_bytes(raw[i : i + 4], "big") for i in (4, 8))
            raw = raw[start:end].decode()
        if not raw:
            raise EOFError
        return json.loads(raw)

    def wait_for(self, kind: str, parent: str | None = None) -> dict[str, Any]:
        """Return the next message of a kind, that answers message `parent`."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            message = self.next()
            answers = message["parent_header"].get("msg_id")
            if message["header"]["msg_type"] == kind and parent in (None, answers):
                return message
        raise AssertionError(f"no {kind} within {SECONDS} s")

    def until_idle(self) -> list[dict[str, Any]]:
        """Return what comes until all that was sent before has been dealt with."""
        asked = self.send("kernel_info_request", {})
        messages = []
        while True:
            message = self.next()
            messages.append(message)
            if (
                message["header"]["msg_type"] == "kernel_info_reply"
                and message["parent_header"].get("msg_id") == asked
            ):
                return messages

    def states(self) -> dict[str, Any]:
        """Ask for the state of every widget of the kernel, as a page does when it opens."""
        comm = uuid.uuid4().hex
        self.send(
            "comm_open",
            {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}},
        )
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})
        while True:
            data = self.wait_for("comm_msg")["content"]["data"]
            if data.get("method") == "update_states":
                return data["states"]

    def paper(self) -> str:
        """Return the model id of the paper's widget."""
        states = self.states()
        (found,) = [
            id_ for id_, state in states.items() if "_anywidget_id" in state.get("state", {})
        ]
        return found

    def tell(self, model: str, content: dict[str, Any]) -> None:
        """Send a custom message to a widget."""
        data = {"method": "custom", "content": content}
        self.send("comm_msg", {"comm_id": model, "data": data})

    def told(self, kind: str) -> dict[str, Any]:
        """Return the next custom message of a kind."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            data = self.wait_for("comm_msg")["content"]["data"]
            if data.get("method") == "custom" and data["content"].get("t") == kind:
                return data["content"]
        raise AssertionError(f"not told {kind} within {SECONDS} s")
