"""Takes the pictures of docs/man-hinh.md: every page and state, at 360 and 1,280 pixels.

`python docs/screenshots.py [SCENE …]` from the checkout, with Playwright's Chromium: starts the
real server on 127.0.0.1 with sample contests under a clock that this script moves, and writes
docs/img/man-hinh/NAME-360.webp, NAME-1280.webp and the page that shows them. With scenes
(`entering`, `paper` …), only those are taken anew. Takes minutes; nobody in them is a person.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import BrowserContext, expect, sync_playwright
from screenshots_more import MORE
from screenshots_stage import (
    BASE,
    CAPTIONS,
    CROWD,
    DAY,
    HERE,
    HOUR,
    IMG,
    KINDS,
    MINUTE,
    OWN_LOOK,
    QUALITY,
    SEED,
    SIZES,
    Camera,
    Server,
    ShiftedClock,
    apart,
    confirm,
    contest,
    every_kind,
    serve,
    served,
)
from screenshots_steps import answer, begin, fill, go, press, register, saved, until

from contest.bench.chromium import launch
from contest.clock import SystemClock
from contest.commands.simulate import simulate_directory

# ---- the pictures ----


def before(camera: Camera, server: Server) -> None:
    """The round hasn't opened yet."""
    server.at(BASE - 14 * HOUR)
    camera.ahead = BASE - 14 * HOUR - SystemClock().now()
    page = camera.phone().new_page()
    page.goto(server.url)
    camera.take(page, "chua-mo")
    page.goto(f"{server.url}/the-le")
    camera.take(page, "the-le")


def entering(camera: Camera, server: Server) -> None:
    """From the first page to the button that starts the clock."""
    page = camera.phone().new_page()
    page.goto(server.url)
    camera.take(page, "trang-dau")
    page.goto(f"{server.url}/dang-ky")
    camera.take(page, "dang-ky")
    page.locator("#phone").fill("09")
    press(page, "Tiếp tục")
    camera.take(page, "dang-ky-loi")
    fill(page, 17)
    press(page, "Tiếp tục")
    camera.take(page, "don-vi")
    page.get_by_role("radio", name="Đơn vị mẫu 12").check()
    press(page, "Tiếp tục")
    camera.take(page, "kiem-tra")
    page.get_by_role("checkbox").first.check()
    press(page, "Đăng ký dự thi")
    page.wait_for_url("**/bat-dau")
    camera.take(page, "san-sang")
    other = camera.phone().new_page()
    other.goto(f"{server.url}/dang-ky")
    fill(other, 17)
    press(other, "Tiếp tục")
    if other.get_by_role("radio").count():
        other.get_by_role("radio", name="Đơn vị mẫu 12").check()
        press(other, "Tiếp tục")
        other.get_by_role("checkbox").first.check()
        press(other, "Đăng ký dự thi")
    camera.take(other, "da-dang-ky")
    other.goto(f"{server.url}/tiep-tuc")
    other.locator("#ma").fill("K7QM 2XTD")
    other.locator("main form button").first.click()
    camera.take(other, "tiep-tuc")
    other.goto(f"{server.url}/tra-cuu")
    other.locator("#ma").fill("H4TN9QRW7")
    other.locator("main form button").first.click()
    camera.take(other, "tra-cuu")
    other.goto(f"{server.url}/khong-co")
    camera.take(other, "khong-thay")
    other.close()


def full(camera: Camera, directory: Path, at: int) -> None:
    """A server with room for one paper."""
    with served(directory, at, max_kernels=1) as server:
        first = camera.phone().new_page()
        register(first, server.url, 501)
        begin(first)
        page = camera.phone().new_page()
        register(page, server.url, 502)
        camera.take(page, "dong-nguoi")


def old_browser(camera: Camera, server: Server) -> None:
    """A browser that lacks what the paper needs."""
    page = camera.phone().new_page()
    page.add_init_script("delete window.HTMLDialogElement")
    register(page, server.url, 503)
    page.get_by_role("button", name=re.compile("Bắt đầu làm bài")).click()
    page.wait_for_timeout(500)
    camera.take(page, "trinh-duyet-cu")


def paper(camera: Camera, server: Server) -> BrowserContext:
    """The paper on a good and a bad network, to its receipt."""
    context = camera.phone()
    page = context.new_page()
    register(page, server.url, 18)
    begin(page)
    answer(page, 1, 12)
    go(page, "#cau-4")
    page.locator(".flag").click()
    go(page, "#cau-7")
    saved(page)
    camera.take(page, "lam-bai", whole=False)
    for theme in ("dark", "contrast"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        camera.take(page, f"lam-bai-{theme}", whole=False)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    page.evaluate("document.documentElement.dataset.size = 'l'")
    camera.take(page, "lam-bai-chu-lon", whole=False)
    page.evaluate("document.documentElement.dataset.size = 'm'")
    page.locator(".where").click()
    camera.take(page, "bang-cau-hoi", whole=False)
    page.keyboard.press("Escape")
    context.set_offline(True)
    answer(page, 13, 15)
    expect(page.locator(".save")).to_contain_text("Đang chờ mạng", timeout=30_000)
    camera.take(page, "cho-mang", whole=False)
    context.set_offline(False)
    expect(page.locator(".save")).to_contain_text("Có mạng lại", timeout=60_000)
    camera.take(page, "co-mang", whole=False)
    second = context.new_page()
    second.goto(f"{server.url}/thi")
    second.locator(".paper h1").wait_for()
    expect(page.locator(".note, .save").first).to_be_visible()
    page.wait_for_timeout(2500)
    camera.take(page, "but-cu", whole=False)
    second.close()
    page.get_by_role("button", name="Làm tiếp ở đây").first.click()
    page.wait_for_timeout(1500)
    go(page, "#du-doan")
    page.locator("#dd").fill("12345")
    page.locator("#dd").press("Tab")
    camera.take(page, "du-doan", whole=False)
    server.at(ShiftedClock(server._shift).now() + 15 * MINUTE)
    page.reload()
    page.locator(".paper h1").wait_for()
    go(page, "#cau-16")
    page.wait_for_timeout(1500)
    camera.take(page, "con-5-phut", whole=False)
    go(page, "#xem-lai")
    camera.take(page, "xem-lai")
    page.locator(".review > .btn.main").click()
    camera.take(page, "nop-bai", whole=False)
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/bien-nhan/*")
    camera.take(page, "bien-nhan")
    picture = page.request.get(f"{page.url}.png").body()
    for width, _ in SIZES:
        image = Image.open(io.BytesIO(picture)).convert("L")
        image.thumbnail((min(width, 640), 1000))
        image.save(IMG / f"bien-nhan-anh-{width}.webp", quality=QUALITY)
    return context


def kinds(camera: Camera, directory: Path) -> None:
    """A question of each kind that the sample's paper hasn't."""
    with served(directory, BASE) as server:
        _kinds(camera, server)


def _kinds(camera: Camera, server: Server) -> None:
    page = camera.phone().new_page()
    register(page, server.url, 19)
    begin(page)
    wanted = set(KINDS)
    for q in range(1, 22):
        go(page, f"#cau-{q}")
        for kind in sorted(wanted):
            if page.locator(f".question.kind-{kind}").count():
                wanted.discard(kind)
                camera.take(page, f"loai-{kind}")
    assert not wanted, wanted


def restarting(camera: Camera, directory: Path, at: int) -> None:
    """The server goes while somebody answers."""
    server = Server(directory, at)
    try:
        page = camera.phone().new_page()
        register(page, server.url, 504)
        begin(page)
        answer(page, 1, 2)
        saved(page)
    finally:
        server.stop()
    page.locator(".opt").first.click()
    expect(page.locator(".paper")).to_contain_text("khởi động lại", timeout=60_000)
    camera.take(page, "khoi-dong-lai", whole=False)


def practising(camera: Camera, server: Server) -> None:
    """Practice and a mock paper."""
    page = camera.phone().new_page()
    page.goto(f"{server.url}/luyen-tap/bat-dau")
    camera.take(page, "luyen-tap-dau")
    page.locator("main form button").first.click()
    page.locator(".practice-home").wait_for()
    camera.take(page, "luyen-tap")
    page.locator(".practice-home .btn.main").first.click()
    page.locator(".practice-card").wait_for()
    camera.take(page, "luyen-tap-cau")
    for n in range(6):
        card = page.locator(".practice-card")
        if card.locator(".opt").count():
            card.locator(".opt").first.click()
            card.get_by_role("button", name="Trả lời").click()
        else:
            card.locator(".tools .btn.quiet").first.click()
        page.locator(".told > *").first.wait_for()
        if n == 0:
            camera.take(page, "luyen-tap-giai-thich")
        page.locator(".told .tools .btn").first.click()
        page.wait_for_timeout(400)
    page.goto(f"{server.url}/luyen-tap")
    page.locator(".practice-home").wait_for()
    camera.take(page, "luyen-tap-tien-do")
    page.goto(f"{server.url}/luyen-tap/thi-thu")
    camera.take(page, "thi-thu-dau")
    page.locator("main form button").first.click()
    page.locator(".paper h1").wait_for()
    answer(page, 1, 3)
    camera.take(page, "thi-thu", whole=False)
    go(page, "#xem-lai")
    page.locator(".review > .btn.main").click()
    page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
    page.wait_for_url("**/luyen-tap/thi-thu/*")
    camera.take(page, "thi-thu-ket-qua")


def boards(camera: Camera, directory: Path) -> None:
    """The leaderboard of a closed round with a crowd, and the hall's screen."""
    with served(directory, BASE + 40 * DAY) as server:
        _boards(camera, server)


def _boards(camera: Camera, server: Server) -> None:
    page = camera.phone().new_page()
    for tab in ("ca-nhan", "don-vi", "tham-gia"):
        page.goto(f"{server.url}/bang-xep-hang?bang={tab}")
        until(page, "table, svg.chart")
        camera.take(page, f"bang-{tab}")
    for n in (1, 5):
        page.goto(f"{server.url}/bang-xep-hang?man-hinh=hoi-truong&dung=1&trang={n}")
        camera.take(page, f"hoi-truong-{n}", whole=False)
    look = server.directory / "giao_dien.yml"
    image = Image.new("RGB", (120, 120), "#0B5394")
    ImageDraw.Draw(image).ellipse((20, 20, 100, 100), fill="#FFD43B")
    image.save(server.directory / "bieu_trung.png")
    look.write_text(OWN_LOOK, encoding="utf-8")
    page.goto(server.url)
    until(page, ".site-name img")
    camera.take(page, "mau-rieng")


def after(camera: Camera, server: Server, owner: BrowserContext) -> None:
    """The round is over: results, explanations, certificates."""
    closes = BASE + 31 * DAY
    server.at(closes)
    camera.ahead = closes - SystemClock().now()
    page = owner.new_page()
    page.goto(server.url)
    until(page, "main:has-text('đã đóng')")
    stranger = camera.phone().new_page()
    stranger.goto(server.url)
    camera.take(stranger, "da-dong")
    stranger.wait_for_timeout(4000)  # the server sees by itself that all is over
    text = apart(lambda: confirm(server.directory, closes))
    page.goto(server.url)
    page.locator("a[href^='/bien-nhan/']").first.click()
    camera.take(page, "ket-qua")
    stranger.goto(f"{server.url}/chung-nhan/{text}")
    camera.take(stranger, "chung-nhan")


def opening(camera: Camera, server: Server) -> None:
    """The leaderboard while the number of people is being predicted."""
    page = camera.phone().new_page()
    page.goto(f"{server.url}/bang-xep-hang?bang=don-vi")
    until(page, "[data-board]")
    camera.take(page, "bang-dang-mo")


def shoot(camera: Camera, folder: Path, wanted: list[str]) -> None:
    """Take the pictures of these scenes, or of all; `after` needs `paper` before it."""
    main = contest(folder / "chinh", {})
    types = every_kind(folder / "loai")
    crowd = contest(folder / "dong", {})
    apart(lambda: simulate_directory(crowd, CROWD, SEED, close=True))
    owners: list[BrowserContext] = []
    with served(main, BASE) as server:
        scenes: dict[str, Callable[[], object]] = {
            "before": lambda: before(camera, server),
            "entering": lambda: entering(camera, server),
            "old_browser": lambda: old_browser(camera, server),
            "full": lambda: full(camera, main, BASE),
            "paper": lambda: owners.append(paper(camera, server)),
            "restarting": lambda: restarting(camera, main, BASE),
            "kinds": lambda: kinds(camera, types),
            "practising": lambda: practising(camera, server),
            "opening": lambda: opening(camera, server),
            "boards": lambda: boards(camera, crowd),
            "after": lambda: after(camera, server, owners[0]),
            **{name: partial(take, camera, folder / name) for name, take in MORE.items()},
        }
        for name in wanted or scenes:
            server.at(BASE)
            camera.ahead = BASE - SystemClock().now()
            try:
                scenes[name]()
            except Exception:
                camera.failed = True
                traceback.print_exc()


def page() -> str:
    """Return docs/man-hinh.md."""
    lines = [
        "# Các màn hình",
        "",
        "Mỗi trang và trạng thái trên điện thoại (360 điểm ảnh) và máy tính (1.280). Hình do",
        "`python docs/screenshots.py` chụp trên cuộc thi mẫu; người và đơn vị đều là mẫu.",
    ]
    for part, pictures in CAPTIONS.items():
        lines += ["", f"## {part}", "", "| màn hình | 360 | 1.280 |", "|---|---|---|"]
        for name, says in pictures.items():
            small, large = (f"img/man-hinh/{name}-{width}.webp" for width, _ in SIZES)
            lines.append(
                f'| {says} | <img src="{small}" alt="{says}" width="180"> '
                f'| <img src="{large}" alt="{says}, máy tính" width="420"> |'
            )
    return "\n".join(lines) + "\n"


def main(names: list[str]) -> None:
    """Take the pictures and write the page."""
    IMG.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="man-hinh-") as scratch,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        camera = Camera(browser)
        try:
            shoot(camera, Path(scratch), names)
        finally:
            browser.close()
    (HERE / "man-hinh.md").write_text(page(), encoding="utf-8")
    if camera.failed:
        sys.exit(1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(*map(Path, sys.argv[2:4]))
    else:
        main(sys.argv[1:])
