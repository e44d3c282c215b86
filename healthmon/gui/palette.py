"""This is the place for colours: two palettes, dark and light, and nothing that knows Qt.

A colour never says anything alone: beside it stands a shape or a word. No parameter is pure red, yellow
or cyan, because those are alarm colours (IEC-style). tests/gui/test_palette.py holds every text colour at a
contrast of 4.5 or more on every surface it is used on (WCAG 2.1, success criterion 1.4.3).
"""

from dataclasses import dataclass

from healthmon.view.screen import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """An alarm's colours: the surface, its brighter half-second, what is written on it, and its pill."""

    surface: str
    flash: str
    text: str
    soft: str  # secondary text on the surface
    pill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Every colour of the window, as #rrggbb."""

    name: str
    window: str
    panel: str
    card: str
    raised: str  # buttons, selected rows
    line: str
    grid: str
    plot: str
    text: str
    muted: str
    faint: str
    heart: str
    oxygen: str
    coffee: str
    advice: str
    good: str
    crit: str
    warn: str
    low: str
    accent: str  # focus and selection
    selected: str
    band: str  # wash outside the limits
    high_fill: Fill
    medium_fill: Fill
    low_fill: Fill

    def fill(self, priority: Priority) -> Fill:
        """The filled colours of an alarm of this priority."""
        return {
            Priority.HIGH: self.high_fill,
            Priority.MEDIUM: self.medium_fill,
            Priority.LOW: self.low_fill,
        }[priority]

    def taken(self, priority: Priority) -> Fill:
        """The same, calmer, once somebody has taken it: coloured words and edge, no coloured surface."""
        loud = self.loud(priority)
        return Fill(surface=self.panel, flash=loud, text=loud, soft=self.muted, pill=self.raised)

    def loud(self, priority: Priority | None) -> str:
        """The text colour of a thing of this priority, on a calm surface."""
        if priority is None:
            return self.text
        return {Priority.HIGH: self.crit, Priority.MEDIUM: self.warn, Priority.LOW: self.low}[priority]

    def quantity(self, name: str) -> str:
        """The colour of a quantity: a trace and its label, never a state."""
        return {"HR": self.heart, "SPO2": self.oxygen}.get(name, self.text)


DARK = Palette(
    name="dark",
    window="#090d12",
    panel="#10161e",
    card="#151d27",
    raised="#1b2531",
    line="#24303d",
    grid="#17202a",
    plot="#0b1017",
    text="#e8eef5",
    muted="#9dabba",
    faint="#8795a5",
    heart="#4ade80",
    oxygen="#38bdf8",
    coffee="#f0b267",
    advice="#c4a7ff",
    good="#4ade80",
    crit="#ff5c65",
    warn="#ffc94a",
    low="#6fd6e6",
    accent="#6cb2ff",
    selected="#1a2c41",
    band="#ff4d57",
    high_fill=Fill(surface="#a11220", flash="#c4172a", text="#ffffff", soft="#ffe1e3", pill="#6d0a14"),
    medium_fill=Fill(surface="#ffc94a", flash="#ffc94a", text="#1c1400", soft="#3d2e00", pill="#ffe3a0"),
    low_fill=Fill(surface="#12313a", flash="#12313a", text="#d9f6fb", soft="#a9dbe4", pill="#1d4a56"),
)

LIGHT = Palette(
    name="light",
    window="#e9eef3",
    panel="#ffffff",
    card="#ffffff",
    raised="#eef3f8",
    line="#ccd6e0",
    grid="#e6ecf2",
    plot="#fbfcfe",
    text="#0f1a26",
    muted="#45535f",
    faint="#566472",
    heart="#0f7038",
    oxygen="#0a62a3",
    coffee="#8a4f08",
    advice="#6236b5",
    good="#0f7038",
    crit="#bd0f22",
    warn="#7a5100",
    low="#0b6474",
    accent="#1f6fd0",
    selected="#dcebfb",
    band="#d3132a",
    high_fill=Fill(surface="#b5152a", flash="#d21f38", text="#ffffff", soft="#ffe9eb", pill="#7d0a18"),
    medium_fill=Fill(surface="#ffc94a", flash="#ffc94a", text="#1c1400", soft="#3d2e00", pill="#ffe3a0"),
    low_fill=Fill(surface="#d5f1f6", flash="#d5f1f6", text="#07333c", soft="#154a55", pill="#aee2eb"),
)

PALETTES = {palette.name: palette for palette in (DARK, LIGHT)}
