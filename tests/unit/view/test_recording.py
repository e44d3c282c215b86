"""What the line at the top promises: it says RECORDING only while that can be proved."""

import pytest

from healthmon.clock import TurnedClock
from healthmon.view.desk import DeskOptions
from healthmon.view.screen import Connection, Recording
from tests.unit.view.house import MARIA, MINUTE, NOON, SECOND, House


@pytest.fixture
def house() -> House:
    made = House()
    made.say(MARIA)
    made.measure("HR", 78)
    return made


def line(house: House) -> Connection:
    return house.look().connection


def test_a_fresh_heartbeat_is_recording(house: House) -> None:
    shown = line(house)

    assert shown.recording is Recording.RECORDING
    assert shown.text == "Recording · broker connected · 1 device · 4 events/s"
    assert shown.problem == ""


def test_a_heartbeat_older_than_three_seconds_proves_nothing(house: House) -> None:
    line(house)
    house.real.turn(3 * SECOND)
    in_time = line(house).recording
    house.real.turn(SECOND)
    late = line(house)

    assert (in_time, late.recording) == (Recording.RECORDING, Recording.NOT_RECORDING)
    assert late.since == NOON
    assert late.problem.endswith("ask whoever looks after this computer (F1).")


def test_a_dead_process_is_not_recording_at_once(house: House) -> None:
    line(house)
    house.beat(alive=False)

    assert line(house).recording is Recording.NOT_RECORDING


def test_a_heartbeat_that_was_taken_away_is_not_recording_at_once(house: House) -> None:
    line(house)
    house.pulse = None

    assert line(house).recording is Recording.NOT_RECORDING
    assert line(house).since == NOON


def test_a_heartbeat_from_the_future_proves_nothing(house: House) -> None:
    line(house)
    house.beat(written=NOON + MINUTE)

    assert line(house).recording is Recording.NOT_RECORDING


def test_a_window_that_has_just_opened_gives_the_recorder_ten_seconds(house: House) -> None:
    house.pulse = None

    at_once = line(house).recording
    house.real.turn(11 * SECOND)

    assert (at_once, line(house).recording) == (Recording.STARTING, Recording.NOT_RECORDING)
    assert line(house).problem.startswith("Look in yourself: nobody is watched")


def test_an_old_heartbeat_of_the_last_run_is_starting_too(house: House) -> None:
    house.beat(written=NOON - MINUTE, alive=False)

    assert line(house).recording is Recording.STARTING


def test_a_window_that_starts_no_recorder_says_at_once_that_the_last_one_ended() -> None:
    house = House(options=DeskOptions(starts_recorder=False))
    house.beat(written=NOON - MINUTE, alive=False)

    shown = line(house)

    assert (shown.recording, shown.since) == (Recording.NOT_RECORDING, NOON - MINUTE)
    assert "start" not in shown.problem


def test_recording_is_judged_in_real_time_whatever_the_logs_clock_says(house: House) -> None:
    house.clock.turn(1000 * MINUTE)

    assert line(house).recording is Recording.RECORDING


def test_a_broker_that_is_gone_is_said_with_its_cure(house: House) -> None:
    house.beat(broker_up=False, broker_problem="connection refused")

    shown = line(house)

    assert (shown.recording, shown.broker_up) == (Recording.RECORDING, False)
    assert "broker NOT connected" in shown.text
    assert "(nothing answers there)" in shown.problem
    assert shown.problem.endswith("ask whoever looks after this computer (F1).")


def test_the_broker_s_trouble_is_told_without_the_words_of_an_operating_system(house: House) -> None:
    house.beat(broker_up=False, broker_problem="[Errno 5] Input/output error")

    assert "rrno" not in line(house).problem


def test_what_the_recorder_itself_has_to_say_is_said(house: House) -> None:
    house.beat(problem="The disk is full: make room.")

    assert line(house).problem == "The disk is full: make room."


def test_a_recorder_that_lives_and_says_nothing_is_told_from_a_dead_one(house: House) -> None:
    line(house)
    house.real.turn(10 * SECOND)
    stuck = line(house).problem
    house.beat(written=NOON, alive=False)

    assert "does not answer" in stuck
    assert "The recorder stopped" in line(house).problem


def test_recording_since_the_recorder_started(house: House) -> None:
    house.say("MONITOR STARTS RECORDER")

    assert line(house).since == NOON


def test_a_replay_says_that_it_is_one() -> None:
    house = House(options=DeskOptions(is_replay=True))
    house.pulse = None

    assert line(house).recording is Recording.REPLAY


def test_devices_are_counted_while_they_are_there(house: House) -> None:
    house.say('DEVICE kettle-1 REPORTS AVAILABILITY "ONLINE"')
    both = line(house).devices
    house.turn(MINUTE)

    assert (both, line(house).devices) == (2, 1)


def test_a_clock_of_this_machine_forgives_nothing() -> None:
    assert House(options=DeskOptions(real=TurnedClock(NOON))).look().connection.devices == 0


def test_a_window_that_sees_nothing_of_what_is_written_says_so(house: House) -> None:
    line(house)
    house.beat(offset=100)
    in_time = line(house).problem
    house.real.turn(6 * SECOND)
    house.beat(offset=120)

    assert in_time == ""
    assert line(house).problem.startswith("The recorder writes, but this window sees nothing new")


def test_a_quiet_log_is_no_blindness(house: House) -> None:
    for _ in range(5):
        house.turn(10 * SECOND)
        shown = line(house)

    assert shown.problem == ""
