"""A backup holds the log as it was at one moment, and comes back whole or not at all."""

import errno
import io
import tarfile
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from healthmon.app.backup import backup
from healthmon.app.backup_file import BackupError, BackupReason, Manifest
from healthmon.app.restore import restore
from healthmon.events import Message, Refusal, Rejected
from healthmon.log import (
    DeadLetters,
    EventLog,
    Room,
    identity_of,
    read,
    read_dead_letters,
    upkeep_lock,
    verify,
)
from healthmon.notify.contacts import ContactsFile
from healthmon.settings import PathSettings, Settings
from tests.unit.log.disks import HurriedDisk, SickDisk
from tests.unit.log.entries import CLOCK, START, entries, entry, files, written


def settings_for(data: Path) -> Settings:
    """The settings of this folder."""
    return Settings(paths=PathSettings(data=str(data)))


def backed_up(home: Path, **options: bool) -> Path:
    """A backup of a small home."""
    file = home.parent / "backup.tar"
    backup(settings_for(home), file, told=lambda _done, _of: None, **options)
    return file


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three segments, accounts, and a lake."""
    data = tmp_path / "home"
    written(data, 3, 3, 3, segment_bytes=1000)
    for name in ("broker/accounts.json", "settings.toml", "lake/date=2026-11-22/x.parquet", "lake/_lock"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name, "utf-8")
    return data


def names(file: Path) -> list[str]:
    """What is in a backup."""
    with tarfile.open(file) as tar:
        return tar.getnames()


def test_a_restored_log_is_the_log_and_knows_it_is_a_copy(home: Path, tmp_path: Path) -> None:
    file = backed_up(home)
    manifest = restore(file, tmp_path / "new")

    assert list(read(tmp_path / "new")) == list(read(home)) == entries(9)
    assert verify(tmp_path / "new", manifest.head).is_whole
    with EventLog.open(tmp_path / "new", clock=CLOCK) as log:
        assert log.is_copy
        log.append([entry(9)])
    assert verify(home, manifest.head).is_whole
    assert verify(tmp_path / "new", manifest.head).is_whole


def test_the_lake_comes_along_when_asked(home: Path, tmp_path: Path) -> None:
    plain = names(backed_up(home))
    rich = names(backed_up(home, with_lake=True, force=True))

    assert set(rich) - set(plain) == {"lake/date=2026-11-22/x.parquet"}
    assert {"broker/accounts.json", "settings.toml", "log/identity.json"} < set(plain)
    restore(tmp_path / "backup.tar", tmp_path / "new")
    assert (tmp_path / "new" / "lake" / "date=2026-11-22" / "x.parquet").exists()


def test_it_is_private_and_nothing_is_overwritten(home: Path) -> None:
    file = backed_up(home)

    with pytest.raises(BackupError) as refused:
        backed_up(home)
    assert refused.value.reason is BackupReason.EXISTS
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []


def test_whom_to_call_comes_along(home: Path, tmp_path: Path) -> None:
    ContactsFile(home).add("anna", "ntfy://topic")

    restore(backed_up(home), tmp_path / "new")

    assert [one.id for one in ContactsFile(tmp_path / "new").read()] == ["anna"]


def test_a_folder_with_something_in_it_is_left_alone(home: Path, tmp_path: Path) -> None:
    file = backed_up(home)
    with pytest.raises(BackupError) as refused:
        restore(file, home)

    assert refused.value.reason is BackupReason.EXISTS
    (tmp_path / "empty").mkdir()
    assert isinstance(restore(file, tmp_path / "empty"), Manifest)


def changed(file: Path, change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes]]) -> Path:
    """The backup with every member passed through `change`."""
    other = file.with_name("changed.tar")
    with tarfile.open(file) as old, tarfile.open(other, "w") as new:
        for info in old.getmembers():
            content = old.extractfile(info)
            assert content is not None
            made, body = change(info, content.read())
            new.addfile(made, io.BytesIO(body))
    return other


def _flip(info: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    return info, body.replace(b"watch-7", b"watch-8") if info.name.startswith("log/segment") else body


def _climb(info: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    info.name = info.name.replace("log/identity.json", "log/../../evil")
    return info, body


def _absolute(info: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    info.name = info.name.replace("settings.toml", "/log/evil")
    return info, body


def _link(info: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    if info.name == "settings.toml":
        info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0
        return info, b""
    return info, body


def _device(info: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    if info.name == "settings.toml":
        info.type, info.size = tarfile.CHRTYPE, 0
        return info, b""
    return info, body


def _stranger(info: tarfile.TarInfo, body: bytes) -> tuple[tarfile.TarInfo, bytes]:
    info.name = info.name.replace("settings.toml", "bin/sh")
    return info, body


@pytest.mark.parametrize("change", [_flip, _climb, _absolute, _link, _device, _stranger])
def test_what_is_not_a_backup_as_written_leaves_nothing(
    home: Path,
    tmp_path: Path,
    change: Callable[[tarfile.TarInfo, bytes], tuple[tarfile.TarInfo, bytes]],
) -> None:
    file = changed(backed_up(home), change)
    before = sorted(tmp_path.iterdir())

    with pytest.raises(BackupError) as refused:
        restore(file, tmp_path / "new")
    assert refused.value.reason in {BackupReason.NOT_A_BACKUP, BackupReason.DAMAGED}
    assert sorted(tmp_path.iterdir()) == before


def test_a_backup_that_was_cut_is_refused(home: Path, tmp_path: Path) -> None:
    file = backed_up(home)
    content = file.read_bytes()
    for size in range(0, len(content) - 10_240, 512):
        file.write_bytes(content[:size])
        with pytest.raises(BackupError):
            restore(file, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_backup_while_events_are_appended_is_a_prefix_of_the_log(tmp_path: Path) -> None:
    data, stop = tmp_path / "home", threading.Event()
    grown = threading.Event()

    def write() -> None:
        with EventLog.open(data, clock=CLOCK, segment_bytes=5_000, disk=HurriedDisk()) as log:
            while not stop.wait(0.002):
                log.append(entries(3, log.next_offset))
                grown.set()

    writer = threading.Thread(target=write)
    writer.start()
    counts = []
    try:
        for number in range(5):
            assert grown.wait(60)
            grown.clear()
            file = tmp_path / f"{number}.tar"
            backup(settings_for(data), file, told=lambda _done, _of: None)
            manifest = restore(file, tmp_path / f"new-{number}")
            found = list(read(tmp_path / f"new-{number}"))
            assert found == entries(len(found))
            assert verify(tmp_path / f"new-{number}", manifest.head).is_whole
            counts.append(len(found))
    finally:
        stop.set()
        writer.join()

    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_backup_waits_for_who_looks_after_the_log(home: Path) -> None:
    with upkeep_lock(home):
        waiting = threading.Thread(target=backed_up, args=(home,))
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
    waiting.join(60)

    assert (home.parent / "backup.tar").exists()
    assert identity_of(home) is not None


def test_refused_messages_that_overflowed_come_along_behind_the_others(home: Path, tmp_path: Path) -> None:
    EventLog.open(home, clock=CLOCK, room=Room(overflow=tmp_path / "elsewhere")).close()
    sick = SickDisk()
    letters = DeadLetters(home, disk=sick)
    for number, trouble in enumerate((0, errno.EIO, errno.EIO)):
        sick.trouble = trouble
        message = Message(topic="healthmon/home/x/event", payload=b"%d" % number)
        letters.keep(Rejected(message, Refusal.NOT_JSON, "nonsense"), START, number)

    restore(backed_up(home), tmp_path / "new")

    assert [letter.payload for letter in read_dead_letters(tmp_path / "new")] == [b"0", b"1", b"2"]


def test_a_log_whose_next_segment_a_crash_prevented_is_backed_up(home: Path, tmp_path: Path) -> None:
    with EventLog.open(home, clock=CLOCK) as log:
        log.rotate()
    files(home)[-1].unlink()

    manifest = restore(backed_up(home), tmp_path / "new")

    assert verify(tmp_path / "new", manifest.head).head_found


def test_a_backup_that_does_not_read_as_it_was_written_is_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = restore(backed_up(home), tmp_path / "new")
    monkeypatch.setattr(
        "healthmon.app.backup.read_through",
        lambda _file, _take, _told: replace(manifest, head="another"),
    )

    with pytest.raises(BackupError) as refused:
        backup(settings_for(home), tmp_path / "second.tar", told=lambda _done, _of: None)
    assert refused.value.reason is BackupReason.DAMAGED
    assert not (tmp_path / "second.tar").exists()
