"""The lock pins everything for everybody, and tells nothing of the machine that made it."""

import tomllib

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.version import Version

from devtools import third_party
from devtools.lockfile import Pin, needed_to_run, read
from tests.architecture.house import ROOT

LOCK = ROOT / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def pins_for(python: str) -> dict[str, Pin]:
    """What a CPython of this version on Linux gets."""
    about = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "platform_python_implementation": "CPython",
    }
    return {pin.name: pin for pin in read(LOCK) if not pin.marker or Marker(pin.marker).evaluate(about)}


def wanted() -> list[Requirement]:
    """What pyproject.toml asks for, to run and to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [
        Requirement(line)
        for line in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    ]


def test_every_pin_has_its_hashes() -> None:
    pins = read(LOCK)
    lines = [line for line in LOCK.read_text().splitlines() if "==" in line]

    assert (len(pins), [pin.name for pin in pins if not pin.hashes]) == (len(lines), [])


def test_the_lock_names_no_machine_and_no_index() -> None:
    text = LOCK.read_text()
    options = [
        line for line in text.splitlines() if line.lstrip().startswith("-") and "--hash=sha256:" not in line
    ]

    assert ("http" in text, "://" in text, "file:" in text, options) == (False, False, False, [])


def test_both_kinds_of_qt_are_pinned() -> None:
    versions = {python: Version(pins_for(python)["pyside6-essentials"].version) for python in PYTHONS}

    # 6.12 kills the window on 3.11 (docs/decisions/0002-pinned-qt.md); later Pythons may have it.
    assert versions["3.11"] < Version("6.12") <= min(versions[python] for python in PYTHONS[1:])


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_satisfies_what_pyproject_asks_for(python: str) -> None:
    pins = pins_for(python)
    meant = [ask for ask in wanted() if ask.marker is None or ask.marker.evaluate({"python_version": python})]
    broken = [str(ask) for ask in meant if Version(pins[ask.name.lower()].version) not in ask.specifier]

    assert (len(meant) > 10, broken) == (True, [])


@pytest.mark.parametrize("python", PYTHONS)
def test_qt_and_its_binding_are_of_one_version(python: str) -> None:
    pins = pins_for(python)

    assert pins["pyside6-essentials"].version == pins["shiboken6"].version


def test_users_get_no_developer_tools() -> None:
    run = needed_to_run(read(LOCK))

    assert ({"numpy", "msgspec", "shiboken6"} <= run, run & {"pytest", "mypy", "ruff", "hypothesis"}) == (
        True,
        set(),
    )


def test_the_page_of_third_parties_is_today_s() -> None:
    assert third_party.problems() == []
