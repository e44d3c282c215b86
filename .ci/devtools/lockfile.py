"""This is the place for reading requirements.lock: what is pinned, for which Pythons, and who wanted it."""

import re
from dataclasses import dataclass
from pathlib import Path

_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? \\")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_OURS = "healthmon (pyproject.toml)"


@dataclass(frozen=True, slots=True)
class Pin:
    """One pinned release. `marker` is empty when it is for everybody; `wanted_by` names packages, or us."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]


def read(lock: Path) -> list[Pin]:
    """Every pin in the file, in its order."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [_pin(block) for block in blocks if _PIN.match(block)]


def _pin(block: str) -> Pin:
    head = _PIN.match(block)
    assert head is not None  # read() asked
    _, _, via = block.partition("# via")
    wanted = tuple(word for line in via.splitlines() if (word := line.strip(" #")))
    return Pin(head["name"], head["version"], head["marker"] or "", tuple(_HASH.findall(block)), wanted)


def needed_to_run(pins: list[Pin]) -> set[str]:
    """The names a user gets: what the product wants, and what that wants in turn."""
    names = {pin.name for pin in pins if _OURS in pin.wanted_by}
    while more := {pin.name for pin in pins if names.intersection(pin.wanted_by)} - names:
        names |= more
    return names
