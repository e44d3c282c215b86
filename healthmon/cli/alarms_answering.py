"""This is the place for answering from a shell: which alarm is meant, who says it, and what became of it."""

import argparse
import sys
import time

from healthmon.alarms import OpenCall
from healthmon.app.open_alarms import open_alarms
from healthmon.app.shell_carer import Heard, say_here
from healthmon.app.who_is_here import carer_here
from healthmon.cli.alarms_span import now_of
from healthmon.cli.kinds import meant
from healthmon.cli.options import add_data
from healthmon.events import Event, Json, Thing
from healthmon.events.plain_text import made_plain
from healthmon.events.topics import is_name
from healthmon.settings import Settings


def add_who(to: argparse.ArgumentParser) -> None:
    """--as, --data and --settings."""
    to.add_argument(
        "--as", dest="carer", metavar="NAME", default=carer_here(), help="who says it (%(default)s)"
    )
    add_data(to)


def add_which(to: argparse.ArgumentParser) -> None:
    """ALARM and --person."""
    to.add_argument("alarm", metavar="ALARM", help="as SPO2_LOW, from healthmon alarms list")
    to.add_argument("--person", help="whose, where several people have this one")


def the_open(settings: Settings, args: argparse.Namespace, by: argparse.ArgumentParser) -> OpenCall:
    """The alarm that is meant, of those that are not over; leaves with one line if there is none, or two."""
    name = args.alarm.upper().replace("-", "_")
    known = open_alarms(settings, now_of(settings))
    found = [one for one in known if one.alarm == name and args.person in {None, one.person}]
    if not found:
        names = sorted({one.alarm for one in known})
        by.error(f"no alarm {name!r} is open; {meant(name, names) if names else 'nothing rings'}")
    if len({one.episode for one in found}) > 1:
        people = ", ".join(made_plain(one.person or one.device or "-") for one in found)
        by.error(f"{name} is open for {people}: say whose with --person")
    return found[0]


def about(one: OpenCall) -> dict[str, Json]:
    """What an answer says of the alarm it answers."""
    said: dict[str, Json] = {"episode": one.episode}
    return said if one.person is None else {**said, "person": one.person}


def say(
    settings: Settings, args: argparse.Namespace, words: tuple[str, Thing], context: dict[str, Json]
) -> int:
    """Say it and print what became of it: 0 when it stands in the log, else 1."""
    if not is_name(args.carer):
        print(
            f"healthmon: {made_plain(args.carer)!r} is no name; use letters, digits, _ : -", file=sys.stderr
        )
        return 2
    verb, thing = words
    event = Event(
        id=f"{args.carer}:shell-{time.time_ns()}",
        time=now_of(settings),
        subject=Thing("CAREGIVER", args.carer),
        verb=verb,
        object=thing,
        context=context,
    )
    heard, problem = say_here(settings, event)
    told = f"{args.carer} {verb} {thing}: {heard.value if heard else problem}"
    print(made_plain(told), file=sys.stdout if heard is Heard.RECORDED else sys.stderr)
    return 0 if heard is Heard.RECORDED else 1
