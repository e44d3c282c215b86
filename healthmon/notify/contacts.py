"""This is the place for who can be called, and how they are reached: one private file of the data folder.

    [anna]
    name = "Anna Nowak"
    reach = ["mailto://user:password@example.org?to=anna@example.org", "keyring:anna-phone"]

Their order in the file is the order in which they are called, until a carer sets another. The log knows the
ids only: `anna`. Reading and writing block for milliseconds; any thread.
"""

import contextlib
import fcntl
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from healthmon.events import wire
from healthmon.events.plain_text import is_plain, made_plain
from healthmon.events.topics import is_name
from healthmon.notify.address import LONGEST, scheme
from healthmon.notify.errors import NotifyError, NotifyReason
from healthmon.notify.private_file import MODE, PrivateFile

FILE: Final = "contacts.toml"
MOST_CONTACTS: Final = 50  # our choice, as are the next two
MOST_ADDRESSES: Final = 10
LARGEST: Final = 1 << 20  # bytes
_HEAD: Final = """\
# Whom healthmon calls, in this order. Private: chmod 600. `healthmon contacts add` and `remove` write it anew
# and keep no comments. reach: addresses as Apprise writes them, or env:NAME, or keyring:NAME.
"""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who can be called. `reach` never shows when a contact is printed."""

    id: str
    name: str
    reach: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Usable:
    """Everybody who can be called, and what was left out of a file with slips, each with its cure."""

    contacts: tuple[Contact, ...]
    faults: tuple[NotifyError, ...]


class ContactsFile:
    """The file of one data folder. It need not be there: then there is nobody to call."""

    def __init__(self, data: Path) -> None:
        self.path = data / FILE
        self._file = PrivateFile(self.path)

    def mark(self) -> tuple[int, ...]:
        """Another one when the file has changed: see `PrivateFile`."""
        return self._file.mark()

    def read(self) -> tuple[Contact, ...]:
        """Everybody, in their order.

        Raises NotifyError with the cure: NOT_PRIVATE if others can read it, BAD_FILE, BAD_NAME, BAD_ADDRESS.
        """
        return self._contacts(self._sections())

    def usable(self) -> Usable:
        """Whoever can be called, though others cannot: one slip must not silence the calls to everybody.

        Raises NotifyError where nothing of the file can be used: NOT_PRIVATE, BAD_FILE.
        """
        contacts: list[Contact] = []
        faults: list[NotifyError] = []
        for name, value in self._sections().items():
            try:
                contact = self._contact(name, value, faults)
            except NotifyError as error:
                faults.append(error)
                continue
            contacts.append(replace(contact, reach=contact.reach[:MOST_ADDRESSES]))
            if len(contact.reach) > MOST_ADDRESSES:
                faults.append(self._too_many())
        faults += [self._too_many()] if len(contacts) > MOST_CONTACTS else []
        return Usable(tuple(contacts[:MOST_CONTACTS]), tuple(faults))

    def _sections(self) -> Mapping[str, object]:
        """The parsed file; nothing without one. Raises NotifyError: NOT_PRIVATE, BAD_FILE."""
        content = self._file.read(LARGEST)
        return {} if content is None else self._parsed(content)

    def add(self, name: str, address: str, *, called: str = "") -> Contact:
        """One more address for this contact, who is made last in the order when not there yet.

        `called` is what messages call them. Raises NotifyError; then the file is as it was.
        """
        _judge_name(name)
        fault = _fault_of(name, address)
        if fault is not None:
            raise fault
        with self._alone():
            known = {contact.id: contact for contact in self.read()}
            old = known.get(name, Contact(name, called or name, ()))
            reach = old.reach if address in old.reach else (*old.reach, address)
            known[name] = replace(old, name=called or old.name, reach=reach)
            self._write(self._bounded(tuple(known.values())))
            return known[name]

    def remove(self, name: str) -> Contact:
        """Take somebody out. Raises NotifyError: NO_SUCH_CONTACT, or what `read` raises."""
        with self._alone():
            known = {contact.id: contact for contact in self.read()}
            if name not in known:
                raise no_such_contact(name, tuple(known))
            gone = known.pop(name)
            self._write(tuple(known.values()))
            return gone

    def _parsed(self, content: bytes) -> Mapping[str, object]:
        if len(content) > LARGEST:
            raise self._file.bad("is too large for a list of contacts")
        try:
            return tomllib.loads(content.decode())
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            # Not the error's own words, nor the error itself: they may quote the line, and so an address.
            line = re.search(r"line (\d+)", str(error))
            raise self._file.bad(f"is no TOML (line {line[1]})" if line else "is no TOML in UTF-8") from None

    def _contacts(self, raw: Mapping[str, object]) -> tuple[Contact, ...]:
        return self._bounded(tuple(self._contact(name, value) for name, value in raw.items()))

    def _bounded(self, contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
        if len(contacts) > MOST_CONTACTS or any(len(one.reach) > MOST_ADDRESSES for one in contacts):
            raise self._too_many()
        return contacts

    def _contact(self, name: str, value: object, faults: list[NotifyError] | None = None) -> Contact:
        """With `faults` an address that is none goes there, as long as another can be used."""
        _judge_name(name)
        if not isinstance(value, dict):
            raise self._bad_entry(f"needs a section for each contact, as in [{name}]")
        called, reach = value.get("name", name), value.get("reach")
        reach = [reach] if isinstance(reach, str) else reach
        if not isinstance(called, str) or not isinstance(reach, list) or not reach:
            raise self._bad_entry(f'needs reach = ["ADDRESS"] in [{name}], and name = "..." if anything')
        told = [one for address in reach if (one := _fault_of(name, address)) is not None]
        if told and (faults is None or len(told) == len(reach)):
            raise told[0]
        if faults is not None:
            faults += told
        usable = tuple(address for address in reach if _fault_of(name, address) is None)
        return Contact(name, made_plain(called, longest=80), usable)

    def _too_many(self) -> NotifyError:
        most = f"at most {MOST_CONTACTS} contacts with {MOST_ADDRESSES} addresses each"
        return self._bad_entry(f"holds too many: {most}")

    def _bad_entry(self, what: str) -> NotifyError:
        return NotifyError(NotifyReason.BAD_FILE, f"{self.path} {what}; mend it, or they are not called")

    def _write(self, contacts: Sequence[Contact]) -> None:
        self._file.write((_HEAD + "".join(map(_section, contacts))).encode())

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = os.open(self.path.with_name(".contacts.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, MODE)
        except OSError as error:
            raise self._file.cannot_write(error) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def no_such_contact(name: str, known: Sequence[str]) -> NotifyError:
    """Nobody of this name; the message says who there is."""
    there = f"there are {', '.join(known)}" if known else f"healthmon contacts add {name} - adds them"
    return NotifyError(NotifyReason.NO_SUCH_CONTACT, f"no contact is called {made_plain(name)}; {there}")


def _judge_name(name: str) -> None:
    if not is_name(name):
        told = made_plain(name, longest=80)
        raise NotifyError(
            NotifyReason.BAD_NAME, f"{told!r} cannot be a contact: use letters, digits, _ : - (at most 64)"
        )


def _fault_of(name: str, address: object) -> NotifyError | None:
    """Why this is no address; None when it may be one. Never quotes it."""
    fits = isinstance(address, str) and len(address) <= LONGEST and is_plain(address)
    if fits and scheme(str(address)) and str(address) == str(address).strip():
        return None
    return NotifyError(
        NotifyReason.BAD_ADDRESS,
        f"an address of {name} is none: write mailto://..., ntfy://..., env:NAME or keyring:NAME",
    )


def _section(contact: Contact) -> str:
    # What JSON writes of a plain text is a TOML string too: both escape quotes and backslashes alike.
    name = contact.id if re.fullmatch(r"[A-Za-z0-9_-]+", contact.id) else _text(contact.id)
    reach = ", ".join(map(_text, contact.reach))
    return f"\n[{name}]\nname = {_text(contact.name)}\nreach = [{reach}]\n"


def _text(text: str) -> str:
    return wire.write(text).decode()
