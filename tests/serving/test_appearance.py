"""An organiser's colours and logo on the server's pages, in a browser with the strict policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from questions.canonical import sha256
from tests.frontend.looks import wear
from tests.pictures import picture
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server, until
from tests.serving.steps import begin, register
from tests.serving.visitor import Visitor

LOGO = picture(size=(120, 80))
STATED = """\
version: 1
colours:
  light:
    accent: "#0B5394"
logo:
  file: logo.png
  alt: Biểu trưng mẫu <b>
footer: Ban Tổ chức & các đơn vị mẫu
"""
STYLE = re.compile(r'href="(/giao-dien/[0-9a-f]{64}\.css)"')
PAGES = ("/", "/the-le", "/tra-cuu", "/dang-ky", "/tiep-tuc", "/khong-co", "/chung-nhan/x")


@pytest.fixture(scope="module")
def worn(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of a contest with colours, a logo and a line of its own."""
    directory = open_contest(tmp_path_factory.mktemp("contest") / "cuoc_thi")
    (directory.path / "giao_dien.yml").write_text(STATED, encoding="utf-8")
    (directory.path / "logo.png").write_bytes(LOGO)
    return serve(directory.path)


def accent(page: Page) -> str:
    """Return the main colour that a page has now."""
    script = "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
    return str(page.evaluate(script)).upper()


def test_both_files_are_there_for_good_and_nothing_else_is(worn: Server) -> None:
    """By content hash, for everybody; no other address shows a file of the contest."""
    visitor = Visitor(worn.url)
    (style,) = STYLE.findall(visitor.get("/").text)
    sheet = visitor.get(style)
    assert sheet.headers["content-type"].startswith("text/css")
    assert "--accent: #0B5394;" in sheet.text
    logo = visitor.get(f"/giao-dien/{sha256(LOGO)}")
    assert (logo.size, logo.headers["content-type"]) == (len(LOGO), "image/png")
    for answer in (sheet, logo):
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "set-cookie" not in answer.headers
    none = ("0" * 64, f"{'0' * 64}.css", "logo.png", f"{sha256(LOGO)}.css", style[11:-4], "")
    for name in none:
        assert visitor.get(f"/giao-dien/{name}").status == 404, name


@pytest.mark.parametrize("path", PAGES)
def test_every_page_wears_them(worn: Server, path: str) -> None:
    """Pages of errors too; what people wrote is text."""
    text = Visitor(worn.url).get(path).text
    assert STYLE.search(text)
    assert 'alt="Biểu trưng mẫu &lt;b&gt;" width="60" height="40"' in text
    assert "Ban Tổ chức &amp; các đơn vị mẫu" in text


def test_without_a_file_there_is_no_trace(server: Server) -> None:
    """The sample has none."""
    text = Visitor(server.url).get("/").text
    assert "/giao-dien/" not in text
    assert "<img" not in text


@pytest.mark.browser
def test_colours_hold_in_light_and_dark_and_not_in_high_contrast(
    worn: Server, phone: NewPhone
) -> None:
    """By the person's choice and by the device's; on the paper as on the plain pages."""
    page = phone(color_scheme="light").new_page()
    register(page, worn.url, 3, "Đơn vị mẫu 1")
    assert accent(page) == "#0B5394"
    begin(page)
    logo = page.get_by_role("img", name="Biểu trưng mẫu <b>")
    expect(logo).to_be_visible()
    assert logo.evaluate("one => one.naturalWidth") == 120
    for theme, colour in (("light", "#0B5394"), ("dark", "#4F83B2"), ("contrast", "#FFEB3B")):
        wear(page, {"theme": theme})
        assert accent(page) == colour, theme
    page.evaluate("delete document.documentElement.dataset.theme")
    page.emulate_media(color_scheme="dark")
    assert accent(page) == "#4F83B2"
    page.emulate_media(contrast="more")
    assert accent(page) == "#FFEB3B"
    page.emulate_media(media="print", color_scheme="light", contrast="no-preference")
    assert accent(page) in ("#000", "#000000")


def test_a_change_is_worn_without_a_restart(worn: Server) -> None:
    """As other files of the contest; where it is wrong, the last good one stays."""
    file = worn.directory / "giao_dien.yml"
    visitor = Visitor(worn.url)
    file.write_text(STATED.replace("0B5394", "1B6B3A"), encoding="utf-8")

    def sheet() -> str:
        (style,) = STYLE.findall(visitor.get("/").text)
        return visitor.get(style).text

    until(lambda: "--accent: #1B6B3A;" in sheet(), 20)
    board = until(lambda: visitor.get("/bang-xep-hang").text, 20)
    assert STYLE.findall(visitor.get("/").text) == STYLE.findall(board)
