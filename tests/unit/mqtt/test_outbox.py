"""What a carer did is kept until the log has it, whatever dies in between."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from healthmon.clock import TurnedClock
from healthmon.events import Event, Thing
from healthmon.mqtt import MqttError, MqttReason, Outbox
from healthmon.mqtt.outbox import AGAIN

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def acknowledgement(number: int) -> Event:
    return Event(
        id=f"window:b/../{number}",
        time=NOON,
        subject=Thing("CAREGIVER", "anna"),
        verb="ACKNOWLEDGES",
        object=Thing("ALARM", "SPO2_CRIT"),
        context={"person": "maria", "episode": f"e{number}"},
    )


class Wire:
    """Takes what is published, or not, and remembers what was on disk at that moment."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.takes = True
        self.said: list[str] = []
        self.files_then: list[int] = []

    def __call__(self, event: Event) -> bool:
        self.files_then.append(len(list(self._folder.glob("*.json"))))
        if self.takes:
            self.said.append(event.id)
        return self.takes


@pytest.fixture
def wire(tmp_path: Path) -> Wire:
    return Wire(tmp_path)


@pytest.fixture
def clock() -> TurnedClock:
    return TurnedClock(NOON)


def opened(folder: Path, wire: Wire, clock: TurnedClock) -> Outbox:
    return Outbox(folder, wire, clock=clock)


def test_it_is_on_disk_before_it_is_said(tmp_path: Path, wire: Wire, clock: TurnedClock) -> None:
    opened(tmp_path, wire, clock).put(acknowledgement(1))

    assert wire.files_then == [1]
    assert wire.said == [acknowledgement(1).id]


def test_it_waits_until_it_comes_back_through_the_log(tmp_path: Path, wire: Wire, clock: TurnedClock) -> None:
    outbox = opened(tmp_path, wire, clock)
    outbox.put(acknowledgement(1))
    waiting = [(parcel.event, parcel.since) for parcel in outbox.pending()]

    assert waiting == [(acknowledgement(1), NOON)]
    assert outbox.settle(acknowledgement(1).id)
    assert outbox.pending() == ()
    assert list(tmp_path.glob("*.json")) == []


def test_what_is_none_of_ours_settles_nothing(tmp_path: Path, wire: Wire, clock: TurnedClock) -> None:
    outbox = opened(tmp_path, wire, clock)
    outbox.put(acknowledgement(1))

    assert not outbox.settle("somebody else's")
    assert len(outbox.pending()) == 1


def test_after_a_restart_all_of_it_is_said_again_with_the_same_ids_in_order(
    tmp_path: Path, wire: Wire, clock: TurnedClock
) -> None:
    before = opened(tmp_path, wire, clock)
    for number in range(12):
        before.put(acknowledgement(number))
    before.settle(acknowledgement(3).id)
    wire.said.clear()

    again = opened(tmp_path, wire, clock)

    assert again.resend() == 11
    assert wire.said == [acknowledgement(n).id for n in range(12) if n != 3]
    assert [parcel.event for parcel in again.pending()] == [acknowledgement(n) for n in range(12) if n != 3]


def test_what_is_new_after_a_restart_comes_after_what_is_old(
    tmp_path: Path, wire: Wire, clock: TurnedClock
) -> None:
    opened(tmp_path, wire, clock).put(acknowledgement(1))
    opened(tmp_path, wire, clock).put(acknowledgement(2))

    last = opened(tmp_path, wire, clock)

    assert [parcel.event.id[-1] for parcel in last.pending()] == ["1", "2"]


def test_what_could_not_be_handed_over_is_tried_at_the_next_call(
    tmp_path: Path, wire: Wire, clock: TurnedClock
) -> None:
    wire.takes = False
    outbox = opened(tmp_path, wire, clock)
    outbox.put(acknowledgement(1))
    wire.takes = True

    assert [outbox.resend(), outbox.resend()] == [1, 0]
    assert wire.said == [acknowledgement(1).id]


def test_what_does_not_come_back_is_said_again_after_a_minute(
    tmp_path: Path, wire: Wire, clock: TurnedClock
) -> None:
    outbox = opened(tmp_path, wire, clock)
    outbox.put(acknowledgement(1))
    clock.turn(AGAIN - timedelta(seconds=1))
    soon = outbox.resend()
    clock.turn(timedelta(seconds=1))

    assert (soon, outbox.resend(), outbox.resend()) == (0, 1, 0)


def test_after_a_restart_of_the_recorder_everything_may_be_said_again(
    tmp_path: Path, wire: Wire, clock: TurnedClock
) -> None:
    outbox = opened(tmp_path, wire, clock)
    outbox.put(acknowledgement(1))

    assert outbox.resend(everything=True) == 1


def test_the_same_thing_put_twice_is_kept_once(tmp_path: Path, wire: Wire, clock: TurnedClock) -> None:
    outbox = opened(tmp_path, wire, clock)
    outbox.put(acknowledgement(1))
    outbox.put(acknowledgement(1))

    assert len(outbox.pending()) == len(list(tmp_path.glob("*.json"))) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[]", b'{"since": "2026-11-22T12:00:00Z"}', b'{"event": 1, "since": "x"}'],
)
def test_a_damaged_file_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, wire: Wire, clock: TurnedClock, content: bytes
) -> None:
    opened(tmp_path, wire, clock).put(acknowledgement(1))
    (tmp_path / "00000000-broken.json").write_bytes(content)

    outbox = opened(tmp_path, wire, clock)

    assert [parcel.event for parcel in outbox.pending()] == [acknowledgement(1)]
    assert [path.read_bytes() for path in outbox.damaged] == [content]
    assert opened(tmp_path, wire, clock).damaged == ()


def test_a_torn_write_is_not_taken_for_a_parcel(tmp_path: Path, wire: Wire, clock: TurnedClock) -> None:
    (tmp_path / "00000001-0.new").write_bytes(b'{"event')

    assert opened(tmp_path, wire, clock).pending() == ()


def test_a_file_with_a_name_of_its_own_is_set_aside(tmp_path: Path, wire: Wire, clock: TurnedClock) -> None:
    opened(tmp_path, wire, clock).put(acknowledgement(1))
    (kept,) = tmp_path.glob("*.json")
    kept.rename(tmp_path / "notes.json")

    outbox = opened(tmp_path, wire, clock)

    assert outbox.pending() == ()
    assert [path.name for path in outbox.damaged] == ["notes.json"]


def test_what_cannot_be_kept_is_not_said_either(
    tmp_path: Path, wire: Wire, clock: TurnedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = opened(tmp_path, wire, clock)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MqttError, match=r"nobody was told; .*free some space.*No space left") as refused:
        outbox.put(acknowledgement(1))

    assert refused.value.reason is MqttReason.NOT_KEPT
    assert (wire.said, outbox.pending(), list(tmp_path.iterdir())) == ([], (), [])


def test_what_a_carer_did_is_nobody_elses_to_read(tmp_path: Path, wire: Wire, clock: TurnedClock) -> None:
    opened(tmp_path, wire, clock).put(acknowledgement(1))

    (kept,) = tmp_path.glob("*.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
