"""A real session bus shows an alarm, critical where it is urgent; a machine without one is no fault."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jeepney import MessageType, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from healthmon.app.doctor import examined
from healthmon.notify.child import Flight
from healthmon.notify.desktop import DESKTOP, session_bus, shown_by
from healthmon.notify.letter import Outcome
from healthmon.settings import PathSettings, Settings
from tests.unit.notify.desk import letter

NAME = "org.freedesktop.Notifications"
needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")


class Shown:
    """A desktop of a test: what it was asked to show."""

    def __init__(self) -> None:
        self.bodies: list[tuple[object, ...]] = []

    def serve(self, bus: DBusConnection) -> None:
        """Answer every call until the connection ends."""
        while True:
            try:
                call = bus.receive()
            except (ConnectionError, OSError):
                return
            if call.header.message_type is not MessageType.method_call:
                continue
            member = str(call.header.fields[3])
            if member == "Notify":
                self.bodies.append(call.body)
                bus.send(new_method_return(call, "u", (7,)))
            elif member == "GetServerInformation":
                bus.send(new_method_return(call, "ssss", ("Test desktop", "us", "1", "1.2")))
            else:
                return


@contextmanager
def session(folder: Path) -> Iterator[str]:
    """A session bus of its own."""
    address = f"unix:path={folder / 'bus'}"
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address={address}"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    daemon.stdout.readline()
    try:
        yield address
    finally:
        daemon.terminate()
        daemon.wait()
        daemon.stdout.close()


@contextmanager
def desktop(address: str) -> Iterator[Shown]:
    """Somebody who shows notifications there."""
    shown = Shown()
    with open_dbus_connection(address) as bus:
        bus.send_and_get_reply(message_bus.RequestName(NAME))
        thread = threading.Thread(target=shown.serve, args=(bus,))
        thread.start()
        try:
            yield shown
        finally:
            _hang_up(address)
            thread.join()


def _hang_up(address: str) -> None:
    from jeepney import DBusAddress, new_method_call

    with open_dbus_connection(address) as other:
        other.send(new_method_call(DBusAddress("/", bus_name=NAME, interface=NAME), "TheEnd"))


@needs_bus
def test_an_alarm_is_shown_as_critical_plain_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with session(tmp_path) as address, desktop(address) as shown:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        tries = Flight(letter([DESKTOP])).wait()

    name, _, _, subject, text, _, hints, _ = shown.bodies[0]
    assert [(one.channel, one.outcome) for one in tries] == [("desktop", Outcome.DELIVERED)]
    assert (name, subject) == ("healthmon", "ALARM: Łucja, oxygen 86 %")
    assert text == "Łucja: 86 %\nand &lt;b&gt; &amp; more"
    assert isinstance(hints, dict)
    assert hints["urgency"] == ("y", 2)


@needs_bus
def test_doctor_says_who_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with session(tmp_path) as address, desktop(address):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)

        assert shown_by() == "Test desktop"


@needs_bus
def test_a_bus_without_a_desktop_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with session(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        tries = Flight(letter([DESKTOP])).wait()

    assert [(one.outcome, one.reason) for one in tries] == [(Outcome.AWAY, "no-desktop")]


def test_a_machine_without_a_desktop_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    found = {one.what: one for one in examined(Settings(paths=PathSettings(data=str(tmp_path))))}

    assert (found["desktop"].works, found["contacts"].works) == (True, True)
    assert "none here" in found["desktop"].detail


def test_a_session_without_a_variable_is_found_in_its_runtime_folder(tmp_path: Path) -> None:
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == ""
    assert session_bus({}) == ""
