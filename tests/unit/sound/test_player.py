"""The player plays what is asked for, again and again, and notices an output that is lost."""

from dataclasses import dataclass, field

from healthmon.sound import BURSTS, Family, SoundState, Urgency
from healthmon.sound.output import OutputError
from healthmon.sound.player import LOOKS_EVERY, Player
from healthmon.sound.talk import Said

HIGH = BURSTS[Urgency.HIGH, Family.HEART]
OXYGEN = BURSTS[Urgency.HIGH, Family.OXYGEN]
MEDIUM = BURSTS[Urgency.MEDIUM, Family.HEART]
LOW = BURSTS[Urgency.LOW, Family.HEART]


@dataclass
class Sounding:
    """A burst that the fake loudspeaker was given; it is taken at once unless the loudspeaker is stuck."""

    speaker: "Speaker"
    stopped: bool = False

    @property
    def played(self) -> float:
        return 0.2 if self.speaker.is_stuck else 1.0

    def stop(self) -> None:
        self.stopped = True


@dataclass
class Speaker:
    """A loudspeaker made of a list. Silent self-tests are not noted."""

    outputs: list[str] = field(default_factory=lambda: ["Built-in"])
    is_stuck: bool = False
    refuses: bool = False
    played: list[tuple[str, str]] = field(default_factory=list)
    last: Sounding | None = None

    def names(self) -> list[str]:
        return list(self.outputs)

    def play(self, wav: bytes, name: str, volume: float) -> Sounding:
        if self.refuses:
            raise OutputError("busy")
        if volume > 0:
            self.played.append((wav.decode(), name))
        self.last = Sounding(self)
        return self.last


def player(speaker: Speaker, preferred: str = "") -> Player:
    return Player(speaker, lambda burst: burst.name.encode(), preferred=preferred)


def turned(one: Player, begin: float, end: float) -> list[SoundState]:
    """Turn ten times a second; the states it tells."""
    return [one.turn(begin + n / 10).state for n in range(round((end - begin) * 10))]


def test_a_high_alarm_sounds_at_once_and_every_ten_seconds() -> None:
    speaker = Speaker()
    one = player(speaker)
    turned(one, 0, 1)
    one.hear(Said.SOUND, HIGH, 1.0)
    turned(one, 1, 30.5)
    assert speaker.played == [("high-heart", "Built-in")] * 3


def test_a_medium_alarm_sounds_every_twenty_five_seconds_and_a_low_one_once() -> None:
    speaker = Speaker()
    one = player(speaker)
    one.hear(Said.SOUND, MEDIUM, 0.0)
    turned(one, 0, 60)
    one.hear(Said.SOUND, LOW, 60.0)
    turned(one, 60, 120)
    assert [name for name, _ in speaker.played] == ["medium-heart"] * 3 + ["low-heart"]


def test_asking_again_for_the_same_sound_does_not_begin_it_anew() -> None:
    speaker = Speaker()
    one = player(speaker)
    for n in range(50):
        one.hear(Said.SOUND, HIGH, n / 10)
        one.turn(n / 10)
    assert len(speaker.played) == 1


def test_a_more_urgent_alarm_does_not_wait_for_the_end_of_the_last_burst() -> None:
    speaker = Speaker(is_stuck=True)
    one = player(speaker)
    one.hear(Said.SOUND, MEDIUM, 0.0)
    turned(one, 0, 1.0)
    before = speaker.last
    one.hear(Said.SOUND, OXYGEN, 1.0)
    turned(one, 1.0, 1.2)
    assert before is not None
    assert before.stopped
    assert [name for name, _ in speaker.played][-1] == "high-oxygen"


def test_quiet_is_quiet() -> None:
    speaker = Speaker()
    one = player(speaker)
    one.hear(Said.SOUND, HIGH, 0.0)
    turned(one, 0, 2)
    one.hear(Said.QUIET, None, 2.0)
    turned(one, 2, 40)
    assert len(speaker.played) == 1


def test_a_test_plays_a_high_and_a_medium_burst_once_and_an_alarm_goes_on_after_it() -> None:
    speaker = Speaker()
    one = player(speaker)
    turned(one, 0, 1)
    one.hear(Said.TEST, None, 1.0)
    turned(one, 1, 15)
    one.hear(Said.SOUND, HIGH, 15.0)
    turned(one, 15, 16)
    assert [name for name, _ in speaker.played] == ["high-general", "medium-general", "high-heart"]


def test_a_lost_output_is_told_within_ten_seconds_and_its_return_too() -> None:
    speaker = Speaker()
    one = player(speaker)
    assert turned(one, 0, 5)[-1] is SoundState.WORKS
    speaker.outputs = []
    states = turned(one, 5, 15)
    assert SoundState.NO_DEVICE in states
    assert states[-1] is SoundState.NO_DEVICE
    speaker.outputs = ["USB"]
    assert turned(one, 15, 15 + 2 * LOOKS_EVERY)[-1] is SoundState.WORKS


def test_an_output_that_takes_nothing_is_told_within_ten_seconds_and_tried_again() -> None:
    speaker = Speaker()
    one = player(speaker)
    turned(one, 0, 5)
    speaker.is_stuck = True
    one.hear(Said.SOUND, HIGH, 5.0)
    assert SoundState.FAILED in turned(one, 5, 15)
    speaker.is_stuck = False
    assert turned(one, 15, 25)[-1] is SoundState.WORKS


def test_an_output_that_failed_is_found_to_work_again_while_nothing_sounds() -> None:
    speaker = Speaker(refuses=True)
    one = player(speaker)
    assert turned(one, 0, 5)[-1] is SoundState.FAILED
    speaker.refuses = False
    assert turned(one, 5, 15)[-1] is SoundState.WORKS


def test_a_preferred_output_that_is_missing_is_told_and_another_one_sounds() -> None:
    speaker = Speaker()
    one = player(speaker, preferred="Bedroom")
    one.hear(Said.SOUND, HIGH, 0.0)
    states = turned(one, 0, 5)
    assert states[-1] is SoundState.NO_DEVICE
    assert speaker.played == [("high-heart", "Built-in")]


def test_sound_that_nobody_asked_for_is_never_heard() -> None:
    speaker = Speaker()
    turned(player(speaker), 0, 700)
    assert speaker.played == []
