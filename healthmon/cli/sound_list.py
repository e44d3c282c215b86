"""`healthmon sound list`: which outputs there are."""

import sys
from collections.abc import Sequence
from typing import Final

from healthmon.cli.options import add_data, parser, settings_of

NOTHING: Final = (
    "no output that anybody could hear: plug in a loudspeaker, or choose one in the system's sound settings"
)


def run(words: Sequence[str]) -> int:
    """Print their names; 1 when there is none that anybody could hear."""
    made = parser("sound list", "Which outputs this computer has.", "healthmon sound list")
    add_data(made)
    settings = settings_of(made.parse_args(words)).sound
    from healthmon.sound.output import Loudspeaker

    names = Loudspeaker(is_null=settings.output == "null").names()
    if not names:
        print(f"healthmon: {NOTHING}", file=sys.stderr)
        return 1
    print("\n".join(names))
    return 0
