"""Printed questions of a bank as one page that needs nothing else: pictures are inside it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from markdown_it import MarkdownIt

from questions.markup import scripts
from questions.messages import text
from questions.pictures import FOLDER
from questions.printed import printed
from questions.types import QuestionBase

_STYLE = """
@page { size: A4; margin: 20mm 20mm 20mm 25mm; }
body { font: 13pt/1.4 "Times New Roman", Tinos, serif; max-width: 42em; margin: 0 auto; }
section { break-inside: avoid; margin-block-end: 1.2em; }
table { border-collapse: collapse; } th, td { border: 1px solid; padding: .2em .6em; }
img { max-width: 100%; }
"""
_KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
_PICTURE = re.compile(rf'src="{FOLDER}/([^"/\\]+)"')


def sheet(
    title: str, questions: Iterable[QuestionBase], folder: Path, *, with_key: bool = False
) -> str:
    """Return questions as an HTML page for printing; whatever stands in a text is text.

    Parameters
    ----------
    folder : Path
        The bank's folder, where its pictures lie.
    with_key : bool
        Whether right answers and explanations follow each question: the markers' copy.
    """
    parser = MarkdownIt("commonmark").use(scripts).enable("table")
    sections = [
        f"<section>{parser.render(chr(10).join(printed(question, n, with_key=with_key)))}</section>"
        for n, question in enumerate(questions, start=1)
    ]
    body = _PICTURE.sub(lambda found: _inside(folder, found), "\n".join(sections))
    heading = escape(title if not with_key else text("print.title_key", title=title))
    return (
        f'<!doctype html>\n<html lang="vi"><meta charset="utf-8"><title>{heading}</title>'
        f"<style>{_STYLE}</style>\n<h1>{heading}</h1>\n{body}\n</html>\n"
    )


def _inside(folder: Path, found: re.Match[str]) -> str:
    path = folder / FOLDER / found[1]
    data = base64.b64encode(path.read_bytes()).decode()
    return f'src="data:{_KINDS[path.suffix.lower()]};base64,{data}"'
