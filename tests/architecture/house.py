"""This is the place for finding the files that the tests of this folder judge."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", ".hypothesis", "__pycache__", "build", "dist"}
BINARY = {".png", ".gz", ".ttf", ".wav", ".qm", ".pyc", ".ico", ".zst"}


def files(root: Path = ROOT) -> Iterator[Path]:
    """Every file of the repository, whether or not it is committed yet."""
    for place in sorted(root.iterdir()):
        if place.name in NOT_OURS or place.name.endswith(("_cache", ".egg-info")):
            continue
        if place.is_dir():
            yield from files(place)
        else:
            yield place


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every file that people read."""
    for path in files():
        if path.suffix not in BINARY and not path.name.startswith(".coverage"):
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def modules(*packages: str) -> Iterator[tuple[str, ast.Module]]:
    """Name and syntax tree of every Python file in these packages."""
    for package in packages:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), _tree(path)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
