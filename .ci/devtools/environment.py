"""This is the place for .venv: made from the lock, once, and recognised in no time afterwards.

Promises: the stamp is written last, so a setup that was interrupted is taken up again by the next call; two
calls at once wait for each other; nothing outside the checkout changes but pip's cache; pip reads the user's
own configuration, so a mirror or a proxy works as it does everywhere else.
"""

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools import machine, running
from devtools.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / ("bin" if os.name == "posix" else "Scripts")
PYTHON = BIN / ("python" if os.name == "posix" else "python.exe")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "healthmon-stamp"
LOG = VENV / "setup.log"
SPACE = 1_200_000_000  # bytes: 0.75 GB of environment, and what pip unpacks meanwhile

CURES = {
    "No space left on device": "the disk is full; free 1.2 GB here (or point TMPDIR elsewhere) and repeat",
    "DO NOT MATCH THE HASHES": "a package is not the one in requirements.lock; if you use a mirror, check it",
    "CERTIFICATE_VERIFY_FAILED": "the index has a certificate this machine does not trust; set PIP_CERT",
    "Temporary failure in name resolution": "no network: the index cannot be found; connect and repeat",
    "Failed to establish a new connection": "no network: the index cannot be reached; connect and repeat",
    "Read timed out": "the network is too slow or gone; repeat, what was downloaded is kept",
    # Last: without a network pip ends on this line too.
    "No matching distribution": "no wheel fits; supported: CPython 3.11 to 3.14, glibc 2.34 or newer",
}


def ready() -> dict[str, str]:
    """Make .venv ready if it is not, and tell the variables under which its programs run."""
    if not is_ready():
        with _alone():
            if not is_ready():
                _make()
    return variables()


def is_ready() -> bool:
    """Whether .venv is whole and made from today's lock."""
    try:
        return STAMP.read_text() == _stamp() and os.access(PYTHON, os.X_OK)
    except OSError:
        return False


def variables() -> dict[str, str]:
    """This process's variables, with .venv first on the path."""
    env = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    env["PATH"] = f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    env.pop("PYTHONHOME", None)
    # Our own programs (`python -m devtools.budgets`) stand beside this file, not in the product.
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / ".ci"), os.environ.get("PYTHONPATH")]))
    return env


def _stamp() -> str:
    told = hashlib.sha256()
    for part in (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), os.fsencode(VENV)):
        told.update(hashlib.sha256(part).digest())
    return told.hexdigest()


def _make() -> None:
    started = time.monotonic()
    _check_space()
    machine.provide()
    _make_venv()
    LOG.write_text("")
    STAMP.unlink(missing_ok=True)
    count = sum(1 for line in LOCK.read_text().splitlines() if "==" in line)
    _say(f"Installing {count} pinned packages into .venv (about 190 MB to download, once)")
    _pip("--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    _pip("--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT))
    _try_qt()
    STAMP.write_text(_stamp())
    _say(f"Ready after {time.monotonic() - started:.0f} s")


def _check_space() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < SPACE and not PYTHON.exists():
        raise Trouble(
            f"{free // 10**6} MB are free here, about {SPACE // 10**6} are needed; free some and repeat"
        )


def _make_venv() -> None:
    if PYTHON.exists() and _quietly([str(PYTHON), "-m", "pip", "--version"]) == 0:
        return
    said: list[str] = []
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if running.listen(command, env=os.environ, cwd=ROOT, hear=said.append) != 0:
        raise Trouble(f"cannot make {VENV}: {_cure(said)}", code=1)


def _pip(*words: str) -> None:
    said: list[str] = []
    show = _progress() if sys.stderr.isatty() else _nothing

    def hear(line: str) -> None:
        said.append(line)
        show(line)

    # PIP_USER would install beside the environment instead of into it.
    env = {**variables(), "PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [str(PYTHON), "-m", "pip", "install", "--progress-bar", "off", *words]
    code = running.listen(command, env=env, cwd=ROOT, hear=hear)
    show("")
    with LOG.open("a") as log:
        log.writelines(f"{line}\n" for line in said)
    if code != 0:
        raise Trouble(f"cannot install: {_cure(said)}", code=1)


def _progress() -> Callable[[str], None]:
    def show(line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line.strip()[:78]}")
        sys.stderr.flush()

    return show


def _nothing(_line: str) -> None:
    pass


def _try_qt() -> None:
    """Start Qt without a display, once: what the system lacks shows here, not in the first window."""
    said: list[str] = []
    program = "from PySide6.QtWidgets import QApplication; QApplication([])"
    env = {**variables(), "QT_QPA_PLATFORM": "offscreen"}
    if running.listen([str(PYTHON), "-c", program], env=env, cwd=ROOT, hear=said.append) != 0:
        raise Trouble(
            f"Qt does not start: {(said or ['it said nothing'])[-1]}; install that library and repeat", code=1
        )


def _cure(said: list[str]) -> str:
    text = "\n".join(said)
    for sign, cure in CURES.items():
        if sign in text:
            return cure
    errors = [line for line in said if line.startswith("ERROR")] or said or ["it said nothing"]
    return f"{errors[-1].removeprefix('ERROR: ')} (all of it: {LOG.relative_to(ROOT)})"


def _quietly(command: list[str]) -> int:
    return running.listen(command, env=os.environ, cwd=ROOT, hear=_nothing)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Only one setup at a time in this checkout. Systems without flock take their chance."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    place = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Waiting for another setup of this checkout to end")
            fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)
