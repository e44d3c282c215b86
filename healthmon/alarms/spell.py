"""This is the place for "for 30 seconds": how long one device's readings have stayed on one side."""

from datetime import datetime, timedelta
from math import inf

from healthmon.alarms.doubt import STEADY_STEPS, STEADY_WALK, SWAYING_WALK, Restlessness, Steadiness

NOTHING = timedelta()
HOLD = timedelta(seconds=15)  # our choice: a signal may be missing for so long without breaking a spell
FEWEST = 2  # our choice: one reading is an artefact until another agrees


class Spell:
    """Valid readings of one device that stay on one side, timed by their own times.

    No signal holds the timer: that time does not count, and more than `HOLD` of it breaks the spell, or more
    than the device's patience. So does a silence longer than that. A reading of this side that the device
    doubts holds it too, and breaks nothing. The timer may run out between two
    readings, when the newest is at most `HOLD` older than that moment; else the next reading decides. One
    reading alone never lasts.
    What is shaken and not steady for long, or restless for its `steadiness` (`healthmon.alarms.doubt`), has
    to last for longer.
    """

    __slots__ = (
        "_believed",
        "_count",
        "_held",
        "_held_from",
        "_is_left",
        "_is_shaken",
        "_lag",
        "_missing_from",
        "_sway",
        "due",
        "newest",
        "not_before",
        "since",
        "worst",
    )

    def __init__(
        self,
        at: datetime,
        value: float,
        delay: timedelta,
        lag: timedelta,
        *,
        steadiness: Steadiness | None = None,
    ) -> None:
        self.since = self.newest = at
        self.due = at + delay
        self.not_before = at
        self.worst = value
        self._lag = lag
        self._count = 1
        self._held = NOTHING  # as much of its time did not count
        self._held_from: datetime | None = None
        self._missing_from: datetime | None = None  # since then nothing was told of this side
        self._is_left = self._is_shaken = False
        self._believed = at + steadiness.believed_after if steadiness is not None else at
        self._sway = Restlessness(value, steadiness.sway if steadiness is not None else inf)

    def goes_on(self, at: datetime, patience: timedelta, lag: timedelta) -> bool:
        """Take in one more reading of this side; False when too much was missing before it."""
        held = at - self._held_from if self._held_from is not None else NOTHING
        missing = at - self._missing_from if self._missing_from is not None else NOTHING
        if missing > max(HOLD, patience) or at - self.newest - held > patience:
            return False
        self.due += held
        self._held += held
        self.newest, self._lag, self._held_from, self._missing_from = at, lag, None, None
        self._is_left = False
        self._count += 1
        if self._count == FEWEST:
            self.due = max(self.due, at)  # before it the first one might have been an artefact
        return True

    def hold(self, at: datetime, patience: timedelta, *, is_beyond: bool = False) -> bool:
        """No signal, or one of this side that the device doubts; False when none was told for too long."""
        if self._held_from is None:
            self._held_from = at
        missing_from = self._missing_from or at
        self._missing_from = at if is_beyond else missing_from
        return at - missing_from <= max(HOLD, patience)

    def leave(self, at: datetime, patience: timedelta, *, has_leapt: bool) -> bool:
        """A reading of the other side; False when that ends it. One that leapt there, and those after it, are
        no sign, for as long as no signal would be: a heart that is missed, or counted twice, for a moment."""
        self._is_left = self._is_left or has_leapt
        return self._is_left and self.hold(at, patience)

    def wait_until(self, at: datetime) -> None:
        """It is not over before."""
        self.not_before = max(self.not_before, at)
        self.due = max(self.due, at)

    def retime(self, more: timedelta) -> None:
        """The delay is so much longer, or shorter; it is not over before what was read last."""
        self.due = max(self.due + more, self.newest, self.not_before)

    @property
    def is_proven(self) -> bool:
        """Whether more than one reading told so."""
        return self._count >= FEWEST

    def weigh(self, value: float) -> None:
        """The value of the reading that just went on."""
        self._sway.add(value)

    def shake(self) -> None:
        """The newest reading was taken while walking."""
        self._is_shaken = True

    @property
    def is_believed(self) -> bool:
        """Whether it is steady enough, or has lasted long enough whatever it is."""
        if self.newest >= self._believed:
            return True
        counted = self.newest - self.since - self._held
        if self._is_shaken:
            if counted < STEADY_WALK or self._count <= STEADY_STEPS:
                return False
            if counted >= SWAYING_WALK:
                return True
        return not self._sway.is_restless(counted)

    def is_running(self, now: datetime) -> bool:
        """Whether the timer runs: it is neither held nor waiting for a device that seldom tells."""
        return self._held_from is None and now - self.newest <= HOLD

    def has_lasted(self, at: datetime) -> bool:
        """Whether the reading at `at` is part of the spell, and completes it."""
        return self._held_from is None and self.is_proven and at >= self.due and self.is_believed

    def stamp(self, at: datetime) -> datetime:
        """When it was complete: the due time, unless only a much later reading, at `at`, could tell."""
        return self.due if at - self.due <= HOLD else at

    def wake(self) -> datetime | None:
        """When to complete it without another reading, in the recorder's time, or None when only one can.

        Readings arrive some time after they were taken. The timer waits as much longer as the newest one did:
        a burst of old readings is read to its end before anything is concluded from a part of it.
        """
        if self._held_from is not None or not self.is_proven or self.due - self.newest > HOLD:
            return None
        if not self.is_believed:
            return None
        return self.due + self._lag
