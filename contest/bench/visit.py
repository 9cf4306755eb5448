"""A contestant's visit: page, socket, cells, states, paper, responses, submission.

Three kinds of servers are understood: a page that names its kernel, whose cells have run
(stock Voilà, an ordinary kernel per page); a page that makes up its kernel's id and whose
cells run once its socket is connected; and Solara's.
"""

from __future__ import annotations

import asyncio
import random
import re
import time
import uuid
from typing import Any, Literal
from urllib.parse import quote

import aiohttp

from contest.bench.contestants import XSRF_COOKIE, Contestant, told_digest
from contest.bench.line import Failed, Line
from contest.bench.wire import content_of

KERNEL = re.compile(r'"?kernelId"?:\s*"([^"]+)"')
PAGE = re.compile(r'"page":\s*"([\w-]+)"')
VIEW = "application/vnd.jupyter.widget-view+json"
START_PATH = "/bat-dau"
PAPER_PATH = "/thi"
PLACE = 'data-widget="'
FINISHED = '"finished"'
WIDGET = "timhieu.paper"
STEP_SECONDS = 60.0
AGAIN_SECONDS = 1.0

Dialect = Literal["voila", "solara"]


class Visit:
    """One page of one contestant.

    Parameters
    ----------
    http : aiohttp.ClientSession
        Without a cookie jar: cookies are the contestant's.
    url : str
        The page with the paper.
    """

    def __init__(
        self,
        http: aiohttp.ClientSession,
        url: str,
        person: Contestant,
        *,
        dialect: Dialect = "voila",
        legacy: bool = False,
        number: int = 0,
    ) -> None:
        self.person = person
        self.pen = 0
        self.options: list[tuple[bool, int]] = []
        self.mixed = 0
        self.lost = 0
        self.dropped = False
        self._http = http
        self._url = url
        self._base = "/".join(url.split("/")[:3])
        self._dialect = dialect
        self._legacy = legacy
        self._page = f"{person.canary}{number:06}"
        self._random = random.Random(self._page)
        self._cookies = person.cookies
        self._kernel = ""
        self._page_name = ""
        self._model = ""
        self._candidate: str | None = None
        self._sequence = 0
        self._last: dict[str, Any] = {}
        self._line = Line(person.canary, self._hear, self._gone)
        self._pending: dict[int, asyncio.Future[float]] = {}
        self._awaited: dict[str, asyncio.Future[Any]] = {}

    @property
    def mixed_up(self) -> int:
        """How many messages belonged to somebody else."""
        return self.mixed + self._line.mixed_up

    # ---- opening ----

    async def start(self) -> None:
        """Press the button of the start page: the attempt begins here."""
        headers = {"Cookie": self._cookies}
        form = {XSRF_COOKIE: self.person.xsrf}
        asked = self._http.post(
            f"{self._base}{START_PATH}", data=form, headers=headers, allow_redirects=False
        )
        answer = await self._step("start", asked)
        answer.release()
        if answer.status not in (302, 303) or not answer.headers["Location"].endswith(PAPER_PATH):
            raise Failed(f"start: {answer.status}")

    async def open(self) -> None:
        """Go to the page and wait for the paper; Failed where it doesn't come."""
        await self._step("page", self._open_page())
        if self._dialect == "solara":
            await self._connect_solara()
        elif self._kernel:
            await self._connect_made(self._kernel)
        else:
            await self._connect_page(self._page_name)
        await self._hello()

    async def _open_page(self) -> None:
        headers = {"Cookie": self._cookies, "Accept-Encoding": "gzip"}
        async with self._http.get(self._url, headers=headers, allow_redirects=False) as answer:
            html = await answer.text()
        if answer.status != 200:
            raise Failed(f"page: {answer.status}")
        for name, morsel in answer.cookies.items():
            if name != XSRF_COOKIE:
                self._cookies += f"{'; ' if self._cookies else ''}{name}={morsel.value}"
        kernel, page = KERNEL.search(html), PAGE.search(html)
        self._kernel = kernel[1] if kernel else ""
        self._page_name = page[1] if page else ""
        if self._dialect == "solara":
            return
        if not (kernel or page):
            raise Failed("page: neither a kernel nor a page is named")
        if kernel and not (PLACE in html or VIEW in html):
            raise Failed("page: its cells have shown nothing")

    async def _connect_made(self, kernel: str) -> None:
        await self._connect(f"/api/kernels/{quote(kernel)}/channels", "")
        model = self._expect("model")
        control = uuid.uuid4().hex
        target = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        await self._line.send("comm_open", target)
        ask = {"comm_id": control, "data": {"method": "request_states"}}
        await self._line.send("comm_msg", ask)
        self._model = await self._step("states", model)

    async def _connect_page(self, page: str) -> None:
        self._kernel = str(uuid.uuid4())
        model = self._expect("model")
        await self._connect(f"/api/kernels/{self._kernel}/channels", f"&page={quote(page)}")
        self._model = await self._step("states", model)

    async def _connect_solara(self) -> None:
        self._kernel = str(uuid.uuid4())
        await self._connect(f"/jupyter/api/kernels/{self._kernel}/channels", "")
        model = self._expect("model")
        control = uuid.uuid4().hex
        target = {"comm_id": control, "target_name": "solara.control", "data": {}}
        await self._line.send("comm_open", target)
        args = {"path": "", "appName": "__default__", "themes": {}, "dark": False}
        run = {"comm_id": control, "data": {"method": "run", "args": args}}
        await self._line.send("comm_msg", run)
        self._model = await self._step("states", model)

    async def _connect(self, path: str, query: str) -> None:
        url = f"{self._base}{path}?session_id={self.person.canary}{query}"
        await self._step(
            "socket", self._line.connect(self._http, url, self._cookies, legacy=self._legacy)
        )
        # What every page asks first; where the cells wait for the page, they run now.
        await self._line.send("kernel_info_request", {})

    async def _hello(self) -> None:
        paper = self._expect("paper")
        await self._tell({"t": "hello", "page": self._page})
        message = await self._step("paper", paper)
        if message["page"] != self._page:
            self.mixed += 1
        if not message["held"]:
            raise Failed("paper: the pen is elsewhere")
        self.pen = message["pen"]
        self.options = [(one["many"], len(one["options"])) for one in message["questions"]]
        self.person.paper = told_digest(message)

    # ---- writing ----

    async def answer(self, q: int) -> float:
        """Answer question `q` at random; return the seconds until it was acknowledged."""
        many, options = self.options[q - 1]
        count = self._random.randint(1, options) if many else 1
        chosen = sorted(self._random.sample(range(1, options + 1), count))
        self._sequence += 1
        number = self._sequence
        message = {"t": "answer", "pen": self.pen, "seq": number, "q": q, "chosen": chosen}
        seconds = await self._numbered("answer", message)
        self.person.acknowledged[self.pen, number] = (q, chosen)
        return seconds

    async def submit(self) -> None:
        """Hand in and wait until the server says that it is over."""
        self._sequence += 1
        ended = self._expect("ended")
        await self._numbered("submit", {"t": "submit", "pen": self.pen, "seq": self._sequence})
        message = await self._step("ended", ended)
        self.person.receipt = message["receipt_url"].rsplit("/", 1)[-1]
        answered = {q for q, _ in self.person.acknowledged.values()}
        self.lost = len(answered - set(message["received"]))

    async def leave(self, *, tell: bool = True) -> None:
        """Close the page; `tell`: with the beacon that a browser sends."""
        await self._line.close()
        if not (tell and self._kernel):
            return
        if self._dialect == "solara":
            path = f"/_solara/api/close/{self._kernel}?session_id={self.person.canary}"
        else:
            path = f"/voila/api/shutdown/{self._kernel}"
        headers = {"Cookie": self._cookies, "X-XSRFToken": self.person.xsrf}
        async with self._http.post(f"{self._base}{path}", headers=headers) as answer:
            await answer.read()
        if answer.status >= 400:
            raise Failed(f"leaving: {answer.status}")

    async def _numbered(self, step: str, message: dict[str, Any]) -> float:
        acknowledged = asyncio.get_running_loop().create_future()
        self._pending[message["seq"]] = acknowledged
        self._last = message
        began = time.perf_counter()
        await self._tell(message)
        return await self._step(step, acknowledged) - began

    async def _tell(self, content: dict[str, Any]) -> None:
        data = {"method": "custom", "content": content}
        await self._line.send("comm_msg", {"comm_id": self._model, "data": data})

    # ---- listening ----

    def _hear(self, frame: str | bytes) -> None:
        if not self._model:
            self._find_model(frame)
            return
        if (b'"custom"' if isinstance(frame, bytes) else '"custom"') not in frame:
            return
        content = content_of(frame, self._line.v1)
        data = content.get("data", {})
        if content.get("comm_id") != self._model:
            self.mixed += 1
        elif data.get("method") == "custom":
            self._told(data["content"])

    def _find_model(self, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
        if '"ename"' in text:
            self._fail(Failed(f"cells: {content_of(frame, self._line.v1).get('evalue')}"))
        if not (WIDGET in text or VIEW in text or FINISHED in text):
            return
        content = content_of(frame, self._line.v1)
        if self._dialect == "solara":
            self._candidate = opened_model(content) or self._candidate
            shown = self._candidate if FINISHED in text else None
        else:
            shown = shown_model(content)
        if shown:
            self._fulfil("model", shown)

    def _told(self, message: dict[str, Any]) -> None:
        kind = message.get("t")
        if kind == "ack":
            waiting = self._pending.pop(message["seq"], None)
            if waiting is None or message["pen"] != self.pen:
                self.mixed += 1
            if waiting is not None and not waiting.done():
                waiting.set_result(time.perf_counter())
        elif kind in ("paper", "ended"):
            self._fulfil(kind, message)
        elif kind == "later":
            loop = asyncio.get_running_loop()
            loop.call_later(AGAIN_SECONDS, lambda: loop.create_task(self._again()))
        elif kind in ("refused", "error", "pen"):
            self._fail(Failed(f"{kind}: {message.get('why') or message.get('text')}"))

    async def _again(self) -> None:
        if self._last.get("seq") in self._pending:
            await self._tell(self._last)

    def _expect(self, name: str) -> asyncio.Future[Any]:
        self._awaited[name] = asyncio.get_running_loop().create_future()
        return self._awaited[name]

    def _fulfil(self, name: str, value: Any) -> None:
        awaited = self._awaited.pop(name, None)
        if awaited is not None and not awaited.done():
            awaited.set_result(value)

    def _gone(self) -> None:
        self.dropped = True
        self._fail(Failed("the connection was lost"))

    def _fail(self, error: Failed) -> None:
        for waiting in (*self._pending.values(), *self._awaited.values()):
            if not waiting.done():
                waiting.set_exception(error)
                waiting.exception()  # seen: not every one is awaited
        self._pending.clear()
        self._awaited.clear()

    async def _step(self, name: str, work: Any) -> Any:
        try:
            async with asyncio.timeout(STEP_SECONDS):
                return await work
        except TimeoutError:
            raise Failed(f"{name}: nothing within {STEP_SECONDS:.0f} s") from None
        except aiohttp.ClientError as error:
            raise Failed(f"{name}: {error}") from None


def shown_model(content: dict[str, Any]) -> str | None:
    """Return the model id of the paper's widget where a message shows it or tells its state."""
    data = content.get("data", {})
    if VIEW in data:
        return data[VIEW]["model_id"]
    if data.get("method") == "update_states":
        for model, state in data["states"].items():
            if state["state"].get("_anywidget_id") == WIDGET:
                return model
    return None


def opened_model(content: dict[str, Any]) -> str | None:
    """Return the model id of the paper's widget where a message opens it."""
    state = content.get("data", {}).get("state", {})
    return content["comm_id"] if state.get("_anywidget_id") == WIDGET else None
