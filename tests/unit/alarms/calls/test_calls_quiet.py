"""Quiet hours by each person's own clock, and the pause of all sound: what they hide and what not."""

import pytest

from tests.unit.alarms.calls.called import CalledHome, at

BERLIN = "Europe/Berlin"


def sleeping(zone: str = BERLIN, *, begins: str = "22:00", ends: str = "07:00") -> CalledHome:
    """Maria sleeps from 22 to 7 where she lives; the recorder is in UTC."""
    home = CalledHome("anna", "ben")
    long_ago = at("2024-01-01T12:00:00Z")
    home.carer(long_ago, "SETS", "PERSON", "maria", person="maria", zone=zone)
    home.carer(long_ago, "SETS", "QUIET_HOURS", person="maria", **{"from": begins, "to": ends})
    return home


def first_heard(home: CalledHome, alarm: str, begins: str, **context: str) -> str:
    """It begins then and nobody answers: when Anna is called, with what sounds before and after."""
    home.raises(at(begins), alarm, **context)
    due = home.calls.due()
    assert home.called() == []
    assert due is not None
    seconds = at(due.isoformat())
    assert (home.sounds(seconds - 1) is None, home.heard(seconds)) == (True, alarm)
    assert home.called() == [(seconds, "anna", "raised")]
    return due.isoformat()


def test_a_medium_alarm_of_the_night_sounds_and_calls_in_the_morning() -> None:
    assert first_heard(sleeping(), "SPO2_LOW", "2026-11-22T02:00:00+01:00") == "2026-11-22T06:00:00+00:00"


def test_a_watch_that_falls_silent_in_the_night_is_heard_for_no_high_alarm_could_come() -> None:
    home, night = sleeping(), at("2026-11-22T02:00:00+01:00")

    home.raises(night, "DEVICE_SILENT", technical=True)

    assert home.heard(night) == "DEVICE_SILENT"
    assert home.called() == [(night, "anna", "raised")]


@pytest.mark.parametrize("context", [{"alarm": "SPO2_CRIT"}, {"alarm": "SPO2_LOW", "floor": True}])
def test_a_high_one_and_one_beyond_the_floor_wake_everybody(context: dict[str, str]) -> None:
    home, night = sleeping(), at("2026-11-22T02:00:00+01:00")

    home.raises(night, **context)

    assert home.heard(night + 1) == context["alarm"]
    assert home.called() == [(night, "anna", "raised")]


def test_what_becomes_high_in_the_night_calls_at_once() -> None:
    home, night = sleeping(), at("2026-11-22T02:00:00+01:00")
    home.raises(night, "SPO2_LOW")

    home.raises(night + 480, "SPO2_LOW", why="lasting", priority="high")

    assert home.called() == [(night + 480, "anna", "lasting")]


def test_calls_that_began_in_the_evening_go_on_in_the_morning() -> None:
    home, evening = sleeping(), at("2026-11-21T21:55:00+01:00")

    home.raises(evening, "SPO2_LOW")
    home.until(at("2026-11-22T07:00:00+01:00"))

    assert home.called() == [
        (evening, "anna", "raised"),
        (at("2026-11-22T07:00:00+01:00"), "ben", "unanswered"),
    ]


def test_that_it_is_over_is_told_in_the_morning_too() -> None:
    home, evening = sleeping(), at("2026-11-21T21:55:00+01:00")
    home.raises(evening, "SPO2_LOW")

    home.clears(at("2026-11-22T01:00:00+01:00"), "SPO2_LOW")
    home.until(at("2026-11-22T12:00:00+01:00"))

    assert home.called()[1:] == [(at("2026-11-22T07:00:00+01:00"), "anna", "recovered")]


def test_that_one_is_over_and_another_began_are_two_messages_of_one_morning() -> None:
    home, evening = sleeping(), at("2026-11-21T21:55:00+01:00")
    home.raises(evening, "SPO2_LOW")
    home.clears(at("2026-11-22T01:00:00+01:00"), "SPO2_LOW")

    home.raises(at("2026-11-22T05:00:00+01:00"), "SPO2_LOW", episode="E:maria:2")
    home.until(at("2026-11-22T07:00:00+01:00"))

    morning = [one for one in home.remarks if one.verb == "ESCALATES"][1:]
    assert {str(one.context["why"]) for one in morning} == {"recovered", "raised"}
    assert len({one.id_after(one.at) for one in morning}) == 2


@pytest.mark.parametrize(
    ("begins", "morning"),
    [
        # The night of 2026-03-29 has 23 hours, that of 2026-10-25 has 25.
        ("2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"),
        ("2026-03-29T03:30:00+02:00", "2026-03-29T07:00:00+02:00"),
        ("2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25T07:00:00+01:00"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25T07:00:00+01:00"),
        # A leap day has a night before it and one after it.
        ("2028-02-28T23:30:00+01:00", "2028-02-29T07:00:00+01:00"),
        ("2028-02-29T23:30:00+01:00", "2028-03-01T07:00:00+01:00"),
    ],
)
def test_a_night_ends_at_seven_by_her_clock_whatever_happens_to_clocks(begins: str, morning: str) -> None:
    assert at(first_heard(sleeping(), "SPO2_LOW", begins)) == at(morning)


@pytest.mark.parametrize(
    ("begins", "ends", "moment", "morning"),
    [
        # 02:30 is skipped: the offset before the gap, as RFC 5545 has it. 02:30 comes twice: the first.
        ("22:00", "02:30", "2026-03-29T01:00:00+01:00", "2026-03-29T03:30:00+02:00"),
        ("22:00", "02:30", "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+02:00"),
        ("13:00", "15:00", "2026-11-22T13:30:00+01:00", "2026-11-22T15:00:00+01:00"),
    ],
)
def test_wall_times_that_are_skipped_or_repeated_mean_one_moment(
    begins: str, ends: str, moment: str, morning: str
) -> None:
    home = sleeping(begins=begins, ends=ends)

    assert at(first_heard(home, "SPO2_LOW", moment)) == at(morning)


def test_a_person_who_moves_to_another_zone_sleeps_by_the_clock_there() -> None:
    home = sleeping()
    night = at("2026-11-22T02:00:00+01:00")
    home.raises(night, "SPO2_LOW")

    home.carer(night + 60, "SETS", "PERSON", "maria", person="maria", zone="Asia/Tokyo")

    assert home.called() == [(night + 60, "anna", "raised")]  # it is ten in the morning in Tokyo
    assert home.heard(night + 61) == "SPO2_LOW"


def test_who_has_no_zone_lives_where_the_recorder_is() -> None:
    home = CalledHome("anna", zone="Asia/Tokyo")
    home.carer(
        at("2026-01-01T00:00:00Z"), "SETS", "QUIET_HOURS", person="maria", **{"from": "22:00", "to": "07:00"}
    )

    assert at(first_heard(home, "SPO2_LOW", "2026-11-22T02:00:00+09:00")) == at("2026-11-22T07:00:00+09:00")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"from": "22:00"},
        {"from": "22:00", "to": "22:00"},
        {"from": "late", "to": "25:00"},
        {"from": 22, "to": 7},
    ],
)
def test_without_two_times_there_are_no_quiet_hours(said: dict[str, str]) -> None:
    home, night = sleeping(), at("2026-11-22T02:00:00+01:00")

    home.carer(night - 60, "SETS", "QUIET_HOURS", person="maria", **said)
    home.raises(night, "SPO2_LOW")

    assert home.heard(night + 1) == "SPO2_LOW"


def test_another_persons_quiet_hours_and_a_nonsense_zone_hide_nothing() -> None:
    home, night = sleeping(), at("2026-11-22T02:00:00+01:00")
    home.carer(night - 60, "SETS", "PERSON", "maria", person="maria", zone="Nowhere/Else")

    home.raises(night, "SPO2_LOW")
    home.raises(night, "SPO2_LOW", person="john", episode="E:john:1")

    assert [one.person for one in home.remarks] == ["john"]


def test_a_fault_of_the_monitor_is_nobodys_and_wakes() -> None:
    home, night = sleeping(), at("2026-11-22T02:00:00+01:00")

    home.faults(night, "BROKER")

    assert home.heard(night + 1) == "BROKER"


def test_a_pause_silences_everything_for_ten_minutes_at_most_and_calls_go_on() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)

    home.carer(10, "PAUSES", "SOUND", value=60, unit="min")

    assert (home.heard(609), home.heard(610)) == (None, "SPO2_CRIT")
    assert home.called()[1] == (120, "ben", "unanswered")


def test_a_pause_of_nothing_ends_it() -> None:
    home = CalledHome("anna")
    home.raises(0)
    home.carer(10, "PAUSES", "SOUND", value=5, unit="min")

    home.carer(20, "PAUSES", "SOUND", value=0)

    assert home.heard(21) == "SPO2_CRIT"


def test_what_is_beyond_the_floor_sounds_through_a_pause() -> None:
    home = CalledHome("anna")
    home.raises(0, why="floor", floor=True)

    home.carer(10, "PAUSES", "SOUND", value=5, unit="min")

    assert home.heard(11) == "SPO2_CRIT"


@pytest.mark.parametrize(("alarm", "ends"), [("HR_LOW_CRIT", True), ("HR_HIGH", False)])
def test_a_high_alarm_that_begins_ends_a_pause_and_a_medium_one_does_not(alarm: str, *, ends: bool) -> None:
    home = CalledHome("anna")
    home.raises(0)
    home.carer(10, "PAUSES", "SOUND", value=5, unit="min")

    home.raises(20, alarm)

    assert (home.heard(21) is not None) is ends


@pytest.mark.parametrize("delivery", ["retained", "import"])
def test_old_words_pause_nothing(delivery: str) -> None:
    home = CalledHome("anna")
    home.raises(0)

    home.carer(10, "PAUSES", "SOUND", value=5, unit="min", delivery=delivery)

    assert home.heard(11) == "SPO2_CRIT"


def test_a_contact_who_is_added_at_night_is_not_called_about_the_evening_before_the_morning() -> None:
    home, evening = sleeping(), at("2026-11-21T21:55:00+01:00")
    home.reports(evening - 60, "CONTACTS", contacts=[])
    home.raises(evening, "SPO2_LOW")

    home.reports(at("2026-11-22T02:00:00+01:00"), "CONTACTS", contacts=["anna"])
    home.until(at("2026-11-22T08:00:00+01:00"))

    assert home.called()[0] == (at("2026-11-22T07:00:00+01:00"), "anna", "raised")
