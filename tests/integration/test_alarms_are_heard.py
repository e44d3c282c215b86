"""A real recorder sounds a real alarm, with no window, and is silent when somebody answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from healthmon.app.carer import CarerVoice
from healthmon.app.heartbeat import last_beat
from healthmon.app.places import Places
from healthmon.app.who_is_here import carer_here
from healthmon.clock import SystemClock
from healthmon.events import Event, Thing
from healthmon.settings import BrokerSettings
from tests.fakes.homes import RealHome, eventually, real_home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealHome]:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("HEALTHMON_SOUND_OUTPUT", "null")
    with real_home(tmp_path / "home") as made:
        yield made


def _plays(home: RealHome, burst: str) -> bool:
    heartbeat = Places(home.data).heartbeat
    return eventually(lambda: (beat := last_beat(heartbeat)) is not None and beat.playing == burst)


def _acknowledges(home: RealHome, alarm: str) -> None:
    carer = carer_here()
    voice = CarerVoice(home.data, Places(home.data).outbox, BrokerSettings())
    seen = Event(
        id=f"{carer}:1",
        time=SystemClock().now(),
        subject=Thing("CAREGIVER", carer),
        verb="ACKNOWLEDGES",
        object=Thing("ALARM", alarm),
        context={"person": "maria"},
    )
    assert voice.say(seen).is_kept
    assert home.logged(1, verb="ACKNOWLEDGES")
    voice.stop()


def test_low_oxygen_is_heard_until_it_is_acknowledged_also_by_the_next_recorder(home: RealHome) -> None:
    assert eventually(lambda: any(entry.value == "works" for entry in home.said("REPORTS", "SOUND")))
    with home.publisher() as publisher:
        assert home.low_oxygen(publisher)
        assert _plays(home, "high-oxygen")
    home.recorder.kill()
    home.restart()
    assert _plays(home, "high-oxygen")
    _acknowledges(home, "SPO2_CRIT")
    assert _plays(home, "")
