"""This is the place for reading stored breaks, and for putting one into a copy of the tree."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

STORE = Path(__file__).with_name("mutants.toml")


class MutantError(Exception):
    """A stored break that cannot be used as it is; the message says what to change in mutants.toml."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One line that is replaced by another, the promise this breaks, and the tests that must then fail.

    Indentation does not count: the new line takes over that of the old one. `old` must stand in the file
    exactly once; or, with `after`, a line above it that does, the first `old` below that is meant.
    """

    name: str
    promise: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    after: str = ""


def read(store: Path = STORE) -> list[Mutant]:
    """Every stored break; raises MutantError for one that is not whole."""
    with store.open("rb") as text:
        entries = tomllib.load(text).get("mutant", [])
    mutants = [_mutant(entry) for entry in entries]
    names = [mutant.name for mutant in mutants]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise MutantError(f"named twice: {', '.join(sorted(twice))}")
    return mutants


def apply(mutant: Mutant, tree: Path) -> str:
    """Break the file in `tree` and return its text as it was; raises MutantError when that cannot be done."""
    path = tree / mutant.file
    if not path.is_file():
        raise MutantError(f"{mutant.name}: {mutant.file} is gone; name the file that keeps the promise now")
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    place = _place(mutant, [line.strip() for line in lines])
    indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
    lines[place] = indent + mutant.new.strip()
    broken = "\n".join(lines) + "\n"
    try:
        compile(broken, mutant.file, "exec")
    except SyntaxError as error:
        raise MutantError(f"{mutant.name}: {mutant.new!r} does not parse there: {error.msg}") from error
    path.write_text(broken, encoding="utf-8")
    return text


def _place(mutant: Mutant, lines: list[str]) -> int:
    """Which line is meant; raises MutantError when there is none, or more than one."""
    start = _the_one(mutant, mutant.after, lines) + 1 if mutant.after else 0
    if not mutant.after:
        return _the_one(mutant, mutant.old, lines)
    if mutant.old.strip() not in lines[start:]:
        raise MutantError(f"{mutant.name}: {mutant.file} has no line {mutant.old!r} below {mutant.after!r}")
    return lines.index(mutant.old.strip(), start)


def _the_one(mutant: Mutant, line: str, lines: list[str]) -> int:
    count = lines.count(line.strip())
    if count != 1:
        raise MutantError(f"{mutant.name}: {line!r} stands {count} times in {mutant.file}, not once")
    return lines.index(line.strip())


def _mutant(entry: dict[str, object]) -> Mutant:
    texts = {key: value for key, value in entry.items() if isinstance(value, str)}
    tests = entry.get("tests")
    if not isinstance(tests, list) or not tests:
        raise MutantError(f"{texts.get('name', 'a break')}: needs tests = [...] that must fail")
    try:
        return Mutant(**texts, tests=tuple(map(str, tests)))
    except TypeError as error:
        raise MutantError(f"{texts.get('name', 'a break')}: {error}") from error
