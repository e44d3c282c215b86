"""The table of states: every road is in it once, and none leads where it must not."""

from healthmon.alarms import TABLE, Phase, Signal
from healthmon.alarms.states import AWAKE, STEPS, Says


def test_each_signal_has_one_meaning_in_each_phase() -> None:
    assert len(STEPS) == len(TABLE)


def test_every_phase_and_every_signal_is_used() -> None:
    assert {row.phase for row in TABLE} | {row.to for row in TABLE} == set(Phase)
    assert {row.signal for row in TABLE} == set(Signal)


def test_every_phase_can_be_left() -> None:
    assert {row.phase for row in TABLE if row.to is not row.phase} == set(Phase)


def test_an_alarm_begins_only_when_its_delay_was_over() -> None:
    begins = {(row.signal, row.says) for row in TABLE if row.phase not in AWAKE and row.to in AWAKE}

    assert begins == {(Signal.HELD, Says.RAISES), (Signal.FLOOR, Says.RAISES)}


def test_a_lost_signal_never_clears() -> None:
    lost = {(row.to, row.says) for row in TABLE if row.signal is Signal.LOST}

    assert lost == {(Phase.UNKNOWN, Says.FLAGS)}


def test_an_alarm_ends_only_when_over_or_switched_off_and_says_so() -> None:
    ends = {(row.signal, row.says) for row in TABLE if row.phase in AWAKE and row.to not in AWAKE}

    assert ends == {
        (Signal.OVER_SEEN, Says.CLEARS),
        (Signal.OVER_UNSEEN, Says.CLEARS),
        (Signal.OFF, Says.CLEARS),
    }


def test_acknowledging_ends_nothing_that_is_still_going_on() -> None:
    seen = [row for row in TABLE if row.signal is Signal.SEEN]

    assert [(row.phase, row.to) for row in seen] == [(Phase.LATCHED, Phase.CALM)]
