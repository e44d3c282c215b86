"""A device whose clock was never set must not make the recorder speak for years of minutes."""

from datetime import UTC, datetime, timedelta

from healthmon.events import Event, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def _reading(number: int, time: datetime) -> Event:
    return Event(
        id=f"w:{number}",
        time=time,
        subject=Thing("WATCH", f"watch-{number}"),
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": 70, "unit": "/min", "person": "maria"},
    )


def test_a_reading_of_years_ago_is_not_caught_up_with_minute_by_minute() -> None:
    rules = house_rules(RuleSettings()).rules
    logic, advice = Logic(rules), rules[-1]
    logic.take(_reading(1, NOW - timedelta(days=4000)), NOW)
    logic.take(_reading(2, NOW), NOW)

    due = advice.due()

    assert due is not None
    assert due >= NOW - timedelta(minutes=10)
