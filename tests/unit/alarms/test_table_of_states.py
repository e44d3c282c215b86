"""Every row of the table of states, walked by real readings and answers; and the code goes where it says."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest

from healthmon.alarms import TABLE, Phase, Signal, machine
from healthmon.alarms.machine import Alarm
from healthmon.alarms.states import STEPS, Row
from tests.unit.alarms.home import Home

Act: TypeAlias = Callable[[Home], object]


def alarm(home: Home, name: str) -> Alarm:
    return next(one for _, one in home.alarms._book.alarms() if one.row.id == name)


def pending(home: Home) -> None:
    home.hold("SPO2", 86, 0, 10)


def ringing(home: Home) -> None:
    home.hold("SPO2", 86, 0, 35)


def recovering(home: Home) -> None:
    ringing(home)
    home.hold("SPO2", 97, 35, 40)


def unknown(home: Home) -> None:
    ringing(home)
    home.until(100)


def latched(home: Home) -> None:
    ringing(home)
    home.hold("SPO2", 97, 35, 70)


def off(seconds: float) -> Act:
    return lambda home: home.carer(seconds, "SETS", "ALARM", "SPO2_CRIT", off=True)


def seen_then_over(home: Home) -> None:
    home.acknowledge(40, "SPO2_CRIT")
    home.hold("SPO2", 97, 41, 70)


def sinks_before_the_delay_is_over(home: Home) -> None:
    home.carer(9.5, "SETS", "ALARM", "SPO2_CRIT", delay_s=60)
    home.hold("SPO2", 79, 10, 41)


def another_device_sinks(home: Home) -> None:
    for seconds in range(40, 71):
        home.measure(seconds, "SPO2", 89 if seconds == 45 else 97)
        if seconds in {40, 50, 60}:
            home.measure(seconds + 0.1, "SPO2", 79, device="oximeter-1")
    home.until(70.2)


BEFORE: dict[Phase, Act] = {
    Phase.CALM: lambda home: home.hold("SPO2", 97, 0, 5),
    Phase.PENDING: pending,
    Phase.ACTIVE: ringing,
    Phase.RECOVERING: recovering,
    Phase.UNKNOWN: unknown,
    Phase.LATCHED: latched,
}
ACTS: dict[tuple[Phase, Signal], Act] = {
    (Phase.CALM, Signal.BEYOND): lambda home: home.measure(5, "SPO2", 86),
    (Phase.PENDING, Signal.BROKEN): lambda home: home.measure(10, "SPO2", 97),
    (Phase.PENDING, Signal.HELD): lambda home: home.hold("SPO2", 86, 10, 31),
    (Phase.PENDING, Signal.FLOOR): sinks_before_the_delay_is_over,
    (Phase.PENDING, Signal.OFF): off(9.5),
    (Phase.ACTIVE, Signal.CLEAR): lambda home: home.measure(35, "SPO2", 97),
    (Phase.ACTIVE, Signal.LASTED): lambda home: home.hold("SPO2", 91, 121, 601),
    (Phase.ACTIVE, Signal.FLOOR): lambda home: home.hold("SPO2", 79, 35, 66),
    (Phase.ACTIVE, Signal.LOST): lambda home: home.until(100),
    (Phase.ACTIVE, Signal.OFF): off(34.5),
    (Phase.RECOVERING, Signal.BEYOND): lambda home: home.measure(40, "SPO2", 86),
    (Phase.RECOVERING, Signal.BETWEEN): lambda home: home.measure(40, "SPO2", 89),
    (Phase.RECOVERING, Signal.FLOOR): another_device_sinks,
    (Phase.RECOVERING, Signal.OVER_SEEN): seen_then_over,
    (Phase.RECOVERING, Signal.OVER_UNSEEN): lambda home: home.hold("SPO2", 97, 40, 70),
    (Phase.RECOVERING, Signal.LOST): lambda home: home.device(40, "WORN", value=False),
    (Phase.RECOVERING, Signal.OFF): off(39.5),
    (Phase.UNKNOWN, Signal.BEYOND): lambda home: home.measure(100, "SPO2", 86),
    (Phase.UNKNOWN, Signal.BETWEEN): lambda home: home.measure(100, "SPO2", 89),
    (Phase.UNKNOWN, Signal.CLEAR): lambda home: home.measure(100, "SPO2", 97),
    (Phase.UNKNOWN, Signal.OFF): off(100),
    (Phase.LATCHED, Signal.HELD): lambda home: home.hold("SPO2", 86, 70, 101),
    (Phase.LATCHED, Signal.FLOOR): lambda home: home.hold("SPO2", 79, 70, 101),
    (Phase.LATCHED, Signal.SEEN): lambda home: home.acknowledge(70, "SPO2_CRIT"),
    (Phase.LATCHED, Signal.OFF): off(70),
}


def walked(row: Row) -> tuple[Phase, list[str]]:
    """Where the alarm was led by what happens in this row, and what was said of it meanwhile."""
    home = Home()
    name = "SPO2_LOW" if row.signal is Signal.LASTED else "SPO2_CRIT"
    (BEFORE[row.phase] if name == "SPO2_CRIT" else lambda home: home.hold("SPO2", 91, 0, 121))(home)
    assert alarm(home, name).phase is row.phase
    already = len(home.remarks)

    ACTS[row.phase, row.signal](home)

    said = [one.verb for one in home.remarks[already:] if one.object.id == name]
    return alarm(home, name).phase, said


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.phase}-{row.signal}")
def test_a_row_leads_where_it_says_and_says_so(row: Row) -> None:
    assert walked(row) == (row.to, [row.says.value] if row.says else [])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.phase}-{row.signal}")
def test_where_the_row_says_something_else_it_leads_elsewhere(
    row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(row, to=Phase.UNKNOWN, says=None)
    monkeypatch.setattr(machine, "STEPS", {**STEPS, (row.phase, row.signal): other})

    assert walked(row) != (row.to, [row.says.value] if row.says else [])


def test_every_row_has_its_act() -> None:
    assert set(ACTS) == set(STEPS)
