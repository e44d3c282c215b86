"""This is the place for the desktop's own notifications: in addition, and never the only path.

org.freedesktop.Notifications on the session bus. A machine without a desktop has none, which is no fault.
"""

import os
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Final

from healthmon.events.plain_text import made_plain
from healthmon.notify.letter import Letter, Outcome, Try, Urgency

DESKTOP: Final = "desktop:"
PATIENCE: Final = 5.0  # seconds for the desktop to answer
_PLACE: Final = "/org/freedesktop/Notifications"
_NAME: Final = "org.freedesktop.Notifications"
# Urgency as the Desktop Notifications Specification counts it; "critical" stays until somebody dismisses it.
_LEVELS: Final = {Urgency.HIGH: 2, Urgency.MEDIUM: 1, Urgency.LOW: 0}
_EXPIRES_AS_THE_DESKTOP_LIKES: Final = -1


def session_bus(environ: Mapping[str, str] | None = None) -> str:
    """The address of this user's session bus; empty when there is none."""
    known = os.environ if environ is None else environ
    address = known.get("DBUS_SESSION_BUS_ADDRESS", "")
    socket = Path(known.get("XDG_RUNTIME_DIR", "/nowhere")) / "bus"
    return address or (f"unix:path={socket}" if socket.is_socket() else "")


def show(letter: Letter) -> Try:
    """Show it. Blocks for at most a few seconds: call it in a child. Never raises."""
    address = session_bus()
    if not address:
        return Try("desktop", Outcome.AWAY, "no-desktop", "no session bus")
    try:
        _call(address, "Notify", "susssasa{sv}i", _body(letter))
    except Exception as error:  # noqa: BLE001 - sockets, the bus, and jeepney have an error each
        return Try("desktop", Outcome.AWAY, "no-desktop", made_plain(f"{type(error).__name__}: {error}"))
    return Try("desktop", Outcome.DELIVERED)


def shown_by() -> str:
    """Which program shows notifications here, or nothing. Blocks for at most a few seconds."""
    address = session_bus()
    try:
        answer = _call(address, "GetServerInformation", None, ()) if address else ()
    except Exception:  # noqa: BLE001 - as above: there is no desktop to ask
        return ""
    return made_plain(str(answer[0])) if answer else ""


def _body(letter: Letter) -> tuple[object, ...]:
    hints = {"urgency": ("y", _LEVELS[letter.urgency]), "category": ("s", "im.received")}
    text = escape(letter.text, quote=False)  # the body may hold markup, by the specification
    return ("healthmon", 0, "", letter.subject, text, [], hints, _EXPIRES_AS_THE_DESKTOP_LIKES)


def _call(address: str, method: str, signature: str | None, body: tuple[object, ...]) -> tuple[object, ...]:
    from jeepney import DBusAddress, new_method_call
    from jeepney.io.blocking import open_dbus_connection
    from jeepney.wrappers import unwrap_msg

    place = DBusAddress(_PLACE, bus_name=_NAME, interface=_NAME)
    with open_dbus_connection(bus=address, auth_timeout=PATIENCE) as bus:
        reply = bus.send_and_get_reply(new_method_call(place, method, signature, body), timeout=PATIENCE)
        answer: tuple[object, ...] = unwrap_msg(reply)
    return answer
