"""Ordinary readings are told from all else, once for all rules, and every rule still hears what it must."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from healthmon.events import Entry, Event, Json, Remark, Thing, TimeSource
from healthmon.events.plausible import GATES
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.streams import MOST_KNOWN, Streams
from healthmon.settings import RuleSettings
from tests.unit.rules.stream import entry, measured, moment

WATCH = Thing("WATCH", "watch-7")


class _Hears:
    """A rule that hears everything, and no streams."""

    name = "hears"

    def __init__(self) -> None:
        self.heard: list[Entry] = []

    def observe(self, entry: Entry) -> Iterable[Remark]:
        self.heard.append(entry)
        return ()

    def due(self) -> datetime | None:
        return None

    def fire(self, at: datetime) -> Iterable[Remark]:
        return ()

    def forget(self, person: str) -> None:
        """Nothing is known of anybody."""


def test_a_reading_is_of_a_stream_and_its_value_is_known() -> None:
    stream = Streams([_Hears()]).of(measured(0, "HR", 71))

    assert stream is not None
    assert stream.value == 71


@pytest.mark.parametrize("quantity", GATES)
@pytest.mark.parametrize("value", [0, 255, 19.9, "70", None, True, float("nan")])
def test_what_cannot_be_measured_is_no_ordinary_reading(quantity: str, value: Json) -> None:
    assert Streams([_Hears()]).of(measured(0, quantity, value)) is None


@pytest.mark.parametrize(
    "odd",
    [
        {"delivery": "late"},
        {"delivery": "retained"},
        {"quality": "poor"},
        {"quality": ["good"]},
        {"device_time": "2015-01-01T00:00:00+00:00"},
        {"person": ""},
        {"person": ["maria"]},
        {"person": None},
    ],
)
def test_what_is_old_doubted_wrongly_timed_or_of_nobody_is_not_ordinary(odd: dict[str, Json]) -> None:
    context: dict[str, Json] = {"value": 71, "unit": "/min", "person": "maria", **odd}
    streams = Streams([_Hears()])
    streams.of(measured(0, "HR", 71))

    assert streams.of(entry(1, WATCH, "MEASURES", Thing("HR"), **context)) is None


def test_another_device_of_the_same_name_is_another_stream() -> None:
    streams = Streams([_Hears()])
    streams.of(measured(0, "HR", 71))

    said = entry(1, Thing("OXIMETER", "watch-7"), "MEASURES", Thing("HR"), value=71, person="maria")
    assert streams.of(said) is None


def test_a_rule_without_streams_hears_each_reading_once() -> None:
    rule = _Hears()
    logic = Logic([rule])
    for second in range(5):
        logic.take(measured(second, "HR", 70 + second), moment(second))

    assert [heard.value for heard in rule.heard] == [70, 71, 72, 73, 74]


def test_however_many_names_there_are_few_are_remembered() -> None:
    rules = [_Hears()]
    streams = Streams(rules)
    first = streams.of(measured(0, "HR", 71))
    for number in range(MOST_KNOWN + 1):
        streams.of(measured(1, "HR", 71, person=f"p{number}"))

    assert streams.of(measured(2, "HR", 71)) is not first


def test_somebody_who_was_forgotten_is_heard_anew() -> None:
    logic, other = (Logic(house_rules(RuleSettings()).rules) for _ in range(2))
    _lives(logic, range(300), rate=70)
    logic.forget("maria")

    _lives(logic, range(400, 1000), rate=70)
    _lives(other, range(400, 1000), rate=70)
    assert _verbs(logic) == _verbs(other)


def _lives(logic: Logic, seconds: range, *, rate: int) -> None:
    for second in seconds:
        logic.take(_said(second, rate + second % 3), moment(second))


def _verbs(logic: Logic) -> list[tuple[str, str, str]]:
    """What a leap of the rate comes to now."""
    made = [one for second in range(1000, 1200) for one in logic.take(_said(second, 170), moment(second))]
    return [(one.verb, str(one.object), str(one.time)) for one in made if one.subject.type == "MONITOR"]


def _said(second: int, rate: int) -> Event:
    return Event(
        id=f"watch-7:1:{second}",
        time=moment(second) - timedelta(milliseconds=50),
        time_source=TimeSource.DEVICE,
        subject=WATCH,
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": rate, "unit": "/min", "person": "maria"},
    )
