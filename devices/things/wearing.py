"""This is the place for what a device says of being worn: each change, and where it stands at first."""

import numpy as np

from devices.arrays import Bools
from devices.physiology.body import State
from devices.things.voice import Words
from devices.things.wear import Contact
from healthmon.events import Thing

_WORN = Thing("WORN")


class Wearing:
    """Remembers only what was said last."""

    def __init__(self) -> None:
        self._said: bool | None = None

    def changes(self, state: State, texts: list[str], contact: Contact) -> list[Words]:
        """Being taken off is said also by a device about to charge; a mute one says it later."""
        words: list[Words] = []
        for index in np.flatnonzero(~contact.mute).tolist() if contact.mute.any() else _turns(contact.worn):
            is_worn = bool(contact.worn[index])
            if is_worn != self._said:
                self._said = is_worn
                words.append((float(state.at[index]), texts[index], "REPORTS", _WORN, {"value": is_worn}))
        return words


def _turns(worn: Bools) -> list[int]:
    """Where it may have changed: at the first time, and where it differs from the time before."""
    return [0, *(np.flatnonzero(worn[1:] != worn[:-1]) + 1).tolist()]
