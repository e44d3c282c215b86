"""What is a reading, and what only looks like one."""

import pytest

from healthmon.events import Delivery, Json, Thing
from healthmon.rules import reading
from tests.unit.rules.stream import entry, measured, moment


@pytest.mark.parametrize(
    ("quantity", "value"),
    [("HR", 20), ("HR", 78), ("HR", 127), ("HR", 250), ("SPO2", 35), ("SPO2", 98.5), ("SPO2", 100)],
)
def test_what_a_body_can_do_is_a_reading(quantity: str, value: float) -> None:
    read = reading(measured(5, quantity, value))

    assert read is not None
    assert (read.who, read.quantity, read.value, read.at) == ("maria", quantity, value, moment(5))


@pytest.mark.parametrize(
    ("quantity", "value"),
    [
        *[("HR", value) for value in (0, 19.9, 250.5, 255, 65535, -1, True, None, "78", [78], float("nan"))],
        *[("SPO2", value) for value in (0, 34, 100.1, 127, 255, 65535, -1, False, {"a": 1})],
    ],
)
def test_no_signal_is_never_a_reading(quantity: str, value: Json) -> None:
    assert reading(measured(5, quantity, value)) is None


def test_only_measures_of_heart_and_oxygen_are_readings() -> None:
    said = Thing("WATCH", "watch-7"), Thing("HR")

    assert reading(entry(0, said[0], "REPORTS", said[1], value=78)) is None
    assert reading(measured(0, "POWER", 78)) is None


def test_a_retained_copy_is_no_reading() -> None:
    assert reading(measured(0, "HR", 78, delivery="retained")) is None


def test_a_reading_knows_how_it_came() -> None:
    read = reading(measured(0, "HR", 78, delivery="import"))

    assert read is not None
    assert read.delivery is Delivery.IMPORT


@pytest.mark.parametrize("person", [None, ""])
def test_nobody_assigned_is_told_apart_by_device(person: str | None) -> None:
    read = reading(measured(0, "HR", 78, person=person))

    assert read is not None
    assert (read.who, read.person) == (Thing("WATCH", "watch-7"), None)


def test_a_person_that_is_no_text_is_nobody() -> None:
    said = entry(0, Thing("WATCH", "w"), "MEASURES", Thing("HR"), value=78, person=["maria"])

    read = reading(said)

    assert read is not None
    assert read.person is None
