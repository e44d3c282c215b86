"""This is the place for the list of people: who is there, how they are, and whom the rest shows."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from healthmon.gui.buttons import row
from healthmon.gui.labels import heading, label, paint_text
from healthmon.gui.palette import Palette
from healthmon.gui.people_model import PeopleModel
from healthmon.gui.person_painter import LEAST_HEIGHT, ROW_HEIGHT, PersonPainter
from healthmon.view.screen import PersonRow


class PeopleView(QListView):
    """A list whose rows are all of one height, so that a changed row never lays out the others again."""

    def dataChanged(  # noqa: N802  # Qt's name
        self,
        first: QModelIndex | QPersistentModelIndex,
        last: QModelIndex | QPersistentModelIndex,
        _roles: object = (),
    ) -> None:
        """Repaint these rows. QListView itself would lay out and repaint every row."""
        for place in range(first.row(), last.row() + 1):
            self.update(self.model().index(place, 0))


class PeopleList(QWidget):
    """People in the order given. Clicking or walking to a person by keyboard asks for them."""

    person_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("people-panel")
        self.setAccessibleName("People and rooms")
        self._model = PeopleModel(self)
        self._painter = PersonPainter()
        self._title = heading("people-title", "People")
        self._count = label("people-count", 11)
        self._list = self._build_list()
        self._is_following = False  # while true, a change of selection is ours, not a person's
        top = row(6)
        top.setContentsMargins(4, 0, 0, 0)
        top.addWidget(self._title)
        top.addWidget(self._count)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(top)
        column.addWidget(self._list, 1)

    def show_people(self, people: Sequence[PersonRow], selected: str | None) -> None:
        """Show these people, `selected` marked."""
        self._is_following = True
        self._model.show_people(people)
        self._count.setText(str(len(people)))
        self._fit()
        place = self._model.place_of(selected)
        if place is None:
            self._list.clearSelection()
        elif self._list.currentIndex().row() != place or not self._list.selectionModel().hasSelection():
            self._list.selectionModel().setCurrentIndex(
                self._model.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self._is_following = False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """How tall a row is depends on the room."""
        super().resizeEvent(event)
        self._fit()

    def step(self, by: int) -> None:
        """Ask for the person `by` rows further down, stopping at the ends."""
        wanted = max(0, min(self._list.currentIndex().row() + by, self._model.rowCount() - 1))
        self._list.setCurrentIndex(self._model.index(wanted))

    def take_focus(self) -> None:
        """Let the keyboard start here."""
        self._list.setFocus()

    def wear(self, palette: Palette) -> None:
        """Take on these colours."""
        self._painter.palette = palette
        paint_text(self._title, palette.muted)
        paint_text(self._count, palette.faint)
        self._list.viewport().update()

    def _fit(self) -> None:
        """Low rows where all are seen whole so; where even that is no help, usual ones that scroll."""
        count = max(1, self._model.rowCount())
        height = min(ROW_HEIGHT, self._list.height() // count)
        height = height if height >= LEAST_HEIGHT else ROW_HEIGHT
        if height != self._painter.height:
            self._painter.height = height
            self._painter.sizeHintChanged.emit(self._model.index(0))

    def _build_list(self) -> QListView:
        made = PeopleView()
        made.setObjectName("people")
        made.setAccessibleName("People")
        made.setModel(self._model)
        made.setItemDelegate(self._painter)
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.selectionModel().currentChanged.connect(self._moved)
        return made

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        person = self._model.person_at(now.row())
        if person is not None and not self._is_following:
            self.person_asked.emit(person.id)
