"""This is the place for finding what ships beside the code: fonts, icons, sounds, scenarios, models.

In a checkout they are in `resources/`, in an installed wheel in `healthmon/_resources`. Asked from any
thread; reads the disk, never writes it.

>>> text("icons", "LICENSE").startswith("ISC")
True
"""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path

from healthmon.errors import HealthmonError


class AssetsReason(StrEnum):
    """Why a resource could not be had."""

    MISSING = "missing-resource"


class AssetsError(HealthmonError):
    """Something that ships with healthmon is not where it should be."""


@cache
def root() -> Path:
    """The folder that holds every resource. Raises AssetsError when this installation has none."""
    package = Path(str(files("healthmon")))
    for folder in (package / "_resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise AssetsError(
        AssetsReason.MISSING,
        f"no resources beside {package}: install healthmon again, unpacked, from a wheel or a checkout",
    )


def path(*parts: str) -> Path:
    """Where a file or folder of ours is, as in `path("fonts", "Inter-Regular.ttf")`. Raises AssetsError."""
    found = root().joinpath(*parts)
    if not found.exists():
        raise AssetsError(
            AssetsReason.MISSING,
            f"resource {'/'.join(parts)} is missing from {root()}: install healthmon again",
        )
    return found


def text(*parts: str) -> str:
    """What a text file of ours says. Raises AssetsError."""
    return path(*parts).read_text(encoding="utf-8")


def data(*parts: str) -> bytes:
    """The bytes of a file of ours. Raises AssetsError."""
    return path(*parts).read_bytes()


def names(*parts: str, suffix: str = "") -> tuple[str, ...]:
    """The names of the files in a folder of ours that end in `suffix`, sorted. Raises AssetsError."""
    return tuple(
        sorted(one.name for one in path(*parts).iterdir() if one.is_file() and one.name.endswith(suffix))
    )
