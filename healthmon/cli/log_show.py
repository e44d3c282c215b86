"""`healthmon log show`: the log as sentences, or as JSON lines."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from healthmon import log
from healthmon.cli.damage import tell
from healthmon.cli.options import add_data, moment, parser, settings_of
from healthmon.events import Entry, wire
from healthmon.events.plain_text import made_plain
from healthmon.events.sentence import say


def run(words: Sequence[str]) -> int:
    """Print the entries that were asked for; 0 also when there are none."""
    made = parser(
        "log show", "The log as sentences, or one JSON object a line.", "healthmon log show --person maria"
    )
    made.add_argument("--json", action="store_true", help="one JSON object a line, every field")
    made.add_argument("--last", type=int, metavar="N", help="only the newest N entries of the log")
    made.add_argument("--since", type=moment, metavar="TIME", help="from this moment of receipt on")
    made.add_argument("--person", help="only what is about this person")
    made.add_argument("--verb", type=str.upper, help="only this verb, as FLAGS")
    made.add_argument("--object", type=str.upper, help="only this type of object, as SPO2")
    made.add_argument("--follow", action="store_true", help="go on as it grows, until Ctrl-C")
    add_data(made)
    args = made.parse_args(words)
    for entry in _wanted(args, settings_of(args).data_folder):
        line = wire.write(entry).decode() if args.json else _sentence(entry)
        print(line, flush=args.follow)
    return 0


def _wanted(args: argparse.Namespace, folder: Path) -> Iterator[Entry]:
    for entry in _entries(args, folder):
        about = args.person is None or entry.person == args.person
        named = args.object is None or entry.object.type == args.object
        if about and named and (args.verb is None or entry.verb == args.verb):
            yield entry


def _entries(args: argparse.Namespace, folder: Path) -> Iterable[Entry]:
    if args.last is not None:
        start = max(0, log.next_offset(folder) - max(args.last, 0))
    else:
        start = log.offset_at(folder, args.since) if args.since else 0
    return _followed(folder, start) if args.follow else log.read(folder, start, on_damage=tell)


def _followed(folder: Path, start: int) -> Iterator[Entry]:
    follower = log.Follower(folder, start, on_damage=tell)
    while True:
        entries = follower.poll()
        yield from entries
        if not entries:
            sys.stdout.flush()
            time.sleep(0.2)


def _sentence(entry: Entry) -> str:
    return f"{entry.offset:>8}  {made_plain(say(entry), longest=2_000)}"
