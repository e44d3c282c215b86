"""This is the place for the moments marked on the plots: spikes, coffee, alarms, notes."""

from bisect import bisect_left, bisect_right, insort
from datetime import datetime
from operator import attrgetter
from typing import Final

from healthmon.events import Delivery, Entry
from healthmon.events.plain_text import made_plain
from healthmon.events.vocabulary import COFFEE, HR, SPO2
from healthmon.view import words
from healthmon.view.screen import Mark, MarkKind

EVERYBODY: Final = ""  # the kettle does not say who drank it
_MOST: Final = 2000

_at = attrgetter("at")


class MarkBook:
    """The newest 2,000 marks of each person, in the order of their times. One thread."""

    def __init__(self) -> None:
        self._of: dict[str, list[Mark]] = {}

    def fold(self, entry: Entry) -> None:
        """An entry that may be worth a mark. A spike or an alarm of nobody in particular marks nobody."""
        if entry.delivery is Delivery.RETAINED:
            return
        mark = _mark(entry)
        if mark is None or (entry.person is None and mark.kind not in {MarkKind.COFFEE, MarkKind.NOTE}):
            return
        marks = self._of.setdefault(entry.person or EVERYBODY, [])
        insort(marks, mark, key=_at)
        if len(marks) > _MOST:
            del marks[0]

    def between(self, person: str, start: datetime, end: datetime) -> tuple[Mark, ...]:
        """What is marked from start to end for this person, household marks included."""
        chosen: list[Mark] = []
        for whose in (person, EVERYBODY):
            marks = self._of.get(whose, [])
            chosen += marks[bisect_left(marks, start, key=_at) : bisect_right(marks, end, key=_at)]
        return tuple(sorted(chosen, key=lambda mark: (mark.at, mark.kind, mark.label)))


def _mark(entry: Entry) -> Mark | None:
    what = (entry.verb, entry.object.type)
    if what == ("FLAGS", "SPIKE"):
        return Mark(MarkKind.SPIKE, entry.time, words.rows.rise(entry), HR, entry.amount)
    if what == ("PERCOLATES", COFFEE):
        return Mark(MarkKind.COFFEE, entry.time, words.rows.cup(entry.value))
    if what in {("RAISES", "ALARM"), ("FLAGS", "DESATURATION")}:
        quantity = SPO2 if entry.verb == "FLAGS" else words.alarms.quantity_of(entry.object.id)
        return Mark(MarkKind.ALARM, entry.time, words.alarms.title(entry.object.id), quantity, entry.amount)
    if entry.verb == "NOTES":
        return Mark(MarkKind.NOTE, entry.time, _note(entry))
    return None


def _note(entry: Entry) -> str:
    said = entry.context.get("note", entry.value)
    return made_plain(said, longest=60) if isinstance(said, str) else words.rows.sentence(entry)
