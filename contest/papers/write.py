"""A graded result -> the folder of its documents, whole or not at all."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from contest.documents_rules import Documents
from contest.papers.blocks import Paper
from contest.papers.catalogue import PAPERS
from contest.papers.context import Context, make_context
from contest.papers.fonts import cut, letters_of
from contest.papers.forms import FORMS
from contest.papers.messages import text
from contest.papers.pdf import pdf
from contest.papers.result import Result
from contest.papers.templates import Template, fill, load_templates
from contest.papers.xlsx import workbook
from questions.canonical import sha256

FOLDER = "papers"
PUBLIC = "cong_khai"
LIST = "papers.json"
"""What was written, with hashes: a document that was edited by hand is never overwritten."""

KEY = "dap_an"
CONVERT_SECONDS = 120

Told = Callable[[str], None]
Fonts = Mapping[str, Path]


class CannotWrite(ValueError):
    """The documents can't be written there; the message says why and what to do."""


@dataclass(frozen=True)
class Wanted:
    """What shall be written.

    Attributes
    ----------
    documents : Documents
        Numbers, dates and signers.
    templates : Path or None
        A folder with the organiser's own templates.
    public : bool
        The copy for posting as well.
    office : str or None
        LibreOffice's program, to convert the Word files as well; None: not.
    """

    documents: Documents
    templates: Path | None = None
    public: bool = False
    office: str | None = None


def write_papers(out: Path, result: Result, wanted: Wanted, told: Told = lambda _: None) -> int:
    """Write every document of a result into `out`/papers; return how many files there are.

    Parameters
    ----------
    out : Path
        The result's folder.
    told : callable
        Is called with the name of each document as it is made.

    Raises
    ------
    WrongTemplates
        Listing everything that is wrong with templates; nothing is written.
    CannotWrite
        Naming documents that were edited by hand since they were written.
    """
    folder = out / FOLDER
    _keep_edited(folder)
    templates = load_templates(FORMS[wanted.documents.form], wanted.templates)
    with TemporaryDirectory(prefix=f".{FOLDER}-", dir=out) as scratch:
        made = Path(scratch) / FOLDER
        made.mkdir()
        context = make_context(result, wanted.documents)
        posted = make_context(result, wanted.documents, public=True) if wanted.public else None
        fonts = cut(_letters(context, posted), Path(scratch))
        for template in templates:
            told(template.paper.name)
            _write_one(made, template, context, fonts)
        if posted is not None:
            _write_public(made / PUBLIC, posted, templates, fonts, told)
        if wanted.office is not None:
            _convert(made, wanted.office)
        files = {path.relative_to(made).as_posix(): path for path in sorted(made.rglob("*.*"))}
        hashes = {name: sha256(path.read_bytes()) for name, path in files.items()}
        listed = {"version": result.version, "files": hashes}
        (made / LIST).write_text(
            json.dumps(listed, ensure_ascii=False, sort_keys=True, indent=2) + "\n", "utf-8"
        )
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    return len(hashes)


def _letters(*contexts: Context | None) -> set[str]:
    """Return every letter that stands in documents of these contexts."""
    shown = [
        [one.values, one.title, one.marks, *(one.of(paper) for paper in PAPERS if paper.issued)]
        for one in contexts
        if one is not None
    ]
    return letters_of(shown)


def _write_public(
    folder: Path, context: Context, templates: list[Template], fonts: Fonts, told: Told
) -> None:
    folder.mkdir()
    for template in templates:
        if is_posted(template.paper, context):
            told(f"{PUBLIC}/{template.paper.name}")
            _write_one(folder, template, context, fonts)


def is_posted(paper: Paper, context: Context) -> bool:
    """Return whether a document belongs to the copy for posting; the key once it may be known."""
    return paper.public and (paper.name != KEY or context.reveals_key)


def _write_one(folder: Path, template: Template, context: Context, fonts: Fonts) -> None:
    paper = template.paper
    (folder / f"{paper.name}.docx").write_bytes(fill(template, context))
    (folder / f"{paper.name}.pdf").write_bytes(pdf(paper, context, fonts))
    (folder / f"{paper.name}.xlsx").write_bytes(workbook(paper, context))


def _keep_edited(folder: Path) -> None:
    """Refuse where anything lies in the folder that wasn't written by this command.

    Raises
    ------
    CannotWrite
        Naming all such files.
    """
    if not folder.exists():
        return
    try:
        known = json.loads((folder / LIST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        known = {}
    edited = [
        name for name, content in _files(folder) if name != LIST and known.get(name) != content
    ]
    if edited:
        raise CannotWrite(
            "\n".join(
                [
                    *(text("write.edited", name=f"{FOLDER}/{name}") for name in edited),
                    text("write.edited.fix"),
                ]
            )
        )


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), sha256(path.read_bytes())


def _convert(folder: Path, office: str) -> None:
    """Convert every Word file to PDF beside it, under a name of its own."""
    with TemporaryDirectory() as scratch:
        for place in sorted({path.parent for path in folder.rglob("*.docx")}):
            converted = place / "tu_word"
            words = sorted(place.glob("*.docx"))
            command = [
                office, f"-env:UserInstallation={Path(scratch).as_uri()}", "--headless",
                "--convert-to", "pdf", "--outdir", str(converted), *map(str, words),
            ]  # fmt: skip
            try:
                done = subprocess.run(
                    command, capture_output=True, timeout=CONVERT_SECONDS, check=False
                )
            except (OSError, subprocess.TimeoutExpired):
                raise CannotWrite(text("write.convert")) from None
            missing = [
                one.name
                for one in words
                if not (converted / one.name).with_suffix(".pdf").is_file()
            ]
            if done.returncode or missing:
                raise CannotWrite(text("write.convert"))
