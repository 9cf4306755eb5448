"""Word templates: the built-in ones, an organiser's own, how they are checked and filled in."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

from contest.papers.blocks import Paper
from contest.papers.catalogue import PAPERS
from contest.papers.charts import Chart
from contest.papers.context import Context
from contest.papers.forms import Form
from contest.papers.messages import text
from contest.papers.placeholders import IMAGE, SCHEMA, Schema
from contest.papers.word import template
from questions.problems import Problem
from questions.zipped import same_bytes

FOLDER = "mau_van_ban"
"""Where a contest keeps its own templates."""

NEEDED = ("dau_trang", "phien_ban")
"""What every template bears at the top and the foot of its pages."""

_FILTERS = {"upper", "lower", "capitalize", "length", "default", "first", "last", "trim", "join"}
_LOOP = {"index", "index0", "first", "last", "length", "revindex"}
_PARTS = re.compile(r"word/(?:document|header|footer)\d*\.xml")


class WrongTemplates(ValueError):
    """Templates that can't be used; the message lists everything that is wrong with them."""


@dataclass(frozen=True)
class Template:
    """A document's template: a Word file, and where it came from."""

    paper: Paper
    content: bytes
    own: bool


def builtin(form: Form) -> dict[str, bytes]:
    """Return file name -> built-in template, for every document."""
    return {f"{paper.name}.docx": template(paper, form) for paper in PAPERS}


def load_templates(form: Form, folder: Path | None) -> list[Template]:
    """Return every document's template: the organiser's where the folder has one.

    Raises
    ------
    WrongTemplates
        Naming, all at once, files that belong to no document, can't be read, or hold wrong
        placeholders.
    """
    found, problems = [], []
    own = {path.name: path for path in sorted(folder.glob("*.docx"))} if folder else {}
    own = {name: path for name, path in own.items() if not name.startswith("~$")}
    known = {f"{paper.name}.docx" for paper in PAPERS}
    for name in sorted(set(own) - known):
        problems.append(_problem(name, "stray", names=", ".join(sorted(known))))
    for paper in PAPERS:
        name = f"{paper.name}.docx"
        if name in own:
            content = own[name].read_bytes()
            problems += check(name, content)
        else:
            content = template(paper, form)
        found.append(Template(paper, content, name in own))
    if problems:
        raise WrongTemplates("\n".join(map(str, problems)))
    return found


def check(name: str, content: bytes) -> list[Problem]:
    """Return everything that is wrong with a template."""
    try:
        parts, broken = dict(_parts(content)), list(_unclosed(content))
    except (BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        return [_problem(name, "unreadable")]
    problems = [_problem(name, "broken", tag=one, why=text("template.unclosed")) for one in broken]
    used: set[str] = set()
    for source in parts.values():
        try:
            tree = environment().parse(source)
        except TemplateError as error:
            line = source.splitlines()[max(0, (error.lineno or 1) - 1)]
            shown = re.sub(r"<[^>]+>", "", line).strip()[:80]
            problems.append(_problem(name, "broken", tag=shown, why=error.message or ""))
            continue
        looked = _Look(tree)
        used |= looked.used
        problems += [
            _problem(name, kind, placeholder=one) for kind, one in dict.fromkeys(looked.wrong)
        ]
    if not problems:
        for needed in NEEDED:
            if needed not in used:
                problems.append(_problem(name, "needed", placeholder=needed))
    return problems


def _problem(file: str, kind: str, **values: object) -> Problem:
    return Problem(
        file, 0, f"template.{kind}", text(f"template.{kind}", **values),
        text(f"template.{kind}.fix", **values),
    )  # fmt: skip


def _parts(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield each part of a Word file that holds text, as docxtpl reads it."""
    file = DocxTemplate(BytesIO(content))
    file.init_docx()
    for part in file.docx.part.package.iter_parts():
        if _PARTS.fullmatch(str(part.partname).lstrip("/")):
            source = file.xml_to_string(parse_xml(part.blob))
            yield str(part.partname), _lines(file.patch_xml(source))


def _unclosed(content: bytes) -> Iterator[str]:
    """Yield the text of every paragraph in which a tag isn't closed: it would swallow the next."""
    package = DocxTemplate(BytesIO(content)).get_docx().part.package
    for part in package.iter_parts():
        if not _PARTS.fullmatch(str(part.partname).lstrip("/")):
            continue
        for paragraph in parse_xml(part.blob).iter(qn("w:p")):
            shown = "".join(one.text or "" for one in paragraph.iter(qn("w:t")))
            pairs = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
            if any(shown.count(left) != shown.count(right) for left, right in pairs):
                yield shown.strip()[:80]


def _lines(source: str) -> str:
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


class _Look:
    """Walks through a template and notes names that no document has."""

    def __init__(self, tree: nodes.Template) -> None:
        self.used: set[str] = set()
        self.wrong: list[tuple[str, str]] = []
        self._visit_all(tree.body, dict(SCHEMA))

    def _visit_all(self, found: list[nodes.Node], scope: Schema) -> None:
        for node in found:
            self._visit(node, scope)

    def _visit(self, node: nodes.Node, scope: Schema) -> None:
        if isinstance(node, nodes.For):
            self._for(node, scope)
        elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
            self._kind_of(node, scope)
        elif isinstance(node, (nodes.Call, nodes.Assign, nodes.Macro, nodes.Include, nodes.Import)):
            self.wrong.append(("forbidden", type(node).__name__.lower()))
        else:
            if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
                self.wrong.append(("filter", node.name))
            self._visit_all(list(node.iter_child_nodes()), scope)

    def _for(self, node: nodes.For, scope: Schema) -> None:
        rows = self._kind_of(node.iter, scope)
        inner = dict(scope)
        inner["loop"] = dict.fromkeys(_LOOP, "text")
        if not isinstance(node.target, nodes.Name):
            self.wrong.append(("forbidden", "for"))
            return
        if rows is not None and not isinstance(rows, dict):
            self.wrong.append(("list", _shown(node.iter)))
            rows = None
        inner[node.target.name] = rows
        self._visit_all([*node.body, *node.else_], inner)
        if node.test is not None:
            self._visit(node.test, inner)

    def _kind_of(self, node: nodes.Node, scope: Schema) -> Any:
        """Return what a name stands for; None where that isn't known, and noted already."""
        if isinstance(node, nodes.Name):
            self.used.add(node.name)
            if node.name not in scope:
                self.wrong.append(("unknown", node.name))
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            above = self._kind_of(node.node, scope)
            if isinstance(above, dict):
                if node.attr in above:
                    return above[node.attr]
                self.wrong.append(("unknown", _shown(node)))
            elif above is not None:
                self.wrong.append(("unknown", _shown(node)))
            return None
        self._visit_all(list(node.iter_child_nodes()), scope)
        return None


def _shown(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_shown(node.node)}.{node.attr}"
    return getattr(node, "name", type(node).__name__.lower())


def environment(*, escaped: bool = True) -> SandboxedEnvironment:
    """Return what templates are read by: nothing but names, conditions and loops."""
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=escaped)


def fill(template: Template, context: Context) -> bytes:
    """Return a document as a Word file: the template filled in.

    Raises
    ------
    WrongTemplates
        Where the template can't be filled in though its names are right.
    """
    file = DocxTemplate(BytesIO(template.content))
    values = _for_word(context.of(template.paper), SCHEMA, file)
    try:
        file.render(values, environment())
    except (TemplateError, TypeError, ValueError, SyntaxError) as error:
        name = f"{template.paper.name}.docx"
        raise WrongTemplates(str(_problem(name, "failed", why=str(error)[:200]))) from None
    properties = file.docx.core_properties
    moment = datetime.datetime.fromtimestamp(context.as_of // 1000, tz=datetime.UTC)
    properties.created = properties.modified = moment
    properties.title = f"{template.paper.kind.capitalize()} – {context.title}"
    properties.author = properties.last_modified_by = ""
    properties.comments = properties.keywords = ""
    properties.subject = context.values["phien_ban"]
    properties.language = "vi-VN"
    out = BytesIO()
    file.save(out)
    return same_bytes(out.getvalue())


class _Picture(InlineImage):
    """A chart in a Word file, with what it shows in words."""

    alt = ""

    def _insert_image(self) -> str:
        made = super()._insert_image()
        return re.sub(
            r"(<wp:docPr [^>]*?name=\"[^\"]*\")",
            lambda found: f'{found[1]} descr="{escape(self.alt)}"',
            made,
            count=1,
        )


def _for_word(values: Any, schema: Any, file: DocxTemplate) -> Any:
    """Return values as Word files take them: charts become pictures, texts stay texts."""
    if isinstance(schema, dict) and isinstance(values, list):
        return [_for_word(one, schema, file) for one in values]
    if isinstance(schema, dict):
        return {name: _for_word(one, schema.get(name), file) for name, one in values.items()}
    if schema == IMAGE and isinstance(values, Chart):
        made = _Picture(file, BytesIO(values.png), width=Mm(150))
        made.alt = values.alt
        return made
    # docxtpl takes these for its own way of writing braces.
    return str(values).replace("{_{", "{ _{").replace("}_}", "}_ }")
