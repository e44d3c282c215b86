"""This is the place for addresses that are kept elsewhere: in the environment, or in a keyring."""

import importlib
import importlib.util
import os
from collections.abc import Mapping

from healthmon.notify.address import ENVIRONMENT, reference
from healthmon.notify.errors import NotifyError, NotifyReason

SERVICE = "healthmon"  # as in: keyring set healthmon NAME


def resolved(address: str, environ: Mapping[str, str] | None = None) -> str:
    """The address itself. A keyring may ask the desktop to be unlocked and so block: call it in a child.

    Raises NotifyError (NO_SECRET) with the cure; the message names the place, never what is kept there.
    """
    kept = reference(address)
    if kept is None:
        return address
    place, name = kept
    if place != ENVIRONMENT:
        return _from_keyring(name)
    found = (os.environ if environ is None else environ).get(name, "")
    if not found:
        raise _no_secret(f"the environment of the recorder has no {name}: set it where it is started")
    return found


def has_keyring() -> bool:
    """Whether the optional part that reads keyrings is installed."""
    return importlib.util.find_spec("keyring") is not None


def _from_keyring(name: str) -> str:
    if not has_keyring():
        raise _no_secret("no keyring can be read here: pip install healthmon[keyring]")
    keyring = importlib.import_module("keyring")
    try:
        found = keyring.get_password(SERVICE, name)
    except Exception as error:  # noqa: BLE001 - backends raise what they like
        raise _no_secret(f"the keyring cannot be read now ({type(error).__name__}): unlock it") from None
    if not isinstance(found, str) or not found:
        raise _no_secret(f"the keyring has no {name}: keyring set {SERVICE} {name}")
    return found


def _no_secret(message: str) -> NotifyError:
    return NotifyError(NotifyReason.NO_SECRET, message)
