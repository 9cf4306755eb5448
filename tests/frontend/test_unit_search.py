"""The search for units as one types finds what the server's finds, in the same order."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from contest.serving.register import _best_first
from contest.serving.unit_list import pack
from contest.units import Unit, Units, fold
from tests.frontend.conftest import Site

pytestmark = pytest.mark.browser

Run = Callable[..., Any]

PLACES = ["Xã Nghĩa Đô", "Xã Nghĩa Tá", "Phường Đống Đa", "Thị trấn Ẵng", "Khối mẫu 12"]
BELOW = [
    "Trường Tiểu học số 1",
    "Trường THCS",
    "Chi đoàn 12",
    "Chi đoàn 112",
    "Tổ Ưu tú",
    "Tổ ưu tu",
]
UNITS = Units(
    tuple(Unit(f"x{n}", name) for n, name in enumerate(PLACES))
    + tuple(
        Unit(f"x{n}-{m}", name, f"x{n}") for n in range(len(PLACES)) for m, name in enumerate(BELOW)
    )
)
QUERIES = [
    "", " ", "nghia", "Nghĩa", "NGHĨA  đô", "do nghia", "12", "chi doan 12", "tieu hoc",
    "ưu", "uu tu", "truong thcs nghia do", "thcs dong da", "ang", "ẵng", "xa truong",
    "khong co", "đ", "d", "1 so",
]  # fmt: skip


@pytest.fixture(scope="module")
def run(browser: Browser, site: Site) -> Iterator[Run]:
    """Return a function that runs lines on the module `m` with `arg`."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/trang-khac")

    def evaluated(body: str, arg: Any) -> Any:
        script = "async ([path, arg]) => { const m = await import(path); " + body + " }"
        return page.evaluate(script, ["/js/units.js", arg])

    yield evaluated
    context.close()


def rows() -> list[Any]:
    """Return the list as the server sends it."""
    return json.loads(pack(UNITS).plain)["units"]


def test_the_same_units_in_the_same_order(run: Run) -> None:
    """For words in any order, with and without marks, and for names that many units have."""
    found = run(
        "const units = m.readUnits(arg[0]);"
        "return arg[1].map((query) => m.search(units, query).map((unit) => unit.id));",
        [rows(), QUERIES],
    )
    expected = [
        [unit.unit_id for unit in _best_first(UNITS.search(query), query)] for query in QUERIES
    ]
    assert dict(zip(QUERIES, found, strict=True)) == dict(zip(QUERIES, expected, strict=True))
    assert any(len(one) == 1 for one in found)


def test_a_search_that_goes_on_finds_what_a_new_one_finds(run: Run) -> None:
    """Letters added, taken back, put in front; through words that only the unit above holds."""
    lengths = {query: range(len(query) + 1) for query in QUERIES}
    typed = [query[:n] for query in QUERIES for n in (*lengths[query], *reversed(lengths[query]))]
    typed += [query[n:] for query in QUERIES for n in reversed(lengths[query])]
    other = run(
        "const units = m.readUnits(arg[0]); const search = new m.Search(units);"
        "const ids = (found) => found.map((unit) => unit.id).join();"
        "return arg[1].filter((query) => ids(search.find(query)) !== ids(m.search(units, query)));",
        [rows(), typed],
    )
    assert other == []


def test_letters_are_folded_as_on_the_server(run: Run) -> None:
    """Every Vietnamese letter, composed or not."""
    letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    words = [*letters, *letters.upper(), *unicodedata.normalize("NFD", letters), "Đ ơ n  vị 12"]
    assert run("return arg.map(m.fold)", words) == [fold(word) for word in words]


def test_a_unit_is_told_from_its_namesakes(run: Run) -> None:
    """Each has the name of what it belongs to; top units have none."""
    units = run("return m.readUnits(arg).map(({id, name, above}) => [id, name, above])", rows())
    assert len({(name, above) for _, name, above in units}) == len(UNITS.units)
    for id_, name, above in units:
        unit = UNITS.by_id[id_]
        parent = UNITS.by_id[unit.parent_id].name if unit.parent_id else ""
        assert (name, above) == (unit.name, parent)
