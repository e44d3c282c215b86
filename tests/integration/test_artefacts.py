"""No artefact raises an alarm of a body: over real recordings where they are, over a simulated one always.

What stands among true readings takes none of them away, so no alarm may come that is not raised without it:
none while the untouched recording has no alarm of the same row. What takes true readings away (an hour with
the watch on a table) may shift or shorten a true alarm; it may not make one either. There the mark of a spike
is left out: it compares with the five minutes before, and those are gone. So it is where readings come again
under another id: the marks weigh them twice, which has moved one mark in 15 hours. What only repeats changes
nothing: every entry is the same, byte for byte.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random

import pytest

from devices.daytime import DAY
from devices.worn.stretch import wearers
from healthmon.events import Entry, wire
from tests.fakes.artefacts import (
    AMID,
    INSTEAD,
    REPEATED,
    Kind,
    Message,
    again_unnamed,
    alarms,
    messages,
    unaccounted,
)

FILES = ("induced_hypoxia", "stress_predict", "sweat_workouts", "welltory_wellbeing")
SIMULATED = "simulated"
FIRST = 1767225600.0  # 2026-01-01


@cache
def _records(path: Path | str) -> dict[str, list[Message]]:
    return messages(path) if isinstance(path, Path) else _simulated()


def _simulated() -> dict[str, list[Message]]:
    """Six hours of three true bodies, each 5 s, with what was injected into them."""
    found: dict[str, list[Message]] = {}
    for wearer in wearers(5001, 22, 24):
        part = wearer.stretch(FIRST, FIRST + DAY / 4, 5)
        rows = zip(part.at.tolist(), part.true_heart.tolist(), part.true_oxygen.tolist(), strict=True)
        for at, heart, oxygen in rows:
            said = at - FIRST
            readings = (("HR", round(heart)), ("SPO2", round(oxygen)))
            found.setdefault(wearer.person.id, []).extend(
                Message(said, said, f"{said}-{what}", what, float(value)) for what, value in readings
            )
    return found


@cache
def _untouched(path: Path | str, record: str) -> list[Entry]:
    return alarms(_records(path)[record], record)


def _source(name: str, shared: Path) -> Path | str:
    if name == SIMULATED:
        return name
    path = shared / "data" / f"{name}.csv.gz"
    if not path.is_file():
        pytest.skip("needs the recordings beside the checkout")
    return path


@pytest.fixture
def source(request: pytest.FixtureRequest) -> Path | str:
    """A recording beside the checkout, or the simulated one."""
    name = str(request.param)
    return name if name == SIMULATED else _source(name, request.getfixturevalue("shared"))


everywhere = pytest.mark.parametrize("source", [*FILES, SIMULATED], indirect=True)


def _with(kind: Kind, said: Sequence[Message], record: str) -> list[Message]:
    return list(kind(said, Random(f"{record} {kind.__name__}")))


def _new(source: Path | str, kind: Kind) -> list[str]:
    """What is raised with these artefacts and not without them."""
    return [
        new
        for record, said in _records(source).items()
        for new in unaccounted(alarms(_with(kind, said, record), record), _untouched(source, record))
    ]


@everywhere
@pytest.mark.parametrize("kind", AMID, ids=lambda kind: kind.__name__)
def test_no_artefact_among_readings_raises_an_alarm(source: Path | str, kind: Kind) -> None:
    assert _new(source, kind) == []


@everywhere
@pytest.mark.parametrize("kind", [again_unnamed, *INSTEAD], ids=lambda kind: kind.__name__)
def test_no_watch_on_a_table_and_no_old_reading_raises_an_alarm(source: Path | str, kind: Kind) -> None:
    assert [new for new in _new(source, kind) if not new.startswith("HR_SPIKE")] == []


@everywhere
@pytest.mark.parametrize("kind", REPEATED, ids=lambda kind: kind.__name__)
def test_what_is_repeated_changes_no_byte(source: Path | str, kind: Kind) -> None:
    for record, said in _records(source).items():
        told = [wire.write(one).decode() for one in alarms(_with(kind, said, record), record)]
        assert told == [wire.write(one).decode() for one in _untouched(source, record)]
