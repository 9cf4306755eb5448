"""Every state of the paper, by name, for the tests that look at them all."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from tests.frontend.steps import deadline_in, go, kernel, offline, option

GIVEN = {str(q): [1] for q in range(1, 19) if q not in (3, 15)}
OPTIONS = {"answers": GIVEN, "flags": [4, 15], "band": "CUỘC THI MẪU"}


def _question(page: Page) -> None:
    go(page, "#cau-7")
    option(page, 2).check()


def _several(page: Page) -> None:
    go(page, "#cau-5")
    option(page, 3).check()
    page.locator(".flag").click()


def _waiting(page: Page) -> None:
    offline(page)
    go(page, "#cau-16")
    option(page, 3).check()
    page.clock.run_for(6000)


def _restart(page: Page) -> None:
    kernel(
        page,
        "line.set({state: 'connecting', why: 'restart', retryAt: performance.now() + 8000})",
    )


def _refused(page: Page) -> None:
    go(page, "#cau-7")
    kernel(page, "kernel.refuse[7] = {why: 'bad_option', text: 'Không có phương án này.'}")
    option(page, 3).check()


def _navigator(page: Page) -> None:
    if page.locator(".where").is_visible():
        page.locator(".where").click()


def _prediction(page: Page) -> None:
    go(page, "#du-doan")
    page.locator("#dd").fill("12345")
    page.locator("#dd").blur()


def _prediction_wrong(page: Page) -> None:
    go(page, "#du-doan")
    page.locator("#dd").fill("12,5")
    page.locator("#dd").blur()


def _review(page: Page) -> None:
    go(page, "#xem-lai")


def _confirm(page: Page) -> None:
    go(page, "#xem-lai")
    page.locator(".review > .btn.main").click()


def _confirm_offline(page: Page) -> None:
    _waiting(page)
    _confirm(page)
    page.locator("dialog .btn.main").click()


def _submission_waits(page: Page) -> None:
    _confirm_offline(page)
    page.locator("dialog .btn.main").click()


def _last_minutes(page: Page) -> None:
    deadline_in(page, 301_000)
    page.clock.run_for(2100)


def _elsewhere(page: Page) -> None:
    go(page, "#cau-3")
    kernel(page, "kernel.holding = true")
    option(page, 2).check()
    kernel(page, "kernel.elsewhere(); kernel.release()")


def _taken_back(page: Page) -> None:
    _elsewhere(page)
    page.get_by_role("button", name="Làm tiếp ở đây").click()


def _closing(page: Page) -> None:
    deadline_in(page, 1000)
    page.clock.run_for(1100)


def _time_up(page: Page) -> None:
    go(page, "#cau-19")
    kernel(page, "kernel.holding = true")
    option(page, 2).check()
    kernel(page, "kernel.end('expire')")


def notices(page: Page) -> None:
    """Have the organisers tell something, in short and at length."""
    long = "Nội dung dài mẫu. " * 12 + "x" * 80
    kernel(
        page,
        "kernel.tell({t: 'notices', notices: [{n: 2, kind: 'warning', text: '" + long + "'},"
        "{n: 1, kind: 'info', text: 'Máy chủ bảo trì lúc 22:00 mẫu.'}]})",
    )
    page.clock.run_for(200)


STATES: dict[str, Callable[[Page], None]] = {
    "question": _question,
    "several": _several,
    "notices": notices,
    "waiting": _waiting,
    "restart": _restart,
    "refused": _refused,
    "navigator": _navigator,
    "prediction": _prediction,
    "prediction_wrong": _prediction_wrong,
    "review": _review,
    "confirm": _confirm,
    "confirm_offline": _confirm_offline,
    "submission_waits": _submission_waits,
    "last_minutes": _last_minutes,
    "elsewhere": _elsewhere,
    "taken_back": _taken_back,
    "closing": _closing,
    "time_up": _time_up,
}
