"""What carers answer: seen, going, silence; how far an answer reaches, and when it ends."""

import pytest

from healthmon.alarms.states import ANSWERS, Answer, Word
from healthmon.events import Thing
from tests.unit.alarms.calls.called import EPISODE, CalledHome, answer_of, ringing


def test_every_way_between_answers_is_in_the_table_once() -> None:
    ways = [(row.answer, row.word) for row in ANSWERS]

    assert len(ways) == len(set(ways))
    assert {row.to for row in ANSWERS} == set(Answer)
    assert {row.word for row in ANSWERS} == set(Word)


def test_only_an_answer_that_ran_out_raises_anew() -> None:
    assert {(row.answer, row.why) for row in ANSWERS if row.why} == {
        (Answer.ACKNOWLEDGED, "unsettled"),
        (Answer.TAKEN, "unsettled"),
        (Answer.SNOOZED, "snooze-over"),
    }
    assert all(row.word is Word.LAPSED for row in ANSWERS if row.why)


def test_whatever_happened_before_what_got_worse_is_unanswered() -> None:
    worsened = {row.answer: row.to for row in ANSWERS if row.word is Word.WORSENED}

    assert worsened == dict.fromkeys(set(Answer) - {Answer.UNANSWERED}, Answer.UNANSWERED)


def test_seeing_an_alarm_answers_what_is_no_more_urgent_in_its_episode() -> None:
    home = ringing("SPO2_CRIT", "HR_HIGH", "HR_LOW_CRIT")

    home.answers(10, "ACKNOWLEDGES", "SPO2_CRIT")

    answers = [answer_of(home, alarm) for alarm in ("SPO2_CRIT", "HR_HIGH", "HR_LOW_CRIT")]
    assert answers == [(Answer.ACKNOWLEDGED, "anna")] * 3


def test_seeing_a_milder_alarm_never_answers_a_worse_one() -> None:
    home = ringing("HR_HIGH", "SPO2_CRIT")

    home.answers(10, "ACKNOWLEDGES", "HR_HIGH")

    assert home.heard(11) == "SPO2_CRIT"


def test_a_worse_alarm_after_an_answer_rings_and_calls() -> None:
    home = ringing("SPO2_LOW")
    home.answers(10, "ACKNOWLEDGES", "SPO2_LOW")

    home.raises(60, "SPO2_CRIT")

    assert home.heard(61) == "SPO2_CRIT"
    assert home.called()[1:] == [(60, "anna", "raised")]


def test_an_alarm_as_urgent_as_the_answered_one_rings_when_it_begins_later() -> None:
    home = ringing("SPO2_CRIT")
    home.answers(10, "ACKNOWLEDGES")

    home.raises(60, "HR_LOW_CRIT")

    assert home.heard(61) == "HR_LOW_CRIT"


def test_the_milder_alarm_of_one_kind_is_answered_with_the_worse_one() -> None:
    home = ringing("SPO2_CRIT")
    home.answers(10, "ACKNOWLEDGES")

    home.raises(90, "SPO2_LOW")

    assert home.heard(91) is None
    assert home.called() == [(0, "anna", "raised")]


@pytest.mark.parametrize("milder", ["HR_LOW", "HR_HIGH"])
def test_the_milder_alarm_of_another_kind_wants_an_answer_of_its_own(milder: str) -> None:
    home = ringing("SPO2_CRIT")
    home.answers(10, "ACKNOWLEDGES")

    home.raises(90, milder, priority="medium")

    assert home.heard(91) == milder


def test_an_answer_to_another_episode_answers_nothing() -> None:
    home = ringing()

    home.answers(10, "ACKNOWLEDGES", episode="E:maria:0")
    home.answers(10, "ACKNOWLEDGES", person="john", episode=None)

    assert home.heard(11) == "SPO2_CRIT"


def test_an_answer_without_an_episode_means_the_persons_alarm() -> None:
    home = ringing()

    home.answers(10, "ACKNOWLEDGES", episode=None)

    assert home.heard(11) is None


@pytest.mark.parametrize("verb", ["ACKNOWLEDGES", "TAKES", "SNOOZES"])
@pytest.mark.parametrize("delivery", ["retained", "import"])
def test_old_words_answer_nothing(verb: str, delivery: str) -> None:
    home = ringing()

    home.answers(10, verb, value=1, unit="min", delivery=delivery)

    assert home.heard(11) == "SPO2_CRIT"


def test_a_watch_cannot_answer() -> None:
    home = ringing()

    home.say(
        10,
        Thing("WATCH", "watch-7"),
        "ACKNOWLEDGES",
        Thing("ALARM", "SPO2_CRIT"),
        person="maria",
        episode=EPISODE,
    )

    assert home.heard(11) == "SPO2_CRIT"


def test_a_late_answer_counts_for_what_rang_when_it_was_said() -> None:
    home = ringing()

    home.answers(200, "ACKNOWLEDGES", at=10, delivery="late")

    assert home.heard(201) is None


def test_a_late_answer_does_not_count_for_what_got_worse_meanwhile() -> None:
    home = ringing("SPO2_LOW")
    home.raises(480, "SPO2_LOW", why="lasting", priority="high")

    home.answers(500, "ACKNOWLEDGES", "SPO2_LOW", at=400, delivery="late")

    assert home.heard(501) == "SPO2_LOW"


def test_a_late_silence_ends_when_it_would_have() -> None:
    home = ringing("SPO2_LOW")

    home.answers(500, "SNOOZES", "SPO2_LOW", value=10, unit="min", at=300, delivery="late")

    assert (home.heard(899), home.heard(900)) == (None, "SPO2_LOW")


def test_who_is_going_silences_it_for_ten_minutes_and_then_it_rings_and_calls_the_next() -> None:
    home = ringing()

    home.answers(30, "TAKES")

    assert (home.heard(629), home.heard(630)) == (None, "SPO2_CRIT")
    assert home.raised_again() == [(630, "SPO2_CRIT", "unsettled")]
    assert home.called()[1:] == [(630, "ben", "unsettled")]


@pytest.mark.parametrize(("minutes", "until"), [(5, 300), (30, 1_800), (600, 1_800), (0, 600), (-1, 600)])
def test_who_is_going_has_at_most_half_an_hour(minutes: float, until: float) -> None:
    home = ringing()

    home.answers(0, "TAKES", value=minutes, unit="min")

    assert (home.heard(until - 1), home.heard(until)) == (None, "SPO2_CRIT")


def test_when_it_is_over_nobody_hears_again_of_who_was_going() -> None:
    home = ringing()
    home.answers(30, "TAKES")

    home.clears(100)
    home.until(5_000)

    assert home.raised_again() == []
    assert home.called()[1:] == [(100, "anna", "recovered")]


def test_the_same_alarm_again_is_still_taken_while_she_is_on_her_way() -> None:
    home = ringing()
    home.answers(30, "TAKES")
    home.clears(100)

    home.raises(200, why="again")

    assert (home.heard(629), home.heard(630)) == (None, "SPO2_CRIT")


def test_taken_by_anna_and_then_seen_by_ben_rings_no_more() -> None:
    home = ringing()
    home.answers(10, "TAKES")

    home.answers(20, "ACKNOWLEDGES", who="ben")

    assert home.heard(5_000) is None
    assert answer_of(home, "SPO2_CRIT", 5_000) == (Answer.ACKNOWLEDGED, "ben")


def test_of_two_carers_who_go_the_last_has_it() -> None:
    home = ringing()
    home.answers(10, "TAKES", value=5, unit="min")

    home.answers(11, "TAKES", who="ben", value=2, unit="min")

    assert answer_of(home, "SPO2_CRIT") == (Answer.TAKEN, "ben")
    assert (home.heard(130), home.heard(131)) == (None, "SPO2_CRIT")


def test_a_new_alarm_after_its_end_wants_an_answer_of_its_own() -> None:
    home = ringing()
    home.answers(10, "ACKNOWLEDGES")
    home.clears(100)

    home.raises(1_000, episode="E:maria:2")

    assert home.heard(1_001) == "SPO2_CRIT"
    assert home.called()[-1] == (1_000, "anna", "raised")


def test_the_same_alarm_again_keeps_who_has_seen_it() -> None:
    home = ringing()
    home.answers(10, "ACKNOWLEDGES")
    home.clears(100)

    home.raises(300, why="again")

    assert home.heard(301) is None
    assert answer_of(home, "SPO2_CRIT") == (Answer.ACKNOWLEDGED, "anna")


def test_a_fault_of_the_monitor_that_gets_worse_asks_anew_and_a_milder_one_does_not() -> None:
    home = CalledHome("anna")
    home.faults(0, "LOG_NOT_WRITABLE", value="reserve")
    home.answers(10, "ACKNOWLEDGES", "LOG_NOT_WRITABLE", person=None, episode="LOG_NOT_WRITABLE:1")

    home.faults(20, "LOG_NOT_WRITABLE", value="reserve", why="again")
    assert home.heard(21) is None
    home.faults(90, "LOG_NOT_WRITABLE", value="not-recorded", why="lasting")

    assert home.heard(91) == "LOG_NOT_WRITABLE"
    assert home.called() == [(0, "anna", "raised"), (90, "anna", "lasting")]
