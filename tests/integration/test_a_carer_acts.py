"""What a carer does at the window goes over the wire into the log, and only then counts."""

from datetime import UTC, datetime
from pathlib import Path

from healthmon.app.carer import CarerVoice
from healthmon.app.feed import LogFeed
from healthmon.app.places import Places
from healthmon.app.who_is_here import carer_here
from healthmon.app.window import pulse
from healthmon.clock import SystemClock
from healthmon.gui.carer import Voice
from healthmon.settings import BrokerSettings
from healthmon.view.desk import LogDesk
from healthmon.view.screen import AlarmLine, AlarmPhase, Delivery, Priority
from tests.fakes.homes import eventually, real_home


def _line() -> AlarmLine:
    since = datetime.now(UTC)
    return AlarmLine(
        episode="E:maria:1",
        alarm="SPO2_CRIT",
        person="maria",
        person_name="Maria",
        place="",
        priority=Priority.HIGH,
        phase=AlarmPhase.ACTIVE,
        text="",
        since=since,
    )


def test_an_acknowledgement_comes_back_through_the_log_and_settles(tmp_path: Path) -> None:
    with real_home(tmp_path) as home, home.publisher() as gateway:
        places = Places(tmp_path)
        voice = CarerVoice(tmp_path, places.outbox, BrokerSettings())
        desk = LogDesk(LogFeed(tmp_path, print), SystemClock(), heartbeat=lambda: pulse(places.heartbeat))
        assert home.low_oxygen(gateway)
        assert home.logged(1, verb="RAISES")
        assert eventually(lambda: len(desk.tick().alarms) == 1)
        event = Voice(carer_here(), "test", SystemClock()).acknowledges(desk.tick().alarms[0])
        desk.said(event)
        assert desk.tick().alarms[0].delivery is Delivery.SENDING
        assert voice.say(event).is_kept
        assert home.logged(1, verb="ACKNOWLEDGES")

        voice.look(home.said("ACKNOWLEDGES"))

        assert eventually(lambda: desk.tick().alarms[0].phase is AlarmPhase.ACKNOWLEDGED)
        assert (desk.tick().alarms[0].by.lower(), list(places.outbox.glob("*.json"))) == (carer_here(), [])
        voice.stop()


def test_what_was_done_without_a_recorder_is_delivered_when_there_is_one(tmp_path: Path) -> None:
    with real_home(tmp_path) as home:
        home.recorder.end()
        places = Places(tmp_path)
        voice = CarerVoice(tmp_path, places.outbox, BrokerSettings())
        event = Voice(carer_here(), "test", SystemClock()).acknowledges(_line())
        assert voice.say(event).is_kept
        voice.stop()
        home.restart()
        again = CarerVoice(tmp_path, places.outbox, BrokerSettings())
        again.look([])

        assert home.logged(1, verb="ACKNOWLEDGES")
        again.stop()
        assert [entry.id for entry in home.said("ACKNOWLEDGES")] == [event.id]


def test_who_is_going_is_seen_in_every_window(tmp_path: Path) -> None:
    with real_home(tmp_path) as home, home.publisher() as gateway:
        places = Places(tmp_path)
        voice = CarerVoice(tmp_path, places.outbox, BrokerSettings())
        here, there = (
            LogDesk(LogFeed(tmp_path, print), SystemClock(), heartbeat=lambda: pulse(places.heartbeat))
            for _ in range(2)
        )
        assert home.low_oxygen(gateway)
        assert eventually(lambda: len(here.tick().alarms) == 1)
        event = Voice(carer_here(), "test", SystemClock()).takes(here.tick().alarms[0])
        assert voice.say(event).is_kept

        assert eventually(lambda: [one.phase for one in there.tick().alarms] == [AlarmPhase.TAKEN])
        voice.stop()
    assert there.tick().alarms[0].state.lower().startswith(f"{carer_here()} is going, ")
