"""How an organiser's pages look: `giao_dien.yml` beside the rules, with colours, logo and a line.

All of it may be left out, and so may the file. The texts of problems are the contest's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from contest.colours import Own, completed, failing, tokens
from contest.messages import problem, text
from contest.numbers import shown_number
from questions.canonical import sha256
from questions.model import Picture
from questions.pictures import PictureRefused, look_at
from questions.problems import Problem, make
from questions.strict import Strict, Text, validate
from questions.yaml_lines import YamlFile, read_yaml

APPEARANCE_FILE = "giao_dien.yml"

MAX_LOGO_BYTES = 100_000
"""It is on every page: what a slow line loads in a second or two."""

MIN_LOGO, MAX_LOGO = 40, 1000
"""Pixels of its height, and of its longer side."""

LOGO_HEIGHT = 40
"""CSS pixels that it is shown with."""


def _colour(value: object) -> str:
    if isinstance(value, str) and re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        return value.upper()
    raise ValueError("colour")


Colour = Annotated[str, BeforeValidator(_colour)]
"""`#A61E22`, in capital letters."""


class ThemeColours(Strict):
    """The colours of one theme; what isn't stated comes from the accent.

    Attributes
    ----------
    accent : str
        Main button, outline of what is chosen, progress.
    accent_strong : str or None
        The main button under the pointer.
    tint : str or None
        The ground of what is chosen.
    link : str or None
    """

    accent: Colour
    accent_strong: Colour | None = None
    tint: Colour | None = None
    link: Colour | None = None

    def stated(self) -> dict[str, str]:
        """Return the stated colours by token."""
        return {
            name.replace("_", "-"): colour
            for name, colour in self.model_dump().items()
            if colour is not None
        }


class Colours(Strict):
    """Colours of the light theme, and of the dark one: without them, from the light one's accent.

    The theme of high contrast keeps the kit's.
    """

    light: ThemeColours
    dark: ThemeColours | None = None


class Logo(Strict):
    """A picture in the contest's folder, and what it is to whoever doesn't see it."""

    file: Annotated[str, Field(pattern=r"^[^/\\.][^/\\]*$", max_length=100)]
    alt: Annotated[Text, Field(max_length=120)]


class AppearanceRules(Strict):
    """What `giao_dien.yml` holds. `version` is that of the format.

    `footer`: a line at the foot of every page, such as who organises and where to ask.
    """

    version: Literal[1]
    colours: Colours | None = None
    logo: Logo | None = None
    footer: Annotated[Text, Field(max_length=300)] | None = None


@dataclass(frozen=True)
class Appearance:
    """What pages are given: a stylesheet, a logo, a line; each empty or None where there is none.

    Attributes
    ----------
    css : str
        Sets the four colours and nothing else.
    logo : Picture or None
    logo_data : bytes
        The picture itself.
    logo_alt, footer : str
    """

    css: str = ""
    logo: Picture | None = None
    logo_data: bytes = b""
    logo_alt: str = ""
    footer: str = ""

    @property
    def css_hash(self) -> str:
        """SHA-256 of the stylesheet."""
        return sha256(self.css.encode())

    @property
    def logo_size(self) -> tuple[int, int]:
        """Width and height that the logo is shown with, CSS pixels."""
        if self.logo is None:
            return 0, 0
        return max(1, round(self.logo.width * LOGO_HEIGHT / self.logo.height)), LOGO_HEIGHT


KITS_OWN = Appearance()
"""Where nothing is stated."""


def read_appearance(folder: Path) -> tuple[Appearance, list[Problem]]:
    """Read how a contest's pages look; without a file, as the kit's own.

    Returns
    -------
    (Appearance, list of Problem)
        The kit's own where there is any problem.
    """
    path = folder / APPEARANCE_FILE
    if not path.exists():
        return KITS_OWN, []
    file, problems = read_yaml(path, APPEARANCE_FILE)
    stated = None
    if file is not None:
        stated, found = validate(AppearanceRules, file, file.data)
        problems += found
    if file is None or stated is None:
        return KITS_OWN, problems
    logo, data, found = _logo(folder, file, stated.logo)
    problems += [*found, *_failing(file, stated.colours)]
    if problems:
        return KITS_OWN, problems
    css = stylesheet(stated.colours) if stated.colours else ""
    alt = stated.logo.alt if stated.logo else ""
    return Appearance(css, logo, data, alt, stated.footer or ""), []


def _failing(file: YamlFile, colours: Colours | None) -> Iterator[Problem]:
    if colours is None:
        return
    themes: list[tuple[Own, ThemeColours | None]] = [
        ("light", colours.light),
        ("dark", colours.dark),
    ]
    for theme, stated in themes:
        for one in failing(theme, stated.stated()) if stated else ():
            name = one.token.replace("-", "_")
            yield problem(
                "appearance.contrast",
                file.name,
                file.line(("colours", theme, name)),
                name=name,
                colour=one.colour,
                beside=text(f"appearance.beside.{one.beside}"),
                other=one.other,
                ratio=shown_number(Decimal(int(one.ratio * 100)) / 100),
                least=shown_number(Decimal(str(one.least))),
                nearest=one.nearest,
            )


def _logo(
    folder: Path, file: YamlFile, stated: Logo | None
) -> tuple[Picture | None, bytes, list[Problem]]:
    """Return the logo as it is shown, and its bytes."""
    if stated is None:
        return None, b"", []
    line = file.line(("logo", "file"))
    path = folder / stated.file
    try:
        if path.is_symlink():
            raise FileNotFoundError(path)
        picture, data = look_at(path), path.read_bytes()
    except PictureRefused as error:
        return None, b"", [make(error.code, file.name, line, **error.values)]
    except OSError:
        return None, b"", [problem("appearance.logo_missing", file.name, line, logo=stated.file)]
    found = list(_too_large(file, line, picture, data))
    if sha256(data) != picture.hash:
        found.append(make("picture.changed", file.name, line))
    return (None, b"", found) if found else (picture, data, [])


def _too_large(file: YamlFile, line: int, picture: Picture, data: bytes) -> Iterator[Problem]:
    if len(data) > MAX_LOGO_BYTES:
        yield problem(
            "appearance.logo_heavy", file.name, line,
            kb=-(-len(data) // 1000), most=MAX_LOGO_BYTES // 1000,
        )  # fmt: skip
    if max(picture.width, picture.height) > MAX_LOGO or picture.height < MIN_LOGO:
        yield problem(
            "appearance.logo_size", file.name, line,
            width=picture.width, height=picture.height, least=MIN_LOGO, most=MAX_LOGO,
        )  # fmt: skip


def stylesheet(colours: Colours) -> str:
    """Return the sheet that comes after the kit's: the same blocks in the same order.

    On paper nothing is set, so that print stays black on white.
    """
    light = completed("light", colours.light.stated())
    dark = completed("dark", (colours.dark or _in_the_dark(colours.light)).stated())
    kits = {token: tokens("contrast")[token] for token in light}
    own = "html.th-page:not([data-theme])"
    return "\n".join(
        [
            "@media screen {",
            _block(":root", light),
            _block('[data-theme="dark"]', dark),
            _block('[data-theme="contrast"]', kits),
            "}",
            f"@media screen and (prefers-color-scheme: dark) {{\n{_block(own, dark)}\n}}",
            f"@media screen and (prefers-contrast: more) {{\n{_block(own, kits)}\n}}",
            "",
        ]
    )


def _in_the_dark(light: ThemeColours) -> ThemeColours:
    accent = completed("dark", {"accent": light.accent})["accent"]
    return ThemeColours(accent=accent)


def _block(selector: str, colours: dict[str, Any]) -> str:
    held = " ".join(f"--{token}: {colour};" for token, colour in colours.items())
    return f"{selector} {{ {held} }}"
