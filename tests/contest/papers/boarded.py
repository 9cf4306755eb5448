"""A graded result of two rounds whose board has prizes of its own."""

from __future__ import annotations

from pathlib import Path

from contest.bench.large import HEAD, make_contest
from contest.elsewhere.gathered import grade_file
from grading import settled, write_results

PRIZES = """
    - of: vao_chung_ket
      prizes:
        - {id: tong_nhat, title: "Giải Nhất toàn cuộc thi", count: 1, value: 9000000}
        - {id: tong_nhi, title: "Giải Nhì toàn cuộc thi", count: 2, value: 4000000}
      edge: all
"""
SCORES = {"ts-a": (200, 180), "ts-b": (190, 200), "ts-c": (150, 200), "ts-d": (200, 0)}
"""Contestant -> score in each round."""


def scores() -> str:
    """Return the file of scores: a's entries take 5 minutes, everybody else's 10."""
    lines = [HEAD.replace("contestant_id", "round,contestant_id", 1)]
    for index, round_id in enumerate(("ky-1", "ky-2")):
        for person, points in SCORES.items():
            end = "08:05" if person == "ts-a" else "08:10"
            day = f"2026-11-{23 + 7 * index}T"
            lines.append(
                f"{round_id},{person},Thí sinh thử {person},dv-1,chung,{person}-{index},"
                f"{points[index]},200,{day}08:00:00+07:00,{day}{end}:00+07:00,\n"
            )
    return "".join(lines)


def write_boarded(
    folder: Path, round_ids: tuple[str, ...] = ("ky-1", "ky-2"), prizes: str = PRIZES
) -> Path:
    """Grade rounds of the contest; return the folder of their result.

    Parameters
    ----------
    prizes : str
        Those of the board, as the rules file states them.
    """
    contest = make_contest(folder / "x")
    rules = contest.path / "the_le.yml"
    written = rules.read_text(encoding="utf-8")
    rules.write_text(
        written.replace("prizes:\n  people:\n", f"prizes:\n  people:{prizes}", 1), encoding="utf-8"
    )
    lines = scores().splitlines(keepends=True)
    kept = [line for line in lines[1:] if line.split(",")[0] in round_ids]
    (folder / "diem.csv").write_text("".join([lines[0], *kept]), encoding="utf-8")
    found = grade_file(contest.load(), folder / "diem.csv", "scores", list(round_ids), final=True)
    out = folder / "ket_qua"
    write_results(out, found.results, found.extras, settled(found.meta, found.results))
    return out
