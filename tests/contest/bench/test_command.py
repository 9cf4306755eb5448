"""What `timhieu bench` accepts, and that its words are used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from contest.bench.messages import TEXTS
from contest.cli import main
from contest.commands.bench import CannotBench, read_against, read_think

ROOT = Path(__file__).resolve().parents[3]


def bench(*arguments: str) -> Result:
    """Run a bench."""
    return CliRunner().invoke(main, ["bench", *arguments])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("", []), ("stock", ["stock"]), ("solara, stock,solara", ["solara", "stock"])],
)
def test_rivals_are_read_in_order_and_once(typed: str, expected: list[str]) -> None:
    """None is none."""
    assert read_against(typed) == expected


@pytest.mark.parametrize(("typed", "expected"), [("30-90", (30, 90)), (" 0.5-0.5 ", (0.5, 0.5))])
def test_thought_is_a_range_of_seconds(typed: str, expected: tuple[float, float]) -> None:
    """Fractions are fine."""
    assert read_think(typed) == expected


@pytest.mark.parametrize("typed", ["", "30", "90-30", "0-0", "a-b", "-5-5"])
def test_thought_that_is_no_range_is_refused(typed: str) -> None:
    """The message quotes it."""
    with pytest.raises(CannotBench) as error:
        read_think(typed)
    assert str(error.value).endswith(f"{typed}.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serving", "--visitors", "2", "--against", "django"], "django"),
        (["crowd", "--connected", "2", "--minutes", "1"], "--every"),
        (["crowd", "--connected", "2", "--minutes", "1", "--every", "1", "--think", "1-2"], "một"),
        (["crowd", "--connected", "2", "--minutes", "1", "--think", "2-1"], "2-1"),
        (["cycles", "--count", "5", "--first", "5"], "--first"),
    ],
)
def test_arguments_that_make_no_sense_start_nothing(arguments: list[str], words: str) -> None:
    """One line says why."""
    result = bench(*arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("name", sorted(main.commands["bench"].commands))  # type: ignore[attr-defined]
def test_every_bench_and_option_is_explained_and_documented(name: str) -> None:
    """By --help, and in docs/benchmarks.md."""
    command = main.commands["bench"].commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert [option.name for option in command.params if not option.help] == []
    assert f"timhieu bench {name}" in (ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")


def test_every_text_is_used() -> None:
    """Nothing is translated in vain."""
    sources = {path: "text" for path in (ROOT / "contest/bench").rglob("*.py")}
    sources |= {
        ROOT / "contest/commands/bench.py": "text",
        ROOT / "contest/cli_bench.py": "bench_text",
    }
    used = set()
    for path, name in sources.items():
        if path.stem != "messages":
            used |= set(re.findall(rf'\b{name}\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")))
    assert set(TEXTS) == used
