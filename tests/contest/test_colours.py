"""Contrast of an organiser's colours: judged pair by pair, with a shade that passes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contest.colours import PAIRS, Own, completed, contrast, failing, nearest, tokens

THEMES: tuple[Own, ...] = ("light", "dark")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def reckoned(one: str, other: str) -> float:
    """Return WCAG 2.2's contrast ratio, as its text has it."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        lights.append(sum(c * w for c, w in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)))
    return (max(lights) + 0.05) / (min(lights) + 0.05)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#FFFFFF", "#000000", 21), ("#A61E22", "#FFFFFF", 7.42), ("#1C1B1A", "#FBEDEC", 15.09)],
)
def test_contrast_is_what_the_design_states(one: str, other: str, ratio: float) -> None:
    """Either way round."""
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@pytest.mark.parametrize("theme", THEMES)
def test_the_kits_own_colours_pass(theme: Own) -> None:
    """All four, in the light and in the dark."""
    kits = {token: tokens(theme)[token] for token in PAIRS}
    assert list(failing(theme, kits)) == []
    assert completed(theme, kits) == kits


@pytest.mark.parametrize("theme", THEMES)
@example(accent="#FFFF00")
@example(accent="#161514")
@given(accent=COLOURS)
def test_any_accent_makes_four_colours_that_can_be_read(theme: Own, accent: str) -> None:
    """Whatever the accent, every pair of the design has its contrast."""
    found = completed(theme, {"accent": accent})
    known = {**tokens(theme), **found}
    for token, pairs in PAIRS.items():
        for beside, least in pairs:
            assert reckoned(known[token], known[beside]) >= least, (token, beside)


@pytest.mark.parametrize("theme", THEMES)
@given(accent=COLOURS)
def test_a_colour_fails_exactly_where_a_pair_fails(theme: Own, accent: str) -> None:
    """The one that is named instead passes; one that passes stays as it is."""
    known = tokens(theme)
    bad = [other for other, least in PAIRS["accent"] if reckoned(accent, known[other]) < least]
    found = list(failing(theme, {"accent": accent}))
    assert bool(found) == bool(bad)
    better = nearest(theme, "accent", accent, {})
    assert list(failing(theme, {"accent": better})) == []
    if bad:
        assert (found[0].token, found[0].nearest) == ("accent", better)
        assert found[0].beside in bad
    else:
        assert better == accent


def test_nearest_is_nearest() -> None:
    """One step less of black doesn't pass."""
    better = nearest("light", "accent", "#FFCC00", {})
    parts = [int(better[at : at + 2], 16) for at in (1, 3, 5)]
    lighter = "#" + "".join(f"{min(255, part + (part > 0) * 2):02X}" for part in parts)
    assert reckoned(better, "#FFFFFF") >= 4.5 > reckoned(lighter, "#FFFFFF")


def test_each_colour_is_judged_beside_the_others() -> None:
    """A tint like the accent hides what is chosen."""
    stated = {"accent": "#0B5394", "tint": "#0B5394"}
    (one,) = failing("light", stated)
    assert (one.token, one.beside) == ("tint", "link")
    assert reckoned(one.nearest, "#1C1B1A") >= 4.5
