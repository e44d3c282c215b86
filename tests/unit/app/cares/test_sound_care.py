"""The recorder asks its player for the right sound, and notices one that hangs."""

from dataclasses import dataclass, field

from healthmon.app.cares.sound_care import (
    AGAIN_AFTER,
    LIVES_EVERY,
    LIVES_FOR,
    SILENT_FOR,
    STARTS_IN,
    SoundCare,
)
from healthmon.settings import SoundSettings
from healthmon.sound import BURSTS, Family, SoundState, Told, Urgency
from healthmon.sound.guard import STANDS_STILL

HIGH = BURSTS[Urgency.HIGH, Family.OXYGEN]
WORKS = Told(SoundState.WORKS, "Built-in")


@dataclass
class FakePlayer:
    heard: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)
    has_ended: bool = False
    is_left: bool = False
    is_gone: bool = False

    def send(self, text: str) -> bool:
        self.heard.append(text.strip())
        return True

    def receive(self) -> list[str]:
        said, self.says = self.says, []
        return said

    def end(self) -> None:
        self.has_ended = True

    def leave(self) -> None:
        self.is_left = True


@dataclass
class Room:
    now: float = 0.0
    players: list[FakePlayer] = field(default_factory=list)
    fails: bool = False

    def start(self, settings: SoundSettings) -> FakePlayer:
        if self.fails:
            raise OSError("no process")
        self.players.append(FakePlayer())
        return self.players[-1]

    def care(self, output: str = "auto") -> SoundCare:
        return SoundCare(SoundSettings(output=output), self.start, now=lambda: self.now)


def test_an_alarm_is_asked_for_once_and_so_is_silence() -> None:
    room = Room()
    care = room.care()
    for wanted in (None, HIGH, HIGH, HIGH, None, None):
        care.look_after(wanted)
    assert room.players[0].heard == ["sound high oxygen", "quiet"]


def test_how_the_sound_is_is_told_when_it_changes() -> None:
    room = Room()
    care = room.care()
    assert care.look_after(None) is None
    told = []
    for line in ("works Built-in", "works Built-in", "no-device nothing there", "works Built-in"):
        room.players[0].says = [line]
        news = care.look_after(None)
        told += [news.context()] if news is not None else []
    assert told == [
        {"value": "works", "reason": "Built-in"},
        {"value": "no-device", "reason": "nothing there"},
        {"value": "works", "reason": "Built-in"},
    ]


def test_a_player_that_hangs_is_told_replaced_and_asked_for_the_alarm_again_within_ten_seconds() -> None:
    room = Room()
    care = room.care()
    care.look_after(HIGH)
    room.players[0].says = ["works Built-in"]
    care.look_after(HIGH)
    told = []
    while len(room.players) < 2 and room.now < 60:
        room.now += 0.25
        news = care.look_after(HIGH)
        told += [news.told.state] if news is not None else []
    assert told == [SoundState.FAILED]
    assert room.players[0].has_ended
    assert room.players[1].heard == ["sound high oxygen"]
    assert room.now <= 10
    assert SILENT_FOR + AGAIN_AFTER < 10


def test_a_player_that_is_killed_is_replaced_at_once_and_nobody_is_told() -> None:
    room = Room()
    care = room.care()
    care.look_after(HIGH, is_monitored=True)
    room.players[0].says = ["works Built-in"]
    care.look_after(HIGH, is_monitored=True)
    room.players[0].is_gone = True
    assert care.look_after(HIGH, is_monitored=True) is None
    assert room.players[0].has_ended
    assert room.players[1].heard == ["sound high oxygen", "monitored"]


def test_one_that_is_killed_again_soon_is_told_and_one_that_is_killed_later_is_not() -> None:
    told = []
    for lasts in (LIVES_FOR - 1, LIVES_FOR + 1):
        room = Room()
        care = room.care()
        for number in range(2):
            care.look_after(HIGH)
            room.players[number].says = ["works Built-in"]
            care.look_after(HIGH)
            room.players[number].is_gone = True
            news = care.look_after(HIGH)
            room.now += lasts
            if len(room.players) > number + 1:
                room.players[-1].says = ["works Built-in"]
                care.look_after(HIGH)
        told.append(None if news is None else news.told.state)
    assert told == [SoundState.FAILED, None]


def test_one_that_is_gone_before_its_first_word_is_told() -> None:
    room = Room()
    care = room.care()
    care.look_after(HIGH)
    room.players[0].is_gone = True
    news = care.look_after(HIGH)
    assert news is not None
    assert news.told.state is SoundState.FAILED


def test_a_player_may_take_its_time_for_its_first_word() -> None:
    room = Room()
    care = room.care()
    care.look_after(None)
    room.now = STARTS_IN - 1
    assert care.look_after(None) is None
    room.now = STARTS_IN + 1
    news = care.look_after(None)
    assert news is not None
    assert news.told.state is SoundState.FAILED


def test_a_machine_without_room_for_a_player_is_asked_again() -> None:
    room = Room(fails=True)
    care = room.care()
    care.look_after(HIGH)
    room.fails, room.now = False, AGAIN_AFTER + 0.1
    care.look_after(HIGH)
    assert room.players[0].heard == ["sound high oxygen"]


def test_who_wants_no_sound_has_no_player_and_is_told_so_once() -> None:
    room = Room()
    care = room.care("none")
    news = care.look_after(HIGH)
    assert news is not None
    assert news.context() == {"value": "off"}
    assert care.look_after(HIGH) is None
    assert room.players == []


def test_a_test_is_passed_on() -> None:
    room = Room()
    care = room.care()
    care.look_after(None, is_test=True)
    assert room.players[0].heard == ["test"]


def test_that_somebody_is_monitored_is_said_again_and_again_and_its_end_once() -> None:
    room = Room()
    care = room.care()
    for now in range(12):
        room.now = float(now)
        care.look_after(None, is_monitored=now < 8)
    assert room.players[0].heard == ["monitored", "monitored", "unmonitored"]
    assert LIVES_EVERY * 3 < STANDS_STILL


def test_a_player_that_is_replaced_is_told_to_end_and_its_successor_that_somebody_is_monitored() -> None:
    room = Room()
    care = room.care()
    care.look_after(None, is_monitored=True)
    for room.now in (STARTS_IN + 1, STARTS_IN + AGAIN_AFTER + 2):
        care.look_after(None, is_monitored=True)
    assert room.players[0].heard[-1] == "bye"
    assert room.players[1].heard == ["monitored"]


def test_an_error_says_no_goodbye_and_a_stop_does() -> None:
    died, stopped = Room(), Room()
    for room, end in ((died, SoundCare.abandon), (stopped, SoundCare.stop)):
        care = room.care()
        care.look_after(None)
        end(care)
    assert (died.players[0].heard, died.players[0].is_left) == ([], True)
    assert (stopped.players[0].heard, stopped.players[0].has_ended) == (["bye"], True)
