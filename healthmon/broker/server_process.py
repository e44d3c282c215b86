"""This is the place for nats-server as a child: born in a thread that outlives it, so that it dies with us.

Linux sends the promised signal when the *thread* that gave birth ends. So each child has a keeper: a thread
that starts it and then does nothing but wait for its end. However this process ends, kill -9 included, the
keeper ends with it and the server is told to stop. It has a session of its own: Ctrl-C in a terminal reaches
the recorder, which stops the broker last.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from healthmon.broker import guard
from healthmon.broker.errors import BrokerError, BrokerReason
from healthmon.broker.private_file import cannot_write, private


class ServerProcess:
    """One life of nats-server. Not to be started twice; any thread may call."""

    def __init__(self, command: Sequence[str], last_words: Path) -> None:
        self._command = [sys.executable, "-I", "-S", guard.__file__, str(os.getpid()), *command]
        self._last_words = last_words
        self._process: subprocess.Popen[bytes] | None = None
        self._failure: OSError | None = None
        self._born = threading.Event()
        self._ended = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="broker-keeper", daemon=True)

    def start(self) -> int:
        """Start it; its process id. Raises BrokerError (CANNOT_WRITE, DIED)."""
        self._keeper.start()
        self._born.wait()
        if self._process is None:
            self._keeper.join()
            assert self._failure is not None
            if self._failure.filename == str(self._last_words):
                raise cannot_write(self._last_words, self._failure)
            raise BrokerError(BrokerReason.DIED, f"the broker could not be started: {self._failure}")
        return self._process.pid

    @property
    def pid(self) -> int | None:
        """Its process id, once started."""
        return self._process.pid if self._process is not None else None

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it lives."""
        return self._process.returncode if self._process is not None and self._ended.is_set() else None

    def wait(self, seconds: float) -> bool:
        """Whether it has ended, after at most this much real time."""
        return self._ended.wait(seconds)

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal, if it still lives."""
        if self._process is not None:
            self._process.send_signal(number)

    def stop(self, patience: float) -> int | None:
        """SIGTERM, and SIGKILL when it has not gone after `patience` seconds. Its exit code: 0 is orderly."""
        if self._process is None:
            return None
        self.signal(signal.SIGTERM)
        if not self._ended.wait(patience):
            self.signal(signal.SIGKILL)
        self._keeper.join()
        return self._process.returncode

    def _keep(self) -> None:
        try:
            with open(self._last_words, "wb", opener=private) as words:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=words,
                    start_new_session=True,
                )
        except OSError as error:
            self._failure = error
            return
        finally:
            self._born.set()
        self._process.wait()
        self._ended.set()
