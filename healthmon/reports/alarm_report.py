"""This is the place for what somebody's alarms come to: how many a day, how many false, how soon answered.

Counted as ADVICE.md section 6 says: an episode is a new alarm and what joins it; rates are by worn day;
false are only those that a carer judged false, and what nobody judged stands apart, never as true.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from statistics import median

from healthmon.events import Entry
from healthmon.reports.budget import Budget, budget
from healthmon.reports.episode import Episode, Hush, Part, Verdict
from healthmon.reports.episodes import Episodes
from healthmon.reports.poisson import Rate, rate
from healthmon.reports.worn import Worn, WornTime, seconds


@dataclass(frozen=True, slots=True)
class Judged:
    """What carers said of the episodes. `precision` is the share of true among true and false, the PPV."""

    true: int
    false: int
    unsure: int
    unjudged: int
    precision: float | None


@dataclass(frozen=True, slots=True)
class Answering:
    """How soon audible episodes were acknowledged or taken, in seconds; the unanswered are in no median."""

    answered: int
    unanswered: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    """One person's alarms. Alarms are RAISES "held"; those of one spell are one episode.

    `audible` are episodes with a high or medium alarm that nothing hushed; `hushed` says how many alarms
    were, and by what.
    `time_in_alarm` is a share of the worn time, 0 to 1; `unknown_s` is how long a signal was gone while an
    alarm was on, in no other number. `began_before` counts alarms that were on when the stretch began.
    """

    person: str
    worn: Worn
    episodes: int
    alarms: Rate
    audible: Rate
    hushed: Mapping[str, int]
    false: Rate
    false_high: Rate
    judged: Judged
    answering: Answering
    time_in_alarm: float | None
    unknown_s: float
    by_alarm: Mapping[str, int]
    messages: Mapping[str, int]
    began_before: int
    budget: Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmReport:
    """Everybody's, and the technical alarms apart: how many of each."""

    since: datetime | None
    until: datetime | None
    people: tuple[PersonReport, ...]
    technical: Mapping[str, int]


class AlarmFigures:
    """Reads entries, once and in their order; `report` may be asked at any point. One thread.

    `since` to `until` is what counts; entries before it only tell what was set by then.
    """

    def __init__(self, since: datetime | None = None, until: datetime | None = None) -> None:
        self._since, self._until = since, until
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._episodes = Episodes()
        self._worn = WornTime()

    def take(self, entry: Entry) -> None:
        """One more entry."""
        if self._until is not None and entry.time >= self._until:
            if entry.verb == "RATES":  # a verdict may be given later
                self._episodes.take(entry)
            return
        if self._since is not None and entry.time < self._since:
            self._episodes.hushes.take(entry)
            return
        self._first = self._first or entry.time
        self._last = entry.received
        self._worn.take(entry)
        self._episodes.take(entry)

    def report(self, person: str | None = None) -> AlarmReport:
        """What it comes to, for everybody or for one."""
        known = [one for one in self._episodes.by_id.values() if one.parts]
        bodily = [one for one in known if not one.is_technical]
        people = sorted({*self._worn.people(), *(one.person for one in bodily if one.person)})
        technical = Counter(
            part.alarm for one in known if one.is_technical for part in one.parts if part.counts
        )
        return AlarmReport(
            since=self._since or self._first,
            until=self._until or self._last,
            people=tuple(
                self._of(who, [one for one in bodily if one.person == who])
                for who in people
                if person in {None, who}
            ),
            technical=dict(sorted(technical.items())),
        )

    def _of(self, person: str, episodes: Sequence[Episode]) -> PersonReport:
        worn, end = self._worn.of(person), self._until or self._last
        parts = [part for one in episodes for part in one.parts if part.counts]
        heard = [at for one in episodes if one.counts and (at := one.first_audible) is not None]
        begun = [one for one in episodes if one.counts]
        wrong = [one for one in begun if one.rated is Verdict.FALSE]
        on, unknown = _on(episodes, end)
        hushes = Counter(part.hush for part in parts if part.hush is not None)
        return PersonReport(
            person=person,
            worn=worn,
            episodes=len(begun),
            alarms=rate(len(parts), worn.days),
            audible=rate(len(heard), worn.days),
            hushed={hush.value: hushes[hush] for hush in Hush},
            false=rate(len(wrong), worn.days),
            false_high=rate(sum(one.is_high for one in wrong), worn.days),
            judged=_judged(begun),
            answering=_answering(begun),
            time_in_alarm=min(on / 86_400 / worn.days, 1.0) if worn.days else None,
            unknown_s=unknown,
            by_alarm=dict(sorted(Counter(part.alarm for part in parts).items())),
            messages=_messages(episodes),
            began_before=sum(not part.counts for one in episodes for part in one.parts),
            budget=self._budget(person, heard, wrong),
        )

    def _budget(self, person: str, heard: Sequence[datetime], wrong: Sequence[Episode]) -> Budget:
        zone, end = self._episodes.hushes.zone_of(person), self._last
        worn = self._worn.by_day(person, zone)
        last = end.astimezone(zone).date() if end is not None else max(worn, default=date.min)
        return budget(heard, wrong, worn, last, zone)


def _judged(episodes: Sequence[Episode]) -> Judged:
    said = Counter(one.rated for one in episodes)
    true, false = said[Verdict.TRUE], said[Verdict.FALSE]
    precision = true / (true + false) if true + false else None
    return Judged(true, false, said[Verdict.UNSURE], said[None], precision)


def _answering(episodes: Iterable[Episode]) -> Answering:
    heard = [(one, at) for one in episodes if (at := one.first_audible) is not None]
    waits = sorted((one.answered.at - at).total_seconds() for one, at in heard if one.answered is not None)
    waits = [max(wait, 0.0) for wait in waits]
    if not waits:
        return Answering(0, len(heard), None, None)
    ninetieth = waits[ceil(0.9 * len(waits)) - 1]  # nearest rank
    return Answering(len(waits), len(heard) - len(waits), median(waits), ninetieth)


def _on(episodes: Iterable[Episode], end: datetime | None) -> tuple[float, float]:
    """For how many seconds an alarm was on, and for how many nobody knew whether one was."""
    on: list[tuple[datetime, datetime]] = []
    unknown: list[tuple[datetime, datetime]] = []
    for part in (part for one in episodes for part in one.parts):
        over = part.end or end or part.raised
        holes = [(hole.begin, hole.end or over) for hole in part.unknown]
        unknown += holes
        on += _without(part, over, holes)
    return seconds(on), seconds(unknown)


def _without(
    part: Part, over: datetime, holes: Sequence[tuple[datetime, datetime]]
) -> list[tuple[datetime, datetime]]:
    edges = [part.raised, *(edge for hole in holes for edge in hole), over]
    return [(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if end > begin]


def _messages(episodes: Iterable[Episode]) -> Mapping[str, int]:
    said = Counter(message.outcome or "waiting" for one in episodes for message in one.messages.values())
    return {outcome: said[outcome] for outcome in ("delivered", "failed", "waiting")}
