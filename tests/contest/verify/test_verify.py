"""A result can be computed again from a bundle, and whatever is edited in either is found."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from contest.cli import main
from contest.commands.grade import grade_directory
from contest.commands.simulate import simulate_directory
from contest.keeping.archive import BUNDLE, MANIFEST, Manifest
from contest.verify.check import verify
from contest.verify.compare import Differs, check_files, compare_results, read_manifest
from grading.export import OUTPUTS
from grading.tables import TABLES
from questions.canonical import dumps, sha256
from tests.factories import ROUND, keep_secrets, write_contest

PEOPLE = 12


def run(*arguments: object) -> Any:
    """Run a command as somebody at a terminal would."""
    return CliRunner().invoke(main, list(map(str, arguments)))


def made(folder: Path, *, close: bool) -> tuple[Path, Path, Path]:
    """Return a result, its bundle and its salts."""
    directory = write_contest(folder / "thi", sample=True)
    keep_secrets(directory)
    simulate_directory(directory.path, PEOPLE, 1, ROUND, close=close)
    out, bundle, salts = folder / "ra", folder / "goi.zip", folder / "muoi.json"
    grade_directory(directory.path, [], out)
    result = run("bundle", directory.path, "--out", bundle, "--salts", salts)
    assert result.exit_code == 0, result.output
    return out, bundle, salts


@pytest.fixture(scope="module")
def final(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A closed round's result, bundle and salts."""
    return made(tmp_path_factory.mktemp("final"), close=True)


@pytest.fixture
def copy(final: tuple[Path, Path, Path], tmp_path: Path) -> Path:
    """A copy of the result that may be edited."""
    return shutil.copytree(final[0], tmp_path / "ra")


def check(out: Path, bundle: Path, salts: Path | None = None) -> Any:
    """Verify."""
    return asyncio.run(verify(out, bundle, salts))


def reseal(folder: Path) -> None:
    """Write the files' present hashes into the manifest, as a careful forger would."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for file in manifest["outputs"]:
        manifest["outputs"][file] = sha256((folder / file).read_bytes())
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")


def test_result_of_a_closed_round_is_equal(final: tuple[Path, Path, Path]) -> None:
    """Every file, and every identity where the salts are given."""
    result = check(*final)
    assert (result.people, result.status, result.files) == (PEOPLE, "final", len(OUTPUTS))
    assert result.identities == PEOPLE
    assert check(*final[:2]).identities is None


def test_commands_say_equal_or_name_the_difference(
    final: tuple[Path, Path, Path], copy: Path
) -> None:
    """In Vietnamese, with exit code 1 for a difference."""
    good = run("verify", final[0], "--bundle", final[1])
    assert good.exit_code == 0
    assert "Bằng nhau" in good.output
    (copy / "ca_nhan.csv").write_bytes((copy / "ca_nhan.csv").read_bytes() + b"x\n")
    bad = run("verify", copy, "--bundle", final[1])
    assert bad.exit_code == 1
    assert "ca_nhan.csv" in bad.output


def test_open_round_is_verified_as_provisional(tmp_path: Path) -> None:
    """Its secret isn't in the bundle, its papers are; the command warns of the key."""
    out, bundle, salts = made(tmp_path, close=False)
    result = check(out, bundle, salts)
    assert (result.status, result.people) == ("provisional", PEOPLE)
    with zipfile.ZipFile(bundle) as opened:
        assert json.loads(opened.read("secrets.json")) == {}
        assert opened.read("papers.jsonl")


def test_bundle_holds_nothing_personal(final: tuple[Path, Path, Path]) -> None:
    """No name, no phone, no hash of a key or code, no receipt."""
    with zipfile.ZipFile(final[1]) as opened:
        content = b"".join(opened.read(name) for name in opened.namelist())
    for hidden in ("Thí sinh thử", "0000000", "key_hash", "code_hash"):
        assert hidden.encode() not in content


def test_same_rows_give_the_same_bundle(final: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Byte for byte."""
    again = tmp_path / "goi.zip"
    assert run("bundle", final[0].parent / "thi", "--out", again).exit_code == 0
    assert again.read_bytes() == final[1].read_bytes()


def test_results_before_and_after_a_ruling_are_both_equal(tmp_path: Path) -> None:
    """A later ruling makes a new result; the earlier one stays what it was."""
    before, _, _ = made(tmp_path, close=True)
    directory, question = tmp_path / "thi", "ch-lich_su-0"
    ruled = run(
        "rule", directory, "void", "--question", question, "--out", "--round", ROUND,
        "--reason", "Sai đáp án", "--by", "Trưởng ban thử", "--yes",
    )  # fmt: skip
    assert ruled.exit_code == 0, ruled.output
    after, bundle = tmp_path / "ra2", tmp_path / "goi2.zip"
    grade_directory(directory, [], after)
    assert run("bundle", directory, "--out", bundle).exit_code == 0
    assert (before / "ca_nhan.csv").read_bytes() != (after / "ca_nhan.csv").read_bytes()
    assert check(after, bundle).rulings == (1, 1)
    assert check(before, bundle).rulings == (0, 1)
    said = run("verify", before, "--bundle", bundle).output
    assert "tính theo các quyết định đến số 0; gói có 1 quyết định" in said
    assert "gói có" not in run("verify", after, "--bundle", bundle).output


def test_existing_files_are_not_overwritten(final: tuple[Path, Path, Path]) -> None:
    """Neither bundle nor salts."""
    assert run("bundle", final[0].parent / "thi", "--out", final[1]).exit_code == 1


# --- edited results


@pytest.mark.parametrize("file", [*OUTPUTS, "manifest.json"])
def test_every_edited_file_is_found(file: str, final: tuple[Path, Path, Path], copy: Path) -> None:
    """One byte more is enough."""
    with (copy / file).open("ab") as opened:
        opened.write(b" " if file != "manifest.json" else b"x")
    with pytest.raises(Differs):
        check(copy, final[1])


@pytest.mark.parametrize("file", OUTPUTS)
def test_missing_and_unlisted_files_are_found(file: str, copy: Path) -> None:
    """A manifest must name them all, and they must be there."""
    manifest = read_manifest(copy)
    (copy / file).unlink()
    with pytest.raises(Differs, match=file):
        check_files(copy, manifest)
    del manifest["outputs"][file]
    with pytest.raises(Differs, match=file):
        check_files(copy, manifest)


def test_files_that_no_manifest_names_are_not_looked_at(
    final: tuple[Path, Path, Path], copy: Path
) -> None:
    """Documents may lie beside the result."""
    (copy / "papers").mkdir()
    (copy / "ghi_chu.txt").write_text("x", encoding="utf-8")
    assert check(copy, final[1]).people == PEOPLE


COLUMNS = [(table.file, column) for table in TABLES for column in table.contract]


@pytest.mark.parametrize(("file", "column"), COLUMNS)
def test_every_edited_column_is_found(
    file: str, column: str, final: tuple[Path, Path, Path], copy: Path
) -> None:
    """Though the manifest's hash was made to fit."""
    with (copy / file).open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    place = rows[0].index(column)
    if len(rows) == 1:  # an empty table: a row is added
        rows.append([""] * len(rows[0]))
    rows[1][place] += "9"
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    (copy / file).write_text(written.getvalue(), encoding="utf-8-sig")
    reseal(copy)
    check_files(copy, read_manifest(copy))
    with pytest.raises(Differs, match=file):
        compare_results(copy, final[0])


@pytest.mark.parametrize("key", ["status", "as_of", "contest", "synthetic", "rounds"])
def test_every_edited_key_of_the_manifest_is_found(
    key: str, final: tuple[Path, Path, Path], copy: Path
) -> None:
    """What it says of the round is computed again as well."""
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    edited = {"contest": {**manifest["contest"], "title": "Khác"}, "rounds": None}
    if key == "rounds":
        manifest["rounds"][ROUND]["hashes"]["rows"] = "0" * 64
    else:
        manifest[key] = edited.get(key, "khác")
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(Differs, match=key):
        check(copy, final[1])


def test_a_forged_name_is_found_with_the_salts(final: tuple[Path, Path, Path], copy: Path) -> None:
    """Without them nobody but the organisers can tell."""
    names = (copy / "ca_nhan.csv").read_text(encoding="utf-8-sig")
    (copy / "ca_nhan.csv").write_text(
        names.replace("Thí sinh thử 00001", "Thí sinh thử 99999"), encoding="utf-8-sig"
    )
    reseal(copy)
    with pytest.raises(Differs):  # the workbook has the true name
        check(copy, final[1], final[2])


# --- edited bundles

MEMBERS = (
    "meta.jsonl", "contents.jsonl", "actions.jsonl", "contestants.jsonl", "attempts.jsonl",
    "rows.jsonl", "secrets.json", "papers.jsonl",
)  # fmt: skip


def rewritten(bundle: Path, target: Path, edit: dict[str, bytes], *, sealed: bool) -> Path:
    """Return a copy of a bundle with members changed; `sealed`: the manifest made to fit."""
    with zipfile.ZipFile(bundle) as old:
        content = {name: old.read(name) for name in old.namelist()} | edit
    if sealed:
        manifest = Manifest.from_json(content[MANIFEST], BUNDLE)
        for name in manifest.files:
            manifest.files[name] = (len(content[name]), sha256(content[name]))
        content[MANIFEST] = manifest.to_json().encode()
    with zipfile.ZipFile(target, "w") as new:
        for name, body in content.items():
            new.writestr(name, body)
    return target


@pytest.mark.parametrize("name", [*MEMBERS, MANIFEST])
def test_every_edited_member_is_found(
    name: str, final: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """By its hash, or, the manifest itself, by not being what a bundle writes."""
    with zipfile.ZipFile(final[1]) as opened:
        body = opened.read(name) + b"\n"
    forged = rewritten(final[1], tmp_path / "gia.zip", {name: body}, sealed=False)
    with pytest.raises(Differs):
        check(final[0], forged)


EDITS: dict[str, tuple[str, str]] = {
    "meta.jsonl": ('"1"', '"2"'),
    "contents.jsonl": ("Cuộc thi thử", "Cuộc thi khác"),
    "actions.jsonl": ('"server"', '"ai khac"'),
    "rows.jsonl": ('\\"chosen\\":[\\"a\\"', '\\"chosen\\":[\\"b\\"'),
    "secrets.json": (ROUND, "ky-9"),
}
"""Member -> a text in it, and another: what a careful forger might change."""


@pytest.mark.parametrize("name", EDITS)
def test_edited_members_are_found_though_the_manifest_fits(
    name: str, final: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Chains, roots and hashes of contents tell."""
    with zipfile.ZipFile(final[1]) as opened:
        body = opened.read(name).decode()
    old, new = EDITS[name]
    assert old in body
    forged = rewritten(
        final[1], tmp_path / "gia.zip", {name: body.replace(old, new, 1).encode()}, sealed=True
    )
    with pytest.raises(Differs):
        check(final[0], forged)


@pytest.mark.parametrize(
    "name", ["rows.jsonl", "attempts.jsonl", "contestants.jsonl", "contents.jsonl"]
)
def test_missing_lines_are_found_though_the_manifest_fits(
    name: str, final: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """An attempt, a person, or what a round was frozen with can't be left out."""
    with zipfile.ZipFile(final[1]) as opened:
        lines = opened.read(name).splitlines(keepends=True)
    forged = rewritten(final[1], tmp_path / "gia.zip", {name: b"".join(lines[1:])}, sealed=True)
    with pytest.raises(Differs):
        check(final[0], forged)


@pytest.mark.parametrize("length", [0, 10, 2000])
def test_truncated_bundles_are_refused(
    length: int, final: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Whatever is missing."""
    (tmp_path / "cut.zip").write_bytes(final[1].read_bytes()[:length])
    with pytest.raises(Differs):
        check(final[0], tmp_path / "cut.zip")


def test_bundle_of_another_contest_is_refused(
    final: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Nothing of it fits; with another name that is said first."""
    directory = write_contest(tmp_path / "khac", sample=True)
    simulate_directory(directory.path, 3, 2, ROUND, close=True)
    assert run("bundle", directory.path, "--out", tmp_path / "khac.zip").exit_code == 0
    with pytest.raises(Differs):
        check(final[0], tmp_path / "khac.zip")
    with zipfile.ZipFile(tmp_path / "khac.zip") as opened:
        manifest = json.loads(opened.read(MANIFEST))
    manifest["contest"]["id"] = "mot_cuoc_thi_khac"
    named = {MANIFEST: (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()}
    rewritten(tmp_path / "khac.zip", tmp_path / "ten.zip", named, sealed=False)
    with pytest.raises(Differs, match="cuộc thi khác"):
        check(final[0], tmp_path / "ten.zip")


@pytest.mark.parametrize("name", ["secrets.json", "papers.jsonl"])
@pytest.mark.parametrize("body", ["[]", "null", '["x",1]', '{"a":5}', '{"a":"zz"}', "7", "[1,2]"])
def test_members_of_another_shape_are_named(
    name: str, body: str, final: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Whatever stands in them."""
    forged = rewritten(final[1], tmp_path / "gia.zip", {name: f"{body}\n".encode()}, sealed=True)
    with pytest.raises(Differs):
        check(final[0], forged)


@pytest.mark.parametrize("column", ["hash", "kind", "body"])
def test_every_edited_content_is_found(
    column: str, final: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    """Each of what the round was frozen with."""
    with zipfile.ZipFile(final[1]) as opened:
        rows = [json.loads(line) for line in opened.read("contents.jsonl").splitlines()]
    place = ("hash", "kind", "body").index(column)
    for number in range(len(rows)):
        edited = [list(row) for row in rows]
        edited[number][place] = "f" * 64 if column == "hash" else edited[number][place] + "x"
        body = "".join(dumps(row) + "\n" for row in edited).encode()
        forged = rewritten(final[1], tmp_path / "gia.zip", {"contents.jsonl": body}, sealed=True)
        with pytest.raises(Differs):
            check(final[0], forged)
