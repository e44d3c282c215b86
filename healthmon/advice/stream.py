"""This is the place for one path that one person's readings come in on: live, or late and imported."""

from collections.abc import Callable

from healthmon.advice.minutes import Minute, Settled, Window, is_valid_oxygen, is_valid_rate
from healthmon.events import Entry, Json
from healthmon.events.vocabulary import HR, SPO2

STEPS = "STEPS"
WORN = "WORN"
HEARD = frozenset({HR, SPO2, STEPS, WORN})

_MOST_STEPS = 300.0  # a minute: nobody runs faster
_GAP = 600.0  # s of nothing, after which readings have resumed


class Stream:
    """What one person's devices say on one path. One thread. Neither path disturbs the other."""

    def __init__(self, learn: Callable[[Settled], None]) -> None:
        self.window = Window(learn)
        self.newest: dict[str, float] = {}  # s since the epoch of the newest valid reading, by quantity
        self.resumed: float | None = None  # s since the epoch when readings came back after a gap
        self._heard: float | None = None
        self._on: set[str] = set()
        self._off: dict[str, float] = {}

    @property
    def worn(self) -> bool:
        """False when every device that says so is off, and nothing else felt a pulse since."""
        if self._on or not self._off:
            return True
        return self.newest.get(HR, 0.0) > max(self._off.values())

    def hear(self, entry: Entry) -> None:
        """Take one thing a device said about this person; its object is one of `HEARD`."""
        at = entry.time.timestamp()
        heard = self._heard
        if heard is None or at > heard:
            self._heard = at
            if heard is not None and at - heard > _GAP:
                self.resumed = at
        kind = entry.object.type
        if kind == WORN:
            self._wear(entry.subject.id, at, worn=entry.value is not False)
        elif (minute := self.window.minute(int(at // 60))) is not None:
            self._write(minute, kind, entry, at)

    def _wear(self, device: str, at: float, *, worn: bool) -> None:
        if worn:
            self._on.add(device)
            self._off.pop(device, None)
        else:
            self._on.discard(device)
            self._off[device] = at

    def _write(self, minute: Minute, kind: str, entry: Entry, at: float) -> None:
        context = entry.context
        value = context.get("value")
        number: float = value if type(value) is int or type(value) is float else 0.0
        if kind == STEPS:
            minute.steps = max(minute.steps, min(number, _MOST_STEPS))
            return
        is_rate = kind == HR
        valid = is_valid_rate(number) if is_rate else is_valid_oxygen(number)
        if valid and (self._off or "quality" in context):
            valid = entry.subject.id not in self._off and is_good(context.get("quality"))
        (minute.rate if is_rate else minute.oxygen).hear(number, valid=valid)
        if valid and at > self.newest.get(kind, 0.0):
            self.newest[kind] = at


def is_good(quality: Json) -> bool:
    """Whether a device trusts its own reading: nothing said, `good`, or a share of at least a half."""
    if quality is None:
        return True
    if isinstance(quality, str):
        return quality.lower() == "good"
    return isinstance(quality, int | float) and quality >= 0.5
