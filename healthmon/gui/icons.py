"""This is the place for icons: bundled line drawings, tinted to the palette and sharp on dense screens."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from healthmon import assets


@cache
def pixmap(name: str, color: str, px: int = 18, ratio: float = 1.0) -> QPixmap:
    """The icon in this colour, `px` logical pixels square. Raises AssetsError for a name we do not ship."""
    drawing = assets.text("icons", f"{name}.svg").replace("currentColor", color)
    picture = QPixmap(round(px * ratio), round(px * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def icon(name: str, color: str, px: int = 18, *, faint: str = "") -> QIcon:
    """The same as a QIcon with a plain and a dense drawing; `faint` is its colour where it is disabled."""
    made = QIcon(pixmap(name, color, px, 1.0))
    made.addPixmap(pixmap(name, color, px, 2.0))
    for ratio in (1.0, 2.0) if faint else ():
        made.addPixmap(pixmap(name, faint, px, ratio), QIcon.Mode.Disabled)
    return made


def forget() -> None:
    """Let go of every picture; called once, before the application object goes."""
    pixmap.cache_clear()
    icon.cache_clear()
