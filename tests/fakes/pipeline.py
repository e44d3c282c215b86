"""Stand-ins for the wire and the disk, honest about order: they record what happened when."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from healthmon.events import Entry, Event, Message, Rejected, Remark, Thing
from healthmon.pipeline.writer import Refused

START = datetime(2026, 11, 22, 8, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """So many seconds after the start of the story."""
    return START + timedelta(seconds=seconds)


def reading(value: float, *, seconds: float, id: str = "", person: str = "maria") -> Event:  # noqa: A002
    """A heart rate of maria's watch."""
    return Event(
        id=id or f"w:{seconds}",
        time=at(seconds),
        subject=Thing("WATCH", "watch-1"),
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": value, "unit": "/min", "person": person},
    )


class Diary:
    """What happened, in order: the journal, the dead letters and the listener of one story in one."""

    def __init__(self, messages: Iterable[Message] = ()) -> None:
        self.happened: list[str] = []
        self.entries: list[Entry] = []
        self.refused: list[Rejected] = []
        self.acknowledged: list[int] = []
        self.waiting = list(messages)
        self.failures: list[Exception] = []

    def append(self, entries: Sequence[Entry]) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.happened.append(f"durable {len(entries)}")
        self.entries += entries

    def keep_refused(self, refused: Iterable[Refused]) -> None:
        kept = [rejected for rejected, _, _ in refused]
        self.happened += [f"kept {rejected.reason.value}" for rejected in kept]
        self.refused += kept

    def acknowledge(self, receipts: Sequence[int]) -> None:
        self.happened.append(f"acknowledged {list(receipts)}")
        self.acknowledged += receipts

    def take(self, limit: int, timeout: float) -> list[Message]:
        taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return taken


class EveryTenSeconds:
    """A rule that counts: it says how many readings it saw, ten seconds after the first of them."""

    name = "counting"

    def __init__(self) -> None:
        self._due: datetime | None = None
        self._seen = 0

    def observe(self, entry: Entry) -> list[Remark]:
        if entry.verb == "MEASURES":
            self._seen += 1
            self._due = self._due or entry.received + timedelta(seconds=10)
        return []

    def due(self) -> datetime | None:
        return self._due

    def forget(self, person: str) -> None:
        """It counts readings, whosever they are."""

    def fire(self, at: datetime) -> list[Remark]:
        due, self._due = self._due, None
        assert due is not None
        said = Remark(
            by=self.name, verb="FLAGS", object=Thing("COUNT"), at=due, context={"value": self._seen}
        )
        self._seen = 0
        return [said]


class Above:
    """A rule that flags every reading above a limit."""

    name = "above"

    def __init__(self, limit: float) -> None:
        self._limit = limit

    def observe(self, entry: Entry) -> list[Remark]:
        if entry.verb != "MEASURES" or (entry.amount or 0) <= self._limit:
            return []
        return [Remark(self.name, "FLAGS", Thing("SPIKE"), entry.time, entry.person, {"value": entry.value})]

    def forget(self, person: str) -> None:
        """It remembers nobody."""

    def due(self) -> datetime | None:
        return None

    def fire(self, at: datetime) -> list[Remark]:
        return []
