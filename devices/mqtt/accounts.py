"""This is the place for where devices publish, and as whom.

A recorder with its own broker writes both to `broker/accounts.json` in its data folder. A device that was
paired has an account of its own name; the others share the gateway's. For any other broker the address holds
the account: mqtt://NAME:PASSWORD@HOST:PORT.
"""

from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from devices.errors import DeviceError, DeviceReason
from healthmon.events import wire
from healthmon.events.topics import is_name

_PORTS = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class Account:
    """A name and its password; both empty for a broker that asks for none."""

    name: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Written:
    role: str
    password: str


@dataclass(frozen=True, slots=True)
class _File:
    url: str
    home: str
    accounts: dict[str, _Written] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broker:
    """A broker's address, the home's name on it, and the accounts that may publish there."""

    host: str
    port: int
    home: str
    secure: bool = False
    shared: Account | None = None  # for whatever has no account of its own
    own: dict[str, Account] = field(default_factory=dict)
    carers: dict[str, Account] = field(default_factory=dict)

    def device(self, name: str) -> Account:
        """As whom this device publishes. Raises DeviceError when nobody may speak for it."""
        account = self.own.get(name, self.shared)
        if account is None:
            raise DeviceError(
                DeviceReason.NO_ACCOUNT,
                f"no account for {name} or gateway: run `healthmon pair {name}`, or restart the recorder",
            )
        return account

    def carer(self, name: str) -> Account:
        """As whom this carer speaks. Raises DeviceError when there is no such account."""
        account = self.carers.get(name) or (self.shared if not self.own and not self.carers else None)
        if account is None:
            close = get_close_matches(name, self.carers, n=1)
            meant = f" (there is {close[0]})" if close else ""
            raise DeviceError(
                DeviceReason.NO_ACCOUNT,
                f"no carer's account {name}{meant}: start the recorder with that carer",
            )
        return account

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def from_data(folder: Path) -> Broker:
    """The broker of the recorder that keeps its data in this folder. Raises DeviceError."""
    path = folder / "broker" / "accounts.json"
    try:
        written = wire.read(path.read_bytes(), _File)
    except FileNotFoundError as error:
        raise DeviceError(
            DeviceReason.NO_BROKER,
            f"no recorder has worked in {folder} yet:"
            f" run `healthmon record --data {folder}`, or give --broker URL",
        ) from error
    except (OSError, wire.WireError) as error:
        raise DeviceError(
            DeviceReason.NO_ACCOUNT, f"{path} cannot be read ({error}): start the recorder again to renew it"
        ) from error
    host, port, secure, _ = _address(written.url)
    gateway = [_account(name, one) for name, one in written.accounts.items() if one.role == "gateway"]
    return Broker(
        host,
        port,
        _home(written.home),
        secure=secure,
        shared=gateway[0] if gateway else None,
        own=_with_role(written, "device"),
        carers=_with_role(written, "carer"),
    )


def from_url(url: str, home: str) -> Broker:
    """The broker at this address, the account in it, for a home of this name. Raises DeviceError."""
    host, port, secure, account = _address(url)
    return Broker(host, port, _home(home), secure=secure, shared=account)


def _address(url: str) -> tuple[str, int, bool, Account]:
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in _PORTS or not parts.hostname or port == -1:
        raise DeviceError(
            DeviceReason.BAD_OPTION,
            f"{_hidden(url)!r} is no broker; write mqtt://127.0.0.1:1883 or mqtts://HOST",
        )
    account = Account(unquote(parts.username or ""), unquote(parts.password or ""))
    return parts.hostname, port or _PORTS[parts.scheme], parts.scheme == "mqtts", account


def _hidden(url: str) -> str:
    """The address without what might be a password."""
    return url.rpartition("@")[2] if "@" in url else url


def _home(name: str) -> str:
    if not is_name(name):
        raise DeviceError(
            DeviceReason.BAD_OPTION, f"a home cannot be called {name!r}: use letters, digits, - _ and :"
        )
    return name


def _account(name: str, written: _Written) -> Account:
    return Account(name, written.password)


def _with_role(written: _File, role: str) -> dict[str, Account]:
    return {name: _account(name, one) for name, one in written.accounts.items() if one.role == role}
