"""This is the place for the one line "you are protected", computed, or for what is missing and since when.

It claims only what the log says and the window can see: recording, the broker, the devices, sound that works,
a computer that stays awake, alarms that nobody told to be quiet, somebody on duty who can be called. What was
not told is not known, and counts as missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from typing import Final

from healthmon.alarms.states import Answer
from healthmon.events.plain_text import made_plain
from healthmon.view import words
from healthmon.view.devices import Device
from healthmon.view.fold import Fold
from healthmon.view.person import SIGNAL_MISSED
from healthmon.view.present import Present
from healthmon.view.screen import Connection, Protection, Recording
from healthmon.view.vital import Stream, Trust, moment

FORGOTTEN: Final = timedelta(
    hours=24
)  # a device nobody assigned, or a quantity, that was not heard for so long
_MOST_TOLD: Final = 8
# Alarms about the monitor itself that the line tells from better knowledge; any other is a lack by itself.
_TOLD_ALREADY: Final = frozenset({"BROKER", "SOUND_OFF"})


@dataclass(frozen=True, slots=True)
class Watched:
    """Everything the line is computed from."""

    connection: Connection
    fold: Fold


def protection(watched: Watched, present: Present) -> Protection:
    """Whether nothing is missing, in one line; what is missing comes with its cause and time."""
    fold = watched.fold
    known = [device for device in fold.devices if _is_counted(device, watched, present)]
    people = {device.person or "" for device in known}
    missing = _missing(watched, known, people, present)
    if not missing:
        return _proven(fold, known, people, present)
    text = made_plain(words.numbers.joined(words.recorder.not_protected(len(missing)), missing[0]))
    told = tuple(map(made_plain, missing[:_MOST_TOLD]))
    return Protection(protected=False, text=text, missing=told, headline=words.far.NOT_PROTECTED, lines=told)


def _missing(watched: Watched, known: list[Device], people: set[str], present: Present) -> list[str]:
    """Everything that is missing, what matters most first: no call tells what is not measured."""
    fold = watched.fold
    missing = list(_recording_lacks(watched, present))
    if not known:
        missing.append(words.recorder.NOBODY_TO_WATCH)
    for device in known:
        missing += _device_lacks(device, fold, present)
    if watched.connection.recording is Recording.RECORDING and known:
        missing += _sound_lacks(fold, present)
        missing += _duty_lacks(fold, people, present)
        missing += _awake_lacks(fold, present)
    missing += _quiet(fold, present)  # last: the alarms and the sound's button say it too
    return missing


def _proven(fold: Fold, known: list[Device], people: set[str], present: Present) -> Protection:
    """Nothing is missing."""
    names = {words.numbers.called(fold.duty.order(one)[0]) for one in people}
    ends = [end for one in people if (end := fold.quiet.end(one, present.now)) is not None]
    quiet = words.recorder.quiet_until(present.told(max(ends))) if ends else ""
    on_duty = " and ".join(sorted(names))
    text = words.numbers.joined(words.recorder.protected(len(people), len(known), on_duty), quiet)
    lines = tuple(map(made_plain, words.far.stands_on(len(people), len(known), on_duty, quiet)))
    return Protection(protected=True, text=made_plain(text), headline=words.far.PROTECTED, lines=lines)


def _is_counted(device: Device, watched: Watched, present: Present) -> bool:
    """A device somebody gave to a person, or one that measured a person today."""
    if device.person not in watched.fold.people:
        return False
    heard = device.heard is not None and present.now - device.heard < FORGOTTEN
    return device.assigned or (heard and device.id in watched.fold.streams_of)


def _sound_lacks(fold: Fold, present: Present) -> Iterator[str]:
    """Whether an alarm can be heard here."""
    sound = fold.standing.sound
    if sound is None:
        yield words.care.SOUND_UNKNOWN
    elif sound.value != "works":
        yield words.care.sound_lack(sound.value, present.told(sound.since))


def _awake_lacks(fold: Fold, present: Present) -> Iterator[str]:
    """Whether the computer stays awake for the next alarm."""
    awake = fold.standing.awake
    if awake is None:
        yield words.care.AWAKE_UNKNOWN
    elif awake.value != "held":
        yield words.care.awake_lack(awake.value, awake.reason, present.told(awake.since))


def _duty_lacks(fold: Fold, people: set[str], present: Present) -> Iterator[str]:
    """Whether who is on duty would be called: each lack once, whomever it holds for."""
    if not fold.standing.has_told_contacts:
        yield words.care.CONTACTS_UNKNOWN
        return
    first = dict.fromkeys(order[0] if (order := fold.duty.order(one)) else "" for one in sorted(people))
    for contact in first:
        trouble = fold.duty.trouble(contact, present)
        if not contact:
            yield words.care.NOBODY_TO_CALL
        elif trouble:
            yield words.care.unreachable(words.numbers.called(contact), trouble)


def _recording_lacks(watched: Watched, present: Present) -> Iterator[str]:
    connection = watched.connection
    if connection.recording is not Recording.RECORDING:
        since = connection.since if connection.recording is Recording.NOT_RECORDING else None
        yield (
            words.recorder.NOT_RECORDED
            if since is None
            else words.recorder.not_recorded_since(present.told(since))
        )
    elif not connection.broker_up:
        yield words.recorder.NO_BROKER
    elif connection.problem:
        yield words.recorder.TROUBLE
    for one in watched.fold.alarms.open():
        if one.is_technical and not one.device and one.alarm not in _TOLD_ALREADY and not one.is_over:
            yield words.recorder.since(words.alarms.told(one.raised), present.told(one.since))


def _quiet(fold: Fold, present: Present) -> Iterator[str]:
    """Alarms that were told to be quiet, one or all."""
    paused = fold.answering.paused_until(present.now)
    if paused is not None:
        yield words.recorder.muted_until(present.told(paused))
    alarms = fold.alarms.open()
    standing = fold.answering.standing(present.now) if alarms else {}
    for one in alarms:
        call = standing.get(one.key)
        until = call.until if call is not None and call.answer is Answer.SNOOZED else None
        if until is not None and not one.is_over:
            name = one.whose(fold.people.get(one.person))
            yield words.recorder.snoozed_until(words.alarms.title(one.alarm), name, present.told(until))


def _device_lacks(device: Device, fold: Fold, present: Present) -> Iterator[str]:
    name = fold.people[device.person or ""].name
    streams = [one for one in fold.streams_of.get(device.id, []) if one.person == device.person]
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
    return words.recorder.no_signal(stream.device.id, name, stream.vital.quantity.title, since)
