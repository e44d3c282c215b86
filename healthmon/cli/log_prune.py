"""`healthmon log prune`: let old segments leave the log, once the archive is proven to hold them."""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict

from healthmon.cli.main import Parser
from healthmon.cli.options import add_data, duration, home_of, parser
from healthmon.cli.progress import Progress
from healthmon.events import wire

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)


def run(words: Sequence[str]) -> int:
    """Prune, or only say what would go; 0 when all that was asked for may go, 1 when something stays."""
    made = _parser()
    args = made.parse_args(words)
    from healthmon.app.pruning import plan_pruning, prune
    from healthmon.app.retention import Rule

    settings = home_of(args)
    rule = Rule(args.older_than, args.keep_free)
    rule = rule if rule.asks else Rule.of(settings.archive)
    if not rule.asks:
        made.error("say what is to go: --older-than 365d or --keep-free 5GiB, or set archive.keep_days")
    progress = Progress("proving the archive", 1)
    plan = plan_pruning(settings, rule, progress.draw)
    progress.done()
    if args.json:
        print(wire.write(asdict(plan)).decode())
    else:
        size, begins = f"{plan.frees / (1 << 20):,.1f} MiB", f"the log then begins at offset {plan.before}"
        print(
            f"{len(plan.segments)} segments ({size}) may go; {begins}" if plan.segments else "nothing may go"
        )
    if plan.why_not:
        print(f"healthmon: {plan.why_not}", file=sys.stderr)
    if not plan.segments or args.dry_run:
        return int(bool(plan.why_not))
    tally = prune(settings, plan)
    if tally.problem:
        print(f"healthmon: {tally.problem}", file=sys.stderr)
    elif not args.json:
        print(tally.result)
    return int(bool(tally.problem or plan.why_not))


def _parser() -> Parser:
    made = parser(
        "log prune",
        "Let the oldest segments leave the log. Only what the lake holds goes: it is read again now and\n"
        "compared row by row. What still holds of it (who wears what, limits, notes) stays in the log.",
        "healthmon log prune --older-than 365d --dry-run",
    )
    made.add_argument(
        "--older-than", type=duration, metavar="TIME", help="segments all older than this, as 365d"
    )
    made.add_argument(
        "--keep-free",
        type=_size,
        metavar="SIZE",
        help="until so much of the disk is free, as 5GiB; never what is younger than a week",
    )
    made.add_argument("--dry-run", action="store_true", help="only say what would go")
    made.add_argument("--json", action="store_true", help="the plan, as one JSON object")
    add_data(made)
    return made


def _size(text: str) -> int:
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no size; write 5GiB or 500MiB")
    return round(float(found[1]) * _UNITS[found[2].lower()])
