"""This is the place for what a device at home can measure, and whether it trusts what it measured.

Outside of what it can measure, it says that it feels nothing.
"""

from types import MappingProxyType
from typing import Final

from healthmon.events.event import Json
from healthmon.events.vocabulary import HR, SPO2

# 20-250 /min, 35-100 % (our choice; it covers what the devices we read of specify). Outside it a device
# says "no signal": 0 everywhere, 255 for a pulse, 127 for oxygen (BerryMed frames), 65535 for an unset 16-bit
# field. A heart does beat 127 times a minute, so that is a reading.
GATES: Final = MappingProxyType({HR: (20.0, 250.0), SPO2: (35.0, 100.0)})
"""Least and most of each quantity in its usual unit: what rules, alarms and window take for a reading."""


# Our choice. A reading that is doubted rings nothing, so a word that is not known here is no doubt.
DOUBTS: Final = frozenset(
    word
    for line in """
    artefact artifact bad error fault interference invalid lost low low-perfusion low-signal motion movement
    no-contact no-finger no-pulse no-signal noise noisy not-worn off poor searching unreliable unstable
    unusable very-low very-poor weak
    """.splitlines()
    for word in line.split()
)
"""What devices say of readings that they do not trust: in lower case, hyphens between words."""


def is_good(quality: Json) -> bool:
    """Whether a reading is to be believed as far as its device says: all but a known word of `DOUBTS`, false,
    or a share below one half."""
    if isinstance(quality, str):
        return "-".join(quality.lower().replace("_", " ").replace("-", " ").split()) not in DOUBTS
    if isinstance(quality, bool):
        return quality
    return not (isinstance(quality, int | float) and 0 <= quality < 0.5)
