"""This is the place for spikes that last: the mark alone is for the plot, a minute of it is told to a carer.

A low alarm (seen, not heard). Our choice of numbers, found on wrist recordings of 17 people
(docs/decisions/0027-spike-marks.md): after a mark, nine in ten readings of a minute are 15 /min above what
the rate was before it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from healthmon.events import Delivery, Entry, Json, Listener, Remark, StreamListener, Thing
from healthmon.events.vocabulary import HR, USUAL_UNITS
from healthmon.events.wear import Wear
from healthmon.rules.lasting import ABOVE, LASTS, Said, Spell
from healthmon.rules.plausible import amount

STEPS = "STEPS"
REST = timedelta(minutes=10)  # since the last step, where steps are told: as the alarms of the table


class LastingSpike:
    """Raises HR_SPIKE when a marked spike lasts, and clears it half a minute after the rate came back down.

    Stands after HeartRateSpike, whose marks it hears. Only live readings of a person count, and of a watch
    that is worn. Steps within 10 minutes hold it back where they are known. No reading for 5 minutes: FLAGS,
    state unknown; it is never cleared for a lost signal. The contexts are those of the other alarms.
    """

    name = "lasting-spike"

    def __init__(self, above: float = ABOVE) -> None:
        self._above = above
        self._marks: dict[str, tuple[datetime, float]] = {}
        self._spells: dict[str, Spell] = {}
        self._steps: dict[str, datetime] = {}
        self._wear = Wear()

    def observe(self, entry: Entry) -> Iterable[Remark]:
        """A mark, a reading, steps, or whether a device is worn."""
        if entry.object.type == HR:
            return self._rate(entry) or ()
        if (entry.verb, entry.object.type, entry.subject.type) == ("FLAGS", "SPIKE", "MONITOR"):
            self._mark(entry)
        elif entry.object.type == STEPS:
            self._stepped(entry)
        else:
            self._wear.follow(entry)
        return ()

    def listener(self, verb: str, kind: str) -> Listener | None:
        """Heart rates, marks, steps, and whether a device is worn."""
        if kind == HR:
            return self._rate
        return self.observe if verb == "REPORTS" or kind in {"SPIKE", STEPS} else None

    def stream(self, entry: Entry) -> StreamListener | None:
        """Heart rates of somebody who has a spike."""
        person, marks, spells = str(entry.person), self._marks, self._spells

        def hear(entry: Entry, value: float) -> Iterable[Remark] | None:  # noqa: ARG001
            return self._rate(entry) if person in marks or person in spells else None

        return hear if entry.object.type == HR else None

    def due(self) -> datetime | None:
        """When the first alarm that is raised has had no reading for too long."""
        return min(
            (due for one in self._spells.values() if (due := one.silent_at()) is not None), default=None
        )

    def fire(self, at: datetime) -> Iterable[Remark]:
        """Tell the alarms of which nothing has been heard."""
        silent = [
            (who, due, one) for who, one in self._spells.items() if (due := one.silent_at()) and due <= at
        ]
        return [_remark(who, spell, spell.fall_silent(due)) for who, due, spell in sorted(silent)]

    def forget(self, person: str) -> None:
        """Their alarm is over without a word."""
        self._marks.pop(person, None)
        self._spells.pop(person, None)
        self._steps.pop(person, None)

    def _rate(self, entry: Entry) -> Iterable[Remark] | None:
        """One heart rate. Nearly every one is of somebody who has no spike."""
        if not self._marks and not self._spells:
            return None
        person = entry.context.get("person")
        if type(person) is not str or (person not in self._marks and person not in self._spells):
            return None
        value = amount(entry)
        if value is None or entry.delivery is not Delivery.LIVE or self._wear.is_off(entry):
            return None
        return self._told(person, entry, value)

    def _told(self, person: str, entry: Entry, value: float) -> list[Remark]:
        mark, spell = self._marks.pop(person, None), self._spells.get(person)
        if mark is not None and mark[0] == entry.time and spell is None:
            spell = self._spells[person] = Spell(mark[0], mark[1] + self._above, self._above)
        if spell is None:
            return []
        said = spell.read(entry, value, is_at_rest=self._is_at_rest(person, entry.time))
        if spell.is_over:
            del self._spells[person]
        return [_remark(person, spell, one) for one in said]

    def _mark(self, entry: Entry) -> None:
        # The reading that was marked is shown to this rule next: one that is not live is told by that.
        usual = entry.context.get("baseline_value")
        if entry.person is not None and type(usual) is float:
            self._marks[entry.person] = (entry.time, usual)

    def _stepped(self, entry: Entry) -> None:
        if entry.verb == "MEASURES" and entry.person and entry.delivery is Delivery.LIVE and entry.amount:
            self._steps[entry.person] = max(entry.time, self._steps.get(entry.person, entry.time))

    def _is_at_rest(self, person: str, at: datetime) -> bool:
        stepped = self._steps.get(person)
        return stepped is None or at - stepped > REST


def _remark(person: str, spell: Spell, said: Said) -> Remark:
    context: dict[str, Json] = {
        "value": spell.value,
        "unit": USUAL_UNITS[HR],
        "limit": spell.limit,
        "delay_s": LASTS.total_seconds(),
        "priority": "low",
        "episode": f"E:{person}:{spell.since.isoformat()}",
        "since": spell.since.isoformat(),
        "worst": spell.worst,
        "device": spell.device,
        **said.context,
    }
    thing = Thing("ALARM", "HR_SPIKE")
    return Remark(
        by=LastingSpike.name, verb=said.verb, object=thing, at=said.at, person=person, context=context
    )
