"""This is the place for the pytest plugin that ships with healthmon: homes in tests, told in sentences.

For people who write rules, devices or dialects. The fixture `home` takes sentences and gives entries; files
named *.story are collected as tests:

    # A fall of oxygen rings once.
    every 1 s for 40 s  OXIMETER ox-1 MEASURES SPO2 85 % OF maria
    then  MONITOR RAISES ALARM SPO2_CRIT OF maria
    never MONITOR RAISES ALARM HR_HIGH

Each line moves a turned clock; `then` wants an entry since the last `then`, `never` wants none in the story.
No sleeping, no network, no disk.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from healthmon.clock import TurnedClock
from healthmon.events import Entry, Event, Rule, sentence
from healthmon.pipeline.logic import Logic

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
_EVERY = re.compile(r"every\s+(\S+)\s+(\S+)\s+for\s+(\S+)\s+(\S+)\s+(.*)")
_UNITS = {"s": 1, "min": 60, "h": 3600}


class StoryError(AssertionError):
    """A line of a story that did not come true."""


class Home:
    """A home in a test: what is said goes through the real logic and the given rules, in turned time."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.clock = TurnedClock(START)
        self.entries: list[Entry] = []
        self._logic = Logic(tuple(rules))
        self._checked = 0
        self._said = 0

    def say(self, text: str) -> list[Entry]:
        """Say one sentence now, or after the time it begins with; the entries that came of it."""
        spoken = sentence.hear(text)
        if spoken.after:
            self.wait(spoken.after)
        self._said += 1
        return self.hear(spoken.event(id=f"story-{self._said}", time=spoken.at or self.clock.now()))

    def hear(self, event: Event) -> list[Entry]:
        """Take an event as it is, now; the entries that came of it."""
        return self._keep(self._logic.take(event, self.clock.now()))

    def wait(self, by: timedelta) -> list[Entry]:
        """Let time pass, with a tick every second."""
        made: list[Entry] = []
        end = self.clock.now() + by
        while self.clock.now() < end:
            made += self._keep(
                self._logic.tick(self.clock.turn(min(timedelta(seconds=1), end - self.clock.now())))
            )
        return made

    def heard(self, text: str, *, since: int = 0) -> list[Entry]:
        """The entries that say this: same subject, verb and object, and all of the context that is named."""
        wanted = sentence.hear(text)
        return [entry for entry in self.entries[since:] if _says(entry, wanted)]

    def tell(self, line: str) -> None:
        """One line of a story. Raises StoryError when it does not come true."""
        if line.startswith("then "):
            self._then(line.removeprefix("then "))
        elif line.startswith("never "):
            if found := self.heard(line.removeprefix("never ")):
                raise StoryError(f"but it was said at {found[0].received:%H:%M:%S}: {line}")
        elif every := _EVERY.fullmatch(line):
            self._repeat(*every.groups())
        else:
            self.say(line)

    def _then(self, text: str) -> None:
        found = self.heard(text, since=self._checked)
        if not found:
            said = "\n  ".join(
                sentence.say(entry) for entry in self.entries if entry.subject.type == "MONITOR"
            )
            raise StoryError(f"nobody said: {text}\nthe monitor said:\n  {said or 'nothing'}")
        self._checked = found[0].offset + 1

    def _repeat(self, step: str, step_unit: str, length: str, length_unit: str, text: str) -> None:
        between = timedelta(seconds=float(step) * _UNITS[step_unit])
        end = self.clock.now() + timedelta(seconds=float(length) * _UNITS[length_unit])
        while self.clock.now() < end:
            self.wait(between)
            self.say(text)

    def _keep(self, made: list[Entry]) -> list[Entry]:
        self.entries += made
        return made


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "StoryFile | None":
    """Collect *.story files."""
    return StoryFile.from_parent(parent, path=file_path) if file_path.suffix == ".story" else None


class StoryFile(pytest.File):
    """One story, one test."""

    def collect(self) -> Iterator["StoryItem"]:
        """The story."""
        yield StoryItem.from_parent(self, name=self.path.stem)


class StoryItem(pytest.Item):
    """Tells a story to a home with the house's own rules."""

    def runtest(self) -> None:
        """Tell it line by line."""
        home = Home(_house())
        for number, line in enumerate(self.path.read_text("utf-8").splitlines(), start=1):
            text = line.partition("#")[0].strip() if line.lstrip().startswith("#") else line.strip()
            if not text:
                continue
            try:
                home.tell(text)
            except (StoryError, sentence.SentenceError) as error:
                raise StoryError(f"{self.path.name}, line {number}: {error}") from error

    def repr_failure(self, excinfo: Any, style: Any = None) -> str:  # noqa: ARG002  # Any, style: pytest's own
        """The failure as the story tells it."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the story is."""
        return self.path, 0, f"story: {self.name.replace('_', ' ')}"


@pytest.fixture
def home() -> Home:
    """A home with the house's own rules."""
    return Home(_house())


def _house() -> tuple[Rule, ...]:
    from healthmon.pipeline.house import house_rules
    from healthmon.settings import RuleSettings

    return house_rules(RuleSettings()).rules


def _says(entry: Entry, wanted: sentence.Spoken) -> bool:
    same = (entry.subject.type, entry.verb, entry.object.type) == (
        wanted.subject.type,
        wanted.verb,
        wanted.object.type,
    )
    ids = all(
        asked.id in {"", given.id}
        for asked, given in ((wanted.subject, entry.subject), (wanted.object, entry.object))
    )
    return same and ids and all(entry.context.get(key) == value for key, value in wanted.context.items())
