"""A bundle -> the results that follow from it, written into a folder; nothing is cached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from contest.directory import ContestDirectory
from contest.frozen import FrozenRound, from_record
from contest.marking.gathered import Cut
from contest.results import Gathered, gather
from contest.rounds import Rounds
from contest.store.sqlite import SqliteStore
from contest.verify.bundle import Opened
from grading import from_rows, grade, write_results
from grading.frames import PEOPLE

Progress = Callable[[], object]


class BundleRounds(Rounds):
    """Rounds whose secrets, or papers, come from a bundle."""

    def __init__(self, directory: ContestDirectory, store: SqliteStore, opened: Opened) -> None:
        super().__init__(directory, store)
        self._opened = opened

    async def frozen(self, round_id: str, now: int | None = None) -> FrozenRound | None:  # noqa: ARG002
        """Return the round as it was frozen, or None where the bundle doesn't have it."""
        record = await self.store.frozen(round_id)
        if record is None:
            return None
        return from_record(record, self._opened.secrets.get(round_id), self._opened.papers)


async def recompute(
    opened: Opened,
    round_ids: list[str],
    names: Mapping[str, str | None],
    out: Path,
    until: int,
    marks: Mapping[str, int],
    progress: Progress = lambda: None,
) -> Gathered:
    """Compute the results of rounds again and write them into the new folder `out`.

    `names` are written beside contestants' ids: the bundle doesn't have them. Only the rulings up
    to number `until` are graded by, and of each round's marks of essays the first `marks`: later
    ones made later results.

    Raises
    ------
    Tampered
        Where something in the bundle doesn't match its hash.
    KeyError
        For a round that the bundle doesn't have, or an attempt without a paper.
    """
    store = SqliteStore(opened.database)
    try:
        directory = ContestDirectory(opened.database.parent.parent)
        rounds = BundleRounds(directory, store, opened)
        gathered = await gather(
            rounds,
            store,
            round_ids,
            progress,
            lambda made: made[:until],
            cut=Cut(counts=marks),
        )
    finally:
        await store.close()
    ids = gathered.people["contestant_id"].tolist()
    people = from_rows([(id_, names.get(id_)) for id_ in ids], PEOPLE, "people")
    gathered = replace(gathered, people=people)
    results = grade(gathered.attempts, gathered.answers, people, gathered.rounds)
    write_results(out, results, gathered.extras, gathered.meta)
    return gathered
