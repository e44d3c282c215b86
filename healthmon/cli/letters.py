"""This is the place for saying which refused messages are meant: options that two verbs share."""

import argparse

from healthmon.cli.options import moment
from healthmon.events import Refusal


def add_choice(to: argparse.ArgumentParser) -> None:
    """--reason, --topic and --since."""
    to.add_argument("--reason", choices=[reason.value for reason in Refusal], help="only what was refused so")
    to.add_argument("--topic", metavar="TOPIC", help="only this topic; * stands for anything")
    to.add_argument("--since", type=moment, metavar="TIME", help="only what came from this moment on")
