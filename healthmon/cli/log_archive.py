"""`healthmon log archive`: sealed segments as a folder of Parquet files, proven row by row."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from healthmon.cli.main import Parser
from healthmon.cli.options import add_data, home_of, parser, settings_of
from healthmon.cli.progress import Progress
from healthmon.events import wire

if TYPE_CHECKING:
    from healthmon.archive.archive import Tally


def run(words: Sequence[str]) -> int:
    """Archive, or judge a lake; 0 when all is well, 1 when a segment was left out or a file is wrong."""
    args = _parser().parse_args(words)
    settings = settings_of(args) if args.verify else home_of(args)
    lake = args.to.absolute() if args.to else settings.lake_folder
    if args.verify:
        return _verify(lake)
    from healthmon.app.archiving import archive_now

    progress = Progress("archiving", 1)
    tally = archive_now(settings, lake, progress.draw)
    progress.done()
    print(wire.write(asdict(tally)).decode() if args.json else _told(tally, lake))
    for why in tally.left:
        print(f"healthmon: left out: {why}", file=sys.stderr)
    return 1 if tally.left else 0


def _parser() -> Parser:
    made = parser(
        "log archive",
        "Bring what the log has closed into a lake: a folder of Parquet files that DuckDB, Polars and Spark\n"
        "read as it is (docs/lake.md). Every row is read back and compared. May be stopped and run again.\n"
        "The newest, open segment of the log is not archived yet.",
        "healthmon log archive\n  healthmon log archive --verify",
    )
    made.add_argument("--to", type=Path, metavar="DIR", help="the lake (default: lake in the data folder)")
    made.add_argument(
        "--verify", action="store_true", help="only judge whether the lake is as it was written"
    )
    made.add_argument("--json", action="store_true", help="what was done, as one JSON object")
    add_data(made)
    return made


def _verify(lake: Path) -> int:
    from healthmon.archive.erase import verify

    wrong = verify(lake)
    for fault in wrong:
        print(fault)
    if not wrong:
        print(f"{lake} is as it was written")
    return 1 if wrong else 0


def _told(tally: "Tally", lake: Path) -> str:
    known = f"; {tally.known} segments were there" if tally.known else ""
    if not tally.segments:
        return f"nothing new to archive in {lake}{known}"
    size = f"{tally.bytes / tally.rows:.1f} bytes each" if tally.rows else "none"
    return f"{tally.segments} segments with {tally.rows:,} events ({size}) archived in {lake}{known}"
