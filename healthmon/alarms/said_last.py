"""This is the place for which of two settings counts that came in another order than they were said."""

from datetime import datetime

from healthmon.events import Entry


class SaidLast:
    """The newest word about each thing, by the time it was said: what comes late changes nothing newer."""

    def __init__(self) -> None:
        self._said: dict[str, datetime] = {}

    def is_last(self, entry: Entry, what: str) -> bool:
        """Whether nothing newer was said about this; then it is the newest from now on."""
        newest = self._said.get(what)
        if newest is not None and entry.time < newest:
            return False
        self._said[what] = entry.time
        return True

    def forget(self, what: str) -> None:
        """As if nothing had ever been said about it."""
        self._said.pop(what, None)
