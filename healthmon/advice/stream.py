"""This is the place for one path that one person's readings come in on: live, or late and imported."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from healthmon.advice.minutes import (
    OXYGEN,
    RATES,
    ROOMY,
    Minute,
    Settled,
    Window,
    is_valid_oxygen,
    is_valid_rate,
)
from healthmon.events import Entry
from healthmon.events.plausible import is_good
from healthmon.events.vocabulary import HR, SPO2

STEPS = "STEPS"
WORN = "WORN"
HEARD = frozenset({HR, SPO2, STEPS, WORN})

_MOST_STEPS = 300.0  # a minute: nobody runs faster
_GAP = 600.0  # s of nothing, after which readings have resumed
_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Stream:
    """What one person's devices say on one path. One thread. Neither path disturbs the other."""

    def __init__(self, learn: Callable[[Settled], None]) -> None:
        self.window = Window(learn)
        self.newest: dict[str, datetime] = {}  # when the newest valid reading was taken, by quantity
        self.counted: datetime | None = None  # when steps were told last, if only that there were none
        self.stepped: datetime | None = None  # when there was one last
        self.resumed: float | None = None  # s since the epoch when readings came back after a gap
        self._heard: datetime | None = None  # by what was no valid reading, or the first of its minute
        self._on: set[str] = set()
        self._off: dict[str, datetime] = {}
        self._begins = self._ends = _EPOCH  # of the minute that was written into last
        self._open: dict[str, tuple[float, float, list[float]]] = {}  # what is valid, and where it is laid

    @property
    def worn(self) -> bool:
        """False when every device that says so is off, and nothing else felt a pulse since."""
        if self._on or not self._off:
            return True
        return self.newest.get(HR, _EPOCH) > max(self._off.values())

    def goes_on(self, kind: str, at: datetime, value: float) -> bool:
        """Take one more live HR or SPO2 of the minute that was written into last, as nearly all of them are.

        False: that has to be looked at (`hear`), and nothing was taken in.
        """
        way = self._open.get(kind)
        if way is None or not self._begins <= at < self._ends:
            return False
        low, high, values = way
        if not low <= value <= high or len(values) >= ROOMY:
            return False
        values.append(value)
        newest = self.newest.get(kind)
        if newest is None or at > newest:
            self.newest[kind] = at
        return True

    def hear(self, entry: Entry) -> None:
        """Take one thing a device said about this person; its object is one of `HEARD`."""
        at, kind = entry.time, entry.object.type
        self._notice(at)
        if kind == WORN:
            self._wear(entry.subject.id, at, worn=entry.value is not False)
            return
        number = int(at.timestamp() // 60)
        minute = self.window.minute(number)
        if minute is not None:
            self._begins = _EPOCH + number * _MINUTE
            self._ends = self._begins + _MINUTE
            self._write(minute, kind, entry, at)
            self._open = {} if self._off else self._ways(minute)

    def _ways(self, minute: Minute) -> dict[str, tuple[float, float, list[float]]]:
        told = ((HR, RATES, minute.rate.roomy), (SPO2, OXYGEN, minute.oxygen.roomy))
        return {kind: (low, high, values) for kind, (low, high), values in told if values is not None}

    def _notice(self, at: datetime) -> None:
        """Something was heard: after a long silence, readings have resumed."""
        known = [time for time in (self._heard, *self.newest.values()) if time is not None]
        heard = max(known, default=None)
        if heard is None or at > heard:
            self._heard = at
            if heard is not None and at.timestamp() - heard.timestamp() > _GAP:
                self.resumed = at.timestamp()

    def _wear(self, device: str, at: datetime, *, worn: bool) -> None:
        if worn:
            self._on.add(device)
            self._off.pop(device, None)
        else:
            self._on.discard(device)
            self._off[device] = at
            self._open = {}  # from now on it matters which device tells

    def _write(self, minute: Minute, kind: str, entry: Entry, at: datetime) -> None:
        context = entry.context
        value = context.get("value")
        number: float = value if type(value) is int or type(value) is float else 0.0
        if kind == STEPS:
            minute.steps = max(minute.steps, min(number, _MOST_STEPS))
            self.counted = max(at, self.counted or at)
            if minute.steps > 0:
                self.stepped = max(at, self.stepped or at)
            return
        is_rate = kind == HR
        valid = is_valid_rate(number) if is_rate else is_valid_oxygen(number)
        if valid and (self._off or "quality" in context):
            valid = entry.subject.id not in self._off and is_good(context.get("quality"))
        (minute.rate if is_rate else minute.oxygen).hear(number, valid=valid)
        if valid and at > self.newest.get(kind, _EPOCH):
            self.newest[kind] = at
