"""What the monitor says of itself becomes an alarm without a person, and goes when it is well."""

from datetime import datetime

import pytest

from healthmon.alarms import TechnicalAlarms
from healthmon.app.cares.sound_care import STARTS_IN
from healthmon.events import Entry, Event, Json, Remark, Thing, TimeSource
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.settings import RuleSettings
from tests.fakes.pipeline import at, reading


class Monitor:
    """The rule, and what it was told so far."""

    def __init__(self) -> None:
        self.rule = TechnicalAlarms()
        self.said: list[Remark] = []
        self._offset = 0

    def hear(self, event: Event) -> None:
        if event.verb != "STARTS":  # what fell due while nobody recorded does not fire
            self.until(event.time)
        self._offset += 1
        self.said += self.rule.observe(Entry.of(event, offset=self._offset, received=event.time))

    def until(self, now: datetime) -> None:
        while (due := self.rule.due()) is not None and due <= now:
            self.said += self.rule.fire(due)

    def verbs(self) -> list[str]:
        return [f"{remark.verb} {remark.object.id} {remark.context['value']}" for remark in self.said]


def _reports(thing: str, value: str, *, seconds: float, **more: Json) -> Event:
    return _said(Thing("MONITOR"), "REPORTS", Thing(thing), seconds, {"value": value, **more})


def _starts(seconds: float) -> Event:
    return _said(Thing("MONITOR"), "STARTS", Thing("RECORDER"), seconds, {})


def _acknowledges(alarm: str, seconds: float) -> Event:
    return _said(Thing("CAREGIVER", "anna"), "ACKNOWLEDGES", Thing("ALARM", alarm), seconds, {})


def _said(subject: Thing, verb: str, thing: Thing, seconds: float, context: dict[str, Json]) -> Event:
    return Event(
        id=f"{verb}:{seconds}",
        time=at(seconds),
        time_source=TimeSource.RECEIVE,
        subject=subject,
        verb=verb,
        object=thing,
        context=context,
    )


@pytest.fixture
def monitor() -> Monitor:
    return Monitor()


def test_a_log_that_cannot_be_written_is_raised_at_once_without_a_person(monitor: Monitor) -> None:
    monitor.hear(_reports("LOG", "overflow", seconds=0, reason="disk-full"))
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
    monitor.hear(_reports("LOG", "overflow", seconds=0))
    monitor.hear(_reports("LOG", "well", seconds=60))

    assert [(remark.verb, remark.context["episode"]) for remark in monitor.said] == [
        ("RAISES", f"LOG_NOT_WRITABLE:-:{at(0).isoformat()}"),
        ("CLEARS", f"LOG_NOT_WRITABLE:-:{at(0).isoformat()}"),
    ]


def test_what_gets_worse_is_raised_again_and_asks_anew(monitor: Monitor) -> None:
    monitor.hear(_reports("LOG", "reserve", seconds=0))
    monitor.hear(_acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(_reports("LOG", "overflow", seconds=10))

    assert monitor.verbs() == ["RAISES LOG_NOT_WRITABLE reserve", "RAISES LOG_NOT_WRITABLE overflow"]
    assert "acknowledged_by" not in monitor.said[-1].context
    assert monitor.said[0].context["episode"] == monitor.said[1].context["episode"]


def test_what_gets_milder_asks_nobody_again(monitor: Monitor) -> None:
    monitor.hear(_reports("LOG", "overflow", seconds=0))
    monitor.hear(_acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(_reports("LOG", "reserve", seconds=10))

    assert monitor.said[-1].context["acknowledged_by"] == "anna"


def test_the_same_said_twice_is_raised_once(monitor: Monitor) -> None:
    monitor.hear(_reports("LOG", "overflow", seconds=0))
    monitor.hear(_reports("LOG", "overflow", seconds=1))

    assert len(monitor.said) == 1


def test_what_comes_back_within_five_minutes_asks_nobody_anew(
    monitor: Monitor,
) -> None:
    monitor.hear(_reports("LOG", "overflow", seconds=0))
    monitor.hear(_acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(_reports("LOG", "well", seconds=60))
    monitor.hear(_reports("LOG", "overflow", seconds=90))
    first, _, again = monitor.said

    assert (again.context["why"], again.context["acknowledged_by"]) == ("again", "anna")
    assert again.context["episode"] == first.context["episode"]


def test_what_comes_back_later_is_new(monitor: Monitor) -> None:
    monitor.hear(_reports("LOG", "overflow", seconds=0))
    monitor.hear(_acknowledges("LOG_NOT_WRITABLE", 5))
    monitor.hear(_reports("LOG", "well", seconds=60))
    monitor.hear(_reports("LOG", "overflow", seconds=361))

    assert monitor.said[-1].context["why"] == "held"
    assert "acknowledged_by" not in monitor.said[-1].context


def test_a_broker_is_missed_after_thirty_seconds(monitor: Monitor) -> None:
    monitor.hear(_reports("BROKER", "away", seconds=0))
    monitor.until(at(29.9))
    before = len(monitor.said)
    monitor.until(at(30))

    assert (before, monitor.said[0].at, monitor.said[0].context["since"]) == (0, at(30), at(0).isoformat())


def test_a_broker_that_is_back_in_time_is_not_told(monitor: Monitor) -> None:
    monitor.hear(_reports("BROKER", "away", seconds=0))
    monitor.hear(_reports("BROKER", "up", seconds=20))
    monitor.until(at(100))

    assert monitor.said == []


def test_a_recorder_that_starts_and_finds_all_well_ends_what_it_knew_before(monitor: Monitor) -> None:
    monitor.hear(_reports("LOG", "overflow", seconds=0))
    monitor.hear(_starts(100))
    monitor.until(at(130))

    assert (monitor.verbs()[-1], monitor.said[-1].at) == ("CLEARS LOG_NOT_WRITABLE overflow", at(130))


def test_a_loudspeaker_that_takes_its_time_to_fail_again_is_one_alarm(monitor: Monitor) -> None:
    monitor.hear(_reports("SOUND", "failed", seconds=0))
    monitor.hear(_starts(100))
    monitor.hear(_reports("SOUND", "failed", seconds=100 + STARTS_IN + 5))
    monitor.until(at(600))

    assert monitor.verbs() == ["RAISES SOUND_OFF failed"]


def test_a_recorder_that_starts_and_finds_it_still_so_goes_on_with_the_same_alarm(monitor: Monitor) -> None:
    monitor.hear(_reports("LOG", "overflow", seconds=0))
    monitor.hear(_starts(100))
    monitor.hear(_reports("LOG", "overflow", seconds=101))
    monitor.until(at(500))

    assert len(monitor.said) == 1


def test_a_broker_that_was_away_before_and_after_a_start_is_told_at_once(monitor: Monitor) -> None:
    monitor.hear(_reports("BROKER", "away", seconds=0))
    monitor.hear(_starts(60))
    monitor.hear(_reports("BROKER", "away", seconds=62))
    (raised,) = monitor.said

    assert (raised.at, raised.context["since"]) == (at(62), at(0).isoformat())


def test_a_clock_that_was_set_back_is_a_low_alarm_until_it_has_caught_up(monitor: Monitor) -> None:
    monitor.hear(_reports("CLOCK", "behind", seconds=0, behind_s=3600))
    monitor.hear(_reports("CLOCK", "well", seconds=60))

    assert monitor.verbs() == ["RAISES CLOCK behind", "CLEARS CLOCK behind"]
    assert {remark.context["priority"] for remark in monitor.said} == {"low"}


@pytest.mark.parametrize("thing", ["LOG", "BROKER", "CLOCK", "GAP", "SOMETHING"])
def test_a_word_that_it_does_not_know_raises_nothing(monitor: Monitor, thing: str) -> None:
    monitor.hear(_reports(thing, "of another version", seconds=0))
    monitor.until(at(1000))

    assert monitor.said == []


def test_nobody_else_can_say_it(monitor: Monitor) -> None:
    monitor.hear(_said(Thing("WATCH", "w"), "REPORTS", Thing("LOG"), 0, {"value": "overflow"}))

    assert monitor.said == []


def test_it_takes_nothing_from_the_alarms_of_bodies() -> None:
    def judged(*first: Event) -> list[tuple[str, str, datetime]]:
        logic, made = Logic(house_rules(RuleSettings()).rules), list[Entry]()
        for event in first:
            made += logic.take(event, event.time)
        for second in range(200):
            made += logic.take(_oxygen(second), at(second))
        return [(one.verb, one.object.id, one.time) for one in made if one.object.id == "SPO2_CRIT"]

    assert judged(_reports("LOG", "overflow", seconds=0)) == judged() != []


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


def test_contacts_that_cannot_all_be_called_are_told_after_half_a_minute(monitor: Monitor) -> None:
    monitor.hear(_reports("CONTACTS", "some", seconds=0, contacts=["ben"], problem="bad-name"))
    monitor.hear(_reports("CONTACTS", "unusable", seconds=60, contacts=["ben"], problem="bad-file"))
    monitor.hear(_reports("CONTACTS", "well", seconds=90, contacts=["anna", "ben"]))

    assert [(one.verb, one.at, one.context.get("value")) for one in monitor.said] == [
        ("RAISES", at(30), "some"),
        ("RAISES", at(60), "unusable"),
        ("CLEARS", at(90), "unusable"),
    ]
    assert (monitor.said[0].context["priority"], monitor.said[0].context["reason"]) == ("medium", "bad-name")


def test_a_file_that_is_mended_at_once_is_no_alarm(monitor: Monitor) -> None:
    monitor.hear(_reports("CONTACTS", "unusable", seconds=0))
    monitor.hear(_reports("CONTACTS", "well", seconds=20))
    monitor.until(at(600))

    assert monitor.said == []


def test_nobody_to_call_is_an_alarm_only_where_somebody_was(monitor: Monitor) -> None:
    monitor.hear(_reports("CONTACTS", "nobody", seconds=0, contacts=[]))
    monitor.until(at(600))
    before = list(monitor.said)
    monitor.hear(_reports("CONTACTS", "well", seconds=600, contacts=["anna"]))
    monitor.hear(_starts(700))
    monitor.hear(_reports("CONTACTS", "nobody", seconds=701, contacts=[]))
    monitor.until(at(800))

    assert (before, monitor.verbs()) == ([], ["RAISES CONTACTS nobody"])


def test_a_watchdog_outside_that_does_not_answer_is_low_and_over_when_it_does_or_is_not_wanted(
    monitor: Monitor,
) -> None:
    monitor.hear(_reports("OUTSIDE", "works", seconds=0))
    monitor.hear(_reports("OUTSIDE", "unreached", seconds=60))
    monitor.hear(_reports("OUTSIDE", "works", seconds=120))
    monitor.hear(_reports("OUTSIDE", "unusable", seconds=180))
    monitor.hear(_reports("OUTSIDE", "off", seconds=240))

    assert monitor.verbs() == [
        "RAISES OUTSIDE unreached",
        "CLEARS OUTSIDE unreached",
        "RAISES OUTSIDE unusable",
        "CLEARS OUTSIDE unusable",
    ]
    assert {one.context["priority"] for one in monitor.said if one.verb == "RAISES"} == {"low"}


def test_a_watchdog_that_nobody_wants_is_no_alarm(monitor: Monitor) -> None:
    monitor.hear(_reports("OUTSIDE", "off", seconds=0))
    monitor.until(at(600))

    assert monitor.said == []


def test_a_loudspeaker_that_is_back_and_muted_is_no_alarm_any_more(monitor: Monitor) -> None:
    monitor.hear(_reports("SOUND", "no-device", seconds=0))
    monitor.hear(_reports("SOUND", "muted", seconds=60))

    assert monitor.verbs() == ["RAISES SOUND_OFF no-device", "CLEARS SOUND_OFF no-device"]
