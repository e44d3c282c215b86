"""What came while nothing was recorded: "nothing is lost" is said only where it can be known."""

from datetime import timedelta

import pytest

from healthmon.app.backlog import backlog
from healthmon.app.heartbeat import real_now
from healthmon.events.not_recorded import Backlog
from healthmon.mqtt import ListenerState


class Ear:
    """A listener at which twelve messages wait."""

    def __init__(self, *, connected: bool = True, for_seconds: float = 3600, room: bool = True) -> None:
        since = real_now() - timedelta(seconds=for_seconds)
        self.state = ListenerState(connected, since, depth=12, reconnects=0, problem="")
        self._room = room

    def has_room(self) -> bool:
        return self._room


def test_one_that_heard_all_the_while_and_had_room_lost_nothing() -> None:
    assert backlog(Ear(), 1740.0) == Backlog(waiting=12, lost=0)


@pytest.mark.parametrize(
    "ear", [Ear(connected=False), Ear(for_seconds=60), Ear(room=False)], ids=["away", "came back", "full"]
)
def test_of_one_that_did_not_nobody_knows(ear: Ear) -> None:
    assert backlog(ear, 1740.0) == Backlog(waiting=12, lost=None)
