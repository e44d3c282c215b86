"""This is the place for short logs of alarms, as tests tell them, in minutes after the start."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from healthmon.clock import TurnedClock
from healthmon.events import Entry, Json, Thing
from healthmon.log import EventLog

START = datetime(2026, 11, 20, 22, tzinfo=UTC)  # a Friday evening
MONITOR = Thing("MONITOR")
ANNA = Thing("CAREGIVER", "anna")
WATCH = Thing("WATCH", "watch-7")


def at(minutes: float) -> datetime:
    """So many minutes after the start."""
    return START + timedelta(minutes=minutes)


def episode_at(minutes: float, person: str = "maria") -> str:
    """The id of an episode that began then."""
    return f"E:{person}:{at(minutes).isoformat()}"


class Days:
    """A log as it grows; every method adds one entry, told by minutes."""

    def __init__(self, person: str = "maria") -> None:
        self.entries: list[Entry] = []
        self._person = person

    def says(self, minutes: float, who: Thing, verb: str, thing: Thing, **context: Json) -> "Days":
        """Anything at all."""
        number = len(self.entries)
        about = {"person": self._person, **context}
        entry = Entry(
            id=f"t{number}",
            time=at(minutes),
            subject=who,
            verb=verb,
            object=thing,
            context={key: value for key, value in about.items() if value is not None},
            offset=number,
            received=at(minutes),
        )
        self.entries.append(entry)
        return self

    def raises(self, minutes: float, alarm: str = "SPO2_LOW", **context: Json) -> "Days":
        """A new medium alarm, of an episode that begins there, unless said otherwise."""
        said: dict[str, Json] = {"why": "held", "priority": "medium", "episode": episode_at(minutes)}
        return self.says(minutes, MONITOR, "RAISES", Thing("ALARM", alarm), **{**said, **context})

    def clears(self, minutes: float, begun: float, alarm: str = "SPO2_LOW", **context: Json) -> "Days":
        """It is over, of the episode that began at `begun`."""
        said: dict[str, Json] = {"outcome": "recovered", "latched": False, "episode": episode_at(begun)}
        return self.says(minutes, MONITOR, "CLEARS", Thing("ALARM", alarm), **{**said, **context})

    def acknowledges(self, minutes: float, begun: float, alarm: str = "SPO2_LOW") -> "Days":
        """Anna has seen it."""
        return self.says(minutes, ANNA, "ACKNOWLEDGES", Thing("ALARM", alarm), episode=episode_at(begun))

    def rates(self, minutes: float, begun: float, verdict: str) -> "Days":
        """Anna says what it was."""
        return self.says(minutes, ANNA, "RATES", Thing("EPISODE", episode_at(begun)), value=verdict)

    def worn(self, minutes: float, *, worn: bool) -> "Days":
        """The watch is put on or taken off."""
        return self.says(minutes, WATCH, "REPORTS", Thing("WORN"), value=worn)

    def reads(self, minutes: float, value: float = 97.0) -> "Days":
        """An oxygen reading."""
        return self.says(minutes, WATCH, "MEASURES", Thing("SPO2"), value=value, unit="%")

    def worn_days(self, days: float, *, begin: float = 0.0) -> "Days":
        """The watch, worn for so long and heard every half hour."""
        self.worn(begin, worn=True)
        for half_hour in range(1, int(days * 48)):
            self.reads(begin + 30 * half_hour)
        return self.worn(begin + days * 1440, worn=False)

    def in_order(self) -> list[Entry]:
        """As the log has it: by the time they were received."""
        return sorted(self.entries, key=lambda entry: entry.received)

    def written(self, folder: Path) -> Path:
        """A log of them on disk, closed."""
        write(folder, self.in_order())
        return folder


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """A log of these entries, numbered as they come."""
    with EventLog.open(folder, clock=TurnedClock(START)) as log:
        log.append(
            [Entry.of(one, offset=number, received=one.received) for number, one in enumerate(entries)]
        )
