"""This is the place for what is known of one device: whose it is, when it was heard, what it last felt."""

from datetime import datetime, timedelta
from typing import Final

from healthmon.alarms.devices.rhythm import NEVER, SHORTEST_PATIENCE, Rhythm, patience

# ADVICE, NOT_WORN: neither heart rate nor oxygen for 30 s is a device that was taken off.
FEELS_NOTHING: Final = timedelta(seconds=30)
# Issue 4, FROZEN: identical for 5 minutes at 0.2 Hz or faster. Sparser readings may well repeat.
ALIKE_FOR: Final = timedelta(minutes=5)
ALIKE_APART: Final = timedelta(seconds=5)
MANY_ALIKE: Final = ALIKE_FOR // ALIKE_APART
NEVER_STALE: Final = timedelta()  # the period of a device for spot checks, as a carer sets it


class Pulse:
    """One quantity of a body as one device tells it: its last valid value, and how long that has been so.

    `since` is when it began to have this value, as far as it was listened to and felt all the time.
    `lost_since` is the first reading of no signal since the last valid one; None while there is a signal.
    `is_doubted`: there is one, which the device does not trust itself.
    Before `quiet_until` a valid reading can change nothing but what is noted here.
    """

    __slots__ = ("count", "felt_at", "is_doubted", "lost_since", "quiet_until", "rhythm", "since", "value")

    def __init__(self, at: datetime, value: float) -> None:
        self.rhythm = Rhythm()
        self.felt_at = self.since = at
        self.value = value
        self.count = 1  # readings of this value, one after the other
        self.lost_since: datetime | None = None
        self.is_doubted = False
        self.quiet_until = NEVER

    def go_on(self, at: datetime, value: float) -> None:
        """A valid reading after a valid one."""
        if value == self.value:
            self.count += 1
            if self.count == MANY_ALIKE - 1:
                self.quiet_until = NEVER
        else:
            self.value, self.since, self.count = value, at, 1
        self.felt_at = at

    def feel(self, at: datetime, value: float) -> None:
        """A valid reading."""
        self.go_on(at, value)
        self.lost_since, self.is_doubted = None, False
        if at >= self.rhythm.until:
            self.rhythm.beat(at)

    def doubt(self, at: datetime) -> bool:
        """A reading that the device does not trust itself; whether there was none before."""
        was_lost = self.lost_since is not None
        self.since, self.count, self.lost_since, self.is_doubted = at, 0, None, True
        self.quiet_until = NEVER
        return was_lost

    def lose(self, at: datetime) -> bool:
        """A reading of no signal; whether it is the first."""
        self.is_doubted = False
        if self.lost_since is not None:
            return False
        self.lost_since, self.since, self.count, self.quiet_until = at, at, 0, NEVER
        return True


class Device:
    """One device. All times are those of receipt: its own clock may be wrong.

    `heard_at` is its last live word; `sign_at` its last word of any kind that came over the wire, old
    readings too: they are no news, but what sends them is not silent. `begun_at`: since we listen.
    """

    __slots__ = (
        "battery",
        "begun_at",
        "heard_at",
        "is_assigned",
        "is_worn",
        "name",
        "offline_since",
        "offset",
        "person",
        "pulses",
        "rhythm",
        "set_period",
        "sign_at",
        "wear_since",
    )

    def __init__(self, name: str, at: datetime) -> None:
        self.name = name
        self.person: str | None = None
        self.is_assigned = False
        self.rhythm = Rhythm()
        self.set_period: timedelta | None = None
        self.begun_at = self.heard_at = self.sign_at = at
        self.offline_since: datetime | None = None
        self.is_worn: bool | None = None  # None: it never said
        self.wear_since = at
        self.pulses: dict[str, Pulse] = {}
        self.battery: float | None = None
        self.offset: timedelta | None = None  # how slow its clock is, while that is known to be wrong

    @property
    def is_named(self) -> bool:
        """Whether a carer assigned it or set its period: then it is expected for ever."""
        return self.is_assigned or self.set_period is not None

    def period(self) -> timedelta | None:
        """How often it is expected: as a carer said, else as learnt. None: it is not expected at all.

        What a carer gave to somebody is expected even if it stays away at times: as often as it usually does.
        """
        if self.set_period is not None:
            return self.set_period or None
        return self.rhythm.longest() if self.is_assigned else self.rhythm.period()

    def silent_at(self) -> datetime | None:
        """When it counts as silent if nothing more comes; None for one that is never stale, or was taken off.

        Nobody is watched less by a watch that is switched off on its charger; see NOT_WORN.
        """
        period = self.period()
        if period is None or self.is_worn is False:
            return None
        due = max(self.heard_at, self.sign_at, self.begun_at, self.wear_since) + patience(period)
        if self.offline_since is None:
            return due
        return min(due, max(self.offline_since, self.begun_at) + SHORTEST_PATIENCE)

    def is_silent(self, at: datetime) -> bool:
        """Whether it should have spoken by now."""
        due = self.silent_at()
        return due is not None and due <= at

    def off_since(self) -> datetime | None:
        """Since when it is not worn; None while it is, or may be.

        One that never said whether it is worn is off when it feels neither heart nor oxygen, and has felt
        both: where there is only one of the two, a lost signal may be a body's.
        """
        if self.is_worn is not None:
            return None if self.is_worn else self.wear_since
        lost = [pulse.lost_since for pulse in self.pulses.values() if pulse.lost_since is not None]
        return max(lost) if len(lost) == len(self.pulses) >= 2 else None

    def is_off(self, at: datetime) -> bool:
        """Whether it is not on anybody."""
        since = self.off_since()
        return since is not None and (self.is_worn is False or at - since >= FEELS_NOTHING)

    def wear(self, at: datetime, *, is_worn: bool) -> bool:
        """It said, or showed, whether it is worn; whether that is news."""
        is_news = is_worn is not self.is_worn
        self.is_worn, self.wear_since = is_worn, at if is_news else self.wear_since
        return is_news

    def hear(self, at: datetime) -> None:
        """It said something that is of now, as it does from time to time."""
        self.heard_at = self.sign_at = at
        self.offline_since = None
        if at >= self.rhythm.until:
            self.rhythm.beat(at)

    def begin_anew(self, at: datetime) -> None:
        """Nobody listened until now: of the time before nothing is concluded."""
        self.begun_at = at
        self.rhythm.pause()
        for pulse in self.pulses.values():
            pulse.rhythm.pause()
            pulse.since, pulse.count, pulse.quiet_until = at, 0, NEVER
            if pulse.lost_since is not None:
                pulse.lost_since = at
