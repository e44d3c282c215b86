"""A home whose alarms somebody must answer, told by the monitor and by carers, woken as a recorder is."""

from datetime import datetime

from healthmon.alarms import Calls, Pending, Sounding
from healthmon.alarms.states import Answer
from healthmon.events import Entry, Json, Remark, Thing
from healthmon.pipeline.monitor import MONITOR
from tests.unit.rules.stream import Stream, moment

EPISODE = "E:maria:1"


class CalledHome(Stream):
    """Everything is about Maria's oxygen unless it says otherwise. Anna is on duty, then Ben. Seconds."""

    def __init__(self, *contacts: str, zone: str = "UTC") -> None:
        self.calls = Calls()
        super().__init__(self.calls)
        self._offset = 0
        if contacts:
            self.reports(at("2024-01-01T00:00:00Z"), "CONTACTS", contacts=list(contacts), zone=zone)

    def say(self, seconds: float, subject: Thing, verb: str, thing: Thing, **context: Json) -> list[Remark]:
        """One sentence, said and received at once unless `at` says when it was said."""
        said = context.pop("at", seconds)
        assert isinstance(said, int | float)
        self._offset += 1
        entry = Entry(
            id=f"{verb}-{self._offset}",
            time=moment(said),
            received=moment(seconds),
            subject=subject,
            verb=verb,
            object=thing,
            context={key: value for key, value in context.items() if value is not None},
            offset=self._offset,
        )
        if (verb, thing.type) in {("STARTS", "RECORDER"), ("REPORTS", "GAP")}:
            judged = list(self.calls.observe(entry))  # what fell due while nobody recorded does not fire
            self.remarks += judged
            return judged
        return self.hear(entry)

    def monitor(self, seconds: float, verb: str, alarm: str, **context: Json) -> list[Remark]:
        """The monitor says something of an alarm of Maria's."""
        return self.say(seconds, MONITOR, verb, Thing("ALARM", alarm), **{"person": "maria", **context})

    def raises(self, seconds: float, alarm: str = "SPO2_CRIT", **context: Json) -> list[Remark]:
        """An alarm begins: high, unless its name says it is not."""
        usual: dict[str, Json] = {
            "why": "held",
            "priority": "high" if alarm.endswith("CRIT") else "medium",
            "episode": EPISODE,
            "unit": "%" if alarm.startswith("SPO2") else "/min",
            "device": "watch-7",
        }
        return self.monitor(seconds, "RAISES", alarm, **{**usual, **context})

    def faults(self, seconds: float, alarm: str = "BROKER", **context: Json) -> list[Remark]:
        """The monitor itself is not well."""
        usual: dict[str, Json] = {
            "technical": True,
            "person": None,
            "priority": "medium",
            "episode": f"{alarm}:1",
            "why": "held",
        }
        return self.monitor(seconds, "RAISES", alarm, **{**usual, **context})

    def clears(self, seconds: float, alarm: str = "SPO2_CRIT", **context: Json) -> list[Remark]:
        """An alarm is over."""
        return self.monitor(
            seconds, "CLEARS", alarm, **{"outcome": "recovered", "episode": EPISODE, **context}
        )

    def reports(self, seconds: float, what: str, **context: Json) -> list[Remark]:
        """The recorder says how it is."""
        return self.say(seconds, MONITOR, "REPORTS", Thing(what), **context)

    def notifies(
        self, seconds: float, contact: str, cause: str, outcome: str, reason: str | None = None
    ) -> list[Remark]:
        """What became of a message."""
        said: dict[str, Json] = {"cause": cause, "outcome": outcome, "reason": reason}
        return self.say(seconds, MONITOR, "NOTIFIES", Thing("CONTACT", contact), **said)

    def starts(self, seconds: float) -> list[Remark]:
        """A recorder starts."""
        return self.say(seconds, MONITOR, "STARTS", Thing("RECORDER"))

    def carer(self, seconds: float, verb: str, thing: str, name: str = "", **context: Json) -> list[Remark]:
        """Anna does something, unless `who` says who."""
        who = str(context.pop("who", "anna"))
        return self.say(seconds, Thing("CAREGIVER", who), verb, Thing(thing, name), **context)

    def answers(self, seconds: float, verb: str, alarm: str = "SPO2_CRIT", **context: Json) -> list[Remark]:
        """Anna answers an alarm of Maria's."""
        return self.carer(seconds, verb, "ALARM", alarm, **{"person": "maria", "episode": EPISODE, **context})

    def until(self, seconds: float) -> list[Remark]:
        """Time passes and nobody says anything."""
        return self.wait(moment(seconds))

    def heard(self, seconds: float) -> str | None:
        """The alarm that sounds then."""
        sounds = self.sounds(seconds)
        return sounds.alarm if sounds is not None else None

    def sounds(self, seconds: float) -> Sounding | None:
        """What sounds then, once everything due by then has fired."""
        self.until(seconds)
        return self.calls.sounding(moment(seconds))

    def called(self, verb: str = "ESCALATES") -> list[tuple[float, str, str]]:
        """Every call: when, to whom, and why."""
        return [
            (_seconds(one.at), str(one.context["contact"]), str(one.context["why"]))
            for one in self.remarks
            if one.verb == verb
        ]

    def raised_again(self) -> list[tuple[float, str, str]]:
        """Every RAISES: when, which alarm, and why."""
        raises = [one for one in self.remarks if one.verb == "RAISES"]
        return [(_seconds(one.at), one.object.id, str(one.context["why"])) for one in raises]

    def pending(self) -> tuple[Pending, ...]:
        """What is to be sent."""
        return self.calls.pending()


def at(time: str) -> float:
    """A moment as the seconds it is after the start of the tests; before it they are negative."""
    return _seconds(datetime.fromisoformat(time))


def _seconds(at: datetime) -> float:
    return (at - moment(0)).total_seconds()


def ringing(*alarms: str) -> CalledHome:
    """These ring since second 0, or SPO2_CRIT. Anna was called."""
    home = CalledHome("anna", "ben")
    for alarm in alarms or ("SPO2_CRIT",):
        home.raises(0, alarm)
    return home


def answer_of(home: CalledHome, alarm: str, seconds: float = 0) -> tuple[Answer, str]:
    """What was answered to an open alarm, and by whom."""
    (call,) = [one for one in home.calls.open_calls(moment(seconds)) if one.alarm == alarm]
    return (call.answer, call.answered_by)
