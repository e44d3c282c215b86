"""This is the place for whether a device is on somebody: what it measures of a table is nobody's heart."""

from healthmon.events import Delivery, Entry


class Wear:
    """A fold of REPORTS WORN. Each delivery is a story of its own: a file's WORN does not touch the present.

    A device that never said it was taken off is worn; `off` is empty while all are.
    """

    def __init__(self) -> None:
        self.off: set[tuple[Delivery, str]] = set()

    def follow(self, entry: Entry) -> None:
        """Take note if this entry says that a device was put on or taken off."""
        if entry.verb != "REPORTS" or entry.object.type != "WORN":
            return
        if entry.value is False:
            self.off.add((entry.delivery, entry.subject.id))
        elif entry.value is True:
            self.off.discard((entry.delivery, entry.subject.id))

    def is_off(self, entry: Entry) -> bool:
        """Whether the device that says this has said it is not worn."""
        return (entry.delivery, entry.subject.id) in self.off
