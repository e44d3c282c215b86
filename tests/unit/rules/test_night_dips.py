"""Nights in which oxygen dips: counted from readings close enough, told in the morning, never of old data."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from zoneinfo import ZoneInfo

import pytest

from healthmon.events import Entry, Json, Remark, Thing
from healthmon.rules import NightDips
from healthmon.rules.dips import dips

BERLIN = ZoneInfo("Europe/Berlin")
RING, ANNA, MONITOR = Thing("RING", "ring-1"), Thing("CAREGIVER", "anna"), Thing("MONITOR")
HOUR = 3600


def dip(length: int, depth: int, every: int = 120) -> Iterable[int]:
    """Oxygen at 96 % that falls so deep for so many seconds, again and again, one reading a second."""
    slope = max(1, (length - 4) // 2)
    down = [96 - round(depth * step / slope) for step in range(1, slope)]
    one = [*down, *[96 - depth] * (length - 2 * len(down) - 1), *reversed(down), 96]
    return cycle([*[96] * (every - len(one)), *one])


def night(readings: Iterable[int], hours: float = 5, each: int = 1) -> list[int]:
    """So many hours of them, a reading each so many seconds and none between."""
    seconds = islice(readings, int(hours * HOUR))
    return [value if place % each == 0 else 0 for place, value in enumerate(seconds)]


@pytest.mark.parametrize("length", [14, 20, 40, 56])
@pytest.mark.parametrize("depth", [4, 6, 12])
def test_a_fall_that_comes_back_within_a_minute_is_a_dip(length: int, depth: int) -> None:
    assert dips(night(dip(length, depth))).per_hour == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize(("length", "depth"), [(30, 3), (4, 8), (90, 8)])
def test_too_shallow_too_short_and_too_long_are_none(length: int, depth: int) -> None:
    assert dips(night(dip(length, depth, 300))).number == 0


@pytest.mark.parametrize("each", [1, 2, 4, 5])
def test_the_rate_of_a_device_changes_the_index_little(each: int) -> None:
    assert dips(night(dip(40, 8), each=each)).per_hour == pytest.approx(30, rel=0.1)


@pytest.mark.parametrize("value", [50, 84, 100])
def test_one_reading_alone_is_no_dip(value: int) -> None:
    readings = night(cycle([*[96] * 59, value]), each=1)

    assert dips(readings).number == 0


def test_readings_too_far_apart_show_nothing() -> None:
    assert dips(night(dip(40, 8), each=30)) == (0, 0)


def test_a_gap_ends_a_dip() -> None:
    readings = [*[96] * 200, *[88] * 10, *[0] * 15, *[88] * 10, *[96] * 200]

    assert dips(readings).number == 0


def test_a_lower_level_is_one_fall_and_no_dip() -> None:
    readings = [*[96] * 1000, *[90] * 1000, *[84] * 1000]

    assert dips(readings).number == 0


class Ring:
    """Somebody who wears a ring at night, which measures every second or so."""

    def __init__(self, zone: ZoneInfo = BERLIN, day: tuple[int, int, int] = (2026, 11, 22)) -> None:
        self.rule = NightDips()
        self.midnight = datetime(*day, tzinfo=zone).astimezone(UTC)
        self.zone = zone
        self.said: list[Remark] = []
        self.hear(MONITOR, "REPORTS", Thing("CONTACTS"), self.midnight - timedelta(hours=1), zone=str(zone))

    def hear(self, subject: Thing, verb: str, thing: Thing, at: datetime, **context: Json) -> None:
        while (due := self.rule.due()) is not None and due <= at and verb != "STARTS":
            self.said += self.rule.fire(due)
        told = {key: value for key, value in context.items() if value is not None}
        entry = Entry(
            id="", time=at, received=at, subject=subject, verb=verb, object=thing, context=told, offset=0
        )
        self.said += self.rule.observe(entry)

    def sleep(self, hours: float = 5, *, every: int = 30, each: int = 5, **context: Json) -> None:
        """A night from 00:00 with a dip every so many seconds, a reading each so many; then the morning."""
        for second, value in enumerate(night(dip(20, 8, every), hours, each)):
            if value:
                at = self.midnight + timedelta(seconds=second)
                said = {"value": value, "person": "maria", **context}
                self.hear(RING, "MEASURES", Thing("SPO2"), at, **said)
        self.wait()

    def wait(self) -> None:
        while (due := self.rule.due()) is not None and due <= self.midnight + timedelta(hours=12):
            self.said += self.rule.fire(due)


def test_many_dips_are_told_in_the_morning() -> None:
    ring = Ring()
    ring.sleep(every=120)
    (said,) = ring.said

    assert (said.verb, said.object, said.person) == ("FLAGS", Thing("NIGHTS", "ODI4"), "maria")
    assert said.at.astimezone(BERLIN).hour == 7
    assert {**said.context} == {
        "value": 29.8,
        "unit": "/h",
        "limit": 15.0,
        "dips": 149,  # nobody saw the end of the last one
        "hours": 5.0,
        "device": "ring-1",
    }


def test_a_few_dips_are_not_told() -> None:
    ring = Ring()
    ring.sleep(every=300)

    assert ring.said == []


def test_less_than_four_hours_say_nothing() -> None:
    ring = Ring()
    ring.sleep(3.9)

    assert ring.said == []


def test_a_watch_that_measures_once_a_minute_says_nothing() -> None:
    ring = Ring()
    ring.sleep(7, each=60)

    assert ring.said == []


@pytest.mark.parametrize("old", ["late", "import", "retained"])
def test_old_readings_say_nothing(old: str) -> None:
    ring = Ring()
    ring.sleep(delivery=old)

    assert ring.said == []


def test_what_is_doubted_or_lies_on_the_table_says_nothing() -> None:
    doubted, lying = Ring(), Ring()
    doubted.sleep(quality="poor")
    lying.hear(RING, "REPORTS", Thing("WORN"), lying.midnight, value=False, person="maria")
    lying.sleep()

    assert (doubted.said, lying.said) == ([], [])


def test_of_a_morning_that_was_not_recorded_nothing_is_said() -> None:
    ring = Ring()
    ring.sleep(6)
    ring.said.clear()
    ring.midnight += timedelta(days=1)
    for second, value in enumerate(night(dip(20, 8, 30), 6, 5)):
        at = ring.midnight + timedelta(seconds=second)
        ring.hear(RING, "MEASURES", Thing("SPO2"), at, value=value or None, person="maria")
    ring.hear(MONITOR, "STARTS", Thing("RECORDER"), ring.midnight + timedelta(hours=8))
    ring.wait()

    assert ring.said == []


def test_a_carer_can_switch_it_off() -> None:
    ring = Ring()
    ring.hear(ANNA, "SETS", Thing("ALARM", "ODI4"), ring.midnight, person="maria", off=True)
    ring.sleep()

    assert ring.said == []


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (BERLIN, (2026, 3, 29)),
        (BERLIN, (2026, 10, 25)),
        (ZoneInfo("Australia/Lord_Howe"), (2026, 10, 4)),
        (ZoneInfo("Asia/Kolkata"), (2028, 2, 29)),
    ],
)
def test_the_morning_is_that_of_the_wall_clock(zone: ZoneInfo, day: tuple[int, int, int]) -> None:
    ring = Ring(zone, day)
    ring.sleep(4.6)
    (said,) = ring.said

    assert (said.at.astimezone(zone).hour, said.at.astimezone(zone).minute) == (7, 0)


def test_who_moves_in_the_night_has_another_one() -> None:
    ring = Ring()
    ring.sleep(4.5)
    ring.said.clear()
    ring.midnight += timedelta(days=1)
    for second, value in enumerate(night(dip(20, 8, 30), 4.5, 5)):
        at = ring.midnight + timedelta(seconds=second)
        ring.hear(RING, "MEASURES", Thing("SPO2"), at, value=value or None, person="maria")
    moved = ring.midnight + timedelta(hours=5)
    ring.hear(ANNA, "SETS", Thing("PERSON", "maria"), moved, person="maria", zone="Asia/Tokyo")
    ring.wait()

    assert ring.said == []


def test_made_up_people_and_devices_are_bounded() -> None:
    ring = Ring()
    for number in range(500):
        for thing in (RING, Thing("RING", f"ring-{number}")):
            ring.hear(thing, "MEASURES", Thing("SPO2"), ring.midnight, value=96, person=f"p{number}")
            ring.hear(thing, "MEASURES", Thing("SPO2"), ring.midnight, value=96, person="p0")

    assert len(ring.rule._sleeps) == 64
    assert max(len(one.devices) for one in ring.rule._sleeps.values()) == 4


def test_who_is_forgotten_leaves_nothing() -> None:
    ring = Ring()
    ring.hear(RING, "MEASURES", Thing("SPO2"), ring.midnight, value=96, person="maria")
    ring.rule.forget("maria")

    assert ring.rule.due() is None
