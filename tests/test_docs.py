"""What exists is documented: commands, keys of rules and bank, messages, make targets."""

from __future__ import annotations

import re
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from contest.cli import main
from contest.rules import Rules
from contest.settings import ServerSettings
from contest.ui.paper import HANDLERS
from questions.model import Fact, Source
from questions.types import Question

ROOT = Path(__file__).parent.parent


MODELS = get_args(get_args(Question)[0])


def read(name: str) -> str:
    """Return a file of the checkout."""
    return (ROOT / name).read_text(encoding="utf-8")


def keys_of(model: type[BaseModel]) -> set[str]:
    """Return the names of all fields of a model and of the models inside it."""
    schema = model.model_json_schema(by_alias=True)
    parts = [schema, *schema.get("$defs", {}).values()]
    return {name for part in parts for name in part.get("properties", {})}


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_organisers_guide_or_readme(command: str) -> None:
    """A command that no document names would be found by nobody."""
    documents = read("docs/ban-to-chuc.md") + read("README.md")
    assert re.search(rf"\btimhieu {command}\b|make {command}\b", documents)


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_and_option_has_help(command: str) -> None:
    """`timhieu COMMAND --help` explains each option that isn't its own explanation."""
    found = main.commands[command]
    assert found.help
    plain = {"contestants", "seed", "minutes"}
    for parameter in found.params:
        if parameter.param_type_name == "option" and parameter.name not in plain:
            assert parameter.help, parameter.name


@pytest.mark.parametrize("key", sorted(keys_of(Rules)))
def test_every_key_of_the_rules_is_documented(key: str) -> None:
    """docs/the-le.md lists every key that the_le.yml may have."""
    assert re.search(rf"\b{key}\b", read("docs/the-le.md"))


@pytest.mark.parametrize(
    "key", sorted(keys_of(Source) | keys_of(Fact) | set().union(*map(keys_of, MODELS)))
)
def test_every_key_of_the_bank_is_documented(key: str) -> None:
    """docs/ngan-hang.md lists every key that bank files may have."""
    if key != "topic":  # taken from the file's name
        assert re.search(rf"\b{key}\b", read("docs/ngan-hang.md"))


@pytest.mark.parametrize("field", fields(ServerSettings), ids=lambda field: field.name)
def test_every_limit_of_the_server_is_documented_with_its_default(field: Field[Any]) -> None:
    """docs/ban-to-chuc.md has a row for each variable."""
    name = f"`TIMHIEU_{field.name.upper()}`"
    rows = [line for line in read("docs/ban-to-chuc.md").splitlines() if line.startswith("|")]
    (row,) = [line for line in rows if name in line]
    names, defaults = (part.strip().split(", ") for part in row.split("|")[1:3])
    expected = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
    told = defaults[names.index(name)]
    assert told == (expected if field.default else "không có")


@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_every_message_of_the_page_is_in_the_protocol(kind: str) -> None:
    """docs/protocol.md has a row for each message that the kernel handles."""
    assert f"| `{kind}` |" in read("docs/protocol.md")


def test_make_commands_of_the_readme_exist() -> None:
    """Every `make X` that README or guide shows is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), flags=re.M))
    for name in ("README.md", "docs/ban-to-chuc.md"):
        shown = set(re.findall(r"^\s*(?:\$ )?make ([a-z]+)", read(name), flags=re.M))
        assert shown <= targets, name


def test_links_between_documents_lead_somewhere() -> None:
    """Relative links in Markdown files name files that exist."""
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.name}: {target}"
