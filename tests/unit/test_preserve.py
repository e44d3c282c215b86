"""State to bytes and back: sharing survives, and bytes may name nothing that does anything."""

import os
import pickle
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

import pytest

from healthmon import preserve
from healthmon.alarms.source import Source
from healthmon.alarms.states import Phase
from healthmon.events import Entry, Thing, wire
from healthmon.preserve import Preserved, PreserveError, PreserveReason, Rooms, pressed, unpressed

T = TypeVar("T")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROOMS = Rooms(["healthmon.events", "healthmon.alarms"])


def _calls(callable_: Callable[..., object], *arguments: object) -> bytes:
    class Bomb:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
            return callable_, arguments

    return pickle.dumps(Bomb(), protocol=5)


@pytest.mark.parametrize(
    "payload",
    [
        _calls(os.system, "true"),
        _calls(eval, "1"),
        _calls(getattr, "a", "upper"),
        _calls(wire.write, {}),
        _calls(preserve.pressed, b""),
        _calls(preserve.Rooms, []),
        b"chealthmon.events.event\nmsgspec.structs.replace\n.",
        b"\x80\x05\x8c\x10healthmon.alarms\x8c\x0csource.deque\x93.",
        b"cos.path\njoin\n.",
        b"chealthmon.cli.main\nmain\n.",
    ],
)
def test_bytes_that_name_anything_but_a_class_of_the_rooms_are_refused(payload: bytes) -> None:
    with pytest.raises(PreserveError) as refused:
        ROOMS.brought_back(Preserved(payload))

    assert refused.value.reason is PreserveReason.NOT_ALLOWED


@pytest.mark.parametrize("payload", [b"", b"nonsense", b"\x80\x05.", b"\x80\x05K"])
def test_bytes_that_are_no_state_are_refused(payload: bytes) -> None:
    with pytest.raises(PreserveError) as refused:
        ROOMS.brought_back(Preserved(payload))

    assert refused.value.reason is PreserveReason.NOT_A_STATE


def test_a_module_that_is_not_loaded_is_not_loaded_for_a_name() -> None:
    with pytest.raises(PreserveError):
        Rooms(["this_module_is_nowhere"]).brought_back(Preserved(b"cthis_module_is_nowhere\nThing\n."))


def test_a_function_in_a_state_is_refused_before_it_is_kept() -> None:
    with pytest.raises(PreserveError) as refused:
        ROOMS.kept({"act": lambda: None})

    assert refused.value.reason is PreserveReason.NOT_ALLOWED


def test_what_is_shared_stays_shared() -> None:
    source = Source("watch-7", NOON)

    one, other = _there_and_back([{"watch-7": source}, {"watch-7": source}])

    assert one["watch-7"] is other["watch-7"]


def test_every_kind_of_value_comes_back_as_it_was() -> None:
    entry = Entry(
        id="a", time=NOON, subject=Thing("WATCH", "w"), verb="MEASURES", object=Thing("HR"),
        context={"value": 70}, offset=3, received=NOON,
    )  # fmt: skip
    state = {
        "entry": entry,
        "phase": Phase.ACTIVE,
        "times": deque([NOON, NOON + timedelta(seconds=1)], maxlen=9),
        "order": OrderedDict(a=1),
        "zone": ZoneInfo("Europe/Berlin"),
        "fixed": MappingProxyType({Phase.CALM: 1.0}),
        "bytes": bytearray(b"\x00\xff"),
        "sets": ({1, 2}, frozenset({3})),
    }

    assert _there_and_back(state) == state


def test_a_flipped_bit_is_noticed() -> None:
    small = bytearray(pressed(b"a state " * 100))
    small[-3] ^= 1

    with pytest.raises(PreserveError) as refused:
        unpressed(bytes(small))

    assert refused.value.reason is PreserveReason.DAMAGED


@pytest.mark.parametrize("cut", [0, 10, 40])
def test_a_cut_state_is_noticed(cut: int) -> None:
    small = pressed(b"a state " * 100)[:cut]

    with pytest.raises(PreserveError):
        unpressed(small)


def test_a_bomb_is_refused_before_it_takes_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preserve, "LARGEST", 1_000)
    small = pressed(bytes(1_001))

    with pytest.raises(PreserveError) as refused:
        unpressed(small)

    assert refused.value.reason is PreserveReason.TOO_LARGE


def test_something_similar_makes_it_much_smaller() -> None:
    first = bytes(os.urandom(20_000))
    second = first + b"and ten minutes more"

    small = pressed(second, like=first)

    assert len(small) < 200
    assert unpressed(small, like=first) == second


def test_without_what_it_is_like_it_is_not_taken_for_whole() -> None:
    first = bytes(os.urandom(20_000))

    with pytest.raises(PreserveError):
        unpressed(pressed(first + b"more", like=first), like=first[::-1])


def _there_and_back(state: T) -> T:
    return cast("T", ROOMS.brought_back(ROOMS.kept(state)))
