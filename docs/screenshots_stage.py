"""What docs/screenshots.py stands on: servers with a clock to move, contests, the camera."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, BrowserContext, Page  # noqa: E402

from contest.clock import SystemClock  # noqa: E402
from contest.closing.confirmed import result_folder  # noqa: E402
from contest.closing.steps import CONFIRMS, KIND  # noqa: E402
from contest.commands.certificates import make_certificates  # noqa: E402
from contest.commands.grade import grade_directory  # noqa: E402
from contest.directory import ContestDirectory  # noqa: E402
from contest.rules import ZONE, to_ms  # noqa: E402
from contest.sample import init_directory  # noqa: E402
from contest.service import Service  # noqa: E402
from contest.store import Action  # noqa: E402
from contest.store.commands import RecordAction  # noqa: E402
from contest.store.sqlite import SqliteStore  # noqa: E402
from questions.canonical import sha256  # noqa: E402

IMG = HERE / "img" / "man-hinh"
SIZES = ((360, 740), (1280, 800))
TALLEST = 1900
QUALITY = 70

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
BASE = to_ms(datetime.datetime(2026, 12, 1, 9, 30, tzinfo=ZONE))
CROWD, SEED = 240, 14
PRIZES = """
prizes:
  people:
    - of: round
      edge: all
      prizes:
        - {id: nhat, title: "Giải Nhất", count: 1}
        - {id: nhi, title: "Giải Nhì", count: 2}
"""
EVERY_KIND = """\
  types: [true_false_group, matching, ordering, numeric, short_text, cloze, essay]
  blueprint:
    - {topic: dai_hoi, questions: 11}
    - {topic: dinh_huong, questions: 10}

"""
KINDS = ("group", "match", "order", "number", "text", "cloze", "essay")
OWN_LOOK = """\
version: 1
colours:
  light:
    accent: "#0B5394"
logo:
  file: bieu_trung.png
  alt: Biểu trưng mẫu
footer: Ban Tổ chức cuộc thi mẫu
"""


T = TypeVar("T")


LATER = """(() => {
  const Now = Date;
  window.Date = class extends Now {
    constructor(...given) { if (given.length) super(...given); else super(Now.now() + AHEAD); }
    static now() { return Now.now() + AHEAD; }
  };
})()"""
"""Lets a browser's clock agree with the server's."""


CAPTIONS: dict[str, dict[str, str]] = {
    "Trước giờ mở": {
        "chua-mo": "Trang đầu khi kỳ thi chưa mở: giờ mở, đăng ký trước, luyện tập",
        "the-le": "Thể lệ, viết ra từ tệp `the_le.yml`",
        "mau-rieng": "Màu và biểu trưng của đơn vị tổ chức (`giao_dien.yml`)",
    },
    "Vào thi": {
        "trang-dau": "Trang đầu khi kỳ thi đang mở",
        "dang-ky": "Bước 1: thông tin thể lệ yêu cầu",
        "dang-ky-loi": "Bước 1 khi còn chỗ phải xem lại",
        "don-vi": "Bước 2: danh sách đơn vị",
        "don-vi-nhieu": "Bước 2 khi có nhiều đơn vị: gõ để tìm",
        "don-vi-go": "Gõ không dấu trong 3.100 đơn vị hai cấp; nơi trùng tên có ghi cấp trên",
        "don-vi-khong-thay": "Không có đơn vị nào như đã gõ",
        "don-vi-da-chon": "Đơn vị đã chọn, ghi đủ cấp trên",
        "don-vi-kiem-tra": "Bước 3 ghi lại đơn vị và cấp trên",
        "kiem-tra": "Bước 3: kiểm tra và đồng ý",
        "san-sang": "Mã tiếp tục và nút bắt đầu tính giờ",
        "da-dang-ky": "Số điện thoại đã có người đăng ký",
        "tiep-tuc": "Tiếp tục bằng mã trên máy khác, mã chưa đúng",
        "tra-cuu": "Tra cứu biên nhận, mã chưa đúng",
        "khong-thay": "Địa chỉ không có",
        "ma-tham-gia": "Cuộc thi chỉ dành cho người được mời: mã tham gia, mã chưa đúng",
        "kiem-tra-may": "Thể lệ bật kiểm tra máy: người khai nhanh hơn máy thì chờ một chút",
        "may-chung": "Máy dùng chung, bài làm dở còn câu chưa gửi; người khác thi trên máy này",
        "may-sai-gio": "Đồng hồ của máy sai: giờ thi theo máy chủ",
        "dong-nguoi": "Hết chỗ: trang chờ, giờ làm bài chưa tính",
        "trinh-duyet-cu": "Trình duyệt quá cũ",
    },
    "Làm bài": {
        "lam-bai": "Một câu mỗi màn hình; máy tính thấy cả bảng câu hỏi",
        "lam-bai-dark": "Trang làm bài, nền tối",
        "lam-bai-contrast": "Trang làm bài, tương phản cao",
        "lam-bai-chu-lon": "Trang làm bài, cỡ chữ A+",
        "bang-cau-hoi": "Bảng các câu hỏi",
        "cho-mang": "Mất mạng: câu trả lời chờ trong máy, cứ làm tiếp",
        "co-mang": "Có mạng lại: đã lưu cả",
        "but-cu": "Bài mở ở trang khác: trang này chỉ để xem",
        "chua-tinh": "Câu chọn ở trang cũ lúc mất mạng: chưa tính, xem và nhập lại",
        "them-gio": "Ban Tổ chức cho thêm giờ",
        "du-doan": "Câu dự đoán",
        "con-5-phut": "Gần hết giờ",
        "xem-lai": "Xem lại trước khi nộp",
        "nop-bai": "Hỏi lại trước khi nộp",
        "nop-cho-mang": "Nộp bài khi mất mạng: máy tự nộp khi có mạng",
        "het-gio": "Hết giờ: máy chủ đã nhận câu nào, câu nào tới muộn, câu nào trống",
        "bien-nhan": "Biên nhận",
        "bien-nhan-thieu": "Biên nhận khi hết giờ mà máy còn giữ câu chưa gửi",
        "bien-nhan-anh": "Ảnh biên nhận mà nút Lưu ảnh tải về",
        "loai-group": "Loại câu: nhóm đúng/sai",
        "loai-match": "Loại câu: ghép cặp",
        "loai-order": "Loại câu: sắp thứ tự",
        "loai-number": "Loại câu: điền số",
        "loai-text": "Loại câu: trả lời ngắn",
        "loai-cloze": "Loại câu: điền chỗ trống",
        "loai-essay": "Loại câu: tự luận",
        "tu-luan-thieu": "Tự luận: số chữ đã viết, còn thiếu bao nhiêu",
        "tu-luan-thua": "Tự luận: dài hơn giới hạn, vẫn được lưu",
        "khoi-dong-lai": "Máy chủ khởi động lại giữa chừng",
    },
    "Thông báo và phản ánh": {
        "thong-bao-trang-dau": "Thông báo của Ban Tổ chức trên trang đầu",
        "thong-bao-lam-bai": "Thông báo tới trong lúc làm bài",
        "thong-bao-gap": "Thông báo đã gập lại",
        "thong-bao-bien-nhan": "Thông báo trên biên nhận",
        "phan-anh": "Gửi phản ánh: chọn việc",
        "phan-anh-ma": "Quên mã tiếp tục",
        "phan-anh-loi": "Quên mã tiếp tục, khi còn chỗ phải xem lại",
        "phan-anh-cau": "Câu hỏi có sai: câu nào của bài nào đã điền sẵn",
        "phan-anh-da-gui": "Đã nhận phản ánh: mã để xem trả lời",
        "phan-anh-tra-loi": "Trả lời, người gửi thấy cả lời mình viết",
        "phan-anh-tra-cuu": "Trả lời, ai khác có mã chỉ thấy trả lời",
    },
    "Sau khi đóng": {
        "da-dong": "Trang đầu khi kỳ thi đã đóng",
        "ket-qua": "Kết quả, hạng, giấy chứng nhận và từng câu có giải thích",
        "chung-nhan": "Kiểm tra giấy chứng nhận",
    },
    "Bảng xếp hạng": {
        "bang-ca-nhan": "Cá nhân, tên được che",
        "bang-don-vi": "Đơn vị theo khối",
        "bang-tham-gia": "Số lượt theo ngày",
        "hoi-truong-1": "Màn hình hội trường: cá nhân",
        "hoi-truong-5": "Màn hình hội trường: một khối",
        "bang-dang-mo": "Khi kỳ đang mở và số người là câu dự đoán: số liệu được giấu",
    },
    "Luyện tập": {
        "luyen-tap-dong": "Luyện tập đóng trong giờ thi",
        "luyen-tap-dau": "Luyện tập: bắt đầu, hoặc tiếp tục bằng mã",
        "luyen-tap": "Trang luyện tập: phần hôm nay, chủ đề, sắp đến hạn",
        "luyen-tap-cau": "Một câu luyện tập",
        "luyen-tap-giai-thich": "Giải thích và nguồn sau khi trả lời",
        "luyen-tap-tien-do": "Tiến độ sau vài câu",
        "thi-thu-dau": "Thi thử: trước khi bắt đầu",
        "thi-thu": "Thi thử: bài thi",
        "thi-thu-ket-qua": "Thi thử: kết quả",
    },
}
"""Part of the page -> picture -> what it shows."""


class ShiftedClock:
    """The machine's clock, moved by the milliseconds that a file holds."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> int:
        return SystemClock().now() + int(self._file.read_text() or 0)


def serve(directory: Path, file: Path) -> None:
    """Be the server of a contest, and say where."""
    from tornado.netutil import bind_sockets

    from contest.serving.application import ContestServer

    sockets = bind_sockets(0, address="127.0.0.1")
    sys.stdout.write(f"{sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    ContestServer.serve(ContestDirectory(directory), sockets, ShiftedClock(file))


class Server:
    """A server of its own process, with limits and a clock to move."""

    def __init__(self, directory: Path, at: int, **limits: int) -> None:
        self.directory = directory
        handle, name = tempfile.mkstemp(prefix="shift-")
        os.close(handle)
        self._shift = Path(name)
        self.at(at)
        settings = {f"TIMHIEU_{key.upper()}": str(one) for key, one in limits.items()}
        command = [sys.executable, str(HERE / "screenshots.py"), "--serve", str(directory), name]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings}
        )
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"
        with urlopen(f"{self.url}/the-le", timeout=120):
            pass

    def at(self, moment: int) -> None:
        """Let it be a moment, milliseconds UTC."""
        self._shift.write_text(str(moment - SystemClock().now()))

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(30)
        self._shift.unlink(missing_ok=True)


@contextlib.contextmanager
def served(directory: Path, at: int, **limits: int) -> Iterator[Server]:
    """Serve a contest for as long as the block lasts."""
    server = Server(directory, at, **limits)
    try:
        yield server
    finally:
        server.stop()


class Camera:
    """Takes pictures; its browsers' clocks are `ahead` of the machine's, milliseconds."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.ahead = 0
        self.failed = False

    def phone(self, **options: object) -> BrowserContext:
        """Return a new browser of somebody."""
        width, height = SIZES[0]
        size = {"width": width, "height": height}
        context = self._browser.new_context(viewport=size, locale="vi-VN", **options)
        context.add_init_script(LATER.replace("AHEAD", str(self.ahead)))
        context.set_default_timeout(20_000)
        return context

    def take(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Take a page in both widths; not `whole`: what the screen shows."""
        assert any(name in pictures for pictures in CAPTIONS.values()), name
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(150)
            if whole:  # a taller screen, so that bars that stick stay at its edges
                tall = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
                page.set_viewport_size({"width": width, "height": max(tall, height)})
                page.evaluate("scrollTo(0, 0)")
                page.wait_for_timeout(150)
            data = page.screenshot()
            path = IMG / f"{name}-{width}.webp"
            Image.open(io.BytesIO(data)).convert("RGB").save(path, quality=QUALITY, method=6)
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})


def apart(work: Callable[[], T]) -> T:
    """Do something in a thread of its own: Playwright has a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


# ---- contests ----


def contest(folder: Path, changes: dict[str, str]) -> Path:
    """Write a sample contest that opens on the day of BASE."""
    init_directory(folder, BASE)
    file = folder / "the_le.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text + PRIZES, encoding="utf-8")
    return folder


def every_kind(folder: Path) -> Path:
    """Write a contest whose papers hold questions of every kind."""
    contest(folder, {})
    file = folder / "the_le.yml"
    text = file.read_text(encoding="utf-8")
    old = text[text.index("  types: [") : text.index("practice:")]
    file.write_text(text.replace(old, EVERY_KIND), encoding="utf-8")
    return folder


@contextlib.asynccontextmanager
async def opened(directory: Path):
    """Open a contest's database beside its server."""
    folder = ContestDirectory(directory)
    store = SqliteStore(folder.database)
    try:
        service = Service(folder, store)
        await service.rounds.contest()
        yield service
    finally:
        await store.close()


def write(directory: Path, action: Action) -> None:
    """Write an organiser's action."""

    async def record() -> None:
        async with opened(directory) as service:
            await service.store.write(RecordAction(action))

    asyncio.run(record())


def confirm(directory: Path, at: int) -> str:
    """Grade the closed round, let the head confirm, make certificates; return a QR code's text."""
    result = result_folder(directory / "var", "ky-1")
    grade_directory(directory, ["ky-1"], result)
    digest = sha256((result / "manifest.json").read_bytes())
    body = {
        "step": "confirm", "role": CONFIRMS, "seen": 0, "papers": None, "site": None,
        "result": digest, "found": {},
    }  # fmt: skip
    write(directory, Action(at, "Trưởng ban mẫu", KIND, "ky-1", body))
    make_certificates(
        directory, result, directory / "giay", by="Trưởng ban mẫu", one_book=False, units=False,
        progress=lambda _: lambda: None,
    )  # fmt: skip
    from pypdf import PdfReader

    first = sorted((directory / "giay").glob("*.pdf"))[0]
    return str((PdfReader(first).metadata or {})["/Keywords"])
