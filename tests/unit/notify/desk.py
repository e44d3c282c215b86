"""What the tests of messages share: notices, letters, and a post office that is told what to answer."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from healthmon.notify.courier import Courier, Settled
from healthmon.notify.errors import NotifyError, NotifyReason
from healthmon.notify.letter import Letter, Outcome, Try, Urgency
from healthmon.notify.notice import Notice

AT = datetime(2026, 11, 22, 2, 12, tzinfo=UTC)
TOOK = Try("mailto", Outcome.DELIVERED)
AWAY = Try("mailto", Outcome.AWAY, "nobody-listens")
NO = Try("mailto", Outcome.REFUSED, "smtp-535")


def notice(
    cause: str = "m:1",
    contact: str = "anna",
    *,
    why: str = "raised",
    urgency: Urgency = Urgency.HIGH,
    after: timedelta = timedelta(),
    alarm: str = "SPO2_CRIT",
) -> Notice:
    """Something to tell about Maria's oxygen."""
    return Notice(
        cause=cause,
        contact=contact,
        at=AT + after,
        why=why,
        urgency=urgency,
        alarm=alarm,
        person="maria",
        device="watch-1",
        episode="E:maria:2026-11-22T02:10:30+00:00",
        value=86.0,
        limit=88.0,
        unit="%",
    )


def letter(reach: Sequence[str] = ("mailto://one",), *, mark: str = "mark") -> Letter:
    """A letter as a child gets it."""
    return Letter(
        tuple(reach), "ALARM: Łucja, oxygen 86 %", "Łucja: 86 %\nand <b> & more", Urgency.HIGH, mark, "thread"
    )


class Flown:
    """A try whose answer the test gives."""

    def __init__(self, sent: Letter) -> None:
        self.letter = sent
        self.answer: tuple[Try, ...] | None = None
        self.is_ended = False

    def poll(self) -> tuple[Try, ...] | None:
        """The answer, once the test gave one."""
        return self.answer

    def end(self) -> None:
        """Stopped."""
        self.is_ended = True


class PostOffice:
    """A courier, its turned real time, and everything it ever started."""

    def __init__(self, reach: Sequence[str] = ("mailto://one",), *, nobody: Sequence[str] = ()) -> None:
        self.now = 0.0
        self.flights: list[Flown] = []
        self.started_at: list[float] = []
        self._reach = tuple(reach)
        self._nobody = nobody
        self.courier = Courier(self._write, self._launch, lambda: self.now)

    def look(self, *pending: Notice, after: float = 0.0) -> list[Settled]:
        """A turn of the recorder, so many seconds later."""
        self.now += after
        return self.courier.look(pending)

    def answer(self, *tries: Try) -> None:
        """What the newest flight comes back with."""
        self.flights[-1].answer = tries

    def _write(self, told: Notice) -> Letter:
        if told.contact in self._nobody:
            raise NotifyError(NotifyReason.NO_SUCH_CONTACT, "nobody is called this")
        return letter(self._reach, mark=told.cause)

    def _launch(self, sent: Letter) -> Flown:
        self.started_at.append(self.now)
        self.flights.append(Flown(sent))
        return self.flights[-1]
