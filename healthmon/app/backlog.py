"""This is the place for what came while nothing was recorded, and whether any of it was lost."""

from datetime import timedelta
from typing import Protocol

from healthmon.app.heartbeat import real_now
from healthmon.events.not_recorded import Backlog
from healthmon.mqtt import ListenerState


class Ear(Protocol):
    """What is needed of the listener."""

    @property
    def state(self) -> ListenerState:
        """How it stands."""

    def has_room(self) -> bool:
        """Whether another message may be read."""


def backlog(listener: Ear, lasted: float) -> Backlog:
    """What came in the seconds in which nothing was recorded: asked before any of it is taken.

    Nothing is lost where the listener had room and its connection all the while; else nobody can say so.
    """
    state = listener.state
    is_whole = (
        state.connected and listener.has_room() and real_now() - state.since > timedelta(seconds=lasted)
    )
    return Backlog(state.depth, 0 if is_whole else None)
