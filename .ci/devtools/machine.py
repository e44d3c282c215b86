"""This is the place for what the operating system must bring: as root on Debian we fetch it, else we say how.

The list was found in a bare Debian 12 (docs/decisions/0008-two-commands.md): Qt's offscreen platform links
the first group, an X display the second, a Wayland one the third. Nobody needs a compiler.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools import running
from devtools.trouble import Trouble

QT = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
DISPLAY = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND = {"libwayland-cursor.so.0": "libwayland-cursor0"}
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
OFFLINE = ("Temporary failure resolving", "Could not resolve", "Could not connect", "Unable to connect")
APT_LISTS = Path("/var/lib/apt/lists")


def has_display() -> bool:
    """Whether a window could be seen here."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def provide() -> None:
    """See to it that Python can make environments and Qt can start. Does nothing outside Debian's family."""
    if sys.platform != "linux" or shutil.which("apt-get") is None:
        _require_ensurepip()
        return
    needed = missing(display=has_display())
    if not needed:
        return
    if os.geteuid() != 0:
        raise Trouble(f"this machine lacks what Qt or pip needs; run this once, then repeat: {_line(needed)}")
    _install(missing(display=True))
    _require_ensurepip()


def missing(*, display: bool) -> list[str]:
    """The Debian packages that are not there yet."""
    wanted = {**QT, **DISPLAY} if display else dict(QT)
    if os.environ.get("WAYLAND_DISPLAY"):
        wanted |= WAYLAND
    present = _libraries()
    packages = [package for library, package in wanted.items() if library not in present]
    if not CERTIFICATES.exists():
        packages.insert(0, "ca-certificates")
    if not _can_make_environments() and Path(sys.executable).resolve().parent == Path("/usr/bin"):
        packages.insert(0, f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    return packages


def _libraries() -> set[str]:
    """Every shared library that the loader knows by name."""
    ldconfig = shutil.which("ldconfig") or "/sbin/ldconfig"  # not on everybody's PATH
    try:
        listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return {*QT, *DISPLAY, *WAYLAND}  # cannot be told here; Qt itself will say what it misses
    return {words[0] for line in listing.splitlines() if (words := line.split())}


def _can_make_environments() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def _require_ensurepip() -> None:
    importlib.invalidate_caches()
    if not _can_make_environments():
        raise Trouble(
            f"{sys.executable} has no venv or no ensurepip; install that part of it, or repeat with another "
            "Python 3.11 or newer"
        )


def _line(packages: list[str]) -> str:
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    return f"sudo sh -c '{line}'" if shutil.which("sudo") else f"su -c '{line}'"


def _install(packages: list[str]) -> None:
    print(f"Fetching from Debian: {' '.join(packages)}", file=sys.stderr, flush=True)
    install = ["install", "-y", "--no-install-recommends", *packages]
    if not any(APT_LISTS.glob("*_Packages*")):
        _apt(["update"])
    elif _apt(install, may_fail=True):
        return
    else:
        _apt(["update"])  # the lists were old: what they name is gone
    _apt(install)


def _apt(words: list[str], *, may_fail: bool = False) -> bool:
    said: list[str] = []
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    # Without the option an update that reached nothing counts as done, and the install fails for no reason.
    command = ["apt-get", "-q", "-o", "APT::Update::Error-Mode=any", *words]
    code = running.listen(command, env=env, cwd=Path("/"), hear=said.append)
    if code != 0 and not may_fail:
        raise Trouble(f"apt-get {words[0]} failed: {_reason(said)}; put that right and repeat", code=1)
    return code == 0


def _reason(said: list[str]) -> str:
    """The first error line: the ones after it follow from it."""
    if any(sign in line for line in said for sign in OFFLINE):
        return "no network: Debian's packages cannot be reached"
    errors = [line.removeprefix("E: ") for line in said if line.startswith("E: ")]
    return errors[0] if errors else (said or ["it said nothing"])[-1]
