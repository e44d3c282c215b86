"""This is the place for MISSED_ROUTINE: the morning kettle that did not boil by its usual time.

Medium, unlike what else is only unusual: a low alarm neither sounds nor calls, and who fell in the morning
needs somebody to come. A kettle that boils at nine instead of eight asks nobody: see `habit` for its hour.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, TypeAlias

from healthmon.events import Entry, Json, Listener, Remark, StreamListener, Thing
from healthmon.events.zones import Zones
from healthmon.rules.habit import Habit, begins

ALARM: Final = "MISSED_ROUTINE"
NAME: Final = "routine"
MOST: Final = 64  # kettles and their drinkers that are followed; our choice
_DEVICES_SAY: Final = frozenset({"MEASURES", "REPORTS", "DETECTS", "SWITCHES"})
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_Key: TypeAlias = tuple[str, str | None]  # the kettle, and whose it is; None: the home's


class MissedRoutine:
    """RAISES ALARM MISSED_ROUTINE when a kettle has not boiled this morning, CLEARS it when it does.

    Off until 14 mornings are known. A cup that says whose it was is its drinker's habit; one that does not
    is the home's, and counts for everybody. Nothing is said of a morning on which no device was heard (they
    are away), nor of one that was not recorded whole. One alarm for all the days that it stays cold; after 14
    it is given up. Only live words raise and clear; a late cup is learnt from.

    Context: priority, episode, since (when it should have boiled), device, `usual` ("08:10", the time by
    which it boils nine mornings of ten, on the clock of who lives there), why "held"; CLEARS: outcome.
    """

    name = NAME

    def __init__(self) -> None:
        self._zones = Zones()
        self._habits: dict[_Key, Habit] = {}
        self._signs: dict[str | None, datetime] = {None: _LONG_AGO}  # when a device was last heard, by person
        self._off: set[str | None] = set()
        self._listening_since = _LONG_AGO
        self._moved_at: dict[str, datetime] = {}
        self._due: datetime | None = None

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """Judge one entry."""
        listen = self.listener(entry.verb, entry.object.type)
        return (listen(entry) or ()) if listen is not None else ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Kettles, signs of life of any device, and what carers set."""
        if verb == "PERCOLATES":
            return self._boiled
        if (verb, kind) in {("STARTS", "RECORDER"), ("REPORTS", "GAP")}:
            return self._started
        if (verb, kind) in {("REPORTS", "CONTACTS"), ("SETS", "PERSON")}:
            return self._lives
        if (verb, kind) == ("SETS", "ALARM"):
            return self._set
        return self._heard if verb in _DEVICES_SAY else None

    def stream(self, entry: Entry) -> StreamListener:
        """Signs of life of those whose kettles are known."""
        person, signs = entry.person, self._signs

        def hear(entry: Entry, value: float) -> None:  # noqa: ARG001
            if person in signs:
                signs[person] = entry.received

        return hear

    def due(self) -> datetime | None:
        """When the next kettle should have boiled."""
        return self._due

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Every morning that is over by `at`, in their order."""
        said: list[Remark] = []
        while self._due is not None and self._due <= at:
            now = self._due
            for key, habit in [(key, habit) for key, habit in self._habits.items() if habit.due == now]:
                said += self._judged(key, habit, now)
                habit.look_ahead(now, self._zones.of(key[1]))
            self._find_due()
        return said

    def forget(self, person: str) -> None:
        """What they are used to, and where they live."""
        self._habits = {key: habit for key, habit in self._habits.items() if key[1] != person}
        self._signs.pop(person, None)
        self._off.discard(person)
        self._moved_at.pop(person, None)
        self._zones.forget(person)
        self._find_due()

    def followed(self) -> tuple[_Key, ...]:
        """The kettles whose mornings are known, and whose they are."""
        return tuple(self._habits)

    def _heard(self, entry: Entry) -> None:
        """A sign of life: nearly every entry there is."""
        context = entry.context
        person = context.get("person")
        who = person if type(person) is str else None
        if who in self._signs and "delivery" not in context:
            self._signs[who] = entry.received

    def _boiled(self, entry: Entry) -> Iterable[Remark] | None:
        if not entry.counts_now or entry.subject.type in {"MONITOR", "CAREGIVER"}:
            return None
        self._heard(entry)
        kettle, person, said = entry.subject.name, entry.person, list[Remark]()
        if (kettle, person) not in self._habits and len(self._habits) < MOST:
            self._habits[kettle, person] = Habit()
            self._signs.setdefault(person, _LONG_AGO)
        for key, habit in self._habits.items():
            if not _is_theirs(key, kettle, person):
                continue
            zone = self._zones.of(key[1])
            habit.boil(entry.time, zone, is_own=key == (kettle, person))
            habit.look_ahead(entry.received, zone)
            if "delivery" not in entry.context:
                said += _over(key, habit, entry.received, "boiled")
        self._find_due()
        return said

    def _judged(self, key: _Key, habit: Habit, at: datetime) -> Iterator[Remark]:
        usual = habit.usual()
        if habit.is_given_up(at):
            yield from _over(key, habit, at, "given-up")
            del self._habits[key]
        elif usual is not None and self._is_missed(key, habit, at):
            kettle, person = key
            habit.raised = (f"{ALARM}:{person or kettle}:{at.isoformat()}", at)
            told: dict[str, Json] = {"usual": f"{usual // 60:02}:{usual % 60:02}", "why": "held"}
            yield _remark("RAISES", key, habit.raised, at, told)

    def _is_missed(self, key: _Key, habit: Habit, at: datetime) -> bool:
        """Whether it did not boil this morning although somebody was there, and that is news."""
        zone = self._zones.of(key[1])
        today = at.astimezone(zone).date()
        begun = begins(today, zone)
        heard = max(self._signs.get(key[1], _LONG_AGO), self._signs[None])
        is_known = max(self._listening_since, self._moved_at.get(key[1] or "", _LONG_AGO)) <= begun
        is_news = habit.raised is None and habit.settled < today
        return is_news and is_known and heard >= begun and key[1] not in self._off

    def _started(self, entry: Entry) -> Iterable[Remark] | None:
        """Nobody listened until now: of this morning nothing can be said."""
        if entry.subject.type != "MONITOR" or "delivery" in entry.context:
            return None
        self._listening_since = entry.received
        self._look_ahead(entry.received)
        return ()

    def _lives(self, entry: Entry) -> Iterable[Remark] | None:
        """Somebody lives by another clock. The morning of a journey is nobody's usual one."""
        if not self._zones.follow(entry):
            return None
        if entry.verb == "SETS":
            self._moved_at[entry.person or entry.object.id] = entry.received
        else:
            self._listening_since = entry.received
        self._look_ahead(entry.received)
        return ()

    def _set(self, entry: Entry) -> Iterable[Remark]:
        """SETS ALARM MISSED_ROUTINE {off: true}: for a person, or for the home."""
        if entry.object.id != ALARM or entry.subject.type != "CAREGIVER" or not entry.counts_now:
            return
        who = entry.person
        (self._off.add if entry.context.get("off") is True else self._off.discard)(who)
        for key, habit in self._habits.items():
            if key[1] == who and who in self._off:
                yield from _over(key, habit, entry.received, "switched-off")

    def _look_ahead(self, now: datetime) -> None:
        for key, habit in self._habits.items():
            habit.look_ahead(now, self._zones.of(key[1]))
        self._find_due()

    def _find_due(self) -> None:
        self._due = min((habit.due for habit in self._habits.values() if habit.due is not None), default=None)


def _is_theirs(key: _Key, kettle: str, person: str | None) -> bool:
    """Whether a cup of this kettle and this drinker is one of this habit's, or may be."""
    if key == (kettle, person) or (key[1] is not None and key[1] == person):
        return True
    return key[0] == kettle and (person is None or key[1] is None)


def _over(key: _Key, habit: Habit, at: datetime, outcome: str) -> Iterator[Remark]:
    raised, habit.raised = habit.raised, None
    if raised is not None:
        yield _remark("CLEARS", key, raised, at, {"outcome": outcome})


def _remark(
    verb: str, key: _Key, raised: tuple[str, datetime], at: datetime, more: dict[str, Json]
) -> Remark:
    kettle, person = key
    context: dict[str, Json] = {
        "priority": "medium",
        "episode": raised[0],
        "since": raised[1].isoformat(),
        "latched": False,
        "device": kettle,
        **more,
    }
    return Remark(f"{NAME}.{kettle.replace(':', '.')}", verb, Thing("ALARM", ALARM), at, person, context)
