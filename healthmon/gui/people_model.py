"""This is the place for the people as a list model: rows come in whole, only what changed goes out."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from healthmon.gui import words
from healthmon.gui.lettering import one_line
from healthmon.view.screen import PersonRow

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = int(Qt.ItemDataRole.UserRole)
_ROOT = QModelIndex()


def said_of(row: PersonRow) -> str:
    """The row as a screen reader should say it."""
    parts = [one_line(row.name), one_line(row.place), words.aloud(row.heart_rate), words.aloud(row.oxygen)]
    if row.priority is not None:
        parts.append(f"{row.priority} alarm")
    parts.append(one_line(row.status))
    return ", ".join(part for part in parts if part)


class PeopleModel(QAbstractListModel):
    """One row per person, in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PersonRow] = []
        self._faces: list[tuple[object, ...]] = []

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """Show these people: a change of who is there resets the list, anything else repaints its row."""
        faces = [_face(row) for row in people]
        if [row.id for row in people] != [row.id for row in self._rows]:
            self.beginResetModel()
            self._rows, self._faces = list(people), faces
            self.endResetModel()
            return
        before, self._rows, self._faces = self._faces, list(people), faces
        for place, (old, new) in enumerate(zip(before, faces, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(place), self.index(place))

    def place_of(self, person: str | None) -> int | None:
        """In which row this person is."""
        return next((place for place, row in enumerate(self._rows) if row.id == person), None)

    def person_at(self, place: int) -> PersonRow | None:
        """Who is in that row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:  # noqa: N802  # Qt's name
        """How many people there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, the words for a screen reader, or the whole row."""
        row = self.person_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(row.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return said_of(row)
        return row if role == ROW_ROLE else None


def _face(row: PersonRow) -> tuple[object, ...]:
    """What can be seen of a row: its age ticks on without changing this."""
    numbers = tuple(
        (one.text, one.freshness, one.beyond, one.priority) for one in (row.heart_rate, row.oxygen)
    )
    spark = tuple(None if math.isnan(value) else value for value in row.spark)
    return (row.name, row.place, row.status, row.priority, numbers, spark)
