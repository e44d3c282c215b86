"""`healthmon data backup`: everything that cannot be made again, in one file, while recording goes on."""

from collections.abc import Sequence
from pathlib import Path

from healthmon.cli.main import Parser
from healthmon.cli.options import add_data, home_of, parser
from healthmon.cli.progress import Progress
from healthmon.events import wire


def run(words: Sequence[str]) -> int:
    """Write the backup; 0 when it is there."""
    args = _parser().parse_args(words)
    from healthmon.app.backup import backup

    progress = Progress("backing up", 1)
    made = backup(home_of(args), args.file, with_lake=args.with_lake, force=args.force, told=progress.draw)
    progress.done()
    told = {"file": str(args.file), "files": len(made.members), "bytes": made.size, "head": made.head}
    if args.json:
        print(wire.write(told).decode())
    else:
        print(f"{args.file}: {len(made.members)} files, {made.size / (1 << 20):,.1f} MiB, head {made.head}")
        print(
            "It holds readings of people and the passwords of devices: keep it where nobody else can read it."
        )
    return 0


def _parser() -> Parser:
    made = parser(
        "data backup",
        "Log, refused messages, accounts (with their passwords) and settings in one tar file, consistent\n"
        "while recording goes on. The lake can be made again from the log, as far as that was not pruned.",
        "healthmon data backup /media/usb/healthmon.tar",
    )
    made.add_argument("file", type=Path, metavar="FILE", help="where to")
    made.add_argument("--with-lake", action="store_true", help="the archive too")
    made.add_argument("--force", action="store_true", help="in place of a file that is there")
    made.add_argument("--json", action="store_true", help="what was written, as one JSON object")
    add_data(made)
    return made
