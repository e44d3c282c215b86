"""This is the place for the words of what is told for information: coffee, and what a night came to.

They say what studies found and what was measured. They name no cause and no illness, and never say that
coffee raises a heart rate.
"""

from typing import Final

from healthmon.events import Event
from healthmon.events.plain_text import made_plain
from healthmon.view.words.alarms import nightly
from healthmon.view.words.numbers import counted, figure, is_number, joined, measured

HOUSEHOLD: Final = "who drank it is not known"
_EFSA: Final = "EFSA sees no concern for healthy adults up to {limit} of caffeine."
_COFFEE: Final = {
    "COFFEE_LATE": "Coffee{at}. Studies link coffee within about 9 hours of bed to shorter sleep.",
    "COFFEE_DAY": f"Much coffee in a day. {_EFSA}",
    "COFFEE_SINGLE": f"Much coffee at once. {_EFSA}",
}
_NIGHTS: Final = {
    "RHR_RISE": "Night heart rate a little above what is usual, two nights running",
    "ODI4": "Oxygen dipped often last night",
}


def coffee(event: Event) -> str:
    """`Coffee at 16:10. Studies link ...`; empty for a row that nobody here knows."""
    wall, limit = event.context.get("wall"), event.context.get("limit")
    at = f" at {made_plain(wall, longest=5)}" if isinstance(wall, str) else ""
    told = measured(limit, event.unit) if is_number(limit) else ""
    return _COFFEE.get(event.object.id, "").format(at=at, limit=told)


def about_coffee(event: Event) -> str:
    """What else there is to say of it: the bed time it is held against, and whose it was not."""
    bed = event.context.get("bed")
    usually = f"usual bed time {made_plain(bed, longest=5)}" if isinstance(bed, str) else ""
    return joined(usually, HOUSEHOLD if event.context.get("household") is True else "")


def before_bed(event: Event) -> str:
    """`6.8 h before bed`, or the caffeine: the number of the row."""
    told = measured(event.amount, event.unit)
    if event.object.id != "COFFEE_LATE" or not told:
        return told
    return f"{told} before bed" if event.amount else "after bed time"


def night(event: Event) -> str:
    """What a night came to; empty for a row that nobody here knows."""
    return _NIGHTS.get(event.object.id, "")


def about_night(event: Event) -> str:
    """`149 dips of 4 points or more in 5 h · ring-1`, or what is usual."""
    dips, hours, device = (event.context.get(key) for key in ("dips", "hours", "device"))
    if not (is_number(dips) and is_number(hours)):
        return nightly(event)
    said = f"{counted(round(dips), 'dip')} of 4 points or more in {figure(hours)} h"
    return joined(said, made_plain(device, longest=60) if isinstance(device, str) else "")
