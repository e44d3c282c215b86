"""Who is called when: who is on duty at once, the next when nobody answers, all of them when it is over."""

from tests.unit.alarms.called import EPISODE, CalledHome


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
