"""This is the place for the words about who is on duty, who can be called, and whether anybody would hear."""

from typing import Final

from healthmon.events.plain_text import made_plain

NO_ADDRESS: Final = "no address known"
NOBODY_ON_DUTY: Final = "Nobody on duty"
NOBODY_TO_CALL: Final = "Nobody is on duty: nobody would be called"
CONTACTS_UNKNOWN: Final = "Whom the recorder can call is not known"
SOUND_UNKNOWN: Final = "Whether alarms can be heard is not known"
AWAKE_UNKNOWN: Final = "Whether this computer stays awake is not known"

_SOUND: Final = {
    "no-device": "No sound: this computer has no loudspeaker",
    "failed": "No sound: the loudspeaker failed",
    "off": "No sound: it is switched off",
}
_AWAKE: Final = {
    "cannot": "This computer may fall asleep",
    "off": "This computer may fall asleep: keeping it awake is off",
}


def on_duty(name: str) -> str:
    """`Anna on duty`."""
    return f"{name} on duty"


def handing_over(state: str) -> str:
    """A change of duty is on its way."""
    return f"Hand-over: {state[:1].lower()}{state[1:]}"


def message_failed(when: str) -> str:
    """The last message to somebody did not arrive."""
    return f"last message failed {when}"


def unreachable(name: str, trouble: str) -> str:
    """`Ben is on duty: no address known`."""
    return f"{name} is on duty: {trouble}"


def for_person(lack: str, person: str) -> str:
    """A lack that holds of one person only."""
    return f"{lack} (for {person})"


def sound_lack(value: str, when: str) -> str:
    """Why no alarm would be heard. A word nobody here knows is told as it is."""
    known = _SOUND.get(value) or f"Sound: {made_plain(value, longest=40)}"
    return f"{known}, since {when}"


def awake_lack(value: str, reason: str, when: str) -> str:
    """Why the computer may fall asleep, and stop recording."""
    known = _AWAKE.get(value) or f"Staying awake: {made_plain(value, longest=40)}"
    why = f" ({made_plain(reason, longest=60)})" if reason else ""
    return f"{known}{why}, since {when}"
