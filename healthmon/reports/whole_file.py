"""This is the place for a file that is there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from healthmon.log import Disk
from healthmon.log.reasons import disk_trouble
from healthmon.reports.errors import ReportError, ReportReason


@contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[Path]:
    """Where to write what shall stand at `path`: a name beside it that takes its place, durable, at the end.

    When something goes wrong, nothing is left of it and what stood at `path` stands there still. Raises
    ReportError: EXISTS unless `force`, NO_FOLDER, or what the disk refuses.
    """
    if not path.parent.is_dir():
        raise ReportError(
            ReportReason.NO_FOLDER, f"{path.parent} is no folder: make it first, or name another file"
        )
    _refuse_existing(path, force=force)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    disk = Disk()
    try:
        disk.close(disk.create(fresh))
        yield fresh
        file = disk.reopen(fresh)
        try:
            disk.sync(file)
        finally:
            disk.close(file)
        _refuse_existing(path, force=force)
        fresh.replace(path)
        disk.sync_folder(path.parent)
    except OSError as error:
        raise ReportError(ReportReason.DISK, str(disk_trouble(error, path))) from error
    finally:
        fresh.unlink(missing_ok=True)


def _refuse_existing(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise ReportError(ReportReason.EXISTS, f"{path} is there already: choose another name, or --force")
