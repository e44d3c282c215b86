"""This is the place for "Was it real?": asked of each episode that is over, once, until somebody answers."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from healthmon.events import Entry
from healthmon.view import words
from healthmon.view.alarm_book import AlarmBook
from healthmon.view.care import Question
from healthmon.view.outgoing import Outgoing
from healthmon.view.person import Person
from healthmon.view.present import Present
from healthmon.view.screen import Delivery

ASKED_FOR: Final = timedelta(hours=24)  # our choice: after a day nobody remembers
_MOST_KNOWN: Final = 200
_QUIET: Final = "low"  # seen and never heard: nothing to judge


@dataclass(frozen=True, slots=True)
class _Known:
    """One episode: whose, by what it began, from when to when. `ended` is None while it goes on."""

    person: str
    alarm: str
    since: datetime
    ended: datetime | None = None


class QuestionBook:
    """Follows episodes of bodies that sounded, and what carers judged. One thread."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}
        self._judged: dict[str, None] = {}  # in their order

    def alarmed(self, entry: Entry, alarms: AlarmBook) -> None:
        """Something was said of an alarm, and the book has folded it."""
        episode = entry.context.get("episode")
        if entry.verb == "RAISES" and isinstance(episode, str) and episode not in self._known:
            self._begin(entry, episode)
        for name, one in list(self._known.items()):
            if alarms.is_open(name):
                self._known[name] = replace(one, ended=None)
            elif one.ended is None:
                self._known[name] = replace(one, ended=entry.time)

    def judged(self, entry: Entry) -> None:
        """Somebody said what an episode was: RATES EPISODE."""
        self._known.pop(entry.object.id, None)
        self._judged[entry.object.id] = None
        if len(self._judged) > _MOST_KNOWN:
            del self._judged[next(iter(self._judged))]

    def question(self, people: dict[str, Person], outgoing: Outgoing, present: Present) -> Question | None:
        """The newest that is over and not judged, of the last day; and where an answer given here is."""
        asked = [
            (one.ended, name)
            for name, one in self._known.items()
            if one.ended is not None and present.now - one.ended < ASKED_FOR
        ]
        if not asked:
            return None
        ended, name = max(asked)
        one = self._known[name]
        person = people.get(one.person)
        text = words.answers.episode(
            words.alarms.title(one.alarm),
            person.name if person else words.numbers.called(one.person),
            present.told(one.since),
            present.told(ended),
        )
        return Question(name, one.person, text, _sent(name, outgoing, present))

    def _begin(self, entry: Entry, episode: str) -> None:
        is_body = entry.person is not None and entry.context.get("technical") is not True
        if not is_body or entry.context.get("priority") == _QUIET or episode in self._judged:
            return
        self._known[episode] = _Known(entry.person or "", entry.object.id, entry.time)
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]


def _sent(episode: str, outgoing: Outgoing, present: Present) -> str:
    for event, delivery in outgoing.pending(present.real):
        if event.verb == "RATES" and event.object.id == episode:
            is_late = delivery is Delivery.UNDELIVERED
            return words.answers.UNDELIVERED if is_late else words.answers.SENDING
    return ""
