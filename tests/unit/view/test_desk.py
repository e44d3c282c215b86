"""What the desk promises: a screen is a fold of the log, whatever is in it and however it came."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from healthmon.events import Entry, Event, Thing, wire
from healthmon.view.desk import DeskOptions
from healthmon.view.screen import EventRow
from tests.unit.view.house import GIVEN, HOUR, MARIA, MINUTE, NOON, SECOND, House, Waiting, plain


def a_day(house: House) -> None:
    """A bit of everything."""
    house.say("MONITOR STARTS RECORDER")
    house.say(MARIA)
    house.say(GIVEN)
    for minute in range(90):
        house.measure("HR", 70 + minute % 5, ago=timedelta(minutes=100 - minute))
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL", ago=5 * MINUTE)
    house.every_second("HR", [75, 76, 0, 104])
    house.measure("SPO2", 86)
    house.say("MONITOR FLAGS SPIKE 104 /min OF maria", rise=29, baseline_value=75)
    house.say(
        "MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", limit=88, delay_s=30, priority="high", episode="x"
    )
    house.say("CAREGIVER anna ACKNOWLEDGES ALARM SPO2_CRIT OF maria", episode="x")
    house.say("MONITOR ADVISES ADVICE look 70 OF maria", band="worth a look")
    house.say("MONITOR REJECTS MESSAGE", reason="not-json", topic="t")


def shown_from(house: House, entries: list[Entry], *, at_once: int = 3000) -> object:
    """The screen of another desk that reads these entries from the beginning."""
    feed = Waiting(at_once)
    feed.entries = list(entries)
    return plain(house.new_desk(feed).tick())


def test_folding_the_same_entries_twice_gives_equal_screens() -> None:
    house = House()
    a_day(house)

    assert shown_from(house, house.log) == shown_from(house, house.log)


def test_history_then_live_comes_to_the_same_as_all_at_once() -> None:
    house = House()
    a_day(house)
    live = Waiting()
    desk = house.new_desk(live)
    rows: list[EventRow] = []

    for entry in house.log:
        live.entries.append(entry)
        screen = desk.tick()
        rows += screen.new_events
    followed = plain(screen)

    at_once = shown_from(house, house.log)
    assert isinstance(at_once, dict)
    assert isinstance(followed, dict)
    assert plain(tuple(rows)) == at_once.pop("new_events")
    followed.pop("new_events")
    assert followed == at_once


def test_how_many_come_at_once_makes_no_difference() -> None:
    house = House()
    a_day(house)

    assert shown_from(house, house.log, at_once=1) == shown_from(house, house.log)


def test_an_empty_log_is_an_empty_screen() -> None:
    screen = House().look()

    assert (screen.people, screen.alarms, screen.trends, screen.selected) == ((), (), (), None)
    assert screen.advice is None


def test_the_first_person_is_looked_at_until_another_is_chosen() -> None:
    house = House()
    house.measure("HR", 78, person="maria")
    house.measure("HR", 60, person="jan")
    first = house.look().selected
    house.desk.select("jan")

    assert (first, house.look().selected) == ("maria", "jan")
    assert house.rate().text == "60"


def test_somebody_unknown_cannot_be_looked_at() -> None:
    house = House()
    house.measure("HR", 78)
    house.desk.select("nobody")

    assert house.look().selected == "maria"


def test_a_long_log_is_read_in_bites_and_shows_no_alarm_before_its_end() -> None:
    house = House(options=DeskOptions(zone=UTC, bite=10))
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", priority="high", episode="old")
    for _ in range(18):
        house.measure("SPO2", 97)
    house.say("MONITOR CLEARS ALARM SPO2_CRIT OF maria", episode="old", latched=False)
    house.feed._at_once = 10
    house.beat()

    reading = house.look()
    house.look()
    read = house.look()

    assert reading.alarms == ()
    assert "Reading the log, 50 %" in reading.connection.text
    assert not reading.protection.protected
    assert read.alarms == ()
    assert "Reading" not in read.connection.text


def test_rows_of_a_log_that_is_being_read_come_when_it_was_read() -> None:
    house = House(options=DeskOptions(zone=UTC, bite=1))
    house.feed._at_once = 1
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL")
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL")

    counts = [len(house.look().new_events) for _ in range(4)]

    assert counts == [0, 0, 2, 0]


def test_a_burst_later_on_hides_no_alarm() -> None:
    house = House(options=DeskOptions(zone=UTC, bite=5))
    house.feed._at_once = 5
    house.look()
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", priority="high")
    for _ in range(20):
        house.measure("SPO2", 86)

    assert len(house.look().alarms) == 1


@pytest.mark.parametrize("name", ["seed_insurance_enriched", "seed_insurance_short", "seed_health_log"])
def test_logs_of_other_peoples_business_are_shown(shared: Path, name: str) -> None:
    house = House()
    for number, line in enumerate((shared / "cases" / f"{name}.jsonl").read_bytes().splitlines()):
        (said,) = wire.read_said(line)
        things = [one if isinstance(one, Thing) else Thing(one) for one in (said.subject, said.object)]
        context = said.context if isinstance(said.context, dict) else {"value": said.context}
        event = Event(
            id=f"s{number}", time=NOON, subject=things[0], verb=said.verb, object=things[1], context=context
        )
        house.log_event(event.with_context(delivery="import"))

    screen = house.look()

    assert screen.new_events
    assert all(row.text for row in screen.new_events)


def test_an_insurers_events_touch_nothing_that_is_about_health() -> None:
    house = House()
    for verb in ("APPLY", "CLAIM", "ACCEPT", "REJECT", "PAYS"):
        house.say(f"CUSTOMER #1001 {verb} FORM #3081 10000")

    screen = house.look()

    assert (screen.people, screen.alarms, screen.marks) == ((), (), ())
    assert len(screen.new_events) == 5


VERBS = [
    *("MEASURES", "PERCOLATES", "SWITCHES", "DETECTS", "REPORTS", "FLAGS", "RAISES", "CLEARS", "ESCALATES"),
    *("EXPECTS", "ADVISES", "REJECTS", "STARTS", "STOPS", "ACKNOWLEDGES", "TAKES", "SNOOZES", "PAUSES"),
    *("RATES", "ASSIGNS", "SETS", "NOTES", "UNDOES", "HANDS_OVER", "ERASES", "TESTS", "NEVER_HEARD_OF"),
]
OBJECTS = [
    "HR",
    "SPO2",
    "ALARM",
    "ADVICE",
    "PERSON",
    "MESSAGE",
    "RECORDER",
    "WORN",
    "AVAILABILITY",
    "COFFEE",
    "X",
]
CONTEXTS: list[dict[str, object]] = [
    {},
    {"value": None, "unit": 7, "person": 3},
    {"value": "text", "person": "", "delivery": "nonsense"},
    {"value": True, "priority": "purple", "episode": 5, "limit": "x", "delay_s": -1},
    {"value": 1e300, "unit": "min", "person": "maria", "rise": 1e300, "delay_s": 1e300, "until": "never"},
    {"value": [1, 2], "reasons": [[]], "band": 4, "why": [], "expected": "0001-01-01T00:00:00+23:59"},
    {
        "value": {"a": 1},
        "versions": [],
        "topic": 5,
        "bytes": "many",
        "reason": {},
        "since": 4,
        "unknown_since": "",
    },
]


@pytest.mark.parametrize("verb", VERBS)
def test_no_event_breaks_the_screen(verb: str) -> None:
    house = House()
    for kind in OBJECTS:
        for context in CONTEXTS:
            thing = Thing(kind, "SPO2_CRIT" if kind == "ALARM" else "")
            event = Event(
                id=f"{kind}{len(house.log)}",
                time=house.clock.now(),
                subject=Thing("THING", "x"),
                verb=verb,
                object=thing,
                context=context,  # type: ignore[arg-type]  # on purpose: anything that JSON can say
            )
            house.desk.said(event)
            house.log_event(event)
            house.turn(SECOND)

    assert house.look().now == house.clock.now()


def test_midnight_begins_a_new_day() -> None:
    house = House()
    house.say("KETTLE kettle-1 PERCOLATES COFFEE 500 mL")
    today = house.look().events_today
    house.turn(13 * HOUR)

    assert (today, house.look().events_today) == (1, 0)
