"""A message is tried until it arrived, is refused for good, or is overtaken; and never blocks another."""

from datetime import timedelta

from healthmon.notify.courier import ANSWERED, AT_ONCE, Settled
from healthmon.notify.letter import Outcome, Try, Urgency
from tests.unit.notify.desk import AWAY, NO, TOOK, PostOffice, notice

MINUTE = timedelta(minutes=1)


def test_a_message_that_arrives_is_settled_once_with_its_channel() -> None:
    post = PostOffice()
    post.look(notice())
    post.answer(TOOK)

    first, second = post.look(notice()), post.look(notice())

    assert [(one.is_delivered, one.channel, one.attempts) for one in first] == [(True, "mailto", 1)]
    assert (second, len(post.flights)) == ([], 1)


def test_it_is_tried_again_after_growing_pauses() -> None:
    post = PostOffice()
    for _ in range(200):
        post.look(notice(), after=1.0)
        post.answer(AWAY)

    begun = post.started_at[0]

    assert [at - begun for at in post.started_at] == [0, 6, 22, 53, 114, 175]  # a second to hear of each


def test_after_ten_minutes_without_a_server_it_arrives_within_a_minute_of_its_return() -> None:
    post = PostOffice()
    while post.now < 600:
        assert post.look(notice(), after=1.0) == []
        post.answer(AWAY)
    settled: list[Settled] = []
    while not settled and post.now < 700:
        post.answer(TOOK)
        settled = post.look(notice(), after=1.0)

    assert [one.is_delivered for one in settled] == [True]
    assert post.now <= 600 + 62


def test_after_an_hour_it_is_given_up_and_says_why() -> None:
    post = PostOffice()
    settled: list[Settled] = []
    while not settled and post.now < 4_000:
        settled = post.look(notice(), after=5.0)
        post.answer(AWAY)

    assert [(one.is_delivered, one.reason) for one in settled] == [(False, "given-up:nobody-listens")]
    assert 3_600 <= post.now < 3_700


def test_a_server_that_refuses_three_times_is_believed() -> None:
    post = PostOffice()
    settled: list[Settled] = []
    while not settled and post.now < 100:
        settled = post.look(notice(), after=1.0)
        post.answer(NO)

    assert [(one.is_delivered, one.reason, one.attempts) for one in settled] == [(False, "smtp-535", 3)]


def test_a_server_that_refuses_once_while_it_restarts_is_tried_again() -> None:
    post = PostOffice()
    for answer in (NO, NO, AWAY, NO, NO):
        post.look(notice())
        post.answer(answer)
        assert post.look(notice()) == []
        post.now += 60
    post.look(notice())
    post.answer(TOOK)

    assert [one.is_delivered for one in post.look(notice())] == [True]


def test_a_server_that_hangs_keeps_no_other_contact_waiting() -> None:
    post = PostOffice()
    post.look(notice("m:1", "anna"))
    post.look(notice("m:1", "anna"), notice("m:2", "ben"))
    post.answer(TOOK)

    settled = post.look(notice("m:1", "anna"), notice("m:2", "ben"))

    assert [one.notice.contact for one in settled] == ["ben"]


def test_only_a_few_tries_run_at_once_and_the_urgent_begin() -> None:
    post = PostOffice()
    medium = [notice(f"m:{n}", f"c{n}", urgency=Urgency.MEDIUM) for n in range(6)]
    high = notice("h:1", "anna")
    post.look(*medium, high)

    assert len(post.flights) == AT_ONCE
    assert post.flights[0].letter.mark == "h:1"


def test_newer_news_of_the_same_alarm_overtake_what_has_not_arrived() -> None:
    post = PostOffice()
    old, new = notice("m:1"), notice("m:2", why="recovered", after=5 * MINUTE)
    post.look(old)
    post.answer(AWAY)
    post.look(old)
    post.look(old, new, after=60)
    sent = [flight.letter.mark for flight in post.flights]
    post.answer(TOOK)

    settled = post.look(old, new)

    assert sent == ["m:1", "m:2"]
    assert [(one.notice.cause, one.is_delivered, one.overtaken_by) for one in settled] == [
        ("m:2", True, ""),
        ("m:1", True, "m:2"),
    ]


def test_while_nothing_arrives_each_message_is_given_up_after_its_own_hour() -> None:
    post = PostOffice()
    old, new = notice("m:1"), notice("m:2", why="unanswered", after=50 * MINUTE)
    settled: list[Settled] = []
    while not settled and post.now < 4_000:
        settled = post.look(*((old,) if post.now < 3_000 else (old, new)), after=5.0)
        post.answer(AWAY)

    assert [(one.notice.cause, one.is_delivered, one.reason) for one in settled] == [
        ("m:1", False, "given-up:nobody-listens")
    ]


def test_a_server_that_refuses_one_message_is_not_asked_three_times_for_the_next() -> None:
    post = PostOffice()
    old, new = notice("m:1"), notice("m:2", why="unanswered", after=2 * MINUTE)
    for _ in range(2):
        post.look(old, after=60)
        post.answer(NO)
        post.look(old)
    post.look(old, new)
    post.answer(NO)

    assert [(one.notice.cause, one.reason) for one in post.look(old, new)] == [
        ("m:2", "smtp-535"),
        ("m:1", "smtp-535"),
    ]


def test_an_older_message_that_arrives_settles_no_newer_one() -> None:
    post = PostOffice()
    old, new = notice("m:1"), notice("m:2", why="unanswered", after=5 * MINUTE)
    post.look(old)
    post.look(old, new)
    post.flights[0].answer = (TOOK,)

    assert [one.notice.cause for one in post.look(old, new)] == ["m:1"]


def test_one_under_way_when_it_is_overtaken_shares_the_fate_of_the_newer() -> None:
    post = PostOffice()
    old, new = notice("m:1"), notice("m:2", why="unanswered", after=5 * MINUTE)
    post.look(old)
    post.look(old, new)
    post.flights[1].answer = (TOOK,)
    first = post.look(old, new)
    post.flights[0].answer = (AWAY,)

    second = post.look(old)

    assert [one.notice.cause for one in first] == ["m:2"]
    assert [(one.notice.cause, one.is_delivered, one.overtaken_by) for one in second] == [
        ("m:1", True, "m:2")
    ]
    assert len(post.flights) == 2


def test_other_alarms_and_other_contacts_overtake_nothing() -> None:
    post = PostOffice()
    post.look(notice("m:1"), notice("m:2", "ben"), notice("m:3", alarm="HR_HIGH_CRIT"))

    assert len(post.flights) == 3


def test_what_is_not_pending_any_more_is_not_tried_again() -> None:
    post = PostOffice()
    post.look(notice())
    post.answer(AWAY)
    post.look(notice())

    post.look(after=60)

    assert (len(post.flights), post.courier.is_idle) == (1, True)


def test_what_somebody_has_answered_asks_nobody_else_to_come() -> None:
    post = PostOffice()
    post.look(notice())
    post.answer(AWAY)
    post.look(notice())

    settled = post.courier.look([notice()], idle={"m:1": ANSWERED})

    assert [(one.is_delivered, one.reason) for one in settled] == [(False, "answered")]


def test_somebody_who_is_not_in_the_file_fails_within_half_a_minute() -> None:
    post = PostOffice(nobody=["anna"])
    settled: list[Settled] = []
    while not settled and post.now < 100:
        settled = post.look(notice(), after=1.0)

    assert [(one.is_delivered, one.reason) for one in settled] == [(False, "no-such-contact")]
    assert post.now < 30


def test_one_address_that_takes_it_is_enough_and_the_others_are_tried_twice_more() -> None:
    post = PostOffice(["mailto://one", "ntfy://two"])
    away = Try("ntfy", Outcome.AWAY, "timeout")
    settled: list[Settled] = []
    post.look(notice())
    post.answer(TOOK, away)
    while not settled and post.now < 100:
        settled = post.look(notice(), after=1.0)
        post.answer(away)

    assert [flight.letter.reach for flight in post.flights] == [
        ("mailto://one", "ntfy://two"),
        ("ntfy://two",),
        ("ntfy://two",),
    ]
    assert [(one.is_delivered, one.channel, one.attempts) for one in settled] == [(True, "mailto", 3)]


def test_one_address_that_takes_it_and_one_that_refuses_are_settled_at_once() -> None:
    post = PostOffice(["mailto://one", "ntfy://two"])
    post.look(notice())
    post.answer(TOOK, Try("ntfy", Outcome.REFUSED, "http-401"))

    assert [one.is_delivered for one in post.look(notice())] == [True]


def test_a_new_recorder_sends_again_what_has_no_outcome() -> None:
    before, after = PostOffice(), PostOffice()
    before.look(notice())
    before.courier.stop()

    after.look(notice())

    assert before.flights[0].is_ended
    assert [flight.letter.mark for flight in after.flights] == ["m:1"]
