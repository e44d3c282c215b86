"""Who can be called, in which order, and what becomes of the messages."""

import pytest

from healthmon.alarms.calls.answer_times import MOST_CONTACTS, MOST_PENDING
from healthmon.alarms.calls.pending import NOT_NEEDED
from healthmon.events import Json, Thing
from tests.unit.alarms.calls.called import CalledHome, at
from tests.unit.rules.stream import moment


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


@pytest.mark.parametrize("reason", sorted(NOT_NEEDED))
def test_a_message_that_was_not_needed_any_more_calls_nobody_else(reason: str) -> None:
    home = CalledHome("anna", "ben")
    (call,) = home.raises(0)

    home.notifies(10, "anna", call.id_after(2), "failed", reason=reason)

    assert home.called() == [(0, "anna", "raised")]


@pytest.mark.parametrize("outcome", ["delivered", "failed"])
def test_what_was_delivered_or_given_up_is_pending_no_more(outcome: str) -> None:
    home = CalledHome("anna")
    (call,) = home.raises(0)

    home.notifies(10, "anna", call.id_after(2), outcome)

    assert home.pending() == ()


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
