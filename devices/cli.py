"""This is the place for the words of `python -m devices`: what may be asked, and in which words it fails.

Exit codes: 0 done; 1 not everything could be done (no broker, a message nobody acknowledged); 2 the command
makes no sense; 130 interrupted before anything began. Every error is one line that says what to do next.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from devices import commands
from devices.errors import WRONG_COMMAND, DeviceError, DeviceReason
from healthmon.clock import ClockError

INTERRUPTED = 130

_EXAMPLES = """examples:
  python -m devices simulate --people 3 --introduce          a home, now, to the recorder of this machine
  python -m devices simulate --scenario night --for 30s --clock 2026-11-22T04:00:00Z@60
  python -m devices simulate --history 14d --until 2026-11-22T04:00:00Z --out history.jsonl
  python -m devices simulate --days 21 --people 70 --truth --out training.jsonl
  python -m devices replay recording.csv.gz                  a recording, as if it ended now
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise DeviceError(DeviceReason.BAD_OPTION, f"{message}; `{self.prog} --help` shows examples")


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        options = parser().parse_args(arguments)
        return int(options.run(options))
    except DeviceError as error:
        print(f"devices: {error}", file=sys.stderr)
        return 2 if error.reason in WRONG_COMMAND else 1
    except ClockError as error:
        print(f"devices: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = _Parser(
        prog="python -m devices",
        description="Simulated devices, and recordings published as devices.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = top.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    _simulate(_verb(verbs, "simulate", "a home: watches, oximeters, a kettle, and bodies behind them"))
    _replay(_verb(verbs, "replay", "publish a recording (CSV) as devices"))
    return top


def _verb(verbs: "argparse._SubParsersAction[_Parser]", name: str, what: str) -> argparse.ArgumentParser:
    return verbs.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _simulate(verb: argparse.ArgumentParser) -> None:
    verb.set_defaults(run=commands.simulate)
    verb.add_argument("--people", type=int, default=3, metavar="N", help="how many live there (3)")
    verb.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed, the same home (1)")
    verb.add_argument(
        "--scenario", metavar="NAME|FILE", help="what happens: ordinary (live), life (history), quiet, night"
    )
    verb.add_argument("--hz", type=float, default=1.0, metavar="X", help="readings a second (1)")
    verb.add_argument(
        "--introduce", action="store_true", help="as carer `demo`, say who they are and what they wear"
    )
    verb.add_argument("--for", dest="lasting", metavar="DURATION", help="stop after so much real time")
    _wire(verb)
    verb.add_argument("--history", metavar="DURATION", help="write so much past to --out, publish nothing")
    verb.add_argument(
        "--days", type=int, metavar="N", help="the same for a training set: other people, some unwell"
    )
    verb.add_argument("--until", metavar="TIME", help="where that past ends (now)")
    verb.add_argument("--every", default="60s", metavar="DURATION", help="how often it is measured (60s)")
    verb.add_argument("--truth", action="store_true", help="tell the hidden state too, once a minute")
    verb.add_argument("--out", metavar="FILE", help="JSON lines; - for standard output")


def _replay(verb: argparse.ArgumentParser) -> None:
    verb.set_defaults(run=commands.replay)
    verb.add_argument(
        "file", metavar="FILE.csv[.gz]", help="columns record_id,time_s,hr_bpm,spo2_pct,resp_rpm"
    )
    verb.add_argument("--records", metavar="A,B", help="these records only")
    verb.add_argument(
        "--speed", type=float, metavar="X", help="seconds of it in one real second (all at once)"
    )
    _wire(verb)


def _wire(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data", metavar="DIR", help="the data folder of the recorder (the user's own)")
    verb.add_argument("--broker", metavar="URL", help="any other broker: mqtt://NAME:PASSWORD@HOST:1883")
    verb.add_argument("--home", default="home", help="the home's name there (home)")
    verb.add_argument("--clock", metavar="SPEC", help="system, or ORIGIN@SPEED as in 2026-11-22T04:00:00Z@60")
