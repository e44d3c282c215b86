"""This is the place for which messages we hold and have not acknowledged, and under which packet id."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator

_DOUBT = 2.0
"""Seconds of real time in which an acknowledgement may not have reached the broker; it takes milliseconds."""
_NO_PACKET = 0


class Unsettled:
    """The QoS 1 messages that wait to be safe, and those that became so a moment ago. For one thread.

    Each gets a receipt, a number that is never used again; the broker's packet ids are, as soon as they are
    acknowledged, and mean nothing to the next connection. So a late or repeated receipt can never acknowledge
    somebody else's message.

    A broker may give a message again: in the same packet (NATS does after ack_wait), or after a reconnect in
    another. `again` recognises it by its mark, any digest of its bytes: what is still held keeps its receipt.

    Looking alike is no proof: a message that was on its way when the connection ended may have the bytes of
    one that was safe. A broker gives in order, so once something held came again nothing before it is in
    doubt, and what looks like it is new. Until then one that looks alike is taken for the safe one.
    """

    def __init__(self) -> None:
        self._last = 0
        self._held: dict[int, tuple[int, int]] = {}  # receipt: packet and mark
        self._receipt_of: dict[int, int] = {}
        self._safe: dict[int, int] = {}  # packet: mark, acknowledged in the last moments
        self._safe_before: dict[int, int] = {}
        self._turned = time.monotonic()
        self._earlier: dict[int, list[int]] = {}  # mark: receipts that were held when the connection ended
        self._in_doubt: Counter[int] = Counter()  # mark: how many became safe just before it ended
        self._missing = 0

    @property
    def waits(self) -> bool:
        """Whether something that is held has not been given again since the connection ended."""
        return self._missing > 0

    def receive(self, packet: int, mark: int) -> int:
        """The receipt for a message that came in this packet for the first time."""
        held = self._receipt_of.get(packet)
        if held is not None:
            del self._held[held]  # the broker gave the id to another message
        self._last = receipt = self._last + 1
        self._held[receipt] = (packet, mark)
        self._receipt_of[packet] = receipt
        return receipt

    def again(self, packet: int, mark: int) -> bool | None:
        """Of a message that was given before: whether we hold it; None if it never came to us.

        False: it was safe already, so it can be acknowledged at once.
        """
        if packet in self._receipt_of:
            return True
        if mark in {self._safe.get(packet), self._safe_before.get(packet)}:
            return False
        earlier = self._earlier.get(mark)
        if not earlier:
            return self._was_in_doubt(mark)
        self._in_doubt.clear()
        receipt = earlier.pop()
        if receipt not in self._held:
            return False
        self._held[receipt] = (packet, mark)
        self._receipt_of[packet] = receipt
        self._missing -= 1
        return True

    def settle(self, receipts: Iterable[int]) -> Iterator[int]:
        """The packet ids to acknowledge now, in their order."""
        self._turn_over()
        for receipt in receipts:
            held = self._held.pop(receipt, None)
            if held is None:
                continue
            packet, mark = held
            if packet == _NO_PACKET:
                self._missing -= 1
                continue
            del self._receipt_of[packet]
            self._safe[packet] = mark
            yield packet

    def forget(self) -> None:
        """The connection is gone, and with it all packet ids."""
        self._turn_over()
        self._earlier = {}
        self._in_doubt = Counter([*self._safe_before.values(), *self._safe.values()])
        for receipt, (_, mark) in reversed(self._held.items()):
            self._held[receipt] = (_NO_PACKET, mark)
            self._earlier.setdefault(mark, []).append(receipt)
        self._missing = len(self._held)
        self._receipt_of.clear()
        self._safe, self._safe_before = {}, {}

    def _was_in_doubt(self, mark: int) -> bool | None:
        if not self._in_doubt[mark]:
            return None
        self._in_doubt[mark] -= 1
        return False

    def _turn_over(self) -> None:
        """Forget what was acknowledged so long ago that the broker knows."""
        now = time.monotonic()
        if now - self._turned < _DOUBT:
            return
        self._safe_before = self._safe if now - self._turned < 2 * _DOUBT else {}
        self._safe = {}
        self._turned = now
