"""This is the place for somebody who rests from one to half past three each night.

Two and a half hours are a whole day to the alarm, and a night to the advice: eighteen of them are soon lived.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache

from healthmon.advice import Advise, Refused, UnusualRate
from healthmon.advice.tables import ModelFault
from healthmon.events import Entry, Json, Remark, Rule, Thing

WATCH, ANNA, MONITOR = Thing("WATCH", "watch-7"), Thing("CAREGIVER", "anna"), Thing("MONITOR")
HR, STEPS, WORN, ALARM = Thing("HR"), Thing("STEPS"), Thing("WORN"), Thing("ALARM", "HR_UNUSUAL")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NIGHT = 150  # minutes
NOTHING: Mapping[str, Json] = {}
USUAL = 62


class Resting:
    """A rule and the advice that it asks, told minute after minute. `now` is the minute that is told next."""

    def __init__(self) -> None:
        advise = Advise(Refused(ModelFault.MISSING, "none in this test"))
        self.rule = UnusualRate(advise)
        self.rules: tuple[Rule, ...] = (self.rule, advise)
        self.said: list[Remark] = []
        self.slow = timedelta()  # the clock of whoever speaks
        self.now = datetime(2026, 11, 2, 1, tzinfo=UTC)

    def live(self, nights: int, *, said: Mapping[str, Json] = NOTHING) -> None:
        """So many nights as they always are."""
        for _ in range(nights):
            self.rest(USUAL, NIGHT, said=said)
            self.sleep()

    def sleep(self) -> None:
        """Nothing is told until one o'clock of the next night."""
        self.now = (self.now + DAY).replace(hour=1, minute=0)

    def rest(self, rate: float, minutes: int, *, steps: int = 0, said: Mapping[str, Json] = NOTHING) -> None:
        """So many minutes at this rate: every one swings by one, and tells its steps."""
        for _ in range(minutes):
            swing = (0, 1, 0, -1)[self.now.minute % 4]
            self.hear(WATCH, "MEASURES", STEPS, **{"value": steps, "person": "maria", **_path(said)})
            self.hear(WATCH, "MEASURES", HR, **{"value": rate + swing, "person": "maria", **said})
            if self.now.minute % 10 == 0:
                self.hear(WATCH, "MEASURES", Thing("SPO2"), **{"value": 97, "person": "maria", **said})
            self.now += MINUTE

    def hear(self, subject: Thing, verb: str, thing: Thing, **context: Json) -> None:
        """One sentence, heard when it was said; what is due before it is said first, if anybody recorded."""
        if (verb, subject) not in {("STARTS", MONITOR), ("REPORTS", MONITOR)}:
            self.wait()
        entry = Entry(
            id="",
            time=self.now - self.slow,
            received=self.now,
            subject=subject,
            verb=verb,
            object=thing,
            context=context,
            offset=0,
        )
        for rule in self.rules:
            self._keep(rule, rule.observe(entry))

    def wait(self, minutes: int = 0) -> None:
        """Fire what is due by then, in the order of the rules."""
        self.now += minutes * MINUTE
        while (first := min(self._dues(), key=lambda due: due[0], default=None)) and first[0] <= self.now:
            self._keep(first[1], first[1].fire(first[0]))

    def told(self) -> list[str]:
        """What was said, with its minute."""
        return [f"{one.verb} {one.at:%H:%M}" for one in self.said]

    def _dues(self) -> Iterator[tuple[datetime, Rule]]:
        for rule in self.rules:
            due = rule.due()
            if due is not None:
                yield due, rule

    def _keep(self, rule: Rule, said: object) -> None:
        remarks = list(said) if isinstance(said, list | tuple) else []
        if rule is self.rule:
            self.said += [one for one in remarks if isinstance(one, Remark)]


def at_home(nights: int = 18) -> Resting:
    """Somebody of whom so many nights are known; it is one o'clock of the next."""
    return deepcopy(_lived(nights))


@cache
def _lived(nights: int) -> Resting:
    home = Resting()
    home.live(nights)
    return home


def _path(said: Mapping[str, Json]) -> Mapping[str, Json]:
    return {key: value for key, value in said.items() if key == "delivery"}
