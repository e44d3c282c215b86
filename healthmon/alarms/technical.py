"""This is the place for alarms about the monitor itself: a log that cannot be written, a broker that is
away, a clock that was set back.

The recorder says how it is (`MONITOR REPORTS LOG "overflow"`), this rule makes an alarm of it. Such an alarm
has no person and says `technical`. It stands beside the alarms of bodies and never touches one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.classes import Priority
from healthmon.events import Entry, Json, Listener, Remark, Thing

NAME: Final = "technical"
# Our choice: a recorder that starts tells what is wrong within this time; what it does not tell is over.
SETTLES: Final = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table: what the monitor reports, and what it is called when it is not well.

    `values` are the words for it, from mild to grave. Of any other word nothing follows.
    """

    alarm: str
    reports: str
    well: str
    values: tuple[str, ...]
    after: timedelta
    priority: Priority = Priority.MEDIUM

    def gravity(self, value: str) -> int:
        """How grave this value is; -1 while all is well."""
        return self.values.index(value) if value in self.values else -1


FAULTS: Final = (
    Fault("LOG_NOT_WRITABLE", "LOG", "well", ("reserve", "overflow", "not-recorded"), timedelta()),
    # Our choice: a broker that is started again is back in 2 s, a reconnecting network mostly within 30.
    Fault("BROKER", "BROKER", "up", ("away",), timedelta(seconds=30)),
    # Low as DESIGN says of a wrong clock: nothing is lost, only the times shown are not those of the wall.
    Fault("CLOCK", "CLOCK", "well", ("behind",), timedelta(), Priority.LOW),
)


class TechnicalAlarms:
    """The rule. Low and medium alarms that nobody need clear: they are over when the recorder says so.

    A value that gets worse is raised again, in the same episode; who had seen the milder one is asked anew.
    """

    name = NAME

    def __init__(self, faults: Sequence[Fault] = FAULTS) -> None:
        self._conditions = {fault.reports: _Condition(fault) for fault in faults}
        self._by_alarm = {condition.fault.alarm: condition for condition in self._conditions.values()}

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry. Readings are none of its business and cost it one comparison."""
        if entry.verb == "MEASURES":
            return ()
        if entry.verb == "REPORTS":
            condition = self._conditions.get(entry.object.type)
            is_ours = entry.subject.type == "MONITOR" and condition is not None
            return list(condition.report(entry)) if is_ours and condition is not None else ()
        if entry.verb == "STARTS" and entry.object.type == "RECORDER":
            for condition in self._conditions.values():
                condition.doubt(entry.received)
        elif entry.verb == "ACKNOWLEDGES" and entry.object.type == "ALARM" and entry.counts_now:
            self._answered(entry)
        return ()

    def listener(self, verb: str, kind: str) -> Listener | None:  # noqa: ARG002 - the rules' common shape
        """Everything but readings."""
        return None if verb == "MEASURES" else self.observe

    def due(self) -> datetime | None:
        """When the first delay is over."""
        return min((one.due for one in self._conditions.values() if one.due is not None), default=None)

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Everything due at or before `at`, in its order."""
        fallen = [
            (one.due, one) for one in self._conditions.values() if one.due is not None and one.due <= at
        ]
        ordered = [one for _, one in sorted(fallen, key=lambda pair: pair[0])]
        return [remark for one in ordered for remark in one.fire()]

    def forget(self, person: str) -> None:
        """Nothing: these alarms are nobody's."""

    def _answered(self, entry: Entry) -> None:
        condition, episode = self._by_alarm.get(entry.object.id), entry.context.get("episode")
        if condition is not None and (not isinstance(episode, str) or episode == condition.episode):
            condition.answered_by = entry.subject.id


class _Condition:
    """One fault as it is now. `since` is None while all is well."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.due: datetime | None = None
        self.answered_by = ""
        self._since: datetime | None = None
        self._value = ""
        self._reason = ""
        self._is_raised = False
        self._is_doubted = False

    @property
    def episode(self) -> str:
        """The name of this stretch of trouble; empty while there is none."""
        return f"{self.fault.alarm}:{self._since.isoformat()}" if self._since is not None else ""

    def report(self, entry: Entry) -> Iterator[Remark]:
        """The recorder says how it is."""
        value, reason = str(entry.value), entry.context.get("reason")
        if value == self.fault.well:
            yield from self._over(entry.time)
        if value not in self.fault.values:
            return
        is_news = value != self._value
        is_worse = is_news and self.fault.gravity(value) > self.fault.gravity(self._value)
        self._value, self._reason = value, reason if isinstance(reason, str) else ""
        self._since = self._since or entry.time
        self.due, self._is_doubted = None, False
        if self._is_raised:
            self.answered_by = "" if is_worse else self.answered_by
            yield from [self._raise(entry.time)] if is_news else ()
        elif self._since + self.fault.after <= entry.received:
            yield self._raise(entry.time)
        else:
            self.due = self._since + self.fault.after

    def doubt(self, at: datetime) -> None:
        """The recorder starts anew: what it knew before may be over."""
        if self._since is not None:
            self.due, self._is_doubted = at + SETTLES, True

    def fire(self) -> Iterator[Remark]:
        """The delay is over, or nobody said again that there is trouble."""
        due, self.due = self.due, None
        if due is None:
            return
        if self._is_doubted:
            yield from self._over(due)
        else:
            yield self._raise(due)

    def _raise(self, at: datetime) -> Remark:
        self._is_raised = True
        return self._remark("RAISES", at)

    def _over(self, at: datetime) -> Iterator[Remark]:
        if self._is_raised:
            yield self._remark("CLEARS", at)
        self._since, self._value, self._reason, self.answered_by = None, "", "", ""
        self._is_raised, self._is_doubted, self.due = False, False, None

    def _remark(self, verb: str, at: datetime) -> Remark:
        context: dict[str, Json] = {
            "technical": True,
            "priority": self.fault.priority.value,
            "episode": self.episode,
            "since": self._since.isoformat() if self._since is not None else None,
            "value": self._value,
            "latched": False,
        }
        if self._reason:
            context["reason"] = self._reason
        if self.answered_by:
            context["acknowledged_by"] = self.answered_by
        return Remark(NAME, verb, Thing("ALARM", self.fault.alarm), at, None, context)
