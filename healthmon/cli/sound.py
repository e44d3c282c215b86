"""`healthmon sound`: hear what an alarm sounds like, and where; and end what sounds without a recorder."""

import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from healthmon.cli.options import add_data, parser, settings_of
from healthmon.settings import Settings, SoundSettings

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
    made.add_argument(
        "what",
        choices=("list", "test", "quiet"),
        help="list the outputs, play one alarm now, or end the sound of a recorder that died",
    )
    made.add_argument("--urgency", choices=("high", "medium", "low"), default="high")
    made.add_argument("--family", choices=("heart", "oxygen", "general"), default="general")
    add_data(made)
    args = made.parse_args(words)
    if args.what == "quiet":
        return _quiet(settings_of(args))
    from healthmon.sound import BURSTS, Family, Urgency
    from healthmon.sound.output import Loudspeaker

    settings = settings_of(args).sound
    speaker = Loudspeaker(is_null=settings.output == "null")
    names = speaker.names()
    if not names:
        print(f"healthmon: {NOTHING}", file=sys.stderr)
        return 1
    if args.what == "list":
        print("\n".join(names))
        return 0
    return _play(speaker, BURSTS[Urgency(args.urgency), Family(args.family)], settings)


def _quiet(settings: Settings) -> int:
    from healthmon import log
    from healthmon.app.heartbeat import is_alive
    from healthmon.app.places import Places
    from healthmon.sound.post import quiet

    places = Places(settings.data_folder)
    found = quiet(places.runtime)
    if found is not None and is_alive(found.pid):
        print(f"quiet; nobody has been watched since {found.since.astimezone():%H:%M}: start healthmon again")
    elif log.is_locked(places.data):
        print(
            "a recorder runs, and what sounds is an alarm: healthmon alarms list shows it, pause silences it"
        )
    else:
        print("nothing sounds without a recorder here")
    return 0


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
