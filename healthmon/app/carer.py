"""This is the place for what a carer does on this machine: kept, shown, published, settled."""

from collections.abc import Sequence
from pathlib import Path

from healthmon.app.who_is_here import carer_here
from healthmon.broker import accounts
from healthmon.errors import HealthmonError
from healthmon.events import Entry, Event, wire
from healthmon.events.topics import person_event
from healthmon.gui.carer import Receipt
from healthmon.mqtt import BrokerUrl, Outbox, Publisher
from healthmon.settings import BrokerSettings


class CarerVoice:
    """Says what a carer does. It is on disk before anything else, and re-sent until it comes back in the log.

    The window's thread calls everything here; the network has a thread of its own inside the publisher.
    Without a broker account yet (the recorder makes it at its first start) things wait in the outbox.
    """

    def __init__(
        self, data: Path, outbox: Path, settings: BrokerSettings, *, carer: str = "", client: str = "window"
    ) -> None:
        self._carer = carer or carer_here()
        self._client = client  # two of one name would throw each other out
        self._data = data
        self._settings = settings
        self._publisher: Publisher | None = None
        self._outbox = Outbox(outbox, self._publish)

    def say(self, event: Event) -> Receipt:
        """Keep it, and send it as soon as there is a broker. A full disk is told, not raised."""
        try:
            self._outbox.put(event)
        except HealthmonError as error:
            return Receipt(event.id, str(error))
        return Receipt(event.id)

    def waiting(self) -> list[Event]:
        """What was done earlier and nobody has confirmed yet."""
        return [parcel.event for parcel in self._outbox.pending()]

    def look(self, entries: Sequence[Entry]) -> None:
        """Settle what came back through the log; send again what waits, all of it when a recorder starts."""
        for entry in entries:
            self._outbox.settle(entry.id)
        if self._outbox.pending():
            self._connect()
            self._outbox.resend(everything=any(entry.verb == "STARTS" for entry in entries))

    def stop(self) -> None:
        """End the network thread; what is not delivered waits for the next start."""
        if self._publisher is not None:
            self._publisher.stop()

    def _publish(self, event: Event) -> bool:
        self._connect()
        if self._publisher is None:
            return False
        topic = person_event(self._settings.home, event.subject.id)
        return self._publisher.publish(topic, wire.write(event)).refused is None

    def _connect(self) -> None:
        if self._publisher is not None:
            return
        url = self._url()
        if url is not None:
            self._publisher = Publisher(url, client_id=f"healthmon-{self._client}-{self._carer}")
            self._publisher.start()

    def _url(self) -> BrokerUrl | None:
        if self._settings.url:
            return BrokerUrl.parse(self._settings.url)
        try:
            return BrokerUrl.parse(accounts.load(self._data).url_for(self._carer))
        except HealthmonError:
            return None
