"""This is the place for staying connected: one thread that reads, writes and reconnects for ever."""

import ssl
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from paho.mqtt.client import Client as PahoClient
from paho.mqtt.client import ConnectFlags, DisconnectFlags
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from healthmon.clock import SystemClock
from healthmon.mqtt.broker_url import BrokerUrl
from healthmon.mqtt.buffered_socket import BufferedSocket
from healthmon.mqtt.client import KEEP_ALIVE, PING, Client
from healthmon.mqtt.watch import Waker, Watch

_AT_ONCE = 500  # pieces
_LOOK_EVERY = 1.0  # s between looks at keep-alive when nothing happens
_LASTED = 5.0  # s: a connection that ended sooner does not reset the pause before the next one

# CONNACK codes that trying again will not change, as paho's reason codes: 1 protocol, 2 client id,
# 4 name or password, 5 not authorized (MQTT 3.1.1, table 3.1).
_FINAL = {
    132: "it does not speak MQTT 3.1.1; set it up for that version",
    133: "it refuses our client id; allow it there",
    134: "it refuses our name or password; correct them",
    135: "it refuses our name or password; correct them",
}
_PROTOCOL_ERROR = 130
_CLOSED = "it closed the connection; does another program use our client id?"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait, before trying again and for an answer; real time."""

    first: timedelta = timedelta(seconds=0.2)
    longest: timedelta = timedelta(seconds=5)
    first_refused: timedelta = timedelta(seconds=2)  # our own broker may let us in a moment later
    refused: timedelta = timedelta(seconds=60)  # bad credentials are not a network fault
    welcome: timedelta = timedelta(seconds=5)  # from our CONNECT to the broker's CONNACK


@dataclass(frozen=True, slots=True)
class LineState:
    """How it stands. `since` is real time; `problem` is one sentence, empty while all is well."""

    connected: bool
    since: datetime
    reconnects: int = 0
    problem: str = ""


class Duty(Protocol):
    """What is done with a line. Everything is called from the line's thread and must not block."""

    def before_connecting(self) -> None:
        """We are about to connect. This one may block for a few seconds."""

    def came_up(self, client: Client) -> None:
        """The broker has welcomed us."""

    def went_down(self) -> None:
        """The connection is gone; what it knew means nothing to the next one."""

    def has_room(self) -> bool:
        """Whether to go on reading. While it says no, the broker holds what comes."""

    def read(self, client: Client) -> bool:
        """Take a piece of what the socket's memory holds; whether there is more to take."""

    def was_read(self) -> None:
        """Some packets were read; more may follow."""

    def work(self, client: Client) -> None:
        """Hand over what other threads left to be sent. Called at once after `Line.wake`."""


class Line:
    """A connection that is kept up from `start` to `stop`, whatever the network does."""

    def __init__(self, url: BrokerUrl, client: Client, duty: Duty, pace: Pace | None = None) -> None:
        self._url = url
        self._client = client
        self._duty = duty
        self._pace = pace or Pace()
        self._state = LineState(connected=False, since=SystemClock().now())
        self._waker = Waker()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"mqtt {url}", daemon=True)
        self._ever_up = False
        self._lost = False
        self._final = ""
        self._looked = 0.0
        self._has_more = False
        client.on_connect = self._on_connect
        client.on_disconnect = self._on_disconnect

    @property
    def state(self) -> LineState:
        """How it stands now. Any thread may ask."""
        return self._state

    def start(self) -> None:
        """Begin to connect. Returns at once; once in a line's life."""
        self._thread.start()

    def stop(self) -> None:
        """Send what waits, take leave of the broker, end the thread. Any number of times."""
        self._stopping.set()
        if self._thread.is_alive():
            self._waker.wake()
            self._thread.join()
        self._waker.close()

    def wake(self) -> None:
        """There is work, or room to read: call after leaving it. Any thread; never blocks."""
        if not self._stopping.is_set():
            self._waker.wake()

    def _run(self) -> None:
        pause, refused = self._pace.first, self._pace.first_refused
        while not self._stopping.is_set():
            began = time.monotonic()
            self._down(self._live())
            if time.monotonic() - began > _LASTED:
                pause, refused = self._pace.first, self._pace.first_refused
            self._stopping.wait((refused if self._final else pause).total_seconds())
            pause = min(pause * 2, self._pace.longest)
            refused = min(refused * 4, self._pace.refused) if self._final else self._pace.first_refused
        self._down("")

    def _live(self) -> str:
        """One connection, from its beginning to its end; why it ended."""
        self._lost, self._final, self._has_more = False, "", False
        try:
            self._duty.before_connecting()
            self._client.reconnect()
            self._serve(self._client.buffer)
        except ssl.SSLCertVerificationError as error:
            self._final = f"its certificate cannot be trusted ({error.verify_message}); name its ca= file"
        except OSError as error:
            return f"{self._url} cannot be reached: {error.strerror or error}"
        except Exception as error:  # noqa: BLE001 - the thread's outermost frame; a listener must not just end
            return f"{self._url} was left because of a fault of ours, please report it: {error!r}"
        finally:
            self._hang_up()
        return f"{self._url}: {self._final or _CLOSED}"

    def _serve(self, buffer: BufferedSocket) -> None:
        self._looked = time.monotonic()
        welcome_by = self._looked + self._pace.welcome.total_seconds()
        with Watch(buffer, self._waker) as watch:
            while not self._lost and not self._stopping.is_set():
                self._send()
                room = self._duty.has_room()
                watch.wait(read=room, seconds=0 if room and self._has_more else _LOOK_EVERY)
                self._read()
                self._keep_alive(buffer, room=room)
                if not self._state.connected and time.monotonic() > welcome_by:
                    raise TimeoutError("it does not answer")

    def _send(self) -> None:
        if self._state.connected:
            self._duty.work(self._client)
        self._client.loop_write()
        self._client.buffer.flush()

    def _read(self) -> None:
        """Hands on in pieces: whoever waits can begin while the rest is taken apart."""
        for _ in range(_AT_ONCE):
            if self._lost or not self._duty.has_room():
                break
            self._has_more = self._duty.read(self._client)
            if not self._has_more:
                break
        self._duty.was_read()

    def _keep_alive(self, buffer: BufferedSocket, *, room: bool) -> None:
        """paho does it, but would hang up if we did not read its broker's answer for want of room."""
        since = time.monotonic() - self._looked
        if not room and since > KEEP_ALIVE / 2:
            buffer.send(PING)
        elif not room or since < _LOOK_EVERY:
            return
        else:
            self._client.loop_misc()
        self._looked = time.monotonic()

    def _hang_up(self) -> None:
        """After this, paho has no socket."""
        if self._client.socket() is None:
            return
        if self._stopping.is_set():
            self._send()
        self._client.disconnect()
        self._client.loop_write()

    def _down(self, problem: str) -> None:
        since = SystemClock().now() if self._state.connected else self._state.since
        self._state = replace(self._state, connected=False, since=since, problem=problem)

    def _on_connect(
        self, _: PahoClient, __: object, ___: ConnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        if reason.is_failure:
            self._final = _FINAL.get(reason.value, "")
            return
        again = self._state.reconnects + 1 if self._ever_up else 0
        self._ever_up = True
        self._state = LineState(connected=True, since=SystemClock().now(), reconnects=again)
        self._duty.came_up(self._client)

    def _on_disconnect(
        self, _: PahoClient, __: object, ___: DisconnectFlags, reason: ReasonCode, ____: Properties | None
    ) -> None:
        if reason.value == _PROTOCOL_ERROR and not self._state.connected:
            self._final = self._final or _FINAL[132]  # paho tells of CONNACK code 1 in no other way
        self._lost = True
        self._duty.went_down()
