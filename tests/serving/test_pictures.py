"""Pictures on the wire and in a browser: on the paper, large, on the receipt; for nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from questions.canonical import sha256
from questions.pictures import look
from tests.factories import make_bank, stamped
from tests.pictures import picture, put
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest, reveal
from tests.serving.server import Server
from tests.serving.steps import begin, hand_in, register
from tests.serving.visitor import Visitor

NAME = "dap-an-a.png"
DATA = picture(size=(800, 600))
ADDRESS = f"/anh/{sha256(DATA)}"


@pytest.fixture(scope="module")
def illustrated(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of a contest in which every question shows a picture."""
    bare = make_bank(status="draft")
    shown = {"image": {"file": NAME, "alt": "Bản đồ đơn vị mẫu"}}
    questions = tuple(
        type(one).model_validate({**one.model_dump(), **shown}) for one in bare.questions
    )
    bank = bare.model_copy(update={"questions": questions, "pictures": (look(NAME, DATA),)})
    path = tmp_path_factory.mktemp("contest") / "cuoc_thi"
    changes = reveal("at_once")
    directory = open_contest(path, bank=stamped(bank, "approved"), changes=changes)
    put(directory.path / "ngan_hang", NAME, DATA)
    return serve(directory.path)


def test_only_who_has_begun_gets_a_picture(illustrated: Server) -> None:
    """A stranger and somebody who is only registered are told that there is none."""
    visitor = Visitor(illustrated.url)
    assert visitor.get(ADDRESS).status == 404
    visitor.register(1)
    assert visitor.get(ADDRESS).status == 404
    visitor.begin()
    answer = visitor.get(ADDRESS)
    assert (answer.status, answer.size) == (200, len(DATA))
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    for path in (f"/anh/{'0' * 64}", f"/anh/{NAME}", "/anh/", "/anh/../the_le.yml"):
        assert visitor.get(path).status == 404


def loaded(page: Page, selector: str) -> None:
    """Wait until the picture is there."""
    page.wait_for_function(
        "selector => document.querySelector(selector).naturalWidth === 800", arg=selector
    )


@pytest.mark.browser
def test_a_picture_is_seen_enlarged_and_on_the_receipt(
    illustrated: Server, phone: NewPhone
) -> None:
    """Room is kept for it before it is there; the keyboard opens and closes it."""
    page = phone().new_page()
    register(page, illustrated.url, 2, "Đơn vị mẫu 1")
    begin(page)
    shown = page.locator("button.picture img")
    expect(shown).to_have_attribute("src", ADDRESS)
    expect(shown).to_have_attribute("width", "800")
    loaded(page, "button.picture img")
    box = shown.bounding_box()
    assert box is not None and box["width"] <= 360
    opener = page.get_by_role("button", name="Bản đồ đơn vị mẫu Phóng to hình")
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Hình trong câu hỏi")
    expect(dialog.get_by_role("img", name="Bản đồ đơn vị mẫu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    assert NAME not in page.content()
    hand_in(page)
    again = page.locator("a.picture img").first
    again.scroll_into_view_if_needed()
    loaded(page, "a.picture img")
    box = again.bounding_box()
    assert box is not None and box["width"] <= 360
    assert NAME not in page.content()
