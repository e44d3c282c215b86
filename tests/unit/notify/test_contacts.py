"""Contacts are in one private file, in their order, and what is wrong with it is told without an address."""

from pathlib import Path

import pytest

from healthmon.notify.contacts import ContactsFile
from healthmon.notify.errors import NotifyError, NotifyReason

SECRET = "mailto://kowalska:s3kret@example.org?to=anna@example.org"


@pytest.fixture
def file(tmp_path: Path) -> ContactsFile:
    """The file of a new data folder."""
    return ContactsFile(tmp_path)


def written(file: ContactsFile, text: str) -> ContactsFile:
    """The file with this text, private."""
    file.path.write_text(text, "utf-8")
    file.path.chmod(0o600)
    return file


def test_without_a_file_there_is_nobody_to_call(file: ContactsFile) -> None:
    assert (file.read(), file.mark()) == ((), ())


def test_the_order_of_the_file_is_the_order_of_calling(file: ContactsFile) -> None:
    written(
        file, '[ben]\nreach = "ntfy://topic"\n[anna]\nname = "Anna Nowak"\nreach = ["env:A", "keyring:b"]\n'
    )

    assert [(one.id, one.name, len(one.reach)) for one in file.read()] == [
        ("ben", "ben", 1),
        ("anna", "Anna Nowak", 2),
    ]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_can_read_is_refused_with_the_cure(file: ContactsFile, mode: int) -> None:
    written(file, f'[anna]\nreach = ["{SECRET}"]\n').path.chmod(mode)

    with pytest.raises(NotifyError, match="chmod 600") as told:
        file.read()

    assert told.value.reason is NotifyReason.NOT_PRIVATE


def test_what_is_added_is_private_and_comes_last(file: ContactsFile) -> None:
    file.add("anna", SECRET, called='Anna "Nowak" \\ Łucja')
    file.add("ben", "ntfy://topic")
    file.add("anna", "env:ANNA_PHONE")

    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [(one.id, one.name, one.reach) for one in file.read()] == [
        ("anna", 'Anna "Nowak" \\ Łucja', (SECRET, "env:ANNA_PHONE")),
        ("ben", "ben", ("ntfy://topic",)),
    ]


def test_a_name_with_a_colon_comes_back(file: ContactsFile) -> None:
    file.add("team:night", "ntfy://topic")

    assert [one.id for one in file.read()] == ["team:night"]


def test_who_is_removed_is_gone_and_the_others_stay(file: ContactsFile) -> None:
    file.add("anna", SECRET)
    file.add("ben", "ntfy://topic")

    file.remove("anna")

    assert [one.id for one in file.read()] == ["ben"]


def test_removing_nobody_names_who_there_is(file: ContactsFile) -> None:
    file.add("anna", SECRET)

    with pytest.raises(NotifyError, match="no contact is called bne; there are anna"):
        file.remove("bne")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("not toml s3kret", NotifyReason.BAD_FILE),
        (f'[anna]\nreach = ["{SECRET}]\n', NotifyReason.BAD_FILE),
        ('anna = "mailto://s3kret"\n', NotifyReason.BAD_FILE),
        ("[anna]\nreach = []\n", NotifyReason.BAD_FILE),
        ('[anna]\nname = 7\nreach = "ntfy://s3kret"\n', NotifyReason.BAD_FILE),
        ('[anna]\nreach = ["kowalska s3kret"]\n', NotifyReason.BAD_ADDRESS),
        ("[anna]\nreach = [7]\n", NotifyReason.BAD_ADDRESS),
        ('["anna nowak"]\nreach = "ntfy://s3kret"\n', NotifyReason.BAD_NAME),
        ("[anna]\nreach = [" + '"ntfy://s3kret",' * 11 + "]\n", NotifyReason.BAD_FILE),
    ],
)
def test_what_is_wrong_is_told_in_a_line_without_an_address(
    file: ContactsFile, text: str, reason: NotifyReason
) -> None:
    written(file, text)

    with pytest.raises(NotifyError) as told:
        file.read()

    assert (told.value.reason, "\n" in str(told.value)) == (reason, False)
    assert "s3kret" not in str(told.value)
    assert told.value.__cause__ is None


def test_who_is_written_well_can_be_called_beside_who_is_not(file: ContactsFile) -> None:
    written(
        file,
        '["anna nowak"]\nreach = "ntfy://s3kret"\n[ben]\nreach = ["ntfy://ben", "s3kret", "env:BEN"]\n'
        "[cleo]\nreach = []\n[dan]\nreach = [7]\n[eve]\nreach = [" + '"ntfy://eve",' * 11 + "]\n",
    )

    found = file.usable()

    assert [(one.id, len(one.reach)) for one in found.contacts] == [("ben", 2), ("eve", 10)]
    assert [one.reason for one in found.faults] == [
        NotifyReason.BAD_NAME,
        NotifyReason.BAD_ADDRESS,
        NotifyReason.BAD_FILE,
        NotifyReason.BAD_ADDRESS,
        NotifyReason.BAD_FILE,
    ]
    assert "s3kret" not in " ".join(map(str, found.faults))


def test_of_too_many_the_first_can_be_called(file: ContactsFile) -> None:
    written(file, "".join(f'[c{number}]\nreach = "ntfy://topic"\n' for number in range(51)))

    found = file.usable()

    assert (len(found.contacts), found.contacts[0].id, len(found.faults)) == (50, "c0", 1)


@pytest.mark.parametrize(("text", "mode"), [("no toml", 0o600), ("", 0o644)])
def test_a_file_that_cannot_be_used_at_all_names_nobody(file: ContactsFile, text: str, mode: int) -> None:
    written(file, text).path.chmod(mode)

    with pytest.raises(NotifyError):
        file.usable()


def test_an_address_that_is_refused_leaves_the_file_as_it_was(file: ContactsFile) -> None:
    file.add("anna", SECRET)
    before = file.path.read_bytes()

    with pytest.raises(NotifyError):
        file.add("ben", "no address at all")

    assert file.path.read_bytes() == before


def test_a_contact_that_is_printed_shows_no_address(file: ContactsFile) -> None:
    assert "s3kret" not in repr(file.add("anna", SECRET))


def test_a_changed_file_has_another_mark(file: ContactsFile) -> None:
    file.add("anna", SECRET)
    before = file.mark()
    file.path.chmod(0o644)

    assert file.mark() != before
