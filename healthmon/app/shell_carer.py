"""This is the place for a carer without a window: what they say in a shell, sent as the window sends it."""

import os
import time
from enum import StrEnum

from healthmon import log
from healthmon.app.carer import CarerVoice
from healthmon.app.places import Places
from healthmon.app.who_is_here import carer_here
from healthmon.broker import Role, accounts
from healthmon.events import Event
from healthmon.settings import Settings

WAITS = 20.0  # seconds of real time for it to come back through the log; a new account takes one or two
LOOK_EVERY = 0.1


class Heard(StrEnum):
    """What became of it. The text is the line that is shown."""

    RECORDED = "recorded"
    NO_RECORDER = "kept, but nobody records here: start healthmon record, then say it again to send it"
    WAITING = "kept, but not recorded yet: is the broker there? Say it again, or open the window, to send it"


def say_here(settings: Settings, event: Event, *, waits: float = WAITS) -> tuple[Heard | None, str]:
    """Keep it, send it, and wait until it stands in the log; what became of it, or None and the problem.

    Blocks for `waits` seconds at most. Another name than the user's own gets an account of its own, for the
    broker lets each carer speak as themselves only. Raises BrokerError for a name that cannot be one.
    """
    places = Places(settings.data_folder).prepared()
    name, here = event.subject.id, carer_here()
    if not settings.broker.url:
        accounts.ensure(places.data, name, Role.CARER, home=settings.broker.home)
    outbox = places.outbox if name == here else places.outbox / name
    follower = log.Follower(places.data, log.next_offset(places.data), on_damage=lambda _: None)
    voice = CarerVoice(places.data, outbox, settings.broker, carer=name, client=f"shell-{os.getpid()}")
    try:
        receipt = voice.say(event)
        if not receipt.is_kept:
            return None, receipt.problem
        if not log.is_locked(places.data):
            return Heard.NO_RECORDER, ""
        return _awaited(voice, follower, event.id, waits), ""
    finally:
        voice.stop()


def _awaited(voice: CarerVoice, follower: log.Follower, event: str, waits: float) -> Heard:
    until = time.monotonic() + waits
    while time.monotonic() < until:
        entries = follower.poll()
        voice.look(entries)
        if any(entry.id == event for entry in entries):
            return Heard.RECORDED
        time.sleep(LOOK_EVERY)
    return Heard.WAITING
