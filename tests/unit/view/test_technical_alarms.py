"""Alarms about the monitor itself stand beside those of bodies: without a person, in plain words."""

from datetime import timedelta

import pytest

from healthmon.events import Event, Json, Thing
from healthmon.events.not_recorded import Backlog, NotRecorded
from healthmon.view.screen import AlarmPhase, Delivery, Priority
from tests.unit.view.house import MARIA, MINUTE, House

EPISODE = "LOG_NOT_WRITABLE:2026-11-22T12:00:00+00:00"


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("HR", 78)
    return made


def raised(house: House, alarm: str = "LOG_NOT_WRITABLE", value: str = "overflow", **more: Json) -> None:
    said: dict[str, Json] = {
        "technical": True,
        "priority": "medium",
        "episode": f"{alarm}:2026-11-22T12:00:00+00:00",
        "since": "2026-11-22T12:00:00+00:00",
        "value": value,
        "latched": False,
    }
    house.say(f"MONITOR RAISES ALARM {alarm}", context={**said, **more})


@pytest.mark.parametrize(
    ("alarm", "value", "more", "text"),
    [
        ("LOG_NOT_WRITABLE", "overflow", {}, "The log cannot be written: recording goes to memory"),
        (
            "LOG_NOT_WRITABLE",
            "overflow",
            {"reason": "read-only"},
            "The log cannot be written (the disk is read-only): recording goes to memory",
        ),
        ("LOG_NOT_WRITABLE", "reserve", {}, "The disk is nearly full: the reserve is in use"),
        ("LOG_NOT_WRITABLE", "not-recorded", {}, "The log cannot be written: NOTHING IS KEPT"),
        ("LOG_NOT_WRITABLE", "something new", {}, "The log cannot be written"),
        ("BROKER", "away", {}, "The broker does not answer: no readings arrive"),
        (
            "CLOCK",
            "behind",
            {},
            "The clock of this computer was set back: times shown run ahead of it until it has caught up",
        ),
    ],
)
def test_it_says_what_it_means(
    house: House, alarm: str, value: str, more: dict[str, Json], text: str
) -> None:
    raised(house, alarm, value, **more)

    line = house.alarm()

    assert (line.text, line.person, line.person_name, line.place) == (text, "", "", "")
    assert (line.priority, line.since.isoformat()) == (Priority.MEDIUM, "2026-11-22T12:00:00+00:00")


def test_it_never_stands_above_a_body_of_the_same_urgency(house: House) -> None:
    raised(house)
    house.turn(MINUTE)
    said: dict[str, Json] = {"priority": "medium", "episode": "SPO2_LOW:maria:1"}
    house.say("MONITOR RAISES ALARM SPO2_LOW OF maria", context=said)

    assert [line.person for line in house.look().alarms] == ["maria", ""]


def test_it_colours_nobody(house: House) -> None:
    raised(house)

    assert house.row().priority is None


def test_it_goes_when_it_is_over(house: House) -> None:
    raised(house)
    house.say("MONITOR CLEARS ALARM LOG_NOT_WRITABLE", episode=EPISODE, latched=False)

    assert house.look().alarms == ()


def test_what_got_worse_replaces_the_milder_words_and_asks_anew(house: House) -> None:
    raised(house, value="reserve")
    house.say("CAREGIVER anna ACKNOWLEDGES ALARM LOG_NOT_WRITABLE", episode=EPISODE)
    taken = house.alarm().phase
    raised(house, value="overflow")

    assert (taken, house.alarm().phase) == (AlarmPhase.ACKNOWLEDGED, AlarmPhase.ACTIVE)
    assert "goes to memory" in house.alarm().text


def test_it_can_be_acknowledged_without_a_person(house: House) -> None:
    raised(house)
    said = Event(
        id="a1",
        time=house.clock.now(),
        subject=Thing("CAREGIVER", "anna"),
        verb="ACKNOWLEDGES",
        object=Thing("ALARM", "LOG_NOT_WRITABLE"),
        context={"episode": EPISODE},
    )
    house.look()
    house.desk.said(said)
    sending = house.alarm().delivery
    house.log_event(said)

    assert (sending, house.alarm().phase) == (Delivery.SENDING, AlarmPhase.ACKNOWLEDGED)


@pytest.mark.parametrize(
    ("thing", "value", "text"),
    [
        ("LOG", "overflow", "The log cannot be written: recording goes to memory"),
        ("LOG", "well", "The log can be written again"),
        ("BROKER", "away", "The broker does not answer"),
        ("BROKER", "up", "The broker answers again"),
        ("CLOCK", "behind", "The computer's clock was set back"),
        ("CLOCK", "well", "The computer's clock has caught up"),
        ("GAP", 32400, "Nothing was recorded: the computer slept, or its clock was set forward"),
    ],
)
def test_what_the_recorder_reports_is_a_line_of_the_table_and_no_device(
    house: House, thing: str, value: Json, text: str
) -> None:
    before = house.look().connection.devices
    house.say(f"MONITOR REPORTS {thing}", value=value)

    screen = house.look()

    assert (screen.new_events[-1].text, screen.connection.devices) == (text, before)


@pytest.mark.parametrize(
    ("lost", "waiting", "kept"),
    [
        (0, 312, "nothing is lost: 312 messages waited"),
        (0, 0, "nothing is lost"),
        (None, 1, "what was sent without acknowledgement may be lost: 1 message waited"),
    ],
)
def test_a_log_that_could_not_be_written_is_told_with_what_became_of_what_was_said(
    house: House, lost: int | None, waiting: int, kept: str
) -> None:
    until = house.clock.now()
    missed = NotRecorded(until - timedelta(minutes=29), until, "disk-full", Backlog(waiting, lost))
    house.say("MONITOR REPORTS GAP", context=missed.context())

    row = house.look().new_events[-1]

    text = "Nothing was recorded: the log could not be written (the disk is full)"
    assert (row.kind, row.text, row.value, row.context) == ("recorder", text, "29 min", kept)
