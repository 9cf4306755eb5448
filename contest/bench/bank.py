"""How long a large bank takes: reading, checking, advice, beside plain YAML parsing."""

from __future__ import annotations

import json
import os
import platform
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML

from contest.bench.messages import text
from contest.directory import RULES_FILE, ContestDirectory
from contest.sample import init_directory
from questions.lint import lint
from questions.load import BANKS, load_bank, read_bank
from questions.yaml_lines import parse_yaml

KIT_BANK = "dai_hoi_xiv"
FOLDER = "ngan_hang"
BEST_OF = 3
_STEM = re.compile(r"^    stem: (?:>-\n      )?", re.MULTILINE)
_HASH = re.compile(r"hash: [0-9a-f]{64}")
WORDS = {
    "plain_c": text("bank.plain_c"),
    "plain_python": text("bank.plain_python"),
    "plain_ruamel": text("bank.plain_ruamel"),
    "with_lines": text("bank.with_lines"),
    "load": text("bank.load"),
    "check": text("bank.check"),
    "lint": text("bank.lint"),
}
"""What each figure is called."""
SAMPLE_DAY = 1_795_395_600_000
"""Any day: the files that are measured don't depend on it."""


def bench_bank(questions: int, best_of: int = BEST_OF) -> dict[str, Any]:
    """Measure a bank of so many questions, made from the kit's own.

    Every figure is the best of `best_of` runs in this process, in seconds. `plain_c` and
    `plain_python` are PyYAML's safe loaders and `plain_ruamel` is ruamel's (one run each of the
    slow ones), for the same files: parsing only, no lines, no models, no checks.

    Returns
    -------
    dict
        `questions`, `files`, `bytes`, `seconds`, `advice`, `machine`.
    """
    with tempfile.TemporaryDirectory(prefix="timhieu-") as name:
        directory = ContestDirectory(Path(name) / "thi")
        folder = write_large_bank(directory, questions)
        files = sorted(folder.glob("*.yml"))
        texts = [file.read_text(encoding="utf-8") for file in files]
        read = read_bank(folder)
        if read.bank is None or read.errors:
            raise RuntimeError(f"the measured bank has errors: {read.errors[:3]}")
        bank = read.bank
        seconds = {
            "plain_c": _best(lambda: [yaml.load(t, Loader=_fast_loader()) for t in texts], best_of),
            "plain_python": _best(lambda: [yaml.safe_load(t) for t in texts], 1),
            "plain_ruamel": _best(lambda: [YAML(typ="safe", pure=True).load(t) for t in texts], 1),
            "with_lines": _best(lambda: [parse_yaml(t, "") for t in texts], best_of),
            "load": _best(lambda: load_bank(folder), best_of),
            "check": _best(directory.read, best_of),
            "lint": _best(lambda: lint(bank, read.places), best_of),
        }
        return {
            "questions": len(bank.questions),
            "files": len(files),
            "bytes": sum(file.stat().st_size for file in files),
            "seconds": {key: round(value, 3) for key, value in seconds.items()},
            "advice": len(lint(bank, read.places)),
            "machine": _machine(),
        }


def as_json(figures: dict[str, Any]) -> str:
    """Return the figures as JSON."""
    return json.dumps(figures, ensure_ascii=False, indent=2)


def told(figures: dict[str, Any]) -> str:
    """Return the figures as lines to read."""
    sizes = {key: figures[key] for key in ("questions", "files", "bytes")}
    lines = [text("bank.sizes", **sizes)]
    for key, seconds in figures["seconds"].items():
        shown = f"{seconds:.2f}".replace(".", ",")
        lines.append(text("bank.seconds", what=WORDS[key], seconds=shown))
    return "\n".join(lines)


def _fast_loader() -> type[Any]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _best(work: Callable[[], Any], runs: int) -> float:
    """Return the shortest time of several runs in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "processor": platform.machine(),
        "pyyaml": yaml.__version__,
        "libyaml": hasattr(yaml, "CSafeLoader"),
    }


def write_large_bank(directory: ContestDirectory, questions: int) -> Path:
    """Write a sample contest whose own bank has so many questions; return the bank's folder.

    The kit's questions are repeated with other ids and a mark in each stem, so that they stay of
    the length, the types and the spread over topics that authors write.
    """
    init_directory(directory.path, SAMPLE_DAY)
    rules = directory.path / RULES_FILE
    rules.write_text(
        rules.read_text(encoding="utf-8").replace(f"kit:{KIT_BANK}", FOLDER), encoding="utf-8"
    )
    folder, kit = directory.path / FOLDER, BANKS / KIT_BANK
    folder.mkdir()
    for name in ("bank.yml", "sources.yml", "facts.yml"):
        (folder / name).write_bytes((kit / name).read_bytes())
    blocks = [(path.name, block) for path in _topics(kit) for block in _blocks(path)]
    copies = (
        (name, _copy(block, copy)) for copy, (name, block) in product(range(questions), blocks)
    )
    written: dict[str, list[str]] = {path.name: [] for path in _topics(kit)}
    for name, block in islice(copies, questions):
        written[name].append(block)
    _write(folder, written)
    _stamp(folder, written)
    return folder


def _write(folder: Path, written: dict[str, list[str]]) -> None:
    for name, blocks in written.items():
        listed = ":\n" + "\n".join(blocks) if blocks else ": []\n"
        (folder / name).write_text(f"version: 1\nquestions{listed}", encoding="utf-8")


def _stamp(folder: Path, written: dict[str, list[str]]) -> None:
    """Give every question the stamp for its content, as a reviewed bank has it."""
    bank = read_bank(folder).bank
    if bank is None:
        raise RuntimeError("the measured bank can't be read")
    hashes = iter([bank.reviewed_hash(question) for question in bank.questions])
    for topic in bank.topics:
        name = f"{topic.id}.yml"
        written[name] = [_HASH.sub(f"hash: {next(hashes)}", block) for block in written[name]]
    _write(folder, written)


def _topics(kit: Path) -> list[Path]:
    known = {"bank.yml", "sources.yml", "facts.yml"}
    return sorted(path for path in kit.glob("*.yml") if path.name not in known)


def _blocks(path: Path) -> Iterator[str]:
    """Yield the text of each question of a file in canonical form."""
    _, *blocks = path.read_text(encoding="utf-8").split("\n  - id: ")
    for block in blocks:
        yield f"  - id: {block.rstrip()}\n"


def _copy(block: str, copy: int) -> str:
    """Return the text of a question under another id, asking for something else."""
    if not copy:
        return block
    first, rest = block.split("\n", 1)
    mark = text("bank.copy", n=copy)
    return f"{first}.{copy}\n" + _STEM.sub(lambda match: f"{match[0]}{mark} ", rest, count=1)
