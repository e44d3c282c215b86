"""`healthmon evaluate alarms`: the house's own rules over recordings."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from healthmon.cli.options import duration, parser
from healthmon.cli.progress import Progress
from healthmon.events import wire

SEEDS = (11, 22, 33)  # further ones go on from the last
RATES = "1s,5s,60s,5min"


def run(words: Sequence[str]) -> int:
    """The first word says what is evaluated: alarms."""
    if words[:1] == ["alarms"]:
        return _alarms(words[1:])
    made = parser("evaluate", "Measure rules on recordings: alarms.", "healthmon evaluate alarms FILE.csv.gz")
    made.parse_args([one for one in words if one in {"-h", "--help"}])
    asked = words[0] if words else "nothing"
    return made.error(f"{asked} cannot be evaluated; write healthmon evaluate alarms PATH")


def _alarms(words: Sequence[str]) -> int:
    args = _arguments(words)
    # Late: numpy and the rules take a while to load, and --help needs neither.
    from healthmon.cli.evaluate_table import lines, with_rates
    from healthmon.evaluation import Asked, evaluate, recordings
    from healthmon.pipeline.house import house_rules
    from healthmon.settings import RuleSettings

    found = [one for path in args.paths for one in recordings(path)]
    settings = RuleSettings()
    asked = Asked(
        seeds=() if args.no_inject else tuple((SEEDS[0] * (number + 1)) for number in range(args.seeds)),
        copies=args.copies,
        folds=args.folds,
        rates=args.rates,
        rise=settings.spike_rise,
    )
    progress = Progress("evaluating", len(found))
    try:
        report = evaluate(
            found,
            asked,
            lambda: [rule for rule in house_rules(settings).rules if rule.name != "advise"],
            progress.draw,
        )
    finally:
        progress.done()
    if args.json:
        sys.stdout.write(wire.write(with_rates(asdict(report))).decode() + "\n")
    else:
        print("\n".join(lines(report)))
    return 0


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    made = parser(
        "evaluate alarms",
        "Run the house's rules over recordings: how often each alarm is raised, with exact Poisson\n"
        "intervals, and what is found of events that are added to the recordings, at their own rate and\n"
        "thinned. The plain rule (one median above another) stands beside, its limit chosen as that of the\n"
        "marks: on the people of the other folds. PATH: a data folder or log, or a CSV table (.gz too) with\n"
        "the columns record_id, time_s, hr_bpm, spo2_pct, resp_rpm, source_label.",
        "healthmon evaluate alarms recordings.csv.gz --rates 1s,60s --json",
    )
    made.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a log folder or a CSV table")
    made.add_argument("--json", action="store_true", help="one JSON object")
    made.add_argument("--seeds", type=_count, default=3, help="how often events are added anew (default: 3)")
    made.add_argument("--copies", type=_count, default=2, help="copies of each recording a seed (default: 2)")
    made.add_argument("--folds", type=_count, default=5, help="groups of people (default: 5)")
    made.add_argument("--rates", type=_rates, default=_rates(RATES), help=f"thinned to (default: {RATES})")
    made.add_argument("--no-inject", action="store_true", help="only how often alarms are raised")
    return made.parse_args(words)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 100")
    return int(text)


def _rates(text: str) -> tuple[float, ...]:
    """The rates beside the recording's own; 1s is that of nearly all recordings and costs nothing then."""
    seconds = [duration(one).total_seconds() for one in text.split(",") if one]
    if any(one < 1 for one in seconds):
        raise argparse.ArgumentTypeError(f"{text!r}: write rates of a second and more, such as {RATES}")
    return tuple(one for one in seconds if one > 1)
