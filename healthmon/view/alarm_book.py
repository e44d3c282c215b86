"""This is the place for the alarms that ring, rang or were seen to, folded from what the log says of them."""

from collections.abc import Collection
from dataclasses import replace
from math import inf
from typing import Final

from healthmon.alarms.calls.called_alarm import key_of
from healthmon.events import Entry, Event
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.moments import moment_in
from healthmon.view.open_alarm import AlarmKey, Call, OpenAlarm
from healthmon.view.outgoing import Outgoing
from healthmon.view.priorities import NO_ALARM, Priorities
from healthmon.view.screen import Priority

_MOST_CALLS: Final = 8  # of one alarm: the newest are told
_LONGEST_NOTE: Final = 120
URGENCY: Final = {Priority.HIGH: 0.0, Priority.MEDIUM: 2.0, Priority.LOW: 4.0}
ALARM_VERBS: Final = ("RAISES", "CLEARS", "FLAGS", "ESCALATES", "ACKNOWLEDGES", "TAKES", "SNOOZES")


class AlarmBook:
    """Every alarm that still wants somebody's eyes. One thread.

    An alarm that latches and ends unseen stays until it is acknowledged; another goes by itself. Alarms share
    an episode where they belong together; in older logs each has one of its own.
    """

    def __init__(self, outgoing: Outgoing) -> None:
        self._open: dict[AlarmKey, OpenAlarm] = {}
        self._outgoing = outgoing

    def fold(self, entry: Entry) -> None:
        """One entry about an ALARM."""
        match entry.verb:
            case "RAISES":
                self._raise(entry)
            case "CLEARS":
                self._clear(entry)
            case "FLAGS":
                self._flag(entry)
            case "ESCALATES":
                self._call(entry)
            case "ACKNOWLEDGES" if entry.counts_now:
                self._acknowledge(entry)

    def notified(self, entry: Entry) -> None:
        """What became of a message: NOTIFIES CONTACT, its `cause` the call it belongs to."""
        cause, outcome = entry.context.get("cause"), entry.context.get("outcome")
        if not isinstance(outcome, str):
            return
        outcome = words.messages.outcome(outcome, _text(entry, "reason"))
        for one in self._open.values():
            one.calls = tuple(
                replace(call, outcome=outcome) if call.id == cause else call for call in one.calls
            )

    def open(self) -> Collection[OpenAlarm]:
        """Those that are open, in the order they began."""
        return self._open.values()

    def is_open(self, episode: str) -> bool:
        """Whether any alarm of this episode is still open."""
        return any(key.episode == episode for key in self._open)

    def tells_of_log(self) -> bool:
        """Whether an alarm says that the log cannot be written."""
        return any(key.alarm == "LOG_NOT_WRITABLE" for key in self._open)

    def priorities(self, person: str) -> Priorities:
        """How urgent the alarms are that hold of this person now."""
        if not self._open:
            return NO_ALARM
        mine = [one for one in self._open.values() if one.person == person and not one.is_over]
        mine.sort(key=lambda one: URGENCY[one.priority], reverse=True)
        by_quantity = {one.quantity: one.priority for one in mine if one.quantity}
        of_body = [one for one in mine if not one.is_technical]
        against = {one.quantity: words.alarms.against(one.raised) for one in mine if one.quantity}
        return Priorities(of_body[-1].priority if of_body else None, by_quantity, against)

    def meant(self, event: Event) -> list[OpenAlarm]:
        """Which open alarms this is about: of the episode it names, else this person's of that name."""
        named = event.context.get("episode")
        about = [one for one in self._open.values() if one.alarm == event.object.id]
        if isinstance(named, str) and named:
            return [one for one in about if one.key.episode == named]
        return [one for one in about if one.person == (event.person or "")]

    def _raise(self, entry: Entry) -> None:
        key = _key(entry)
        known = self._open.get(key)
        self._forget_latched(entry)
        goes_on = known if known is not None and not known.is_over else None
        self._open[key] = OpenAlarm(
            key=key,
            person=entry.person or "",
            device=_text(entry, "device"),
            priority=_priority(entry, known),
            since=known.since if known is not None else moment_in(entry, "since") or entry.time,
            raised=entry if known is None or entry.value is not None else known.raised,
            is_technical=entry.context.get("technical") is True,
            is_floor=_is_floor(entry, known),
            calls=goes_on.calls if goes_on is not None else (),
            noted_by=known.noted_by if known is not None else "",
            note=known.note if known is not None else "",
            is_seen_here=known.is_seen_here if known is not None else False,
        )

    def _forget_latched(self, entry: Entry) -> None:
        """It rings again: the line of the last time, over and unseen, would only stand beside it."""
        for one in [one for one in self._open.values() if one.is_over and one.alarm == entry.object.id]:
            about = one.device if one.is_technical else one.person
            if about == (_text(entry, "device") if one.is_technical else entry.person or ""):
                del self._open[one.key]

    def _clear(self, entry: Entry) -> None:
        for one in self.meant(entry):
            if _latches(entry, one):
                one.is_over, one.lost = True, None
            else:
                del self._open[one.key]

    def _flag(self, entry: Entry) -> None:
        """The signal of an alarm that rings went, or came back."""
        for one in self.meant(entry):
            since = moment_in(entry, "unknown_since")
            is_unknown = entry.context.get("state") == "unknown" and since is not None
            one.lost = (since, entry.amount) if is_unknown and since and entry.amount is not None else None

    def _call(self, entry: Entry) -> None:
        """Somebody is called about it."""
        contact = _text(entry, "contact")
        for one in self.meant(entry) if contact else ():
            call = Call(entry.id, words.numbers.called(contact), entry.time)
            one.calls = (*one.calls, call)[-_MOST_CALLS:]

    def _acknowledge(self, entry: Entry) -> None:
        """Seen is also whatever of the same episode is not more urgent; what is over and seen goes."""
        worst = {one.key.episode: URGENCY[one.priority] for one in self.meant(entry)}
        note = _text(entry, "note").strip()
        for one in list(self._open.values()):
            if URGENCY[one.priority] < worst.get(one.key.episode, inf):
                continue
            one.noted_by, one.note = entry.subject.id, made_plain(note, longest=_LONGEST_NOTE)
            one.is_seen_here = self._outgoing.was_said_here(entry.id)
            if one.is_over:
                del self._open[one.key]


def _key(entry: Entry) -> AlarmKey:
    """Without an episode, as very old logs have it, an alarm is an episode of its own."""
    known = key_of(entry)
    return AlarmKey(_text(entry, "episode") or f"{known.alarm}:{known.who}", known.alarm)


def _is_floor(entry: Entry, known: OpenAlarm | None) -> bool:
    """Whether it is beyond the critical floor; the answer side tells nothing of readings."""
    if entry.context.get("floor") is True:
        return True
    return known is not None and known.is_floor and entry.value is None


def _latches(entry: Entry, one: OpenAlarm) -> bool:
    """Whether an alarm that is over waits to be seen: as the log says, else when it was urgent and unseen."""
    said = entry.context.get("latched")
    if isinstance(said, bool):
        return said
    return not one.noted_by and one.priority is not Priority.LOW


def _text(event: Event, key: str) -> str:
    said = event.context.get(key)
    return said if isinstance(said, str) else ""


def _priority(event: Event, known: OpenAlarm | None) -> Priority:
    said = event.context.get("priority")
    if isinstance(said, str) and said in set(Priority):
        return Priority(said)
    return known.priority if known is not None else Priority.MEDIUM
