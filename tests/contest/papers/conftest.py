"""Documents of one graded contest, made once for all tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from contest.papers.result import read_result
from contest.papers.write import Wanted, write_papers
from grading import Results
from tests.contest.papers.graded import write_graded


@dataclass(frozen=True)
class Made:
    """What was graded, and the folder of the result; its documents lie in `papers`."""

    results: Results
    out: Path

    @property
    def papers(self) -> Path:
        """Folder of the documents."""
        return self.out / "papers"


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the documents of two closed rounds, with the copy for posting."""
    out = tmp_path_factory.mktemp("papers") / "out"
    results = write_graded(out)
    result = read_result(out)
    write_papers(out, result, Wanted(result.documents, public=True))
    return Made(results, out)


@pytest.fixture(scope="session")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the documents of a sample's rehearsal, still open, in which nothing happened."""
    from tests.contest.papers.graded import graded

    out = tmp_path_factory.mktemp("papers") / "out"
    results = write_graded(out, graded([], prizes=False), final=False, sample=True, rehearsal=True)
    result = read_result(out)
    write_papers(out, result, Wanted(result.documents))
    return Made(results, out)
