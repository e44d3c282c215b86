"""This is the place for what rings now and which episodes were last, for a shell at three in the morning."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from healthmon import log
from healthmon.alarms import Calls, OpenCall
from healthmon.app.heartbeat import real_now
from healthmon.app.moment import fold_at, logic_at
from healthmon.events import Entry
from healthmon.events.not_recorded import NotRecorded
from healthmon.log.seek import entry_in
from healthmon.log.segment import first_offset_of, read_lines, segments
from healthmon.reports.episode import Episode
from healthmon.reports.episodes import Episodes
from healthmon.settings import Settings
from healthmon.view import words
from healthmon.view.fold import Fold
from healthmon.view.open_alarm import AlarmKey, OpenAlarm
from healthmon.view.present import Present

_NEEDLES = (b'"ALARM"', b'"EPISODE"', b'"GAP"')


@dataclass(frozen=True, slots=True)
class Ringing:
    """An alarm that is not over, and what the window says of it: `text`, and how somebody is called.

    `value` and `unit` are of the reading that was told last; None where an alarm has none.
    """

    call: OpenCall
    name: str
    text: str
    since: datetime | None
    value: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Now:
    """What rings, worst first, and how people are called, by id."""

    ringing: tuple[Ringing, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Past:
    """The last episodes, and the times in which nothing was recorded: none could begin. Newest first."""

    episodes: list[Episode]
    not_recorded: list[NotRecorded]


def open_alarms(settings: Settings, now: datetime) -> tuple[OpenCall, ...]:
    """What is not over, worst first, as the recorder has it: its own rule of calls says so."""
    calls = logic_at(settings, log.next_offset(settings.data_folder)).rule(Calls.name)
    return calls.open_calls(now) if isinstance(calls, Calls) else ()


def ringing_now(settings: Settings, now: datetime, *, is_recorded: bool) -> Now:
    """The same as the window says it. Where nothing `is_recorded` no number is of now. Raises LogError."""
    fold = fold_at(settings.data_folder, now)
    present = Present(now=now, real=real_now(), is_recorded=is_recorded)
    known = {one.key: one for one in fold.alarms.open()}
    ringing = (
        _ringing(call, known.get(AlarmKey(call.episode, call.alarm)), fold, present)
        for call in open_alarms(settings, now)
    )
    return Now(tuple(ringing), {person: fold.name_of(person) for person in fold.people})


def _ringing(call: OpenCall, one: OpenAlarm | None, fold: Fold, present: Present) -> Ringing:
    name = fold.name_of(call.person) if call.person else call.device or ""
    if one is None:  # a log of before episodes
        return Ringing(call, name, words.alarms.title(call.alarm), None, None, None)
    raised = one.raised
    return Ringing(call, name, _text(one, fold, present), one.since, raised.amount, raised.unit)


def _text(one: OpenAlarm, fold: Fold, present: Present) -> str:
    person, quantity = fold.people.get(one.person), one.quantity
    lost = one.lost or (person.lost(quantity, present) if person is not None and quantity else None)
    if lost is None:
        return words.alarms.told(one.raised)
    return words.alarms.unknown(quantity or "", lost[1], present.told(lost[0]))


def last_episodes(folder: Path, since: datetime) -> list[Episode]:
    """Those with an alarm since then, newest first. Reads only the lines of alarms. Raises LogError."""
    return past(folder, since).episodes


def past(folder: Path, since: datetime) -> Past:
    """The same, and when nothing was recorded. Raises LogError."""
    fold, missed = Episodes(), list[NotRecorded]()
    for entry in _about_alarms(folder, log.offset_at(folder, since)):
        fold.take(entry)
        told = NotRecorded.told_by(entry)
        missed += [] if told is None else [told]
    with_alarms = [one for one in fold.by_id.values() if one.parts]
    return Past(sorted(with_alarms, key=lambda one: one.raised, reverse=True), missed[::-1])


def _about_alarms(folder: Path, offset: int) -> Iterator[Entry]:
    paths = segments(folder)
    for path, later in zip(paths, [*paths[1:], None], strict=True):
        if later is not None and first_offset_of(later) <= offset:
            continue
        position = 0
        while lines := read_lines(path, position):
            position += sum(map(len, lines)) + len(lines)
            for line in lines:
                if any(needle in line for needle in _NEEDLES):
                    entry = entry_in(line)
                    if entry is not None and entry.offset >= offset:
                        yield entry
