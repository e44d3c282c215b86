"""This is the place for "what if": a person's own log under other terms, by the machine that watches them.

Loaded once, in seconds; each wish then takes a moment, so that a slider can be dragged over a week.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from healthmon.alarms import CLASSES, AlarmClass, Alarms, Priority
from healthmon.alarms.limits import Terms
from healthmon.alarms.outcome import AlarmChange, Change, Lost, Night, Outcome, Wish
from healthmon.events import Context, Entry, Json, Remark, Thing
from healthmon.reports.episode import Episode, Verdict
from healthmon.reports.episodes import Episodes
from healthmon.reports.rerun import new_alarms, rerun
from healthmon.reports.stretch import Stretch, Told, said_of

NIGHT_BEGINS: Final = time(22)  # our choice, as is the next: when most people are in bed
NIGHT_ENDS: Final = time(7)
# Our choice: an alarm as much before or after an episode that was judged true still tells of it.
NEAR: Final = timedelta(minutes=5)

_KEPT_ANSWERS: Final = 256  # a slider comes back to where it was
_ROWS: Final = {row.id: row for row in CLASSES}
_CARER: Final = Thing("CAREGIVER", "what-if")


@dataclass(frozen=True, slots=True)
class _Raised:
    alarm: str
    priority: str
    at: datetime


class WhatIf:
    """One person's stretch of log, ready for wishes.

    `alarms` makes the rule as it was when the stretch began, again for every wish; `zone` is where its nights
    are. `take` everything, then ask. Memory: some 52 bytes a reading, however much is asked. Not for two
    threads at a time; any one will do.
    """

    def __init__(
        self, person: str, alarms: Callable[[], Alarms] = Alarms, zone: tzinfo | None = None
    ) -> None:
        self._alarms = alarms
        self._stretch = Stretch(person, alarms())
        self._episodes = Episodes()
        self._zone = zone
        self._before: list[_Raised] | None = None
        self._known: dict[object, Outcome] = {}
        self._again: dict[object, list[_Raised]] = {}

    def take(self, entry: Entry) -> None:
        """The next entry of the log, about anybody."""
        self._stretch.take(entry)
        self._episodes.take(entry)

    @property
    def readings(self) -> int:
        """How many of this person's are held."""
        return self._stretch.readings()

    def of(self, wish: Wish) -> Outcome:
        """What would have come of these terms, set when the stretch began and kept through it."""
        key = tuple(sorted((alarm, tuple(sorted(context.items()))) for alarm, context in wish.items()))
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _KEPT_ANSWERS:
                self._known.clear()
            known = self._known[key] = self._outcome(wish)
        return known

    def _outcome(self, wish: Wish) -> Outcome:
        before, after = self._as_it_was(), self._under(wish)
        true = [one for one in self._theirs() if one.rated is Verdict.TRUE]
        begin, end = self._stretch.begin, self._stretch.end
        if begin is None or end is None:
            raise ValueError("an empty stretch has no outcome: look at readings first")
        return Outcome(
            person=self._stretch.person,
            since=begin,
            until=end,
            alarms=Change(len(before), len(after)),
            audible=Change(_audible(before), _audible(after)),
            nights=tuple(self._nights(before, after, begin, end)),
            kinds=tuple(self._kinds(before, after)),
            judged_true=len(true),
            lost=tuple(_lost(true, after)),
        )

    def _as_it_was(self) -> list[_Raised]:
        if self._before is None:
            self._stretch.close()
            self._zone = self._zone or self._episodes.hushes.zone_of(self._stretch.person)
            self._before = list(_raised(said_of(self._stretch.person, self._stretch.said)))
        return self._before

    def _under(self, wish: Wish) -> list[_Raised]:
        """As it was, but for the alarms of the wish: each is heard again by itself, and remembered."""
        raised = [one for one in self._as_it_was() if one.alarm not in wish]
        for alarm, context in wish.items():
            key = (alarm, *sorted(context.items()))
            if key not in self._again:
                if len(self._again) >= _KEPT_ANSWERS:
                    self._again.clear()
                self._again[key] = self._heard_again(alarm, context)
            raised += self._again[key]
        return sorted(raised, key=lambda one: one.at)

    def _heard_again(self, alarm: str, context: Context) -> list[_Raised]:
        alarms, stretch = self._alarms(), self._stretch
        if stretch.begin is not None:
            terms = alarms.limits.terms(stretch.person, _ROWS[alarm])
            alarms.observe(_set(stretch, alarm, _pinned(terms, context), stretch.begin))
        told = [_as_wished(one, stretch.person, {alarm: context}) for one in stretch.told]
        return list(_raised(rerun(alarms, stretch, told, _ROWS[alarm])))

    def _theirs(self) -> Iterator[Episode]:
        for one in self._episodes.by_id.values():
            if one.person == self._stretch.person and one.parts:
                yield one

    def _nights(
        self, before: Iterable[_Raised], after: Iterable[_Raised], begin: datetime, end: datetime
    ) -> Iterator[Night]:
        was, would = (Counter(self._evening(one.at) for one in some) for some in (before, after))
        day, last = ((at.astimezone(self._zone) - _NOON).date() for at in (begin, end))
        while day <= last:
            if self._was_night(day, begin, end):
                yield Night(day, Change(was[day], would[day]))
            day += timedelta(days=1)

    def _was_night(self, evening: date, begin: datetime, end: datetime) -> bool:
        falls = datetime.combine(evening, NIGHT_BEGINS, self._zone)
        breaks = datetime.combine(evening + timedelta(days=1), NIGHT_ENDS, self._zone)
        return falls < end and begin < breaks

    def _evening(self, at: datetime) -> date | None:
        """The evening of the night in which this is; None by day."""
        there = at.astimezone(self._zone)
        if there.time() >= NIGHT_BEGINS:
            return there.date()
        return there.date() - timedelta(days=1) if there.time() < NIGHT_ENDS else None

    def _kinds(self, before: Sequence[_Raised], after: Sequence[_Raised]) -> Iterator[AlarmChange]:
        kinds = {one.alarm for one in (*before, *after)}
        for row in CLASSES:
            if row.id in kinds:
                was, would = ([one.at for one in some if one.alarm == row.id] for some in (before, after))
                at_night = (sum(self._evening(at) is not None for at in some) for some in (was, would))
                yield AlarmChange(row.id, row.priority, Change(len(was), len(would)), Change(*at_night))


_NOON: Final = timedelta(hours=12)  # from noon to noon is one night


def row_of(alarm: str) -> AlarmClass | None:
    """The row of the table that is called this, however it is written: spo2_low is SPO2_LOW."""
    return _ROWS.get(alarm.upper().replace("-", "_"))


def _raised(said: Iterable[Remark]) -> Iterator[_Raised]:
    for one in new_alarms(said):
        yield _Raised(one.object.id, str(one.context.get("priority")), one.at)


def _audible(raised: Iterable[_Raised]) -> int:
    return sum(one.priority != Priority.LOW for one in raised)


def _lost(true: Iterable[Episode], after: Sequence[_Raised]) -> Iterator[Lost]:
    for one in true:
        begin, end = one.raised - NEAR, (one.end or datetime.max.replace(tzinfo=one.raised.tzinfo))
        # Nothing near it: what is raised at any time until it was over tells of it.
        if not any(begin <= other.at <= end for other in after):
            yield Lost(one.id, tuple(dict.fromkeys(part.alarm for part in one.parts)), one.raised)


def _pinned(terms: Terms | None, wish: Context) -> Context:
    """The wish, and beside it what holds for this person now: SETS ALARM gives the profile's for the rest.

    Of an alarm that is switched off only its floor is left, and that is no limit to go on with.
    """
    if terms is None or terms.is_off:
        return wish
    held: Mapping[str, Json] = {
        "value": terms.limit,
        "delay_s": terms.delay.total_seconds(),
        "hysteresis": terms.hysteresis,
        "latches": terms.latches,
        "priority": terms.priority.value,
    }
    return {**held, **wish}


def _as_wished(told: Told, person: str, wish: Wish) -> Told:
    """What a carer set meanwhile, but for what the wish says otherwise."""
    entry = told.entry
    if entry.verb != "SETS" or entry.object.type != "ALARM" or entry.person != person:
        return told
    wanted = wish.get(entry.object.id)
    if wanted is None:
        return told
    # A limit that is wished for is wished for switched on.
    on: Context = {"off": None} if "value" in wanted else {}
    return replace(told, entry=entry.with_context(**{**on, **wanted}))


def _set(stretch: Stretch, alarm: str, context: Context, at: datetime) -> Entry:
    return Entry(
        id="what-if",
        time=at,
        subject=_CARER,
        verb="SETS",
        object=Thing("ALARM", alarm),
        context={**context, "person": stretch.person},
        offset=-1,
        received=at,
    )
