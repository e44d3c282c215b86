"""This is the place for what carers answer to an alarm (seen, going, be quiet), put onto those it means."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from math import inf
from typing import Final

from healthmon.alarms.answer_times import LONGEST_SNOOZE, LONGEST_TAKE, TAKEN_FOR
from healthmon.alarms.classes import Priority as Urgency
from healthmon.events import Entry
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.moments import end_of
from healthmon.view.open_alarm import URGENCY, Answers, OpenAlarm
from healthmon.view.outgoing import Outgoing

_LONGEST_NOTE: Final = 120


class Answering:
    """Puts an answer onto alarms. One thread."""

    def __init__(self, outgoing: Outgoing) -> None:
        self._outgoing = outgoing

    def answer(
        self, entry: Entry, meant: list[OpenAlarm], open_alarms: Iterable[OpenAlarm]
    ) -> list[OpenAlarm]:
        """Put this answer onto the alarms it means; those that are seen and over come back: they may go.

        Seen, or taken, is also whatever of the same episode is not more urgent.
        """
        if entry.verb == "SNOOZES":
            self._snooze(entry, meant)
            return []
        reached = _reached(meant, open_alarms)
        if entry.verb == "TAKES":
            self._take(entry, reached)
            return []
        return [one for one in reached if self._is_seen_and_over(entry, one)]

    def _is_seen_and_over(self, entry: Entry, one: OpenAlarm) -> bool:
        note = entry.context.get("note")
        one.answers = Answers(
            seen_by=words.numbers.called(entry.subject.id),
            seen_here=self._outgoing.was_said_here(entry.id),
            note=made_plain(note.strip(), longest=_LONGEST_NOTE) if isinstance(note, str) else "",
        )
        return one.is_over

    def _take(self, entry: Entry, reached: list[OpenAlarm]) -> None:
        until = taken_until(entry)
        for one in reached:
            name = words.numbers.called(entry.subject.id)
            one.answers = replace(one.answers, taken_by=name, taken_until=until)

    def _snooze(self, entry: Entry, meant: list[OpenAlarm]) -> None:
        until = end_of(entry)
        for one in meant if until is not None else ():
            longest = LONGEST_SNOOZE[Urgency(one.priority.value)]
            one.answers = replace(one.answers, snoozed_until=min(until or entry.time, entry.time + longest))


def taken_until(entry: Entry) -> datetime:
    """Until when somebody who said that they are going may be waited for."""
    asked = end_of(entry) or entry.time + TAKEN_FOR
    return min(asked, entry.time + LONGEST_TAKE)


def _reached(meant: list[OpenAlarm], open_alarms: Iterable[OpenAlarm]) -> list[OpenAlarm]:
    """Those that are meant, and every other of their episodes that is not more urgent."""
    worst = {one.key.episode: URGENCY[one.priority] for one in meant}
    return [one for one in open_alarms if URGENCY[one.priority] >= worst.get(one.key.episode, inf)]
