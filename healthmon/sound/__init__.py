"""Sound: IEC-style bursts, and the small process that plays them whatever else goes wrong."""

from healthmon.sound.bursts import BURSTS, Burst, Family, Urgency
from healthmon.sound.talk import Said, SoundState, Told, read_told, written

__all__ = [
    "BURSTS",
    "Burst",
    "Family",
    "Said",
    "SoundState",
    "Told",
    "Urgency",
    "read_told",
    "written",
]
