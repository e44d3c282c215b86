"""This is the place for saying which refused messages are meant: options that two verbs share."""

import argparse

from healthmon.cli.kinds import meant
from healthmon.cli.options import moment
from healthmon.events import Refusal

_REASONS = ", ".join(reason.value for reason in Refusal)


def add_choice(to: argparse.ArgumentParser) -> None:
    """--reason, --topic and --since."""
    to.add_argument("--reason", type=_reason, metavar="REASON", help=f"only what was refused so: {_REASONS}")
    to.add_argument("--topic", metavar="TOPIC", help="only this topic; * stands for anything")
    to.add_argument("--since", type=moment, metavar="TIME", help="only what came from this moment on")


def _reason(text: str) -> str:
    reasons = [reason.value for reason in Refusal]
    if text not in reasons:
        raise argparse.ArgumentTypeError(f"{text!r} is no reason; {meant(text, reasons)}")
    return text
