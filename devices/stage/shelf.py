"""This is the place for finding a scenario: by the name of one that ships, or as a file of one's own."""

from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from devices.errors import DeviceError, DeviceReason
from devices.stage.scenario import Scenario, read_scenario

SUFFIX = ".scenario"


def shelf() -> Path:
    """The folder of the scenarios that ship: in a checkout, or in an installed wheel."""
    package = Path(str(files("healthmon")))
    for folder in (package / "_resources" / "scenarios", package.parent / "resources" / "scenarios"):
        if folder.is_dir():
            return folder
    raise DeviceError(
        DeviceReason.NO_SCENARIO,
        f"no scenarios beside {package}: install healthmon again, from a wheel or a checkout",
    )


def names() -> tuple[str, ...]:
    """The scenarios that ship."""
    return tuple(sorted(path.stem for path in shelf().glob(f"*{SUFFIX}")))


def find(name: str) -> Scenario:
    """The scenario of this name, or in this file. Raises DeviceError, saying which was meant."""
    path = Path(name)
    if name in names():
        path = shelf() / f"{name}{SUFFIX}"
    elif not path.is_file():
        close = get_close_matches(name, names(), n=1)
        meant = f"did you mean {close[0]}? " if close else ""
        raise DeviceError(
            DeviceReason.NO_SCENARIO,
            f"no scenario {name!r}: {meant}give a file, or one of {', '.join(names())}",
        )
    try:
        return read_scenario(path.name, path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DeviceError(DeviceReason.NO_SCENARIO, f"{path} cannot be read: {error}") from error
