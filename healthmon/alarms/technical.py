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
from healthmon.alarms.restarts import Restarts
from healthmon.alarms.trouble import Trouble
from healthmon.events import Entry, Json, Listener, Remark

NAME: Final = "technical"
# Our choice: a recorder that starts tells what is wrong within this time; what it does not tell is over. A
# loudspeaker has 20 s to start (app/cares/sound_care.py), and says only then that it cannot.
SETTLES: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table: what the monitor reports, and what it is called when it is not well.

    `values` are the words for it, from mild to grave. Of any other word nothing follows. `may_begin` is one
    that is no fault before another word was said: a home where nobody was ever to be called. `unwanted` is
    the owner's word that it need not be well: no fault, and the end of one. After a start it is over when
    it was not told again for `settles`.
    """

    alarm: str
    reports: str
    well: str
    values: tuple[str, ...]
    after: timedelta
    priority: Priority = Priority.MEDIUM
    may_begin: str = ""
    settles: timedelta = SETTLES
    unwanted: str = ""

    def gravity(self, value: str) -> int:
        """How grave this value is; -1 while all is well."""
        return self.values.index(value) if value in self.values else -1


FAULTS: Final = (
    Fault("LOG_NOT_WRITABLE", "LOG", "well", ("reserve", "overflow", "not-recorded"), timedelta()),
    # Our choice: a broker that is started again is back in 2 s, a reconnecting network mostly within 30.
    Fault("BROKER", "BROKER", "up", ("away",), timedelta(seconds=30)),
    # Our choice: medium, for nobody may hear an alarm; "off" and "muted" are somebody's choice and no fault:
    # the line that says who is protected tells it.
    Fault("SOUND_OFF", "SOUND", "works", ("no-device", "failed"), timedelta(), unwanted="muted"),
    # Our choice: medium, for who would come is not called; 30 s, for somebody may be writing the file.
    Fault(
        alarm="CONTACTS",
        reports="CONTACTS",
        well="well",
        values=("some", "nobody", "unusable"),
        after=timedelta(seconds=30),
        may_begin="nobody",
    ),
    # Low, our choice: nobody outside would notice a computer that is off, and it is not off.
    Fault(
        alarm="OUTSIDE",
        reports="OUTSIDE",
        well="works",
        values=("unreached", "unusable"),
        after=timedelta(),
        priority=Priority.LOW,
        settles=timedelta(minutes=5),  # it takes three calls, a minute apart (app/cares/outside_care.py)
        unwanted="off",
    ),
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
        self._restarts = Restarts(NAME)
        self._timed: tuple[_Condition | Restarts, ...] = (*self._conditions.values(), self._restarts)
        self._troubles = {one.trouble.alarm: one.trouble for one in self._timed}

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
            return list(self._restarts.started(entry.received)) if entry.subject.type == "MONITOR" else ()
        if entry.verb == "ACKNOWLEDGES" and entry.object.type == "ALARM" and entry.counts_now:
            self._answered(entry)
        return ()

    def listener(self, verb: str, kind: str) -> Listener | None:  # noqa: ARG002 - the rules' common shape
        """Everything but readings."""
        return None if verb == "MEASURES" else self.observe

    def due(self) -> datetime | None:
        """When the first delay is over."""
        return min((one.due for one in self._timed if one.due is not None), default=None)

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Everything due at or before `at`, in its order."""
        fallen = [(one.due, one) for one in self._timed if one.due is not None and one.due <= at]
        ordered = [one for _, one in sorted(fallen, key=lambda pair: pair[0])]
        return [remark for one in ordered for remark in one.fire()]

    def forget(self, person: str) -> None:
        """Nothing: these alarms are nobody's."""

    def _answered(self, entry: Entry) -> None:
        trouble = self._troubles.get(entry.object.id)
        if trouble is not None and trouble.is_meant(entry.context.get("episode"), entry.person):
            trouble.answered_by = entry.subject.id


class _Condition:
    """One fault as it is now, with its delay and what a start makes of it."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.trouble = Trouble(fault.alarm, NAME)
        self.due: datetime | None = None
        self._value = ""
        self._reason = ""
        self._is_doubted = False
        self._has_begun = False  # a word other than `may_begin` was said

    def report(self, entry: Entry) -> Iterator[Remark]:
        """The recorder says how it is."""
        value, reason = str(entry.value), entry.context.get("reason", entry.context.get("problem"))
        if value in {self.fault.well, self.fault.unwanted or self.fault.well}:
            yield from self._over(entry.time)
        self._has_begun |= value in {self.fault.well, *self.fault.values} - {self.fault.may_begin}
        if value not in self.fault.values or not self._has_begun:
            return
        is_news = value != self._value
        is_worse = is_news and self.fault.gravity(value) > self.fault.gravity(self._value)
        self._value, self._reason = value, reason if isinstance(reason, str) else ""
        self.trouble.begin(entry.time)
        self.due, self._is_doubted = None, False
        since = self.trouble.since or entry.time
        if self.trouble.is_raised:
            yield from [self._raise(entry.time, is_worse=is_worse)] if is_news else ()
        elif since + self.fault.after <= entry.received:
            yield self._raise(entry.time)
        else:
            self.due = since + self.fault.after

    def doubt(self, at: datetime) -> None:
        """The recorder starts anew: what it knew before may be over."""
        if self.trouble.since is not None:
            self.due, self._is_doubted = at + self.fault.settles, True

    def fire(self) -> Iterator[Remark]:
        """The delay is over, or nobody said again that there is trouble."""
        due, self.due = self.due, None
        if due is None:
            return
        if self._is_doubted:
            yield from self._over(due)
        else:
            yield self._raise(due)

    def _raise(self, at: datetime, *, is_worse: bool = False) -> Remark:
        told: dict[str, Json] = {"value": self._value}
        if self._reason:
            told["reason"] = self._reason
        return self.trouble.rise(at, self.fault.priority, told, is_worse=is_worse)

    def _over(self, at: datetime) -> Iterator[Remark]:
        remark = self.trouble.over(at)
        if remark is not None:
            yield remark
        self._value, self._reason, self._is_doubted, self.due = "", "", False, None
