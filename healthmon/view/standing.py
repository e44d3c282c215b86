"""This is the place for what the recorder last said of itself: sound, staying awake, whom it can call."""

from dataclasses import dataclass
from datetime import datetime

from healthmon.events import Entry


@dataclass(frozen=True, slots=True)
class Report:
    """One word of the recorder's of itself, since when it holds, and why."""

    value: str
    since: datetime
    reason: str = ""


class Standing:
    """Follows MONITOR REPORTS. A recorder that starts has said nothing yet: None is unknown, not well."""

    def __init__(self) -> None:
        self.sound: Report | None = None
        self.awake: Report | None = None
        self.has_told_contacts = False

    def started(self) -> None:
        """A recorder starts: what the one before it said holds no more."""
        self.sound, self.awake, self.has_told_contacts = None, None, False

    def report(self, entry: Entry) -> None:
        """The recorder says how something is."""
        match entry.object.type:
            case "SOUND":
                self.sound = _news(entry, self.sound)
            case "AWAKE":
                self.awake = _news(entry, self.awake)
            case "CONTACTS":
                self.has_told_contacts = True


def _news(entry: Entry, before: Report | None) -> Report:
    """The same word again holds since it was said first."""
    value, reason = str(entry.value), entry.context.get("reason")
    since = before.since if before is not None and before.value == value else entry.time
    return Report(value, since, reason if isinstance(reason, str) else "")
