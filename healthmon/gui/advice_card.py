"""This is the place for the model's advice: a score with its reasons, or why there is none yet.

A rule speaks louder: when one does, the card steps back. Advice is never red: it raises no alarm.
"""

from datetime import datetime, tzinfo

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from healthmon.gui import icons, words
from healthmon.gui.buttons import row
from healthmon.gui.labels import OneLine, label, paint_text, tip
from healthmon.gui.lettering import Weight, capitals, face, one_line
from healthmon.gui.palette import DARK, Palette
from healthmon.view.screen import AdviceCard, Band

NOT_A_DEVICE = "Not a medical device: it can miss problems and be wrong."


class ScoreBar(QWidget):
    """A score of 0 to 100 as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("advice-bar")
        self.setFixedHeight(6)
        self._score, self._colour, self._ground = 0, "", ""

    def show_score(self, score: int, colour: str, ground: str) -> None:
        """Show this score from now on."""
        self._score, self._colour, self._ground = score, colour, ground
        self.setAccessibleName(f"{score} of 100")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(QRectF(0, 0, max(6.0, self.width() * self._score / 100), 6), 3, 3)
        painter.end()


class WholeLines(QScrollArea):
    """A scrolled text that ends with a whole line: half a line above a disclaimer looks like part of it."""

    def __init__(self, text: QLabel) -> None:
        super().__init__()
        self._text = text

    def end_whole(self) -> None:
        """Leave empty what is below the last whole line; called with every tick, once all has its place."""
        begins, line = self._text.y(), self._text.fontMetrics().lineSpacing()
        inside = self.widget()
        hides = inside is not None and inside.height() > self.height() > begins
        rest = (self.height() - begins) % line if hides else 0
        if self.viewportMargins().bottom() != rest:
            self.setViewportMargins(0, 0, 0, rest)


class AdvicePanel(QFrame):
    """Paints one `AdviceCard`."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("advice")
        self.setProperty("look", "card")
        self._zone = zone
        self._palette = DARK
        self._card: AdviceCard | None = None
        self._now: datetime | None = None
        self._icon = QLabel()
        self._icon.setObjectName("advice-icon")
        self._title = OneLine("advice-title", 12, Weight.SEMIBOLD)
        self._when = OneLine("advice-when", 12)
        self._score = label("advice-score", 34, Weight.SEMIBOLD)
        self._band = label("advice-band", 14, Weight.SEMIBOLD)
        self._bar = ScoreBar()
        self._headline = self._wrapped("advice-headline", 13, Weight.MEDIUM)
        self._text = self._wrapped("advice-text", 13, Weight.MEDIUM)
        self._reasons = [self._wrapped(f"advice-reason-{place}", 12) for place in (1, 2)]
        self._badge = self._wrapped("advice-badge", 11)
        self._lay_out()

    def show_advice(self, card: AdviceCard | None, now: datetime) -> None:
        """Show this advice from now on; cheap when nothing changed."""
        self.setVisible(card is not None)
        self._scroll.end_whole()
        if card is None or card == self._card:
            return
        self._card, self._now = card, now
        self.setAccessibleName(f"{card.title}: {one_line(card.headline)}")
        self.setAccessibleDescription(". ".join((one_line(card.text), *card.reasons)))
        self._show_words(card, now)
        self._show_score(card)
        self._colour()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self._colour()
        if self._card is not None:
            self._show_score(self._card)

    def _show_words(self, card: AdviceCard, now: datetime) -> None:
        self._title.show_text(capitals(card.title))
        self._when.show_text("" if card.at is None else words.short_clock(card.at, self._zone, now))
        self._headline.setText(card.headline)
        self._text.setText(card.text)
        for place, reason in enumerate(self._reasons):
            shown = card.reasons[place] if place < len(card.reasons) else ""
            reason.setText(f"•  {shown}")
            reason.setVisible(bool(shown))
        badge = f"{card.badge[:1].upper()}{card.badge[1:].rstrip('.')}. " if card.badge else ""
        self._badge.setText(badge + NOT_A_DEVICE)
        tip(self._badge, f"Model {card.model}" if card.model else "")

    def _show_score(self, card: AdviceCard) -> None:
        has_score = card.score is not None
        self._headline.setFont(face(13, Weight.MEDIUM) if has_score else face(16, Weight.SEMIBOLD))
        for part in (self._score, self._band, self._bar):
            part.setVisible(has_score)
        if card.score is not None:
            self._score.setText(str(card.score))
            self._band.setText(str(card.band or ""))
            self._bar.show_score(card.score, self._band_colour(card), self._palette.line)

    def _band_colour(self, card: AdviceCard) -> str:
        if card.outranked:
            return self._palette.faint
        return self._palette.advice if card.band in {None, Band.USUAL} else self._palette.warn

    def _colour(self) -> None:
        palette, card = self._palette, self._card
        is_back = card is not None and card.outranked
        own = palette.faint if is_back else palette.advice
        self._icon.setPixmap(icons.pixmap("sparkles", own, 16, self.devicePixelRatioF()))
        paint_text(self._title, own)
        paint_text(self._score, palette.faint if is_back else palette.text)
        paint_text(self._band, self._band_colour(card) if card else own)
        for loud in (self._headline, self._text):
            paint_text(loud, palette.muted if is_back else palette.text)
        for part in (self._when, *self._reasons):
            paint_text(part, palette.muted)
        paint_text(self._badge, palette.faint)

    def _wrapped(self, name: str, px: int, weight: Weight = Weight.REGULAR) -> QLabel:
        made = label(name, px, weight)
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return made

    def _lay_out(self) -> None:
        top = row(7)
        top.addWidget(self._icon)
        top.addWidget(self._title, 1)
        top.addWidget(self._when)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._band)
        beside.addWidget(self._headline)
        score = row(12)
        score.addWidget(self._score)
        score.addLayout(beside, 1)
        inside = QWidget()
        inside.setObjectName("advice-inside")
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 4, 0)
        body.setSpacing(6)
        body.addLayout(score)
        for part in (self._bar, self._text, *self._reasons):
            body.addWidget(part)
        body.addStretch(1)
        scroll = self._scroll = WholeLines(self._text)
        scroll.setObjectName("advice-scroll")
        scroll.setAccessibleName("Advice")
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 12, 10, 10)
        lines.setSpacing(6)
        lines.addLayout(top)
        lines.addWidget(scroll, 1)
        lines.addWidget(self._badge)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for two sentences and two reasons."""
        return QSize(252, 268)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        """No: what does not fit scrolls, whatever the labels inside would like."""
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """May be squeezed; what does not fit scrolls."""
        return QSize(180, 150)
