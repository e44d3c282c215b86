"""`healthmon log import`: take a file of events in."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from healthmon.cli.options import add_data, moment, parser, settings_of
from healthmon.cli.progress import Progress
from healthmon.imports.json_lines import UNITS, TimeFrom


def run(words: Sequence[str]) -> int:
    """Import; 0 when the file was read to its end, 1 when it could not be."""
    args = _parser().parse_args(words)
    from healthmon.app.clocks import clock_of
    from healthmon.app.handing_over import hand_over
    from healthmon.app.jobs.asked import ImportAsked
    from healthmon.app.jobs.importing import in_words
    from healthmon.app.places import Places

    settings = settings_of(args)
    asked = ImportAsked(
        file=str(args.file.absolute()),
        epoch=args.epoch,
        unit_seconds=UNITS[args.time_unit].total_seconds(),
        zone=str(args.zone),
        time_from=args.time_from,
    )
    progress = Progress("importing", _lines(args.file))
    tally = hand_over(
        settings, asked, clock_of(Places(settings.data_folder), None), lambda now: progress.at(now.read)
    )
    progress.done()
    if tally.problem:
        print(f"healthmon: {tally.problem}", file=sys.stderr)
        return 1
    print(in_words(tally))
    return 0


def _parser() -> argparse.ArgumentParser:
    made = parser(
        "log import",
        "Take a file of JSON lines in. Flagged in event time; never raised as an alarm. Twice is once.",
        "healthmon log import events.jsonl --epoch 2026-01-01T00:00Z --time-unit min",
    )
    made.add_argument("file", type=Path, metavar="FILE", help="one event a line")
    made.add_argument(
        "--epoch", type=moment, metavar="TIME", help="what a time of 0 means, where times are numbers"
    )
    made.add_argument(
        "--time-unit", choices=tuple(UNITS), default="s", help="what a time of 1 adds (default: s)"
    )
    made.add_argument(
        "--zone", type=_zone, default=ZoneInfo("UTC"), help="of times that name none (default: UTC)"
    )
    made.add_argument(
        "--time-from",
        choices=[place.value for place in TimeFrom],
        default=TimeFrom.TIME.value,
        help="where a line tells its time (default: time)",
    )
    add_data(made)
    return made


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ValueError, OSError, KeyError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no zone; write Europe/Berlin") from error


def _lines(file: Path) -> int:
    """About how many lines there are; only for the progress."""
    try:
        return file.stat().st_size // 150
    except OSError:
        return 0
