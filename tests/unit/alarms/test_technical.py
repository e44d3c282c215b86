"""What the monitor says of itself becomes an alarm without a person, and goes when it is well."""

from datetime import datetime

import pytest

from healthmon.app.cares.outside_care import AGAIN_AFTER, TOLD_AFTER
from healthmon.app.cares.sound_care import STARTS_IN
from healthmon.events import Entry, Event, Thing
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.fakes.pipeline import at, reading
from tests.unit.alarms.monitor import Monitor, acknowledges, reports, said, starts


@pytest.fixture
def monitor() -> Monitor:
    return Monitor()


def test_a_log_that_cannot_be_written_is_raised_at_once_without_a_person(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0, reason="disk-full"))
    (raised,) = monitor.said

    assert (raised.verb, raised.object, raised.person) == ("RAISES", Thing("ALARM", "LOG_NOT_WRITABLE"), None)
    assert {**raised.context} == {
        "technical": True,
        "priority": "medium",
        "episode": f"LOG_NOT_WRITABLE:-:{at(0).isoformat()}",
        "since": at(0).isoformat(),
        "value": "overflow",
        "latched": False,
        "why": "held",
        "reason": "disk-full",
    }


def test_it_is_over_when_the_log_is_well(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0))
    monitor.hear(reports("LOG", "well", seconds=60))

    assert [(remark.verb, remark.context["episode"]) for remark in monitor.said] == [
        ("RAISES", f"LOG_NOT_WRITABLE:-:{at(0).isoformat()}"),
        ("CLEARS", f"LOG_NOT_WRITABLE:-:{at(0).isoformat()}"),
    ]


def test_what_gets_worse_is_raised_again_and_asks_anew(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "reserve", seconds=0))
    monitor.hear(acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(reports("LOG", "overflow", seconds=10))

    assert monitor.verbs() == ["RAISES LOG_NOT_WRITABLE reserve", "RAISES LOG_NOT_WRITABLE overflow"]
    assert "acknowledged_by" not in monitor.said[-1].context
    assert monitor.said[0].context["episode"] == monitor.said[1].context["episode"]


def test_what_gets_milder_asks_nobody_again(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0))
    monitor.hear(acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(reports("LOG", "reserve", seconds=10))

    assert monitor.said[-1].context["acknowledged_by"] == "anna"


def test_the_same_said_twice_is_raised_once(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0))
    monitor.hear(reports("LOG", "overflow", seconds=1))

    assert len(monitor.said) == 1


def test_what_comes_back_within_five_minutes_asks_nobody_anew(
    monitor: Monitor,
) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0))
    monitor.hear(acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(reports("LOG", "well", seconds=60))
    monitor.hear(reports("LOG", "overflow", seconds=90))
    first, _, again = monitor.said

    assert (again.context["why"], again.context["acknowledged_by"]) == ("again", "anna")
    assert again.context["episode"] == first.context["episode"]


def test_what_comes_back_later_is_new(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0))
    monitor.hear(acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(reports("LOG", "well", seconds=60))
    monitor.hear(reports("LOG", "overflow", seconds=361))

    assert monitor.said[-1].context["why"] == "held"
    assert "acknowledged_by" not in monitor.said[-1].context


def test_a_broker_is_missed_after_thirty_seconds(monitor: Monitor) -> None:
    monitor.hear(reports("BROKER", "away", seconds=0))
    monitor.until(at(29.9))
    before = len(monitor.said)
    monitor.until(at(30))

    assert (before, monitor.said[0].at, monitor.said[0].context["since"]) == (0, at(30), at(0).isoformat())


def test_a_broker_that_is_back_in_time_is_not_told(monitor: Monitor) -> None:
    monitor.hear(reports("BROKER", "away", seconds=0))
    monitor.hear(reports("BROKER", "up", seconds=20))
    monitor.until(at(100))

    assert monitor.said == []


def test_a_recorder_that_starts_and_finds_all_well_ends_what_it_knew_before(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0))
    monitor.hear(starts(100))
    monitor.until(at(130))

    assert (monitor.verbs()[-1], monitor.said[-1].at) == ("CLEARS LOG_NOT_WRITABLE overflow", at(130))


def test_a_loudspeaker_that_takes_its_time_to_fail_again_is_one_alarm(monitor: Monitor) -> None:
    monitor.hear(reports("SOUND", "failed", seconds=0))
    monitor.hear(starts(100))
    monitor.hear(reports("SOUND", "failed", seconds=100 + STARTS_IN + 5))
    monitor.until(at(600))

    assert monitor.verbs() == ["RAISES SOUND_OFF failed"]


def test_somebody_outside_who_is_still_not_reached_after_a_start_is_one_alarm(monitor: Monitor) -> None:
    monitor.hear(reports("OUTSIDE", "unreached", seconds=0))
    monitor.hear(starts(60))
    monitor.until(at(60 + TOLD_AFTER * AGAIN_AFTER))
    monitor.hear(reports("OUTSIDE", "unreached", seconds=60 + TOLD_AFTER * AGAIN_AFTER))
    monitor.until(at(3600))

    assert monitor.verbs() == ["RAISES OUTSIDE unreached"]


def test_a_recorder_that_starts_and_finds_it_still_so_goes_on_with_the_same_alarm(monitor: Monitor) -> None:
    monitor.hear(reports("LOG", "overflow", seconds=0))
    monitor.hear(starts(100))
    monitor.hear(reports("LOG", "overflow", seconds=101))
    monitor.until(at(500))

    assert len(monitor.said) == 1


def test_a_broker_that_was_away_before_and_after_a_start_is_told_at_once(monitor: Monitor) -> None:
    monitor.hear(reports("BROKER", "away", seconds=0))
    monitor.hear(starts(60))
    monitor.hear(reports("BROKER", "away", seconds=62))
    (raised,) = monitor.said

    assert (raised.at, raised.context["since"]) == (at(62), at(0).isoformat())


def test_a_clock_that_was_set_back_is_a_low_alarm_until_it_has_caught_up(monitor: Monitor) -> None:
    monitor.hear(reports("CLOCK", "behind", seconds=0, behind_s=3600))
    monitor.hear(reports("CLOCK", "well", seconds=60))

    assert monitor.verbs() == ["RAISES CLOCK behind", "CLEARS CLOCK behind"]
    assert {remark.context["priority"] for remark in monitor.said} == {"low"}


@pytest.mark.parametrize("thing", ["LOG", "BROKER", "CLOCK", "GAP", "SOMETHING"])
def test_a_word_that_it_does_not_know_raises_nothing(monitor: Monitor, thing: str) -> None:
    monitor.hear(reports(thing, "of another version", seconds=0))
    monitor.until(at(1000))

    assert monitor.said == []


def test_nobody_else_can_say_it(monitor: Monitor) -> None:
    monitor.hear(said(Thing("WATCH", "w"), "REPORTS", Thing("LOG"), 0, {"value": "overflow"}))

    assert monitor.said == []


def test_it_takes_nothing_from_the_alarms_of_bodies() -> None:
    def judged(*first: Event) -> list[tuple[str, str, datetime]]:
        logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
        for event in first:
            made += logic.take(event, event.time)
        for second in range(200):
            made += logic.take(_oxygen(second), at(second))
        return [(one.verb, one.object.id, one.time) for one in made if one.object.id == "SPO2_CRIT"]

    assert judged(reports("LOG", "overflow", seconds=0)) == judged() != []


def _oxygen(second: int) -> Event:
    low = reading(80, seconds=second, id=f"o:{second}")
    return Event(
        id=low.id,
        time=low.time,
        subject=low.subject,
        verb="MEASURES",
        object=Thing("SPO2"),
        context={"value": 80, "unit": "%", "person": "maria"},
    )
