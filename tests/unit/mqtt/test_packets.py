"""PUBLISH packets taken apart many at a time are what they would be one at a time, at any cut."""

import pytest

from healthmon.mqtt import packets
from tests.unit.mqtt.scripted_broker import length

CONNACK = b"\x20\2\0\0"


def publish(topic: bytes, payload: bytes, packet: int, flags: int = 0x32) -> bytes:
    numbered = packet.to_bytes(2, "big") if flags & 6 else b""
    body = len(topic).to_bytes(2, "big") + topic + numbered + payload
    return bytes([flags]) + length(len(body)) + body


SEVERAL = [
    (b"a", b"", 1, 0x32),
    (b"a/b", b"x" * 200, 65535, 0x3A),
    (b"a/c", b"y" * 70_000, 0, 0x31),
    (b"", b"z", 7, 0x32),
]


def test_packets_come_out_as_they_went_in() -> None:
    chunk = b"junk" + b"".join(publish(*one) for one in SEVERAL)

    found, end = packets.publishes(chunk, 4, 100)

    assert (found, end) == (SEVERAL, len(chunk))


def test_half_a_packet_waits_for_its_other_half() -> None:
    whole = publish(*SEVERAL[1])

    for cut in range(len(whole)):
        assert packets.publishes(whole[:cut], 0, 100) == ([], 0)
        assert packets.whole(whole[:cut], 0) == 0
    assert packets.whole(whole, 0) == len(whole)


def test_anything_else_is_left_alone() -> None:
    first = publish(*SEVERAL[0])

    assert packets.publishes(first + CONNACK + first, 0, 100) == ([SEVERAL[0]], len(first))


def test_no_more_are_taken_than_asked_for() -> None:
    first = publish(*SEVERAL[0])

    assert packets.publishes(first * 3, 0, 2) == ([SEVERAL[0]] * 2, 2 * len(first))


@pytest.mark.parametrize(
    "bytes_", [b"\x32\0", b"\x32\1\0", b"\x32\3\0\5a", b"\x32\3\0\1a", b"\x32\xff\xff\xff\xff\1"]
)
def test_what_is_no_packet_is_refused(bytes_: bytes) -> None:
    with pytest.raises(OSError, match="it sent"):
        packets.publishes(bytes_, 0, 1)


def test_an_acknowledgement_names_its_packet() -> None:
    assert packets.acknowledgements([1, 0x1234]) == b"\x40\2\0\1\x40\2\x12\x34"
