"""This is the place for what must not be overlooked: not recording, starting, replay, a window that fails."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel

from healthmon.gui import far, icons, words
from healthmon.gui.labels import OneLine, label, paint_text
from healthmon.gui.lettering import Weight, face
from healthmon.gui.palette import DARK, Fill, Palette
from healthmon.view.screen import Connection, Recording


class Tone(StrEnum):
    """How loud a banner is."""

    GRAVE = "grave"
    WORRIED = "worried"
    CALM = "calm"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a banner says."""

    tone: Tone
    icon: str
    headline: str
    detail: str


def notice_of(connection: Connection, zone: tzinfo | None, now: datetime, failure: str = "") -> Notice | None:
    """What has to be said about recording, if anything. A failure of the window itself comes first."""
    if failure:
        return Notice(Tone.GRAVE, "octagon-alert", "THIS WINDOW HAS STOPPED FOLLOWING", failure)
    since = f" since {words.short_clock(connection.since, zone, now)}" if connection.since else ""
    if connection.recording is Recording.NOT_RECORDING:
        detail = connection.problem or "Readings are not being kept. Alarms do not sound."
        return Notice(Tone.GRAVE, "octagon-alert", f"NOT RECORDING{since}", detail)
    if connection.problem:
        headline = "SOMETHING IS WRONG" if connection.broker_up else "NO READINGS ARRIVE"
        return Notice(Tone.WORRIED, "triangle-alert", headline, connection.problem)
    if connection.recording is Recording.STARTING:
        return Notice(
            Tone.CALM, "hourglass", "STARTING", "The recorder is starting. Readings appear in a moment."
        )
    if connection.recording is Recording.REPLAY:
        return Notice(
            Tone.CALM, "play", "REPLAY", "This is a recording, not what happens now. No alarm sounds."
        )
    return None


class Banner(QFrame):
    """A strip above everything else, hidden while all is well."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._zone = zone
        self._palette = DARK
        self._notice: Notice | None = None
        self._far = far.px(768)
        self._icon = QLabel()
        self._icon.setObjectName("banner-icon")
        self._headline = OneLine("banner-headline", 20, Weight.SEMIBOLD)
        self._detail = label("banner-detail", 14, Weight.MEDIUM)
        self._detail.setWordWrap(True)
        self._lines = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lines.addWidget(self._headline)
        self._lines.addWidget(self._detail, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(18, 10, 18, 10)
        line.setSpacing(16)
        line.addWidget(self._icon)
        line.addLayout(self._lines, 1)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What it says now."""
        return self._notice

    def show_notice(self, notice: Notice | None) -> bool:
        """Say this from now on, or nothing; tells whether that is something new."""
        if notice == self._notice:
            return False
        self._notice = notice
        self.setVisible(notice is not None)
        if notice is not None:
            self._headline.show_text(notice.headline)
            self._detail.setText(notice.detail)
            self._shape(notice.tone)
            self.setAccessibleName(f"{notice.headline}. {notice.detail}")
            self._colour(notice)
        return notice is not None

    def scale(self, font_px: int) -> None:
        """Letters for a wall are this large: what is grave is written in them."""
        self._far = font_px
        if self._notice is not None:
            self._shape(self._notice.tone)

    @property
    def is_grave(self) -> bool:
        """Whether it needs the wall for itself."""
        return self._notice is not None and self._notice.tone is Tone.GRAVE

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        if self._notice is not None:
            self._colour(self._notice)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the ground."""
        if self._notice is None:
            return
        fill = self._fill(self._notice)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(fill.flash))
        painter.setBrush(QColor(fill.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        painter.end()

    def _shape(self, tone: Tone) -> None:
        """Calm words take one line, others two and a large icon; grave ones are read from afar."""
        direction, is_calm = QBoxLayout.Direction, tone is Tone.CALM
        large = self._far if tone is Tone.GRAVE else 20
        self._lines.setDirection(direction.LeftToRight if is_calm else direction.TopToBottom)
        self._lines.setSpacing(14 if is_calm else 2)
        self._headline.setFont(face(15 if is_calm else large, Weight.SEMIBOLD))
        self._headline.updateGeometry()

    def _fill(self, notice: Notice) -> Fill:
        fills = (self._palette.high_fill, self._palette.medium_fill, self._palette.low_fill)
        return dict(zip(Tone, fills, strict=True))[notice.tone]

    def _colour(self, notice: Notice) -> None:
        fill = self._fill(notice)
        self._icon.setPixmap(
            icons.pixmap(
                notice.icon, fill.text, 20 if notice.tone is Tone.CALM else 32, self.devicePixelRatioF()
            )
        )
        paint_text(self._headline, fill.text)
        paint_text(self._detail, fill.soft)
        self.update()
