"""`healthmon data restore`: a backup into a new data folder, proven before it has its name."""

from collections.abc import Sequence
from pathlib import Path

from healthmon.cli.main import Parser
from healthmon.cli.options import add_data, parser, settings_of
from healthmon.cli.progress import Progress


def run(words: Sequence[str]) -> int:
    """Restore; 0 when it is there."""
    made = _parser()
    args = made.parse_args(words)
    if not args.data:
        made.error("say into which new folder: --data DIR")
    from healthmon.app.restore import restore

    data = settings_of(args).data_folder
    progress = Progress("restoring", 1)
    manifest = restore(args.file, data, progress.draw)
    progress.done()
    print(f"{data}: {len(manifest.members)} files as they were on {manifest.created:%Y-%m-%d %H:%M} UTC")
    return 0


def _parser() -> Parser:
    made = parser(
        "data restore",
        "Bring a backup back into a folder that is absent or empty. Every file is compared with its digest\n"
        "and the log is judged first. The restored log knows that it is a copy.",
        "healthmon data restore /media/usb/healthmon.tar --data ~/healthmon",
    )
    made.add_argument("file", type=Path, metavar="FILE", help="the backup")
    add_data(made)
    return made
