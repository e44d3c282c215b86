"""This is the place for the words about who is on duty, who can be called, and whether anybody would hear."""

from typing import Final

from healthmon.events.plain_text import made_plain
from healthmon.view.words.numbers import counted

NOBODY_ON_DUTY: Final = "Nobody on duty"
NOBODY_TO_CALL: Final = "Nobody would be called: F7 says how to change that"
CONTACTS_UNKNOWN: Final = "Whom the recorder can call is not known"
SOUND_UNKNOWN: Final = "Whether alarms can be heard is not known"
AWAKE_UNKNOWN: Final = "Whether this computer stays awake is not known"

_SOUND: Final = {
    "works": "Alarms can be heard",
    "muted": "No sound: sound is muted on this computer",
    "no-device": "No sound: this computer has no loudspeaker",
    "failed": "No sound: the loudspeaker failed",
    "off": "No sound: it is switched off",
}
# By a piece of what systemd says, or the recorder.
_WHY_NOT_AWAKE: Final = {
    "connect to bus": "nothing on it can keep it awake",
    "systemd-inhibit: ": "nothing on it can keep it awake",
    "denied": "healthmon may not keep it awake",
    "authentication": "healthmon may not keep it awake",
    "settings": "switched off in the settings",
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
    """`Ben is on duty: last message failed 03:14`."""
    return f"{name} is on duty: {trouble}"


def sound_lack(value: str, when: str) -> str:
    """Why no alarm would be heard, and since when."""
    return f"{sound_said(value)}, since {when}"


def awake_lack(value: str, reason: str, when: str) -> str:
    """Why the computer may fall asleep, and stop recording. The words of its system stand in the events."""
    known = _AWAKE.get(value) or f"Staying awake: {made_plain(value, longest=40)}"
    why = next((plain for text, plain in _WHY_NOT_AWAKE.items() if text in reason), "")
    return f"{known}{f' ({why})' if why else ''}, since {when}"


NO_QUIET_HOURS: Final = "none"
_WHY_CALLED: Final = {
    "unanswered": "nobody had answered",
    "unsettled": "it went on",
    "lasting": "it became more urgent",
    "floor": "beyond the critical floor",
    "gap": "after a gap in the recording",
    "recovered": "it is over",
}
_JUDGED: Final = {"true": "it was real", "false": "a false alarm", "unsure": "unsure whether it was real"}
_AWAKE_SAID: Final = {
    "held": "This computer is kept awake",
    "cannot": "This computer cannot be kept awake",
    "off": "This computer is not kept awake",
}

_OUTSIDE_SAID: Final = {
    "works": "Somebody outside would notice if this computer went off",
    "unreached": "Nobody outside would notice if this computer went off: the watchdog does not answer",
    "unusable": "Nobody outside would notice if this computer went off: its address cannot be used",
    "off": "Nobody outside is to notice if this computer goes off",
}


def called(contact: str, alarm: str) -> str:
    """`Ben was called: Oxygen very low`."""
    return f"{contact} was called: {alarm}"


def why_called(why: str) -> str:
    """Why somebody was called again, or somebody else; empty for the first call."""
    return _WHY_CALLED.get(why, "")


def message(contact: str, outcome: str) -> str:
    """What became of a message."""
    return f"Message to {contact} {outcome or 'sent'}"


def tested(by: str, contact: str) -> str:
    """A test of sound, or a test message; by the recorder itself when nobody is named."""
    what = f"a message to {contact}" if contact else "the alarm sound"
    return f"{by} tried {what}" if by else f"Test: {what}"


def handed_over(by: str, to: str) -> str:
    """`Anna handed over to Ben`; who takes it themselves, takes it."""
    return f"{to} is on duty now" if by == to else f"{by} handed over to {to}"


def duty_set(by: str) -> str:
    """A carer said who is called, in which order."""
    return f"{by} set whom to call"


def quiet_hours_set(by: str) -> str:
    """A carer said when medium alarms let people sleep."""
    return f"{by} set the quiet hours"


def hours(begins: str, ends: str) -> str:
    """`22:00 to 07:00`."""
    return f"{begins} to {ends}"


def paused(by: str, *, is_end: bool) -> str:
    """All sound was paused, or is on again."""
    return f"{by} ended the pause of sound" if is_end else f"{by} paused the sound"


def judged(by: str, value: object) -> str:
    """`Anna: a false alarm`."""
    said = _JUDGED.get(value, "") if isinstance(value, str) else ""
    return f"{by} judged an alarm: {said or 'in another way'}"


def sound_said(value: object) -> str:
    """What the recorder says of sound. A word nobody here knows is told as it is."""
    return _SOUND.get(str(value)) or f"Sound: {made_plain(str(value), longest=40)}"


def awake_said(value: object) -> str:
    """What the recorder says of staying awake."""
    return _AWAKE_SAID.get(str(value)) or f"Staying awake: {made_plain(str(value), longest=40)}"


def outside_said(value: object) -> str:
    """What the recorder says of its sign of life to somebody outside."""
    return _OUTSIDE_SAID.get(str(value)) or f"Watchdog: {made_plain(str(value), longest=40)}"


def contacts_said(count: int) -> str:
    """How many people can be called."""
    return f"{counted(count, 'contact')} can be called"
