"""This is the place for asking whether a window can open at all, before Qt would end the process over it.

Qt aborts when its platform cannot start: no exception, no exit code of ours. So the question is asked
first, without Qt: is there a display, does it answer, can its plugin be loaded.
"""

import ctypes
import os
import re
import socket
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from healthmon.gui.errors import GuiError, GuiReason

_CURE = "Run it on a desktop, or write a picture with --screenshot FILE.png and QT_QPA_PLATFORM=offscreen."
_NEEDS_DISPLAY = {"", "xcb", "wayland", "wayland-egl"}


def check_display(environment: Mapping[str, str] | None = None) -> None:
    """Raise GuiError with the cure when no window can open; takes a few milliseconds, never blocks long."""
    env = os.environ if environment is None else environment
    platform = env.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if sys.platform != "linux" or platform not in _NEEDS_DISPLAY:
        return
    if platform != "xcb" and _wayland_answers(env):
        return
    if platform.startswith("wayland"):
        raise GuiError(GuiReason.NO_DISPLAY, f"no Wayland display answers. {_CURE}")
    _check_x11(env.get("DISPLAY", ""))
    _check_plugin()


def _check_x11(display: str) -> None:
    if not display:
        raise GuiError(GuiReason.NO_DISPLAY, f"there is no display (DISPLAY is not set). {_CURE}")
    local = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if local is None:
        return  # on another machine: only Qt can tell
    name = str(Path("/tmp", ".X11-unix", f"X{local[1]}"))  # where X11 keeps its sockets, on every machine
    if not (_answers(name) or _answers(f"\0{name}")):
        raise GuiError(GuiReason.NO_DISPLAY, f"display {display} does not answer. {_CURE}")


def _wayland_answers(env: Mapping[str, str]) -> bool:
    name = env.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    return _answers(str(Path(env.get("XDG_RUNTIME_DIR", "/")) / name))


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def _check_plugin() -> None:
    found = find_spec("PySide6")
    folders = found.submodule_search_locations if found is not None else None
    if not folders:
        raise GuiError(
            GuiReason.MISSING_LIBRARY, "PySide6 is not installed: install healthmon with its dependencies"
        )
    plugin = Path(folders[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.exists():
        return  # a PySide6 that keeps its plugins elsewhere
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        missing = str(error).split(":", maxsplit=1)[0]
        raise GuiError(
            GuiReason.MISSING_LIBRARY,
            f"{missing} is missing; on Debian: apt install libgl1 libegl1 libxkbcommon-x11-0 libxcb-cursor0 "
            "libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libfontconfig1 libdbus-1-3",
        ) from error
