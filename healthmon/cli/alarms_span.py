"""This is the place for whom and which stretch of time a command about alarms is asked for."""

import argparse
from datetime import datetime

from healthmon.app.clocks import clock_of
from healthmon.app.places import Places
from healthmon.cli.times import HOW, moment_before
from healthmon.settings import Settings


def add_span(to: argparse.ArgumentParser) -> None:
    """--person, --last, --from and --to."""
    to.add_argument("--person", help="only this person")
    to.add_argument("--last", metavar="TIME", help="as 7d: the stretch that ends now")
    to.add_argument("--from", dest="since", metavar="TIME", help=f"from then on ({HOW})")
    to.add_argument("--to", dest="until", metavar="TIME", help="up to then, then not included")


def now_of(settings: Settings) -> datetime:
    """What time it is for this log: its clock's."""
    return clock_of(Places(settings.data_folder), None).now()


def span_of(
    args: argparse.Namespace, by: argparse.ArgumentParser, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The stretch that is meant; leaves with one line on a bad time."""
    if args.last and args.since:
        by.error("--last and --from both say where to begin: leave one out")
    since, until = (_moment(text, now, by) for text in (args.last or args.since, args.until))
    if since is not None and until is not None and since >= until:
        by.error("--to is not after the beginning: nothing lies between them")
    return since, until


def _moment(text: str | None, now: datetime, by: argparse.ArgumentParser) -> datetime | None:
    try:
        return moment_before(text, now) if text else None
    except argparse.ArgumentTypeError as error:
        by.error(str(error))
