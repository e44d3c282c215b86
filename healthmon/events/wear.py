"""This is the place for whether a device is on somebody: what it measures of a table is nobody's heart."""

from healthmon.events.event import Delivery, Entry
from healthmon.events.plausible import GATES, is_good


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

    def trusted(self, entry: Entry) -> float | None:
        """What a worn device measured and does not doubt itself, in the usual unit; None for all else.

        Readings only: of another quantity than those that can be measured it is None too.
        """
        context, gate = entry.context, GATES.get(entry.object.type)
        value = context.get("value")
        if gate is None or not (type(value) is int or type(value) is float):
            return None
        if not gate[0] <= value <= gate[1] or ("quality" in context and not is_good(context["quality"])):
            return None
        return None if self.off and self.is_off(entry) else value
