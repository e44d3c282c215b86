"""This is the place for the options that many verbs share, and for turning them into settings and a clock."""

import argparse
from datetime import datetime, timedelta
from pathlib import Path

from healthmon import log
from healthmon.cli.main import Parser
from healthmon.settings import Settings, Value, load

_UNITS = {"s": 1.0, "min": 60.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def parser(prog: str, what: str, example: str) -> Parser:
    """A parser for one verb, with its example under the help."""
    return Parser(
        prog=f"healthmon {prog}".strip(),
        description=what,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_data(to: argparse.ArgumentParser) -> None:
    """--data and --settings."""
    to.add_argument("--data", metavar="DIR", help="the data folder (default: your user data folder)")
    to.add_argument(
        "--settings", metavar="FILE", type=Path, help="a settings file; resources/settings.toml is the manual"
    )


def settings_of(args: argparse.Namespace, **flags: Value | None) -> Settings:
    """The settings in force for these arguments; further flags are named section__key."""
    named = {name.replace("__", "."): value for name, value in flags.items()}
    return load({"paths.data": args.data, **named}, file=args.settings)


def home_of(args: argparse.Namespace) -> Settings:
    """The settings in force, for a command that needs a log: it is there, else LogError (NO_LOG).

    Called before anything is done: a typo in --data must not make a home.
    """
    settings = settings_of(args)
    log.begins_at(settings.data_folder)
    return settings


def home_to_be_of(args: argparse.Namespace) -> Settings:
    """The settings in force, for a command that may come before the first recording.

    A folder that --data names must hold a log all the same (`home_of`), for it may be a typo.
    """
    return settings_of(args) if args.data is None else home_of(args)


def duration(text: str) -> timedelta:
    """A duration such as 30s, 5min, 2h or 14d; a bare number is seconds."""
    number = text.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = text[len(number) :] or "s"
    try:
        return timedelta(seconds=float(number) * _UNITS[unit])
    except (ValueError, KeyError) as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no duration; write 30s, 5min, 2h or 14d") from error


def moment(text: str) -> datetime:
    """A time such as 2026-11-22T04:00Z; without a zone it is this machine's."""
    try:
        told = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; write 2026-11-22T04:00Z") from error
    return told if told.tzinfo is not None else told.astimezone()
