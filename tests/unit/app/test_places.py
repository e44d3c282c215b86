"""Where everything is: the folders of a home, and the one that must not be on the disk that fails."""

import os
from pathlib import Path

import pytest

from healthmon.app import places
from healthmon.app.places import Places


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Data and runtime folder on one disk, and something that is shared memory."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    (tmp_path / "shm").mkdir()
    monkeypatch.setattr(places, "SHARED_MEMORY", tmp_path / "shm")
    return Places(tmp_path / "data").prepared()


def test_what_must_outlive_a_disk_is_not_kept_on_it(home: Places, tmp_path: Path) -> None:
    assert home.overflow.is_relative_to(tmp_path / "shm" / f"healthmon-{os.getuid()}")


def test_a_runtime_folder_on_another_disk_is_good_enough(
    home: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_device", lambda folder: len(str(folder)))

    assert home.overflow == home.runtime / "overflow"


def test_shared_memory_that_somebody_else_can_read_is_not_used(home: Places, tmp_path: Path) -> None:
    theirs = tmp_path / "shm" / f"healthmon-{os.getuid()}"
    theirs.mkdir()
    theirs.chmod(0o755)  # whatever the umask is: our commands narrow it

    assert home.overflow == home.runtime / "overflow"


def test_two_homes_share_nothing(home: Places, tmp_path: Path) -> None:
    assert home.overflow != Places(tmp_path / "other").prepared().overflow


def test_one_folder_by_two_names_is_one_home(home: Places, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(home.data)

    assert Places(tmp_path / "link").runtime == home.runtime
