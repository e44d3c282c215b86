"""`healthmon contacts`: who is called when an alarm is not answered, and how they are reached."""

from collections.abc import Sequence

from healthmon.cli.kinds import run_kind

# Each is a file beside this one, contacts_KIND.py, loaded when it is asked for.
KINDS = {
    "add": "somebody, or one more address for them",
    "list": "everybody, in the order in which they are called; addresses are not shown",
    "remove": "somebody, with all their addresses",
    "watchdog": "somebody outside who notices when this computer is off",
    "test": "send a test message now, and say what the server answered",
}


def run(words: Sequence[str]) -> int:
    """Run the kind of work that the first word names."""
    return run_kind("contacts", KINDS, "healthmon contacts add anna -", words)
