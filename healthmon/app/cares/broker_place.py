"""This is the place for where the broker keeps its store: at home, or elsewhere while the disk is sick.

A store that cannot be written acknowledges nothing, so devices would wait and no alarm could come. While the
log overflows, the broker works from a store in the runtime folder; there an acknowledgement means that a
message survives a crash, not a power cut. Before it goes home again the devices are shut out until the
recorder has taken everything that waits: what was acknowledged is in the log then.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from healthmon.broker import EmbeddedBroker
from healthmon.errors import HealthmonError

AWAY = (
    "the broker keeps what comes in memory, because the disk cannot be written: a power cut would lose what "
    "is not recorded yet; make room on the disk, or mount it writable"
)
DRAINED_WITHIN = 10.0  # s, real time, before the way home is given up for now
_LOOK_EVERY = 0.1
_REST = 5.0  # s between two tries


class BrokerPlace:
    """Moves the broker in a thread of its own: a turn of the recorder never waits for it. One caller."""

    def __init__(self, embedded: EmbeddedBroker) -> None:
        self.problem = ""
        self._embedded = embedded
        self._mover: threading.Thread | None = None
        self._tried = -_REST
        self._ending = threading.Event()
        self._is_broken = False

    @property
    def is_moving(self) -> bool:
        """Whether the broker is on its way: leave it alone until it is not."""
        return self._mover is not None and self._mover.is_alive()

    @property
    def told(self) -> str:
        """What a carer should know of it; empty while the broker is at home."""
        return self.problem or (AWAY if self._embedded.in_refuge else "")

    def store_broke(self) -> None:
        """The broker says that it cannot write: by itself it will not try again."""
        self._is_broken = True

    def look_after(self, client_id: str, *, disk_is_well: bool) -> bool:
        """Move the broker if it is in the wrong place; whether a move is under way."""
        if self.is_moving:
            return True
        if not self._embedded.is_open and self._embedded.is_running():
            self._go(lambda: self.open_for(client_id))
            return True
        if time.monotonic() - self._tried < _REST:
            return False
        if self._embedded.in_refuge and disk_is_well:
            self._tried = time.monotonic()
            self._go(lambda: self._go_home(client_id))
        elif not self._embedded.in_refuge and (self._is_broken or not disk_is_well):
            self._tried = time.monotonic()
            self._go(self._seek_refuge)
        return self.is_moving

    def open_for(self, client_id: str) -> None:
        """Let the devices in if this client, the recorder's, has subscribed. Blocks like a reload."""
        with suppress(HealthmonError):  # it died meanwhile: that is noticed elsewhere
            if self._embedded.is_running() and not self._embedded.is_open and self._embedded.knows(client_id):
                self._embedded.let_in()

    def reload(self) -> None:
        """Let the accounts count as they are now, in the background; what is wrong with them is told."""
        self._go(self._embedded.reload)

    def start_again(self) -> None:
        """Start the broker where it is, in the background, because it has ended."""
        if not self.is_moving:
            self._go(self._embedded.start)

    def stop(self) -> None:
        """Wait for a move that is under way, and begin none."""
        self._ending.set()
        if self._mover is not None:
            self._mover.join()

    def _go(self, way: Callable[[], object]) -> None:
        self._mover = threading.Thread(target=self._try, args=(way,), name="broker place", daemon=True)
        self._mover.start()

    def _try(self, way: Callable[[], object]) -> None:
        try:
            way()
            self.problem = ""
        except (HealthmonError, OSError) as error:
            self.problem = str(error)

    def _seek_refuge(self) -> None:
        self._is_broken = False
        self._embedded.move(to_refuge=True)

    def _go_home(self, client_id: str) -> None:
        if not self._embedded.can_go_home():
            return
        self._embedded.shut_out()
        deadline = time.monotonic() + DRAINED_WITHIN
        while self._embedded.waiting(client_id):
            if time.monotonic() > deadline or self._ending.wait(_LOOK_EVERY):
                self._embedded.let_in()
                return
        try:
            self._embedded.move(to_refuge=False)
        except HealthmonError:
            with suppress(HealthmonError):
                self._embedded.move(to_refuge=True)
            raise
