"""This is the place for the words about recording, the broker, and what protects anybody."""

from typing import Final

from healthmon.events.plain_text import made_plain
from healthmon.view.words.numbers import counted, joined

RECORDING: Final = "Recording"
NOT_RECORDING: Final = "NOT RECORDING"
STARTING: Final = "Starting the recorder"
REPLAY: Final = "Replay of a recorded log"
BROKER_UP: Final = "broker connected"
BROKER_DOWN: Final = "broker NOT connected"
# Nobody at a bedside types commands: the sheet of F1 has them, for whoever does.
ASK: Final = "ask whoever looks after this computer (F1)"
NO_RECORDER: Final = (
    "Look in yourself: nobody is watched. No recorder runs; this window starts it. If this line stays, "
    f"{ASK}."
)
_WHY_NO_BROKER: Final = {
    "refused": "nothing answers there",
    "timed out": "it does not answer",
    "unreachable": "the network is down",
    "not known": "its name is not known",
    "resolution": "its name is not known",
    "uthori": "it does not let the recorder in",
    "reset": "it broke off",
}

BLIND: Final = (
    "The recorder writes, but this window sees nothing new: what it shows is old. Close it and open it "
    f"again; if that does not help, {ASK}."
)


# The recorder was there, and is not any more; or its process is there and says nothing. Since when, the
# headline says.
STOPPED: Final = (
    "Look in yourself: nobody is watched. The recorder stopped and is started again by itself; if this line "
    f"stays, {ASK}."
)
ENDED: Final = f"Look in yourself: nobody is watched. No recorder runs; if this line stays, {ASK}."
STUCK: Final = (
    "Look in yourself: nobody is watched. The recorder runs but does not answer. If this line stays, stop "
    f"recording and start this window again, or {ASK}."
)


def broker_down(problem: str) -> str:
    """The recorder cannot reach its broker. What an operating system says of it is for `healthmon doctor`."""
    plain = next((said for text, said in _WHY_NO_BROKER.items() if text in problem), "")
    why = plain or (made_plain(problem) if "rrno" not in problem else "")
    return (
        f"Look in yourself: no device can be heard. The broker is not connected{f' ({why})' if why else ''}; "
        f"it is tried again by itself. If this line stays, {ASK}."
    )


_LOG: Final = {
    "well": "The log can be written again",
    "reserve": "The disk is nearly full: the log's reserve is in use",
    "overflow": "The log cannot be written: recording goes to memory",
    "not-recorded": "The log cannot be written: nothing is kept",
}


def log_said(value: object) -> str:
    """What the recorder reports of the log's disk; empty for a word nobody here knows."""
    return _LOG.get(value, "") if isinstance(value, str) else ""


def broker_said(value: object) -> str:
    """What the recorder reports of its broker; empty for a word nobody here knows."""
    known = {"up": "The broker answers again", "away": "The broker does not answer"}
    return known.get(value, "") if isinstance(value, str) else ""


def clock_said(value: object) -> str:
    """What the recorder reports of the computer's clock; empty for a word nobody here knows."""
    known = {"well": "The computer's clock has caught up", "behind": "The computer's clock was set back"}
    return known.get(value, "") if isinstance(value, str) else ""


GAP: Final = "Nothing was recorded: the computer slept, or its clock was set forward"


def not_recorded(cause: str) -> str:
    """The recorder ran, and could not write its log."""
    return f"Nothing was recorded: the log could not be written{f' ({cause})' if cause else ''}"


def backlog(waiting: int, lost: int | None) -> str:
    """What became of what was said meanwhile; `lost` None where nobody can know."""
    if lost is None:
        kept = "what was sent without acknowledgement may be lost"
    else:
        kept = f"{counted(lost, 'message')} lost" if lost else "nothing is lost"
    return f"{kept}: {counted(waiting, 'message')} waited" if waiting else kept


def reading_log(share: float) -> str:
    """The log is long, and the screen is not at its end yet; 0 when nobody tells how long it is."""
    return f"Reading the log, {int(share * 100)} %" if share > 0 else "Reading the log"


def line(state: str, broker: str, devices: int, rate: float) -> str:
    """`Recording · broker connected · 6 devices · 4 events/s`."""
    return joined(state, broker, counted(devices, "device"), f"{rate:,.0f} events/s")


def protected(people: int, devices: int, on_duty: str) -> str:
    """Nothing is missing of what the log tells and the window sees."""
    who, what = counted(people, "person", "people"), counted(devices, "device")
    return f"You are protected: {who}, {what}, sound works, {on_duty} on duty"


def quiet_until(when: str) -> str:
    """Quiet hours: no lack, but nobody should count on hearing a medium alarm."""
    return f"medium alarms are silent until {when}"


def not_protected(lacks: int) -> str:
    """Something is missing; how many things, because a narrow window shows the first only."""
    return "Not fully protected" if lacks == 1 else f"Not fully protected, {lacks} reasons"


NOBODY_TO_WATCH: Final = "Nobody is watched yet: no device measures anybody"
NOT_RECORDED: Final = "Nothing is being recorded"
NO_BROKER: Final = "The broker is not connected"
TROUBLE: Final = "Something is wrong with the recording"


def not_recorded_since(when: str) -> str:
    """Recording stopped then."""
    return f"{NOT_RECORDED} since {when}"


def since(lack: str, when: str) -> str:
    """A lack, and since when."""
    return f"{lack}, since {when}"


def never_heard(device: str, person: str) -> str:
    """A device was given to somebody and never spoke."""
    return f"{made_plain(device)} ({person}) was never heard"


def silent_since(device: str, person: str, when: str) -> str:
    """A device that measures somebody says nothing."""
    return f"{made_plain(device)} ({person}) silent since {when}"


def taken_off_since(device: str, person: str, when: str) -> str:
    """A device that measures somebody is not worn."""
    return f"{made_plain(device)} ({person}) not worn since {when}"


def no_signal(device: str, person: str, quantity: str, when: str) -> str:
    """A device that is heard measures nothing of this quantity."""
    since = f" since {when}" if when else ""
    return f"{made_plain(device)} ({person}): measures no {quantity.lower()}{since}"


def snoozed_until(alarm: str, person: str, when: str) -> str:
    """An alarm was told to be quiet."""
    return f"{alarm} of {person} snoozed until {when}"


def muted_until(when: str) -> str:
    """All sound was told to be quiet."""
    return f"Sound paused until {when}"
