"""What the one line promises: it says "you are protected" only while nothing it can know of is missing."""

import pytest

from healthmon.preserve import Rooms
from healthmon.view.fold import Fold
from healthmon.view.screen import Protection
from healthmon.view.words.care import NOBODY_TO_CALL
from tests.unit.view.house import GIVEN, HOUR, MARIA, MINUTE, SECOND, House


def recorder_is_well(house: House) -> None:
    """What a recorder says of itself when it starts, and all is well."""
    house.say('MONITOR REPORTS SOUND "works"')
    house.say('MONITOR REPORTS AWAKE "held"')
    house.say('MONITOR REPORTS CONTACTS WITH {"contacts": ["anna", "ben"], "zone": "Europe/Berlin"}')


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.say(GIVEN)
    recorder_is_well(made)
    made.every_second("HR", [78] * 10)
    made.measure("SPO2", 97)
    return made


def line(house: House) -> Protection:
    return house.look().protection


def test_nothing_missing_is_told_with_what_it_stands_on(house: House) -> None:
    shown = line(house)

    assert shown.protected
    assert shown.text == "You are protected: 1 person, 1 device, sound works, Anna on duty"


def test_nobody_measured_is_nobody_watched() -> None:
    shown = line(House())

    assert not shown.protected
    assert shown.missing == ("Nobody is watched yet: no device measures anybody",)


def test_a_recorder_that_stopped(house: House) -> None:
    line(house)
    house.pulse = None

    assert line(house).missing == ("Nothing is being recorded since 12:00",)


def test_a_broker_that_is_gone(house: House) -> None:
    house.beat(broker_up=False)

    assert line(house).missing == ("The broker is not connected",)


def test_a_silent_device_with_its_time(house: House) -> None:
    house.turn(30 * SECOND)
    in_time = line(house).protected
    house.turn(MINUTE)

    assert in_time
    assert line(house).missing == ("watch-7 (Maria Kowalska) silent since 12:00",)
    assert line(house).text == "Not fully protected · watch-7 (Maria Kowalska) silent since 12:00"


def test_a_watch_that_speaks_once_a_minute_is_not_silent_between() -> None:
    house = House()
    recorder_is_well(house)
    for _ in range(10):
        house.measure("HR", 78)
        house.turn(MINUTE)
    house.turn(MINUTE)

    assert line(house).protected


def test_a_watch_that_is_not_worn(house: House) -> None:
    house.say("WATCH watch-7 REPORTS WORN false OF maria")

    assert line(house).missing == ("watch-7 (Maria Kowalska) not worn since 12:00",)


def test_a_device_that_said_goodbye(house: House) -> None:
    house.say('WATCH watch-7 REPORTS AVAILABILITY "OFFLINE"')

    assert line(house).missing == ("watch-7 (Maria Kowalska) silent since 12:00",)


def test_a_device_that_is_heard_and_feels_no_pulse(house: House) -> None:
    for _ in range(12):
        house.turn(SECOND)
        house.measure("HR", 0)

    assert line(house).missing == ("watch-7 (Maria Kowalska): measures no heart rate since 12:00",)


def test_a_device_that_was_given_and_never_heard(house: House) -> None:
    house.say("CAREGIVER anna ASSIGNS OXIMETER ox-1 OF maria")

    assert line(house).missing == ("ox-1 (Maria Kowalska) was never heard",)


def test_a_device_that_was_taken_back_is_not_missed(house: House) -> None:
    house.say("CAREGIVER anna ASSIGNS OXIMETER ox-1 OF maria")
    house.say("CAREGIVER anna ASSIGNS OXIMETER ox-1")

    assert line(house).protected


def test_a_snoozed_alarm_is_missing_until_its_time(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_LOW 91 % OF maria", priority="medium")
    house.say("CAREGIVER anna SNOOZES ALARM SPO2_LOW 5 min OF maria")
    snoozed = line(house).missing
    house.turn(5 * MINUTE)
    house.every_second("HR", [78])
    house.measure("SPO2", 97)

    assert snoozed == ("Oxygen low of Maria Kowalska snoozed until 12:05",)
    assert line(house).protected


def test_nobody_can_snooze_a_high_alarm_for_long(house: House) -> None:
    house.say("MONITOR RAISES ALARM SPO2_CRIT 86 % OF maria", priority="high")
    house.say("CAREGIVER anna SNOOZES ALARM SPO2_CRIT 90 min OF maria")

    assert line(house).missing == ("Oxygen very low of Maria Kowalska snoozed until 12:02",)


def test_paused_alarms_are_missing(house: House) -> None:
    house.say("CAREGIVER anna PAUSES SOUND 10 min")

    assert line(house).missing == ("Sound paused until 12:10",)


def test_a_device_nobody_was_given_is_forgotten_after_a_day(house: House) -> None:
    house.measure("HR", 70, person="jan")
    house.say("WATCH old MEASURES HR 70 /min OF jan")
    house.turn(25 * HOUR)
    house.every_second("HR", [78])
    house.measure("SPO2", 97)

    assert line(house).protected


def test_imported_readings_of_a_device_make_nobody_watched() -> None:
    house = House()
    house.say("WATCH watch-7 MEASURES HR 78 /min OF maria", delivery="import")

    assert line(house).missing == ("Nobody is watched yet: no device measures anybody",)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ('MONITOR REPORTS SOUND "no-device"', "No sound: this computer has no loudspeaker, since 12:00"),
        ('MONITOR REPORTS SOUND "failed"', "No sound: the loudspeaker failed, since 12:00"),
        ('MONITOR REPORTS SOUND "off"', "No sound: it is switched off, since 12:00"),
        ('MONITOR REPORTS SOUND "a new word"', "Sound: a new word, since 12:00"),
        ('MONITOR REPORTS AWAKE "cannot"', "This computer may fall asleep, since 12:00"),
        (
            'MONITOR REPORTS AWAKE "off"',
            "This computer may fall asleep: keeping it awake is off, since 12:00",
        ),
        ('MONITOR REPORTS CONTACTS WITH {"contacts": []}', NOBODY_TO_CALL),
    ],
)
def test_what_would_keep_an_alarm_from_being_heard_is_missing(house: House, said: str, missing: str) -> None:
    house.say(said)

    assert (line(house).protected, line(house).missing) == (False, (missing,))


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Failed to connect to bus: No such file or directory", " (nothing on it can keep it awake)"),
        ("systemd-inhibit: No such file or directory", " (nothing on it can keep it awake)"),
        ("Access denied", " (healthmon may not keep it awake)"),
        ("ended with 7", ""),
    ],
)
def test_why_it_may_fall_asleep_is_told_in_plain_words_or_not_at_all(
    house: House, reason: str, told: str
) -> None:
    house.say('MONITOR REPORTS AWAKE "cannot"', reason=reason)

    assert line(house).missing == (f"This computer may fall asleep{told}, since 12:00",)


def test_what_the_recorder_has_not_told_is_not_known_and_not_fine(house: House) -> None:
    house.say("MONITOR STARTS RECORDER")

    assert line(house).missing == (
        "Whether alarms can be heard is not known",
        "Whom the recorder can call is not known",
        "Whether this computer stays awake is not known",
    )


def test_a_word_said_again_holds_since_it_was_said_first(house: House) -> None:
    house.say('MONITOR REPORTS SOUND "failed"')
    house.turn(20 * SECOND)
    house.say('MONITOR REPORTS SOUND "failed"', ago=-MINUTE)

    assert line(house).missing == ("No sound: the loudspeaker failed, since 12:00",)


def test_a_message_that_failed_to_who_is_on_duty_is_missing_until_one_arrives(house: House) -> None:
    house.say("MONITOR NOTIFIES CONTACT anna", outcome="failed", cause="e1")
    failed = line(house).missing
    house.say("MONITOR NOTIFIES CONTACT anna", outcome="delivered", cause="e2")

    assert failed == ("Anna is on duty: last message failed 12:00",)
    assert line(house).protected


@pytest.mark.parametrize("reason", ["answered", "over"])
def test_a_message_that_was_not_needed_any_more_is_nobodys_failure(house: House, reason: str) -> None:
    house.say("MONITOR NOTIFIES CONTACT anna", outcome="failed", reason=reason, cause="e1")

    assert line(house).protected


def test_a_message_that_failed_to_somebody_else_leaves_the_line_as_it_is(house: House) -> None:
    house.say("MONITOR NOTIFIES CONTACT ben", outcome="failed", cause="e1")

    assert line(house).protected


def test_the_duty_of_one_person_is_looked_at_for_them(house: House) -> None:
    house.say('CAREGIVER anna SETS DUTY OF maria WITH {"contacts": ["ben"]}')
    house.say("MONITOR NOTIFIES CONTACT ben", outcome="failed", cause="e1")

    assert line(house).missing == ("Ben is on duty: last message failed 12:00",)


def test_an_imported_hand_over_changes_nothing(house: House) -> None:
    house.say('CAREGIVER anna HANDS_OVER DUTY WITH {"to": "ben"}', delivery="import")

    assert line(house).text.endswith("Anna on duty")


def test_quiet_hours_are_told_while_they_last(house: House) -> None:
    house.say('CAREGIVER anna SETS QUIET_HOURS OF maria WITH {"from": "13:30", "to": "15:00"}')
    before = line(house)
    house.say('CAREGIVER anna SETS QUIET_HOURS OF maria WITH {"from": "12:30", "to": "15:00"}')

    during = line(house)

    assert before.protected
    assert "silent" not in before.text
    assert during.protected
    assert during.text.endswith("Anna on duty · medium alarms are silent until 14:00")


def test_a_loudspeaker_that_failed_stands_before_a_pause_that_somebody_wanted(house: House) -> None:
    house.say("CAREGIVER anna PAUSES SOUND 2 min")
    house.say('MONITOR REPORTS SOUND "failed"')

    assert line(house).missing == (
        "No sound: the loudspeaker failed, since 12:00",
        "Sound paused until 12:02",
    )
    assert line(house).text.startswith("Not fully protected, 2 reasons · No sound")


def test_what_matters_most_is_told_first(house: House) -> None:
    house.say('MONITOR REPORTS AWAKE "cannot"')
    house.say('MONITOR REPORTS CONTACTS WITH {"contacts": []}')
    house.say('MONITOR REPORTS SOUND "failed"')
    house.say("WATCH watch-7 REPORTS WORN false OF maria")
    house.beat(broker_up=False)

    assert [lack.partition(",")[0] for lack in line(house).missing] == [
        "The broker is not connected",
        "watch-7 (Maria Kowalska) not worn since 12:00",
        "No sound: the loudspeaker failed",
        NOBODY_TO_CALL,
        "This computer may fall asleep",
    ]


def test_a_fold_that_was_kept_goes_on_following_who_is_on_duty(house: House) -> None:
    fold = Fold()
    fold.take(house.log)
    rooms = Rooms(["healthmon.events", "healthmon.alarms", "healthmon.view"])
    kept = rooms.brought_back(rooms.kept(fold))
    assert isinstance(kept, Fold)

    kept.take([house.say('CAREGIVER anna HANDS_OVER DUTY WITH {"to": "ben"}')])

    assert kept.duty.order() == ("ben", "anna")
