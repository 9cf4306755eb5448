"""How winners are reached: a list for who may have it, of those who won, and nobody else."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from contest import organisers
from contest.cli import main
from contest.commands.contacts import KIND
from contest.commands.grade import grade_directory
from contest.commands.personal import forget_contestant
from contest.directory import ContestDirectory
from contest.organisers import Organisers
from contest.result_folder import open_folder
from contest.roles import ROLES, may
from contest.rounds import EXPIRE_SETTLE_MS
from contest.store import Action
from tests.factories import (
    CLOSES,
    MINUTE,
    OPENS,
    begin_again,
    fields,
    opened,
    page,
    right_positions,
    write_contest,
)

PASSWORD = "mat-khau-thu-nghiem"
PEOPLE = 4
HOSTILE = '=HYPERLINK("x")'
PRIZES = """prizes:
  people:
    - of: round
      edge: all
      prizes:
        - {id: nhat, title: "Giải Nhất", count: 1}
        - {id: nhi, title: "Giải Nhì", count: 1}
"""


@pytest.fixture(autouse=True)
def cheap_hashes() -> Iterator[None]:
    """The hash that is right for real passwords takes its time on purpose."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organisers, "PasswordHasher", lambda: cheap)
        yield


@pytest.fixture
def contest(tmp_path: Path) -> ContestDirectory:
    """A round of four people that is open; the fourth knows most, and calls themselves oddly."""
    directory = write_contest(tmp_path / "thi")
    rules = directory.path / "the_le.yml"
    rules.write_text(rules.read_text(encoding="utf-8") + PRIZES, encoding="utf-8")

    async def main() -> None:
        async with opened(directory) as service:
            known = service.rounds.known().rules
            for number in range(1, PEOPLE + 1):
                about = fields(number)
                if number == PEOPLE:
                    about["name"] = HOSTILE
                who = await service.register(known, about, "dv-1", "chung", OPENS)
                assert who is not None
                sitting = await begin_again(service, who.contestant_id, OPENS + MINUTE)
                await sitting.take_pen(page(number), OPENS + MINUTE)
                for q in range(1, number + 1):
                    await sitting.answer(1, q, q, right_positions(sitting, q), OPENS + 2 * MINUTE)
                await sitting.submit(1, 9, OPENS + 5 * MINUTE)

    asyncio.run(main())
    people = Organisers(directory.secrets)
    for role in ROLES:
        people.add(role, role, PASSWORD)
    return directory


@pytest.fixture
def graded(contest: ContestDirectory, tmp_path: Path) -> Path:
    """The final result of the round."""

    async def close() -> None:
        async with opened(contest, at=None) as service:
            await service.rounds.tick(CLOSES + EXPIRE_SETTLE_MS)

    asyncio.run(close())
    out = tmp_path / "kq"
    grade_directory(contest.path, [], out)
    return out


def take(contest: ContestDirectory, out: Path, to: Path, by: str = "secretary") -> Result:
    """Run the command."""
    arguments = ["contacts", contest.path, out, "--to", to, "--by", by]
    return CliRunner().invoke(main, [str(one) for one in arguments], input=f"{PASSWORD}\n")


def written(path: Path) -> list[list[str]]:
    """Return the rows of the list, below its two first lines."""
    sheet = load_workbook(path).active
    return [["" if cell is None else cell for cell in row] for row in sheet.values][2:]


def rows(contest: ContestDirectory) -> list[Action]:
    """Return the rows of the chain about such lists."""

    async def main() -> list[Action]:
        async with opened(contest, at=None) as service:
            assert await service.store.verify_actions() is None
            return await service.store.actions(KIND)

    return asyncio.run(main())


def winners(contest: ContestDirectory) -> dict[str, str]:
    """Return phone -> contestant id."""

    async def main() -> dict[str, str]:
        found = {}
        async with opened(contest, at=None) as service:
            for contestant_id in await service.store.ids("contestants"):
                person = await service.store.person(contestant_id)
                assert person is not None
                found[person["phone"]] = contestant_id
        return found

    return asyncio.run(main())


def test_winners_are_listed_with_their_phones(
    contest: ContestDirectory, graded: Path, tmp_path: Path
) -> None:
    """As text, best prize first, in a file for one's own eyes; the chain has no name."""
    to = tmp_path / "lien_he.xlsx"
    made = take(contest, graded, to)
    assert made.exit_code == 0, made.output
    assert "2 người được giải" in made.output
    head, first, second, *rest = written(to)
    assert head == ["Kỳ", "Giải", "Họ và tên", "Đơn vị", "Số điện thoại"]
    assert rest == []
    assert [one[2] for one in (first, second)] == [HOSTILE, fields(3)["name"]]
    assert [one[4] for one in (first, second)] == [fields(4)["phone"], fields(3)["phone"]]
    assert "Nhất" in first[1] and "Nhì" in second[1]
    cell = load_workbook(to).active.cell(4, 3)
    assert (cell.data_type, cell.value) == ("s", HOSTILE)
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    (row,) = rows(contest)
    assert (row.actor, row.subject) == ("secretary", "")
    assert row.body == {"people": 2, "result": open_folder(graded).digest}


def test_a_file_that_is_there_stays(
    contest: ContestDirectory, graded: Path, tmp_path: Path
) -> None:
    """Nor is anything but a workbook written."""
    to = tmp_path / "lien_he.xlsx"
    to.write_text("của người khác", encoding="utf-8")
    refused = take(contest, graded, to)
    assert refused.exit_code == 1 and "không ghi đè" in refused.output
    assert to.read_text(encoding="utf-8") == "của người khác"
    other = take(contest, graded, tmp_path / "lien_he.csv")
    assert other.exit_code == 1 and ".xlsx" in other.output
    nowhere = take(contest, graded, tmp_path / "không có" / "a.xlsx")
    assert nowhere.exit_code == 1 and "Không ghi được" in nowhere.output
    assert rows(contest) == []


@pytest.mark.parametrize("role", [role for role in ROLES if not may(role, "contacts")])
def test_others_get_nothing(
    contest: ContestDirectory, graded: Path, tmp_path: Path, role: str
) -> None:
    """Authors, viewers and markers."""
    to = tmp_path / "a.xlsx"
    refused = take(contest, graded, to, role)
    assert refused.exit_code == 1 and "không được lấy" in refused.output
    assert not to.exists() and rows(contest) == []


def test_who_is_erased_is_not_listed(
    contest: ContestDirectory, graded: Path, tmp_path: Path
) -> None:
    """Though the result still names them; nobody at all is said."""
    ids = winners(contest)
    asyncio.run(forget_contestant(contest.path, ids[fields(4)["phone"]], "theo đơn", "thư ký"))
    to = tmp_path / "a.xlsx"
    made = take(contest, graded, to, "head")
    assert made.exit_code == 0, made.output
    assert "1 người được giải đã xóa dữ liệu" in made.output
    assert [one[4] for one in written(to)[1:]] == [fields(3)["phone"]]
    asyncio.run(forget_contestant(contest.path, ids[fields(3)["phone"]], "theo đơn", "thư ký"))
    refused = take(contest, graded, tmp_path / "b.xlsx", "head")
    assert refused.exit_code == 1 and "Không có người được giải nào" in refused.output
    assert not (tmp_path / "b.xlsx").exists()


def test_a_provisional_result_is_refused(contest: ContestDirectory, tmp_path: Path) -> None:
    """Its prizes may change."""
    out = tmp_path / "tam"
    grade_directory(contest.path, [], out)
    refused = take(contest, out, tmp_path / "a.xlsx")
    assert refused.exit_code == 1 and "tạm thời" in refused.output


def test_a_result_that_was_changed_or_is_anothers_is_refused(
    contest: ContestDirectory, graded: Path, tmp_path: Path
) -> None:
    """Somebody else would be called."""
    other = write_contest(tmp_path / "khac")

    async def begun() -> None:
        async with opened(other):
            Organisers(other.secrets).add("head", "head", PASSWORD)

    asyncio.run(begun())
    refused = take(other, graded, tmp_path / "a.xlsx", "head")
    assert refused.exit_code == 1 and "không phải của cuộc thi này" in refused.output
    people = graded / "ca_nhan.csv"
    people.write_text(people.read_text("utf-8-sig").replace("nhat", "nhi"), "utf-8-sig")
    changed = take(contest, graded, tmp_path / "a.xlsx")
    assert changed.exit_code == 1 and "ca_nhan.csv" in changed.output
    assert not (tmp_path / "a.xlsx").exists()
