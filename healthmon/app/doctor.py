"""This is the place for looking whether this machine can monitor anybody, each look with its cure."""

import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from healthmon import assets, log
from healthmon.app.heartbeat import is_alive, last_beat, real_now
from healthmon.app.places import Places
from healthmon.broker import binary
from healthmon.errors import HealthmonError
from healthmon.notify import desktop
from healthmon.notify.contacts import ContactsFile
from healthmon.notify.errors import NotifyError
from healthmon.settings import Settings, default_file

ENOUGH_DISK = 1 << 30  # bytes; our choice: about two months of three people at one reading a second
FRESH = 3.0  # seconds; an older heartbeat is none


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    works: bool
    detail: str
    cure: str = ""


def examined(settings: Settings) -> list[Finding]:
    """Everything, in the order in which a reading needs it. Starts nothing and changes nothing."""
    data = settings.data_folder
    return [
        _python(),
        _settings(),
        _disk(data),
        _log(data),
        _broker(settings),
        _recorder(data),
        _display(),
        _fonts(),
        _sound(settings),
        _contacts(settings),
        _desktop(settings),
    ]


def _python() -> Finding:
    return Finding("python", works=True, detail=f"{sys.version.split()[0]} on {sys.platform}")


def _settings() -> Finding:
    file = default_file()
    return Finding(
        "settings", works=True, detail=f"{file} ({'read' if file.exists() else 'not there: defaults'})"
    )


def _disk(data: Path) -> Finding:
    there = next(folder for folder in (data, *data.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    writable = os.access(there, os.W_OK)
    detail = f"{data}: {free / (1 << 30):.1f} GiB free{'' if writable else ', not writable'}"
    cure = "free some space, or choose another folder with --data"
    return Finding("disk", works=writable and free >= ENOUGH_DISK, detail=detail, cure=cure)


def _log(data: Path) -> Finding:
    try:
        count = log.next_offset(data)
    except log.LogError as error:
        if error.reason is log.LogReason.NO_LOG:
            return Finding("log", works=True, detail="none yet: the first recorder begins it")
        return Finding("log", works=False, detail=str(error), cure="healthmon log verify says where")
    return Finding("log", works=True, detail=f"{count:,} events")


def _broker(settings: Settings) -> Finding:
    if settings.broker.url:
        return Finding(
            "broker",
            works=True,
            detail="an external one is configured; the recorder tells whether it answers",
        )
    try:
        return Finding("broker", works=True, detail=f"embedded, {binary.find()}")
    except HealthmonError as error:
        return Finding("broker", works=False, detail=str(error), cure="install healthmon again")


def _recorder(data: Path) -> Finding:
    pid = log.holder(data)
    if pid is None:
        return Finding("recorder", works=True, detail="none runs; the window starts one")
    beat = last_beat(Places(data).heartbeat)
    fresh = beat is not None and (real_now() - beat.written).total_seconds() <= FRESH and is_alive(pid)
    detail = f"process {pid}" + (f", {beat.problem or 'recording'}" if beat else ", no sign of life")
    return Finding("recorder", works=fresh, detail=detail, cure="healthmon stop, then healthmon")


def _display() -> Finding:
    names = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
    if names or sys.platform != "linux":
        return Finding("display", works=True, detail=", ".join(names) or sys.platform)
    return Finding(
        "display", works=False, detail="none", cure="healthmon demo --screenshot FILE.png works without"
    )


def _sound(settings: Settings) -> Finding:
    from healthmon.sound.output import Loudspeaker

    if settings.sound.output == "none":
        return Finding("sound", works=True, detail="switched off in the settings: no alarm is heard here")
    names = Loudspeaker().names()
    cure = "plug in a loudspeaker, then: healthmon sound test"
    return Finding("sound", works=bool(names), detail=", ".join(names) or "no output", cure=cure)


def _contacts(settings: Settings) -> Finding:
    file = ContactsFile(settings.data_folder)
    try:
        ids = [contact.id for contact in file.read()]
    except NotifyError as error:
        return Finding("contacts", works=False, detail=str(error), cure=f"look at {file.path}")
    if not ids:
        told = "none: nobody is called; healthmon contacts add NAME - adds somebody"
        return Finding("contacts", works=True, detail=told)
    return Finding("contacts", works=True, detail=f"{', '.join(ids)}; healthmon contacts test NAME tries one")


def _desktop(settings: Settings) -> Finding:
    if not settings.notify.desktop:
        return Finding("desktop", works=True, detail="switched off in the settings: shows no alarms")
    shown_by = desktop.shown_by()
    told = f"shows alarms too, through {shown_by}" if shown_by else "none here to show alarms; messages do"
    return Finding("desktop", works=True, detail=told)


def _fonts() -> Finding:
    found = assets.path("fonts", "Inter-Regular.ttf").is_file()
    qt = importlib.util.find_spec("PySide6") is not None
    return Finding(
        "window", works=found and qt, detail="Qt and the fonts are here", cure="install healthmon again"
    )
