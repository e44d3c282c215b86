"""Two messages of one moment with the same words are two, known by the ids that the log gives them."""

from datetime import datetime

from healthmon.alarms import Pending
from healthmon.alarms.calls.pending import PendingMessages
from healthmon.events import Remark, Thing
from healthmon.pipeline.logic import Logic
from tests.fakes.pipeline import at


class Twice:
    """Calls anna twice at the same moment about the same alarm."""

    name = "twice"

    def __init__(self) -> None:
        self.pending = PendingMessages()
        self._due: datetime | None = at(0)

    def observe(self, entry: object) -> list[Remark]:
        return []

    def due(self) -> datetime | None:
        return self._due

    def fire(self, at: datetime) -> list[Remark]:
        self._due = None
        said = [Remark("calls.anna", "ESCALATES", Thing("ALARM", "SPO2_CRIT"), at, "maria") for _ in range(2)]
        for remark in said:
            self.pending.add(Pending(self.pending.id_of(remark, at), "anna", "recovered", at))
        return said

    def forget(self, person: str) -> None:
        """It remembers nobody."""


def test_both_are_sent_and_each_is_settled_by_its_own_id() -> None:
    twice = Twice()

    said = Logic([twice]).tick(at(60))

    assert len({one.id for one in twice.pending.all()}) == 2
    assert [one.id for one in twice.pending.all()] == [one.id for one in said]
