"""This is the place for scenario files: reading them, and staging them for the people of a run.

Plain text in the sentence grammar, one line each, `#` begins a comment line. Every line says when: `after 10
min`, counted from the start of the run on the run's clock. What bodies do is in `vocabulary`; a sentence of
any device is said as it stands.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from devices.errors import DeviceError, DeviceReason
from devices.people import Person, called
from devices.stage.script import Kind, Planted, Script
from devices.stage.vocabulary import EVERYONE, PLACEHOLDERS, WANTED, Wanted
from healthmon.events.sentence import SentenceError, Spoken, hear
from healthmon.events.topics import is_name
from healthmon.events.vocabulary import DEVICE_VERBS


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a scenario, and where it stands for messages about it."""

    place: str  # "ordinary.scenario line 7"
    after: float  # s
    spoken: Spoken


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario as it was written, good whoever plays in it."""

    name: str
    lines: tuple[Line, ...]

    def staged(self, people: Sequence[Person], start: float) -> Script:
        """The scenario for these people, from `start` (s since the epoch). Raises DeviceError."""
        scenes = [line for line in self.lines if line.spoken.subject.type == "SCENARIO"]
        said = [line for line in self.lines if line.spoken.subject.type != "SCENARIO"]
        return Script(
            (planted for line in scenes for planted in _planted(line, people, start)),
            ((start + line.after, line.spoken) for line in said),
        )


def read_scenario(name: str, text: str) -> Scenario:
    """What the text says. Raises DeviceError naming the line that says nothing we know."""
    lines = enumerate(text.splitlines(), start=1)
    told = [
        (number, line.strip()) for number, line in lines if line.strip() and not line.strip().startswith("#")
    ]
    return Scenario(name, tuple(_line(f"{name} line {number}", line) for number, line in told))


def _line(place: str, text: str) -> Line:
    try:
        spoken = hear(text)
    except SentenceError as error:
        raise _bad(place, str(error)) from error
    if spoken.after is None or spoken.at is not None:
        raise _bad(place, "says not when; begin it with `after 10 s`, counted from the start of the run")
    if spoken.after.total_seconds() < 0:
        raise _bad(place, "lies before the start of the run; write `after 0 s` or later")
    (_check_scene if spoken.subject.type == "SCENARIO" else _check_device)(place, spoken)
    return Line(place, spoken.after.total_seconds(), spoken)


def _check_device(place: str, spoken: Spoken) -> None:
    if spoken.verb not in DEVICE_VERBS:
        meant = _meant(spoken.verb, DEVICE_VERBS)
        raise _bad(
            place, f"{spoken.verb} is not for a device to say{meant}; only devices speak in a scenario"
        )
    if not is_name(spoken.subject.id):
        raise _bad(place, f"{spoken.subject} has no id that fits a topic; write WATCH watch-1")


def _check_scene(place: str, spoken: Spoken) -> None:
    known = [kind.value for kind in Kind]
    if spoken.verb != "SETS":
        raise _bad(place, f"a scenario SETS what bodies do; it cannot say {spoken.verb}")
    if spoken.object.type not in known:
        meant = _meant(spoken.object.type, known)
        raise _bad(place, f"no body knows {spoken.object.type}{meant}; known are {', '.join(known)}")
    wanted = WANTED[Kind(spoken.object.type)]
    _check_value(place, spoken, wanted)
    _check_rest(place, spoken, wanted)
    if wanted.of_device != bool(spoken.object.id) or wanted.of_device == bool(spoken.context.get("person")):
        example = "SETS SILENCE watch-1" if wanted.of_device else f"SETS {spoken.object.type} ... OF first"
        raise _bad(place, f"does not say to whom it happens; write {example}")


def _check_value(place: str, spoken: Spoken, wanted: Wanted) -> None:
    value = spoken.context.get("value")
    if not wanted.unit and value is None:
        return
    if not wanted.unit:
        raise _bad(place, f"{spoken.object.type} takes no value; leave {value} out")
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not wanted.least <= value <= wanted.most
    ):
        raise _bad(
            place, f"{spoken.object.type} needs a value of {wanted.least:g} to {wanted.most:g} {wanted.unit}"
        )
    if spoken.context.get("unit", wanted.unit) != wanted.unit:
        raise _bad(place, f"{spoken.object.type} is in {wanted.unit}, not {spoken.context['unit']}")


def _check_rest(place: str, spoken: Spoken, wanted: Wanted) -> None:
    known = [*wanted.seconds, *wanted.flags]
    for key, value in spoken.context.items():
        if key in {"value", "unit", "person"}:
            continue
        if key not in known:
            allowed = f"may have {', '.join(known)}" if known else "takes nothing WITH it"
            raise _bad(place, f"{spoken.object.type} knows no {key}{_meant(key, known)}; it {allowed}")
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        if isinstance(value, bool) != (key in wanted.flags) or (key in wanted.seconds and not is_number):
            raise _bad(
                place,
                f"{key} of {value!r} is no {'yes or no' if key in wanted.flags else 'length in seconds'}",
            )


def _planted(line: Line, people: Sequence[Person], start: float) -> Iterator[Planted]:
    spoken, wanted = line.spoken, WANTED[Kind(line.spoken.object.type)]
    seconds = {key: _number(spoken, key, usual) for key, usual in wanted.seconds.items()}
    for who in [spoken.object.id] if wanted.of_device else _whom(line, people):
        yield Planted(
            kind=Kind(spoken.object.type),
            who=who,
            start=start + line.after,
            lasts=sum(seconds.values()),
            amount=_number(spoken, "value", 0.0),
            rise=seconds.get(wanted.rise, 0.0),
            fall=seconds.get(wanted.fall, 0.0),
            claimed=spoken.context.get("claimed") is True,
        )


def _whom(line: Line, people: Sequence[Person]) -> list[str]:
    word = str(line.spoken.context["person"])
    if word == EVERYONE:
        return [person.id for person in people]
    if word in PLACEHOLDERS:
        return [people[PLACEHOLDERS.index(word) % len(people)].id]
    if called(people, word) is not None:
        return [word]
    known = [*PLACEHOLDERS, EVERYONE, *(person.id for person in people)]
    raise _bad(line.place, f"nobody here is called {word}{_meant(word, known)}; known are {', '.join(known)}")


def _number(spoken: Spoken, key: str, usual: float) -> float:
    value = spoken.context.get(key, usual)
    return float(value) if isinstance(value, int | float) else usual


def _meant(word: str, known: Sequence[str] | frozenset[str]) -> str:
    close = get_close_matches(word.lower(), [one.lower() for one in known], n=1)
    return f"; did you mean {next(one for one in known if one.lower() == close[0])}?" if close else ""


def _bad(place: str, problem: str) -> DeviceError:
    return DeviceError(DeviceReason.BAD_SCENARIO, f"{place}: {problem}".replace("?;", "?"))
