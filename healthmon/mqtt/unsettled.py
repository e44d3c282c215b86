"""This is the place for which messages we hold and have not acknowledged, and under which packet id."""

from collections.abc import Iterable, Iterator


class Unsettled:
    """The QoS 1 messages of one connection that wait to be safe. For one thread.

    Each gets a receipt, a number that is never used again; the broker's packet ids are, as soon as they are
    acknowledged. So a late or repeated receipt can never acknowledge somebody else's message.
    """

    def __init__(self) -> None:
        self._last = 0
        self._packet_of: dict[int, int] = {}
        self._receipt_of: dict[int, int] = {}

    def receive(self, packet: int, *, duplicate: bool) -> int:
        """The receipt for a message that came in this packet; 0 when it came before and we still have it.

        NATS sends again what was not acknowledged within ack_wait: same connection, same id.
        """
        if packet in self._receipt_of:
            if duplicate:
                return 0
            del self._packet_of[self._receipt_of[packet]]  # the broker gave the id to another message
        self._last += 1
        self._packet_of[self._last] = packet
        self._receipt_of[packet] = self._last
        return self._last

    def settle(self, receipts: Iterable[int]) -> Iterator[int]:
        """The packet ids to acknowledge now, in their order."""
        for receipt in receipts:
            packet = self._packet_of.pop(receipt, None)
            if packet is not None:
                del self._receipt_of[packet]
                yield packet

    def forget(self) -> None:
        """The connection is gone."""
        self._packet_of.clear()
        self._receipt_of.clear()
