"""This is the place for compressed segments: a fifteenth of the size or less, and still read from any byte.

A compressed segment is a zstd file of independent frames of about 1 MiB with zstd's own seek table behind
them (its "seekable format", version 0.1.0: a skippable frame that other programs step over). So `zstdless`
shows it, and a reader unpacks only the frames it wants. Positions are always those of the content.

Damage never stops a reader here: a frame that cannot be unpacked reads as so many zero bytes, which are no
whole lines, and a lost seek table is found again by walking over the frames.
"""

import os
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from struct import Struct

import zstandard

from healthmon.log.disk import Disk

SUFFIX = ".zst"
FRAME = 1 << 20
LEVEL = 1  # measured (bench pack): our lines get smaller than with 3; 9 saves 2 to 11 % in 8 times the time

# zstd, contrib/seekable_format/zstd_seekable_compression_format.md
_SKIPPABLE = 0x184D2A5E
_SEEKABLE = 0x8F92EAB1
_HEAD = Struct("<II")
_ROW = Struct("<II")
_FOOT = Struct("<IBI")


@dataclass(frozen=True, slots=True)
class Frames:
    """Where each frame begins, in the file and in the content; one more than there are frames."""

    packed: tuple[int, ...]
    content: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many bytes the content has."""
        return self.content[-1]


class Packer:
    """Writes a compressed segment, some content at a time. One thread. Raises OSError."""

    def __init__(self, target: Path, disk: Disk) -> None:
        self._disk = disk
        self._file = disk.create(target)
        self._packer = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
        self._rows: list[tuple[int, int]] = []
        self._waiting = bytearray()

    def add(self, content: bytes) -> None:
        """Take more of it."""
        self._waiting += content
        while len(self._waiting) >= FRAME:
            self._write_frame()

    def finish(self) -> None:
        """That was all: durable when this returns."""
        if self._waiting:
            self._write_frame()
        self._disk.write(self._file, _seek_table(self._rows))
        self._disk.sync(self._file)

    def close(self) -> None:
        """Let go of the file."""
        self._disk.close(self._file)

    def _write_frame(self) -> None:
        piece = bytes(self._waiting[:FRAME])
        del self._waiting[:FRAME]
        frame = self._packer.compress(piece)
        self._disk.write(self._file, frame)
        self._rows.append((len(frame), len(piece)))


def pack(source: Path, target: Path, disk: Disk) -> None:
    """Write `source`, compressed, to `target`, durable when this returns. Raises OSError."""
    packer = Packer(target, disk)
    try:
        with source.open("rb") as content:
            while piece := content.read(FRAME):
                packer.add(piece)
        packer.finish()
    finally:
        packer.close()


def content_size(path: Path) -> int:
    """How many bytes a compressed segment holds. Raises OSError."""
    return _frames_of(path).size


def read_content(path: Path, position: int, size: int) -> bytes:
    """Up to `size` bytes of the content from `position`. Raises OSError."""
    frames = _frames_of(path)
    end = min(position + size, frames.size)
    if position >= end:
        return b""
    first = bisect_right(frames.content, position) - 1
    pieces = b"".join(_unpacked(path, frames, first, end))
    start = position - frames.content[first]
    return pieces[start : start + end - position]


def _unpacked(path: Path, frames: Frames, first: int, end: int) -> Iterator[bytes]:
    mark = _mark_of(path)
    for number in range(first, len(frames.packed) - 1):
        if frames.content[number] >= end:
            return
        size = frames.content[number + 1] - frames.content[number]
        yield _frame(str(path), mark, frames.packed[number : number + 2], size)


def _mark_of(path: Path) -> tuple[int, int]:
    """Tells one file of this name from another: what is cached must not outlive its file."""
    state = path.stat()
    return state.st_ino, state.st_mtime_ns


def _frames_of(path: Path) -> Frames:
    return _frames(str(path), _mark_of(path))


@lru_cache(maxsize=256)  # a few kB each
def _frames(path: str, _mark: tuple[int, int]) -> Frames:
    content = Path(path)
    rows = _rows(content) or _rows_walked(content)
    packed, sizes = zip(*rows, strict=True) if rows else ((), ())
    return Frames(tuple(accumulate(packed, initial=0)), tuple(accumulate(sizes, initial=0)))


def _rows(path: Path) -> list[tuple[int, int]] | None:
    """The seek table: the size of each frame, packed and unpacked; None when it is not as it was written."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - _FOOT.size))
        foot = file.read(_FOOT.size)
        if len(foot) < _FOOT.size:
            return None
        count, _, magic = _FOOT.unpack(foot)
        begin = end - _FOOT.size - count * _ROW.size
        if magic != _SEEKABLE or begin < _HEAD.size:
            return None
        file.seek(begin)
        rows = [(int(packed), int(size)) for packed, size in _ROW.iter_unpack(file.read(count * _ROW.size))]
    return rows if sum(packed for packed, _ in rows) == begin - _HEAD.size else None


def _rows_walked(path: Path) -> list[tuple[int, int]]:
    """The same from the frames themselves, up to the first that cannot be unpacked."""
    rows: list[tuple[int, int]] = []
    left = path.read_bytes()
    while left and int.from_bytes(left[:4], "little") != _SKIPPABLE:
        frame = zstandard.ZstdDecompressor().decompressobj()
        try:
            size = len(frame.decompress(left))
        except zstandard.ZstdError:
            break
        rows.append((len(left) - len(frame.unused_data), size))
        left = frame.unused_data
    return rows


@lru_cache(maxsize=4)  # a reader goes forward through pieces that are not frames: at most two at a time
def _frame(path: str, _mark: tuple[int, int], place: tuple[int, ...], size: int) -> bytes:
    with Path(path).open("rb") as file:
        file.seek(place[0])
        packed = file.read(place[1] - place[0])
    try:
        content = zstandard.ZstdDecompressor().decompress(packed, max_output_size=size)
    except zstandard.ZstdError:
        content = b""
    return content if len(content) == size else bytes(size)


def _seek_table(rows: list[tuple[int, int]]) -> bytes:
    body = b"".join(_ROW.pack(*row) for row in rows) + _FOOT.pack(len(rows), 0, _SEEKABLE)
    return _HEAD.pack(_SKIPPABLE, len(body)) + body
