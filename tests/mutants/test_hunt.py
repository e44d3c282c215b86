"""The hunt for breaks, tried on a house of one room."""

from pathlib import Path

import pytest

from tests.mutants import hunt as hunting
from tests.mutants.hunt import hunt
from tests.mutants.stored import Mutant, MutantError, apply, read

ROOM = """def double(number):
    twice = number + number
    return twice


def treble(number):
    thrice = 3 * number
    return thrice
"""
TESTS = """from room import double


def test_double_doubles():
    assert double(3) == 6


def test_double_answers():
    assert double(3) is not None
"""
BREAK = Mutant(
    name="no-doubling",
    promise="double doubles",
    file="room.py",
    old="twice = number + number",
    new="twice = number",
    tests=("test_room.py::test_double_doubles",),
)


def changed(**changes: object) -> Mutant:
    return Mutant(**{name: getattr(BREAK, name) for name in BREAK.__slots__} | changes)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # Qt and hypothesis take a second to load
    root = tmp_path / "house"
    root.mkdir()
    (root / "room.py").write_text(ROOM)
    (root / "test_room.py").write_text(TESTS)
    return root


def silently(_line: str) -> None:
    pass


def test_a_break_that_a_test_notices_is_caught_and_the_house_stays_whole(house: Path) -> None:
    said: list[str] = []

    escaped = hunt([BREAK], house, say=said.append)

    assert (escaped, said, (house / "room.py").read_text()) == (
        [],
        ["caught  no-doubling: double doubles"],
        ROOM,
    )


def test_a_break_that_no_test_notices_escapes(house: Path) -> None:
    blind = changed(tests=("test_room.py::test_double_answers",))

    escaped = hunt([blind], house, say=silently)

    assert escaped == ["no-doubling: its tests pass all the same; double doubles"]


def test_a_break_whose_line_is_gone_fails_loudly(house: Path) -> None:
    stale = changed(old="twice = 2 * number")

    escaped = hunt([stale], house, say=silently)

    assert escaped == ["no-doubling: 'twice = 2 * number' stands 0 times in room.py, not once"]


def test_tests_that_fail_anyway_prove_nothing(house: Path) -> None:
    (house / "test_room.py").write_text(TESTS.replace("== 6", "== 7"))

    escaped = hunt([BREAK], house, say=silently)

    assert escaped[0].startswith("the named tests do not all pass without a break")


def test_an_import_error_is_not_a_catch(house: Path) -> None:
    clumsy = changed(old="def double(number):", new="def single(number):")

    escaped = hunt([clumsy], house, say=silently)

    assert escaped[0].startswith("no-doubling: pytest could not judge (exit ")


def test_a_hang_is_not_a_catch(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunting, "LIMIT", 3.0)
    endless = changed(new="while True: number += 1")

    escaped = hunt([endless], house, say=silently)

    assert escaped == ["no-doubling: its tests hang for 3 s; double doubles"]


def test_the_new_line_takes_over_the_indentation(house: Path) -> None:
    apply(BREAK, house)

    assert "def double(number):\n    twice = number\n    return twice\n" in (house / "room.py").read_text()


def test_after_says_which_of_two_equal_lines_is_meant(house: Path) -> None:
    (house / "room.py").write_text(ROOM.replace("thrice", "twice"))

    apply(changed(old="return twice", new="return 0", after="def treble(number):"), house)

    assert (house / "room.py").read_text().splitlines()[-1] == "    return 0"


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"old": "return"}, "stands 0 times"),
        ({"file": "attic.py"}, "attic.py is gone"),
        ({"new": "twice = ("}, "does not parse"),
        ({"after": "def treble(number):"}, "below 'def treble"),
    ],
)
def test_a_break_that_does_not_fit_says_why(house: Path, changes: dict[str, str], complaint: str) -> None:
    with pytest.raises(MutantError, match=complaint):
        apply(changed(**changes), house)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[[mutant]]\nname = "x"\n', "x: needs tests"),
        ('[[mutant]]\nname = "x"\ntests = ["t"]\n', "missing 4 required"),
        ('[[mutant]]\nname = "x"\ncolour = "red"\ntests = ["t"]\n', "unexpected keyword argument 'colour'"),
    ],
)
def test_an_entry_that_is_not_whole_says_why(tmp_path: Path, text: str, complaint: str) -> None:
    store = tmp_path / "mutants.toml"
    store.write_text(text)

    with pytest.raises(MutantError, match=complaint):
        read(store)


def test_the_stored_breaks_can_all_be_read() -> None:
    names = [mutant.name for mutant in read()]

    assert len(names) == len(set(names))


def test_every_stored_break_fits_today_s_code(root: Path, tmp_path: Path) -> None:
    for mutant in read():
        copy = tmp_path / mutant.name / mutant.file
        copy.parent.mkdir(parents=True)
        copy.write_bytes((root / mutant.file).read_bytes())
        before = apply(mutant, tmp_path / mutant.name)

        assert copy.read_text() != before
