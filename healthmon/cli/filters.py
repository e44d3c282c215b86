"""This is the place for choosing events on the command line, the same way for all that read the log."""

import argparse
import difflib
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime

from healthmon.app.clocks import clock_of
from healthmon.app.places import Places
from healthmon.cli.times import HOW, moment_before
from healthmon.events import Entry
from healthmon.reports.wanted import Wanted
from healthmon.settings import Settings

MOST_WORDS = 10_000  # a log can be odd; what is remembered of it stays bounded


def add_filters(to: argparse.ArgumentParser) -> None:
    """--person, --verb, --object, --since and --until."""
    to.add_argument("--person", help="only what is about this person")
    to.add_argument("--verb", help="only this verb, as FLAGS")
    to.add_argument("--object", help="only this type or id of object, as SPO2 or SPO2_CRIT")
    to.add_argument(
        "--since",
        metavar="TIME",
        help=f"only what happened then or later, whenever it was received ({HOW})",
    )
    to.add_argument("--until", metavar="TIME", help="only what happened before then")


def wanted_of(args: argparse.Namespace, by: argparse.ArgumentParser, settings: Settings) -> Wanted:
    """What is asked for. Times like 2h are before the log's own now. Leaves with one line on a bad time."""
    now = clock_of(Places(settings.data_folder), None).now() if args.since or args.until else None
    return Wanted(
        person=args.person,
        verb=args.verb,
        object=args.object,
        since=_moment(args.since, now, by),
        until=_moment(args.until, now, by),
    )


def _moment(text: str | None, now: datetime | None, by: argparse.ArgumentParser) -> datetime | None:
    if text is None or now is None:
        return None
    try:
        return moment_before(text, now)
    except argparse.ArgumentTypeError as error:
        by.error(str(error))


class Sieve:
    """Lets the wanted entries through, and can say why there were none."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._found = 0
        self._words: dict[str, set[str]] = {"person": set(), "verb": set(), "object": set()}

    def through(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The wanted ones, in their order."""
        has = self._wanted.has
        for entry in entries:
            if has(entry):
                self._found += 1
                yield entry
            elif not self._found:
                self._hear(entry)

    def tell(self) -> None:
        """When nothing was found: one line on standard error that says which word nobody ever said."""
        if self._found:
            return
        hints = [hint for kind in self._words if (hint := self._hint(kind))]
        print(f"healthmon: nothing found{''.join(hints)}", file=sys.stderr)

    def _hear(self, entry: Entry) -> None:
        said = {"person": entry.person or "", "verb": entry.verb, "object": entry.object.type}
        for kind, word in said.items():
            words = self._words[kind]
            if len(words) < MOST_WORDS:
                words.add(word)

    def _hint(self, kind: str) -> str:
        asked, words = getattr(self._wanted, kind), self._words[kind]
        same = {word.upper() for word in words} if kind != "person" else words
        if asked is None or not words or (asked if kind == "person" else asked.upper()) in same:
            return ""
        near = difflib.get_close_matches(asked if kind == "person" else asked.upper(), words, n=1)
        return f"; {kind} {asked} was not met" + (f", did you mean {near[0]}?" if near else "")
