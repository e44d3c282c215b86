"""`healthmon alarms snooze`: one alarm silent for a while."""

from collections.abc import Sequence

from healthmon.cli.alarms_answering import about, add_which, add_who, say, the_open
from healthmon.cli.options import duration, home_of, parser
from healthmon.events import Thing


def run(words: Sequence[str]) -> int:
    """Snooze an alarm; it alone, so that the other direction still rings."""
    made = parser(
        "alarms snooze",
        "Silence one alarm: a high one for 2 minutes at most, others for 2 hours; none beyond the floor.",
        "healthmon alarms snooze HR_HIGH --for 30min --as anna",
    )
    add_which(made)
    made.add_argument("--for", dest="lasting", type=duration, metavar="TIME", required=True, help="how long")
    add_who(made)
    args = made.parse_args(words)
    settings = home_of(args)
    one = the_open(settings, args, made)
    lasting = {"value": args.lasting.total_seconds(), "unit": "s"}
    return say(settings, args, ("SNOOZES", Thing("ALARM", one.alarm)), {**about(one), **lasting})
