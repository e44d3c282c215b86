"""This is the place for which alarms are open, what was answered to each, and which calls go out for them."""

from collections.abc import Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Final

from healthmon.alarms.calls import escalation, silences
from healthmon.alarms.calls.answer_times import (
    FLOOR_SEEN_FOR,
    FORGOTTEN_AFTER,
    LONGEST_SNOOZE,
    LONGEST_TAKE,
    MOST_ALARMS,
    TAKEN_FOR,
)
from healthmon.alarms.calls.called_alarm import AlarmKey, CalledAlarm, Condition, key_of
from healthmon.alarms.calls.escalation import Escalation
from healthmon.alarms.calls.sounding import rank
from healthmon.alarms.classes import CLEARS_AFTER
from healthmon.alarms.states import Answer, Word
from healthmon.alarms.table import CLASSES
from healthmon.events import Delivery, Entry

_ROWS: Final = MappingProxyType({row.id: row for row in CLASSES})
_COVERS: Final = MappingProxyType({Answer.ACKNOWLEDGED: Word.SEEN, Answer.TAKEN: Word.TAKEN})


class CallsBook:
    """A fold of what the monitor says of alarms and carers answer. It says nothing; `Calls` does."""

    def __init__(self) -> None:
        self.alarms: dict[AlarmKey, CalledAlarm] = {}
        self.calls: dict[str, Escalation] = {}  # by episode

    def raised(self, entry: Entry) -> CalledAlarm:
        """RAISES by a rule of alarms."""
        known, why = self.alarms.get(key_of(entry)), entry.context.get("why")
        is_new = known is None or (why != "again" and not known.is_open)
        alarm = self._new(entry, known) if known is None or is_new else known
        was_floor, urgency = alarm.is_floor, alarm.urgency
        alarm.follow(entry)
        alarm.is_floor = entry.context.get("floor") is True
        alarm.raised, alarm.condition, alarm.over_at = entry.received, Condition.HOLDS, None
        is_stale = not is_new and why == "again" and alarm.is_answer_old(entry.received)
        news = _news(entry, alarm, is_new=is_new, is_anew=is_stale or alarm.urgency > urgency)
        if alarm.is_outgrown or (alarm.is_floor and not was_floor) or (why != "again" and not is_new):
            alarm.hear(Word.WORSENED)
        if is_stale or (not news and alarm.until is not None and alarm.until <= entry.received):
            alarm.hear(Word.LAPSED)  # while it was over: that is no reason to raise it
        if is_new:
            self._cover(alarm)
        call = self.calls.setdefault(alarm.episode, Escalation())
        if alarm.wants_somebody and news:
            call.begin(alarm, news, entry.received)
        elif alarm.wants_somebody:
            call.resume(alarm, entry.received)
        return alarm

    def cleared(self, entry: Entry) -> None:
        """CLEARS: its condition is over. When nothing of the episode that calls is open, calls are over."""
        alarm = self.alarms.get(key_of(entry))
        if alarm is None or not alarm.is_open:
            return
        alarm.follow(entry)
        alarm.condition, alarm.over_at = Condition.OVER, entry.received
        alarm.owes, alarm.owed_at = "", None
        self._end(alarm.episode, entry)

    def flagged(self, entry: Entry) -> None:
        """FLAGS: its signal was lost, or a reading came again."""
        alarm, state = self.alarms.get(key_of(entry)), entry.context.get("state")
        if alarm is None and state == "known":
            self.raised(entry)  # it was forgotten, and holds
        if alarm is None or not alarm.is_open or state not in {"known", "unknown"}:
            return
        if state == "unknown":
            alarm.condition, alarm.owed_at = Condition.UNKNOWN, None
            return
        alarm.follow(entry)
        alarm.condition = Condition.HOLDS
        if alarm.is_outgrown:
            alarm.hear(Word.WORSENED)
        if alarm.owes:
            is_recovering = entry.context.get("phase") == "recovering"
            alarm.owed_at = entry.received + (2 * CLEARS_AFTER if is_recovering else 0 * CLEARS_AFTER)
        if alarm.wants_somebody:
            self.calls[alarm.episode].resume(alarm, entry.received)

    def acknowledged(self, entry: Entry) -> None:
        """A carer has seen an alarm, and so whatever of its episode is no more urgent."""
        for alarm in self._reached(entry):
            until = silences.end(entry, FLOOR_SEEN_FOR) if alarm.is_floor else None
            if until is None or until > entry.received:
                alarm.reply(Word.SEEN, entry.subject.id, entry.received, until)

    def taken(self, entry: Entry) -> None:
        """A carer is going, to that alarm and whatever of its episode is no more urgent."""
        until = silences.end(entry, min(silences.length(entry) or TAKEN_FOR, LONGEST_TAKE))
        for alarm in self._reached(entry):
            if not alarm.is_floor and until > entry.received:
                alarm.reply(Word.TAKEN, entry.subject.id, entry.received, until)

    def snoozed(self, entry: Entry) -> None:
        """A carer wants one alarm to be silent, or no longer so."""
        length = silences.length(entry)
        for alarm in self._meant(entry) if length is not None else ():
            if not length:
                if alarm.hear(Word.WOKEN) is not None and alarm.wants_somebody:
                    self.calls[alarm.episode].resume(alarm, entry.received)
                continue
            until = silences.end(entry, min(length, LONGEST_SNOOZE[alarm.priority]))
            if not alarm.is_floor and until > entry.received:
                alarm.reply(Word.SNOOZED, entry.subject.id, entry.received, until)

    def resume(self, at: datetime) -> None:
        """Nobody recorded for a while. Of what is over or without a signal for a day nobody is told."""
        self.alarms = {
            key: alarm
            for key, alarm in self.alarms.items()
            if alarm.condition is Condition.HOLDS or alarm.heard + FORGOTTEN_AFTER >= at
        }
        for episode, worst in self.worst().items():
            self.calls[episode].wake(worst, at)

    def worst(self, only: str | None = None) -> dict[str, CalledAlarm]:
        """Of each episode's alarms, or of one episode's, the worst that wants somebody, where one does."""
        worst: dict[str, CalledAlarm] = {}
        for alarm in self.alarms.values():
            if only is not None and alarm.episode != only:
                continue
            known = worst.get(alarm.episode)
            if alarm.wants_somebody and (known is None or rank(alarm) > rank(known)):
                worst[alarm.episode] = alarm
        return worst

    def calls_about(self, only: str | None = None) -> list[tuple[str, Escalation]]:
        """The calls of every episode, or of one."""
        return [(episode, one) for episode, one in self.calls.items() if only is None or episode == only]

    def tidy(self, now: datetime) -> None:
        """What nobody can mean any more goes, and the least urgent of too many."""
        for key in [key for key, alarm in self.alarms.items() if alarm.is_done(now)]:
            del self.alarms[key]
        while len(self.alarms) > MOST_ALARMS:
            del self.alarms[min(self.alarms, key=lambda key: _worth(self.alarms[key]))]
        episodes, worst = {alarm.episode for alarm in self.alarms.values()}, self.worst()
        for episode, call in list(self.calls.items()):
            call.keep_up(worst.get(episode))
            if episode not in episodes and not call.asks:
                del self.calls[episode]

    def forget(self, person: str) -> None:
        """Their alarms are answered by nobody, and call nobody."""
        gone = {alarm.episode for alarm in self.alarms.values() if alarm.person == person}
        self.alarms = {key: alarm for key, alarm in self.alarms.items() if alarm.person != person}
        self.calls = {episode: call for episode, call in self.calls.items() if episode not in gone}

    def _new(self, entry: Entry, known: CalledAlarm | None) -> CalledAlarm:
        key = key_of(entry)
        alarm = CalledAlarm(
            key=key,
            alarm=entry.object.id,
            person=entry.person,
            device=None,
            is_technical=entry.context.get("technical") is True,
            episode=f"{key.alarm}:{key.who}",
            raised=entry.received,
            heard=entry.received,
        )
        if known is not None and known.is_snoozed(entry.received):  # a snooze is not of one episode only
            alarm.inherit(known)
        self.alarms[key] = alarm
        return alarm

    def _cover(self, alarm: CalledAlarm) -> None:
        """Whoever has seen a worse alarm of this kind, or is going to it, need not answer the milder one."""
        for other in self.alarms.values():
            is_same = other.episode == alarm.episode and implies(other.alarm, alarm.alarm)
            if is_same and other.is_open and other.urgency > alarm.urgency and other.answer in _COVERS:
                alarm.reply(_COVERS[other.answer], other.by, other.answered_at or alarm.raised, other.until)

    def _end(self, episode: str, entry: Entry) -> None:
        call = self.calls.get(episode)
        is_open = any(one.episode == episode and one.is_open and one.can_call for one in self.alarms.values())
        if call is not None and not is_open:
            # A device that was nobody's is somebody's now: what it measures may be as bad as before.
            call.end(entry.received, is_well=entry.context.get("outcome") != "assigned")

    def _meant(self, entry: Entry) -> Iterator[CalledAlarm]:
        """The alarm that a carer names: in the episode they name, else the person's that was on by then."""
        episode, is_late = entry.context.get("episode"), entry.delivery is Delivery.LATE
        for alarm in list(self.alarms.values()):
            if alarm.alarm != entry.object.id or (is_late and entry.time < alarm.raised):
                continue
            if isinstance(episode, str):
                is_meant = alarm.episode == episode
            else:
                is_meant = alarm.person == entry.person and _is_of_device(entry, alarm)
            if is_meant:
                yield alarm

    def _reached(self, entry: Entry) -> Iterator[CalledAlarm]:
        is_late = entry.delivery is Delivery.LATE
        for named in self._meant(entry):
            for alarm in self.alarms.values():
                if alarm.episode != named.episode or alarm.urgency > named.urgency:
                    continue
                if not (is_late and entry.time < alarm.raised):
                    yield alarm


def implies(worse: str, milder: str) -> bool:
    """Whether both alarms are about one quantity in one direction: SPO2_CRIT says all that SPO2_LOW says."""
    one, other = _ROWS.get(worse), _ROWS.get(milder)
    return one is not None and other is not None and (one.quantity, one.side) == (other.quantity, other.side)


def _news(entry: Entry, alarm: CalledAlarm, *, is_new: bool, is_anew: bool) -> str:
    """Why somebody is to be called because of this RAISES; empty when it only goes on."""
    why = entry.context.get("why")
    if alarm.is_floor and is_anew and not is_new:
        return escalation.FLOOR
    if why in {escalation.LASTING, escalation.FLOOR}:
        return str(why)
    return "" if why == "again" and not is_new and not is_anew else escalation.RAISED


def _worth(alarm: CalledAlarm) -> tuple[bool, int, bool, datetime]:
    return (alarm.is_open, alarm.urgency, alarm.answer is Answer.UNANSWERED, alarm.heard)


def _is_of_device(entry: Entry, alarm: CalledAlarm) -> bool:
    device = entry.context.get("device")
    return not alarm.is_technical or device is None or device == alarm.device
