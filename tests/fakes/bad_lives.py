"""Lives in which much goes wrong at once: three devices, two of one name, and people who swap them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from healthmon.events import Event, Json, Thing, TimeSource
from healthmon.pipeline.monitor import monitor_says
from tests.fakes.acts import ANNA, WHO

START = datetime(2026, 11, 22, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)

_LEVELS: dict[str, tuple[float, ...]] = {
    "HR": (70, 70, 72, 30, 44, 125, 140, 160, 80, 55),
    "SPO2": (97, 97, 96, 93, 91, 89, 86, 78, 84),
}
_UNITS = {"HR": "/min", "SPO2": "%"}
_PACES = (1, 1, 1, 2, 4, 7, 31)  # seconds
_LAGS = (0.05, 0.05, 0.3, 2, 8, 20, 61, 600, -7)  # seconds, of the way or of a wrong clock
_QUALITIES: tuple[Json, ...] = (None, None, None, "good", "poor", 0.3, 0.9, "odd")
_PAUSES = (15, 40, 200, 700, 4000)  # seconds in which nobody says anything


class Step(NamedTuple):
    """What happens next, and when it is received; `is_start` where nobody recorded before it."""

    event: Event
    received: datetime
    is_start: bool = False


@dataclass(slots=True)
class _Device:
    """One device, as it is now."""

    thing: Thing
    person: str
    pace: int = 1
    lag: float = 0.05
    quality: Json = None
    number: int = 0
    next_at: int = 0


class BadLife:
    """A life drawn from a seed: the same seed, the same life."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._now, self._second, self._said = START, 0, 0
        draw = self._chance.choice
        things = (Thing("WATCH", "band-1"), Thing("OXIMETER", "clip-1"), Thing("RING", "band-1"))
        self._devices = [_Device(thing, draw(WHO), draw(_PACES), draw(_LAGS)) for thing in things]
        self._levels = {who: {"HR": 70.0, "SPO2": 97.0} for who in WHO}
        self._sway: tuple[float, ...] = (0, 0, 1, -1, 2, 0.5)

    def steps(self, seconds: int) -> Iterator[Step]:
        """So many seconds of it, pauses not counted."""
        yield Step(monitor_says("STARTS", Thing("RECORDER"), START, {"clock": "x"}), START, is_start=True)
        for _ in range(seconds):
            self._second += 1 if self._chance.random() < 0.998 else self._chance.choice(_PAUSES)
            self._now = START + self._second * SECOND
            self._change()
            if self._chance.random() < 0.02:
                yield self._chance.choice(_TROUBLES)(self, self._chance.choice(self._devices))
            for device in self._devices:
                if self._second >= device.next_at:
                    device.next_at = self._second + device.pace
                    yield from self._measures(device)

    def _change(self) -> None:
        """Somebody's body, a signal, or a clock is another from now on."""
        draw, device = self._chance.choice, self._chance.choice(self._devices)
        if self._chance.random() < 0.015:
            quantity = draw(("HR", "SPO2"))
            self._levels[draw(WHO)][quantity] = draw(_LEVELS[quantity])
        if self._chance.random() < 0.01:
            device.quality = draw(_QUALITIES)
        if self._chance.random() < 0.008:
            device.lag, device.pace = draw(_LAGS), draw(_PACES)
        if self._chance.random() < 0.002:
            device.person = draw(WHO)
        if self._chance.random() < 0.003:
            self._sway = draw(((0,), (0, 0, 1, -1, 2, 0.5)))

    def _measures(self, device: _Device) -> Iterator[Step]:
        chance = self._chance
        for quantity in ("HR", "SPO2"):
            if chance.random() < 0.15:
                continue
            value = self._levels[device.person][quantity] + chance.choice(self._sway)
            if chance.random() < 0.02:
                value = chance.choice((0, value / 2, 255))
            value = min(value, 100) if quantity == "SPO2" else value
            told: dict[str, Json] = {
                "value": int(value) if value % 1 == 0 else value,
                "unit": _UNITS[quantity],
            }
            if device.quality is not None and chance.random() < 0.6:
                told["quality"] = device.quality
            if chance.random() < 0.005:
                told["delivery"] = "retained"
            older = chance.choice((3, 30, 70, 4000)) if chance.random() < 0.01 else 0
            yield self._tells(device, "MEASURES", quantity, told, older=older)

    def _tells(
        self, device: _Device, verb: str, kind: str, told: dict[str, Json], *, older: float = 0
    ) -> Step:
        device.number += 1 if self._chance.random() < 0.97 else 3
        event = Event(
            id=f"{device.thing.id}:{device.thing.type}:{device.number}",
            time=self._now - (device.lag + older) * SECOND,
            time_source=TimeSource.DEVICE,
            subject=device.thing,
            verb=verb,
            object=Thing(kind),
            context={"person": device.person, **told},
        )
        return Step(event, self._now)

    def _carer(self, verb: str, thing: Thing, told: dict[str, Json]) -> Step:
        self._said += 1
        event = Event(
            id=f"c{self._said}", time=self._now, subject=ANNA, verb=verb, object=thing, context=told
        )
        return Step(event, self._now)

    def wears(self, device: _Device) -> Step:
        """It is put on, or taken off."""
        return self._tells(device, "REPORTS", "WORN", {"value": self._chance.choice((True, False))})

    def comes_or_goes(self, device: _Device) -> Step:
        """It says whether it is there."""
        said = self._chance.choice(("OFFLINE", "ONLINE"))
        return self._tells(device, "REPORTS", "AVAILABILITY", {"value": said})

    def counts(self, device: _Device) -> Step:
        """Steps, or how full its battery is."""
        kind = self._chance.choice(("STEPS", "BATTERY"))
        return self._tells(device, "MEASURES", kind, {"value": self._chance.choice((0, 12, 40, 90))})

    def sleeps(self, _: _Device) -> Step:
        """The computer slept."""
        return Step(monitor_says("REPORTS", Thing("GAP"), self._now, {"value": 20}), self._now, is_start=True)

    def is_set(self, _: _Device) -> Step:
        """A carer sets an alarm of somebody's."""
        draw = self._chance.choice
        thing = Thing("ALARM", draw(("SPO2_LOW", "HR_HIGH", "SPO2_CRIT", "RAPID_DESAT")))
        told: dict[str, Json] = {"person": draw(WHO), "value": draw((90, 100, 10)), "delay_s": draw((15, 60))}
        return self._carer("SETS", thing, told)

    def is_assigned(self, device: _Device) -> Step:
        """A carer gives it to somebody, or says how often it speaks."""
        if self._chance.random() < 0.5:
            period = self._chance.choice((0, 5, 60, None))
            return self._carer("SETS", Thing("DEVICE", device.thing.id), {"period_s": period})
        return self._carer("ASSIGNS", device.thing, {"person": device.person})


_TROUBLES: tuple[Callable[[BadLife, _Device], Step], ...] = (
    BadLife.wears,
    BadLife.comes_or_goes,
    BadLife.comes_or_goes,
    BadLife.counts,
    BadLife.sleeps,
    BadLife.is_set,
    BadLife.is_assigned,
)
