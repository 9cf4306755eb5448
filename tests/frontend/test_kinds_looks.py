"""Every kind of question in every look: axe, names, sizes, nothing sideways, the ring seen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.frontend.answering import BY_MOUSE
from tests.frontend.conftest import OpenPage
from tests.frontend.kinds import PLACES, every_kind, given
from tests.frontend.looks import LOOKS, SCREENS, STILL, TARGETS, problems, wear
from tests.frontend.steps import go, kernel

pytestmark = pytest.mark.browser

LONG = "Nghị quyết số 01 " + "rất dài " * 60


def opened(open_page: OpenPage, kind: str, size: tuple[int, int] = (360, 740), **more: Any) -> Page:
    """Open an answered paper at the question of a kind, with nothing that moves."""
    options = {"context_options": STILL, "questions": every_kind(), "answers": given(), **more}
    return open_page(f"/thi#cau-{PLACES[kind]}", size=size, **options)


@pytest.mark.parametrize("kind", PLACES)
def test_axe_finds_nothing_empty_refused_or_read_only(
    open_page: OpenPage, axe: str, kind: str
) -> None:
    page = opened(open_page, kind, (360, 1200), answers={})  # nothing half under a bar
    page.evaluate(axe)
    refusal = {"why": "bad_option", "text": "Không nhận được."}
    page.evaluate("([q, why]) => { kernel.refuse[q] = why }", [PLACES[kind], refusal])

    def refused() -> None:
        BY_MOUSE[kind](page)
        page.clock.run_for(3000)
        expect(page.locator(".error")).to_have_text("Không nhận được.")

    for step in (lambda: None, refused, lambda: kernel(page, "kernel.elsewhere()")):
        step()
        page.clock.resume()
        for look in LOOKS.values():
            wear(page, look)
            assert problems(page) == []


def test_axe_finds_nothing_in_a_review_of_all_kinds(open_page: OpenPage, axe: str) -> None:
    answers = {**given(), str(PLACES["match"]): [1, None, None]}
    for size in ((360, 740), (1280, 800)):
        page = opened(open_page, "text", size, answers=answers)
        go(page, "#xem-lai")
        page.clock.resume()
        page.evaluate(axe)
        for look in LOOKS.values():
            wear(page, look)
            assert problems(page) == []


@pytest.mark.parametrize("kind", PLACES)
def test_nothing_scrolls_sideways_however_long_the_texts(open_page: OpenPage, kind: str) -> None:
    questions = every_kind()
    one = questions[PLACES[kind] - 1]
    for name in ("statements", "left", "right", "items", "pieces"):
        if name in one:
            one[name] = [LONG + one[name][0], "x" * 200, *one[name][2:]]
    if "gaps" in one:
        one["gaps"][1] = [LONG, "x" * 200]
    page = opened(open_page, kind, questions=questions)
    for address in (f"#cau-{PLACES[kind]}", "#xem-lai"):
        go(page, address)
        for width, height, size in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            wear(page, {"size": size})
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (
                address,
                width,
                size,
            )


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_big_and_apart(open_page: OpenPage, width: int) -> None:
    page = opened(open_page, "group", (width, 740))
    for kind, q in PLACES.items():
        go(page, f"#cau-{q}")
        found = page.evaluate(TARGETS)
        assert found["small"] == [], kind
        near = [pair for pair in found["near"] if not all("<a href" in one for one in pair[:2])]
        assert near == [], kind


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_ring_is_seen_and_never_under_a_bar(open_page: OpenPage, forced: str) -> None:
    page = opened(open_page, "group", context_options={**STILL, "forced_colors": forced})
    for kind, q in PLACES.items():
        go(page, f"#cau-{q}")
        page.evaluate("document.querySelector('.paper h1').focus(); window.scrollTo(0, 0)")
        seen = 0
        while True:
            page.keyboard.press("Tab")
            state = page.evaluate(
                """() => {
                  const one = document.activeElement;
                  if (!one.closest('.question')) return null;
                  const frame = one.closest('.opt') || one;
                  const box = frame.getBoundingClientRect();
                  const bar = document.querySelector('.actions').getBoundingClientRect();
                  const head = document.querySelector('.head').getBoundingClientRect();
                  const style = getComputedStyle(frame);
                  return {what: one.outerHTML.slice(0, 80), ring: style.outlineWidth,
                    kind: style.outlineStyle, under: box.height < bar.top - head.bottom
                      && (box.bottom > bar.top + 1 || box.top < head.bottom - 1)};
                }"""
            )
            if state is None:
                break
            seen += 1
            assert (state["ring"], state["kind"]) == ("3px", "solid"), (kind, state)
            assert not state["under"], (kind, state)
        assert seen


def test_forced_colours_keep_the_borders_of_all_controls(open_page: OpenPage) -> None:
    page = opened(open_page, "group", context_options={"forced_colors": "active"})
    for q in PLACES.values():
        go(page, f"#cau-{q}")
        assert page.evaluate(
            "[...document.querySelectorAll('.question :is(.opt, .item, .btn, select, textarea,"
            "input[type=text])')].every((one) => parseFloat(getComputedStyle(one).borderTopWidth))"
        )


TREES = {
    "group": """
    - group "Câu 2. Mỗi ý sau đây đúng hay sai?":
      - heading "Câu 2. Mỗi ý sau đây đúng hay sai?" [level=1]
      - paragraph: Chọn Đúng hoặc Sai cho từng ý
      - group "1. Hai là số chẵn":
        - radio "Đúng" [checked]
        - radio "Sai"
    """,
    "match": """
    - group "Câu 3. Ghép mỗi số với cách đọc của số ấy.":
      - heading "Câu 3. Ghép mỗi số với cách đọc của số ấy." [level=1]
      - paragraph
      - list:
        - listitem:
          - combobox "1. Số 1":
            - option "Chọn…"
            - option "một" [selected]
            - option "hai (đang ở dòng 2)"
    """,
    "order": """
    - group "Câu 4. Xếp các số từ nhỏ đến lớn.":
      - heading "Câu 4. Xếp các số từ nhỏ đến lớn." [level=1]
      - paragraph
      - list:
        - listitem:
          - text: Một
          - button "Đưa “Một” lên" [disabled]
          - button "Đưa “Một” xuống"
    """,
    "number": """
    - group "Câu 5. Một năm có bao nhiêu tháng?":
      - heading [level=1]
      - paragraph
      - textbox "Câu trả lời của Bạn (tháng)": "12"
      - status: /12 \\(mười hai\\)/
    """,
    "text": """
    - group "Câu 6. Thủ đô của nước ta là thành phố nào?":
      - heading [level=1]
      - paragraph
      - textbox "Câu trả lời của Bạn": Hà Nội
    """,
    "cloze": """
    - group "Câu 7. Điền cho đủ câu.":
      - heading [level=1]
      - paragraph
      - text: Sau số một là số
      - textbox "Chỗ trống 1 trong 3": hai
      - text: ", sau đó là số"
      - combobox "Chỗ trống 2 trong 3"
    """,
    "essay": """
    - group "Câu 8. Viết về một ngày ở trường.":
      - heading [level=1]
      - paragraph: Viết câu trả lời, từ 5 đến 30 chữ
      - textbox "Câu trả lời của Bạn": Sáng em đi học rất sớm
      - paragraph: Đã viết 6 chữ
    """,
}


@pytest.mark.parametrize("kind", TREES)
def test_what_a_screen_reader_is_told(open_page: OpenPage, kind: str) -> None:
    page = opened(open_page, kind)
    expect(page.locator(".q")).to_match_aria_snapshot(TREES[kind])
