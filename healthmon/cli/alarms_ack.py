"""`healthmon alarms ack`: somebody has seen it."""

from collections.abc import Sequence

from healthmon.cli.alarms_answering import about, add_which, add_who, say, the_open
from healthmon.cli.options import home_of, parser
from healthmon.events import Thing


def run(words: Sequence[str]) -> int:
    """Acknowledge an alarm, and with it those of its episode that are not more urgent."""
    made = parser(
        "alarms ack",
        "Acknowledge an alarm: somebody has seen it. It answers what is not more urgent, too.",
        'healthmon alarms ack SPO2_LOW --person maria --as anna --note "turned her over"',
    )
    add_which(made)
    made.add_argument("--note", metavar="TEXT", help="what you found")
    add_who(made)
    args = made.parse_args(words)
    settings = home_of(args)
    one = the_open(settings, args, made)
    note = {"note": args.note} if args.note else {}
    return say(settings, args, ("ACKNOWLEDGES", Thing("ALARM", one.alarm)), {**about(one), **note})
