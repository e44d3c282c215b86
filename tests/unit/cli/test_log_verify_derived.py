"""`healthmon log verify --derived`: whether what the monitor said follows from what it heard."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from healthmon.app.keeping.versions import versions
from healthmon.cli.main import main
from healthmon.clock import TurnedClock
from healthmon.events import Entry, Event, Json, Thing, TimeSource, wire
from healthmon.log import EventLog
from healthmon.pipeline.house import house_rules
from healthmon.pipeline.logic import Logic
from healthmon.pipeline.monitor import MONITOR
from healthmon.settings import Settings, load
from tests.fakes.acts import measured
from tests.fakes.stories import START

Change = Callable[[Entry], Entry]


def _starts(said: Json) -> Event:
    return Event(
        id="",
        time=START,
        time_source=TimeSource.RECEIVE,
        subject=MONITOR,
        verb="STARTS",
        object=Thing("RECORDER"),
        context={"versions": said},
    )


def _log(data: Path, said: Json, change: Change = lambda entry: entry) -> list[Entry]:
    """Two spikes in five minutes, recorded by this version of the logic; each entry may be changed."""
    settings: Settings = load({"paths.data": str(data)})
    logic = Logic(house_rules(settings.rules).rules)
    made = logic.start(_starts(said), START)
    for second in range(300):
        rate = 130 if second in range(100, 115) or second > 250 else 70
        at = START + timedelta(seconds=second)
        made += logic.take(measured(f"e{second}", at, 1, ("HR", rate)), at)
    changed = [change(entry) for entry in made]
    with EventLog.open(data, clock=TurnedClock(START)) as log:
        log.append(changed)
    return changed


def _is_spike(entry: Entry) -> bool:
    return entry.subject == MONITOR and entry.object.type == "SPIKE"


def _invented(entry: Entry) -> Entry:
    alarm = Event(
        id="m:alarms:RAISES:ALARM.SPO2_CRIT:jan:7",
        time=entry.time,
        subject=MONITOR,
        verb="RAISES",
        object=Thing("ALARM", "SPO2_CRIT"),
    )
    return Entry.of(alarm, offset=entry.offset, received=entry.received)


def test_what_follows_byte_for_byte_is_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = _log(tmp_path, versions(load({"paths.data": str(tmp_path)})))
    derived = sum(entry.id.startswith("m:") for entry in made)

    code = main(["log", "verify", "--derived", "--data", str(tmp_path)])

    assert (code, derived > 1) == (0, True)
    assert f"{derived} derived events follow from their inputs" in capsys.readouterr().out


def test_a_number_that_was_changed_is_found_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = versions(load({"paths.data": str(tmp_path)}))
    made = _log(tmp_path, said, lambda entry: entry.with_context(rise=1.0) if _is_spike(entry) else entry)
    first = next(entry for entry in made if _is_spike(entry))

    code = main(["log", "verify", "--derived", "--data", str(tmp_path)])

    told = capsys.readouterr().out
    assert code == 1
    assert f"the first difference is at offset {first.offset}" in told
    assert '"rise":1.0' in told


def test_an_invented_alarm_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = versions(load({"paths.data": str(tmp_path)}))
    _log(tmp_path, said, lambda entry: _invented(entry) if entry.id == "e200" else entry)

    code = main(["log", "verify", "--derived", "--json", "--data", str(tmp_path)])

    told = wire.read(capsys.readouterr().out.encode(), dict[str, Json])
    assert code == 1
    assert told["first_difference"] is not None


def test_what_another_version_made_is_told_and_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _log(tmp_path, {"healthmon": "0.0.9"}, lambda one: one.with_context(rise=1.0) if _is_spike(one) else one)

    code = main(["log", "verify", "--derived", "--data", str(tmp_path)])

    assert code == 0
    assert "made by healthmon 0.0.9: not judged" in capsys.readouterr().out
