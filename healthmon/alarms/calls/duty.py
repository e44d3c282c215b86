"""This is the place for whom to call: who can be called at all, in which order, and who is on duty."""

from collections.abc import Iterable

from healthmon.alarms.calls.answer_times import MOST_CONTACTS
from healthmon.alarms.said_last import SaidLast
from healthmon.events import Entry

_HOME = ""  # the list of everybody who has none of their own
_LONGEST_NAME = 64  # as on the wire


class Duty:
    """A fold of REPORTS CONTACTS, SETS DUTY and HANDS_OVER DUTY. The first of a list is on duty."""

    def __init__(self) -> None:
        self.known: tuple[str, ...] = ()
        self._lists: dict[str, tuple[str, ...]] = {}
        self._tested: dict[str, bool] = {}  # by list: whether its contacts get a weekly test
        self._said = SaidLast()

    def can_be_called(self, contacts: object) -> None:
        """The recorder says who has an address: ids in the order of its file."""
        self.known = _names(contacts) or ()

    def set(self, entry: Entry) -> None:
        """A carer set the order, for one person or for all without one of their own. What is absent stays."""
        who = entry.person or _HOME
        if not self._said.is_last(entry, who):
            return
        names, weekly = _names(entry.context.get("contacts")), entry.context.get("weekly_test")
        if names is not None:
            self._lists[who] = names
        if isinstance(weekly, bool):
            self._tested[who] = weekly

    def hand_over(self, entry: Entry) -> None:
        """Somebody is first from now on: for one person, else for all, in every list that names them."""
        to = _names([entry.context.get("to")])
        if not to:
            return
        others = [] if entry.person else [who for who, names in self._lists.items() if to[0] in names]
        for who in dict.fromkeys([entry.person or _HOME, *others]):
            if self._said.is_last(entry, who):
                names = self._lists.get(who, self._lists.get(_HOME, self.known))
                self._lists[who] = (*to, *(name for name in names if name != to[0]))[:MOST_CONTACTS]

    def order(self, person: str | None) -> tuple[str, ...]:
        """Whom to call about this person, who is on duty first; empty when nobody can be called.

        A list that names nobody who can be called is no reason to call nobody: then everybody known is.
        """
        if not self._lists:
            return self.known
        names = self._lists.get(person or _HOME, self._lists.get(_HOME, self.known))
        return tuple(name for name in names if name in self.known) or self.known

    def tested(self) -> tuple[str, ...]:
        """Who gets a weekly test message."""
        lists = (self.order(who) for who, is_tested in self._tested.items() if is_tested)
        return tuple(dict.fromkeys(name for names in lists for name in names))

    def forget(self, person: str) -> None:
        """There is no list for them any more."""
        self._lists.pop(person, None)
        self._tested.pop(person, None)
        self._said.forget(person)


def _names(said: object) -> tuple[str, ...] | None:
    """A list of names, each once; None when it is no list."""
    if not isinstance(said, Iterable) or isinstance(said, str | dict):
        return None
    names = (name for name in said if isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME)
    return tuple(dict.fromkeys(names))[:MOST_CONTACTS]
