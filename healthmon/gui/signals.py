"""This is the place for SIGINT and SIGTERM while Qt runs.

Python wakes Qt through a socket, and Qt quits in its own time.
"""

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier

_CAUGHT = (signal.SIGINT, signal.SIGTERM)


class SignalWatch(QObject):
    """Calls `ask_to_quit` from the event loop when the process is asked to end. Main thread only."""

    def __init__(self, ask_to_quit: Callable[[], None]) -> None:
        super().__init__()
        self._ask_to_quit = ask_to_quit
        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.settimeout(0)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)
        self._wakeup_before = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._noted) for number in _CAUGHT}

    def end(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()

    def _noted(self, _number: int, _frame: object) -> None:
        """Python needs a handler to write to the wakeup socket; the work is done in `_woken`."""

    def _woken(self) -> None:
        numbers = self._near.recv(64)
        if any(number in numbers for number in _CAUGHT):
            self._ask_to_quit()
