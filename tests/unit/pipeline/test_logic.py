"""What the logic promises: order, once only, whom it is about, timers, and the same again after a crash."""

from datetime import datetime

from healthmon.events import Entry, Event, Json, Message, Refusal, Rejected, Remark, Thing
from healthmon.pipeline.logic import Logic
from tests.fakes.pipeline import Above, EveryTenSeconds, at, reading


def _fed(logic: Logic, *events: Event, late_by: float = 0.1) -> list[Entry]:
    made: list[Entry] = []
    for event in events:
        made += logic.take(event, at((event.time - at(0)).total_seconds() + late_by))
    return made


def test_entries_are_numbered_without_gaps_and_remarks_follow_their_cause() -> None:
    made = _fed(Logic([Above(100)]), reading(70, seconds=0), reading(140, seconds=1), reading(71, seconds=2))

    assert [(entry.offset, entry.verb) for entry in made] == [
        (0, "MEASURES"),
        (1, "MEASURES"),
        (2, "FLAGS"),
        (3, "MEASURES"),
    ]


def test_what_was_said_before_is_not_said_again() -> None:
    logic = Logic([])

    made = _fed(logic, reading(70, seconds=0, id="a"), reading(70, seconds=0, id="a"))

    assert len(made) == 1


def test_a_device_cannot_silence_another_by_using_up_its_ids() -> None:
    logic = Logic([])
    other = Event(
        id="a", time=at(0), subject=Thing("KETTLE", "kettle-1"), verb="SWITCHES", object=Thing("STATE")
    )

    made = _fed(logic, other, reading(140, seconds=1, id="a"))

    assert [entry.subject.type for entry in made] == ["KETTLE", "WATCH"]


def test_an_assignment_says_whom_a_reading_is_about_and_wins() -> None:
    assigns = Event(
        id="1",
        time=at(0),
        subject=Thing("CAREGIVER", "anna"),
        verb="ASSIGNS",
        object=Thing("WATCH", "watch-1"),
        context={"person": "jan"},
    )

    made = _fed(Logic([]), assigns, reading(70, seconds=1, person="maria"))

    assert (made[1].person, made[1].context["person_as_sent"]) == ("jan", "maria")


def test_receive_time_never_goes_back() -> None:
    logic = Logic([])
    first = logic.take(reading(70, seconds=10), at(10))

    second = logic.take(reading(70, seconds=11), at(5))

    assert second[0].received == first[0].received


def test_a_timer_fires_before_the_first_later_input_and_is_stamped_with_its_due_time() -> None:
    made = _fed(Logic([EveryTenSeconds()]), reading(70, seconds=0), reading(71, seconds=60), late_by=0)

    assert [(entry.verb, entry.received) for entry in made] == [
        ("MEASURES", at(0)),
        ("FLAGS", at(10)),
        ("MEASURES", at(60)),
    ]


def test_ticks_leave_no_trace() -> None:
    ticked, unticked = Logic([EveryTenSeconds()]), Logic([EveryTenSeconds()])

    with_ticks = ticked.take(reading(70, seconds=0), at(0))
    for second in (5, 12, 40):
        with_ticks += ticked.tick(at(second))
    with_ticks += ticked.take(reading(71, seconds=60), at(60))

    assert with_ticks == _fed(unticked, reading(70, seconds=0), reading(71, seconds=60), late_by=0)


def test_a_recalled_logic_goes_on_as_the_first_would_have() -> None:
    story = [reading(70 + n % 60, seconds=3 * n) for n in range(40)]
    whole = _fed(Logic([Above(100), EveryTenSeconds()]), *story)
    first = Logic([Above(100), EveryTenSeconds()])
    logged = _fed(first, *story[:17])
    second = Logic([Above(100), EveryTenSeconds()])

    owed = second.recall(logged)

    assert logged + owed + _fed(second, *story[17:]) == whole


def test_what_a_crash_cut_off_is_said_after_all() -> None:
    whole = _fed(Logic([Above(100)]), reading(70, seconds=0), reading(140, seconds=1))

    owed = Logic([Above(100)]).recall(whole[:2])

    assert owed == whole[2:]


def test_a_redelivery_after_a_crash_is_recognised() -> None:
    logged = _fed(Logic([]), reading(70, seconds=0, id="a"))
    again = Logic([])
    again.recall(logged)

    assert again.take(reading(70, seconds=0, id="a"), at(9)) == []


def test_a_refused_message_becomes_an_event_with_its_reason_and_a_digest() -> None:
    refused = Rejected(Message("healthmon/x", b"\xff"), Refusal.NOT_UTF8, "byte 0 is not UTF-8")

    (entry,) = Logic([]).refuse(refused, at(0))

    assert (entry.verb, entry.context["reason"], entry.context["bytes"]) == ("REJECTS", "not-utf8", 1)


def _assigns(person: str, *, seconds: float, **context: Json) -> Event:
    return Event(
        id=f"assign-{person}-{seconds}",
        time=at(seconds),
        subject=Thing("CAREGIVER", "anna"),
        verb="ASSIGNS",
        object=Thing("WATCH", "watch-1"),
        context={"person": person, **context},
    )


def test_an_assignment_in_a_file_changes_nobodys_present() -> None:
    story = [
        _assigns("jan", seconds=0),
        _assigns("bob", seconds=1, delivery="import"),
        reading(70, seconds=2),
    ]

    assert _fed(Logic([]), *story)[-1].person == "jan"


def test_an_older_assignment_does_not_undo_a_newer_one() -> None:
    logic = Logic([])
    _fed(logic, _assigns("jan", seconds=50))
    logic.take(_assigns("bob", seconds=10), at(60))

    assert logic.take(reading(70, seconds=61), at(61))[0].person == "jan"


def test_a_file_speaks_for_itself() -> None:
    old = reading(70, seconds=1, person="bob").with_context(delivery="import")

    assert _fed(Logic([]), _assigns("jan", seconds=0), old)[-1].person == "bob"


def test_an_import_does_not_crowd_out_what_devices_said() -> None:
    logic = Logic([], remembered_ids=10)
    _fed(logic, reading(70, seconds=0, id="a"))
    _fed(logic, *(reading(70, seconds=n).with_context(delivery="import") for n in range(1, 50)))

    assert logic.take(reading(70, seconds=0, id="a"), at(99)) == []


class _TwiceAndAtOnce:
    """Remarks twice on a reading, and has a timer that is due at once."""

    name = "twice"

    def __init__(self) -> None:
        self._due: datetime | None = None

    def observe(self, entry: Entry) -> list[Remark]:
        if entry.verb != "MEASURES":
            return []
        self._due = entry.received
        return [Remark(self.name, "FLAGS", Thing("ONE", str(n)), entry.time) for n in range(2)]

    def due(self) -> datetime | None:
        return self._due

    def fire(self, at: datetime) -> list[Remark]:
        self._due = None
        return [Remark(self.name, "FLAGS", Thing("TIMER"), at)]

    def forget(self, person: str) -> None:
        """It knows nobody."""


class _Echo:
    """Remarks on every timer: the id names the place of what it remarks on."""

    name = "echo"

    def observe(self, entry: Entry) -> list[Remark]:
        is_timer = entry.object.type == "TIMER"
        return [Remark(self.name, "FLAGS", Thing("ECHO"), entry.time)] if is_timer else []

    def due(self) -> None:
        return None

    def fire(self, at: datetime) -> list[Remark]:
        return []

    def forget(self, person: str) -> None:
        """It knows nobody."""


def test_a_timer_that_is_due_at_once_is_recalled_after_the_remarks_it_came_after() -> None:
    logic = Logic([_TwiceAndAtOnce(), _Echo()])
    made = logic.take(reading(70, seconds=0), at(0)) + logic.tick(at(1))

    owed = Logic([_TwiceAndAtOnce(), _Echo()]).recall(made)

    assert [entry.object.type for entry in made] == ["HR", "ONE", "ONE", "TIMER", "ECHO"]
    assert owed == []
