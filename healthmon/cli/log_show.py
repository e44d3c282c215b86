"""`healthmon log show`: the log as sentences, or as JSON lines."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from healthmon import log
from healthmon.cli.damage import tell
from healthmon.cli.filters import Sieve, add_filters, wanted_of
from healthmon.cli.main import Parser
from healthmon.cli.options import add_data, home_of, parser
from healthmon.events import Entry, wire
from healthmon.events.plain_text import made_plain
from healthmon.events.sentence import say
from healthmon.log import LogError, LogReason
from healthmon.reports.wanted import Wanted, newest

LOOK_EVERY = 0.2  # seconds of real time


def run(words: Sequence[str]) -> int:
    """Print the entries that were asked for; 0 also when there are none. Ctrl-C ends --follow with 130."""
    made = _parser()
    args = made.parse_args(words)
    if args.follow and args.until:
        made.error("--follow has no end: leave --until out")
    settings = home_of(args)
    wanted = wanted_of(args, made, settings)
    sieve = Sieve(wanted)
    entries = sieve.through(_entries(args, wanted, settings.data_folder))
    for entry in islice(entries, args.limit):
        line = wire.write(entry).decode() if args.json else _sentence(entry)
        print(line, flush=args.follow)
    sieve.tell()
    return 0


def _parser() -> Parser:
    made = parser(
        "log show",
        "The log as sentences, or one JSON object a line. Times are when things happened: an import of last\n"
        "year is found by last year's dates, although it was received today.",
        "healthmon log show --person maria --verb raises --since 'yesterday 22:00'",
    )
    made.add_argument("--json", action="store_true", help="one JSON object a line, every field")
    made.add_argument("--last", type=_count, metavar="N", help="only the newest N of them")
    made.add_argument("--limit", type=_count, metavar="N", help="only the first N of them")
    add_filters(made)
    made.add_argument("--follow", action="store_true", help="go on as it grows, until Ctrl-C")
    add_data(made)
    return made


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no count; write 20")
    return int(text)


def _entries(args: argparse.Namespace, wanted: Wanted, folder: Path) -> Iterable[Entry]:
    if args.last is None:
        start = wanted.start(folder)
        return _followed(folder, start) if args.follow else log.read(folder, start, on_damage=tell)
    if not args.follow:
        return newest(folder, wanted, args.last, tell)
    return _newest_and_on(folder, wanted, args.last)


def _newest_and_on(folder: Path, wanted: Wanted, count: int) -> Iterator[Entry]:
    end = log.next_offset(folder)
    yield from (entry for entry in newest(folder, wanted, count, tell) if entry.offset < end)
    yield from _followed(folder, end)


def _followed(folder: Path, start: int) -> Iterator[Entry]:
    follower = log.Follower(folder, start, on_damage=tell)
    while True:
        try:
            entries = follower.poll()
        except LogError as error:
            if error.reason is not LogReason.REPLACED:
                raise
            # What was shown was shown; an erasure or a repair changes nothing of what comes.
            follower = log.Follower(folder, min(follower.offset, log.next_offset(folder)), on_damage=tell)
            continue
        yield from entries
        if not entries:
            sys.stdout.flush()
            time.sleep(LOOK_EVERY)


def _sentence(entry: Entry) -> str:
    return f"{entry.offset:>8}  {made_plain(say(entry), longest=2_000)}"
