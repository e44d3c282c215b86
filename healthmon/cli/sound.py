"""`healthmon sound`: hear what an alarm sounds like, and where."""

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from healthmon.cli.options import parser
from healthmon.settings import SoundSettings, load

if TYPE_CHECKING:
    from healthmon.sound import Burst
    from healthmon.sound.output import Loudspeaker

EXAMPLE = "healthmon sound test --urgency high --family oxygen"
NOTHING = (
    "no output that anybody could hear: plug in a loudspeaker, or choose one in the system's sound settings"
)


def run(words: Sequence[str]) -> int:
    """List the outputs, or play one burst on this machine; 1 when nobody could hear it."""
    made = parser("sound", "Which outputs there are, and what an alarm sounds like on them.", EXAMPLE)
    made.add_argument("what", choices=("list", "test"), help="list the outputs, or play one alarm now")
    made.add_argument("--urgency", choices=("high", "medium", "low"), default="high")
    made.add_argument("--family", choices=("heart", "oxygen", "general"), default="general")
    args = made.parse_args(words)
    from healthmon.sound import BURSTS, Family, Urgency
    from healthmon.sound.output import Loudspeaker

    settings = load().sound
    speaker = Loudspeaker(is_null=settings.output == "null")
    names = speaker.names()
    if not names:
        print(f"healthmon: {NOTHING}", file=sys.stderr)
        return 1
    if args.what == "list":
        print("\n".join(names))
        return 0
    return _play(speaker, BURSTS[Urgency(args.urgency), Family(args.family)], settings)


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
