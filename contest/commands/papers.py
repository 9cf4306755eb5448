"""`timhieu papers` and `timhieu templates`: documents from a graded result."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from contest.documents_rules import Documents
from contest.papers.forms import FORMS
from contest.papers.messages import text
from contest.papers.result import BadResult, documents_of, read_result
from contest.papers.templates import FOLDER, WrongTemplates, builtin
from contest.papers.write import CannotWrite, Wanted, write_papers
from questions.problems import ProblemsFound
from questions.yaml_lines import read_yaml

OFFICE = ("soffice", "libreoffice")


class Refused(ValueError):
    """The documents can't be made; the message says why and what to do, in Vietnamese."""


def make_papers(
    out: Path,
    *,
    public: bool,
    templates: Path | None,
    documents: Path | None,
    convert: bool,
    told: Callable[[str], None],
) -> str:
    """Write the documents of the result in `out`.

    Parameters
    ----------
    public : bool
        The copy for posting as well.
    templates : Path or None
        A folder with the organiser's own Word templates.
    documents : Path or None
        A rules file whose `documents:` section is taken instead of the result's.
    convert : bool
        Convert the Word files by LibreOffice as well.

    Returns
    -------
    str
        A Vietnamese line that sums it up.

    Raises
    ------
    Refused
        Where the result was changed, a template is wrong, or a document was edited by hand.
    """
    office = None
    if convert:
        office = next(filter(None, map(shutil.which, OFFICE)), None)
        if office is None:
            raise Refused(text("write.no_office"))
    if templates is not None and not templates.is_dir():
        raise Refused(text("write.no_folder", folder=templates))
    try:
        result = read_result(out)
        stated = _documents(documents) if documents else result.documents
        wanted = Wanted(stated, templates, public, office)
        written = write_papers(out, result, wanted, told)
    except (BadResult, WrongTemplates, CannotWrite) as error:
        raise Refused(str(error)) from None
    state = text("cli.papers.final" if result.final else "cli.papers.draft")
    return text("cli.papers.done", n=written, out=out / "papers", ma=result.version, state=state)


def _documents(path: Path) -> Documents:
    file, problems = read_yaml(path, path.name)
    if file is None:
        raise ProblemsFound(problems)
    return documents_of(file.data, path.name)


def copy_templates(directory: Path) -> str:
    """Copy the built-in templates, in the form that the rules name, into the contest's folder.

    Raises
    ------
    Refused
        Where templates lie there already; none is overwritten.
    """
    rules = directory / "the_le.yml"
    try:
        stated = _documents(rules) if rules.is_file() else Documents()
    except BadResult as error:
        raise Refused(str(error)) from None
    folder = directory / FOLDER
    made = builtin(FORMS[stated.form])
    there = sorted(name for name in made if (folder / name).exists())
    if there:
        raise Refused(text("cli.templates.there", folder=folder, names=", ".join(there)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return text("cli.templates.done", n=len(made), folder=folder)
