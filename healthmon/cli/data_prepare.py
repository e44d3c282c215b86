"""`healthmon data prepare`: after an update, learn the log before the recorder is started again."""

import sys
from collections.abc import Sequence
from dataclasses import asdict

from healthmon.cli.options import add_data, home_of, parser
from healthmon.cli.progress import Progress
from healthmon.events import wire


def run(words: Sequence[str]) -> int:
    """Learn it; 0 when a recorder of this version would start in seconds."""
    made = parser(
        "data prepare",
        "After an update, before the recorder is started again: this version learns the log while the old\n"
        "recorder goes on. Without it the next start does so first, and no alarm can come meanwhile: about\n"
        "45 s for each million events. It may be stopped at any time and goes on later.",
        "healthmon data prepare && systemctl --user restart healthmon",
    )
    made.add_argument("--json", action="store_true", help="how many entries, as one JSON object")
    add_data(made)
    args = made.parse_args(words)
    settings = home_of(args)
    from healthmon.app.keeping.ahead import learn_ahead

    progress = Progress("learning", 1)
    ahead = learn_ahead(settings, progress.draw, waiting=_waits)
    progress.done()
    if args.json:
        print(wire.write(asdict(ahead)).decode())
    elif ahead.learnt:
        print(f"{ahead.learnt:,} entries learnt, {ahead.left:,} came meanwhile: start the recorder again now")
    else:
        print("nothing to learn: this version knows the log already, and starts in seconds")
    return 0


def _waits() -> None:
    print("healthmon: waits for the recorder's own upkeep, which is at work ...", file=sys.stderr)
