"""Each refusal of a disk has its own cure, and the same one wherever it is told."""

import errno
import os
from pathlib import Path

import pytest

from healthmon.app.places import Places, PlacesError
from healthmon.broker.errors import BrokerError
from healthmon.broker.private_file import make_folder
from healthmon.errors import cure_of
from healthmon.log.reasons import disk_trouble
from healthmon.notify.contacts import ContactsFile
from healthmon.notify.errors import NotifyError
from healthmon.notify.outside import OutsideFile


def _refused(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize(
    ("number", "cure"),
    [
        (errno.ENOSPC, "free some space"),
        (errno.EDQUOT, "free some space"),
        (errno.EROFS, "mount it writable"),
        (errno.EACCES, "run as the owner"),
        (errno.ENOTDIR, "move it away"),
        (errno.ENOENT, "make it first"),
        (errno.EIO, "the disk failed: check it"),
    ],
)
def test_a_refusal_has_its_cure_and_what_the_system_said(number: int, cure: str) -> None:
    told = cure_of(_refused(number))

    assert (cure in told, told.endswith(f"({os.strerror(number)})")) == (True, True)


def test_only_a_full_disk_is_told_to_be_freed() -> None:
    to_be_freed = {number for number in errno.errorcode if "free" in cure_of(_refused(number))}

    assert to_be_freed == {errno.EFBIG, errno.ENOSPC, errno.EDQUOT}


def test_a_refusal_without_a_number_is_told_as_it_is() -> None:
    assert cure_of(OSError("strange")).endswith("(strange)")


def test_a_file_where_a_folder_belongs_is_told_alike_in_every_room(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    inside, told = tmp_path / "home" / "data", list[str]()
    with pytest.raises(NotifyError) as outside:
        OutsideFile(inside).write("https://example.org/x")
    with pytest.raises(NotifyError) as contacts:
        ContactsFile(inside).add("anna", "ntfys://example.org/anna")
    with pytest.raises(BrokerError) as broker:
        make_folder(inside)
    with pytest.raises(PlacesError) as places:
        Places(inside).prepared()
    told = [str(one.value) for one in (outside, contacts, broker, places)]
    told.append(str(disk_trouble(_refused(errno.ENOTDIR), inside)))

    assert ["move it away" in one for one in told] == [True] * 5
