"""This is the place for simulated homes that tests look into, and for reading what they said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from devices.arrays import Floats
from devices.people import Person, at_home
from devices.stage.scenario import read_scenario
from devices.stage.script import Script
from devices.things.household import Household, Manner
from devices.things.voice import Saying
from healthmon.events import Json, Thing
from healthmon.events.wire import Said, read_said

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC).timestamp()
DAY = 86400.0


def played(text: str, people: Sequence[Person], start: float = START) -> Script:
    """What this scenario text plants for these people."""
    return read_scenario("test", text).staged(people, start)


def home(
    people: Sequence[Person], script: Script | None = None, *, seed: int = 7, every: float = 1.0
) -> Household:
    """A home that begins to speak when asked."""
    return Household(people, script or Script(), Manner(seed=seed, boot="test", every=every))


def said_by(
    sayings: Sequence[Saying], device: str, thing: str, start: float = START
) -> list[tuple[float, Json]]:
    """The values this device told of this thing, with the seconds since the start."""
    return [
        (saying.at - start, context["value"])
        for saying in sayings
        if saying.device == device
        and saying.said.object == Thing(thing)
        and isinstance(context := saying.said.context, dict)
    ]


def numbers(told: Sequence[tuple[float, Json]]) -> Floats:
    """The values alone, as numbers."""
    return np.array([value for _, value in told], dtype=np.float64)


def half_hour(seed: int, script: Script | None = None, people: int = 3) -> list[Saying]:
    """What a home says in 1,800 s."""
    return home(at_home(people), script, seed=seed).says(START - 0.5, START + 1800)


@dataclass
class Notebook:
    """An outlet that acknowledges at once and keeps everything; `on_wait` may turn a clock."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def offer(self, name: str, payload: bytes) -> None:
        self.taken.append((name, payload))

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)

    def unacknowledged(self) -> int:
        return 0

    def said(self) -> list[Said]:
        return [said for _, payload in self.taken for said in read_said(payload)]
