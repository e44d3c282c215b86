"""This is the place for the name of the time zone this machine lives in, as in Europe/Warsaw."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

LOCALTIME: Final = Path("/etc/localtime")  # Linux and macOS: a link into the zones' folder
UNKNOWN: Final = "UTC"


def home_zone(environ: Mapping[str, str] | None = None, localtime: Path = LOCALTIME) -> str:
    """TZ where it names a zone, else what the system is set to, else UTC. Never raises."""
    named = (os.environ if environ is None else environ).get("TZ", "").removeprefix(":")
    if is_zone(named):
        return named
    try:
        target = str(localtime.resolve(strict=True))
    except OSError:
        return UNKNOWN
    _, _, linked = target.partition("zoneinfo/")
    linked = linked.removeprefix("posix/").removeprefix("right/")
    return linked if is_zone(linked) else UNKNOWN


def is_zone(name: str) -> bool:
    """Whether a zone is called this."""
    if not name:
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # none of this name, no name at all, or a folder
        return False
    return True
