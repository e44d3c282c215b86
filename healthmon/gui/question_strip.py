"""This is the place for "Was it real?": asked once of an episode that is over, answered with one click."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from healthmon.gui import icons
from healthmon.gui.buttons import button, icon_button
from healthmon.gui.labels import OneLine, paint_text
from healthmon.gui.lettering import Weight
from healthmon.gui.palette import DARK, Palette
from healthmon.view.care import Question

_MOST_REMEMBERED = 200
ANSWERS = (("true", "Yes, it was real"), ("false", "No, a false alarm"), ("unsure", "Not sure"))


class QuestionStrip(QFrame):
    """Shows one question until it is answered or put away; what was put away is not asked again here."""

    judged = Signal(object, str)  # Question, and "true", "false" or "unsure"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question-strip")
        self.setProperty("look", "card")
        self.setFixedHeight(48)
        self._question: Question | None = None
        self._put_away: dict[str, None] = {}
        self._palette = DARK
        self._icon = QLabel()
        self._icon.setObjectName("question-icon")
        self._asks = OneLine("question-asks", 15, Weight.SEMIBOLD)
        self._asks.show_text("Was it real?")
        self._about = OneLine("question-about", 13)
        self._state = OneLine("question-state", 13, Weight.SEMIBOLD)
        self._buttons = [self._button(place, *answer) for place, answer in enumerate(ANSWERS, start=1)]
        self._close = icon_button("question-close", says="Do not ask this again")
        self._close.clicked.connect(self.put_away)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 10, 0)
        line.setSpacing(10)
        line.addWidget(self._icon)
        line.addWidget(self._asks)
        line.addWidget(self._about, 1)
        line.addWidget(self._state)
        for made in (*self._buttons, self._close):
            line.addWidget(made)
        self.hide()

    @property
    def question(self) -> Question | None:
        """What it asks."""
        return self._question

    def show_question(self, question: Question | None) -> None:
        """Ask this, unless it was put away; None asks nothing."""
        if question is not None and question.episode in self._put_away:
            question = None
        if question == self._question:
            return
        self._question = question
        self.setVisible(question is not None)
        if question is None:
            return
        self.setAccessibleName(f"Was it real? {question.text}")
        self._about.show_text(question.text)
        self._state.show_text(question.state)
        for made in (*self._buttons, self._close):
            made.setVisible(not question.state)

    def answer(self, value: str) -> None:
        """Judge what is asked, if anything is and nobody has answered here."""
        if self._question is not None and not self._question.state:
            self.judged.emit(self._question, value)

    def put_away(self) -> None:
        """Ask this no more in this window."""
        if self._question is None:
            return
        self._put_away[self._question.episode] = None
        if len(self._put_away) > _MOST_REMEMBERED:
            del self._put_away[next(iter(self._put_away))]
        self.show_question(None)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._palette = palette
        self._icon.setPixmap(
            icons.pixmap("circle-question-mark", palette.accent, 20, self.devicePixelRatioF())
        )
        self._close.setIcon(icons.icon("x", palette.muted, 16))
        paint_text(self._asks, palette.text)
        paint_text(self._about, palette.muted)
        paint_text(self._state, palette.warn)

    def _button(self, place: int, value: str, text: str) -> QPushButton:
        made = button(f"question-{value}", text, key=f"Ctrl+{place}")
        made.clicked.connect(partial(self._clicked, value))
        return made

    def _clicked(self, value: str, *_is_on: object) -> None:
        self.answer(value)
