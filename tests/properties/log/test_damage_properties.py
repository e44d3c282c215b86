"""Proof finds every flipped bit, wherever it is."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthmon.log import EventLog, verify
from tests.unit.log.entries import CLOCK, change, entries, files


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed segment and an open one, two entries each."""
    folder = tmp_path_factory.mktemp("original")
    with EventLog.open(folder, clock=CLOCK, segment_bytes=600) as log:
        log.append(entries(2))
        log.append(entries(2, 2))
    return folder


@pytest.mark.parametrize("which", [0, 1])
def test_every_flipped_byte_is_found_in_its_segment(original: Path, tmp_path: Path, which: int) -> None:
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    path = files(tmp_path)[which]
    content = path.read_bytes()
    missed = []
    for position in range(len(content)):
        change(path, position, 1 << position % 8)
        if path.name not in {damage.segment for damage in verify(tmp_path).damages}:
            missed.append(position)
        path.write_bytes(content)

    assert missed == []


@given(
    which=st.integers(0, 1), place=st.floats(0, 1, exclude_max=True), noise=st.binary(min_size=1, max_size=4)
)
def test_a_burst_of_noise_is_found(
    original: Path, tmp_path_factory: pytest.TempPathFactory, which: int, place: float, noise: bytes
) -> None:
    folder = tmp_path_factory.mktemp("noisy")
    shutil.copytree(original, folder, dirs_exist_ok=True)
    path = files(folder)[which]
    content = path.read_bytes()
    position = int(place * (len(content) - len(noise)))
    noisy = content[:position] + noise + content[position + len(noise) :]
    path.write_bytes(noisy)

    assert verify(folder).is_whole == (noisy == content)


@given(which=st.integers(0, 1), data=st.data())
def test_a_line_taken_out_or_moved_is_found(
    original: Path, tmp_path_factory: pytest.TempPathFactory, which: int, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("shuffled")
    shutil.copytree(original, folder, dirs_exist_ok=True)
    path = files(folder)[which]
    rows = path.read_bytes().splitlines(keepends=True)
    kept = data.draw(st.permutations(rows))[: data.draw(st.integers(0, len(rows)))]
    path.write_bytes(b"".join(kept))

    assert verify(folder).is_whole == (kept == rows)
