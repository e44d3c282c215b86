"""This is the place for what a segment comes to when it is packed, by each way that was thought of.

`PACK_SEGMENT=FILE` takes a plain segment of yours; without it one of eight people's seconds is made up.
"""

import os
import random
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

import zstandard

from healthmon.events import Entry, Thing
from healthmon.log.compressed import FRAME, LEVEL
from healthmon.log.record import line_of

Row = dict[str, object]
Pack = Callable[[bytes], bytes]

START = datetime(2026, 11, 22, 4, tzinfo=UTC)
COUNT = 100_000


def measure() -> list[Row]:
    """Bytes and seconds of processor for levels of zstd, and for zlib; frames as the log has them."""
    told = os.environ.get("PACK_SEGMENT")
    content = Path(told).read_bytes() if told else _made_up()
    unpack = zstandard.ZstdDecompressor().decompress
    rows: list[Row] = []
    for level in (1, 3, 9):
        mine = " (ours)" if level == LEVEL else ""
        packer = zstandard.ZstdCompressor(level=level, write_checksum=True)
        rows += _packed(f"zstd {level}{mine}", content, packer.compress, unpack)
    return rows + _packed("zlib 6", content, lambda piece: zlib.compress(piece, 6), zlib.decompress)


def _packed(name: str, content: bytes, pack: Pack, unpack: Pack) -> list[Row]:
    frames = [content[begin : begin + FRAME] for begin in range(0, len(content), FRAME)]
    begun = process_time()
    packed = list(map(pack, frames))
    turned = process_time()
    if list(map(unpack, packed)) != frames:
        raise AssertionError(f"{name} does not give back what it was given")
    ended = process_time()
    each = (1 << 26) / len(content)  # seconds for the 64 MiB of a segment
    return [
        {"name": f"{name}: smaller by", "value": len(content) / sum(map(len, packed)), "unit": "times"},
        {"name": f"{name}: to pack 64 MiB", "value": (turned - begun) * each, "unit": "s"},
        {"name": f"{name}: to unpack them", "value": (ended - turned) * each, "unit": "s"},
    ]


def _made_up() -> bytes:
    chance = random.Random(7)
    rates = [70.0] * 8
    return b"".join(line_of(_reading(number, rates, chance)) for number in range(COUNT))


def _reading(number: int, rates: list[float], chance: random.Random) -> Entry:
    who = number % len(rates)
    rates[who] += chance.gauss(0, 0.7) + (70 - rates[who]) / 60
    time = START + timedelta(seconds=number // len(rates), milliseconds=chance.randrange(1_000))
    return Entry(
        id=f"watch-{who}:5f3a:{number}",
        time=time,
        subject=Thing("WATCH", f"watch-{who}"),
        verb="MEASURES",
        object=Thing("HR"),
        context={"value": round(rates[who]), "unit": "/min", "person": f"person-{who}"},
        offset=number,
        received=START + timedelta(seconds=number / len(rates) + 1.1),
    )
