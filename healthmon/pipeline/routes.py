"""This is the place for who is shown what: the rules that listen to a verb and a kind of thing."""

from collections.abc import Sequence
from typing import TypeAlias

from healthmon.events import Listener, Rule, Selective

Route: TypeAlias = tuple[tuple[Rule, Listener], ...]
MOST_KNOWN = 1_000
"""Pairs that are remembered: more than a home ever says. A device may send any word as a verb."""


class Routes(dict[tuple[str, str], Route]):
    """From verb and type of the object to the rules that hear it, in their order. One thread; bounded.

    A rule that is not `Selective` hears everything, through `observe`.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = tuple(rules)

    def __missing__(self, way: tuple[str, str]) -> Route:
        if len(self) >= MOST_KNOWN:
            self.clear()
        heard = [(rule, _listener(rule, *way)) for rule in self._rules]
        route = self[way] = tuple((rule, listen) for rule, listen in heard if listen is not None)
        return route


def _listener(rule: Rule, verb: str, kind: str) -> Listener | None:
    return rule.listener(verb, kind) if isinstance(rule, Selective) else rule.observe
