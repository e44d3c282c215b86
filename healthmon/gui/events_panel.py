"""This is the place for the event table with its filter: what happened, newest first."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLineEdit, QTableView, QVBoxLayout

from healthmon.gui import icons
from healthmon.gui.buttons import row
from healthmon.gui.event_painter import EventPainter
from healthmon.gui.events_model import COLUMNS, EventsModel
from healthmon.gui.labels import heading, label, paint_text
from healthmon.gui.lettering import Weight, face, metrics
from healthmon.gui.palette import Palette
from healthmon.view.screen import EventRow

ROW_HEIGHT = 26
_HEAD_HEIGHT = 8 + 28 + 4 + 25  # margin, filter, gap, names of the columns
DEBOUNCE_MS = 150
_TIME_WIDTH = 92
_SHARES = {"Person": 0.18, "Event": 0.42, "Value": 0.12}  # of the rest; the context takes what is left


class EventsPanel(QFrame):
    """Paints event rows as they come. One insert per tick at most."""

    def __init__(self, zone: tzinfo | None) -> None:
        super().__init__()
        self.setObjectName("events-panel")
        self.setAccessibleName("Events")
        self.setProperty("look", "card")
        self._model = EventsModel(zone, self)
        self._painter = EventPainter()
        self._title = heading("events-title", "Events")
        self._count = label("events-count", 12)
        self._nothing = label("events-nothing", 13)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table = self._build_table()
        self._filter = self._build_filter()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(DEBOUNCE_MS)
        self._pause.timeout.connect(self._apply_filter)
        self._today = -1
        self._row_height = ROW_HEIGHT
        self._lines = QVBoxLayout(self)
        self._lay_out()
        self._say_nothing()

    def add_events(self, rows: Sequence[EventRow], now: datetime, today: int) -> None:
        """Show these too, oldest first; `today` is how many there were since midnight."""
        if rows:
            bar = self._table.verticalScrollBar()
            added = self._model.add(rows, now)
            if bar.value() > 0:  # somebody is reading further down: keep their place
                bar.setValue(bar.value() + added * self._row_height)
            self._say_nothing()
        if today != self._today:
            self._today = today
            self._count.setText(f"{today:,} today")

    def ask_filter(self) -> None:
        """Put the cursor into the filter."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def clear_filter(self) -> None:
        """Show every event again."""
        self._filter.clear()
        self._apply_filter()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Columns share the width, rows the height: none is cut in half at the foot."""
        super().resizeEvent(event)
        self._table.setColumnWidth(0, _TIME_WIDTH)
        rest = self.width() - _TIME_WIDTH - 28
        for place, name in enumerate(COLUMNS[1:-1], start=1):
            self._table.setColumnWidth(place, int(rest * _SHARES[name]))
        room = max(ROW_HEIGHT, self.height() - _HEAD_HEIGHT - 8)
        self._row_height = room // max(1, round(room / ROW_HEIGHT))
        self._table.verticalHeader().setDefaultSectionSize(self._row_height)

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._painter.palette = palette
        paint_text(self._title, palette.muted)
        paint_text(self._count, palette.faint)
        paint_text(self._nothing, palette.muted)
        self._search.setIcon(icons.icon("search", palette.faint, 16))
        self._clear.setIcon(icons.icon("x", palette.muted, 16))
        self._table.viewport().update()

    def _apply_filter(self) -> None:
        self._pause.stop()
        self._model.show_only(self._filter.text())
        self._say_nothing()

    def _say_nothing(self) -> None:
        is_empty = self._model.rowCount() == 0
        self._nothing.setVisible(is_empty)
        self._table.setVisible(not is_empty)
        wanted = self._filter.text().strip()
        self._nothing.setText(f"No event with “{wanted}”" if wanted else "Nothing has happened yet")

    def _build_filter(self) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName("events-filter")
        made.setAccessibleName("Filter events")
        made.setPlaceholderText("Filter events   Ctrl+F")
        made.setFont(face(13))
        made.setMaxLength(200)
        made.setFixedWidth(220)
        self._search = made.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setObjectName("events-filter-focus")
        self._clear = made.addAction(QIcon(), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.setObjectName("events-filter-clear")
        self._clear.setText("Clear the filter")
        self._clear.setVisible(False)
        self._clear.triggered.connect(self.clear_filter)
        made.textChanged.connect(self._typed)
        return made

    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    def _build_table(self) -> QTableView:
        made = QTableView()
        made.setObjectName("events")
        made.setAccessibleName("Events, newest first")
        made.setModel(self._model)
        made.setItemDelegate(self._painter)
        made.setShowGrid(False)
        made.setWordWrap(False)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTabKeyNavigation(False)
        made.verticalHeader().setObjectName("events-rows")
        made.verticalHeader().setAccessibleName("Rows of the event table")
        made.verticalHeader().setVisible(False)
        made.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_columns(made)
        return made

    def _set_columns(self, table: QTableView) -> None:
        header = table.horizontalHeader()
        header.setObjectName("events-header")
        header.setAccessibleName("Columns of the event table")
        header.setFont(face(11, Weight.SEMIBOLD))
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(int(metrics(13).horizontalAdvance("00:00:00")) + 16)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    def _lay_out(self) -> None:
        top = row(8)
        top.setContentsMargins(6, 0, 0, 0)
        top.addWidget(self._title)
        top.addWidget(self._count)
        top.addStretch(1)
        top.addWidget(self._filter)
        self._lines.setContentsMargins(10, 8, 10, 8)
        self._lines.setSpacing(4)
        self._lines.addLayout(top)
        self._lines.addWidget(self._table, 1)
        self._lines.addWidget(self._nothing, 1)
