"""`healthmon contacts add`: somebody who is called, or one more address for them."""

import sys
from collections.abc import Sequence
from getpass import getpass

from healthmon.cli.options import add_data, home_to_be_of, parser

EXAMPLE = """healthmon contacts add anna -
addresses, as Apprise writes them:
  mailtos://USER:PASSWORD@example.org?smtp=mail.example.org&from=USER@example.org&to=anna@example.net
  ntfys://ntfy.sh/A-TOPIC-NOBODY-GUESSES      a phone with the ntfy app
  tgram://BOT-TOKEN/CHAT-ID                   Telegram
  jsons://example.org/hook                    a program of your own: JSON by HTTPS
  env:ANNA_URL                                the address is in the recorder's environment
  keyring:anna                                ... in the desktop's keyring: keyring set healthmon anna"""
KEPT_BY_SHELL = (
    "healthmon: your shell keeps what you type: `healthmon contacts add NAME -` reads the address instead"
)


def run(words: Sequence[str]) -> int:
    """Add the address; 0 when it is kept, 1 when it is none."""
    made = parser("contacts add", "Somebody who is called, or one more address for them.", EXAMPLE)
    made.add_argument("name", metavar="NAME", help="as in the log: letters, digits, - _ and :")
    made.add_argument("address", metavar="URL", help="an address; - reads it, so that no shell keeps it")
    made.add_argument("--called", default="", metavar="TEXT", help="what they are called, as in 'Anna Nowak'")
    add_data(made)
    args = made.parse_args(words)
    from healthmon.notify.address import masked, reference
    from healthmon.notify.contacts import ContactsFile

    address = _read() if args.address == "-" else str(args.address)
    fault = _fault(address)
    if fault:
        print(f"healthmon: {fault}", file=sys.stderr)
        return 1
    contact = ContactsFile(home_to_be_of(args).data_folder).add(args.name, address, called=args.called)
    if args.address != "-" and reference(address) is None:
        print(KEPT_BY_SHELL, file=sys.stderr)
    reach = ", ".join(map(masked, contact.reach))
    print(f"{contact.id} is reached by {reach}; try it: healthmon contacts test {contact.id}")
    return 0


def _read() -> str:
    if sys.stdin.isatty():
        return getpass("address (not shown): ").strip()
    return sys.stdin.readline().strip()


def _fault(address: str) -> str:
    from healthmon.notify.address import reference

    if reference(address) is not None:
        return ""
    from healthmon.notify.channel import fault_of

    return fault_of(address)
