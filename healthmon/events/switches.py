"""This is the place for which rows carers have switched off, for whom."""

from collections.abc import Iterable
from datetime import datetime

from healthmon.events.event import Entry


class Switches:
    """A fold of SETS ALARM <row> {off: true}, for a person or, without one, for the home.

    What was said last counts, by the time it was said; a later SETS without `off` switches on again.
    """

    def __init__(self, rows: Iterable[str]) -> None:
        self._rows = frozenset(rows)
        self._said: dict[tuple[str | None, str], tuple[datetime, bool]] = {}

    def follow(self, entry: Entry) -> bool:
        """Take note of what a carer set; whether it is about one of these rows."""
        row, key = entry.object.id, (entry.person, entry.object.id)
        is_ours = (entry.verb, entry.object.type) == ("SETS", "ALARM") and row in self._rows
        if not is_ours or entry.subject.type != "CAREGIVER" or not entry.counts_now:
            return False
        known = self._said.get(key)
        if known is None or entry.time >= known[0]:
            self._said[key] = (entry.time, entry.context.get("off") is True)
        return True

    def is_off(self, row: str, person: str | None) -> bool:
        """Whether nothing is to be said of this row about them."""
        known = self._said.get((person, row))
        return known is not None and known[1]

    def forget(self, person: str) -> None:
        """Nothing was ever set for them."""
        self._said = {key: said for key, said in self._said.items() if key[0] != person}
