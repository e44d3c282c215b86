"""A home with one alarm rule, told by watches and carers, woken like the recorder wakes it."""

from healthmon.alarms import Alarms
from healthmon.events import Json, Remark, Thing
from tests.unit.rules.stream import Stream, entry, moment


class Home(Stream):
    """Everything is about Maria and her watch unless it says otherwise. Times are seconds."""

    def __init__(self) -> None:
        self.alarms = Alarms()
        super().__init__(self.alarms)

    def until(self, seconds: float) -> list[Remark]:
        """Time passes and nobody says anything."""
        return self.wait(moment(seconds))

    def device(self, seconds: float, what: str, value: Json, **how: Json) -> list[Remark]:
        """WATCH REPORTS what value."""
        said = {"value": value, "person": "maria", **how}
        return self.hear(entry(seconds, Thing("WATCH", "watch-7"), "REPORTS", Thing(what), **said))

    def carer(self, seconds: float, verb: str, what: str, name: str, **context: Json) -> list[Remark]:
        """CAREGIVER anna does something about Maria."""
        said = {"person": "maria", **context}
        return self.hear(entry(seconds, Thing("CAREGIVER", "anna"), verb, Thing(what, name), **said))

    def home_is_in(self, zone: str) -> list[Remark]:
        """The recorder tells which contacts it has, and where it is."""
        return self.hear(entry(-1, Thing("MONITOR"), "REPORTS", Thing("CONTACTS"), contacts=[], zone=zone))

    def acknowledge(self, seconds: float, alarm: str, **context: Json) -> list[Remark]:
        """Anna has seen it."""
        return self.carer(seconds, "ACKNOWLEDGES", "ALARM", alarm, **context)

    def said(self, verb: str, alarm: str = "SPO2_CRIT") -> list[Remark]:
        """What the monitor said so far of one alarm, with one verb."""
        return [one for one in self.remarks if (one.verb, one.object) == (verb, Thing("ALARM", alarm))]

    def times(self, verb: str, alarm: str = "SPO2_CRIT") -> list[float]:
        """When it said so, in seconds."""
        return [(one.at - moment(0)).total_seconds() for one in self.said(verb, alarm)]


def desaturated(until: int = 31) -> Home:
    """Maria's oxygen is 86 % since second 0."""
    home = Home()
    home.hold("SPO2", 86, 0, until)
    return home
