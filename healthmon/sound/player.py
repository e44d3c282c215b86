"""This is the place for the player: what is asked for is played again and again until told otherwise.

It is a process of its own, started by the recorder (`python -m healthmon.sound`): an output that hangs hangs
nobody else, and a recorder that waits for its disk goes on sounding. It ends with `bye`, or when the recorder
is gone.
"""

from collections.abc import Callable
from typing import Final

from healthmon.errors import HealthmonError
from healthmon.sound.bursts import BURSTS, Burst, Family, Urgency
from healthmon.sound.output import Output, OutputError, Playing
from healthmon.sound.talk import Said, SoundState, Told

LOOKS_EVERY: Final = 4.0  # seconds between two looks at the outputs: a lost one is told within 10
LATE: Final = 1.5  # seconds after a burst should have been taken: then the output does not work
TESTED: Final = (Urgency.HIGH, Urgency.MEDIUM)  # what a test plays, one after the other
BETWEEN_TESTS: Final = 1.0
TESTS_ITSELF_EVERY: Final = 600.0  # seconds; an output that failed is tried at every look


class Player:
    """One loudspeaker and what is to be heard. One thread; `turn` is called several times a second.

    `wav_of` gives a burst's file; `preferred` is a part of an output's name, empty for the usual one.
    """

    def __init__(
        self,
        output: Output,
        wav_of: Callable[[Burst], bytes],
        *,
        preferred: str = "",
        volume: float = 1.0,
    ) -> None:
        self._output = output
        self._wav_of = wav_of
        self._preferred = preferred
        self._volume = volume
        self._wanted: Burst | None = None
        self._tests: list[Burst] = []
        self._playing: tuple[Playing, Burst, float] | None = None
        self._next_burst = 0.0
        self._next_look = 0.0
        self._next_test = 0.0
        self._name = ""
        self.told = Told(SoundState.NO_DEVICE)

    def hear(self, said: Said, burst: Burst | None, now: float) -> None:
        """What the recorder asks for. A more urgent sound does not wait until the last one is over."""
        if said is Said.TEST:
            self._tests = [BURSTS[urgency, Family.GENERAL] for urgency in TESTED]
            self._next_burst = min(self._next_burst, now)
        elif burst != self._wanted:
            self._wanted = burst
            self._end()
            self._next_burst = now

    def turn(self, now: float) -> Told:
        """Look, listen whether it moves on, begin the next burst when it is time. Tells how the sound is."""
        if now >= self._next_look:
            self._next_look = now + LOOKS_EVERY
            self._look()
            self._test_itself(now)
        self._listen(now)
        if self._playing is None and now >= self._next_burst:
            self._begin(now)
        return self.told

    def stop(self) -> None:
        """Silence."""
        self._end()

    def _test_itself(self, now: float) -> None:
        """Play something nobody hears: whether the output takes what it is given."""
        is_time = now >= self._next_test or self.told.state is SoundState.FAILED
        if self._name and is_time and self._playing is None:
            self._next_test = now + TESTS_ITSELF_EVERY
            self._play(BURSTS[Urgency.LOW, Family.GENERAL], now, volume=0.0)

    def _look(self) -> None:
        names = self._output.names()
        chosen = next((name for name in names if self._preferred.lower() in name.lower()), None)
        self._name = chosen or (names[0] if names else "")
        if not names:
            self._end()
            self.told = Told(SoundState.NO_DEVICE, "no output that anybody could hear")
        elif chosen is None:
            self.told = Told(SoundState.NO_DEVICE, f"no {self._preferred}; sounding on {self._name}")
        elif self.told.state is SoundState.NO_DEVICE:
            self.told = Told(SoundState.WORKS, self._name)

    def _listen(self, now: float) -> None:
        if self._playing is None:
            return
        playing, burst, begun = self._playing
        if playing.played >= 1.0:
            self._end()
            if self._name:
                self.told = Told(SoundState.WORKS, self._name) if self._is_preferred() else self.told
        elif now - begun > burst.lasts + LATE:
            self._end()
            self.told = Told(SoundState.FAILED, f"{self._name} does not take what is played")

    def _begin(self, now: float) -> None:
        burst = self._tests.pop(0) if self._tests else self._wanted
        if burst is None or not self._name:
            return
        self._play(burst, now, volume=self._volume)
        if self._tests or burst is not self._wanted:
            self._next_burst = now + burst.lasts + BETWEEN_TESTS
        elif burst.again_after is None:
            self._wanted = None
        else:
            self._next_burst = now + burst.again_after

    def _play(self, burst: Burst, now: float, *, volume: float) -> None:
        try:
            self._playing = (self._output.play(self._wav_of(burst), self._name, volume), burst, now)
        except (OutputError, OSError, HealthmonError) as error:
            self.told = Told(SoundState.FAILED, str(error))

    def _end(self) -> None:
        playing, self._playing = self._playing, None
        if playing is not None:
            playing[0].stop()

    def _is_preferred(self) -> bool:
        return self._preferred.lower() in self._name.lower()
