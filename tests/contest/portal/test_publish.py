"""Results as pages for a portal: what everybody may see, and nothing else."""

from __future__ import annotations

import asyncio
import csv
import datetime
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from contest.commands.grade import grade_directory
from contest.commands.publish import publish_folder
from contest.directory import ContestDirectory
from contest.masking import initials, masked_name
from contest.portal import write
from contest.portal.figures import CannotPublish, read_result
from contest.rounds import EXPIRE_SETTLE_MS
from questions.canonical import sha256
from tests.chromium import launch
from tests.contest.papers.graded import write_graded
from tests.factories import (
    CLOSES,
    MINUTE,
    OPENS,
    opened,
    page,
    right_positions,
    write_contest,
)

NAMES = ["Nguyễn Văn Đặng", "<script>alert(1)</script>", "=1+1", "Trần Thị Ngọc Ánh", "Lê An"]


def hold(directory: ContestDirectory, *, closed: bool) -> None:
    """Let five people take part."""

    async def main() -> None:
        async with opened(directory) as service:
            rules = service.rounds.known().rules
            for number, name in enumerate(NAMES, start=1):
                given = {"name": name, "phone": f"000{number:07}"}
                unit = f"dv-{1 + number % 3}"
                registered = await service.register(rules, given, unit, "chung", OPENS)
                assert registered is not None
                opening = await service.open_attempt(registered.contestant_id, "ky-1", OPENS)
                assert opening.attempt_id is not None
                sitting = await service.sitting(opening.attempt_id)
                assert sitting is not None
                await sitting.take_pen(page(number), OPENS)
                for q in range(1, number + 1):
                    await sitting.answer(1, q, q, right_positions(sitting, q), OPENS + MINUTE)
                await sitting.submit(1, 9, OPENS + (1 + number) * MINUTE)
            if closed:
                await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)

    asyncio.run(main())


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result of a closed round."""
    folder = tmp_path_factory.mktemp("final")
    directory = write_contest(folder / "x")
    hold(directory, closed=True)
    grade_directory(directory.path, [], folder / "ket_qua")
    return folder / "ket_qua"


@pytest.fixture(scope="module")
def provisional(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result of a round that is open."""
    folder = tmp_path_factory.mktemp("provisional")
    directory = write_contest(folder / "x")
    hold(directory, closed=False)
    grade_directory(directory.path, [], folder / "ket_qua")
    return folder / "ket_qua"


@pytest.fixture
def changed(final: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the result whose rules say something of publishing; the test writes it."""
    import shutil

    shutil.copytree(final, tmp_path / "ket_qua")
    yield tmp_path / "ket_qua"


def with_rules(result: Path, text: str) -> None:
    """Add to the result's rules, and let its manifest agree."""
    rules = result / "rules.yml"
    rules.write_text(rules.read_text(encoding="utf-8") + text, encoding="utf-8")
    manifest = json.loads((result / "manifest.json").read_text(encoding="utf-8"))
    manifest["outputs"]["rules.yml"] = sha256(rules.read_bytes())
    (result / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


class Cells(HTMLParser):
    """Collects the texts of table cells, and what a page must not have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self._open = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._open = tag in ("td", "th")
        if self._open:
            self.cells.append("")
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[-1] += data


def files(folder: Path) -> dict[str, str]:
    """Return every file of a publication."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def people(result: Path) -> list[dict[str, str]]:
    """Return the graded people."""
    with (result / "ca_nhan.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_pages_hold_masked_names_and_nothing_else_of_anybody(final: Path, tmp_path: Path) -> None:
    """No id of a person or an attempt, no phone, no whole name; figures as graded."""
    said = publish_folder(final, tmp_path / "dang", draft=False)
    assert "5 người" in said
    made = files(tmp_path / "dang")
    assert set(made) == {
        "index.html", "ca-nhan-1-1.html", "ca_nhan.json", "tap_the.json", "tom_tat.json",
    }  # fmt: skip
    graded = people(final)
    for content in made.values():
        for row in graded:
            assert row["contestant_id"] not in content
            assert row["attempt_id"] not in content
        for name in ("Nguyễn Văn Đặng", "Ngọc Ánh", "<script", "alert(1)"):
            assert name not in content
        assert "0000000" not in content
    told = json.loads(made["ca_nhan.json"])
    assert [row["name"] for row in told] == [masked_name(row["name"]) for row in graded]
    for mine, row in zip(told, graded, strict=True):
        for column in ("rank", "unit", "score", "correct", "duration_ms"):
            assert mine[column] == row[column]
    cells = Cells(made["ca-nhan-1-1.html"]).cells
    for row in graded:
        assert masked_name(row["name"]) in cells


def test_pages_need_nothing_from_elsewhere(final: Path, tmp_path: Path) -> None:
    """No script, no other host; every link leads to a file or a place that is there."""
    publish_folder(final, tmp_path / "dang", draft=False)
    made = files(tmp_path / "dang")
    for name, content in made.items():
        if not name.endswith(".html"):
            continue
        parsed = Cells(content)
        assert not {"script", "iframe", "img", "link"} & set(parsed.tags)
        assert {"main", "h1", "table"} <= set(parsed.tags)
        for link in parsed.links:
            target, _, place = link.partition("#")
            assert (target or name) in made, link
            assert not place or f'id="{place}"' in made[target or name]


def test_pages_say_that_nobody_has_confirmed_them(final: Path, tmp_path: Path) -> None:
    """Each page, and the data; what the head has confirmed says nothing of it."""
    words = "CHƯA ĐƯỢC TRƯỞNG BAN XÁC NHẬN"
    for confirmed in (False, True):
        target = tmp_path / f"dang-{confirmed}"
        said = publish_folder(final, target, draft=False, confirmed=confirmed)
        assert ("--contest" in said) is not confirmed
        made = files(target)
        for name in (*(name for name in made if name.endswith(".html")), "tom_tat.json"):
            assert (words in made[name]) is not confirmed, name


def test_provisional_result_is_published_as_a_draft_only(provisional: Path, tmp_path: Path) -> None:
    """Each page says so, and the data."""
    with pytest.raises(CannotPublish, match="tạm thời"):
        publish_folder(provisional, tmp_path / "dang", draft=False)
    assert not (tmp_path / "dang").exists()
    publish_folder(provisional, tmp_path / "dang", draft=True)
    made = files(tmp_path / "dang")
    for name, content in made.items():
        if name.endswith(".html"):
            assert "BẢN NHÁP" in content
    assert json.loads(made["tom_tat.json"])["status"] == "provisional"


@pytest.mark.parametrize("style", ["full", "initials"])
def test_rules_say_how_names_are_shown(changed: Path, tmp_path: Path, style: str) -> None:
    """Hostile names stay text; a spreadsheet's formula is a name like any other."""
    with_rules(changed, f"publish:\n  names: {style}\n  top: 2\n")
    publish_folder(changed, tmp_path / "dang", draft=False)
    made = files(tmp_path / "dang")
    shown = [row["name"] if style == "full" else initials(row["name"]) for row in people(changed)]
    assert [row["name"] for row in json.loads(made["ca_nhan.json"])] == shown[:2]
    assert json.loads(made["tom_tat.json"])["rounds"][0]["ranked"] == 5
    with_rules(changed, "")
    for content in made.values():
        assert "<script" not in content


def test_several_versions_of_the_rules_show_the_least(changed: Path) -> None:
    """Where rounds were held under different ones."""
    written = (changed / "rules.yml").read_text(encoding="utf-8")
    other = f"{written}publish: {{names: initials}}\n"
    with_rules(changed, f"publish: {{names: full, top: 9}}\n---\n{other}")
    publish = read_result(changed, draft=False).publish
    assert (publish.names, publish.top) == ("initials", 9)


def test_wrong_rules_of_publishing_are_refused(changed: Path) -> None:
    """With the key that is wrong."""
    with_rules(changed, "publish: {names: moi_nguoi}\n")
    with pytest.raises(CannotPublish, match="names"):
        read_result(changed, draft=False)


def test_changed_or_foreign_folders_are_refused(changed: Path, tmp_path: Path) -> None:
    """What was mended by hand after grading isn't the graded result."""
    (changed / "ca_nhan.csv").write_text("rank\n1\n", encoding="utf-8")
    with pytest.raises(CannotPublish, match=r"ca_nhan\.csv"):
        read_result(changed, draft=False)
    with pytest.raises(CannotPublish, match="không phải"):
        read_result(tmp_path, draft=True)


def test_only_an_earlier_publication_is_replaced(final: Path, tmp_path: Path) -> None:
    """The same bytes again; a folder with anything else is let be."""
    target = tmp_path / "dang"
    publish_folder(final, target, draft=False)
    before = files(target)
    publish_folder(final, target, draft=False)
    assert files(target) == before
    (target / "cua_toi.txt").write_text("x")
    with pytest.raises(CannotPublish, match="tệp khác"):
        publish_folder(final, target, draft=False)
    assert files(target) == {**before, "cua_toi.txt": "x"}
    assert [path.name for path in tmp_path.iterdir()] == ["dang"]


def test_long_lists_come_in_pages(
    final: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each links to all others and tells which rows it has: groups have ranks of their own."""
    monkeypatch.setattr(write, "PER_PAGE", 2)
    publish_folder(final, tmp_path / "dang", draft=False)
    made = files(tmp_path / "dang")
    assert [name for name in made if name.startswith("ca-nhan")] == [
        f"ca-nhan-1-{n}.html" for n in (1, 2, 3)
    ]
    assert "Trang 3: người thứ 5 đến 5" in made["ca-nhan-1-1.html"]
    assert 'aria-current="page"' in made["ca-nhan-1-2.html"]


def test_chart_is_told_in_figures_too(final: Path, tmp_path: Path) -> None:
    """One bar for each number of right answers."""
    one = read_result(final, draft=False).rounds[0]
    correct = [int(row["correct"]) for row in people(final)]
    assert one.correct == [(n, correct.count(n)) for n in range(max(correct) + 1)]
    publish_folder(final, tmp_path / "dang", draft=False)
    index = files(tmp_path / "dang")["index.html"]
    assert index.count("<rect") == len(one.correct)
    assert "Bảng số liệu của biểu đồ" in index


def test_prizes_bear_the_titles_of_the_rules(tmp_path: Path) -> None:
    """On the pages; the data have both, and the CSV file keeps its ids."""
    write_graded(tmp_path / "ket_qua")
    publish_folder(tmp_path / "ket_qua", tmp_path / "dang", draft=False)
    made = files(tmp_path / "dang")
    cells = Cells(made["index.html"]).cells
    assert {"Giải Nhất", "Giải Nhì", "Giải Khuyến khích"} <= set(cells)
    assert not {"nhat", "nhi", "kk"} & set(cells)
    told = [row for row in json.loads(made["ca_nhan.json"]) if row["prize"]]
    assert [row["prize"] for row in told] == [row["prize"] for row in people(tmp_path / "ket_qua")
                                              if row["prize"]]  # fmt: skip
    assert {row["prize"]: row["prize_title"] for row in told}["nhat"] == "Giải Nhất"


@pytest.fixture(scope="module")
def with_prizes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of two rounds with prizes and units of two levels."""
    folder = tmp_path_factory.mktemp("co_giai")
    write_graded(folder / "ket_qua")
    publish_folder(folder / "ket_qua", folder / "dang", draft=False)
    return folder / "dang"


def test_time_of_the_figures_is_in_words(with_prizes: Path) -> None:
    """The stamp itself stands in the data, and in what programs read of the page."""
    stamp = json.loads((with_prizes / "tom_tat.json").read_text(encoding="utf-8"))["as_of"]
    at = datetime.datetime.fromisoformat(stamp)
    for page_ in with_prizes.glob("*.html"):
        content = page_.read_text(encoding="utf-8")
        day = f"{at.day}/{at.month}/{at.year}"
        assert f"{at.hour} giờ {at.minute:02} phút ngày {day}</time>" in content
        assert content.count(stamp) == 1
        assert f'datetime="{stamp}"' in content


def test_units_of_each_level_have_a_table_of_their_own(with_prizes: Path) -> None:
    """In no table does a unit stand below one that it is part of, or a rank come twice so."""
    units = json.loads((with_prizes / "tap_the.json").read_text(encoding="utf-8"))
    content = (with_prizes / "index.html").read_text(encoding="utf-8")
    tables = re.findall(r"<table><caption id=\"khoi-1-.*?</table>", content, re.S)
    found = [
        (re.sub("<[^>]*>", "", re.search(r"<caption.*?</caption>", one)[0]),  # type: ignore[index]
         re.findall(r'<th scope="row">([^<]*)', one))
        for one in tables
    ]  # fmt: skip
    first = [row for row in units if row["round"] == "ky-1"]
    expected: dict[str, list[str]] = {}
    for row in sorted(first, key=lambda row: (row["block"], row["level"])):
        expected.setdefault(f"{row['block']}, cấp {row['level']}", []).append(row["unit"])
    assert found == list(expected.items())


def test_pages_fit_a_narrow_phone(with_prizes: Path) -> None:
    """At 360 px nothing lies aside: prize, group and figures stand below the name."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page_ = browser.new_page(viewport={"width": 360, "height": 740})
        for name in ("index.html", "ca-nhan-1-1.html"):
            page_.goto((with_prizes / name).as_uri())
            aside = (
                "[...document.querySelectorAll('.wide')].map(d => d.scrollWidth - d.clientWidth)"
            )
            assert set(page_.evaluate(aside)) == {0}
            assert page_.evaluate("document.documentElement.scrollWidth") <= 360
            assert page_.locator("th .below", has_text="Giải: Giải Nhất").first.is_visible()
        page_.set_viewport_size({"width": 1100, "height": 740})
        assert not page_.locator(".below").first.is_visible()
        assert page_.locator("td", has_text="Giải Nhất").first.is_visible()
        browser.close()
