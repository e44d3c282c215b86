"""A heart rate unusual for somebody, through all rules of a home: low, and the same whenever told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from healthmon.app.keeping.logic import brought_back, kept
from healthmon.events import Entry, Event, Json, Thing
from healthmon.pipeline.derived import Proof
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import monitor_says
from healthmon.settings import RuleSettings
from tests.fakes.stories import VERSIONS

WATCH = Thing("WATCH", "watch-7")
FIRST = datetime(2026, 11, 2, 1, tzinfo=UTC)
NIGHTS, MINUTES = 18, 135
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def _logic() -> Logic:
    return Logic(house_rules(RuleSettings()).rules)


def _said() -> Iterator[Event]:
    """Eighteen nights of rest, and one in which the heart is faster; anna can be called."""
    contacts: dict[str, Json] = {"contacts": ["anna"], "zone": "UTC"}
    yield monitor_says("REPORTS", Thing("CONTACTS"), FIRST, contacts).called("contacts")
    for night in range(NIGHTS + 1):
        for minute in range(MINUTES):
            at = FIRST + night * DAY + minute * MINUTE
            faster = 30 if night == NIGHTS and 20 <= minute < 80 else 0
            yield _measured("STEPS", 0, at)
            yield _measured("HR", 62 + (0, 1, 0, -1)[minute % 4] + faster, at)


def _measured(what: str, value: int, at: datetime) -> Event:
    context: dict[str, Json] = {"value": value, "unit": "/min", "person": "maria"}
    name = f"{what}:{at.isoformat()}"
    return Event(id=name, time=at, subject=WATCH, verb="MEASURES", object=Thing(what), context=context)


def _lived(*, dies_at: int | None = None) -> list[Entry]:
    logic, log, begun = _logic(), list[Entry](), FIRST - MINUTE
    log += logic.start(monitor_says("STARTS", Thing("RECORDER"), begun, {"versions": VERSIONS}), begun)
    for number, event in enumerate(_said()):
        if number == dies_at:
            found = brought_back([kept(logic)])
            assert found is not None
            logic = found
        log += logic.take(event, event.time)
    return log


def _unusual(log: list[Entry]) -> list[Entry]:
    return [one for one in log if str(one.object) == "ALARM HR_UNUSUAL"]


def test_it_is_raised_and_cleared_low_and_calls_nobody() -> None:
    told = _unusual(_lived())

    assert [one.verb for one in told] == ["RAISES", "CLEARS"]
    assert {one.context["priority"] for one in told} == {"low"}


def test_a_recorder_that_goes_on_from_a_checkpoint_tells_the_same() -> None:
    last = 1 + 2 * (NIGHTS * MINUTES + 26)  # within the ten minutes
    told = _lived()

    assert [one.context for one in _lived(dies_at=last)] == [one.context for one in told]


def test_a_replay_tells_what_was_told_live() -> None:
    log, proof = _lived(), Proof(_logic(), VERSIONS)
    for entry in log:
        proof.observe(entry)

    assert proof.first_difference is None
    assert len(_unusual(log)) == 2
