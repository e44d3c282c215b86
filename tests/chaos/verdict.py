"""This is the place for judging a log after the kills: is all there that was acknowledged, in order, once?"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from healthmon import log
from healthmon.events import Entry


@dataclass(frozen=True, slots=True)
class Diary:
    """What one device wrote down, over all its lives: ids in the order in which they were sent."""

    sent: tuple[str, ...]
    acknowledged: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found. `violation` is the first promise that was broken, empty when none was."""

    acknowledged: int
    logged: int
    violation: str


def read_diary(path: Path) -> Diary:
    """The diary of a device; a last line that was cut off counts for nothing."""
    if not path.exists():
        return Diary((), frozenset())
    lines = [line.split(" ", 1) for line in path.read_text().splitlines(keepends=True) if line.endswith("\n")]
    sent = tuple(name.strip() for what, name in lines if what == "s")
    return Diary(sent, frozenset(name.strip() for what, name in lines if what == "a"))


def logged_of(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """The ids of each device in the order of the log."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry.verb == "MEASURES":
            found.setdefault(entry.subject.id, []).append(entry.id)
    return found


def missing(data: Path, diaries: dict[str, Diary]) -> int:
    """How many acknowledged events are not in the log yet."""
    logged = logged_of(log.read(data))
    return sum(len(diary.acknowledged.difference(logged.get(name, []))) for name, diary in diaries.items())


def judge(data: Path, diaries: dict[str, Diary]) -> Verdict:
    """Compare the log with what the devices wrote down."""
    logged = logged_of(log.read(data))
    violation = next(
        (wrong for name, diary in diaries.items() if (wrong := _wrong(name, diary, logged.get(name, [])))), ""
    )
    verdict = log.verify(data)
    if not violation and not verdict.is_whole:
        violation = f"log verify: {verdict}"
    return Verdict(
        sum(len(diary.acknowledged) for diary in diaries.values()),
        sum(map(len, logged.values())),
        violation,
    )


def _wrong(name: str, diary: Diary, logged: list[str]) -> str:
    lost = diary.acknowledged.difference(logged)
    if lost:
        return f"{name}: {len(lost)} acknowledged events are not in the log, first {min(lost, key=_place)}"
    invented = set(logged).difference(diary.sent)
    if invented:
        return f"{name}: {len(invented)} logged events were never sent, first {min(invented, key=_place)}"
    if len(set(logged)) != len(logged):
        twice = next(one for one in logged if logged.count(one) > 1)
        return f"{name}: {len(logged) - len(set(logged))} events are logged twice, first {twice}"
    order = {one: place for place, one in enumerate(diary.sent)}
    for before, after in pairwise(logged):
        if order[before] > order[after]:
            return f"{name}: {after} stands after {before} in the log"
    return ""


def _place(name: str) -> tuple[str, int]:
    boot, _, number = name.rpartition(":")
    return boot, int(number)
