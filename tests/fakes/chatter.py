"""A rule that says the same several times over, of one reading and of one moment, as chance has it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from healthmon.events import Entry, Remark, Thing


class Chatter:
    """Counts what it says, so that equal remarks differ in what they hold. Hears the monitor, too."""

    def __init__(self, name: str, seed: int) -> None:
        self.name = name
        self.said = 0
        self._seed = seed
        self._due: datetime | None = None

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """A few words, of very few that it knows; sometimes more of them later."""
        chance = Random(f"{self._seed} {entry.id}")
        if chance.random() < 0.3:
            self._due = entry.received + timedelta(seconds=chance.choice((0, 1, 5)))
        is_echo = entry.subject.type == "MONITOR"
        return self._some(entry.time, chance.choice((0, 0, 0, 1) if is_echo else (0, 0, 1, 2, 4)), chance)

    def due(self) -> datetime | None:
        """When it has more to say."""
        return self._due

    def fire(self, at: datetime) -> Iterable[Remark]:
        """The same words again, stamped with the moment."""
        due, self._due = self._due or at, None
        chance = Random(f"{self._seed} {due}")
        return self._some(due, chance.choice((1, 2, 3)), chance)

    def forget(self, person: str) -> None:
        """It remembers nobody."""

    def _some(self, at: datetime, count: int, chance: Random) -> list[Remark]:
        return [self._one(at, chance) for _ in range(count)]

    def _one(self, at: datetime, chance: Random) -> Remark:
        self.said += 1
        person = chance.choice(("maria", "maria", "jan"))
        return Remark(self.name, "FLAGS", Thing("WORD"), at, person, {"value": self.said})
