"""This is the place for the event table: which entries are worth a line, and which line.

Readings are drawn, not listed. Listed are alarms, spikes, coffee, what carers do, devices that come and go,
advice that changes, refusals, and every event of a kind nobody here knows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from healthmon.events import Delivery, Entry, Json
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.screen import EventRow
from healthmon.view.telling import PLOTTED, tell
from healthmon.view.told import NameOf, Told

REFUSALS_APART: Final = timedelta(minutes=1)
_MOST_REMEMBERED: Final = 10_000


@dataclass(slots=True)
class _Refusals:
    """One kind of refusal from one topic: when it was last listed, and how many came since."""

    listed: datetime
    held_back: int = 0


class Timeline:
    """Makes one row of each entry that is worth one. One thread.

    What repeats itself is listed when it changes; refusals of one kind from one topic once a minute, with
    their number.
    """

    def __init__(self) -> None:
        self._last: dict[tuple[str, ...], Json] = {}
        self._refusals: dict[tuple[str, str], _Refusals] = {}

    def row(self, entry: Entry, name_of: NameOf) -> EventRow | None:
        """The line for this entry, or None when it is not worth one; `name_of` knows everybody's name."""
        if entry.delivery is Delivery.RETAINED and entry.object.type != "AVAILABILITY":
            return None  # the broker says it again to every recorder that starts
        judge = _WORTH.get(entry.verb)
        if judge is not None and not judge(self, entry):
            return None
        told = tell(entry, name_of)
        if entry.verb == "REJECTS":
            told = self._counted(entry, told)
        return EventRow(
            offset=entry.offset,
            at=entry.time,
            person_name=name_of(entry.person) if entry.person else "",
            kind=told.kind,
            text=made_plain(told.text),
            value=made_plain(told.value),
            context=made_plain(words.numbers.joined(told.context, words.rows.came(entry))),
            priority=told.priority,
        )

    def _is_first(self, entry: Entry) -> bool:
        """Whether this subject never measured this before; heart rate and oxygen are no news even then."""
        return entry.object.type not in PLOTTED and self._is_change(entry, value=True)

    def _is_turn(self, entry: Entry) -> bool:
        """Whether this says something else than the last time. Numbers that only move are no news."""
        if entry.subject.type == "MONITOR" and entry.object.type == "GAP":
            return True  # each is another
        value = entry.value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return self._is_change(entry, value=True if is_number else value)

    def _is_new_advice(self, entry: Entry) -> bool:
        """Whether the advice changed: another band, or another reason to say nothing."""
        said = f"{entry.context.get('band')}/{entry.context.get('why')}"
        return self._is_change(entry, value=said)

    def _is_refusal_due(self, entry: Entry) -> bool:
        known = self._refusals.get(_refusal_key(entry))
        if known is None or abs(entry.received - known.listed) >= REFUSALS_APART:
            return True
        known.held_back += 1
        return False

    def _counted(self, entry: Entry, told: Told) -> Told:
        key = _refusal_key(entry)
        held_back = self._refusals[key].held_back if key in self._refusals else 0
        _make_room(self._refusals)
        self._refusals[key] = _Refusals(entry.received)
        return told if not held_back else told.with_context(words.rows.and_more(held_back))

    def _is_change(self, entry: Entry, *, value: Json) -> bool:
        key = (entry.verb, str(entry.subject), str(entry.object), entry.person or "")
        if key in self._last and self._last[key] == value:
            return False
        _make_room(self._last)
        self._last[key] = value
        return True


_WORTH: Final[Mapping[str, Callable[[Timeline, Entry], bool]]] = {
    "MEASURES": Timeline._is_first,  # noqa: SLF001 - its own methods, as in the rest of this table
    "REPORTS": Timeline._is_turn,  # noqa: SLF001
    "SWITCHES": Timeline._is_turn,  # noqa: SLF001
    "DETECTS": Timeline._is_turn,  # noqa: SLF001
    "ADVISES": Timeline._is_new_advice,  # noqa: SLF001
    "REJECTS": Timeline._is_refusal_due,  # noqa: SLF001
}


def _refusal_key(entry: Entry) -> tuple[str, str]:
    return str(entry.context.get("topic", "")), str(entry.context.get("reason", ""))


def _make_room(memory: dict[tuple[str, ...], Json] | dict[tuple[str, str], _Refusals]) -> None:
    if len(memory) >= _MOST_REMEMBERED:
        del memory[next(iter(memory))]  # type: ignore[arg-type]  # a key of the one or of the other
