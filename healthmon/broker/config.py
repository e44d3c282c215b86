"""This is the place for the configuration we write for nats-server. JSON is a form it reads.

Passwords stand in it as they are: bcrypt would cost each connecting device a tenth of a second and the
standard library has none, and the same secrets lie beside it in accounts.json, equally private.
"""

import contextlib
import os
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from healthmon.broker import rewind
from healthmon.broker.accounts import Account, Accounts
from healthmon.broker.permissions import permissions
from healthmon.broker.ports import LOOPBACK
from healthmon.events import wire

RESERVE = 64 << 20
"""Bytes lent to a store that is full, so that the recorder can come back and empty it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much the broker may keep, and how sure it is of it."""

    store: int = 1 << 30  # bytes on disk for all that is queued and retained
    payload: int = 16 << 20  # bytes in one message; beyond it the broker closes the client
    unacknowledged: int = 4_000  # messages of one subscription that wait for their PUBACK
    ack_wait: timedelta = timedelta(seconds=3)  # real time until they are sent again; longer than any commit
    sync_every: timedelta | None = None
    """How often the store reaches the disk. None: before each acknowledgement, so that it is true after a
    power cut too, at 1.6k (one device, one at a time) to 2.8k messages a second; with 2 minutes it is true
    after a crash of anything but the machine, at 3k to 42k (measured here, a virtual disk)."""


@dataclass(frozen=True, slots=True)
class BrokerFiles:
    """Where everything of the broker is, below the data folder."""

    folder: Path

    @property
    def config(self) -> Path:
        """What nats-server reads."""
        return self.folder / "server.conf"

    @property
    def store(self) -> Path:
        """What is queued and retained."""
        return self.folder / "store"

    @property
    def log(self) -> Path:
        """What nats-server writes; at most two of a megabyte."""
        return self.folder / "server.log"

    @property
    def last_words(self) -> Path:
        """Its standard error: empty, unless it could not start or went down in a panic."""
        return self.folder / "last-words.txt"

    @property
    def running(self) -> Path:
        """Which process it is."""
        return self.folder / "running.json"

    @property
    def probe(self) -> Path:
        """A file that is made to see whether one can be."""
        return self.folder / "probe"

    def doors(self, pid: int) -> Path:
        """Where the server of this process id says on which ports it listens."""
        return self.folder / f"nats-server_{pid}.ports"


def config(accounts: Accounts, limits: Limits, files: BrokerFiles, rewind_password: str) -> bytes:
    """The configuration: loopback only, each account with its permissions, MQTT for all but `rewind`."""
    return wire.write(
        {
            "server_name": "healthmon",  # MQTT sessions belong to a name: never change it
            "host": LOOPBACK,
            "port": -1,  # the NATS door cannot be closed; `rewind` alone has an account for it
            "ports_file_dir": str(files.folder),
            "max_payload": limits.payload,
            "max_pending": max(64 << 20, 2 * limits.payload),
            "log_file": str(files.log),
            "log_size_limit": 1 << 20,
            "logfile_max_num": 2,
            "logtime_utc": True,
            "jetstream": {
                "store_dir": str(files.store),
                "max_mem": 16 << 20,
                "max_file": quota(limits.store, files.store),
                "sync_interval": f"{limits.sync_every.total_seconds():g}s" if limits.sync_every else "always",
            },
            "mqtt": {
                "host": LOOPBACK,
                "port": accounts.port,
                "ack_wait": f"{limits.ack_wait.total_seconds():g}s",
                "max_ack_pending": limits.unacknowledged,
                # Never consumer_inactive_threshold: it leaves sessions present and deaf for ever (2.15.1).
            },
            "authorization": {
                "users": [
                    rewind.user(rewind_password),
                    *(_user(one, accounts.home) for one in accounts.accounts.values()),
                ]
            },
        }
    )


def quota(wanted: int, store: Path) -> int:
    """Bytes the store may use: what is wanted, at most half of the disk, and always room for one reserve.

    A full store refuses even the recorder's own session, so without the reserve nothing could empty it.
    """
    used = _used(store)
    free = shutil.disk_usage(store if store.is_dir() else store.parent).free
    return max(min(wanted, (used + free) // 2), used + RESERVE)


def _used(folder: Path) -> int:
    """Bytes in the files below a folder that a running server changes while we look."""
    used = 0
    for path, _, names in os.walk(folder):  # passes over what vanishes
        for name in names:
            with contextlib.suppress(FileNotFoundError):
                used += Path(path, name).stat().st_size
    return used


def _user(account: Account, home: str) -> dict[str, object]:
    return {
        "user": account.name,
        "password": account.password,
        "allowed_connection_types": ["MQTT"],
        "permissions": permissions(account, home),
    }
