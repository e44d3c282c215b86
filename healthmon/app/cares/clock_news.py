"""This is the place for what the recorder says of its computer's clock: set back, or caught up."""

from datetime import timedelta

from healthmon.events import Json
from healthmon.pipeline.receipt import TOLD_BEHIND

_NONE = timedelta()


class ClockNews:
    """Called in every turn of the recorder. One thread. A recorder begins as one whose clock is well."""

    def __init__(self) -> None:
        self._told_behind = False

    def look(self, behind: timedelta) -> dict[str, Json] | None:
        """The context of REPORTS CLOCK when it fell behind by more than 5 s, or has caught up; else None."""
        is_behind = behind > (_NONE if self._told_behind else TOLD_BEHIND)
        if is_behind is self._told_behind:
            return None
        self._told_behind = is_behind
        if not is_behind:
            return {"value": "well"}
        return {"value": "behind", "behind_s": round(behind.total_seconds(), 1)}
