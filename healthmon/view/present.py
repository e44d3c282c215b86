"""This is the place for the moment a screen is made for, and for telling other moments as seen from it."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from healthmon.clock import Clock, FastClock


@dataclass(frozen=True, slots=True)
class Present:
    """One tick's now, on the log's clock and in real time, and the zone the reader lives in.

    `forgiven` is what a fast clock makes of one real second on the way from device to screen; no reading is
    called old for it. It is nothing when the clock is the machine's. Where nothing `is_recorded` no
    reading is of now, however young: what comes after it would not be known.
    """

    now: datetime
    real: datetime
    zone: tzinfo | None = None
    forgiven: timedelta = timedelta()
    is_recorded: bool = True
    seconds: float = field(init=False)  # now, since the epoch
    forgiven_seconds: float = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what every number on the screen asks for."""
        object.__setattr__(self, "seconds", self.now.timestamp())
        object.__setattr__(self, "forgiven_seconds", self.forgiven.total_seconds())

    def local(self, moment: datetime) -> datetime:
        """The moment in the reader's zone."""
        return moment.astimezone(self.zone)

    def today(self) -> tuple[datetime, datetime]:
        """The midnights between which the reader's day lies."""
        day = self.local(self.now).date()
        return self._midnight(day), self._midnight(day + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        midnight = datetime.combine(day, time())
        return midnight.astimezone() if self.zone is None else midnight.replace(tzinfo=self.zone)

    def told(self, moment: datetime) -> str:
        """The clock time, with the day before it when that is not today's: `14:05`, `Nov 3 14:05`."""
        then = self.local(moment)
        if then.date() == self.local(self.now).date():
            return f"{then:%H:%M}"
        return f"{then:%b} {then.day} {then:%H:%M}"


def forgiven_by(clock: Clock) -> timedelta:
    """One real second on this clock, beyond the second itself."""
    spec = clock.spec()
    speed = 1.0 if spec == "system" else FastClock.parse(spec).speed
    return max(timedelta(), timedelta(seconds=speed - 1.0))
