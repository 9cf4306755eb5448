"""A rehearsal as others see it: the real pages, marked; nothing of it gets into the contest."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from contest.clock import SystemClock
from contest.commands.grade import grade_directory
from contest.directory import ContestDirectory
from contest.rehearsal.folder import RehearsalFolder
from contest.rehearsal.model import LEAD_MS
from contest.serving.visitor import Cookies
from contest.store import SqliteStore
from tests.factories import DAY, make_bank, write_contest
from tests.serving.conftest import NewPhone, Serve
from tests.serving.server import START_SECONDS, TIMHIEU, Server, apart, until
from tests.serving.steps import begin, hand_in, heading, question, register
from tests.serving.visitor import Visitor

pytestmark = pytest.mark.browser

BAND = "DIỄN TẬP"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")


class Rehearsal:
    """A rehearsal that is being held."""

    def __init__(self, process: subprocess.Popen[bytes], out: Path, err: Path) -> None:
        self.process = process
        self._out, self._err = out, err
        self.url = ""

    @property
    def said(self) -> str:
        """What the command has said so far."""
        return self._out.read_text(encoding="utf-8") + self._err.read_text(encoding="utf-8")

    def answers(self) -> bool:
        """Return whether its pages can be had; fails where the command has ended."""
        assert self.process.poll() is None, self.said
        found = _ADDRESS.search(self.said)
        if found is None:
            return False
        self.url = f"http://127.0.0.1:{found[1]}"
        with suppress(OSError), urlopen(f"{self.url}/the-le", timeout=5) as answer:
            return bool(answer.status == 200)
        return False


@contextmanager
def held(contest: ContestDirectory, logs: Path, *more: str) -> Iterator[Rehearsal]:
    """Hold a rehearsal; at the end the command is told to stop, and must."""
    out, err = logs / "out.txt", logs / "err.txt"
    command = [str(TIMHIEU), "rehearse", str(contest.path), "--port", "0", *more]
    with (
        out.open("wb") as said,
        err.open("wb") as errors,
        subprocess.Popen(command, stdout=said, stderr=errors) as process,
    ):
        rehearsal = Rehearsal(process, out, err)
        try:
            until(rehearsal.answers, START_SECONDS, "the rehearsal answers")
            yield rehearsal
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


@pytest.fixture(scope="module")
def contest(tmp_path_factory: pytest.TempPathFactory) -> ContestDirectory:
    """A real contest with a private bank, which opens tomorrow."""
    now = SystemClock().now()
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    return write_contest(path, opens=now + DAY, closes=now + 2 * DAY, prediction=None)


@pytest.fixture(scope="module")
def rehearsal(
    contest: ContestDirectory, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Rehearsal]:
    """A rehearsal that is being held."""
    with held(contest, tmp_path_factory.mktemp("rehearsal"), "--minutes", "30") as running:
        yield running


@pytest.fixture(scope="module")
def real(serve: Serve, contest: ContestDirectory, rehearsal: Rehearsal) -> Server:
    """The contest's own server, beside the rehearsal."""
    assert rehearsal.url
    return serve(contest.path, movable=True)


def banded(page: Page) -> None:
    """Look for the band."""
    expect(page.locator(".band-sample").first).to_contain_text(BAND)


def marked(book: Path) -> bool:
    """Return whether a workbook bears the mark."""
    with zipfile.ZipFile(book) as parts:
        texts = [parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml")]
    return any(BAND in re.sub("<[^>]*>", "", text) for text in texts)


def test_a_whole_way_bears_the_band_and_public_questions_only(
    contest: ContestDirectory, rehearsal: Rehearsal, phone: NewPhone, tmp_path: Path
) -> None:
    """Every page from the entry to the receipt; and so do the result's files."""
    page = phone().new_page()
    register(page, rehearsal.url, 1, "Đơn vị mẫu 1", lambda: banded(page))
    begin(page)
    banded(page)
    own = {one.stem for one in make_bank().questions}
    seen = set()
    for q in range(1, 7):
        page.evaluate("q => { location.hash = `#cau-${q}` }", q)
        expect(heading(page)).to_contain_text(f"Câu {q}.")
        seen.add(question(page).stem)
    assert len(seen) == 6 and not seen & own
    hand_in(page)
    banded(page)
    out = tmp_path / "ket_qua"
    folder = RehearsalFolder(contest).path
    with ThreadPoolExecutor(1) as thread:  # Playwright has a loop running in this one
        thread.submit(grade_directory, folder, [], out).result()
    assert json.loads((out / "manifest.json").read_text())["rehearsal"] is True
    assert marked(out / "ket_qua.xlsx")


@pytest.mark.parametrize(
    "path", ["/", "/the-le", "/dang-ky", "/tra-cuu", "/khong-co", "/tiep-tuc", "/bang-xep-hang"]
)
def test_every_page_bears_the_band(rehearsal: Rehearsal, path: str) -> None:
    """Also those that say what went wrong."""
    assert BAND in Visitor(rehearsal.url).get(path).text


def test_nobody_is_signed_in_on_the_real_server(
    contest: ContestDirectory, rehearsal: Rehearsal, real: Server
) -> None:
    """Neither by the cookie as it is, nor by its value under the real cookie's name."""
    there = Visitor(rehearsal.url)
    there.register(7)
    assert "Thí sinh thử 00007" in there.get("/").words
    name = Cookies(ContestDirectory(RehearsalFolder(contest).path))._visitor
    value = there.cookies[name]
    for cookies in (dict(there.cookies), {Cookies(contest)._visitor: value}):
        answer = Visitor(real.url, cookies=cookies).get("/")
        assert answer.status == 200 and "Thí sinh thử" not in answer.words
        assert BAND not in answer.text


def test_nothing_of_it_is_in_the_contest_or_its_backup(
    contest: ContestDirectory, rehearsal: Rehearsal, real: Server, tmp_path: Path
) -> None:
    """While it is being held."""
    Visitor(rehearsal.url).register(8)
    assert real.url and RehearsalFolder(contest).exists

    async def counts() -> dict[str, int]:
        store = SqliteStore(contest.database)
        try:
            return await store.counts()
        finally:
            await store.close()

    assert set(apart(counts()).values()) == {0}
    target = tmp_path / "ban_sao.zip"
    command = [TIMHIEU, "backup", contest.path, "--to", target]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(target) as archive:
        assert not [name for name in archive.namelist() if "dien_tap" in name]


def test_its_directory_is_served_by_itself_only(
    contest: ContestDirectory, rehearsal: Rehearsal
) -> None:
    """Its database doesn't become a real contest's."""
    assert rehearsal.url
    command = [TIMHIEU, "serve", RehearsalFolder(contest).path, "--port", "0"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=START_SECONDS)
    assert result.returncode == 1 and "là bản diễn tập" in result.stderr


def test_killed_it_is_wiped_before_the_round_opens(tmp_path: Path) -> None:
    """By the contest's server, ten minutes before."""
    now = SystemClock().now()
    other = write_contest(tmp_path / "x", opens=now + DAY, closes=now + 2 * DAY)
    folder = RehearsalFolder(other)
    with held(other, tmp_path) as running:
        running.process.kill()
        running.process.wait(10)
    assert folder.exists
    server = Server(other.path, tmp_path, movable=True)
    try:
        server.shift(DAY - LEAD_MS)
        server.start()
        until(lambda: not folder.exists, 20, "the rehearsal is wiped")
    finally:
        server.stop()
    assert "Traceback" not in server.errors


def test_wiped_it_ends_and_leaves_nothing(
    contest: ContestDirectory, rehearsal: Rehearsal, real: Server
) -> None:
    """The last of this module: `--wipe` ends the one that is being held, the contest goes on."""
    command = [TIMHIEU, "rehearse", contest.path, "--wipe"]
    subprocess.run(command, check=True, capture_output=True)
    assert rehearsal.process.wait(30) == 0
    assert "Đã kết thúc và xóa bản diễn tập." in rehearsal.said
    assert "Traceback" not in rehearsal.said
    assert not RehearsalFolder(contest).exists
    assert Visitor(real.url).get("/").status == 200
