"""This is the place for our own broker: nats-server, a child of the recorder, on loopback only.

Known limits of nats-server 2.15.1, each seen in tests/integration/broker/:

- It speaks MQTT 3.1.1 only; 5 and 3.1 are refused.
- A topic with a space or tab closes its client, at every QoS, and so does a message above 16 MiB: a client
  that tries again loops. `problems` says which and what to do.
- A publish outside an account's permissions is acknowledged (3.1.1 has no other answer) and reaches nobody.
- A client that knows another's client id takes over its session: ours are secret (`Account.client_id`).
- Unacknowledged messages come back `ack_wait` (3 s) after they were sent, newer ones before them; after a
  `rewind` at once and in their order.
- A full store refuses every connect, the recorder's too: it is then lent a reserve.
- Retained messages are loaded while it already answers: who subscribes within milliseconds of its start may
  miss them (1 in 100 did); the next SUBSCRIBE brings them.
- After a kill, some of what was acknowledged to it just before is delivered once more.
"""

import shutil
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

from healthmon.broker import (
    accounts,
    binary,
    handshake,
    last_words,
    ports,
    private_file,
    rewind,
    survivor,
)
from healthmon.broker.accounts import Accounts, Role
from healthmon.broker.config import BrokerFiles, Limits, config
from healthmon.broker.errors import BrokerError, BrokerReason
from healthmon.broker.handshake import Answer
from healthmon.broker.log_tail import LogTail
from healthmon.broker.problems import Problem, ProblemBook, ProblemKind
from healthmon.broker.server_process import ServerProcess
from healthmon.broker.whereabouts import Whereabouts
from healthmon.clock import SystemClock

RECORDER = "recorder"  # the account that the broker makes for its recorder

_START_PATIENCE = 60.0  # s, real time: a store of a gigabyte is read through at the start
_STOP_PATIENCE = 10.0
_RELOAD_PATIENCE = 10.0
_LEND_EVERY = 60.0
_ASK_PATIENCE = 5.0
_LOOK_EVERY = 0.005  # s: how often something that should happen soon is looked for
_PORT_TRIES = 5


class EmbeddedBroker:
    """The broker of one data folder. One recorder may have it: hold the log's lock before `start`.

    What it acknowledged survives its own kill -9, and a power cut (`Limits.sync_every`). It dies with this
    process, however that ends. Any thread may call, one at a time; `start`, `stop` and `reload` block for
    milliseconds as a rule, and at most for their patience (60, 10 and 10 s).
    """

    def __init__(
        self,
        folder: Path,
        *,
        home: str = "home",
        limits: Limits | None = None,
        refuge: Path | None = None,
        guarded: bool = False,
    ) -> None:
        self._places = Whereabouts(folder / "broker", refuge)
        self._folder = folder
        self._home = home
        self._limits = limits or Limits()
        self._process: ServerProcess | None = None
        self._tail = LogTail(self.files.log)
        self._book = ProblemBook()
        self._lent_at = -_LEND_EVERY
        self._rewind_password = rewind.new_password()
        self._guarded = guarded
        self._is_open = True
        self._turn = threading.RLock()

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process is not None and self.is_running() else None

    def is_running(self) -> bool:
        """Whether the server's process lives. Never blocks."""
        return self._process is not None and not self._process.wait(0)

    @property
    def in_refuge(self) -> bool:
        """Whether its store is elsewhere, because the disk of the data folder cannot be written."""
        return self._places.is_refuge

    @property
    def files(self) -> BrokerFiles:
        """Where its files are now."""
        return self._places.files

    def move(self, *, to_refuge: bool) -> Accounts:
        """Go on with the store of the other place. What waits in the one that is left waits there.

        Everybody is disconnected for a moment. The refuge's store is removed when it is left: see first that
        nothing is `waiting` there. Blocks like `stop` and `start`, and raises what they raise.
        """
        with self._turn:
            self.stop()
            self._places.choose(refuge=to_refuge)
            known = self.start()
            if not to_refuge and self._places.refuge is not None:
                shutil.rmtree(self._places.refuge.folder, ignore_errors=True)
            return known

    @property
    def is_open(self) -> bool:
        """Whether everybody with an account may come in. A guarded broker opens by `let_in`."""
        return self._is_open

    def can_go_home(self) -> bool:
        """Whether files can be made again where the store belongs."""
        return self._places.can_go_home()

    def shut_out(self) -> None:
        """Let nobody in but the recorder, until `let_in` or the next `start`. Raises what `reload` raises."""
        with self._turn:
            self._is_open = False
            self.reload()

    def let_in(self) -> None:
        """Let everybody in again who has an account. Raises what `reload` raises."""
        with self._turn:
            self._is_open = True
            self.reload()

    def knows(self, client_id: str) -> bool:
        """Whether this client has subscribed: then what is acknowledged from now on is kept for it."""
        with self._turn:
            return rewind.knows(self._nats_port(), self._rewind_password, client_id)

    def waiting(self, client_id: str) -> int:
        """How many messages wait for this client. Raises BrokerError: NOT_RUNNING, NO_REWIND."""
        with self._turn:
            return rewind.waiting(self._nats_port(), self._rewind_password, client_id)

    def start(self) -> Accounts:
        """Start the server and return when it answers MQTT; what it listens on and for whom.

        A survivor of an earlier recorder is stopped first. The port is chosen at the first start and
        kept. Starting a running broker does nothing. Raises BrokerError: PORT_TAKEN, IN_USE, SURVIVOR, DIED,
        SILENT, NOT_INSTALLED, CANNOT_WRITE, BAD_ACCOUNTS.
        """
        with self._turn:
            if self.is_running():
                return accounts.load(self._folder)
            server = binary.find()
            self._places.clear()
            self._tail = LogTail(self.files.log)
            known = self._door()
            # Without a subscriber nats-server acknowledges what it then throws away (seen): nobody comes in
            # before the recorder has subscribed, once, to this store.
            client_id = known.account(RECORDER).client_id
            self._is_open = not self._guarded or rewind.has_session(self.files.store, client_id)
            self._write_config(known)
            self._tail.skip()
            for left in self.files.folder.glob("nats-server_*.ports"):
                left.unlink(missing_ok=True)  # of servers that were killed
            self._process = ServerProcess([str(server), "-c", str(self.files.config)], self.files.last_words)
            survivor.note(self.files, self._process.start())
            self._await_welcome(self._process, known)
            return known

    def stop(self) -> int | None:
        """Stop the server (SIGTERM), wait for its end; its exit code, 0 when orderly, None when none ran."""
        with self._turn:
            process, self._process = self._process, None
            if process is None:
                return None
            code = process.stop(_STOP_PATIENCE)
            survivor.forget(self.files)
            return code

    def restart(self) -> Accounts:
        """Stop it if it runs, and start it."""
        with self._turn:
            self.stop()
            return self.start()

    def reload(self) -> Accounts:
        """Let accounts.json count, as it is now: clients stay connected, except on revoked accounts.

        Raises BrokerError: NOT_RUNNING, RELOAD_REFUSED, BAD_ACCOUNTS, CANNOT_WRITE.
        """
        with self._turn:
            if self._process is None or not self.is_running():
                raise BrokerError(
                    BrokerReason.NOT_RUNNING,
                    "the broker does not run, so it cannot learn of new accounts: start it",
                )
            known = self._known()
            self._write_config(known)
            self._read_log()
            self._process.signal(signal.SIGHUP)
            self._await_reload()
            return known

    def rewind(self, client_id: str) -> int:
        """Give this client's session again, in order, what it had not acknowledged: before it connects.

        How many messages will come first that it was given before. Waits for a `start` that is under way.
        Raises BrokerError: NOT_RUNNING, NO_REWIND.
        """
        with self._turn:
            return rewind.rewind(self._nats_port(), self._rewind_password, client_id)

    def problems(self) -> list[Problem]:
        """What went wrong for whom in the last ten minutes, oldest first, each with its cure. Does not block.

        Reading that the store is full also lends it a reserve, at most once a minute.
        """
        with self._turn:
            if any(fresh.kind is ProblemKind.STORE_FULL for fresh in self._book.read(self._tail.lines())):
                self._lend()
            return self._book.recent(SystemClock().now())

    def _door(self) -> Accounts:
        private_file.make_folder(self.files.folder)
        known = self._known()
        tries = 0
        while not ports.is_free(known.port):
            tries += 1
            if self.in_refuge or self.files.store.exists() or tries > _PORT_TRIES:
                raise self._taken(known.port)
            known = accounts.move_port(self._folder)  # it never ran: nobody was told the port
        return accounts.load(self._folder)

    def _known(self) -> Accounts:
        """The accounts; in the refuge as they are, because nothing can be written at home."""
        if self.in_refuge:
            return accounts.load(self._folder)
        known = accounts.settle_home(self._folder, self._home)
        accounts.ensure(self._folder, RECORDER, Role.RECORDER)
        return known

    def _nats_port(self) -> int:
        pid = self.pid
        if pid is None:
            raise BrokerError(BrokerReason.NOT_RUNNING, "the broker does not run: start it")
        return rewind.port_of(self.files.doors(pid))

    def _write_config(self, known: Accounts) -> None:
        if not self._is_open:
            known = replace(known, accounts={RECORDER: known.account(RECORDER)})
        content = config(known, self._limits, self.files, self._rewind_password)
        private_file.write(self.files.config, content)

    def _await_welcome(self, process: ServerProcess, known: Accounts) -> None:
        """Only the server knows when it is ready: ask until it says so, or has ended."""
        deadline = time.monotonic() + _START_PATIENCE
        while not process.wait(_LOOK_EVERY):
            if handshake.ask(known.port, known.account(RECORDER), _ASK_PATIENCE) is Answer.WELCOME:
                return
            if time.monotonic() > deadline:
                self.stop()
                raise last_words.silent(self.files, _START_PATIENCE)
        self._process = None
        survivor.forget(self.files)
        raise last_words.died(self.files, self._tail.lines(), process.exit_code, self._taken(known.port))

    def _taken(self, port: int) -> BrokerError:
        return last_words.port_taken(port, accounts.path_of(self._folder))

    def _await_reload(self) -> None:
        deadline = time.monotonic() + _RELOAD_PATIENCE
        while time.monotonic() < deadline:
            for line in self._read_log():
                if "Reloaded server configuration" in line:
                    return
                if "Failed to reload" in line:
                    raise last_words.reload_refused(line.partition("[ERR] ")[2])
            if self._process is None or self._process.wait(_LOOK_EVERY):
                raise last_words.reload_refused("the broker ended")
        raise last_words.reload_refused("the broker did not answer")

    def _read_log(self) -> list[str]:
        lines = self._tail.lines()
        self._book.read(lines)
        return lines

    def _lend(self) -> None:
        now = time.monotonic()
        if self._process is None or now - self._lent_at < _LEND_EVERY:
            return
        self._lent_at = now
        self._write_config(accounts.load(self._folder))
        self._process.signal(signal.SIGHUP)
