"""This is the place for who may speak to the embedded broker: names, roles and generated secrets.

`D/broker/accounts.json` (0600): {"url": "mqtt://127.0.0.1:18831", "home": "home", "accounts": {"watch-7":
{"role": "device", "password": "..."}}}. Whoever can read it can speak as anybody, so it stays as private as
the log itself. A running broker learns of a change by `EmbeddedBroker.reload`.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from healthmon.broker import ports, private_file
from healthmon.broker.errors import BrokerError, BrokerReason
from healthmon.events import wire
from healthmon.events.topics import is_name

_SECRET_BYTES = 24


class Role(StrEnum):
    """What an account may do. `permissions` says it in topics."""

    RECORDER = "recorder"  # hears everything of the home, speaks for the monitor
    DEVICE = "device"  # speaks on its own two topics, hears nothing
    CARER = "carer"  # speaks as itself, hears the monitor
    GATEWAY = "gateway"  # speaks for any device of the home: simulators, replay, Bluetooth


@dataclass(frozen=True, slots=True)
class Account:
    """One name and its secret. The secret is not shown by repr."""

    name: str
    role: Role
    password: str = field(repr=False)

    @property
    def client_id(self) -> str:
        """The MQTT client id to use with a persistent session: fixed, and not to be guessed.

        Any account may take over any session whose client id it knows, and wipe what is queued there: the
        protocol has no better lock. So ids with a session are as secret as passwords (broker's log aside).
        """
        return f"{self.name}-{hashlib.sha256(self.password.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Accounts:
    """Everything in accounts.json."""

    url: str
    home: str
    accounts: Mapping[str, Account]

    @property
    def port(self) -> int:
        """Where the broker listens on this machine."""
        return urlsplit(self.url).port or 0

    def account(self, name: str) -> Account:
        """This account. Raises BrokerError (NO_SUCH_ACCOUNT)."""
        found = self.accounts.get(name)
        if found is None:
            raise BrokerError(
                BrokerReason.NO_SUCH_ACCOUNT,
                f"the broker has no account {name!r}; `healthmon pair` makes one",
            )
        return found

    def url_for(self, name: str) -> str:
        """mqtt://NAME:PASSWORD@127.0.0.1:PORT, a secret. Raises BrokerError (NO_SUCH_ACCOUNT)."""
        account = self.account(name)
        return self.url.replace("mqtt://", f"mqtt://{account.name}:{account.password}@", 1)


@dataclass(frozen=True, slots=True)
class _Kept:
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _File:
    url: str
    home: str
    accounts: dict[str, _Kept]


def path_of(folder: Path) -> Path:
    """Where the accounts of a data folder are kept."""
    return folder / "broker" / "accounts.json"


def load(folder: Path) -> Accounts:
    """The accounts of a data folder. Raises BrokerError: NO_ACCOUNTS before the first start, BAD_ACCOUNTS."""
    path = path_of(folder)
    try:
        file = wire.read(path.read_bytes(), _File)
    except FileNotFoundError as error:
        raise BrokerError(
            BrokerReason.NO_ACCOUNTS, f"{path} is not there yet: start the recorder once (`healthmon record`)"
        ) from error
    except (OSError, wire.WireError) as error:
        raise _bad(path, str(error)) from error
    kept = Accounts(
        file.url,
        file.home,
        {name: Account(name, one.role, one.password) for name, one in file.accounts.items()},
    )
    return _checked(path, kept)


def ensure(folder: Path, name: str, role: Role, *, home: str = "home") -> Account:
    """The account of this name, made with a generated secret if there is none; durable when it returns.

    Safe from several processes at once. The first call for a folder also chooses the broker's port; `home`
    counts only then. Raises BrokerError: BAD_NAME, OTHER_ROLE, BAD_ACCOUNTS, CANNOT_WRITE.
    """
    if not is_name(name):
        raise BrokerError(
            BrokerReason.BAD_NAME, f"{name!r} cannot be a name: use letters, digits, _ : - (at most 64)"
        )
    with _changing(folder):
        accounts = _found(folder, home)
        known = accounts.accounts.get(name)
        if known is None:
            known = Account(name, role, secrets.token_urlsafe(_SECRET_BYTES))
            _save(folder, replace(accounts, accounts={**accounts.accounts, name: known}))
    if known.role is not role:
        raise BrokerError(
            BrokerReason.OTHER_ROLE, f"{name!r} is already a {known.role.value}: choose another name"
        )
    return known


def revoke(folder: Path, name: str) -> bool:
    """Take an account away; after the broker's reload its client is closed. False when there was none."""
    with _changing(folder):
        accounts = load(folder)
        if name not in accounts.accounts:
            return False
        _save(folder, replace(accounts, accounts={k: v for k, v in accounts.accounts.items() if k != name}))
    return True


def settle_home(folder: Path, home: str) -> Accounts:
    """The accounts, made if there are none, with this home. The accounts themselves do not change."""
    with _changing(folder):
        accounts = _found(folder, home)
        if accounts.home != home:
            accounts = replace(accounts, home=home)
            _save(folder, accounts)
    return accounts


def move_port(folder: Path) -> Accounts:
    """Choose another port. Only before anybody was told the first one."""
    with _changing(folder):
        accounts = replace(load(folder), url=_url())
        _save(folder, accounts)
    return accounts


def _changing(folder: Path) -> "private_file.Alone":
    private_file.make_folder(path_of(folder).parent)
    return private_file.alone(path_of(folder).with_name("accounts.lock"))


def _found(folder: Path, home: str) -> Accounts:
    if path_of(folder).exists():
        return load(folder)
    accounts = Accounts(_url(), home, {})
    _save(folder, accounts)
    return accounts


def _url() -> str:
    return f"mqtt://{ports.LOOPBACK}:{ports.choose()}"


def _save(folder: Path, accounts: Accounts) -> None:
    file = _File(
        accounts.url,
        accounts.home,
        {name: _Kept(one.role, one.password) for name, one in accounts.accounts.items()},
    )
    private_file.write(path_of(folder), wire.write(file))


def _checked(path: Path, accounts: Accounts) -> Accounts:
    try:
        port = accounts.port
    except ValueError:
        port = 0
    if not port or not accounts.url.startswith("mqtt://"):
        raise _bad(path, "its url should be like mqtt://127.0.0.1:18831")
    if not is_name(accounts.home) or not all(map(is_name, accounts.accounts)):
        raise _bad(path, "a name in it cannot be part of a topic")
    return accounts


def _bad(path: Path, why: str) -> BrokerError:
    return BrokerError(
        BrokerReason.BAD_ACCOUNTS,
        f"{path} cannot be read ({why}); restore it from a backup, or delete it and pair every device again",
    )
