"""This is the place for living a worn life through the product's own alarms, and for what they said.

Entries go straight to `Alarms`, timers first, as the logic hands them on: the parser, the duplicates and the
other rules have no part in whether an alarm rings. `test_wear.py` shows that the whole logic says the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from devices.worn.stretch import Stretch, Wearer
from healthmon.alarms import Alarms
from healthmon.events import Entry, Json, Listener, Remark, Thing

_HR, _SPO2, _STEPS, _WORN = Thing("HR"), Thing("SPO2"), Thing("STEPS"), Thing("WORN")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Told:
    """One RAISES or CLEARS. Times in s since the epoch."""

    verb: str
    alarm: str
    at: float
    since: float
    priority: str
    why: str
    episode: str
    limit: float | None

    @property
    def is_audible(self) -> bool:
        """Whether a sound begins: again in the same episode is none."""
        return self.verb == "RAISES" and self.why != "again" and self.priority in {"high", "medium"}


class Alarmed:
    """One person's alarms. Hears entries in their order, keeps what is raised and cleared."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self._alarms = Alarms()
        self._listeners: dict[tuple[str, str], Listener | None] = {}

    def hear(self, entries: Iterable[Entry]) -> None:
        """What the logic does with them, as far as it matters to alarms."""
        alarms, listeners = self._alarms, self._listeners
        for entry in entries:
            due = alarms.due()
            while due is not None and due <= entry.received:
                self._keep(alarms.fire(due))
                due = alarms.due()
            key = (entry.verb, entry.object.type)
            if key not in listeners:
                listeners[key] = alarms.listener(*key)
            listen = listeners[key]
            said = listen(entry) if listen is not None else None
            if said:
                self._keep(said)

    def _keep(self, remarks: Iterable[Remark]) -> None:
        self.told += [told(one) for one in remarks if one.verb in {"RAISES", "CLEARS"}]


def told(remark: Remark) -> Told:
    """What of a remark is judged."""
    context, since, limit = remark.context, remark.context.get("since"), remark.context.get("limit")
    return Told(
        verb=remark.verb,
        alarm=remark.object.id,
        at=remark.at.timestamp(),
        since=(datetime.fromisoformat(since) if isinstance(since, str) else remark.at).timestamp(),
        priority=str(context.get("priority")),
        why=str(context.get("why", "")),
        episode=str(context.get("episode", "")),
        limit=float(limit) if isinstance(limit, int | float) else None,
    )


def introduced(wearer: Wearer, at: float, **own: float) -> list[Entry]:
    """A carer sets the person's profile, and limits of their own: SPO2_LOW=86."""
    person, moment = wearer.person, _EPOCH + timedelta(seconds=at)
    sets: list[tuple[Thing, dict[str, Json]]] = [
        (Thing("PERSON", person.id), {"person": person.id, "profile": person.profile})
    ]
    sets += [(Thing("ALARM", row), {"person": person.id, "value": limit}) for row, limit in own.items()]
    carer = Thing("CAREGIVER", "anna")
    return [
        Entry(
            id=f"{person.id}:set:{number}",
            time=moment,
            received=moment,
            subject=carer,
            verb="SETS",
            object=thing,
            context=context,
            offset=number,
        )
        for number, (thing, context) in enumerate(sets)
    ]


def entries(person: str, stretch: Stretch) -> Iterator[Entry]:
    """What the watch of this person tells in this stretch, received as it was taken."""
    watch, said_worn = Thing("WATCH", f"watch-{person}"), None
    contexts = _Contexts(person)
    rows = zip(
        stretch.at.tolist(),
        stretch.heart.tolist(),
        stretch.oxygen.tolist(),
        stretch.poor.tolist(),
        stretch.steps.tolist(),
        stretch.says_worn.tolist(),
        stretch.is_silent.tolist(),
        strict=True,
    )
    for at, heart, oxygen, poor, steps, worn, silent in rows:
        moment = _EPOCH + timedelta(seconds=at)
        if worn is not said_worn:
            said_worn = worn
            yield _said(watch, moment, "REPORTS", _WORN, {"value": worn, "person": person})
        if silent:
            continue
        if at % _MINUTE == 0:
            yield _said(watch, moment, "MEASURES", _STEPS, contexts.of("/min", steps))
        yield _said(watch, moment, "MEASURES", _HR, contexts.of("/min", heart))
        yield _said(watch, moment, "MEASURES", _SPO2, contexts.of("%", oxygen, poor=poor))


class _Contexts:
    """Readings of the same number share their context: nobody changes one."""

    def __init__(self, person: str) -> None:
        self._person = person
        self._known: dict[tuple[str, int, bool], dict[str, Json]] = {}

    def of(self, unit: str, value: int, *, poor: bool = False) -> dict[str, Json]:
        known = self._known.get((unit, value, poor))
        if known is None:
            doubt: dict[str, Json] = {"quality": "poor"} if poor else {}
            known = {"value": value, "unit": unit, "person": self._person, **doubt}
            self._known[unit, value, poor] = known
        return known


def _said(watch: Thing, at: datetime, verb: str, thing: Thing, context: dict[str, Json]) -> Entry:
    # An id of its own costs more than the rule itself, and no alarm looks at one.
    return Entry(
        id="w", time=at, received=at, subject=watch, verb=verb, object=thing, context=context, offset=0
    )
