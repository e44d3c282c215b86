"""Drives one rule the way the recorder does: what is due before an entry is received fires first."""

from datetime import UTC, datetime, timedelta

from healthmon.events import Entry, Json, Remark, Rule, Thing

START = datetime(2026, 11, 22, 4, tzinfo=UTC)
UNITS = {"HR": "/min", "SPO2": "%", "STEPS": "/min"}


def moment(seconds: float) -> datetime:
    """So many seconds after the start of the test."""
    return START + timedelta(seconds=seconds)


def entry(seconds: float, subject: Thing, verb: str, thing: Thing, **context: Json) -> Entry:
    """Something that was said, and received at once."""
    return received(seconds, seconds, subject, verb, thing, **context)


def received(at: float, seconds: float, subject: Thing, verb: str, thing: Thing, **context: Json) -> Entry:
    """Something that was said at second `seconds` and received at second `at`."""
    return Entry(
        id="",
        time=moment(seconds),
        received=moment(at),
        subject=subject,
        verb=verb,
        object=thing,
        context={key: value for key, value in context.items() if value is not None},
        offset=0,
    )


def measured(
    seconds: float,
    quantity: str,
    value: Json,
    *,
    person: str | None = "maria",
    device: str = "watch-7",
    delivery: str | None = None,
    lag: float = 0.0,
) -> Entry:
    """WATCH MEASURES quantity value."""
    return received(
        seconds + lag,
        seconds,
        Thing("WATCH", device),
        "MEASURES",
        Thing(quantity),
        value=value,
        unit=UNITS.get(quantity),
        person=person,
        delivery=delivery,
    )


class Stream:
    """One rule, everything it was shown and everything it said."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.remarks: list[Remark] = []

    def hear(self, said: Entry) -> list[Remark]:
        """Show it one entry, and give what it says from the timers before to the entry itself."""
        made = self.wait(said.received)
        judged = list(self.rule.observe(said))
        self.remarks += judged
        return made + judged

    def wait(self, until: datetime) -> list[Remark]:
        """Fire what is due by then."""
        made: list[Remark] = []
        while (due := self.rule.due()) is not None and due <= until:
            made += self.rule.fire(until)
            assert self.rule.due() != due, "a timer that fired is still due"
        self.remarks += made
        return made

    def measure(self, seconds: float, quantity: str, value: Json, **how: str | float | None) -> list[Remark]:
        """A reading of Maria's watch, unless `how` says otherwise."""
        return self.hear(measured(seconds, quantity, value, **how))  # type: ignore[arg-type]  # keywords of measured

    def hold(self, quantity: str, value: Json, start: int, end: int, step: int = 1) -> list[Remark]:
        """The same value from `start` until before `end`, every `step` seconds."""
        made: list[Remark] = []
        for seconds in range(start, end, step):
            made += self.measure(seconds, quantity, value)
        return made

    def verbs(self) -> list[str]:
        """What it said, in short."""
        return [f"{one.verb} {one.object}" for one in self.remarks]
