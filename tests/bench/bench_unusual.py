"""This is the place for how HR_UNUSUAL fares on simulated wear: how often well people have one, and ill ones.

    python3 dev.py bench unusual                                        3 people for 30 days
    UNUSUAL_PEOPLE=1-24 UNUSUAL_DAYS=42 UNUSUAL_SEED=9103 python3 dev.py bench unusual

A day is ill when its illness adds 4 /min or more, well when there is none; those between are neither. What
was injected (a racing heart) is told apart: it is there seven times in sixteen days, on purpose. Illness and
its size are the simulator's, not patients'. The first 17 days of everybody teach, and do not count.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np

from devices.arrays import Floats
from devices.daytime import DAY
from devices.physiology.body import Body
from devices.physiology.illness import FEVER
from devices.stage.script import Kind
from devices.things.household import grid
from devices.worn.plan import Plan
from devices.worn.stretch import Wearer, wearers
from healthmon.advice import Advise, Refused, UnusualRate
from healthmon.advice.margin import FEWEST, MinuteBand
from healthmon.advice.nights import NEEDED
from healthmon.advice.tables import ModelFault
from healthmon.events import Entry, Remark
from healthmon.reports.poisson import rate
from tests.bench.wear_life import entries

START: Final = 1767225600.0  # 2026-01-01
EVERY: Final = 60.0  # s between two readings
TAUGHT: Final = FEWEST + NEEDED  # days
WELL, ILL, BETWEEN, RACING = "well", "ill", "neither", "with an injected racing heart"
Row = dict[str, object]


class Found(NamedTuple):
    """One person: days by kind, alarms by what was true, minutes at rest and those above the band."""

    days: Counter[str]
    told: Counter[str]
    told_days: Counter[str]
    minutes: int
    above: int


class _Life:
    """One person through the rule and the advice it asks, woken as the recorder does it."""

    def __init__(self) -> None:
        advise = Advise(Refused(ModelFault.MISSING, "none is asked"))
        self.rule, self._advise = UnusualRate(advise), advise
        self.minutes = self.above = 0  # judged, and those of them above the band

    def hear(self, entry: Entry) -> Iterator[Remark]:
        while (due := self.rule.due()) is not None and due <= entry.received:
            before = self._band()
            yield from (one for one in self.rule.fire(due) if one.verb == "RAISES")
            after = self._band()
            self.minutes += after != before  # it moves with each minute, and up for one above
            self.above += after > before
            if self._advise.due() == due:
                for _ in self._advise.fire(due):
                    pass
        self._advise.observe(entry)

    def _band(self) -> float:
        known = self.rule._people.values()  # the rule's own band, not a copy of it
        return next((one.minutes.above for one in known), MinuteBand().above)


def measure() -> list[Row]:
    """Alarms of well people a day, what else is told, and the share of minutes above the band."""
    first, _, last = os.environ.get("UNUSUAL_PEOPLE", "1-3").partition("-")
    days, seed = int(os.environ.get("UNUSUAL_DAYS", "30")), int(os.environ.get("UNUSUAL_SEED", "5001"))
    people = [_found(one, days, seed) for one in wearers(seed, int(first), int(last or first))]
    lived, told = _all(one.days for one in people), _all(one.told for one in people)
    on = _all(one.told_days for one in people)
    well, shares = rate(told[WELL], lived[WELL]), [100 * one.above / one.minutes for one in people]
    between = f"a day, {well.low or 0:.3f} to {well.high or 0:.3f} ({well.count} in {lived[WELL]} days)"
    return [
        {"name": "alarms of well people", "value": round(well.per_day or 0, 3), "unit": between},
        {"name": "well days with one", "value": on[WELL], "unit": f"of {lived[WELL]}"},
        {"name": "ill days with one", "value": on[ILL], "unit": f"of {lived[ILL]}"},
        *(
            {"name": f"alarms while {kind}", "value": told[kind], "unit": ""}
            for kind in (ILL, BETWEEN, RACING)
        ),
        {"name": "minutes above the 95 % band", "value": round(float(np.mean(shares)), 2), "unit": "%"},
        {"name": "... least, of one person", "value": round(min(shares), 2), "unit": "%"},
        {"name": "... most, of one person", "value": round(max(shares), 2), "unit": "%"},
    ]


def _found(wearer: Wearer, days: int, seed: int) -> Found:
    life, lived, told, on = _Life(), Counter[str](), Counter[str](), Counter[str]()
    for day in range(days):
        begin = START + day * DAY
        ill, racing = _truth(wearer, begin, seed)
        stretch = wearer.stretch(begin, begin + DAY, EVERY)
        raised = [one for entry in entries(wearer.person.id, stretch) for one in life.hear(entry)]
        if day < TAUGHT:
            continue
        minutes = [max(0, min(int((one.at.timestamp() - begin) // 60), len(ill) - 1)) for one in raised]
        kind = _kind(float(np.mean(ill)))
        kinds = [RACING if racing[max(0, m - 30) : m + 1].any() else _kind(float(ill[m])) for m in minutes]
        lived[kind] += 1
        told.update(kinds)
        on[kind] += kind in kinds
    return Found(lived, told, on, life.minutes, life.above)


def _all(counts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(counts, Counter[str]())


def _kind(ill: float) -> str:
    return ILL if ill >= 4.0 / FEVER else WELL if ill < 0.05 else BETWEEN


def _truth(wearer: Wearer, begin: float, seed: int) -> tuple[Floats, Floats]:
    """How ill the simulator made this person in each minute of a day, 0 to 1; and where a heart raced."""
    script = Plan(wearer.person, seed).script(begin, begin + DAY)
    state = Body(wearer.person, seed, script).state(grid(begin, begin + DAY, 60))
    return state.ill, state.planted[Kind.SPIKE].astype(np.float64)
