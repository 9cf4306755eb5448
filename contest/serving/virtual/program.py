"""A notebook as code: read and compiled once, run for every visitor."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


@dataclass(frozen=True)
class Cell:
    """A compiled cell: its statements, and the expression at its end whose value is shown."""

    body: CodeType | None
    shown: CodeType | None


@dataclass(frozen=True)
class Program:
    """The code cells of a notebook, compiled."""

    path: Path
    cells: tuple[Cell, ...]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)


def load_program(path: Path) -> Program:
    """Return a notebook's program; read and compiled again only when the file has changed."""
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int) -> Program:
    notebook = nbformat.read(path, as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    return Program(path, tuple(compile_cell(source, path.name) for source in sources))


@lru_cache(maxsize=1024)
def compile_cell(source: str, name: str = "<cell>") -> Cell:
    """Compile the source of a cell; SyntaxError where it isn't Python.

    Magics are not supported: they are IPython's, and there is none here.
    """
    tree = ast.parse(source, name)
    shown = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
        last = tree.body.pop()
        shown = compile(ast.Expression(last.value), name, "eval", FLAGS)  # type: ignore[attr-defined]
    body = compile(tree, name, "exec", FLAGS) if tree.body else None
    return Cell(body, shown)


async def run(code: CodeType, namespace: dict[str, Any]) -> Any:
    """Run compiled code in a namespace, awaiting it where it awaits."""
    result = eval(code, namespace)
    return await result if code.co_flags & inspect.CO_COROUTINE else result
