"""Word: questions as offices type them; the right option is a matter of format, key or table."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from typing import Any

from docx import Document
from docx.shared import Cm

from questions.formats import excel, fields, word_marks
from questions.formats.draft import Draft, Notes, Reading
from questions.formats.messages import text
from questions.formats.opened import Opened
from questions.formats.patterns import MANY_TAG
from questions.formats.settle import LETTERS
from questions.formats.texts import escape, fold, tidy, to_plain
from questions.formats.word_split import Raw, Split, split
from questions.formats.word_text import FORMULA, PICTURE, Line, Table, read_document
from questions.zipped import same_bytes

_STRONG = {"bold": "**", "italic": "*"}


def read(opened: Opened) -> Reading:
    """Read a .docx."""
    content = read_document(opened)
    notes = Notes(opened.name, "word")
    for fault in content.faults:
        notes.error(fault)
    found = split(content)
    _aside(notes, found)
    for raw in found.questions:  # a table at the end says the key as a line does
        if raw.number in found.keys:
            raw.told.append(("told.table", found.keys[raw.number]))
    mark, verdicts = word_marks.judge(found.questions)
    if mark and found.questions:
        notes.doubt("word.mark", kind=text(f"mark.{mark[0]}"), n=len(found.questions))
    numbers = [raw.number for raw in found.questions]
    for raw, verdict in zip(found.questions, verdicts, strict=True):
        draft = _draft(notes, raw, numbers)
        if numbers.count(raw.number) > 1 and raw.number in found.keys:
            notes.error("word.table_ambiguous", draft)
        if raw.number in found.keys_twice:
            notes.error("word.key_twice", draft)
        _key(notes, draft, raw, verdict)
    for table in found.tables:
        _table(notes, table)
    return notes.done()


def _aside(notes: Notes, found: Split) -> None:
    """Tell what stands in the document and is no question."""
    for code, lines in (
        ("draft.before", found.before), ("word.headings", found.headings),
        ("word.after", found.after),
    ):  # fmt: skip
        if lines:
            notes.doubt(code, n=len(lines), text=lines[0][:60])
    beyond = sorted(set(found.keys) - {raw.number for raw in found.questions})
    if beyond:
        notes.error("word.keys_beyond", numbers=", ".join(map(str, beyond[:20])))


def _draft(notes: Notes, raw: Raw, numbers: list[int]) -> Draft:
    ordinal = len(notes.reading.drafts) + 1
    draft = notes.draft(ordinal)
    if raw.number != ordinal:
        draft.place = text("place.renumbered", n=raw.number, ordinal=ordinal)
        if ordinal == 1 or numbers[ordinal - 2] + 1 != raw.number:
            notes.doubt("word.numbering", draft)
    for fault in raw.faults:
        notes.error(fault, draft)
    fields.level(notes, draft, raw.level)
    fields.points(notes, draft, raw.points)
    many = MANY_TAG.search(raw.stem.text)  # it tells of the type, not of the subject
    stem = raw.stem.part(0, many.start()) if many else raw.stem
    draft.data["stem"] = _text(notes, draft, stem, stem=True)
    if raw.explanation is not None and tidy(raw.explanation.text):
        draft.data["explanation"] = _text(notes, draft, raw.explanation)
    return draft


def _key(notes: Notes, draft: Draft, raw: Raw, verdict: word_marks.Verdict) -> None:
    letters = [option.letter for option in raw.options]
    texts = [_text(notes, draft, option.text) for option in raw.options]
    if len(set(letters)) != len(letters):
        notes.error("word.letters", draft)
        return
    draft.data["type"] = "multiple" if verdict.many else "single"
    draft.data["options"] = fields.parts(texts)
    if len(letters) < 2:
        notes.error("draft.few_options", draft, n=len(letters))  # there's no key to miss then
        return
    if verdict.error:
        shown = [f"{text(place)}: {', '.join(sorted(found))}" for place, found in verdict.evidence]
        notes.error(verdict.error, draft, evidence="; ".join(shown))
        return
    right = [fields.part_id(letters.index(letter)) for letter in sorted(verdict.right)]
    fields.choose(notes, draft, right, many=verdict.many)
    if verdict.doubt:
        kind, other = verdict.doubt
        notes.doubt("word.other_mark", draft, kind=text(f"mark.{kind}"), letter="".join(other))


def _text(notes: Notes, draft: Draft, line: Line, *, stem: bool = False) -> str:
    """Return a line as Markdown; emphasis inside a stem stays, that of options is a mark."""
    if FORMULA in line.text:
        notes.error("word.formula", draft)
    for picture in line.pictures:
        if stem:
            fields.attach(notes, draft, picture.name, picture.alt, lambda _, own=picture: own.data)
        else:
            notes.error("draft.picture_elsewhere", draft, file=picture.name)
    plain = line.text.replace(PICTURE, " ").replace(FORMULA, " ").replace("\t", " ")
    shown = fields.plain(notes, draft, plain)
    return _emphasised(line) or shown if stem else shown


def _emphasised(line: Line) -> str:
    """Return a stem with its bold and italic words as Markdown, empty where it has none."""
    used = [mark for mark in _STRONG if 0 < line.share(mark) < word_marks.MOSTLY]
    if not used or PICTURE in line.text or FORMULA in line.text:
        return ""
    mark = used[0]
    shown, at = "", 0
    while at < len(line.text):
        bears = mark in line.marks[at]
        end = at
        while end < len(line.text) and (mark in line.marks[end]) == bears:
            end += 1
        piece = line.text[at:end].replace("\t", " ")
        core = piece.strip()
        if bears and core and "\n" not in core:
            before, after = piece[: piece.index(core[0])], piece[len(piece.rstrip()) :]
            piece = f"{before}{_STRONG[mark]}{escape(core)}{_STRONG[mark]}{after}"
        else:
            piece = escape(piece)
        shown, at = shown + piece, end
    shown = tidy(shown)
    return shown if fold(to_plain(shown)) == fold(line.text) else ""


def _table(notes: Notes, table: Table) -> None:
    """Read a table that has a question in each row, like a sheet of Excel."""
    if table.merged:
        notes.error("word.merged")
        return
    rows = table.texts()
    columns = [excel.column_of(cell) for cell in rows[0]]
    for row in rows[1:]:
        values = {name: cell for name, cell in zip(columns, row, strict=False) if name and cell}
        if values:
            draft = notes.draft(len(notes.reading.drafts) + 1)
            if FORMULA in "".join(row):
                notes.error("word.formula", draft)
            if PICTURE in "".join(row):
                notes.error("draft.picture_elsewhere", draft, file="?")
            excel.fill(notes, draft, values)


def write(questions: Sequence[Mapping[str, Any]], pictures: Mapping[str, bytes]) -> bytes:
    """Return a .docx: right options underlined, the keys once more in a table at the end."""
    document = Document()
    when = datetime.datetime(2000, 1, 1)  # noqa: DTZ001
    document.core_properties.created = document.core_properties.modified = when
    keys = []
    for number, question in enumerate(questions, 1):
        _write_question(document, number, question, pictures)
        keys.append((number, _letters(question)))
    document.add_paragraph(text("word.end"))
    document.add_paragraph(text("word.keys"))
    table = document.add_table(rows=len(keys) + 1, cols=2)
    numbers = [text("word.cau"), *(str(number) for number, _ in keys)]
    letters = [text("field.key"), *(found for _, found in keys)]
    for column, texts in enumerate((numbers, letters)):
        for cell, shown in zip(table.column_cells(column), texts, strict=True):
            cell.text = shown
    out = io.BytesIO()
    document.save(out)
    return same_bytes(out.getvalue())


def _letters(question: Mapping[str, Any]) -> str:
    options, right = fields.options_of(question)
    return ", ".join(
        letter.upper()
        for letter, option in zip(LETTERS, options, strict=False)
        if option["id"] in right
    )  # fmt: skip


def _write_question(
    document: Any, number: int, question: Mapping[str, Any], pictures: Mapping[str, bytes]
) -> None:
    tag = text(f"tag.{question['level']}")
    paragraph = document.add_paragraph()
    paragraph.add_run(f"{text('word.question', n=number)}. [{tag}] ").bold = True
    paragraph.add_run(to_plain(question["stem"]))
    if question["type"] == "multiple":
        paragraph.add_run(f" {text('word.many')}")
    image = question.get("image")
    if image and image["file"] in pictures:
        run = paragraph.add_run()
        shape = run.add_picture(io.BytesIO(pictures[image["file"]]), width=Cm(10))
        shape._inline.docPr.set("descr", image["alt"])
    options, right = fields.options_of(question)
    for letter, option in zip(LETTERS, options, strict=False):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{letter.upper()}.").underline = option["id"] in right
        paragraph.add_run(f" {to_plain(option['text'])}")
    if "points" in question:
        document.add_paragraph(f"{text('field.points')}: {question['points']}")
    if "explanation" in question:
        shown = to_plain(question["explanation"])
        document.add_paragraph(f"{text('field.explanation')}: {shown}")
