"""This is the place for type: one bundled family, a handful of sizes, figures that do not jump.

Sizes are pixels of a 96 dpi screen; Qt scales them on dense ones. Fonts are shared: never change one.
"""

from enum import IntEnum
from functools import cache

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from healthmon import assets

FAMILY = "Inter"


class Weight(IntEnum):
    """The three weights that are bundled."""

    REGULAR = 400
    MEDIUM = 500
    SEMIBOLD = 600


def load() -> int:
    """Register the bundled fonts with Qt and tell how many there are; needs a QGuiApplication."""
    names = assets.names("fonts", suffix=".ttf")
    for name in names:
        QFontDatabase.addApplicationFontFromData(QByteArray(assets.data("fonts", name)))
    return len(names)


@cache
def face(px: int, weight: Weight = Weight.REGULAR, *, figures: bool = False, caps: bool = False) -> QFont:
    """The font of this size and weight.

    `figures` gives every digit one width, for numbers that tick in place; `caps` spaces letters for small
    capital headings. Giant digits take neither: proportional ones look better alone.
    """
    font = QFont(FAMILY)
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight.value))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    if caps:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
    return font


@cache
def metrics(px: int, weight: Weight = Weight.REGULAR, *, figures: bool = False) -> QFontMetricsF:
    """How wide and tall that font writes."""
    return QFontMetricsF(face(px, weight, figures=figures))


def capitals(text: str) -> str:
    """A heading in capitals; a word that is written its own way stays so: SpO₂."""
    return " ".join(word if word[1:] != word[1:].lower() else word.upper() for word in text.split())


def sentence(text: str) -> str:
    """Words that stand alone begin with a capital."""
    return text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """Foreign text on one line: line breaks and tabs become spaces."""
    return " ".join(text.split())
