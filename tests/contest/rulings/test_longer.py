"""What everybody reads of a round that a ruling made longer: its page of rules, its documents."""

from __future__ import annotations

import asyncio
from pathlib import Path

from contest.directory import ContestDirectory
from contest.documents_rules import Documents
from contest.papers.context import make_context
from contest.papers.result import read_result
from contest.papers.words import moment as in_papers
from contest.results import Gathered, gather
from contest.rounds import EXPIRE_SETTLE_MS
from contest.rules_text.articles import articles
from contest.rules_text.model import Items
from contest.rules_text.words import moment as in_rules
from contest.service import Service
from grading import grade, write_results
from grading.manifest import manifest_text
from tests.contest.rulings.helpers import in_loop, make
from tests.factories import CLOSES, HOUR, MINUTE, OPENS, ROUND, begin, opened

LATER = CLOSES + HOUR


async def gathered_of(service: Service) -> Gathered:
    """Return what the round's result is made from."""
    return await gather(service.rounds, service.store, [ROUND])


async def written(service: Service, out: Path) -> str:
    """Grade into a folder; return how its documents say when the round was."""
    found = await gathered_of(service)
    results = grade(found.attempts, found.answers, found.people, found.rounds)
    await asyncio.to_thread(write_results, out, results, found.extras, found.meta)
    (told,) = make_context(read_result(out), Documents()).values["cac_ky"]
    return told["thoi_gian"]


@in_loop
async def test_page_of_rules_says_when_the_round_closes_now(directory: ContestDirectory) -> None:
    """As the entry page does."""
    async with opened(directory) as service:
        await make(service, "extend", CLOSES - MINUTE, round_id=ROUND, minutes="60")
        known = service.rounds.known()
        rules = await service.rounds.as_held(known.rules, CLOSES + MINUTE)
        assert rules.round(ROUND).closes_at == LATER
        topics = {topic.id: topic.title for topic in known.bank.topics}
        lines = [
            line
            for article in articles(rules, topics)
            for block in article.blocks
            if isinstance(block, Items)
            for line in block.lines
        ]
        assert any(in_rules(LATER) in line for line in lines)
        assert not any(in_rules(CLOSES) in line for line in lines)


@in_loop
async def test_documents_say_until_when_the_round_was_held(directory: ContestDirectory) -> None:
    """By the result's manifest; where it has no window, as the rules say."""
    async with opened(directory) as service:
        await begin(service, 1, at=OPENS)
        await service.rounds.tick(OPENS + HOUR)
        out = directory.path.with_name("ra")
        assert (await written(service, out)).endswith(in_papers(CLOSES))
        await make(service, "extend", CLOSES - MINUTE, round_id=ROUND, minutes="60")
        await service.rounds.tick(LATER + EXPIRE_SETTLE_MS)
        assert (await written(service, out)).endswith(in_papers(LATER))


@in_loop
async def test_manifest_names_a_window_only_where_rulings_made_it_longer(
    directory: ContestDirectory,
) -> None:
    """Taken back, it is as the rules say, and the manifest as ever."""
    async with opened(directory) as service:
        await begin(service, 1, at=OPENS)
        found = await gathered_of(service)
        assert found.meta.rounds[ROUND].window is None
        await make(service, "extend", OPENS + MINUTE, round_id=ROUND, minutes="60")
        longer = await gathered_of(service)
        assert longer.meta.rounds[ROUND].window == (OPENS, LATER)
        results = grade(longer.attempts, longer.answers, longer.people, longer.rounds)
        assert '"window": {' in manifest_text(longer.meta, results, {})
        await make(service, "undo", OPENS + 2 * MINUTE, number="1")
        again = await gathered_of(service)
        assert again.meta.rounds[ROUND].window is None
        assert "window" not in manifest_text(again.meta, results, {})
