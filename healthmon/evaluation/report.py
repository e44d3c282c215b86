"""This is the place for an evaluation as a whole: what is asked, what is run, what it comes to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from healthmon.evaluation.folds import Interval, Pooled, Trials, held_out, interval
from healthmon.evaluation.hearing import entries, heard
from healthmon.evaluation.judging import Judged, Outcome, Tally, tally
from healthmon.evaluation.recording import Recording
from healthmon.evaluation.trying import Material, material, plainly, ringing, spiking
from healthmon.events import Rule
from healthmon.events.vocabulary import HR, SPO2

Rules = Callable[[], Sequence[Rule]]
Progress = Callable[[int, int], None]

PLAIN_LIMITS = tuple(float(limit) for limit in range(14, 31))
RISES = (17.0, 18.0, 19.0, 20.0, 21.0, 22.0)
WANTED_RECALL = 0.9


@dataclass(frozen=True, slots=True)
class Asked:
    """What to evaluate: seeds of added events (none: nothing is added), copies each, folds, rates in s."""

    seeds: tuple[int, ...] = (11, 22, 33)
    copies: int = 2
    folds: int = 5
    rates: tuple[float, ...] = ()
    rise: float = 20.0


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was said, over how many hours."""

    name: str
    priority: str
    count: int
    hours: float


@dataclass(frozen=True, slots=True)
class ByEvent:
    """Added events of one shape and size: how many, found, masked, and the median delay in s."""

    shape: str
    size: float
    events: int
    found: int
    masked: int
    delay: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule came to: added up, with intervals by person, by shape and size, and how it was chosen."""

    rule: str
    chosen: tuple[float, ...]
    tally: Tally
    recall: Interval
    recall_unmasked: Interval
    false_an_hour: Interval
    precision: float | None
    events: tuple[ByEvent, ...]


@dataclass(frozen=True, slots=True)
class AtRate:
    """Everything at one rate of readings; `every` is None for the recording's own."""

    every: float | None
    hours: float
    said: tuple[Count, ...]
    judged: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The evaluation of some recordings. `ratio`: false marks beside the plain rule's, both held out."""

    people: int
    asked: Asked
    rates: tuple[AtRate, ...]
    ratio: dict[str, Interval] = field(default_factory=dict)


def evaluate(found: Sequence[Recording], asked: Asked, rules: Rules, progress: Progress) -> Report:
    """Run the rules over recordings. `rules` makes fresh ones, in the order of the house.

    Blocks for minutes; `progress` is told how many of how many recordings are done. The same recordings and
    the same `asked` give the same report.
    """
    own: list[_Person] = []
    for number, one in enumerate(found):
        own.append(_Person(one, asked, rules))
        progress(number + 1, len(found))
    rates = [_at_own_rate(own, asked)]
    rates += [_at_rate(own, asked, position) for position in range(len(asked.rates))]
    return Report(len(found), asked, tuple(rates), _ratios(own, asked))


class _Person:
    """Everything that is asked of one person's recording."""

    def __init__(self, recording: Recording, asked: Asked, rules: Rules) -> None:
        self.recording = recording
        self.said = _counts(recording, rules)
        self.plain: dict[float, Outcome] = {}
        self.spikes: dict[float, tuple[Outcome, Outcome]] = {}
        self.oxygen: Outcome | None = None
        self.thin: list[tuple[tuple[Count, ...], tuple[Outcome, Outcome, Outcome] | None]] = []
        self._asked, self._rules = asked, rules
        self.rises = tuple(sorted({*RISES, asked.rise}))
        hearts = self._hearts()
        if asked.seeds and recording.has(SPO2):
            self.oxygen = ringing(material(recording, asked.seeds, 1, SPO2), rules, ("SPO2", "RAPID"))
        self.thin = [self._thinned(hearts, every) for every in asked.rates]

    def _hearts(self) -> Material | None:
        asked = self._asked
        if not asked.seeds or not self.recording.has(HR):
            return None
        made = material(self.recording, asked.seeds, asked.copies, HR)
        self.plain, self.spikes = plainly(made, PLAIN_LIMITS), spiking(made, self.rises)
        return made

    def _thinned(
        self, hearts: Material | None, every: float
    ) -> tuple[tuple[Count, ...], tuple[Outcome, Outcome, Outcome] | None]:
        said = _counts(self.recording.thinned(every), self._rules)
        if hearts is None:
            return said, None
        thin, rise = hearts.thinned(every), self._asked.rise
        return said, (plainly(thin, (22.0,))[22.0], *spiking(thin, (rise,))[rise])


def _counts(recording: Recording, rules: Rules) -> tuple[Count, ...]:
    found: dict[tuple[str, str], int] = {}
    for one in heard(rules(), recording, entries(recording)):
        if (one.verb, one.why) == ("RAISES", "held") or (one.verb, one.name) == ("FLAGS", "SPIKE"):
            key = one.name, one.priority or "mark"
            found[key] = found.get(key, 0) + 1
    return tuple(Count(*key, count, recording.hours) for key, count in sorted(found.items()))


def _at_own_rate(own: Sequence[_Person], asked: Asked) -> AtRate:
    hearts = [one for one in own if one.plain]
    judged: list[Judgement] = []
    if hearts:
        for name, trials in _trials(hearts).items():
            pooled = held_out(trials, asked.folds, WANTED_RECALL)
            judged.append(_judgement(f"{name}, held out", pooled.chosen, pooled.outcomes))
        for name, part in (("mark", 0), ("lasting", 1)):
            shipped = [one.spikes[asked.rise][part] for one in hearts]
            judged.append(_judgement(f"{name}, as shipped", (asked.rise,), shipped))
    if oxygen := [one.oxygen for one in own if one.oxygen is not None]:
        judged.append(_judgement("oxygen, as shipped", (), oxygen))
    return AtRate(None, _hours(own), _added([one.said for one in own], _hours(own)), tuple(judged))


def _at_rate(own: Sequence[_Person], asked: Asked, position: int) -> AtRate:
    every, rise = asked.rates[position], asked.rise
    said = _added([one.thin[position][0] for one in own], _hours(own))
    outcomes = [one.thin[position][1] for one in own]
    known = [each for each in outcomes if each is not None]
    judged: tuple[Judgement, ...] = ()
    if known:
        plain, marks, lasting = (list(part) for part in zip(*known, strict=True))
        judged = (
            _judgement("plain at 22", (22.0,), plain),
            _judgement("mark, as shipped", (rise,), marks),
            _judgement("lasting, as shipped", (rise,), lasting),
        )
    return AtRate(every, _hours(own), said, judged)


def _trials(hearts: Sequence[_Person]) -> dict[str, Trials]:
    rises = hearts[0].rises
    return {
        "plain": {limit: [one.plain[limit] for one in hearts] for limit in PLAIN_LIMITS},
        "mark": {rise: [one.spikes[rise][0] for one in hearts] for rise in rises},
    }


def _ratios(own: Sequence[_Person], asked: Asked) -> dict[str, Interval]:
    hearts = [one for one in own if one.plain]
    if not hearts:
        return {}
    pooled = {name: held_out(trials, asked.folds, WANTED_RECALL) for name, trials in _trials(hearts).items()}
    by_name = {one.recording.name: one for one in hearts}
    lasting = [by_name[one.name].spikes[asked.rise][1] for one in pooled["plain"].outcomes]
    return {
        "mark / plain": _ratio(pooled["mark"].outcomes, pooled["plain"]),
        "lasting / plain": _ratio(lasting, pooled["plain"]),
    }


def _ratio(these: Sequence[Outcome], plain: Pooled) -> Interval:
    def figure(drawn: Sequence[int]) -> float | None:
        beside = sum(plain.outcomes[one].false for one in drawn)
        return sum(these[one].false for one in drawn) / beside if beside else None

    return interval(figure, len(these))


def _judgement(rule: str, chosen: tuple[float, ...], outcomes: Sequence[Outcome]) -> Judgement:
    def drawn(figure: Callable[[Tally], float | None]) -> Interval:
        return interval(lambda people: figure(tally([outcomes[one] for one in people])), len(outcomes))

    copies = [copy for outcome in outcomes for copy in outcome.copies]
    marks = sum(copy.marks for copy in copies)
    return Judgement(
        rule=rule,
        chosen=chosen,
        tally=tally(outcomes),
        recall=drawn(lambda one: one.recall),
        recall_unmasked=drawn(lambda one: one.recall_unmasked),
        false_an_hour=drawn(lambda one: one.false_an_hour),
        precision=sum(copy.fitting for copy in copies) / marks if marks else None,
        events=_by_event([one for outcome in outcomes for one in outcome.judged]),
    )


def _by_event(judged: Sequence[Judged]) -> tuple[ByEvent, ...]:
    kinds = sorted({(one.event.shape.value, one.event.size) for one in judged})
    return tuple(_of_kind(*kind, judged) for kind in kinds)


def _of_kind(shape: str, size: float, judged: Sequence[Judged]) -> ByEvent:
    of_it = [one for one in judged if (one.event.shape.value, one.event.size) == (shape, size)]
    delays = [one.delay for one in of_it if one.is_found and one.delay is not None]
    return ByEvent(
        shape=shape,
        size=size,
        events=len(of_it),
        found=len(delays),
        masked=sum(one.is_masked for one in of_it),
        delay=median(delays) if delays else None,
    )


def _hours(own: Sequence[_Person]) -> float:
    return sum(one.recording.hours for one in own)


def _added(said: Sequence[Sequence[Count]], hours: float) -> tuple[Count, ...]:
    found: dict[tuple[str, str], int] = {}
    for one in (count for each in said for count in each):
        found[one.name, one.priority] = found.get((one.name, one.priority), 0) + one.count
    return tuple(Count(*key, count, hours) for key, count in sorted(found.items()))
