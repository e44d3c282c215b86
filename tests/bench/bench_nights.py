"""This is the place for how RHR_RISE fares on simulated wear: whose illness it finds, and what else it tells.

    python3 dev.py bench nights                                     12 people for 26 nights
    NIGHTS_PEOPLE=1-60 NIGHTS_DAYS=60 NIGHTS_SEED=5001 python3 dev.py bench nights

An illness counts when it adds 4 /min or more over two whole nights (UTC); an alarm is right when either of
its two nights had some of one. Illness and its size are the simulator's, not patients'.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from devices.daytime import DAY
from devices.physiology.body import Body
from devices.physiology.illness import FEVER
from devices.things.household import grid
from devices.worn.plan import Plan
from devices.worn.stretch import Wearer, wearers
from healthmon.advice import NightRise
from tests.bench.wear_life import entries

START = 1767225600.0  # 2026-01-01
EVERY = 120.0  # s between two readings
LEARNT = 8  # nights; an illness that begins before cannot be told
_FEVERISH = 4.0 / FEVER  # of an illness: NightSignal's red line
_SOME = 1.8 / FEVER
Row = dict[str, object]


class Found(NamedTuple):
    """One person: the mornings of alarms, those that were right, illnesses, and those that were told."""

    alarms: int
    right: int
    illnesses: int
    told: int


def measure() -> list[Row]:
    """Alarms, right ones, illnesses and found ones."""
    first, _, last = os.environ.get("NIGHTS_PEOPLE", "1-12").partition("-")
    days, seed = int(os.environ.get("NIGHTS_DAYS", "26")), int(os.environ.get("NIGHTS_SEED", "5001"))
    people = [_found(one, days, seed) for one in wearers(seed, int(first), int(last or first))]
    alarms, right, illnesses, told = (sum(column) for column in zip(*people, strict=True))
    of = f"{len(people) * days} person-days"
    return [
        {"name": "RHR_RISE raised", "value": alarms, "unit": of},
        {"name": "... in an illness", "value": right, "unit": f"of {alarms}"},
        {"name": "illnesses of two nights and more that were told", "value": told, "unit": f"of {illnesses}"},
    ]


def _found(wearer: Wearer, days: int, seed: int) -> Found:
    mornings = list(_mornings(wearer, days))
    ill = [_ill(wearer, START + day * DAY, seed) for day in range(days)]
    spells = list(_spells(ill))
    return Found(
        alarms=len(mornings),
        right=sum(max(ill[max(0, day - 1) : day + 1]) >= _SOME for day in mornings),
        illnesses=len(spells),
        told=sum(any(begin <= day <= end for day in mornings) for begin, end in spells),
    )


def _mornings(wearer: Wearer, days: int) -> Iterator[int]:
    """The days on whose morning the alarm was raised."""
    rule = NightRise()
    for day in range(days):
        stretch = wearer.stretch(START + day * DAY, START + (day + 1) * DAY, EVERY)
        for entry in entries(wearer.person.id, stretch):
            while (due := rule.due()) is not None and due <= entry.received:
                raised = [one for one in rule.fire(due) if one.verb == "RAISES"]
                yield from ((one.at - datetime.fromtimestamp(START, UTC)).days for one in raised)
            for _ in rule.observe(entry):
                pass


def _ill(wearer: Wearer, midnight: float, seed: int) -> float:
    """How ill the simulator made this person from 00:00 to 07:00, 0 to 1."""
    script = Plan(wearer.person, seed).script(midnight, midnight + DAY)
    return float(
        np.mean(Body(wearer.person, seed, script).state(grid(midnight, midnight + 7 * 3600, 600)).ill)
    )


def _spells(ill: list[float]) -> Iterator[tuple[int, int]]:
    """The first night of each illness of two nights and more, and the night after its last."""
    begun: int | None = None
    for day, share in enumerate([*ill, 0.0]):
        if share >= _FEVERISH:
            begun = day if begun is None else begun
            continue
        if begun is not None and begun >= LEARNT and day - begun >= 2:
            yield begun, day
        begun = None
