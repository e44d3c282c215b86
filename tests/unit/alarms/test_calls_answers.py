"""What carers answer: seen, going, silence; how far an answer reaches, and when it ends."""

import pytest

from healthmon.alarms.states import ANSWERS, Answer, Word
from healthmon.events import Json, Thing
from tests.unit.alarms.called import EPISODE, CalledHome
from tests.unit.rules.stream import moment


def ringing(*alarms: str) -> CalledHome:
    """These ring since second 0. Anna was called."""
    home = CalledHome("anna", "ben")
    for alarm in alarms or ("SPO2_CRIT",):
        home.raises(0, alarm)
    return home


def answer_of(home: CalledHome, alarm: str, seconds: float = 0) -> tuple[Answer, str]:
    """What was answered to an open alarm, and by whom."""
    (call,) = [one for one in home.calls.open_calls(moment(seconds)) if one.alarm == alarm]
    return (call.answer, call.answered_by)


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


@pytest.mark.parametrize(("first", "stays"), [("TAKES", Answer.TAKEN), ("ACKNOWLEDGES", Answer.ACKNOWLEDGED)])
def test_a_snooze_takes_nobodys_place(first: str, stays: Answer) -> None:
    home = ringing()
    home.answers(10, first)

    home.answers(11, "SNOOZES", who="ben", value=1, unit="min")

    assert answer_of(home, "SPO2_CRIT") == (stays, "anna")


@pytest.mark.parametrize(
    ("alarm", "said", "until"),
    [
        ("SPO2_CRIT", {"value": 90, "unit": "s"}, 90),
        ("SPO2_CRIT", {"value": 3, "unit": "h"}, 120),
        ("SPO2_LOW", {"value": 15}, 900),
        ("SPO2_LOW", {"value": 3, "unit": "h"}, 7_200),
        ("SPO2_LOW", {"until": moment(1_000).isoformat()}, 1_000),
    ],
)
def test_a_snooze_ends_when_it_should_and_is_never_long(
    alarm: str, said: dict[str, Json], until: float
) -> None:
    home = ringing(alarm)

    home.answers(0, "SNOOZES", alarm, **said)

    assert (home.heard(until - 1), home.heard(until)) == (None, alarm)
    assert home.raised_again() == [(until, alarm, "snooze-over")]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"value": -3},
        {"value": 1e300},
        {"value": True},
        {"value": 3, "unit": "parsec"},
        {"until": "soon"},
        {"until": "2026-11-22T04:10:00"},
        {"until": moment(-60).isoformat()},
    ],
)
def test_a_snooze_of_no_time_is_none(said: dict[str, Json]) -> None:
    home = ringing()

    home.answers(1, "SNOOZES", "SPO2_CRIT", **said)

    assert home.heard(2) == "SPO2_CRIT"


def test_a_snooze_may_be_ended() -> None:
    home = ringing("SPO2_LOW")
    home.answers(0, "SNOOZES", "SPO2_LOW", value=60, unit="min")

    home.answers(10, "SNOOZES", "SPO2_LOW", value=0)

    assert home.heard(11) == "SPO2_LOW"


@pytest.mark.parametrize(
    ("silenced", "other"),
    [
        ("HR_HIGH", "HR_LOW"),
        ("HR_LOW", "HR_HIGH"),
        ("HR_HIGH", "HR_HIGH_CRIT"),
        ("HR_HIGH_CRIT", "HR_LOW_CRIT"),
    ],
)
@pytest.mark.parametrize("is_on_before", [True, False])
def test_silencing_one_direction_never_silences_the_other_whatever_its_level(
    silenced: str, other: str, *, is_on_before: bool
) -> None:
    home = CalledHome("anna")
    home.raises(9, silenced)
    if is_on_before:
        home.raises(10, other)

    home.answers(11, "SNOOZES", silenced, value=2, unit="min")
    if not is_on_before:
        home.raises(12, other)

    assert home.heard(13) == other


def test_a_snooze_is_of_the_alarm_and_holds_when_it_begins_anew() -> None:
    home = ringing("SPO2_LOW")
    home.answers(10, "SNOOZES", "SPO2_LOW", value=60, unit="min")
    home.clears(100, "SPO2_LOW")

    home.raises(2_000, "SPO2_LOW", episode="E:maria:2")

    assert (home.heard(3_609), home.heard(3_610)) == (None, "SPO2_LOW")
    assert home.called()[-1] == (3_610, "anna", "unsettled")


def test_what_became_high_is_snoozed_no_more() -> None:
    home = ringing("SPO2_LOW")
    home.answers(10, "SNOOZES", "SPO2_LOW", value=60, unit="min")

    home.raises(480, "SPO2_LOW", why="lasting", priority="high")

    assert home.heard(481) == "SPO2_LOW"


@pytest.mark.parametrize("verb", ["TAKES", "SNOOZES"])
def test_beyond_the_floor_no_silence_holds(verb: str) -> None:
    before, after = ringing(), ringing()

    before.answers(10, verb, value=2, unit="min")
    before.raises(20, why="floor", floor=True)
    after.raises(10, why="floor", floor=True)
    after.answers(20, verb, value=2, unit="min")

    assert [home.heard(21) for home in (before, after)] == ["SPO2_CRIT", "SPO2_CRIT"]
    assert before.called()[-1] == (20, "anna", "floor")


def test_beyond_the_floor_being_seen_silences_for_two_minutes_while_it_lasts() -> None:
    home = ringing()
    home.raises(10, why="floor", floor=True)

    home.answers(20, "ACKNOWLEDGES")

    assert (home.heard(139), home.heard(140)) == (None, "SPO2_CRIT")
    assert home.raised_again() == [(140, "SPO2_CRIT", "unsettled")]


def test_seeing_what_is_not_beyond_the_floor_answers_nothing_that_is() -> None:
    home = ringing("HR_LOW_CRIT", "SPO2_CRIT")
    home.raises(10, why="floor", floor=True)

    home.answers(20, "ACKNOWLEDGES", "HR_LOW_CRIT")

    assert home.heard(21) == "SPO2_CRIT"


def test_a_carers_clock_that_is_wrong_silences_nothing_for_longer() -> None:
    home = ringing("SPO2_LOW")

    home.answers(10, "SNOOZES", "SPO2_LOW", value=10, unit="min", at=10 + 9 * 3_600)

    assert (home.heard(609), home.heard(610)) == (None, "SPO2_LOW")


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
