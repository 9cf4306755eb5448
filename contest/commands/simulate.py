"""`timhieu simulate`: a whole contest of synthetic people, with a progress bar."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tqdm import tqdm

from contest.directory import ContestDirectory
from contest.draw import NotEnoughQuestions
from contest.messages import text
from contest.service import Service
from contest.simulate import CannotSimulate, simulate
from contest.store.sqlite import SqliteStore


def simulate_directory(
    directory: Path,
    contestants: int,
    seed: int,
    round_id: str | None = None,
    *,
    close: bool = False,
    acks: Path | None = None,
) -> str:
    """Run a simulation over the round, or over the first one; return how it went, in words."""
    contest = ContestDirectory(directory)
    rules = contest.load().rules
    if round_id is None:
        round_id = rules.rounds[0].id
    elif round_id not in {round_.id for round_ in rules.rounds}:
        raise CannotSimulate(round_id)
    try:
        n = asyncio.run(_run(contest, contestants, seed, round_id, close, acks))
    except NotEnoughQuestions as lacking:  # the round was frozen before check refused such rules
        raise CannotSimulate(text("cli.simulate.lacks", topic=lacking)) from None
    return text("cli.simulate.done", n=n, round=rules.round(round_id).title, directory=directory)


async def _run(
    contest: ContestDirectory,
    contestants: int,
    seed: int,
    round_id: str,
    close: bool,
    acks: Path | None,
) -> int:
    store = SqliteStore(contest.database)
    try:
        service = Service(contest, store, synthetic=True)
        await service.rounds.contest()
        with tqdm(total=contestants, unit=text("cli.unit.people"), delay=2) as bar:
            return await simulate(
                service,
                round_id,
                contestants,
                seed,
                acknowledged=acks,
                close=close,
                progress=bar.update,
            )
    finally:
        await store.close()
