"""What other monitors got wrong about devices, and this one may not: each has a line that guards it.

The stories go through the whole house, as the recorder runs it. Which hazard was seen where: FIELD.md.
"""

from collections.abc import Iterable, Iterator

import pytest

from healthmon.events import Entry, Event, Json, Thing, TimeSource
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.fakes.pipeline import at

WATCH, MONITOR = Thing("WATCH", "watch-7"), Thing("MONITOR")
BODY = {"SPO2_CRIT", "SPO2_LOW", "HR_HIGH_CRIT", "HR_HIGH", "HR_LOW_CRIT", "HR_LOW", "RAPID_DESAT"}


def _says(
    seconds: float, what: str, value: Json, *, by: Thing = WATCH, verb: str = "MEASURES", delivery: str = ""
) -> Event:
    source = TimeSource.RECEIVE if by == MONITOR else TimeSource.DEVICE
    return Event(
        id=f"{by.id}:{what}:{seconds}:{delivery}",
        time=at(seconds),
        time_source=source,
        subject=by,
        verb=verb,
        object=Thing(what),
        context={"value": value, "person": "maria", **({"delivery": delivery} if delivery else {})},
    )


def _worn(start: int, end: int, *, oxygen: float = 97, delivery: str = "") -> Iterator[Event]:
    for second in range(start, end):
        yield _says(second, "HR", 70 + second % 3, delivery=delivery)
        yield _says(second, "SPO2", oxygen + second % 2, delivery=delivery)


def _starts(seconds: float) -> Event:
    starts = _says(seconds, "RECORDER", None, by=MONITOR, verb="STARTS")
    return starts.with_context(value=None, person=None)


class House:
    """The recorder's logic, and what it said of alarms."""

    def __init__(self) -> None:
        self.logic = Logic(house_rules(RuleSettings()).rules)
        self.said: list[Entry] = []

    def hear(self, events: Iterable[Event], received: float | None = None) -> None:
        for event in events:
            stamp = event.time if received is None else at(received)
            self.said += self.logic.take(event, stamp)

    def start(self, seconds: float) -> None:
        self.said += self.logic.start(_starts(seconds), at(seconds))

    def until(self, seconds: float) -> None:
        """Nobody says anything; the recorder's turns go on."""
        self.said += self.logic.tick(at(seconds))

    def told(self) -> list[tuple[str, str, float]]:
        return [
            (one.verb, one.object.id, (one.time - at(0)).total_seconds())
            for one in self.said
            if one.object.type == "ALARM" and one.verb in {"RAISES", "CLEARS"}
        ]

    def bodies(self) -> list[tuple[str, str, float]]:
        return [told for told in self.told() if told[1] in BODY]


def test_a_watch_that_says_nothing_is_told_although_nothing_comes_that_could_tell_it() -> None:
    house = House()
    house.hear(_worn(0, 300))
    house.until(400)

    assert house.told() == [("RAISES", "DEVICE_SILENT", 329)]


def test_a_watch_that_is_gone_is_told_after_a_restart_too() -> None:
    house = House()
    house.hear(_worn(0, 300))
    house.start(5000)
    house.until(6000)

    assert house.told() == [("RAISES", "DEVICE_SILENT", 5030)]


@pytest.mark.parametrize(("delivery", "told"), [("late", 351), ("import", 331), ("retained", 331)])
def test_old_data_do_not_keep_a_silent_watch_from_being_told(delivery: str, told: int) -> None:
    house = House()
    house.hear(_worn(0, 302))
    house.hear(_worn(302, 322, delivery=delivery))
    house.until(1000)

    assert house.told() == [("RAISES", "DEVICE_SILENT", told)]  # what is late shows that it speaks


def test_what_waited_in_the_broker_raises_nothing_when_the_recorder_starts() -> None:
    house = House()
    house.hear(_worn(0, 300))
    house.start(4000)
    house.hear(_worn(300, 700, oxygen=80), received=4001)  # 400 s of low oxygen, an hour ago
    house.hear([_says(700, "HR", 30, delivery="retained"), _says(701, "SPO2", 70, delivery="retained")], 4001)
    house.hear(_worn(4002, 4100))

    assert house.told() == []


def test_a_heart_rate_that_does_not_come_any_more_is_stale_while_the_rest_goes_on() -> None:
    house = House()
    house.hear(_worn(0, 300))
    house.hear(_says(second, "STEPS", 0) for second in range(300, 700))

    assert [told for told in house.told() if told[0] == "RAISES"] == [
        ("RAISES", "STALE_HR", 359),
        ("RAISES", "STALE_HR", 599),
        ("RAISES", "STALE_SPO2", 599),
    ]


def test_a_frozen_heart_rate_is_noticed_in_five_minutes_and_not_in_the_morning() -> None:
    house = House()
    house.hear(_says(second, "HR", 64) for second in range(1000))

    assert house.told() == [("RAISES", "FROZEN", 300)]


def _faults(kind: str) -> Iterator[Event]:
    """Something technical that is wrong from before the low until after it."""
    if kind == "battery":
        yield _says(250, "BATTERY", 3)
    if kind == "log":
        yield _says(250, "LOG", "not-recorded", by=MONITOR, verb="REPORTS").with_context(person=None)
    if kind == "broker":
        yield _says(250, "BROKER", "away", by=MONITOR, verb="REPORTS").with_context(person=None)
    if kind == "another":
        for second in range(200):
            yield _says(second, "HR", 75 + second % 3, by=Thing("WATCH", "watch-8"))
    if kind == "presence":
        offline = Thing("DEVICE", "watch-8")
        yield _says(250, "AVAILABILITY", "OFFLINE", by=offline, verb="REPORTS").with_context(person=None)


@pytest.mark.parametrize("kind", ["battery", "log", "broker", "another", "presence"])
def test_a_technical_fault_touches_no_alarm_of_a_body(kind: str) -> None:
    def lived(faults: Iterable[Event]) -> House:
        low = [*_worn(0, 300), *_worn(300, 900, oxygen=84), *_worn(900, 1000)]
        house = House()
        house.hear(sorted([*low, *faults], key=lambda event: event.time))
        return house

    well, ill = lived([]), lived(_faults(kind))

    assert ill.bodies() == well.bodies() != []
    assert kind == "presence" or ill.told() != well.told()


def test_a_frozen_heart_rate_hides_no_low_oxygen() -> None:
    house = House()
    for second in range(1000):
        house.hear([_says(second, "HR", 64), _says(second, "SPO2", 97 if second < 600 else 84 - second % 2)])

    told = [("RAISES", "FROZEN", 300), ("RAISES", "RAPID_DESAT", 630), ("RAISES", "SPO2_CRIT", 630)]
    assert house.told()[:3] == told


def test_an_alarm_of_a_body_whose_watch_falls_silent_is_unknown_and_the_watch_is_told() -> None:
    house = House()
    house.hear(_worn(0, 300))
    house.hear(_worn(300, 400, oxygen=84))
    house.until(1000)
    flagged = [one for one in house.said if one.verb == "FLAGS" and one.object.id == "SPO2_CRIT"]

    told = [("RAISES", "RAPID_DESAT", 330), ("RAISES", "SPO2_CRIT", 330), ("RAISES", "DEVICE_SILENT", 429)]
    assert house.told() == told
    assert [one.context["state"] for one in flagged] == ["unknown"]
