"""This is the place for the event table's rows: newest first, filtered by words, a few thousand at most.

Filtering looks at one lower-case line per row, made when the row arrives: 5,000 rows take about a
millisecond, where a QSortFilterProxyModel over five columns took 164.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from healthmon.gui import words
from healthmon.gui.lettering import one_line
from healthmon.view.screen import EventRow

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Time", "Person", "Event", "Value", "Context")
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
MOST = 5_000
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as it is shown and found: every cell but the time, and one lower-case line."""

    row: EventRow
    cells: tuple[str, ...]
    found_by: str


class EventsModel(QAbstractTableModel):
    """Events in the order they came, shown newest first."""

    def __init__(self, zone: tzinfo | None, parent: QObject | None = None, *, most: int = MOST) -> None:
        super().__init__(parent)
        self._zone = zone
        self._most = most
        self._now: datetime | None = None
        self._all: list[_Line] = []  # oldest first
        self._shown: list[_Line] = []  # oldest first
        self._wanted: tuple[str, ...] = ()

    def add(self, rows: Sequence[EventRow], now: datetime) -> int:
        """Add rows, oldest first, in one insert; tells how many of them the filter lets through."""
        self._now = now
        lines = [self._line(row) for row in rows]
        self._all += lines
        fresh = [line for line in lines if self._matches(line)]
        if fresh:
            self.beginInsertRows(_ROOT, 0, len(fresh) - 1)
            self._shown += fresh
            self.endInsertRows()
        self._forget()
        return len(fresh)

    def show_only(self, needle: str) -> None:
        """Show only rows in which every word of `needle` occurs, whatever its case."""
        self._wanted = tuple(needle.lower().split())
        self.beginResetModel()
        self._shown = [line for line in self._all if self._matches(line)]
        self.endResetModel()

    def row_at(self, place: int) -> EventRow | None:
        """The event in that row; 0 is the newest."""
        return self._shown[-1 - place].row if 0 <= place < len(self._shown) else None

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """Five."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The columns' names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's words, or the whole row."""
        if not index.isValid() or not 0 <= index.row() < len(self._shown):
            return None
        line = self._shown[-1 - index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            column = index.column()
            return line.cells[column - 1] if column else words.clock(line.row.at, self._zone, self._now)
        return line.row if role == ROW_ROLE else None

    def _matches(self, line: _Line) -> bool:
        return all(word in line.found_by for word in self._wanted)

    def _line(self, row: EventRow) -> _Line:
        cells = tuple(one_line(text) for text in (row.person_name, row.text, row.value, row.context))
        time = words.clock(row.at, self._zone, self._now)
        return _Line(row, cells, " ".join((time, *cells, row.kind, row.priority or "")).lower())

    def _forget(self) -> None:
        """Let the oldest rows go: a tenth at once, so that it happens seldom."""
        if len(self._all) <= self._most:
            return
        kept = self._all[-(self._most - self._most // 10) :]
        oldest = kept[0].row.offset
        self._all = kept
        gone = sum(1 for line in self._shown if line.row.offset < oldest)
        if gone:
            last = len(self._shown) - 1
            self.beginRemoveRows(_ROOT, last - gone + 1, last)
            del self._shown[:gone]
            self.endRemoveRows()
