"""A contest in one file, and back: the same ranking, or a refusal that leaves nothing."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from contest.commands.backup import backup_directory, restore_backup
from contest.commands.grade import grade_directory
from contest.directory import ContestDirectory
from contest.keeping.archive import MANIFEST
from contest.keeping.backup import CannotKeep, back_up, restore
from contest.service import Service
from contest.store.protocol import NewerDatabase
from tests.factories import (
    MINUTE,
    OPENS,
    begin,
    everything,
    fields,
    opened,
    page,
    right_positions,
    write_contest,
)

NOW = OPENS + 30 * MINUTE
TABLES = ("ca_nhan", "tap_the", "luot", "cau_hoi", "rulings", "removed")


async def sit(service: Service, numbers: range) -> None:
    """Let people take part."""
    for number in numbers:
        sitting = await begin(service, number)
        await sitting.take_pen(page(number), OPENS + MINUTE)
        for q in range(1, 1 + number % 6):
            await sitting.answer(1, q, q, right_positions(sitting, q), OPENS + (1 + q) * MINUTE)
        if number % 3:
            await sitting.submit(1, 9, OPENS + 9 * MINUTE)


def held(directory: ContestDirectory, numbers: range = range(1, 7)) -> None:
    """Let people take part, in a contest that isn't open otherwise."""

    async def main() -> None:
        async with opened(directory) as service:
            await sit(service, numbers)

    asyncio.run(main())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[ContestDirectory, Path]:
    """A contest that people took part in, and a backup of it."""
    folder = tmp_path_factory.mktemp("kept")
    directory = write_contest(folder / "cuoc_thi")
    (directory.path / "logo.svg").write_text("<svg/>")
    (directory.path / ".git").mkdir()
    (directory.path / ".git" / "config").write_text("ẩn")
    (directory.path / "cu.zip").write_bytes(b"old")
    (directory.path / "ngoai").symlink_to("/etc")
    held(directory)
    back_up(directory, folder / "ban_sao.zip", NOW)
    return directory, folder / "ban_sao.zip"


def graded(directory: Path, out: Path) -> dict[str, bytes]:
    """Return the tables of a contest's results."""
    grade_directory(directory, [], out)
    return {name: (out / f"{name}.csv").read_bytes() for name in TABLES}


def test_restored_contest_grades_as_the_first(
    kept: tuple[ContestDirectory, Path], tmp_path: Path
) -> None:
    """Every table is equal, and so is every row of the database."""
    directory, archive = kept
    restore(archive, tmp_path / "moi")
    restored = ContestDirectory(tmp_path / "moi")
    assert everything(restored) == everything(directory)
    assert graded(restored.path, tmp_path / "b") == graded(directory.path, tmp_path / "a")
    assert restored.load().rules == directory.load().rules


def test_archive_holds_what_is_needed_and_nothing_hidden(
    kept: tuple[ContestDirectory, Path],
) -> None:
    """Database, secrets, the contest's files; no links, no git, no older backups."""
    directory, archive = kept
    with zipfile.ZipFile(archive) as opened_:
        names = set(opened_.namelist())
        manifest = json.loads(opened_.read(MANIFEST))
    assert {"var/timhieu.db", "the_le.yml", "don_vi.csv", "logo.svg", MANIFEST} <= names
    assert {"var/secrets/identity", "var/secrets/round-ky-1"} <= names
    assert any(name.startswith("ngan_hang/") for name in names)
    assert not any(part in name for name in names for part in (".git", "cu.zip", "ngoai"))
    assert manifest["personal_data"] is True
    assert manifest["contest"] == {"id": "thu", "title": "Cuộc thi thử"}
    assert manifest["made_at"] == "2026-11-23T08:30:00.000+07:00"
    assert manifest["counts"]["contestants"] == manifest["counts"]["people"] == 6
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in archive.parent.iterdir() if path.name.startswith(".")] == []
    assert directory.database.exists()


def test_only_its_owner_reads_what_is_restored(
    kept: tuple[ContestDirectory, Path], tmp_path: Path
) -> None:
    """Folders 0700, files 0600; the server takes the secrets as its own."""
    restore(kept[1], tmp_path / "moi")
    for path in (tmp_path / "moi").rglob("*"):
        expected = 0o700 if path.is_dir() else 0o600
        assert path.stat().st_mode & 0o777 == expected, path

    async def main() -> None:
        async with opened(ContestDirectory(tmp_path / "moi"), at=None) as service:
            assert await service.check_identity()

    asyncio.run(main())


def test_erased_people_are_not_in_a_backup(tmp_path: Path) -> None:
    """Not even in the free space of its database."""
    from contest.keeping.personal import forget

    directory = write_contest(tmp_path / "x")
    held(directory)

    async def main() -> None:
        async with opened(directory, at=None) as service:
            with service.store.snapshot() as snapshot:
                ids = {json.loads(kept)["name"]: id_ for id_, kept in snapshot.people() if kept}
            await forget(service, ids[fields(2)["name"]], "theo đơn", "Tổ Thư ký", NOW)

    asyncio.run(main())
    back_up(directory, tmp_path / "a.zip", NOW)
    with zipfile.ZipFile(tmp_path / "a.zip") as opened_:
        database = opened_.read("var/timhieu.db")
    assert fields(2)["phone"].encode() not in database
    assert fields(3)["phone"].encode() in database


def test_backup_while_a_contest_is_written_to_is_one_moment(tmp_path: Path) -> None:
    """A simulation writes in another process and is killed: the copy holds, the last is whole."""
    directory = write_contest(tmp_path / "x", sample=True)
    program = "from contest.cli import main; main()"
    command = [sys.executable, "-c", program, "simulate", directory.path]
    command = [str(one) for one in [*command, "--contestants", 4000, "--seed", 3]]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for_rows(directory.database, 100, running)
        during = back_up(directory, tmp_path / "giua.zip", NOW).manifest.counts
        _wait_for_rows(directory.database, during["rows"] + 1, running)
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait(timeout=30)
    after = back_up(directory, tmp_path / "het.zip", NOW).manifest.counts
    assert 100 <= during["rows"] < after["rows"]
    restore(tmp_path / "giua.zip", tmp_path / "giua")
    restore(tmp_path / "het.zip", tmp_path / "het")
    assert graded(tmp_path / "het", tmp_path / "b") == graded(directory.path, tmp_path / "a")


def _wait_for_rows(database: Path, n: int, writing: subprocess.Popen[bytes]) -> None:
    """Wait until there are so many, as long as somebody writes them."""
    while _rows(database) < n:
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(writing.wait(timeout=0.05))


def _rows(database: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
            return db.execute("select count(*) from rows").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


# ---- what is refused ----


def rebuilt(archive: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write an archive anew with its files changed."""
    with zipfile.ZipFile(archive) as source:
        files = {name: source.read(name) for name in source.namelist()}
    change(files)
    with zipfile.ZipFile(target, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target


def listed(files: dict[str, bytes]) -> None:
    """Make the manifest fit the files, as somebody would who changes a backup on purpose."""
    import hashlib

    manifest = json.loads(files[MANIFEST])
    manifest["files"] = {
        name: {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name != MANIFEST
    }
    files[MANIFEST] = json.dumps(manifest).encode()


def in_database(sql: str) -> Callable[[dict[str, bytes]], None]:
    """Return a change to the archive's database that its manifest agrees with."""

    def change(files: dict[str, bytes]) -> None:
        import tempfile

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.db"
            path.write_bytes(files["var/timhieu.db"])
            with closing(sqlite3.connect(path)) as db:
                db.execute(sql)
                db.commit()
                db.execute("pragma journal_mode = delete")
            files["var/timhieu.db"] = path.read_bytes()
        listed(files)

    return change


def added(name: str) -> Callable[[dict[str, bytes]], None]:
    """Return a change that adds a file."""

    def change(files: dict[str, bytes]) -> None:
        files[name] = b"x"
        listed(files)

    return change


def without(name: str, *, told: bool) -> Callable[[dict[str, bytes]], None]:
    """Return a change that takes a file away."""

    def change(files: dict[str, bytes]) -> None:
        del files[name]
        if told:
            listed(files)

    return change


def swapped(files: dict[str, bytes]) -> None:
    """Change a file and not its hash."""
    files["the_le.yml"] += b"\n"


def newer(files: dict[str, bytes]) -> None:
    """A format of tomorrow."""
    files[MANIFEST] = files[MANIFEST].replace(b'"format": 1', b'"format": 2')


def foreign_secret(files: dict[str, bytes]) -> None:
    """A secret of another contest."""
    files["var/secrets/round-ky-1"] = b"00" * 32
    listed(files)


def no_database(files: dict[str, bytes]) -> None:
    """Something else under the database's name."""
    files["var/timhieu.db"] = b"x" * 5000
    listed(files)


HOSTILE = {
    "climbs": (added("../ngoai.txt"), "tên tệp không hợp lệ"),
    "climbs inside": (added("ngan_hang/../../ngoai.txt"), "tên tệp không hợp lệ"),
    "absolute": (added("/tmp/ngoai.txt"), "tên tệp không hợp lệ"),
    "windows": (added("..\\ngoai.txt"), "tên tệp không hợp lệ"),
    "drive": (added("C:ngoai.txt"), "tên tệp không hợp lệ"),
    "one more": (lambda files: files.update({"la.txt": b"x"}), "thiếu hoặc thừa"),
    "one less": (without("don_vi.csv", told=False), "thiếu hoặc thừa"),
    "no manifest": (without(MANIFEST, told=False), "không phải bản sao lưu"),
    "no database": (without("var/timhieu.db", told=True), "không phải bản sao lưu"),
    "no secret": (without("var/secrets/identity", told=True), "khóa bí mật identity"),
    "other secret": (foreign_secret, "khóa bí mật round-ky-1"),
    "swapped": (swapped, "không khớp mã băm"),
    "newer": (newer, "bản mới hơn"),
    "no json": (lambda files: files.update({MANIFEST: b"["}), "không phải bản sao lưu"),
    "a changed answer": (in_database("update rows set at = at + 1 where n = 3"), "hàng 3 của lượt"),
    "a lost attempt's row": (
        in_database("delete from rows where n = (select max(n) from rows)"),
        "Số hàng",
    ),
    "a changed action": (in_database("update actions set actor = 'ai'"), "việc thứ 1"),
    "no database at all": (
        no_database,
        "Cơ sở dữ liệu",
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_archive_that_is_not_sound_is_refused(
    kept: tuple[ContestDirectory, Path], tmp_path: Path, case: str
) -> None:
    """It says why, and nothing is left: neither in the folder nor beside it."""
    change, said = HOSTILE[case]
    archive = rebuilt(kept[1], tmp_path / "a.zip", change)
    with pytest.raises(CannotKeep, match=said):
        restore(archive, tmp_path / "noi" / "moi")
    assert list((tmp_path / "noi").iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "noi"]
    assert not Path("/tmp/ngoai.txt").exists()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_cut_archive_is_refused(
    kept: tuple[ContestDirectory, Path], tmp_path: Path, share: float
) -> None:
    """Wherever it was cut."""
    whole = kept[1].read_bytes()
    archive = tmp_path / "a.zip"
    archive.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(CannotKeep, match="cắt cụt"):
        restore(archive, tmp_path / "moi")
    assert not (tmp_path / "moi").exists()


def test_flipped_byte_is_found(kept: tuple[ContestDirectory, Path], tmp_path: Path) -> None:
    """Somewhere in the compressed database."""
    content = bytearray(kept[1].read_bytes())
    content[2000] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(CannotKeep):
        restore(tmp_path / "a.zip", tmp_path / "moi")
    assert not (tmp_path / "moi").exists()


def test_database_of_a_newer_kit_is_refused(
    kept: tuple[ContestDirectory, Path], tmp_path: Path
) -> None:
    """Its rows may mean what this one doesn't know."""
    sql = """insert into _sqlite_migrations (migration_set, name, applied_at)
        values ('timhieu', 'm999_more', '')"""
    archive = rebuilt(kept[1], tmp_path / "a.zip", in_database(sql))
    with pytest.raises(NewerDatabase):
        restore(archive, tmp_path / "moi")
    assert not (tmp_path / "moi").exists()


def test_nothing_is_overwritten(kept: tuple[ContestDirectory, Path], tmp_path: Path) -> None:
    """Neither a folder with something in it, nor a file; an empty folder is fine."""
    directory, archive = kept
    (tmp_path / "co").mkdir()
    (tmp_path / "co" / "tep").write_text("cũ")
    (tmp_path / "tep").write_text("cũ")
    for target in (tmp_path / "co", tmp_path / "tep"):
        with pytest.raises(CannotKeep, match="không trống"):
            restore(archive, target)
        with pytest.raises(CannotKeep, match="không ghi đè"):
            back_up(directory, target, NOW)
    (tmp_path / "trong").mkdir()
    restore(archive, tmp_path / "trong")
    assert (tmp_path / "trong" / "the_le.yml").exists()
    with pytest.raises(CannotKeep, match="Không có tệp"):
        restore(tmp_path / "khong_co.zip", tmp_path / "moi")


def test_changed_database_is_not_backed_up(tmp_path: Path) -> None:
    """A copy that doesn't hold gets no name."""
    directory = write_contest(tmp_path / "x")
    held(directory, range(1, 3))
    with closing(sqlite3.connect(directory.database)) as db:
        db.execute("update rows set at = at + 1 where n = 2")
        db.commit()
    with pytest.raises(CannotKeep, match="hàng 2 của lượt"):
        back_up(directory, tmp_path / "noi" / "a.zip", NOW)
    assert list((tmp_path / "noi").iterdir()) == []
    shutil.rmtree(directory.var)
    with pytest.raises(CannotKeep, match="Chưa có cơ sở dữ liệu"):
        back_up(directory, tmp_path / "noi" / "a.zip", NOW)


def test_commands_say_what_came_of_it(kept: tuple[ContestDirectory, Path], tmp_path: Path) -> None:
    """With counts, and that personal data are in the file."""
    said = backup_directory(kept[0].path, tmp_path / "a.zip")
    assert "6 người, 6 lượt" in said
    assert "dữ liệu cá nhân" in said
    said = restore_backup(tmp_path / "a.zip", tmp_path / "moi")
    assert "6 người, 6 lượt" in said
    assert "timhieu forget" in said
