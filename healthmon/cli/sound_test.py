"""`healthmon sound test`: what an alarm sounds like on this machine, and what its own failure sounds like."""

import argparse
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from healthmon.cli.options import add_data, parser, settings_of
from healthmon.cli.sound_list import NOTHING
from healthmon.settings import SoundSettings

if TYPE_CHECKING:
    from healthmon.sound import Burst
    from healthmon.sound.output import Loudspeaker

EXAMPLE = """healthmon sound test --urgency high --family oxygen
  healthmon sound test --family equipment   the falling tune of a recorder that died: nobody is watched"""


def run(words: Sequence[str]) -> int:
    """Play one burst; 1 when nobody could hear it."""
    made = parser("sound test", "Play one alarm now, as it would be heard here.", EXAMPLE)
    made.add_argument(
        "--urgency", choices=("high", "medium", "low"), help="high; of equipment there is medium only"
    )
    made.add_argument("--family", choices=("heart", "oxygen", "general", "equipment"), default="general")
    add_data(made)
    args = made.parse_args(words)
    burst = _burst(args, made)
    from healthmon.sound.output import Loudspeaker

    settings = settings_of(args).sound
    speaker = Loudspeaker(is_null=settings.output == "null")
    if not speaker.names():
        print(f"healthmon: {NOTHING}", file=sys.stderr)
        return 1
    return _play(speaker, burst, settings)


def _burst(args: argparse.Namespace, by: argparse.ArgumentParser) -> "Burst":
    from healthmon.sound import BURSTS, Family, Urgency

    family = Family(args.family)
    usual = Urgency.MEDIUM if family is Family.EQUIPMENT else Urgency.HIGH
    burst = BURSTS.get((Urgency(args.urgency) if args.urgency else usual, family))
    if burst is None:
        by.error(f"{args.family} has no sound of urgency {args.urgency}: leave --urgency out")
    return burst


def _play(speaker: "Loudspeaker", burst: "Burst", settings: SoundSettings) -> int:
    from healthmon import assets
    from healthmon.sound import SoundState
    from healthmon.sound.player import Player
    from healthmon.sound.talk import Said

    def file(one: "Burst") -> bytes:
        return assets.data("sounds", f"{one.name}.wav")

    player = Player(speaker, file, preferred=settings.device, volume=settings.volume)
    begun = now = time.monotonic()
    player.hear(Said.SOUND, burst, begun)
    while now - begun < burst.lasts + 1.0:
        told = player.turn(now)
        time.sleep(0.05)
        now = time.monotonic()
    player.stop()
    print(f"{told.state.value}: {told.detail}")
    return 0 if told.state is SoundState.WORKS else 1
