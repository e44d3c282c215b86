"""`healthmon contacts test`: a test message now, and what the servers answered."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from healthmon.cli.options import add_data, home_to_be_of, parser

if TYPE_CHECKING:
    from healthmon.notify.letter import Try
    from healthmon.settings import Settings


def run(words: Sequence[str]) -> int:
    """Send it to each of their addresses; 0 when at least one took it."""
    made = parser(
        "contacts test", "Send a test message now; what the server answers.", "healthmon contacts test anna"
    )
    made.add_argument("name", metavar="NAME")
    made.add_argument("--json", action="store_true", help="one JSON object for each address")
    add_data(made)
    args = made.parse_args(words)
    settings = home_to_be_of(args)
    tries = _tried(settings, args.name)
    for one in tries:
        print(_as_json(one) if args.json else _as_line(one))
    return 0 if any(one.outcome.value == "delivered" for one in tries) else 1


def _tried(settings: "Settings", name: str) -> tuple["Try", ...]:
    from healthmon.clock import SystemClock
    from healthmon.notify.child import Flight
    from healthmon.notify.contacts import ContactsFile, no_such_contact
    from healthmon.notify.letter import Urgency
    from healthmon.notify.notice import TEST, Notice
    from healthmon.notify.words import Privacy, Words

    contacts = {contact.id: contact for contact in ContactsFile(settings.data_folder).read()}
    if name not in contacts:
        raise no_such_contact(name, tuple(contacts))
    now = SystemClock().now()
    told = Notice(cause=f"shell:{now.isoformat()}", contact=name, at=now, why=TEST, urgency=Urgency.LOW)
    words = Words(Privacy.of(settings.notify.privacy))
    print(f"sending to {name}, for at most half a minute ...", file=sys.stderr)
    return Flight(words.letter(told, contacts[name].reach, {})).wait()


def _as_line(one: "Try") -> str:
    why = f": {one.reason}" if one.reason else ""
    said = f" ({one.said})" if one.said else ""
    return f"{one.channel:<10} {one.outcome.value}{why}{said}"


def _as_json(one: "Try") -> str:
    from healthmon.events import wire

    return wire.write(one).decode()
