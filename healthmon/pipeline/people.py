"""This is the place for who wears what: a fold of ASSIGNS that says whom a reading is about."""

from healthmon.events import Event, Json

_WORN = frozenset({"MEASURES", "DETECTS", "REPORTS", "PERCOLATES", "SWITCHES"})


class Assignments:
    """Knows for each device the person it was last assigned to. One thread."""

    def __init__(self) -> None:
        self._person_of: dict[str, str] = {}

    def observe(self, event: Event) -> None:
        """Follow an assignment; a person of null takes the device back."""
        if event.verb != "ASSIGNS" or not event.object.id:
            return
        if event.person is None:
            self._person_of.pop(event.object.id, None)
        else:
            self._person_of[event.object.id] = event.person

    def about(self, event: Event) -> Event:
        """The event with its person: the one its device is assigned to wins over what the device says."""
        person = self._person_of.get(event.subject.id) if event.verb in _WORN else None
        if person is None or event.person == person:
            return event
        said: dict[str, Json] = {"person": person}
        if event.person is not None:
            said["person_as_sent"] = event.person
        return event.with_context(**said)
