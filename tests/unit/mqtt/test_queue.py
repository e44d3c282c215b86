"""What waits between network and recorder: in order, bounded in messages and in bytes, awake when called."""

import threading
from itertools import chain

from healthmon.events import Message
from healthmon.mqtt.queue import Queue, Room


def messages(*payloads: bytes) -> list[Message]:
    return [Message("a", payload) for payload in payloads]


def test_pieces_come_out_in_order_whatever_is_asked_for() -> None:
    queue = Queue(Room())
    for piece in (messages(b"1", b"2", b"3"), messages(b"4"), messages(b"5", b"6")):
        queue.put(piece)

    taken = [queue.take(2, 0.0), queue.take(3, 0.0), queue.take(9, 0.0), queue.take(9, 0.0)]

    assert [message.payload for message in chain(*taken)] == [b"1", b"2", b"3", b"4", b"5", b"6"]
    assert [len(piece) for piece in taken] == [2, 3, 1, 0]
    assert queue.depth == 0


def test_there_is_room_for_so_many_messages() -> None:
    queue = Queue(Room(messages=3))
    queue.put(messages(b"1", b"2"))
    before = queue.left
    queue.put(messages(b"3"))

    assert (before, queue.left) == (1, 0)


def test_there_is_room_for_so_many_bytes() -> None:
    queue = Queue(Room(bytes=1000))
    queue.put(messages(b"x" * 600))
    half = queue.left
    queue.put(messages(b"x" * 600))
    full = queue.left
    queue.take(1, 0.0)

    assert half > 0
    assert full == 0
    assert queue.left > 0


def test_a_call_ends_the_wait_of_whoever_waits_next() -> None:
    queue = Queue(Room())
    queue.wake()

    assert queue.take(1, 60.0) == []


def test_who_waits_gets_what_comes() -> None:
    queue = Queue(Room())
    taken: list[Message] = []
    waiting = threading.Thread(target=lambda: taken.extend(queue.take(9, 20.0)))
    waiting.start()
    queue.put(messages(b"1"))
    waiting.join()

    assert [message.payload for message in taken] == [b"1"]
