"""What the colours promise: everything that is written can be read."""

import pytest

from healthmon.gui.palette import DARK, LIGHT, Fill, Palette
from healthmon.view.screen import Priority

PALETTES = pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda palette: palette.name)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def washed(palette: Palette, share: float = 0.08) -> str:
    """The plot's ground beyond a limit."""
    parts = [
        round(
            share * int(palette.band[place : place + 2], 16)
            + (1 - share) * int(palette.plot[place : place + 2], 16)
        )
        for place in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@PALETTES
@pytest.mark.parametrize("surface", ["window", "panel", "card", "raised", "plot", "selected"])
@pytest.mark.parametrize(
    "ink", ["text", "muted", "faint", "heart", "oxygen", "coffee", "advice", "good", "crit", "warn", "low"]
)
def test_every_ink_is_legible_on_every_surface(palette: Palette, surface: str, ink: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, surface)) >= 4.5


@PALETTES
@pytest.mark.parametrize("ink", ["heart", "oxygen", "crit", "warn", "muted"])
def test_inks_are_legible_beyond_the_limits(palette: Palette, ink: str) -> None:
    assert contrast(getattr(palette, ink), washed(palette)) >= 4.5


def fills(palette: Palette) -> list[Fill]:
    return [palette.fill(priority) for priority in Priority] + [
        palette.taken(priority) for priority in Priority
    ]


@PALETTES
@pytest.mark.parametrize("place", range(6))
def test_alarms_are_legible_bright_and_dark(palette: Palette, place: int) -> None:
    fill = fills(palette)[place]
    grounds = [fill.surface, fill.pill] if place >= 3 else [fill.surface, fill.flash, fill.pill]

    assert min(contrast(fill.text, ground) for ground in grounds) >= 4.5


@PALETTES
@pytest.mark.parametrize("place", range(6))
def test_the_small_words_of_an_alarm_are_legible(palette: Palette, place: int) -> None:
    fill = fills(palette)[place]

    grounds = [fill.surface] if place >= 3 else [fill.surface, fill.flash]

    assert min(contrast(fill.soft, ground) for ground in grounds) >= 4.5


@PALETTES
def test_focus_is_seen_on_every_surface(palette: Palette) -> None:
    surfaces = (palette.window, palette.panel, palette.card, palette.raised)

    assert min(contrast(palette.accent, surface) for surface in surfaces) >= 3.0  # WCAG 2.1, 1.4.11
