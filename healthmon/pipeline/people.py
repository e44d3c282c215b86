"""This is the place for who wears what: a fold of ASSIGNS that says whom a reading is about."""

from datetime import datetime

from healthmon.events import Delivery, Event, Json

_SAID_BY_DEVICES = frozenset({"MEASURES", "DETECTS", "REPORTS", "PERCOLATES", "SWITCHES"})


class Assignments:
    """Knows for each device the person it was last assigned to. One thread."""

    def __init__(self) -> None:
        self._person_of: dict[str, str] = {}
        self._said: dict[str, datetime] = {}

    def observe(self, event: Event) -> None:
        """Follow an assignment; a person of null takes the device back. What was said last counts.

        Only a carer's word of today: an assignment in an imported file changes nobody's present.
        """
        device = event.object.id
        if event.verb != "ASSIGNS" or not device or event.subject.type != "CAREGIVER" or not event.counts_now:
            return
        if event.time < self._said.get(device, event.time):
            return
        self._said[device] = event.time
        if event.person is None:
            self._person_of.pop(device, None)
        else:
            self._person_of[device] = event.person

    def devices_of(self, person: str) -> list[str]:
        """What they wear now."""
        return [device for device, wearer in self._person_of.items() if wearer == person]

    def forget(self, person: str) -> None:
        """Nothing is theirs any more."""
        for device in self.devices_of(person):
            del self._person_of[device]

    def about(self, event: Event) -> Event:
        """The event with its person: the one its device is assigned to wins over what the device says.

        A file speaks for itself: who wears a device today did not need to wear it then.
        """
        if event.delivery is Delivery.IMPORT or event.verb not in _SAID_BY_DEVICES:
            return event
        person = self._person_of.get(event.subject.id)
        if person is None or event.person == person:
            return event
        said: dict[str, Json] = {"person": person}
        if event.person is not None:
            said["person_as_sent"] = event.person
        return event.with_context(**said)
