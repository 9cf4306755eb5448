"""More scenes of docs/screenshots.py, each with a contest and a server of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect
from screenshots_stage import (
    BASE,
    DAY,
    MINUTE,
    Camera,
    Server,
    apart,
    contest,
    every_kind,
    opened,
    served,
)
from screenshots_steps import answer, begin, fill, go, hand_in, press, register, saved, until

from contest.claims.desk import answer as answer_claim
from contest.notices.keeper import Notices
from contest.service import Service

SECRETARY = "Thư ký mẫu"
WARNING = "Máy chủ bảo trì từ 22 giờ đến 22 giờ 15. Bài đang làm vẫn được lưu; mời Bạn thi sớm hơn."
INFO = "Kỳ 1 có 2 lượt thi. Kết quả tính theo lượt điểm cao hơn."
CLAIM = (
    "Tôi thấy hai phương án đều đúng theo nghị quyết.\n"
    "Mong Ban Tổ chức xem lại và cho biết kết quả."
)
REPLY = (
    "Ban Tổ chức đã đối chiếu với văn bản gốc.\n"
    "Câu hỏi chưa chặt chẽ, được hủy; ai có câu này đều được đủ điểm."
)
STRICT = {
    "closed_during_rounds: false": "closed_during_rounds: true",
    "  key: phone\n": "  key: phone\n  device_check: true\n",
}
INVITED = {"  key: phone\n": "  key: phone\n  entry_code: MAU2026\n"}
HELD = """(() => {
  const Real = Worker;
  window.Worker = class extends Real { postMessage() {} };
})()"""
"""A machine that never gets done with its work."""
ESSAY = "Ở xã mẫu, người dân được biết, được bàn và được giám sát việc làm đường. "
PLACES, SCHOOLS = 100, 30


def _act(directory: Path, act: Callable[[Service], object]) -> None:
    """Let organisers do something, beside the running server."""

    async def main() -> None:
        async with opened(directory) as service:
            await act(service)  # type: ignore[misc]

    apart(lambda: asyncio.run(main()))


def _many_units() -> str:
    """Return 3,100 units on two levels; schools have the same names everywhere."""
    lines = ["unit_id,name,parent_id,block,headcount"]
    lines += [f"xa-{x},Xã mẫu Bình Sơn {x},,Xã,900" for x in range(1, PLACES + 1)]
    lines += [
        f"th-{x}-{n},Trường Tiểu học và Trung học cơ sở mẫu số {n},xa-{x},Trường,30"
        for x in range(1, PLACES + 1)
        for n in range(1, SCHOOLS + 1)
    ]
    return "\n".join(lines) + "\n"


def _sat(page: Page, server: Server, number: int, last: int = 5) -> None:
    """Register and answer the first questions."""
    register(page, server.url, number)
    begin(page)
    answer(page, 1, last)
    saved(page)


# ---- what the organisers tell, and what they are asked ----


def noticing(camera: Camera, folder: Path) -> None:
    """Two notices: before, during and after a paper."""
    directory = contest(folder, {})
    with served(directory, BASE) as server:
        page = camera.phone().new_page()
        _sat(page, server, 601)

        async def write(service: Service) -> None:
            notices = Notices(service.store)
            for text, kind in ((WARNING, "warning"), (INFO, "info")):
                until_ = BASE + DAY
                await notices.write(text, kind, None, BASE, until_, by=SECRETARY, now=BASE)

        _act(directory, write)
        page.locator("section.notices .band").nth(1).wait_for()
        camera.take(page, "thong-bao-lam-bai", whole=False)
        press(page, "Gập thông báo")
        camera.take(page, "thong-bao-gap", whole=False)
        hand_in(page)
        camera.take(page, "thong-bao-bien-nhan")
        other = camera.phone().new_page()
        other.goto(server.url)
        until(other, "[data-notice]")
        camera.take(other, "thong-bao-trang-dau")


def claiming(camera: Camera, folder: Path) -> None:
    """A claim of each kind, and what becomes of one."""
    directory = contest(folder, {})
    with served(directory, BASE) as server:
        _forgotten(camera, server)
        page = camera.phone().new_page()
        _sat(page, server, 611)
        hand_in(page)
        receipt = page.url.rpartition("/")[2]
        page.goto(f"{server.url}/phan-anh?viec=cau-hoi&bien-nhan={receipt}&cau=3")
        camera.take(page, "phan-anh-cau")
        page.locator("#phan-anh").fill(CLAIM)
        press(page, "Gửi phản ánh")
        page.wait_for_url("**/phan-anh/*")
        camera.take(page, "phan-anh-da-gui")

        async def reply(service: Service) -> None:
            (claim,) = await service.store.claims("open")
            at = BASE + 90 * MINUTE
            await answer_claim(service, claim.claim_id, "accepted", REPLY, SECRETARY, at)

        _act(directory, reply)
        page.reload()
        camera.take(page, "phan-anh-tra-loi")
        other = camera.phone().new_page()
        other.goto(f"{server.url}/tra-cuu")
        other.locator("#ma").fill(page.locator("#ma").inner_text())
        press(other, "Tra cứu")
        other.wait_for_url("**/phan-anh/*")
        camera.take(other, "phan-anh-tra-cuu")


def _forgotten(camera: Camera, server: Server) -> None:
    page = camera.phone().new_page()
    page.goto(f"{server.url}/phan-anh")
    camera.take(page, "phan-anh")
    page.get_by_role("link", name="Tôi quên mã tiếp tục").click()
    camera.take(page, "phan-anh-ma")
    page.locator("#ten").fill("Thí sinh thử 00610")
    press(page, "Gửi phản ánh")
    page.locator(".summary").wait_for()
    camera.take(page, "phan-anh-loi")


# ---- entering ----


def choosing(camera: Camera, folder: Path) -> None:
    """A unit out of thousands, found by typing."""
    directory = contest(folder, {})
    (directory / "don_vi.csv").write_text(_many_units(), encoding="utf-8")
    with served(directory, BASE) as server:
        page = camera.phone().new_page()
        page.goto(f"{server.url}/dang-ky")
        fill(page, 621)
        press(page, "Tiếp tục")
        box = page.get_by_role("combobox", name="Tìm đơn vị")
        box.wait_for()
        camera.take(page, "don-vi-nhieu")
        options = page.locator("[role=listbox] [role=option]")
        box.press_sequentially("trung hoc co so mau so 12")
        options.first.wait_for()
        box.press("ArrowDown")
        camera.take(page, "don-vi-go")
        box.fill("truong quoc te")
        expect(options).to_have_count(0)
        camera.take(page, "don-vi-khong-thay")
        box.fill("mau so 12 binh son 37")
        options.first.click()
        camera.take(page, "don-vi-da-chon")
        press(page, "Tiếp tục")
        page.get_by_role("checkbox").first.wait_for()
        camera.take(page, "don-vi-kiem-tra")


def strict(camera: Camera, folder: Path) -> None:
    """Practice that is closed during rounds, and a machine that is looked at."""
    with served(contest(folder, STRICT), BASE) as server:
        page = camera.phone().new_page()
        page.goto(f"{server.url}/luyen-tap/bat-dau")
        camera.take(page, "luyen-tap-dong")
        page.add_init_script(HELD)
        page.goto(f"{server.url}/dang-ky")
        fill(page, 631)
        press(page, "Tiếp tục")
        page.get_by_role("status").filter(has_text="Đang kiểm tra máy").wait_for()
        camera.take(page, "kiem-tra-may")


def invited(camera: Camera, folder: Path) -> None:
    """A contest for those who are invited; a phone whose clock is wrong."""
    with served(contest(folder, INVITED), BASE) as server:
        page = camera.phone().new_page()
        page.goto(f"{server.url}/dang-ky/ma-tham-gia")
        page.locator("#ma").fill("MAU2025")
        page.locator("main form button").first.click()
        page.locator(".summary").wait_for()
        camera.take(page, "ma-tham-gia")
        camera.ahead += 23 * MINUTE
        wrong = camera.phone().new_page()
        wrong.goto(server.url)
        wrong.locator("[data-clock]").wait_for()
        camera.take(wrong, "may-sai-gio")


def shared(camera: Camera, folder: Path) -> None:
    """The next person on a phone with a paper that isn't finished."""
    with served(contest(folder, {}), BASE) as server:
        context = camera.phone()
        page = context.new_page()
        _sat(page, server, 641)
        _lose(context, page)
        answer(page, 6, 7)
        page.close(run_before_unload=False)
        context.set_offline(False)
        page = context.new_page()
        page.goto(server.url)
        page.locator("[data-queue]").wait_for()
        camera.take(page, "may-chung")


# ---- the paper ----


def _lose(context: BrowserContext, page: Page) -> None:
    """Lose the network."""
    context.set_offline(True)
    expect(page.locator(".save")).to_contain_text("chờ mạng", timeout=30_000)


def overtaken(camera: Camera, folder: Path) -> None:
    """What was chosen without network while another page had the paper; more time."""
    directory = contest(folder, {})
    with served(directory, BASE) as server:
        context = camera.phone()
        page = context.new_page()
        _sat(page, server, 651)
        _lose(context, page)
        answer(page, 6, 8)
        state = context.storage_state()
        second = camera.phone(storage_state={**state, "origins": []}).new_page()
        second.goto(f"{server.url}/thi")
        second.locator(".paper h1").wait_for()
        context.set_offline(False)
        page.get_by_role("button", name="Làm tiếp ở đây").first.wait_for(timeout=60_000)
        page.get_by_role("button", name="Làm tiếp ở đây").first.click()
        page.locator("details.stale[open]").wait_for()
        camera.take(page, "chua-tinh", whole=False)

        async def extend(service: Service) -> None:
            (attempt_id,) = await service.store.ids("attempts")
            await service.grant_time(attempt_id, 10, "máy hỏng", SECRETARY, BASE + MINUTE)

        press(page, "Nhập lại tất cả")
        _act(directory, extend)
        expect(page.locator(".note")).to_contain_text("cho thêm 10 phút", timeout=60_000)
        camera.take(page, "them-gio", whole=False)
        go(page, "#xem-lai")
        _lose(context, page)
        page.locator(".review > .btn.main").click()
        page.get_by_role("dialog").get_by_role("button", name="Nộp bài").click()
        expect(page.locator(".save")).to_contain_text("Mất mạng lúc nộp bài")
        camera.take(page, "nop-cho-mang", whole=False)
        context.set_offline(False)
        page.wait_for_url("**/bien-nhan/*")


def run_out(camera: Camera, folder: Path) -> None:
    """The time is over while answers wait for the network."""
    with served(contest(folder, {}), BASE) as server:
        context = camera.phone()
        page = context.new_page()
        _sat(page, server, 661, 18)
        _lose(context, page)
        answer(page, 19, 20)
        server.at(BASE + 21 * MINUTE)
        context.set_offline(False)
        page.locator(".end").wait_for(timeout=60_000)
        camera.take(page, "het-gio")
        page.get_by_role("link", name="Xem biên nhận").click()
        page.locator("[data-missed]").wait_for()
        camera.take(page, "bien-nhan-thieu")


def writing(camera: Camera, folder: Path) -> None:
    """An essay that is too short, then too long."""
    with served(every_kind(folder), BASE) as server:
        page = camera.phone().new_page()
        register(page, server.url, 671)
        begin(page)
        for q in range(1, 22):
            go(page, f"#cau-{q}")
            if page.locator(".question.kind-essay").count():
                break
        for name, sentences in (("tu-luan-thieu", 4), ("tu-luan-thua", 40)):
            page.locator(".question textarea").fill(ESSAY * sentences)
            saved(page)
            camera.take(page, name)


MORE: dict[str, Callable[[Camera, Path], None]] = {
    scene.__name__: scene
    for scene in (
        noticing,
        claiming,
        choosing,
        strict,
        invited,
        shared,
        overtaken,
        run_out,
        writing,
    )
}
"""Scene -> what takes it, given an empty folder."""
