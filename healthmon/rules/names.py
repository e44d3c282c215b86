"""This is the place for what people are called, for messages that name nobody by an id."""

from collections.abc import Iterable
from datetime import datetime

from healthmon.events import Entry, Listener, Remark


class Names:
    """A fold of SETS PERSON: the name said last, by the time it was said. It never remarks on anything."""

    name = "names"

    def __init__(self) -> None:
        self._called: dict[str, tuple[datetime, str]] = {}

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Learn a name."""
        if entry.verb == "SETS" and entry.object.type == "PERSON":
            self._learn(entry)
        return ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Nothing but what sets a person."""
        return self._learn if (verb, kind) == ("SETS", "PERSON") else None

    def called(self) -> dict[str, str]:
        """What everybody with a name is called, by their ids."""
        return {person: name for person, (_, name) in self._called.items()}

    def due(self) -> datetime | None:
        """Never."""
        return None

    def fire(self, at: datetime) -> Iterable[Remark]:  # noqa: ARG002 - the rules' common shape
        """Nothing is ever due."""
        return ()

    def forget(self, person: str) -> None:
        """They were erased, and their name with them."""
        self._called.pop(person, None)

    def _learn(self, entry: Entry) -> None:
        person, name = entry.person or entry.object.id, entry.context.get("name")
        known = self._called.get(person)
        is_said = bool(person) and isinstance(name, str) and bool(name) and entry.counts_now
        if is_said and (known is None or entry.time >= known[0]):
            self._called[person] = (entry.time, str(name))
