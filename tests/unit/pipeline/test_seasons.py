"""Summer time, journeys and leap days: what rings, rings as if no wall clock had ever been moved."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from healthmon.alarms import CLASSES
from healthmon.events import Entry, Event, Json, Thing, TimeSource
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings

BEFORE, AFTER = timedelta(hours=26), timedelta(hours=10)  # around the moment of the change
LOW_FROM, LOW_UNTIL = timedelta(minutes=-3), timedelta(minutes=4)

CHANGES = [
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Pacific/Auckland", datetime(2026, 4, 4, 14, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),  # by half an hour
    ("Africa/Casablanca", datetime(2026, 2, 15, 2, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2028, 2, 28, 23, tzinfo=UTC)),  # a leap day begins
    ("Europe/Berlin", datetime(2028, 2, 29, 23, tzinfo=UTC)),  # and ends
    ("Europe/Berlin", datetime(2026, 12, 31, 23, tzinfo=UTC)),
]


def _said(subject: Thing, verb: str, thing: Thing, at: datetime, **context: Json) -> Event:
    return Event(
        id=f"{subject.id}:{verb}:{thing}:{at.isoformat()}",
        time=at,
        time_source=TimeSource.DEVICE,
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
    )


def _settings(zone: str, at: datetime) -> Iterator[Event]:
    anna = Thing("CAREGIVER", "anna")
    yield _said(anna, "SETS", Thing("PERSON", "maria"), at, person="maria", zone=zone)
    yield _said(Thing("MONITOR"), "REPORTS", Thing("CONTACTS"), at, contacts=["anna", "ben"], zone=zone)
    yield _said(anna, "SETS", Thing("DUTY"), at, contacts=["anna", "ben"], weekly_test=True)
    yield _said(anna, "SETS", Thing("QUIET_HOURS"), at, person="maria", **{"from": "22:00", "to": "07:00"})


def _days(change: datetime) -> Iterator[Event]:
    """Readings each few minutes; around the change and a day before every 5 s, and low for seven minutes."""
    watch, at, end = Thing("WATCH", "watch-7"), change - BEFORE, change + AFTER
    lows = [change, change - timedelta(days=1)]
    while at < end:
        near = any(abs(at - low) < timedelta(minutes=10) for low in lows)
        low = any(LOW_FROM <= at - low < LOW_UNTIL for low in lows)
        for quantity, unit, value in (("HR", "/min", 60 + at.minute % 5), ("SPO2", "%", 84 if low else 97)):
            yield _said(watch, "MEASURES", Thing(quantity), at, value=value, unit=unit, person="maria")
        at += timedelta(seconds=5 if near else 240)


@cache
def _lived(zone: str, change: datetime) -> list[Entry]:
    logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
    starts = _said(Thing("MONITOR"), "STARTS", Thing("RECORDER"), change - BEFORE)
    made += logic.start(starts, change - BEFORE)
    for event in (*_settings(zone, change - BEFORE), *_days(change)):
        made += logic.take(event, event.time)
    return made + logic.tick(change + AFTER + timedelta(hours=1))


BY_DAY = {row.id for row in CLASSES if row.by_day}


def _alarms(made: list[Entry]) -> list[tuple[str, str, datetime, Json]]:
    """What was said of alarms, but of the ones that ask which hour it is where somebody lives."""
    return [
        (one.verb, one.object.id, one.time, one.context.get("why"))
        for one in made
        if one.object.type == "ALARM"
        and one.verb in {"RAISES", "CLEARS", "FLAGS"}
        and one.object.id not in BY_DAY
    ]


@pytest.mark.parametrize(("zone", "change"), CHANGES, ids=[f"{zone} {at:%Y-%m-%d}" for zone, at in CHANGES])
def test_a_wall_clock_that_is_moved_moves_no_alarm(zone: str, change: datetime) -> None:
    moved, unmoved = _alarms(_lived(zone, change)), _alarms(_lived("UTC", change))

    assert moved == unmoved
    assert [what for what in moved if what[:2] == ("RAISES", "SPO2_CRIT") and what[3] == "held"] != []


@pytest.mark.parametrize(("zone", "change"), CHANGES, ids=[f"{zone} {at:%Y-%m-%d}" for zone, at in CHANGES])
def test_somebody_is_called_for_each_of_the_two(zone: str, change: datetime) -> None:
    calls = [one for one in _lived(zone, change) if one.verb == "ESCALATES"]
    first = {str(one.context["episode"]) for one in calls if one.context.get("why") == "raised"}

    assert len([episode for episode in first if episode.startswith("E:maria:")]) == 2


def test_a_journey_in_the_midst_of_an_alarm_changes_nothing() -> None:
    change = datetime(2026, 6, 1, 12, tzinfo=UTC)
    stayed = _alarms(_lived("Europe/Berlin", change))
    logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
    for event in (*_settings("Europe/Berlin", change - BEFORE), *_days(change)):
        if event.time == change and event.object.type == "HR":
            lands = _said(Thing("CAREGIVER", "anna"), "SETS", Thing("PERSON", "maria"), change)
            made += logic.take(lands.with_context(person="maria", zone="Pacific/Auckland"), change)
        made += logic.take(event, event.time)
    made += logic.tick(change + AFTER + timedelta(hours=1))

    assert _alarms(made) == stayed


def _nights(zone: str, change: datetime) -> list[Entry]:
    """Two weeks of usual nights from a file up to the change of clocks, and an illness from then on, live."""
    logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
    begin = change - timedelta(days=14, hours=8)
    made += logic.start(_said(Thing("MONITOR"), "STARTS", Thing("RECORDER"), begin), begin)
    for event in _settings(zone, begin):
        made += logic.take(event, event.time)
    for look in range(17 * 24 * 6):
        at = begin + look * timedelta(minutes=10)
        is_ill = change - at < timedelta(hours=8)
        reads = _said(Thing("WATCH", "watch-7"), "MEASURES", Thing("HR"), at, person="maria")
        reads = reads.with_context(value=58 + look % 2 + 8 * is_ill, delivery=None if is_ill else "import")
        if at.astimezone(ZoneInfo(zone)).hour < 7:
            made += logic.take(reads, at)
    return made + logic.tick(begin + timedelta(days=17))


@pytest.mark.parametrize(("zone", "change"), CHANGES, ids=[f"{zone} {at:%Y-%m-%d}" for zone, at in CHANGES])
def test_nights_end_at_seven_on_the_wall_and_call_nobody(zone: str, change: datetime) -> None:
    made = _nights(zone, change)
    raised = [one for one in made if (one.verb, one.object.id) == ("RAISES", "RHR_RISE")]
    walls = [one.time.astimezone(ZoneInfo(zone)) for one in raised]
    days_after = [(wall.date() - change.astimezone(ZoneInfo(zone)).date()).days for wall in walls]

    assert [(wall.hour, wall.minute) for wall in walls] == [(7, 0)]
    assert days_after[0] in {1, 2}
    assert [one for one in made if one.verb == "ESCALATES" and one.object.id == "RHR_RISE"] == []
