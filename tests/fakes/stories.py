"""Days in a home, made of short chapters, told to a recorder's logic that may crash and start again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from healthmon.events import Entry, Event, Json, Message, Refusal, Rejected, Thing, TimeSource, wire
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import MONITOR
from healthmon.settings import RuleSettings
from tests.fakes import care
from tests.fakes.acts import ACTS, ANNA, WHO, coffee, measured, told

START = datetime(2026, 11, 22, 6, 55, tzinfo=UTC)
VERSIONS: dict[str, Json] = {"healthmon": "of this test"}
SECOND = timedelta(seconds=1)


class Chapter(NamedTuple):
    """Something that goes on for a while, to one of two people. `chance` decides the small things."""

    kind: str
    who: int
    seconds: int
    chance: int


KINDS = (
    "calm", "calm", "low", "very-low", "leap", "no-pulse", "gap", "off", "on", "offline", "assign", "limit",
    "profile", "acknowledge", "snooze", "late", "import", "days", "coffee", "refused", "steps", "again",
    "restart", "crash", "clock", "sleep", "contacts", "arrived", "battery", "mornings", "cup", "nights",
    "dips", *care.ACTS,
)  # fmt: skip

chapters = st.lists(
    st.builds(
        Chapter,
        st.sampled_from(KINDS),
        st.integers(0, 1),
        st.integers(1, 200),
        st.integers(0, 2**16),
    ),
    min_size=3,
    max_size=16,
)


def fresh_logic() -> Logic:
    """The logic of a home, with a short memory so that it is seen to forget."""
    return Logic(house_rules(RuleSettings()).rules, remembered_ids=300)


class Home:
    """Tells chapters to a logic and keeps the log. `ticks` draws when the timers are looked at."""

    def __init__(self, logic: Logic | None = None, log: Sequence[Entry] = (), *, ticks: Random | None = None):
        self.log = list(log)
        self.logic = logic or fresh_logic()
        self.now = START if not self.log else self.log[-1].received
        self._ticks = ticks
        self._number = len(self.log)
        self._slow = [timedelta(), timedelta()]  # how far behind each watch's clock is
        if not self.log:
            self.start()

    def start(self) -> None:
        """The recorder starts."""
        self.log += self.logic.start(_of_monitor("STARTS", self.now), self.now)

    def restart(self, *, lost: int = 0) -> None:
        """The recorder died, the last entries with it; it rebuilds its logic from the log and goes on."""
        del self.log[max(1, len(self.log) - lost) :]
        self.logic = fresh_logic()
        self.log += self.logic.recall(self.log)
        self.start()

    def live(self, story: Iterable[Chapter]) -> "Home":
        """Let it all happen."""
        for chapter in story:
            self._happen(chapter)
        return self

    def _happen(self, chapter: Chapter) -> None:
        chance, who = Random(chapter.chance), chapter.who
        if chapter.kind in {"restart", "crash", "clock", "sleep"}:
            self._go_wrong(chapter, chance)
        elif chapter.kind == "gap":
            self._pass(chapter.seconds * SECOND * chance.choice((1, 10, 60)))
        elif chapter.kind in ACTS:
            self._take(ACTS[chapter.kind](self._name(), self.now, who, chance))
        elif chapter.kind == "refused":
            self._pass(SECOND)
            rejected = Rejected(Message(topic="t", payload=b"{"), Refusal.NOT_JSON, "no")
            self.log += self.logic.refuse(rejected, self.now)
        elif chapter.kind in {"contacts", "arrived", *care.ACTS}:
            self._care(chapter, chance)
        elif chapter.kind in {"late", "import"}:
            self._old(chapter, chance)
        elif chapter.kind in _LONG:
            _LONG[chapter.kind](self, chapter, chance)
        else:
            self._measure(chapter, chance)

    def _go_wrong(self, chapter: Chapter, chance: Random) -> None:
        if chapter.kind == "clock":
            self._slow[chapter.who] = chance.choice((0, 61, 600, 32400, -20, -4200)) * SECOND
        elif chapter.kind == "sleep":
            self.now += chapter.seconds * SECOND * chance.choice((1, 10, 600))
            self.log += self.logic.start(_of_monitor("REPORTS", self.now, "GAP"), self.now)
        else:
            self.restart(lost=chance.randrange(6) if chapter.kind == "crash" else 0)

    def _care(self, chapter: Chapter, chance: Random) -> None:
        if chapter.kind == "contacts":
            self._take(care.contacts(self.now, chance))
        elif chapter.kind == "arrived":
            for event in care.arrived(self.log, self.now, chance):
                self._take(event)
        else:
            verb, thing, context = care.ACTS[chapter.kind](chance)
            about: dict[str, Json] = {"person": WHO[chapter.who], **context}
            self._take(told(self._name(), self.now, (ANNA, verb, thing), about))

    def _measure(self, chapter: Chapter, chance: Random) -> None:
        rate, oxygen = _LEVELS.get(chapter.kind, (70, 97))
        slow = self._slow[chapter.who]
        for second in range(chapter.seconds):
            self._pass(SECOND)
            value = rate + chance.randrange(5) if rate else 0
            event = measured(self._name(), self.now - slow - 0.2 * SECOND, chapter.who, ("HR", value))
            self._take(event)
            if chapter.kind == "again":
                self._take(event)
            if second % 5 == 0:
                self._take(measured(self._name(), self.now - slow, chapter.who, ("SPO2", oxygen)))

    def _old(self, chapter: Chapter, chance: Random) -> None:
        begin = self.now - timedelta(hours=chance.randrange(1, 60))
        for second in range(chapter.seconds):
            rate, oxygen = 60 + chance.randrange(50), chance.choice((84, 85, 97))
            what = ("HR", rate) if second % 2 else ("SPO2", oxygen)
            event = measured(self._name(), begin + second * 30 * SECOND, chapter.who, what)
            self._take(event.with_context(delivery="import") if chapter.kind == "import" else event)

    def _days(self, chapter: Chapter, chance: Random) -> None:
        """Five days from a file, a look every ten minutes: enough for advice to have an answer."""
        for look in range(5 * 144):
            at = self.now - timedelta(days=5) + look * timedelta(minutes=10)
            for what in (("HR", 60 + chance.randrange(20)), ("SPO2", 96 + chance.randrange(3))):
                self._take(measured(self._name(), at, chapter.who, what).with_context(delivery="import"))

    def _mornings(self, chapter: Chapter, chance: Random) -> None:
        """A fortnight and more with a kettle every morning, and then some without one."""
        for morning in range(17):
            self._pass(timedelta(days=1) - self.now.minute * 60 * SECOND + chance.randrange(30) * 60 * SECOND)
            self._take(measured(self._name(), self.now, chapter.who, ("HR", 70)))
            if morning < 15:
                self._take(coffee(self._name(), self.now, chapter.who, chance))

    def _nights(self, chapter: Chapter, chance: Random) -> None:
        """Nine nights, of each a look every minute from midnight on; six of a file, then three live ones."""
        for night in range(9):
            self._to_midnight()
            for _ in range(36):
                rate = 58 + chance.randrange(2) + (8 if night > 5 + chapter.chance % 2 else 0)
                event = measured(self._name(), self.now, chapter.who, ("HR", rate))
                self._take(event.with_context(delivery="import") if night < 6 else event)
                self._pass(60 * SECOND)

    def _dips(self, chapter: Chapter, chance: Random) -> None:
        """A night of a reading every ten seconds; most of a minute's go down and come back."""
        self._to_midnight()
        for look in range(1500):
            value = 90 if look % 7 > 4 and chance.random() < 0.8 else 96
            self._take(measured(self._name(), self.now, chapter.who, ("SPO2", value)))
            self._pass(10 * SECOND)

    def _to_midnight(self) -> None:
        self.now = self.now.replace(hour=0, minute=0) + timedelta(days=1)

    def _take(self, event: Event) -> None:
        self.log += self.logic.take(event, self.now)

    def _pass(self, span: timedelta) -> None:
        if self._ticks is not None and self._ticks.random() < 0.3:
            self.log += self.logic.tick(self.now + span * self._ticks.random())
        self.now += span

    def _name(self) -> str:
        self._number += 1
        return f"e{self._number}"


def _of_monitor(verb: str, at: datetime, about: str = "RECORDER") -> Event:
    return Event(
        id="",
        time=at,
        time_source=TimeSource.RECEIVE,
        subject=MONITOR,
        verb=verb,
        object=Thing(about),
        context={"versions": VERSIONS},
    )


_LEVELS = {"low": (75, 91), "very-low": (80, 85), "leap": (120, 97), "no-pulse": (0, 97)}


_LONG: dict[str, Callable[[Home, Chapter, Random], None]] = {
    "days": Home._days,
    "mornings": Home._mornings,
    "nights": Home._nights,
    "dips": Home._dips,
}


def lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Each entry as it would stand in the log."""
    return (wire.write(entry) for entry in entries)
