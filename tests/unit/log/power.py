"""This is the place for a disk that remembers what was synced, and what a power cut may leave of the rest.

Every operation is done for real and written down. `leftovers` then plays the cuts: at each moment, what was
synced is there; of what was written to a file since its last sync, any first part; of the names that changed
in a folder since its last sync, those of the first so many changes, or of all but one.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from healthmon.log import Disk


@dataclass(slots=True)
class _File:
    """One file, by whatever name: its bytes, and how they were at the last sync."""

    content: bytes = b""
    synced: bytes = b""


_Change = dict[str, _File | None]  # by name: what it is of now, or that it is gone


class PowerDisk(Disk):
    """Does everything, and remembers it for one folder, the log's."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._open: dict[int, _File] = {}
        self._now: dict[str, _File] = {}
        self._durable: dict[str, _File] = {}
        self._changes: list[_Change] = []
        self.cuts: list[tuple[int, list[dict[str, bytes]]]] = []
        """For each operation: what had been promised by then, and the folders that a cut then may leave."""
        self.promised = 0
        """Set by the test, as soon as something is promised."""

    def watch(self) -> None:
        """What is in the folder now is durable."""
        for path in self._home.iterdir():
            content = path.read_bytes()
            self._now[path.name] = self._durable[path.name] = _File(content, content)

    def create(self, path: Path) -> int:
        file = super().create(path)
        if path.parent == self._home:
            self._open[file] = _File()
            self._change({path.name: self._open[file]})
        return file

    def reopen(self, path: Path) -> int:
        file = super().reopen(path)
        if path.parent == self._home:
            self._open[file] = self._now[path.name]
        return file

    def write(self, file: int, content: bytes) -> None:
        super().write(file, content)
        if file in self._open:
            self._open[file].content += content
            self._note()

    def cut(self, file: int, size: int) -> None:
        super().cut(file, size)
        if file in self._open:
            self._open[file].content = self._open[file].content[:size]
            self._note()

    def sync(self, file: int) -> None:
        if file in self._open:
            self._open[file].synced = self._open[file].content

    def close(self, file: int) -> None:
        self._open.pop(file, None)
        os.close(file)

    def rename(self, path: Path, target: Path) -> None:
        super().rename(path, target)
        self._change({target.name: self._now[path.name], path.name: None})

    def remove(self, path: Path) -> None:
        super().remove(path)
        if path.name in self._now:
            self._change({path.name: None})

    def sync_folder(self, folder: Path) -> None:
        if folder == self._home:
            self._durable, self._changes = dict(self._now), []

    def _change(self, change: _Change) -> None:
        _apply(self._now, change)
        self._changes.append(change)
        self._note()

    def _note(self) -> None:
        self.cuts.append((self.promised, list(self._leftovers())))

    def _leftovers(self) -> Iterator[dict[str, bytes]]:
        names = dict(self._durable)
        yield from _contents(names)
        for change in self._changes:
            _apply(names, change)
            yield from _contents(names)
        for left_out in self._changes[:-1]:  # a file system need not keep the order of what was not synced
            names = dict(self._durable)
            for change in self._changes:
                _apply(names, change if change is not left_out else {})
            yield {name: file.synced for name, file in names.items()}


def _apply(names: dict[str, _File], change: _Change) -> None:
    for name, file in change.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _contents(names: dict[str, _File]) -> Iterator[dict[str, bytes]]:
    """The folder with nothing, half, and all of what was not synced, for one file at a time."""
    synced = {name: file.synced for name, file in names.items()}
    yield synced
    for name, file in names.items():
        if file.content != file.synced:
            begun = len(file.synced) if file.content.startswith(file.synced) else 0
            for end in (begun, (begun + len(file.content)) // 2, len(file.content)):
                yield {**synced, name: file.content[:end]}
