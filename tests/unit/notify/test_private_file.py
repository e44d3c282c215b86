"""A file of secrets that is somebody else's is not believed; one that is refused keeps what it held."""

import os
from pathlib import Path

import pytest

from healthmon.notify.errors import NotifyError, NotifyReason
from healthmon.notify.outside import OutsideFile
from healthmon.notify.private_file import PrivateFile


def test_the_address_of_a_watchdog_in_a_file_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = OutsideFile(tmp_path)
    kept.write("https://127.0.0.1/x")
    owner = kept.path.stat().st_uid
    if owner == 0:
        os.chown(kept.path, 12345, -1)
    else:
        monkeypatch.setattr(os, "getuid", lambda: owner + 1)

    with pytest.raises(NotifyError, match="is not yours") as refused:
        kept.read()

    assert refused.value.reason is NotifyReason.NOT_PRIVATE


def test_what_is_written_is_private_and_whole(tmp_path: Path) -> None:
    kept = PrivateFile(tmp_path / "home" / "secret")
    before = (kept.read(10), kept.mark(), kept.remove())
    kept.write(b"twelve bytes")

    assert before == (None, (), False)
    assert (kept.read(20), kept.path.stat().st_mode & 0o777) == (b"twelve bytes", 0o600)
    assert len(kept.read(5) or b"") == 6  # one more than asked for tells that there is more
    assert [path.name for path in kept.path.parent.iterdir()] == ["secret"]
