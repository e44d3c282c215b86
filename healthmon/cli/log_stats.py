"""`healthmon log stats`: what the log comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from healthmon import log
from healthmon.cli.damage import tell
from healthmon.cli.options import add_data, parser, settings_of
from healthmon.cli.progress import Progress
from healthmon.events import Entry, wire
from healthmon.events.plain_text import made_plain
from healthmon.reports.stats import Row, stats


def run(words: Sequence[str]) -> int:
    """Print one row per person, verb, object and unit."""
    made = parser(
        "log stats",
        "Count, sum, mean, least, most, first and last per person, verb, object and unit.",
        "healthmon log stats --json",
    )
    made.add_argument("--json", action="store_true", help="one JSON object a line")
    add_data(made)
    args = made.parse_args(words)
    folder = settings_of(args).data_folder
    rows = stats(_told(log.read(folder, on_damage=tell), Progress("counting", log.next_offset(folder))))
    for line in [wire.write(asdict(row)).decode() for row in rows] if args.json else _table(rows):
        print(line)
    return 0


def _told(entries: Iterator[Entry], progress: Progress) -> Iterator[Entry]:
    for entry in entries:
        progress.at(entry.offset)
        yield entry
    progress.done()


def _table(rows: Sequence[Row]) -> Iterator[str]:
    heads = f"{'person':<14}{'verb':<14}{'object':<14}{'unit':<8}"
    yield heads + f"{'count':>9}{'mean':>10}{'least':>9}{'most':>9}"
    for row in rows:
        words = (row.person or "-", row.verb, row.object, row.unit or "-")
        who, verb, thing, unit = (made_plain(word, longest=13) for word in words)
        yield (
            f"{who:<14}{verb:<14}{thing:<14}{unit:<8}{row.count:>9,}"
            f"{_figure(row.mean):>10}{_figure(row.min):>9}{_figure(row.max):>9}"
        )


def _figure(number: float | None) -> str:
    return "-" if number is None else f"{number:,.6g}"
