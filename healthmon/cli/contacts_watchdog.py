"""`healthmon contacts watchdog`: somebody outside who notices when this computer is off."""

import sys
from collections.abc import Sequence
from getpass import getpass
from typing import TYPE_CHECKING

from healthmon.cli.options import add_data, home_to_be_of, parser

if TYPE_CHECKING:
    from healthmon.notify.outside import OutsideFile

EXAMPLE = """healthmon contacts watchdog -
addresses, as such services give them (period 5 minutes, grace 10):
  https://HOST/UUID                           Healthchecks, or the like
  https://HOST/api/push/TOKEN?status=up       an Uptime Kuma push monitor
  env:NAME or keyring:NAME                    the address is kept there
healthmon contacts watchdog                   whether there is one, and whether it answers now
healthmon contacts watchdog off               nobody is called any more"""
KEPT_BY_SHELL = (
    "healthmon: your shell keeps what you type: `healthmon contacts watchdog -` reads the address instead"
)
WRONG = "is it the address that the service gave you? healthmon contacts watchdog - takes another"
AWAY = (
    "are this computer and that service on the network? It is tried again every five minutes while recording"
)


def run(words: Sequence[str]) -> int:
    """Set it, take it away, or try it; 0 when it is set or answers, or is taken away."""
    made = parser(
        "contacts watchdog",
        "An address outside that is called every five minutes while recording. When the calls stop, as\n"
        "when this computer has no power, that service tells you. A call says nothing of anybody.",
        EXAMPLE,
    )
    made.add_argument(
        "address",
        nargs="?",
        metavar="URL",
        help="what to call; - reads it; off ends it; nothing tries it now",
    )
    add_data(made)
    args = made.parse_args(words)
    from healthmon.notify.outside import OutsideFile

    file = OutsideFile(home_to_be_of(args).data_folder)
    if args.address is None:
        return _try(file)
    if args.address == "off":
        print("nobody outside is called any more" if file.remove() else "nobody outside was called")
        return 0
    address = _read() if args.address == "-" else str(args.address)
    file.write(address)
    if args.address != "-" and "://" in address:
        print(KEPT_BY_SHELL, file=sys.stderr)
    return _try(file)


def _try(file: "OutsideFile") -> int:
    from healthmon.notify.address import masked
    from healthmon.notify.child import Flight
    from healthmon.notify.letter import Letter, Outcome, Urgency
    from healthmon.notify.outside import CALL
    from healthmon.view.words.messages import why

    address = file.read()
    if not address:
        print("nobody outside would notice if this computer went off; healthmon contacts watchdog - sets one")
        return 1
    letter = Letter(reach=(CALL + address,), subject="", text="", urgency=Urgency.LOW, mark="", thread="")
    tried = Flight(letter).wait()[0]
    said = f" ({tried.said})" if tried.said else ""
    if tried.outcome is Outcome.DELIVERED:
        print(f"{masked(address)} answers{said}; the recorder calls it every five minutes while it records")
        return 0
    cure = WRONG if tried.outcome is Outcome.REFUSED else AWAY
    print(f"{masked(address)} does not answer: {why(tried.reason)}{said}; {cure}")
    return 1


def _read() -> str:
    if sys.stdin.isatty():
        return getpass("address (not shown): ").strip()
    return sys.stdin.readline().strip()
