"""This is the place for hearing: the broker's messages, each acknowledged once it is safe and not before."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from paho.mqtt.client import Client as PahoClient
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from healthmon.events import Message
from healthmon.mqtt.broker_url import BrokerUrl
from healthmon.mqtt.client import Client, make_client
from healthmon.mqtt.line import Line, Pace
from healthmon.mqtt.packets import DUPLICATE, RETAINED, Published, acknowledgements
from healthmon.mqtt.queue import Queue, Room
from healthmon.mqtt.unsettled import Unsettled

_AT_LEAST_ONCE = 1
_AT_ONCE = 500  # messages taken apart before they are handed on


@dataclass(frozen=True, slots=True)
class Session:
    """What a broker keeps for a client by its id, also while it is away: what is published on some topics.

    `rewind` has the broker give again first, and in order, what was not acknowledged; it says how many
    messages those are. It is called before each connect, by the network's thread, and may block for seconds.
    An OSError of it says: not now. mosquitto needs none: it does so by itself.
    """

    client_id: str
    filters: Sequence[str]
    rewind: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class ListenerState:
    """How the listener stands. `since` is real time; `problem` is one sentence, empty while all is well."""

    connected: bool  # and subscribed: messages come
    since: datetime
    depth: int
    reconnects: int
    problem: str


class Listener:
    """Everything that is published on some topics, kept by the broker until we say that it is safe.

    QoS 1, MQTT 3.1.1, a session that outlives us (fixed client id): what was not acknowledged before a crash
    of anything comes again, and says so (`Message.duplicate`), except what this listener still holds: that is
    not handed out twice, nor what it acknowledged in the last moments.
    In order, once the broker was asked (`Session.rewind`).

    Between `start` and `stop` it reconnects for ever. Messages wait to be taken as far as there is `room`;
    then it stops reading and the broker keeps the rest, except what was said at QoS 0: nobody keeps that.

    `take` and `acknowledge` may be called from any thread, and never wait for the network.
    """

    def __init__(
        self,
        url: BrokerUrl,
        session: Session,
        *,
        room: Room | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._filters = [(one, _AT_LEAST_ONCE) for one in session.filters]
        self._queue = Queue(room or Room())
        self._rewind = session.rewind
        self._given_before = 0
        self._safe: deque[Sequence[int]] = deque()
        self._unsettled = Unsettled()
        self._hearing = False
        self._deaf_to = ""
        client = make_client(url, session.client_id, keeps_session=True)
        client.on_subscribe = self._on_subscribe
        self._line = Line(url, client, self, pace)

    @property
    def depth(self) -> int:
        """How many messages wait to be taken."""
        return self._queue.depth

    @property
    def capacity(self) -> int:
        """How many may."""
        return self._queue.room.messages

    @property
    def state(self) -> ListenerState:
        """How it stands now."""
        line = self._line.state
        return ListenerState(
            connected=line.connected and self._hearing,
            since=line.since,
            depth=self.depth,
            reconnects=line.reconnects,
            problem=line.problem or self._deaf_to,
        )

    def start(self) -> None:
        """Begin to listen; returns at once, whether there is a broker or not. Once in a listener's life."""
        self._line.start()

    def stop(self) -> None:
        """Send the acknowledgements given so far, disconnect, end the thread. The rest comes again later."""
        self._line.stop()
        self._queue.wake()

    def take(self, limit: int, timeout: float) -> list[Message]:
        """Messages in their order, at most `limit`, as soon as there is one; none after `timeout` seconds."""
        was_full = not self.has_room()
        taken = self._queue.take(limit, timeout)
        if was_full and taken:
            self._line.wake()
        return taken

    def wake(self) -> None:
        """End the wait of whoever waits in `take`. Any thread may call."""
        self._queue.wake()

    def acknowledge(self, receipts: Sequence[int]) -> None:
        """These messages are safe; the broker may forget them. Sent at once by the network's thread.

        The receipt of a message that the broker has not given again since a reconnect acknowledges nothing.
        """
        if receipts:
            self._safe.append(tuple(receipts))
            self._line.wake()

    def before_connecting(self) -> None:
        """Have everything again that was not acknowledged, in its order."""
        self._given_before = self._rewind() if self._rewind is not None else 0

    def came_up(self, client: Client) -> None:
        """Subscribe, whatever the broker says of our session: a lost subscription would be silence."""
        client.subscribe(self._filters)

    def went_down(self) -> None:
        """Packet ids of a closed connection mean nothing: forget them, and keep the messages."""
        self._hearing = False
        self._unsettled.forget()

    def has_room(self) -> bool:
        """Whether another message may be read."""
        return self._queue.left > 0

    def read(self, client: Client) -> bool:
        """Messages are ours, everything else is paho's, which is never shown half a packet."""
        published = client.buffer.publishes(min(_AT_ONCE, self._queue.left))
        if published:
            fresh = [message for one in published if (message := self._heard(one)) is not None]
            self._queue.put(fresh)
        elif client.buffer.has_packet:
            client.loop_read()
        return client.buffer.has_packet

    def was_read(self) -> None:
        """It was handed on already."""

    def work(self, client: Client) -> None:
        """Acknowledge what became safe."""
        while self._safe:
            client.buffer.send(acknowledgements(self._unsettled.settle(self._safe.popleft())))

    def _heard(self, one: Published) -> Message | None:
        """The message, if it is new to us."""
        topic, payload, packet, flags = one
        is_retained, is_duplicate = bool(flags & RETAINED), bool(flags & DUPLICATE)
        if not packet:
            return Message(_text(topic), payload, is_retained)
        mark = hash((topic, payload))
        if self._rewind is not None and not is_retained:
            # Set back, it gives in order: nothing new comes before the last that it has to give again.
            is_duplicate = is_duplicate or self._given_before > 0 or self._unsettled.waits
            self._given_before -= self._given_before > 0
        if is_duplicate:
            held = self._unsettled.again(packet, mark)
            if held is not None:
                if not held:
                    self._safe.append((self._unsettled.receive(packet, mark),))
                return None
        receipt = self._unsettled.receive(packet, mark)
        return Message(_text(topic), payload, is_retained, is_duplicate, receipt)

    def _on_subscribe(
        self, _: PahoClient, __: object, ___: int, reasons: list[ReasonCode], ____: Properties | None
    ) -> None:
        deaf = [one for (one, _), reason in zip(self._filters, reasons, strict=False) if reason.is_failure]
        self._deaf_to = (
            f"the broker lets us not hear {', '.join(deaf)}: give our account the right to" if deaf else ""
        )
        self._hearing = not deaf


def _text(topic: bytes) -> str:
    """The topic; none for one that is not UTF-8, which no broker should pass on and no parser knows."""
    try:
        return topic.decode()
    except UnicodeDecodeError:
        return ""
