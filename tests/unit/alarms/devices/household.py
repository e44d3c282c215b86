"""A home with the rule for devices: Maria's watch tells her heart rate once a second, unless told not to."""

from collections.abc import Iterable

from healthmon.alarms.devices import DeviceAlarms
from healthmon.events import Entry, Json, Remark, Thing
from tests.unit.rules.stream import Stream, entry, moment, received

WATCH = Thing("WATCH", "watch-7")
MONITOR = Thing("MONITOR")


class Household(Stream):
    """Times are seconds. Everything is said by watch-7 about Maria unless it says otherwise."""

    def __init__(self) -> None:
        self.alarms = DeviceAlarms()
        super().__init__(self.alarms)

    def wear(self, start: float, end: float, every: float = 1.0, **how: str | float | None) -> None:
        """A heart that beats as hearts do, from `start` until before `end`."""
        for second in _steps(start, end, every):
            self.measure(second, "HR", 70 + int(second / every) % 3, **how)

    def feel_nothing(self, start: float, end: float, quantity: str = "HR") -> None:
        """Readings of no signal."""
        for second in _steps(start, end, 1):
            self.measure(second, quantity, 0)

    def device(self, seconds: float, what: str, value: Json, *, name: str = "watch-7", **how: Json) -> None:
        """WATCH REPORTS what value."""
        said = {"value": value, "person": "maria", **how}
        self.hear(entry(seconds, Thing("WATCH", name), "REPORTS", Thing(what), **said))

    def presence(self, seconds: float, value: str, name: str = "watch-7", **how: Json) -> None:
        """The broker says whether it is there."""
        self.hear(entry(seconds, Thing("DEVICE", name), "REPORTS", Thing("AVAILABILITY"), value=value, **how))

    def battery(self, seconds: float, level: Json, **how: Json) -> None:
        """WATCH MEASURES BATTERY level %."""
        self.hear(entry(seconds, WATCH, "MEASURES", Thing("BATTERY"), value=level, unit="%", **how))

    def carer(self, seconds: float, verb: str, thing: Thing, **context: Json) -> None:
        """CAREGIVER anna does something."""
        self.hear(entry(seconds, Thing("CAREGIVER", "anna"), verb, thing, **context))

    def assign(self, seconds: float, person: str | None = "maria", name: str = "watch-7") -> None:
        """CAREGIVER anna ASSIGNS the watch."""
        self.carer(seconds, "ASSIGNS", Thing("WATCH", name), person=person)

    def set_period(self, seconds: float, period: Json, name: str = "watch-7") -> None:
        """CAREGIVER anna SETS DEVICE."""
        self.carer(seconds, "SETS", Thing("DEVICE", name), period_s=period)

    def unrecorded(self, seconds: float, *, gap: bool = False) -> None:
        """The recorder starts, or wakes from a gap: what fell due meanwhile does not fire."""
        what = ("REPORTS", Thing("GAP")) if gap else ("STARTS", Thing("RECORDER"))
        self.remarks += self.rule.observe(entry(seconds, MONITOR, *what))

    def until(self, seconds: float) -> list[Remark]:
        """Time passes and nobody says anything."""
        return self.wait(moment(seconds))

    def told(self) -> list[str]:
        """What was said, in short, and when."""
        return [
            f"{one.verb} {one.object.id} {(one.at - moment(0)).total_seconds():g}" for one in self.remarks
        ]


def late(seconds: float, told: float, quantity: str, value: Json) -> Entry:
    """A reading that is older than it should be."""
    return received(
        seconds, told, WATCH, "MEASURES", Thing(quantity), value=value, delivery="late", person="maria"
    )


def _steps(start: float, end: float, every: float) -> Iterable[float]:
    count = 0
    while start + count * every < end:
        yield start + count * every
        count += 1
