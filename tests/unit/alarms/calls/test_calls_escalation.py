"""Who is called when: who is on duty at once, the next when nobody answers, all of them when it is over."""

from itertools import pairwise

from tests.unit.alarms.calls.called import EPISODE, CalledHome


def test_who_is_on_duty_is_called_at_once_and_the_next_after_two_minutes() -> None:
    home = CalledHome("anna", "ben")

    home.raises(0)
    home.until(700)

    assert home.called() == [(0, "anna", "raised"), (120, "ben", "unanswered")]


def test_after_everybody_was_called_it_begins_anew_ten_minutes_later() -> None:
    home = CalledHome("anna", "ben")

    home.raises(0)
    home.until(1_000)

    assert home.called()[2:] == [(720, "anna", "unanswered"), (840, "ben", "unanswered")]


def test_a_medium_alarm_waits_ten_minutes_for_an_answer() -> None:
    home = CalledHome("anna", "ben")

    home.raises(0, "SPO2_LOW")
    home.until(600)

    assert home.called() == [(0, "anna", "raised"), (600, "ben", "unanswered")]


def test_a_low_alarm_is_seen_and_calls_nobody() -> None:
    home = CalledHome("anna", "ben")

    home.raises(0, "HR_LOW", priority="low")

    assert (home.called(), home.heard(1)) == ([], None)


def test_who_has_answered_is_not_passed_over() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)

    home.answers(60, "ACKNOWLEDGES")
    home.until(5_000)

    assert home.called() == [(0, "anna", "raised")]


def test_when_it_is_over_everybody_who_was_called_is_told() -> None:
    home = CalledHome("anna", "ben", "cleo")
    home.raises(0)
    home.until(130)

    home.clears(200)
    home.until(5_000)

    assert home.called()[2:] == [(200, "anna", "recovered"), (200, "ben", "recovered")]


def test_a_call_says_everything_a_message_needs() -> None:
    home = CalledHome("anna")

    (remark,) = home.raises(0, value=86, limit=88)

    assert remark.context == {
        "episode": EPISODE,
        "priority": "high",
        "device": "watch-7",
        "contact": "anna",
        "step": 1,
        "why": "raised",
    }
    (message,) = home.pending()
    assert message.id == remark.id_after(2)
    assert (message.contact, message.alarm, message.value, message.unit) == ("anna", "SPO2_CRIT", 86, "%")


def test_several_alarms_of_an_episode_are_one_message_that_names_the_worst() -> None:
    home = CalledHome("anna", "ben")

    home.raises(0, "SPO2_CRIT")
    home.raises(0, "HR_HIGH_CRIT")
    home.raises(5, "SPO2_LOW")
    home.until(130)

    assert home.called() == [(0, "anna", "raised"), (120, "ben", "unanswered")]
    assert {one.object.id for one in home.remarks} == {"SPO2_CRIT"}


def test_something_worse_is_told_to_who_is_on_duty_at_once() -> None:
    home = CalledHome("anna", "ben")

    home.raises(0, "SPO2_LOW")
    home.raises(60, "SPO2_CRIT")
    home.until(180)

    assert home.called() == [(0, "anna", "raised"), (60, "anna", "raised"), (180, "ben", "unanswered")]


def test_a_new_alarm_just_after_an_answer_does_not_call_the_same_contact_twice_in_a_minute() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.answers(5, "ACKNOWLEDGES", who="ben")

    home.raises(10, "HR_LOW_CRIT")
    home.until(70)

    assert home.called() == [(0, "anna", "raised"), (60, "anna", "raised")]


def test_a_medium_alarm_that_became_high_calls_at_once() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0, "SPO2_LOW")

    home.raises(480, "SPO2_LOW", why="lasting", priority="high")

    assert home.called() == [(0, "anna", "raised"), (480, "anna", "lasting")]


def test_alarms_of_two_people_are_two_calls() -> None:
    home = CalledHome("anna", "ben")

    home.raises(0)
    home.raises(0, person="john", episode="E:john:1")

    assert [one.person for one in home.remarks] == ["maria", "john"]


def test_the_same_fault_of_two_devices_at_once_is_two_calls_with_two_ids() -> None:
    home = CalledHome("anna")

    said = [
        home.faults(0, "DEVICE_SILENT", device=device, episode=f"DEVICE_SILENT:{device}:1")
        for device in ("watch-7", "watch-8")
    ]

    ids = {one.id_after(1) for remarks in said for one in remarks}
    assert len(ids) == 2


def test_old_logs_with_an_episode_for_each_alarm_call_for_each() -> None:
    home = CalledHome("anna")

    home.raises(0, episode="SPO2_CRIT:maria:1")
    home.raises(0, "HR_HIGH_CRIT", episode="HR_HIGH_CRIT:maria:1")

    assert [one.object.id for one in home.remarks] == ["SPO2_CRIT", "HR_HIGH_CRIT"]


def test_a_high_alarm_that_rang_when_the_recorder_fell_asleep_calls_at_once() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)

    home.reports(3_600, "GAP", value=3_500)

    assert home.called()[1:] == [(3_600, "anna", "gap")]


def test_a_recorder_that_starts_again_and_again_does_not_call_each_time() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)

    for second in range(10, 110, 10):
        home.starts(second)
    home.until(120)

    assert home.called()[1:] == [(120, "ben", "unanswered")]


def test_an_answered_alarm_calls_nobody_after_a_gap() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.answers(10, "ACKNOWLEDGES")

    home.starts(3_600)
    home.until(9_000)

    assert home.called() == [(0, "anna", "raised")]


def test_a_medium_alarm_waits_anew_after_a_gap() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0, "SPO2_LOW")

    home.starts(3_600)
    home.until(4_200)

    assert home.called()[1:] == [(4_200, "ben", "unanswered")]


def test_an_alarm_of_before_yesterday_calls_nobody_when_the_recorder_starts() -> None:
    home = CalledHome("anna")
    home.raises(0)

    home.monitor(10, "FLAGS", "SPO2_CRIT", state="unknown")
    home.starts(25 * 3_600)
    home.until(30 * 3_600)

    assert home.called() == [(0, "anna", "raised")]
    assert home.heard(30 * 3_600) is None


def test_the_same_alarm_again_goes_on_where_the_calls_were() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)
    home.clears(60)

    home.raises(100, why="again")
    home.until(180)

    assert home.called()[1:] == [(60, "anna", "recovered"), (180, "anna", "unanswered")]


def test_a_hovering_alarm_calls_at_most_every_two_minutes() -> None:
    home = CalledHome("anna")
    home.raises(0)

    for second in range(60, 1_260, 60):
        home.clears(second)
        home.raises(second + 30, why="again")

    gone_out = [at for at, _, why in home.called() if why != "recovered"]
    assert all(later - earlier >= 120 for earlier, later in pairwise(gone_out))
