"""A socket with memory: the same bytes in the same order, in fewer calls."""

import random
import socket
import threading
from collections.abc import Iterator

import pytest

from healthmon.mqtt.buffered_socket import BufferedSocket


@pytest.fixture
def ends() -> Iterator[tuple[BufferedSocket, socket.socket]]:
    """A buffered end and the other."""
    ours, theirs = socket.socketpair()
    ours.settimeout(0)
    theirs.settimeout(10)
    with ours, theirs:
        yield BufferedSocket(ours), theirs


Ends = tuple[BufferedSocket, socket.socket]


def test_reading_before_anything_came_would_block(ends: Ends) -> None:
    ours, _ = ends
    ours.fill()

    assert not ours.has_unread
    with pytest.raises(BlockingIOError):
        ours.recv(1)


def test_bytes_come_out_as_they_went_in_whatever_the_pieces(ends: Ends) -> None:
    ours, theirs = ends
    dice = random.Random(7)
    sent, got = dice.randbytes(100_000), b""

    for start in range(0, len(sent), 10_000):
        theirs.sendall(sent[start : start + 10_000])
        ours.fill()
        while ours.has_unread and dice.random() < 0.999:
            got += ours.recv(dice.randrange(1, 100))
    while ours.has_unread:
        got += ours.recv(4096)

    assert got == sent


def test_the_end_is_told_after_the_last_byte(ends: Ends) -> None:
    ours, theirs = ends
    theirs.sendall(b"last")
    theirs.close()
    ours.fill()
    ours.fill()

    assert [ours.recv(100), ours.recv(100)] == [b"last", b""]


def test_nothing_is_sent_before_the_flush_and_then_all_of_it(ends: Ends) -> None:
    ours, theirs = ends
    theirs.settimeout(0)
    ours.send(b"one")
    ours.send(b"two")
    with pytest.raises(BlockingIOError):
        theirs.recv(1)

    ours.flush()

    assert theirs.recv(100) == b"onetwo"
    assert not ours.has_unsent


def test_what_the_network_does_not_take_now_waits(ends: Ends) -> None:
    ours, theirs = ends
    sent = random.Random(7).randbytes(3 << 20)
    ours.send(sent)
    ours.flush()
    waited, got = ours.has_unsent, b""

    while len(got) < len(sent):
        got += theirs.recv(1 << 20)
        ours.flush()

    assert waited
    assert got == sent


def test_far_too_much_unsent_is_not_taken(ends: Ends) -> None:
    ours, _ = ends
    ours.send(b"x" * (5 << 20))

    with pytest.raises(BlockingIOError):
        ours.send(b"y")


def test_a_broken_connection_shows_when_reading_and_not_when_flushing(ends: Ends) -> None:
    ours, theirs = ends
    theirs.close()
    ours.send(b"x")
    ours.flush()

    assert ours.has_unread
    assert ours.recv(1) == b""


def test_leaving_sends_what_waits(ends: Ends) -> None:
    ours, theirs = ends
    ours.send(b"bye")
    ours.close()

    assert theirs.recv(100) == b"bye"


def test_who_is_left_while_still_speaking_reads_all_of_it_and_an_orderly_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        here = socket.create_connection(door.getsockname())
        theirs, _ = door.accept()
    here.settimeout(0)
    theirs.settimeout(10)
    with here, theirs:
        ours = BufferedSocket(here)
        theirs.sendall(b"never read")
        ours.send(b"bye")
        leaving = threading.Thread(target=ours.close)
        leaving.start()
        read = [theirs.recv(100), theirs.recv(100)]
        theirs.close()
        leaving.join()

    assert read == [b"bye", b""]
