"""`healthmon log export`: the log, or some of it, as a file for other programs."""

from collections.abc import Sequence

from healthmon.cli.filters import Sieve, add_filters, wanted_of
from healthmon.cli.main import Parser
from healthmon.cli.options import add_data, home_of, parser
from healthmon.cli.reading import watched


def run(words: Sequence[str]) -> int:
    """Write the file; 0 when it is there, also when nothing was found."""
    made = _parser()
    args = made.parse_args(words)
    from healthmon.app.exporting import export, format_of

    kind = format_of(args.file, args.format)
    settings = home_of(args)
    wanted = wanted_of(args, made, settings)
    sieve = Sieve(wanted)
    entries = sieve.through(watched(settings.data_folder, wanted, "exporting"))
    count = export(entries, args.file, kind, force=args.force)
    if args.file != "-":
        print(f"{count:,} events in {args.file}")
    sieve.tell()
    return 0


def _parser() -> Parser:
    made = parser(
        "log export",
        "The log, or some of it, as CSV, JSON lines or Parquet. Zeros and gaps stay as they are; texts that\n"
        "a spreadsheet would run as formulas get a ' before them. JSON lines can be imported again.",
        "healthmon log export november.csv --person maria --since 2026-11-01 --until 2026-12-01",
    )
    made.add_argument("file", metavar="FILE", help="where to, as readings.csv; - is standard output")
    made.add_argument(
        "--format",
        choices=("csv", "jsonl", "parquet"),
        help="where the name does not tell (default: its end)",
    )
    made.add_argument("--force", action="store_true", help="also if there is such a file already")
    add_filters(made)
    add_data(made)
    return made
