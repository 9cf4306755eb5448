"""One step of `timhieu bench papers`, in a process of its own: its time and its peak memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from contest.bench.large import graded, make_contest
from contest.directory import ContestDirectory

Work = Callable[[], object]


def main(step: str, size: int, folder: Path) -> None:
    """Prepare and do a step with `size` entries, people or rows; write `STEP.json`."""
    contest = ContestDirectory(folder / f"{step}-contest")
    make_contest(contest.path)
    work = STEPS[step](contest, size, folder / step)
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    found = {
        "size": size,
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }
    (folder / f"{step}.json").write_text(json.dumps(found), encoding="utf-8")


def _written(contest: ContestDirectory, entries: int, out: Path) -> None:
    """Write a graded result; everything it needed is free again afterwards."""
    from grading import settled, write_results

    found = graded(contest, entries)
    write_results(out, found.results, found.extras, settled(found.meta, found.results))


def _papers(contest: ContestDirectory, entries: int, out: Path) -> Work:
    from contest.commands.papers import make_papers

    _written(contest, entries, out)
    return lambda: make_papers(
        out, public=True, templates=None, documents=None, convert=False, told=lambda _: None
    )


def _certificates(*, book: bool) -> Callable[[ContestDirectory, int, Path], Work]:
    def prepared(contest: ContestDirectory, people: int, out: Path) -> Work:
        from contest.bench.large import PEOPLE
        from contest.commands.certificates import make_certificates

        _written(contest, round(people / PEOPLE), out)
        return lambda: make_certificates(
            contest.path, out, out.with_name(f"{out.name}-made"), by="timhieu bench", one_book=book,
            units=False,
            progress=lambda _: lambda: None,
        )  # fmt: skip

    return prepared


def _workbook(contest: ContestDirectory, rows: int, out: Path) -> Work:
    from grading.export import result_tables, write_workbook
    from grading.worded import in_words

    found = graded(contest, rows)
    tables = in_words(result_tables(found.results, found.extras), found.extras.groups)
    return lambda: write_workbook(out.with_suffix(".xlsx"), tables, found.results, found.meta)


def _openpyxl(contest: ContestDirectory, rows: int, out: Path) -> Work:
    """Write the same cells without any format: less than the kit does, in the rival's favour."""
    from openpyxl import Workbook

    from grading.cells import values
    from grading.export import result_tables

    found = graded(contest, rows)
    tables = result_tables(found.results, found.extras)

    def written() -> None:
        book = Workbook(write_only=True)
        for table, frame in tables:
            sheet = book.create_sheet(table.name)
            sheet.append(list(table.contract))
            columns = [values(frame[name], spec) for name, spec in table.contract.items()]
            for row in zip(*columns, strict=True):
                sheet.append(row)
        book.save(out.with_suffix(".xlsx"))

    return written


STEPS: dict[str, Callable[[ContestDirectory, int, Path], Work]] = {
    "papers": _papers,
    "book": _certificates(book=True),
    "files": _certificates(book=False),
    "workbook": _workbook,
    "openpyxl": _openpyxl,
}
"""What is measured; the rival beside the workbook is openpyxl's write-only mode."""


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
