"""This is the place for telling episodes from the log: a pure fold, every entry once, in its order.

An episode is all alarms that share an `episode` id: those of one person's body that overlap or follow each
other closely, or one technical alarm. Old logs have an id for each alarm, and so an episode for each.
"""

from collections.abc import Iterator
from datetime import datetime

from healthmon.events import Entry
from healthmon.events.moments import moment_of
from healthmon.reports.episode import Answer, Episode, Hush, Message, Part, Stretch, Verdict
from healthmon.reports.hush import Hushes

_URGENCY = {"high": 3, "medium": 2, "low": 1}


class Episodes:
    """Every episode in what was read, in the order in which they began. One thread; memory: the episodes."""

    def __init__(self) -> None:
        self.by_id: dict[str, Episode] = {}
        self.hushes = Hushes()
        self._asked: dict[str, Episode] = {}  # by the id of the ESCALATES

    def take(self, entry: Entry) -> None:
        """One more entry. Readings are none of its business and cost it one comparison."""
        if entry.verb == "MEASURES":
            return
        self.hushes.take(entry)
        kind = entry.object.type
        if kind == "ALARM":
            self._alarm(entry)
        elif kind == "EPISODE" and entry.verb == "RATES":
            self._rated(entry)
        elif kind == "CONTACT" and entry.verb == "NOTIFIES":
            self._notified(entry)

    def open(self) -> Iterator[Episode]:
        """Those in which something goes on, or that nobody has seen."""
        return (one for one in self.by_id.values() if one.is_open)

    def _alarm(self, entry: Entry) -> None:
        if entry.subject.type == "MONITOR":
            match entry.verb:
                case "RAISES":
                    self._raised(entry)
                case "CLEARS":
                    self._cleared(entry)
                case "FLAGS":
                    self._flagged(entry)
                case "ESCALATES":
                    self._escalated(entry)
        elif entry.verb in {"ACKNOWLEDGES", "TAKES"} and entry.counts_now:
            self._answered(entry)

    def _raised(self, entry: Entry) -> None:
        episode, why = self._episode(entry), entry.context.get("why", "held")
        part = _last(episode, entry.object.id)
        if part is None or (why == "held" and not _is_grown(part, entry)):
            part = _begun(entry, self.hushes.of(entry), counts=why == "held")
            episode.parts.append(part)
        if why == "again":
            part.end, part.latched = None, False
        _note(part, entry)

    def _cleared(self, entry: Entry) -> None:
        part = self._part(entry)
        part.end, part.latched = entry.time, entry.context.get("latched") is True
        part.outcome = _word(entry.context.get("outcome"))
        _note(part, entry)
        _known_again(part, entry.time)

    def _flagged(self, entry: Entry) -> None:
        part = self._part(entry)
        if entry.context.get("state") == "unknown":
            since = moment_of(entry.context.get("unknown_since")) or entry.time
            _known_again(part, entry.time)
            part.unknown.append(Stretch(since))
        else:
            _known_again(part, entry.time)

    def _escalated(self, entry: Entry) -> None:
        context = entry.context
        episode = self.by_id.get(_word(context.get("episode")))
        if episode is not None:
            contact, why = _word(context.get("contact")), _word(context.get("why"))
            episode.messages[entry.id] = Message(contact, entry.object.id, why, entry.time)
            self._asked[entry.id] = episode

    def _notified(self, entry: Entry) -> None:
        cause = _word(entry.context.get("cause"))
        episode = self._asked.get(cause)
        if episode is not None:
            asked, outcome = episode.messages[cause], _word(entry.context.get("outcome"))
            episode.messages[cause] = Message(
                asked.contact, asked.alarm, asked.why, asked.at, outcome, entry.time
            )

    def _answered(self, entry: Entry) -> None:
        for episode in self._meant(entry):
            answer = Answer(entry.subject.id, entry.time)
            if entry.verb == "TAKES":
                episode.taken = episode.taken or answer
            else:
                episode.acknowledged = episode.acknowledged or answer
            for part in _covered(episode, entry.object.id):
                part.answered = part.answered or answer

    def _meant(self, entry: Entry) -> list[Episode]:
        """The episode that is named, else the person's that this alarm is in."""
        name = entry.context.get("episode")
        if isinstance(name, str):
            return [self.by_id[name]] if name in self.by_id else []
        return [
            one
            for one in self.by_id.values()
            if one.person == entry.person and one.is_open and _last(one, entry.object.id) is not None
        ]

    def _rated(self, entry: Entry) -> None:
        episode, value = self.by_id.get(entry.object.id), entry.value
        if episode is None or not entry.counts_now or entry.subject.type != "CAREGIVER":
            return
        if isinstance(value, str) and value in set(Verdict):
            episode.rated, episode.rater = Verdict(value), Answer(entry.subject.id, entry.time)

    def _part(self, entry: Entry) -> Part:
        """The alarm that this is about; one that does not count, if it began before what was read."""
        episode = self._episode(entry)
        part = _last(episode, entry.object.id)
        if part is None:
            part = _begun(entry, None, counts=False)
            episode.parts.append(part)
        return part

    def _episode(self, entry: Entry) -> Episode:
        context = entry.context
        said = context.get("episode")
        name = said if isinstance(said, str) else f"{entry.object.id}:{entry.person or '-'}"
        known = self.by_id.get(name)
        if known is None:
            is_technical = context.get("technical") is True
            device = _word(context.get("device")) if is_technical else ""
            known = Episode(name, entry.person, is_technical, device or None)
            self.by_id[name] = known
        return known


def _begun(entry: Entry, hush: Hush | None, *, counts: bool) -> Part:
    begin = moment_of(entry.context.get("since")) or entry.time
    priority = _word(entry.context.get("priority"))
    return Part(entry.object.id, begin, entry.time, priority, counts=counts, hush=hush, at_first=priority)


def _is_grown(part: Part, entry: Entry) -> bool:
    """Whether "held" tells of the same stretch again: the monitor's own alarms do, when they get worse."""
    return part.end is None and entry.context.get("technical") is True


def _note(part: Part, entry: Entry) -> None:
    """What the newest word about an alarm adds."""
    context = entry.context
    priority = _word(context.get("priority"))
    if _URGENCY.get(priority, 0) > _URGENCY.get(part.priority, 0):
        part.priority = priority
    part.worst = context.get("worst", part.worst)
    part.unit = entry.unit or part.unit
    part.device = _word(context.get("device")) or part.device
    part.is_floor = part.is_floor or context.get("floor") is True


def _covered(episode: Episode, alarm: str) -> Iterator[Part]:
    """Answering an alarm answers all of its episode that are not more urgent."""
    named = _last(episode, alarm)
    if named is None:
        return
    for part in episode.parts:
        if _URGENCY.get(part.priority, 0) <= _URGENCY.get(named.priority, 0):
            yield part


def _last(episode: Episode, alarm: str) -> Part | None:
    return next((part for part in reversed(episode.parts) if part.alarm == alarm), None)


def _known_again(part: Part, at: datetime) -> None:
    if part.unknown and part.unknown[-1].end is None:
        part.unknown[-1].end = at


def _word(said: object) -> str:
    return said if isinstance(said, str) else ""
