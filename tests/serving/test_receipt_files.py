"""What can be kept of a receipt: its picture; and once the result is confirmed, place and paper."""

from __future__ import annotations

import asyncio
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image, ImageChops
from pypdf import PdfReader

from contest.cli import main
from contest.clock import SystemClock
from contest.closing.confirmed import result_folder
from contest.closing.steps import CONFIRMS, KIND
from contest.directory import ContestDirectory
from contest.serving.receipt_image import HEIGHT, WIDTH, Drawn, draw
from contest.store import Action
from contest.store.commands import RecordAction
from questions.canonical import sha256
from tests.factories import DAY, HOUR, ROUND, opened
from tests.serving.conftest import Serve
from tests.serving.contests import open_contest
from tests.serving.sat import Sat, sit
from tests.serving.server import Server, until
from tests.serving.visitor import Visitor

PRIZES = """\
prizes:
  people:
    - of: round
      edge: all
      prizes:
        - {id: nhat, title: Giải Nhất, count: 1}
"""
WORDS = Drawn(
    band="CUỘC THI MẪU", contest="Cuộc thi mẫu", round="Kỳ 1", title="Đã nộp bài",
    attempt="Lượt 1", label="Mã biên nhận", code="H4TN-9QRW-6", url="http://127.0.0.1/bien-nhan/x",
    name="Thí sinh thử 1", unit="Đơn vị mẫu 1", received="Máy chủ đã nhận 4/6 câu", prediction="",
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """A contest that two have sat, both with four questions right, and its server."""

    directory: ContestDirectory
    server: Server
    first: Sat
    second: Sat

    def owner(self, sat: Sat) -> Visitor:
        """Return a contestant's own browser."""
        visitor = Visitor(self.server.url)
        assert visitor.post("/tiep-tuc", ma=sat.code).status == 303
        return visitor


@pytest.fixture(scope="module")
def held(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Serve a contest with a prize, in which two papers have been sat."""
    directory = open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi")
    with (directory.path / "the_le.yml").open("a", encoding="utf-8") as rules:
        rules.write(PRIZES)
    first, second = sit(directory, 1), sit(directory, 2, right=2)
    return Held(directory, serve(directory.path, movable=True), first, second)


def picture(visitor: Visitor, sat: Sat) -> Image.Image:
    """Return the picture of a receipt as the visitor gets it."""
    answer = visitor.get(f"/bien-nhan/{sat.receipt}.png")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    name = f'attachment; filename="bien-nhan-{sat.receipt}.png"'
    assert answer.headers["content-disposition"] == name
    assert answer.headers["cache-control"] == "private, no-store"
    image = Image.open(io.BytesIO(answer.body))
    image.load()
    return image


def test_the_picture_has_the_name_for_its_owner_only(held: Held) -> None:
    """Others who have the code get the masked one, as on the page; without a code there is none."""
    own = picture(held.owner(held.first), held.first)
    other = picture(Visitor(held.server.url), held.first)
    assert own.size == other.size == (WIDTH, HEIGHT)
    box = ImageChops.difference(own, other).getbbox()
    assert box is not None
    assert box[3] - box[1] < 80  # one line differs
    for wrong in ("ZZZZZZZZZ", "000000000", f"{held.first.receipt[:-1]}!"):
        assert Visitor(held.server.url).get(f"/bien-nhan/{wrong}.png").status == 404


@pytest.mark.parametrize("name", ["N" * 500, "Thí sinh " * 60, "😀 مرحبا", "<b>Thí sinh</b>", "x"])
def test_any_name_stays_within_the_picture(name: str) -> None:
    """Smaller, then cut; letters that the font hasn't are boxes."""
    image = Image.open(io.BytesIO(draw(Drawn(**{**WORDS.__dict__, "name": name, "unit": name}))))
    edge = image.crop((WIDTH - 40, 60, WIDTH, HEIGHT))
    assert edge.getextrema() == (255, 255)
    assert image.crop((0, HEIGHT - 30, WIDTH, HEIGHT)).getextrema() == (255, 255)


def write(directory: ContestDirectory, action: Action) -> None:
    """Write an organiser's action beside the server."""

    async def record() -> None:
        async with opened(directory, at=None) as service:
            await service.store.write(RecordAction(action))

    asyncio.run(record())


def run(*arguments: object) -> None:
    """Run a command that must succeed."""
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output


def words(held: Held, visitor: Visitor) -> str:
    """Return what the first receipt's page says."""
    return str(visitor.get(f"/bien-nhan/{held.first.receipt}").words)


def test_place_and_certificate_wait_for_the_heads_word(held: Held, tmp_path: Path) -> None:
    """Graded and issued isn't confirmed; then the owner has both, nobody else, until a ruling."""
    owner, stranger, second = (
        held.owner(held.first), Visitor(held.server.url), held.owner(held.second),
    )  # fmt: skip
    held.server.later(2 * DAY)
    until(lambda: "câu đúng" in words(held, owner), 20)
    result = result_folder(held.directory.var, ROUND)
    run("grade", held.directory.path, "--round", ROUND, "--out", result)
    pdf = f"/bien-nhan/{held.first.receipt}/giay-chung-nhan-1.pdf"
    assert "Hạng" not in words(held, owner)
    assert owner.get(pdf).status == 404
    making = ("certificates", held.directory.path, result, "--to", tmp_path / "giay", "--by", "An")
    refused = CliRunner().invoke(main, [str(one) for one in making])
    assert refused.exit_code == 1
    assert "chưa xác nhận" in refused.output

    now = SystemClock().now() + 2 * DAY
    body = {"step": "confirm", "role": CONFIRMS, "seen": 0, "papers": None, "site": None,
            "result": sha256((result / "manifest.json").read_bytes()), "found": {}}  # fmt: skip
    write(held.directory, Action(now, "Trưởng ban", KIND, ROUND, body))
    run(*making)
    (issued,) = (held.directory.var / "chung_nhan").glob("*.json")
    # A result of several rounds has another hash: what counts is what it rests on.
    issued.rename(issued.with_name(f"{'0' * 12}.json"))
    told = words(held, owner)
    assert "Hạng 1 trong 2 người" in told
    assert "Hạng 1 trong 2 người của Đơn vị mẫu 1" in told
    assert "đạt giải Nhất" in told
    page = owner.get(f"/bien-nhan/{held.first.receipt}").text
    link = page.split('href="/chung-nhan/')[1].split('"')[0]
    assert "Thí sinh thử 00001" in stranger.get(f"/chung-nhan/{link}").words
    answer = owner.get(pdf)
    assert answer.headers["content-type"] == "application/pdf"
    said = PdfReader(io.BytesIO(answer.body)).pages[0].extract_text()
    assert "Thí sinh thử 00001" in said
    for other in (stranger, second):
        assert "Hạng" not in words(held, other)
        assert "Giấy chứng nhận" not in words(held, other)
        assert other.get(pdf).status == 404
    assert owner.get(pdf.replace("-1.pdf", "-2.pdf")).status == 404
    assert second.get(pdf.replace(held.first.receipt, held.second.receipt)).status == 404

    changed = result / "ca_nhan.csv"
    kept = changed.read_bytes()
    shutil.copyfile(changed, tmp_path / "kept")
    void = {"reason": "thử", "how": "out", "round": ROUND, "document": None}
    write(held.directory, Action(now + HOUR, "Thư ký", "void", "ch-luat-1", void))
    until(lambda: "Hạng" not in words(held, owner), 20)
    assert owner.get(pdf).status == 404
    assert changed.read_bytes() == kept
