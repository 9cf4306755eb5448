"""`timhieu certificates` and `timhieu certificate check`."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from contest.commands.issue import NotConfirmed, confirmed_rounds, note_issue
from contest.directory import RULES_FILE, ContestDirectory
from contest.documents_rules import Documents
from contest.keeping.places import KEY_FILE
from contest.papers.awards import given as given_by
from contest.papers.certificates import BadLogo, Look, book, files, logo_of
from contest.papers.issued import every_row, write_issued
from contest.papers.messages import text
from contest.papers.result import BadResult, Result, documents_of, read_result
from contest.papers.signed import (
    Certificate,
    NotCertified,
    inner_text,
    private_key,
    public_key,
    public_text,
    verified,
)  # fmt: skip
from contest.result_folder import open_folder
from contest.secret_files import CERTIFICATE, secret
from questions.problems import ProblemsFound
from questions.yaml_lines import read_yaml

BOOK = "giay_chung_nhan.pdf"

Progress = Callable[[int], Callable[[], object]]


class Refused(ValueError):
    """Certificates can't be made, or one isn't right; the message says why, in Vietnamese."""


def make_certificates(
    directory: Path,
    out: Path,
    to: Path,
    *,
    by: str,
    one_book: bool,
    units: bool,
    progress: Progress,
) -> str:
    """Write the certificates of a confirmed result, their register and the public key.

    Parameters
    ----------
    directory : Path
        The contest: its key, its logo, the `documents:` section of its rules as they are now.
    out : Path
        The graded result.
    to : Path
        A new or empty folder.
    by : str
        Who issues them, as it stands in the organisers' chain.
    progress : callable
        Is given the number of certificates; what it returns is called after each.

    Raises
    ------
    Refused
        Where the result was changed, is provisional, another contest's, or not what the head has
        confirmed of every round; nobody is given a certificate; what was issued before can't be
        read; or the folder isn't empty. Nothing is written.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise Refused(text("cli.certificates.folder", folder=to))
    try:
        result = read_result(out)
        documents = _documents(directory, result)
    except BadResult as error:
        raise Refused(str(error)) from None
    if not result.final:
        raise Refused(text("cli.certificates.draft"))
    folder = open_folder(out)
    try:
        rests_on = confirmed_rounds(directory, folder)
    except NotConfirmed as error:
        raise Refused(str(error)) from None
    var = ContestDirectory(directory).var
    earlier = _issued_before(var)
    every = given_by(result, documents, units=units, issued=earlier)
    given = [one.certificate for one in every]
    if not given:
        raise Refused(text("cli.certificates.none"))
    look = Look(documents, _marks(result), result.as_of, _logo(directory, documents))
    key = private_key(secret(ContestDirectory(directory).secrets, CERTIFICATE))
    told = progress(len(given))
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{to.name}-", dir=to.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        if one_book:
            (made / BOOK).write_bytes(book(given, look, key, told))
        else:
            for one, content in zip(given, files(given, look, key, told), strict=True):
                (made / f"{one.number.split('/')[0]}.pdf").write_bytes(content)
        _register(made / text("certificate.register.name"), given, result.as_of)
        public = public_text(key.public_key())
        (made / KEY_FILE).write_text(public + "\n", encoding="ascii")
        # Before anybody has them: their numbers must never be given again.
        write_issued(var, every, look.documents, look.marks, look.as_of, key, rests_on)
        note_issue(directory, "certificates", by, folder, len(given))
        if to.exists():
            to.rmdir()
        made.rename(to)
    done = text("cli.certificates.done", n=len(given), folder=to, khoa=public)
    return f"{_told_numbers(given, earlier)}\n{done}"


def _issued_before(var: Path) -> list[dict[str, Any]]:
    try:
        return every_row(var)
    except ValueError as error:
        raise Refused(text("cli.certificates.register", path=error)) from None


def _told_numbers(given: list[Certificate], earlier: list[dict[str, Any]]) -> str:
    """Return where the numbers start, and how many certificates have theirs from before."""
    before = {row["fields"]["number"] for row in earlier}
    fresh = [one.number for one in given if one.number not in before]
    kept = len(given) - len(fresh)
    lines = []
    if fresh:
        lines.append(text("cli.certificates.numbers", first=fresh[0], last=fresh[-1]))
    if kept:
        lines.append(text("cli.certificates.kept", n=kept))
    return "\n".join(lines)


def _documents(directory: Path, result: Result) -> Documents:
    """Return who signs by the rules as they are now: numbers and names come after the round."""
    file, problems = read_yaml(directory / RULES_FILE, RULES_FILE)
    if file is None:
        raise ProblemsFound(problems)
    about = file.data.get("contest") if isinstance(file.data, dict) else None
    found, wanted = result.manifest["contest"]["id"], (about or {}).get("id")
    if found != wanted:
        raise Refused(text("cli.certificates.other", found=found, id=wanted, directory=directory))
    documents = documents_of(file.data, RULES_FILE)
    return replace_body(documents, result)


def replace_body(documents: Documents, result: Result) -> Documents:
    """Return documents whose issuing body is named: the contest's organiser where none is."""
    if documents.body or not result.organiser:
        return documents
    return documents.model_copy(update={"body": result.organiser})


def _marks(result: Result) -> str:
    shown = {
        "mark.rehearsal": result.rehearsal,
        "mark.sample": result.sample,
        "mark.synthetic": result.synthetic,
    }
    return " · ".join(text(key) for key, is_so in shown.items() if is_so)


def _logo(directory: Path, documents: Documents) -> Path | None:
    try:
        return logo_of(directory, documents)
    except BadLogo as error:
        raise Refused(text("cli.certificates.logo", name=error)) from None


def _register(path: Path, given: list[Certificate], as_of: int) -> None:
    """Write the register: who was given which number, with room to sign."""
    options = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"created": None})
        moment = datetime.datetime.fromtimestamp(as_of // 1000, tz=datetime.UTC)
        workbook.set_properties({"created": moment.replace(tzinfo=None)})
        sheet = workbook.add_worksheet()
        font = {"font_name": "Times New Roman", "font_size": 12}
        bold = workbook.add_format({**font, "bold": True, "text_wrap": True, "border": 1})
        plain = workbook.add_format({**font, "num_format": "@", "text_wrap": True, "border": 1})
        sheet.write_string(0, 0, text("certificate.register.title"), workbook.add_format(
            {**font, "bold": True, "font_size": 14}))  # fmt: skip
        columns = ("number", "name", "unit", "award", "round", "signed")
        for place, (name, width) in enumerate(zip(columns, (16, 30, 30, 28, 14, 20), strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(1, place, text(f"certificate.col.{name}"), bold)
        for row, one in enumerate(given, start=2):
            cells = (one.number, one.name, one.unit, one.award, one.round, "")
            for place, cell in enumerate(cells):
                sheet.write_string(row, place, cell, plain)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.freeze_panes(2, 0)


def check_certificate(given: str, key: str) -> str:
    """Return what a certificate says, once its signature is checked.

    Parameters
    ----------
    given : str
        The text of its QR code, or the path of a file: a text, or a certificate as PDF.
    key : str
        64 hexadecimal digits, or the path of a file with them.

    Raises
    ------
    Refused
        Where the key is none, or the certificate isn't signed by it.
    """
    path = _file(key)
    try:
        public = public_key(path.read_text(encoding="ascii") if path else key)
    except (ValueError, OSError):
        raise Refused(text("cli.certificate.bad_key", khoa=key)) from None
    try:
        one = verified(_given(given), public)
    except NotCertified:
        raise Refused(text("cli.certificate.bad")) from None
    shown = replace(one, unit=f" ({one.unit})" if one.unit else "")
    names = Certificate.__dataclass_fields__
    return text("cli.certificate.good", **dict(zip(names, astuple(shown), strict=True)))


def _file(given: str) -> Path | None:
    try:
        path = Path(given)
        return path if path.is_file() else None
    except OSError:  # longer than any name of a file
        return None


def _given(given: str) -> str:
    path = _file(given)
    if path is None:
        return given
    if path.suffix.lower() != ".pdf":
        return path.read_text(encoding="utf-8", errors="replace")
    try:
        metadata = PdfReader(path).metadata
    except (PyPdfError, OSError, ValueError):
        return ""
    return inner_text(str((metadata or {}).get("/Keywords", "")))
