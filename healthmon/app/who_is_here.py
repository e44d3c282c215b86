"""This is the place for who speaks from this machine: the recorder, the gateway of devices, and a carer."""

import getpass
from typing import Final

from healthmon.events.topics import is_name

RECORDER: Final = "recorder"
GATEWAY: Final = "gateway"


def carer_here() -> str:
    """The name of the carer who sits at this machine: the user's own, where a topic can carry it."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        return "carer"
    return name if is_name(name) and name not in {RECORDER, GATEWAY} else "carer"
