"""The registration form with every kind of field, a declaration, and a code of entry."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from contest.settings import CHECKOUT
from tests.frontend.looks import STILL_NOW
from tests.serving.conftest import NewPhone, Serve
from tests.serving.contests import open_contest
from tests.serving.server import Server
from tests.serving.stored import counts, people
from tests.serving.visitor import Visitor

AXE = CHECKOUT / "voila_templates/node_modules/axe-core/axe.min.js"
FIELDS = """\
    - kind: birth
    - kind: id_number
    - kind: email
    - kind: address
      required: false
    - kind: gender
      required: false
    - kind: candidate_code
    - kind: choice
      id: unit
      title: "Ngạch <b>"
      choices: ["Cán bộ mẫu", "Viên chức mẫu"]
    - kind: choice
      id: huyen
      title: "Khu vực"
      required: false
      choices: [a1, a2, a3, a4, a5, a6, a7, a8, a9]
    - kind: text
      id: group
      title: "Tổ công tác"
      max_length: 500
"""
MORE = """\
  age: {at_least: 15, on: 2026-11-23}
  excluded: ["Ban Tổ chức mẫu", "Tổ Thư ký <mẫu>"]
  entry_code: "MoiThi26"
  consent:
"""


@pytest.fixture(scope="module")
def asking(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """Return a server of a contest that asks for everything there is."""
    pattern = '      pattern: "000xxxxxxx"\n'
    changes = {
        pattern: pattern + FIELDS,
        "  key: phone": "  key: candidate_code",
        "  consent:\n": MORE,
    }
    path = tmp_path_factory.mktemp("asking") / "cuoc_thi"
    return serve(open_contest(path, changes=changes).path)


def typed(number: int, **more: str) -> dict[str, str]:
    """Return what person `number` types; nobody has such numbers."""
    return {
        "name": f"Thí sinh thử {number:05}",
        "phone": f"000{number:07}",
        "birth": "5/9/1968",
        "id_number": f"000 068 {number:06}",
        "email": f"TS{number}@example.invalid",
        "candidate_code": f"ts-{number}",
        "rieng-unit": "Cán bộ mẫu",
        "rieng-group": "Tổ 1",
        **more,
    }


def invited(server: Server) -> Visitor:
    """Return somebody who knows the code of entry."""
    visitor = Visitor(server.url)
    assert visitor.post("/dang-ky/ma-tham-gia", ma=" moithi-26 ").location == "/dang-ky"
    return visitor


def test_every_field_is_checked_and_stored(asking: Server) -> None:
    """In one canonical form; an optional one that is empty isn't kept."""
    visitor = invited(asking)
    assert visitor.post("/dang-ky", **typed(1)).location == "/dang-ky/don-vi"
    assert 'value="5/9/1968"' in visitor.get("/dang-ky").text
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    words = visitor.get("/dang-ky/kiem-tra").words
    for shown in ("Ngày sinh 5/9/1968", "••• 001", "ts1@example.invalid", "Ngạch <b> Cán bộ mẫu"):
        assert shown in words
    assert "000068000001" not in words
    answer = visitor.post("/dang-ky/kiem-tra", consent="yes", declare="yes")
    assert answer.location == "/bat-dau"
    stored = next(one for one in people(asking.directory).values() if one["phone"] == "0000000001")
    assert stored == {
        "name": "Thí sinh thử 00001",
        "phone": "0000000001",
        "birth": "1968-09-05",
        "id_number": "000068000001",
        "email": "ts1@example.invalid",
        "candidate_code": "TS1",
        "unit": "Cán bộ mẫu",
        "group": "Tổ 1",
    }


def test_all_that_is_wrong_is_told_at_its_field(asking: Server) -> None:
    """At once, with what was typed still there; markup stays text."""
    visitor = invited(asking)
    wrong = typed(
        2, birth="31/2/1990", id_number="123", email='"><script>x</script>', **{"rieng-unit": "x"},
        candidate_code="<i>", gender="x", **{"rieng-huyen": "a10"}, address="x" * 300,
    )  # fmt: skip
    answer = visitor.post("/dang-ky", **wrong)
    found = re.findall(r'<li><a href="#([^"]+)">', answer.text)
    assert found == [
        "birth", "id_number", "email", "address", "gender", "candidate_code", "rieng-unit",
        "rieng-huyen",
    ]  # fmt: skip
    for id_ in found:
        assert re.search(rf'<(input|select)[^>]*\sid="{id_}"', answer.text), id_
    assert "<script>x" not in answer.text
    assert 'value="31/2/1990"' in answer.text


def test_who_is_too_young_is_told_before_anything_is_kept(asking: Server) -> None:
    """With the age and the day that the rules name."""
    answer = invited(asking).post("/dang-ky", **typed(3, birth="24/11/2011"))
    assert "người dự thi đủ 15 tuổi trở lên vào ngày 23/11/2026" in answer.words


def test_more_than_a_cookie_holds_is_told(asking: Server) -> None:
    """Instead of a form that begins anew for ever."""
    answer = invited(asking).post(
        "/dang-ky", **typed(4, address="👩" * 200, **{"rieng-group": "👩" * 500})
    )
    assert answer.status == 200
    assert "dài quá mức trang giữ được" in answer.words


def test_the_declaration_is_asked_for_and_never_ticked(asking: Server) -> None:
    """Without it nothing is stored."""
    visitor = invited(asking)
    visitor.post("/dang-ky", **typed(5))
    visitor.post("/dang-ky/don-vi", unit="dv-1")
    page = visitor.get("/dang-ky/kiem-tra")
    assert "không được dự thi: Ban Tổ chức mẫu; Tổ Thư ký <mẫu>" in page.words
    assert "checked" not in page.text
    before = counts(asking.directory)
    for given in ({"consent": "yes"}, {"consent": "yes", "declare": "no"}):
        answer = visitor.post("/dang-ky/kiem-tra", **given)
        assert re.findall(r'<li><a href="#([^"]+)">', answer.text) == ["declare"]
    assert counts(asking.directory) == before


def test_a_used_code_is_told_by_its_name(asking: Server) -> None:
    """Whoever writes it in another way finds the same; nothing of its owner is shown."""
    first = invited(asking)
    first.post("/dang-ky", **typed(6))
    first.post("/dang-ky/don-vi", unit="dv-3")
    first.post("/dang-ky/kiem-tra", consent="yes", declare="yes")
    answer = invited(asking).post("/dang-ky", **typed(7, candidate_code="TS 6"))
    assert "Mã dự thi này đã đăng ký" in answer.words
    assert "00006" not in answer.words


def test_nobody_gets_in_without_the_code_of_entry(asking: Server) -> None:
    """Each step leads to the code, and after five wrong ones there is a wait."""
    visitor = Visitor(asking.url)
    for path in ("/dang-ky", "/dang-ky/don-vi", "/dang-ky/kiem-tra"):
        assert visitor.get(path).location == "/dang-ky/ma-tham-gia"
        assert visitor.post(path, consent="yes", **typed(8)).location == "/dang-ky/ma-tham-gia"
    for left in (4, 3, 2, 1, 0):
        answer = visitor.post("/dang-ky/ma-tham-gia", ma="<b>MoiThi27")
        assert f"còn {left} lần thử" in answer.words
        assert "MoiThi26" not in answer.text
    assert visitor.post("/dang-ky/ma-tham-gia", ma="MoiThi26").status == 429
    assert "MoiThi26" not in visitor.get("/the-le").text
    # Other browsers behind the same address go on, and so does resuming by code.
    assert invited(asking).get("/dang-ky").status == 200
    assert visitor.post("/tiep-tuc", ma="ZZZZ-ZZZZ").status == 200


@pytest.mark.browser
def test_the_long_form_is_accessible_and_narrow(phone: NewPhone, asking: Server) -> None:
    """axe finds nothing, nothing scrolls sideways, errors included; all by keyboard."""
    page = phone().new_page()
    page.goto(f"{asking.url}/dang-ky")
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        look(page)
    page.keyboard.press("Tab")
    page.locator("#ma").focus()
    page.keyboard.type("MoiThi26")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dang-ky")
    look(page)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".summary")).to_be_focused()
    look(page)
    page.get_by_role("link", name="Ngạch <b>: hãy chọn").click()
    expect(page.get_by_role("radio", name="Cán bộ mẫu")).to_be_focused()
    page.keyboard.press("Space")
    for id_, value in typed(9).items():
        if not id_.startswith("rieng-unit"):
            page.locator(f"#{id_}").fill(value)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("radio", name="Đơn vị mẫu 1").check()
    page.get_by_role("button", name="Tiếp tục").click()
    look(page)
    page.get_by_role("button", name="Đăng ký dự thi").click()
    page.get_by_role("link", name="Cần Bạn cam đoan").click()
    expect(page.locator("#declare")).to_be_focused()
    look(page)


def look(page: Page) -> None:
    """Assert that axe finds nothing and nothing is wider than the page."""
    page.evaluate(STILL_NOW)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
