"""`healthmon log refeed`: refused messages, put through the parser of today."""

import sys
from collections.abc import Sequence

from healthmon.cli.letters import add_choice
from healthmon.cli.options import add_data, home_of, parser
from healthmon.cli.progress import Progress
from healthmon.events import wire


def run(words: Sequence[str]) -> int:
    """Feed; 0 when every letter was looked at, also when none is understood; 1 when that failed."""
    made = parser(
        "log refeed",
        "Put refused messages through the parser of this version. What it understands now becomes events at\n"
        "their own time, marked as old: never raised as an alarm. Twice is once. What was cut at 64 KiB\n"
        "cannot be fed; what was refused from a file is better imported again.",
        "healthmon log refeed --reason unknown-topic --dry-run",
    )
    add_choice(made)
    made.add_argument("--dry-run", action="store_true", help="only say what would happen")
    made.add_argument("--json", action="store_true", help="what was done, as one JSON object")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.app.clocks import clock_of
    from healthmon.app.handing_over import hand_over
    from healthmon.app.jobs.asked import RefeedAsked
    from healthmon.app.places import Places

    settings = home_of(args)
    asked = RefeedAsked(args.reason, args.topic, args.since, dry_run=args.dry_run)
    clock = clock_of(Places(settings.data_folder), None)
    progress = Progress("feeding", 1)
    tally = hand_over(settings, asked, clock, lambda now: progress.draw(now.read, now.total))
    progress.done()
    if tally.problem:
        print(f"healthmon: {tally.problem}", file=sys.stderr)
        return 1
    would = "would be " if args.dry_run else ""
    print(
        wire.write(tally).decode()
        if args.json
        else f"{tally.read:,} letters read: {tally.stored:,} events {would}stored, {tally.repeated:,} known "
        f"already; {tally.refused:,} letters are still refused, {tally.left_out:,} were cut and cannot be fed"
    )
    return 0
