"""The home's zone is a name that every Python knows, whatever the machine says."""

from pathlib import Path

from healthmon.app.cares.home_zone import UNKNOWN, home_zone, is_zone


def linked(folder: Path, target: str) -> Path:
    """A localtime file that links to this one."""
    file = folder / target
    file.parent.mkdir(parents=True)
    file.touch()
    link = folder / "localtime"
    link.symlink_to(file)
    return link


def test_the_environment_names_it_first() -> None:
    assert home_zone({"TZ": ":Europe/Warsaw"}) == "Europe/Warsaw"


def test_a_link_into_the_zones_names_it(tmp_path: Path) -> None:
    assert home_zone({}, linked(tmp_path, "zoneinfo/posix/America/New_York")) == "America/New_York"


def test_a_zone_that_nobody_knows_is_utc(tmp_path: Path) -> None:
    assert home_zone({"TZ": "EST5EDT4,M3.2.0"}, linked(tmp_path, "zoneinfo/Mars/Olympus")) == UNKNOWN


def test_a_machine_without_the_file_is_utc(tmp_path: Path) -> None:
    assert home_zone({}, tmp_path / "localtime") == UNKNOWN


def test_a_path_is_no_zone() -> None:
    assert [is_zone(name) for name in ("../../etc/passwd", "Europe", "")] == [False, False, False]
