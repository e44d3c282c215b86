"""`healthmon alarms pause`: all sound of this home silent for a while."""

from collections.abc import Sequence

from healthmon.cli.alarms_answering import add_who, say
from healthmon.cli.options import duration, home_of, parser
from healthmon.events import Thing


def run(words: Sequence[str]) -> int:
    """Pause all sound, or end a pause."""
    made = parser(
        "alarms pause",
        "Silence all sound of this home, at most 10 minutes; 0 ends it. The critical floor still sounds.",
        "healthmon alarms pause 5min --as anna",
    )
    made.add_argument("lasting", type=duration, metavar="TIME", help="as 5min; 0 ends a pause")
    add_who(made)
    args = made.parse_args(words)
    context = {"value": args.lasting.total_seconds(), "unit": "s"}
    return say(home_of(args), args, ("PAUSES", Thing("SOUND")), context)
