"""A large made-up contest, graded: what the benches of documents and exports work on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from contest.bench.messages import text
from contest.directory import ContestDirectory
from contest.elsewhere.gathered import FromElsewhere, grade_file
from contest.rules import from_ms
from contest.sample import init_directory

DAY = 1_795_395_600_000
"""Any day: what is measured doesn't depend on it."""

PRESET, ROUND = "hai_ky_chung_ket", "ky-1"
TOPS, LEAVES = 10, 21
PEOPLE = 0.8
"""Of so many entries that part are people's first ones."""

HEAD = (
    "contestant_id,name,unit_id,group,attempt_id,score,max_score,started_at,submitted_at,"
    "prediction\n"
)
CERTIFIED = "\ndocuments:\n  certificates: {who: all, symbol: GCN-BTC}\n"


def make_contest(folder: Path) -> ContestDirectory:
    """Write a contest with 210 units, whose every ranked person is given a certificate."""
    init_directory(folder, DAY, PRESET)
    rules = folder / "the_le.yml"
    rules.write_text(rules.read_text(encoding="utf-8") + CERTIFIED, encoding="utf-8")
    (folder / "don_vi.csv").write_text("".join(_units()), encoding="utf-8")
    return ContestDirectory(folder)


def _units() -> Iterator[str]:
    yield "unit_id,name,parent_id,block,headcount\n"
    for top in range(1, TOPS + 1):
        block = text("large.block", n=top)
        yield f"khoi-{top},{block},,{block},\n"
        for leaf in range(1, LEAVES):
            number = (top - 1) * (LEAVES - 1) + leaf
            unit = text("large.unit", n=number)
            yield f"dv-{number},{unit},khoi-{top},{block},{500 + number}\n"


def write_scores(file: Path, entries: int) -> None:
    """Write so many made-up entries of the first round, always the same ones."""
    people = max(1, round(entries * PEOPLE))
    opens = DAY + 8 * 3_600_000
    with file.open("w", encoding="utf-8") as out:
        out.write(HEAD)
        for n in range(entries):
            person = n % people
            start = from_ms(opens + n * 1009 % (5 * 86_400_000))
            taken = datetime.timedelta(milliseconds=120_000 + n * 7919 % 900_000)
            score = 10 * (n * 31 % 21)
            name = text("large.person", n=person)
            out.write(
                f"ts-{person},{name},dv-{person % 200 + 1},chung,lt-{n},"
                f"{score},200,{start.isoformat()},{(start + taken).isoformat()},\n"
            )


def graded(contest: ContestDirectory, entries: int) -> FromElsewhere:
    """Return the final result of so many made-up entries."""
    file = contest.path / "diem.csv"
    write_scores(file, entries)
    return grade_file(contest.load(), file, "scores", [ROUND], final=True)
