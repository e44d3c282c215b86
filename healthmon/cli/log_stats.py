"""`healthmon log stats`: what the log comes to."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from healthmon.cli.filters import Sieve, add_filters, wanted_of
from healthmon.cli.options import add_data, home_of, parser
from healthmon.cli.reading import watched
from healthmon.events import wire
from healthmon.events.plain_text import made_plain
from healthmon.reports.stats import Row, stats


def run(words: Sequence[str]) -> int:
    """Print one row per person, verb, object and unit. One pass; memory only for the rows."""
    made = parser(
        "log stats",
        "Count, sum, mean, least, most, first and last per person, verb, object and unit.",
        "healthmon log stats --person maria --since 7d --json",
    )
    made.add_argument("--json", action="store_true", help="one JSON object a line")
    add_filters(made)
    add_data(made)
    args = made.parse_args(words)
    settings = home_of(args)
    wanted = wanted_of(args, made, settings)
    sieve = Sieve(wanted)
    rows = stats(sieve.through(watched(settings.data_folder, wanted, "counting")))
    for line in [wire.write(asdict(row)).decode() for row in rows] if args.json else _table(rows):
        print(line)
    sieve.tell()
    return 0


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
