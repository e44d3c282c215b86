"""Who is called when: who is on duty at once, the next when nobody answers, all of them when it is over."""

from itertools import pairwise

import pytest

from healthmon.alarms.answer_times import MOST_CONTACTS, MOST_PENDING
from healthmon.events import Json, Thing
from tests.unit.alarms.called import EPISODE, CalledHome, at
from tests.unit.rules.stream import moment


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


def test_with_nobody_to_call_nothing_is_said_until_there_is_somebody() -> None:
    home = CalledHome()
    home.raises(0)
    home.until(5_000)
    assert home.remarks == []

    home.reports(6_000, "CONTACTS", contacts=["anna"])

    assert home.called() == [(6_000, "anna", "raised")]


def test_one_contact_alone_is_called_every_ten_minutes() -> None:
    home = CalledHome("anna")

    home.raises(0)
    home.until(1_200)

    assert [at for at, _, _ in home.called()] == [0, 600, 1_200]


def test_a_contact_who_was_removed_is_called_no_more() -> None:
    home = CalledHome("anna", "ben", "cleo")
    home.raises(0)

    home.reports(60, "CONTACTS", contacts=["anna", "cleo"])
    home.until(130)
    home.clears(200)

    assert home.called()[1:] == [
        (120, "cleo", "unanswered"),
        (200, "anna", "recovered"),
        (200, "cleo", "recovered"),
    ]


def test_a_list_that_names_nobody_who_can_be_called_is_no_reason_to_call_nobody() -> None:
    home = CalledHome("anna")

    home.carer(0, "SETS", "DUTY", contacts=["ben"])
    home.raises(1)

    assert home.called() == [(1, "anna", "raised")]


def test_the_carers_order_wins_over_that_of_the_file() -> None:
    home = CalledHome("anna", "ben", "cleo")

    home.carer(0, "SETS", "DUTY", contacts=["cleo", "anna"])
    home.raises(1)
    home.until(200)

    assert [contact for _, contact, _ in home.called()] == ["cleo", "anna"]


def test_a_person_may_have_an_order_of_their_own() -> None:
    home = CalledHome("anna", "ben")
    home.carer(0, "SETS", "DUTY", contacts=["ben"], person="john")

    home.raises(1)
    home.raises(1, person="john", episode="E:john:1")

    assert [contact for _, contact, _ in home.called()] == ["anna", "ben"]


def test_whoever_takes_over_while_it_rings_is_called_at_once_and_the_others_keep_their_order() -> None:
    home = CalledHome("anna", "ben", "cleo")
    home.raises(0)

    home.carer(30, "HANDS_OVER", "DUTY", to="cleo")
    home.until(160)

    assert home.called()[1:] == [(30, "cleo", "unanswered"), (150, "ben", "unanswered")]
    assert home.calls.on_duty() == "cleo"


def test_handing_over_to_who_was_just_called_calls_nobody_twice() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)

    home.carer(30, "HANDS_OVER", "DUTY", to="anna")

    assert home.called() == [(0, "anna", "raised")]


def test_an_older_order_that_comes_late_changes_nothing_newer() -> None:
    home = CalledHome("anna", "ben")
    home.carer(100, "SETS", "DUTY", contacts=["ben"])

    home.carer(200, "SETS", "DUTY", contacts=["anna"], at=50, delivery="late")

    assert home.calls.on_duty() == "ben"


def test_a_message_that_cannot_arrive_calls_the_next_at_once() -> None:
    home = CalledHome("anna", "ben")
    (call,) = home.raises(0)

    home.notifies(10, "anna", call.id_after(2), "failed")

    assert home.called()[1:] == [(10, "ben", "unanswered")]


def test_a_message_that_was_not_needed_any_more_calls_nobody_else() -> None:
    home = CalledHome("anna", "ben")
    (call,) = home.raises(0)

    home.notifies(10, "anna", call.id_after(2), "failed", reason="answered")

    assert home.called() == [(0, "anna", "raised")]


@pytest.mark.parametrize("outcome", ["delivered", "failed"])
def test_what_was_delivered_or_given_up_is_pending_no_more(outcome: str) -> None:
    home = CalledHome("anna")
    (call,) = home.raises(0)

    home.notifies(10, "anna", call.id_after(2), outcome)

    assert home.pending() == ()


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


def test_a_weekly_test_goes_to_everybody_when_it_is_switched_on_and_then_each_week() -> None:
    home = CalledHome("anna", "ben")
    week = 7 * 24 * 3_600

    home.carer(0, "SETS", "DUTY", contacts=["anna", "ben"], weekly_test=True)
    for message in home.pending():
        home.notifies(1, message.contact, message.id, "delivered")
    home.until(week)

    tests = [(one.at, one.object.id) for one in home.remarks if one.verb == "TESTS"]
    assert tests == [(moment(at), name) for at in (0, week) for name in ("anna", "ben")]


def test_a_weekly_test_keeps_its_time_of_day_when_the_clocks_change() -> None:
    home = CalledHome("anna", zone="Europe/Berlin")
    switched = at("2026-10-20T10:00:00+02:00")

    home.carer(switched, "SETS", "DUTY", weekly_test=True)

    assert home.calls.due() == moment(at("2026-10-27T10:00:00+01:00"))


def test_a_weekly_test_that_was_missed_comes_the_next_day_at_its_time() -> None:
    home = CalledHome("anna")
    day = 24 * 3_600
    home.carer(0, "SETS", "DUTY", weekly_test=True)

    home.starts(9 * day + 17 * 3_600)

    assert home.calls.due() == moment(10 * day)


def test_a_carer_may_test_a_contact_and_is_not_heard_twice() -> None:
    home = CalledHome("anna")

    home.carer(0, "TESTS", "CONTACT", "anna")
    home.carer(1, "TESTS", "CONTACT", "anna")
    home.carer(1, "TESTS", "CONTACT", "nobody")

    assert [(one.verb, one.object.id, one.context["why"]) for one in home.remarks] == [
        ("TESTS", "anna", "asked")
    ]


def test_what_was_never_sent_fills_no_memory() -> None:
    home = CalledHome("anna", "ben")
    home.raises(0)

    home.until(400 * 600)

    assert len(home.pending()) == MOST_PENDING


def test_a_watch_tells_nobody_whom_to_call() -> None:
    home = CalledHome("anna")

    home.say(0, Thing("WATCH", "watch-7"), "REPORTS", Thing("CONTACTS"), contacts=["mallory"])
    home.say(1, Thing("WATCH", "watch-7"), "SETS", Thing("DUTY"), contacts=["mallory"])

    assert home.calls.on_duty() == "anna"


@pytest.mark.parametrize("nonsense", [None, "anna", 7, {"anna": 1}, [1, None, "", "x" * 65, ["anna"]]])
def test_a_list_of_nonsense_names_nobody(nonsense: Json) -> None:
    home = CalledHome("anna")

    home.reports(0, "CONTACTS", contacts=nonsense)
    home.raises(1)

    assert home.called() == []


def test_no_list_is_longer_than_the_file_of_contacts_may_be() -> None:
    home = CalledHome(*(f"contact-{number}" for number in range(1_000)))

    home.raises(0)
    home.until(3_600 * 24)

    assert len({contact for _, contact, _ in home.called()}) == MOST_CONTACTS
