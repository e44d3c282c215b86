"""`healthmon alarms take`: somebody is going."""

from collections.abc import Sequence

from healthmon.cli.alarms_answering import about, add_which, add_who, say, the_open
from healthmon.cli.options import duration, home_of, parser
from healthmon.events import Thing


def run(words: Sequence[str]) -> int:
    """Take an alarm: silent for a while, and ringing again if it lasts."""
    made = parser(
        "alarms take",
        "Say that you are going: silent for 10 minutes, or --for, at most 30. If it lasts, it rings again.",
        "healthmon alarms take SPO2_LOW --person maria --for 15min --as anna",
    )
    add_which(made)
    made.add_argument("--for", dest="lasting", type=duration, metavar="TIME", help="how long you need")
    add_who(made)
    args = made.parse_args(words)
    settings = home_of(args)
    one = the_open(settings, args, made)
    lasting = {"value": args.lasting.total_seconds(), "unit": "s"} if args.lasting else {}
    return say(settings, args, ("TAKES", Thing("ALARM", one.alarm)), {**about(one), **lasting})
