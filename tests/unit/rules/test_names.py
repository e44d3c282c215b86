"""What people are called is what was said last, by the time it was said."""

from healthmon.events import Entry, Thing
from healthmon.rules import Names
from tests.unit.rules.stream import entry

ANNA = Thing("CAREGIVER", "anna")


def called(seconds: float, name: object, **context: str) -> Entry:
    """Anna says what Maria is called."""
    return entry(seconds, ANNA, "SETS", Thing("PERSON", "maria"), person="maria", name=str(name), **context)


def test_the_newest_name_holds_whatever_comes_late() -> None:
    names = Names()
    for said in (called(10, "Maria Kowalska"), called(20, "Mama"), called(5, "M.")):
        assert list(names.observe(said)) == []

    assert names.called() == {"maria": "Mama"}


def test_an_import_renames_nobody() -> None:
    names = Names()
    names.observe(called(10, "Maria"))
    names.observe(called(20, "Old", delivery="import"))

    assert names.called() == {"maria": "Maria"}


def test_who_is_erased_has_no_name() -> None:
    names = Names()
    names.observe(called(10, "Maria"))
    names.forget("maria")

    assert names.called() == {}


def test_it_hears_only_what_sets_a_person() -> None:
    names = Names()
    heard = [
        names.listener(*words) is not None
        for words in [("SETS", "PERSON"), ("MEASURES", "HR"), ("SETS", "X")]
    ]

    assert heard == [True, False, False]
