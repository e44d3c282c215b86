"""Which message a receipt means, whatever the broker does with packet ids and however often it repeats."""

from healthmon.mqtt.unsettled import Unsettled


def test_a_receipt_acknowledges_its_packet_once() -> None:
    ours = Unsettled()
    one, two = ours.receive(11, mark=1), ours.receive(12, mark=2)

    assert list(ours.settle([two, one, one, 99])) == [12, 11]


def test_what_is_held_is_known_again_in_its_packet() -> None:
    ours = Unsettled()
    ours.receive(11, mark=1)

    assert ours.again(11, mark=1) is True


def test_what_was_just_acknowledged_is_known_again() -> None:
    ours = Unsettled()
    list(ours.settle([ours.receive(11, mark=1)]))

    assert ours.again(11, mark=1) is False
    assert ours.again(11, mark=2) is None


def test_after_a_reconnect_what_is_held_keeps_its_receipt_in_its_new_packet() -> None:
    ours = Unsettled()
    receipt = ours.receive(11, mark=1)
    ours.forget()
    waited = ours.waits

    assert (waited, ours.again(1, mark=1), ours.waits) == (True, True, False)
    assert list(ours.settle([receipt])) == [1]


def test_after_a_reconnect_what_was_acknowledged_is_acknowledged_again() -> None:
    ours = Unsettled()
    list(ours.settle([ours.receive(11, mark=1)]))
    ours.forget()

    assert ours.again(1, mark=1) is False


def test_a_receipt_from_before_a_reconnect_waits_for_its_message() -> None:
    ours = Unsettled()
    receipt = ours.receive(11, mark=1)
    ours.forget()
    other = ours.receive(11, mark=2)

    assert list(ours.settle([receipt])) == []
    assert ours.again(12, mark=1) is False  # so it is acknowledged as soon as it has a packet
    assert list(ours.settle([other])) == [11]


def test_two_that_look_alike_are_two() -> None:
    ours = Unsettled()
    ours.receive(11, mark=1)
    ours.receive(12, mark=1)
    ours.forget()

    assert [ours.again(1, mark=1), ours.again(2, mark=1), ours.again(3, mark=1)] == [True, True, None]


def test_once_something_held_came_again_nothing_new_is_taken_for_what_was_safe() -> None:
    ours = Unsettled()
    list(ours.settle([ours.receive(11, mark=1)]))
    ours.receive(12, mark=2)
    ours.forget()

    assert [ours.again(1, mark=2), ours.again(2, mark=1)] == [True, None]


def test_each_that_was_acknowledged_is_known_again_once() -> None:
    ours = Unsettled()
    list(ours.settle([ours.receive(11, mark=1)]))
    ours.forget()

    assert [ours.again(1, mark=1), ours.again(2, mark=1)] == [False, None]
