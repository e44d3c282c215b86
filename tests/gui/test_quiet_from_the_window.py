"""What sounds because a recorder died is quiet when somebody says so in the window."""

from pathlib import Path

import pytest

from healthmon.app.carer import CarerVoice
from healthmon.app.places import Places
from healthmon.app.processes import stop_recorder
from healthmon.app.window import _say
from healthmon.clock import SystemClock
from healthmon.events import Event, Thing
from healthmon.settings import BrokerSettings
from healthmon.sound.post import Post, alone


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A home whose player is alone."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    made = Places(tmp_path / "home").prepared()
    post = Post(made.runtime)
    post.take()
    post.tell_alone()
    return made


def _says(verb: str, about: Thing, places: Places) -> None:
    voice = CarerVoice(places.data, places.outbox, BrokerSettings(), carer="anna")
    event = Event(
        id="anna:1",
        time=SystemClock().now(),
        subject=Thing("CAREGIVER", "anna"),
        verb=verb,
        object=about,
        context={"value": 2, "unit": "min"},
    )
    assert _say(voice, places)(event).is_kept
    voice.stop()


def test_a_pause_of_all_sound_quiets_the_player_of_a_dead_recorder(places: Places) -> None:
    _says("PAUSES", Thing("SOUND"), places)
    assert alone(places.runtime) is None


def test_nothing_else_that_a_carer_does_quiets_it(places: Places) -> None:
    _says("ACKNOWLEDGES", Thing("ALARM", "SPO2_LOW"), places)
    assert alone(places.runtime) is not None


def test_so_does_who_stops_a_recorder_that_is_not_there(places: Places) -> None:
    assert not stop_recorder(places.data)
    assert alone(places.runtime) is None
