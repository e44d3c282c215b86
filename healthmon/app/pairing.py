"""This is the place for giving a device its account: only with it may it speak, and only about itself."""

import time
from dataclasses import dataclass

from healthmon import log
from healthmon.app.places import Places
from healthmon.app.processes import wait_for
from healthmon.broker import Role, accounts
from healthmon.events.topics import device_event, device_status
from healthmon.settings import Settings

EXAMPLE = '{"subject": "WATCH", "verb": "MEASURES", "object": "HR", "context": {"value": 78, "unit": "/min"}}'


LET_IN = 3.0  # seconds of real time that a running recorder may take to notice


@dataclass(frozen=True, slots=True)
class Paired:
    """What a person types into a device. The password is a secret of this machine."""

    address: str
    password: str
    topic: str
    status: str
    example: str


def pair(settings: Settings, name: str) -> Paired:
    """The account of this device, made if there is none; durable when it returns.

    Waits until a recorder that runs has let the account in: a device that is refused once retries slowly.
    Raises BrokerError: a name that cannot be one, or that belongs to a person or the recorder.
    """
    places = Places(settings.data_folder).prepared()
    account = accounts.ensure(places.data, name, Role.DEVICE, home=settings.broker.home)
    known = accounts.load(places.data)
    _await_the_recorder(places)
    return Paired(
        address=known.url,
        password=account.password,
        topic=device_event(known.home, name),
        status=device_status(known.home, name),
        example=EXAMPLE,
    )


def _await_the_recorder(places: Places) -> None:
    """The broker's configuration is written anew just before it is told to read it."""
    wanted, written = accounts.path_of(places.data), places.data / "broker" / "server.conf"
    if not log.is_locked(places.data) or not written.exists():
        return
    if wait_for(lambda: written.stat().st_mtime_ns >= wanted.stat().st_mtime_ns, patience=LET_IN):
        time.sleep(0.3)  # what the broker takes to read it
