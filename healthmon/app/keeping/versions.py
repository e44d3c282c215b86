"""This is the place for which code made something: what STARTS says, and what a checkpoint must agree with.

The number of a release is not enough: a state folded by code that differs in one line is wrong in a way that
nobody sees. So a version is a digest of the sources of the rooms whose state it is, with the settings and the
model they work by. The price is one more fold of the log after an update.
"""

import hashlib
import sys
from functools import cache
from pathlib import Path

import healthmon
from healthmon.events import Json, wire
from healthmon.pipeline.house import house_rules
from healthmon.settings import Settings

_LOGIC = ("events", "pipeline")
_RULES = ("rules", "alarms", "advice")
_VIEW = ("view",)
_KEEPING = ("preserve", "app/keeping")
_LENGTH = 16


def versions(settings: Settings) -> dict[str, Json]:
    """What STARTS carries: the release, and short digests of logic and rules, and the model's."""
    rules = _digest(_sources(_RULES), wire.write(settings.rules).decode())
    return {
        "healthmon": healthmon.__version__,
        "model": house_rules(settings.rules).model,
        "logic": _digest(_sources(_LOGIC), str(settings.recorder.remembered_ids)),
        "rules": rules,
    }


def logic_version(settings: Settings) -> str:
    """What a kept logic must agree with. Lower-case hexadecimal."""
    return _digest(wire.write(versions(settings)).decode(), _sources(_KEEPING), _python())


def view_version() -> str:
    """What a kept fold of the view must agree with. Lower-case hexadecimal."""
    return _digest(_sources((*_LOGIC, *_RULES, *_VIEW, *_KEEPING)), _python())


def _python() -> str:
    return f"python {sys.version_info.major}.{sys.version_info.minor}"


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:_LENGTH]


@cache
def _sources(rooms: tuple[str, ...]) -> str:
    """A digest of every source file of these rooms: some 5 ms, once for each process."""
    home = Path(healthmon.__file__).parent
    made = hashlib.sha256(healthmon.__version__.encode())
    for room in rooms:
        for path in sorted((*(home / room).rglob("*.py"), *home.glob(f"{room}.py"))):
            made.update(str(path.relative_to(home)).encode())
            made.update(path.read_bytes())
    return made.hexdigest()
