"""This is the place for what a carer said here, and whether it has come back through the log."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from healthmon.events import Event
from healthmon.view.screen import Delivery

# DESIGN: not back in 2 s of real time means that nobody else knows yet.
PATIENCE: Final = timedelta(seconds=2)
_REMEMBERED: Final = 1000


class Outgoing:
    """Follows each act from the click to the log and back. Ids make sending twice harmless. One thread."""

    def __init__(self) -> None:
        self._on_their_way: dict[str, tuple[Event, datetime]] = {}
        self._complained: set[str] = set()
        self._settled: OrderedDict[str, bool] = OrderedDict()  # id, and whether it was said here

    def __getstate__(self) -> dict[str, object]:
        """Kept is what came back; what was said here is this window's alone."""
        return {
            "_on_their_way": {},
            "_complained": set(),
            "_settled": OrderedDict.fromkeys(self._settled, False),
        }

    def said(self, event: Event, real: datetime) -> None:
        """It was said here at this real time. What came back already is not on its way."""
        if event.id not in self._settled:
            self._on_their_way.setdefault(event.id, (event, real))

    def came_back(self, event_id: str) -> None:
        """The log has it."""
        self._settled[event_id] = self._on_their_way.pop(event_id, None) is not None
        self._complained.discard(event_id)
        if len(self._settled) > _REMEMBERED:
            self._settled.popitem(last=False)

    def was_said_here(self, event_id: str) -> bool:
        """Whether this act, now in the log, began in this window."""
        return self._settled.get(event_id, False)

    def pending(self, real: datetime) -> Iterator[tuple[Event, Delivery]]:
        """What has not come back, oldest first, and how long that is."""
        for event, since in self._on_their_way.values():
            yield event, Delivery.UNDELIVERED if real - since >= PATIENCE else Delivery.SENDING

    def overdue(self, real: datetime) -> list[Event]:
        """What became undelivered since the last call: to be said once."""
        late = [event for event, state in self.pending(real) if state is Delivery.UNDELIVERED]
        news = [event for event in late if event.id not in self._complained]
        self._complained.update(event.id for event in news)
        return news
