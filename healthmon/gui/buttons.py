"""This is the place for buttons: each with a name to find it by, words to say it by, and its key."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from healthmon.gui.labels import tip
from healthmon.gui.lettering import Weight, face


def button(name: str, text: str, *, says: str = "", key: str = "") -> QPushButton:
    """A push button; `says` is what a screen reader calls it when the text alone is not enough."""
    made = QPushButton(text)
    _dress(made, name, says or text, key)
    return made


def quiet_button(name: str, text: str, *, says: str = "", key: str = "") -> QPushButton:
    """A button without a frame until it is touched or on."""
    made = button(name, text, says=says, key=key)
    made.setProperty("look", "quiet")
    return made


def icon_button(name: str, *, says: str, key: str = "") -> QPushButton:
    """A square button that shows only an icon."""
    made = button(name, "", says=says, key=key)
    made.setProperty("look", "square")
    made.setIconSize(QSize(16, 16))
    return made


def card(name: str, says: str) -> QFrame:
    """A rounded panel: what the window is made of."""
    made = QFrame()
    made.setObjectName(name)
    made.setAccessibleName(says)
    made.setProperty("look", "card")
    return made


def column(margin: int, gap: int) -> QVBoxLayout:
    """A vertical layout with these distances."""
    made = QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    return made


def row(gap: int) -> QHBoxLayout:
    """A horizontal layout without margins."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(gap)
    return made


def _dress(made: QPushButton, name: str, says: str, key: str) -> None:
    made.setObjectName(name)
    made.setAccessibleName(says)
    made.setFont(face(13, Weight.SEMIBOLD))
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    tip(made, f"{says} ({key})" if key else says)
