"""Contacts nobody can call, a watchdog outside that does not answer, a loudspeaker that is muted."""

import pytest

from tests.fakes.pipeline import at
from tests.unit.alarms.monitor import Monitor, reports, starts


@pytest.fixture
def monitor() -> Monitor:
    return Monitor()


def test_contacts_that_cannot_all_be_called_are_told_after_half_a_minute(monitor: Monitor) -> None:
    monitor.hear(reports("CONTACTS", "some", seconds=0, contacts=["ben"], problem="bad-name"))
    monitor.hear(reports("CONTACTS", "unusable", seconds=60, contacts=["ben"], problem="bad-file"))
    monitor.hear(reports("CONTACTS", "well", seconds=90, contacts=["anna", "ben"]))

    assert [(one.verb, one.at, one.context.get("value")) for one in monitor.said] == [
        ("RAISES", at(30), "some"),
        ("RAISES", at(60), "unusable"),
        ("CLEARS", at(90), "unusable"),
    ]
    assert (monitor.said[0].context["priority"], monitor.said[0].context["reason"]) == ("medium", "bad-name")


def test_a_file_that_is_mended_at_once_is_no_alarm(monitor: Monitor) -> None:
    monitor.hear(reports("CONTACTS", "unusable", seconds=0))
    monitor.hear(reports("CONTACTS", "well", seconds=20))
    monitor.until(at(600))

    assert monitor.said == []


def test_nobody_to_call_is_an_alarm_only_where_somebody_was(monitor: Monitor) -> None:
    monitor.hear(reports("CONTACTS", "nobody", seconds=0, contacts=[]))
    monitor.until(at(600))
    before = list(monitor.said)
    monitor.hear(reports("CONTACTS", "well", seconds=600, contacts=["anna"]))
    monitor.hear(starts(700))
    monitor.hear(reports("CONTACTS", "nobody", seconds=701, contacts=[]))
    monitor.until(at(800))

    assert (before, monitor.verbs()) == ([], ["RAISES CONTACTS nobody"])


def test_a_watchdog_outside_that_does_not_answer_is_low_and_over_when_it_does_or_is_not_wanted(
    monitor: Monitor,
) -> None:
    monitor.hear(reports("OUTSIDE", "works", seconds=0))
    monitor.hear(reports("OUTSIDE", "unreached", seconds=60))
    monitor.hear(reports("OUTSIDE", "works", seconds=120))
    monitor.hear(reports("OUTSIDE", "unusable", seconds=180))
    monitor.hear(reports("OUTSIDE", "off", seconds=240))

    assert monitor.verbs() == [
        "RAISES OUTSIDE unreached",
        "CLEARS OUTSIDE unreached",
        "RAISES OUTSIDE unusable",
        "CLEARS OUTSIDE unusable",
    ]
    assert {one.context["priority"] for one in monitor.said if one.verb == "RAISES"} == {"low"}


def test_a_watchdog_that_nobody_wants_is_no_alarm(monitor: Monitor) -> None:
    monitor.hear(reports("OUTSIDE", "off", seconds=0))
    monitor.until(at(600))

    assert monitor.said == []


def test_a_loudspeaker_that_is_back_and_muted_is_no_alarm_any_more(monitor: Monitor) -> None:
    monitor.hear(reports("SOUND", "no-device", seconds=0))
    monitor.hear(reports("SOUND", "muted", seconds=60))

    assert monitor.verbs() == ["RAISES SOUND_OFF no-device", "CLEARS SOUND_OFF no-device"]
