"""This is the place for the one line "you are watched", computed, or for what is missing and since when.

It claims only what the window can see: recording, the broker, the devices, and that no alarm was told to be
quiet. Whether anybody would hear an alarm, and who is on duty, it does not know and does not claim.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Final

from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.alarm_book import Episode
from healthmon.view.devices import Device
from healthmon.view.person import SIGNAL_MISSED, Person
from healthmon.view.present import Present
from healthmon.view.screen import Connection, Protection, Recording
from healthmon.view.vital import Stream, Trust, moment

FORGOTTEN: Final = timedelta(
    hours=24
)  # a device nobody assigned, or a quantity, that was not heard for so long
_MOST_TOLD: Final = 8


@dataclass(frozen=True, slots=True)
class Watched:
    """Everything the line is computed from."""

    connection: Connection
    people: Mapping[str, Person]
    devices: Iterable[Device]
    streams: Mapping[str, list[Stream]]  # by device: what it measures of whom
    episodes: Iterable[Episode]
    paused_until: datetime | None


def protection(watched: Watched, present: Present) -> Protection:
    """Whether nothing is missing, in one line; what is missing comes with its cause and time."""
    known = [device for device in watched.devices if _is_counted(device, watched, present)]
    missing = [*_recording_lacks(watched.connection, present), *_quiet(watched, present)]
    if not known:
        missing.append(words.recorder.NOBODY_TO_WATCH)
    for device in known:
        missing += _device_lacks(device, watched, present)
    if missing:
        text = made_plain(words.numbers.joined(words.recorder.NOT_WATCHING, missing[0]))
        return Protection(protected=False, text=text, missing=tuple(map(made_plain, missing[:_MOST_TOLD])))
    people = {device.person for device in known}
    return Protection(protected=True, text=words.recorder.watched(len(people), len(known)))


def _is_counted(device: Device, watched: Watched, present: Present) -> bool:
    """A device somebody gave to a person, or one that measured a person today."""
    if device.person not in watched.people:
        return False
    heard = device.heard is not None and present.now - device.heard < FORGOTTEN
    return device.assigned or (heard and device.id in watched.streams)


def _recording_lacks(connection: Connection, present: Present) -> Iterator[str]:
    if connection.recording is not Recording.RECORDING:
        since = connection.since if connection.recording is Recording.NOT_RECORDING else None
        yield (
            words.recorder.NOT_RECORDED
            if since is None
            else words.recorder.not_recorded_since(present.told(since))
        )
    elif not connection.broker_up:
        yield words.recorder.NO_BROKER


def _quiet(watched: Watched, present: Present) -> Iterator[str]:
    """Alarms that were told to be quiet, one or all."""
    if watched.paused_until is not None and watched.paused_until > present.now:
        yield words.recorder.muted_until(present.told(watched.paused_until))
    for one in watched.episodes:
        if one.snoozed_until is not None and one.is_snoozed(present.now):
            person = watched.people.get(one.person)
            name = person.name if person else words.numbers.called(one.person)
            yield words.recorder.snoozed_until(
                words.alarms.title(one.alarm), name, present.told(one.snoozed_until)
            )


def _device_lacks(device: Device, watched: Watched, present: Present) -> Iterator[str]:
    name = watched.people[device.person or ""].name
    streams = [one for one in watched.streams.get(device.id, []) if one.person == device.person]
    if device.heard is None:
        if device.online.value is not True:
            yield words.recorder.never_heard(device.id, name)
    elif not streams:
        if device.online.value is False and device.online.since is not None:
            yield words.recorder.silent_since(device.id, name, present.told(device.online.since))
    elif device.is_silent(present.now, present.forgiven):
        yield words.recorder.silent_since(device.id, name, present.told(device.heard))
    elif device.worn.value is False and device.worn.since is not None:
        yield words.recorder.taken_off_since(device.id, name, present.told(device.worn.since))
    else:
        yield from (_lack(one, name, present) for one in streams if _lacks(one, present))


def _lacks(stream: Stream, present: Present) -> bool:
    """Whether a device that is heard measures nothing of this quantity: that protects nobody."""
    trust = stream.trust(present)
    if trust is not Trust.OLD:
        return trust is Trust.NO_PULSE
    quiet = present.seconds - stream.last_word()
    if FORGOTTEN.total_seconds() <= quiet < inf:
        return False
    patience = max(SIGNAL_MISSED, stream.vital.usual_silence()) + present.forgiven
    return quiet > patience.total_seconds()


def _lack(stream: Stream, name: str, present: Present) -> str:
    since = present.told(moment(stream.at, present)) if stream.at > 0 else ""
    return words.recorder.no_signal(stream.device.id, name, stream.vital.quantity.plot_title, since)
