"""What resources promise: found in a checkout and in a wheel, and missed with a line that says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo

from healthmon import assets
from healthmon.assets import AssetsError, AssetsReason
from healthmon.gui import icons, lettering
from healthmon.gui.event_painter import KIND_ICONS
from healthmon.gui.lettering import Weight, face


@pytest.fixture
def _forget_root() -> Iterator[None]:
    assets.root.cache_clear()
    yield
    assets.root.cache_clear()


def test_a_checkout_has_its_resources(root: Path) -> None:
    assert assets.path("fonts", "OFL.txt") == root / "resources" / "fonts" / "OFL.txt"


@pytest.mark.usefixtures("_forget_root")
def test_a_wheel_has_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "healthmon" / "_resources"
    inside.mkdir(parents=True)
    (inside / "hello.txt").write_text("hello")
    monkeypatch.setattr(assets, "files", lambda _name: tmp_path / "healthmon")

    assert assets.text("hello.txt") == "hello"


@pytest.mark.usefixtures("_forget_root")
def test_an_installation_without_resources_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "files", lambda _name: tmp_path / "healthmon")

    with pytest.raises(AssetsError, match="install healthmon again") as caught:
        assets.root()

    assert caught.value.reason is AssetsReason.MISSING


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(AssetsError, match=r"icons/no-such\.svg is missing"):
        assets.data("icons", "no-such.svg")


def test_every_bundled_font_is_small_and_carries_its_licence() -> None:
    names = assets.names("fonts", suffix=".ttf")

    assert [len(assets.data("fonts", name)) <= 150_000 for name in names] == [True, True, True]
    assert "SIL OPEN FONT LICENSE" in assets.text("fonts", "OFL.txt")


def test_the_three_weights_are_three_faces_of_one_family() -> None:
    lettering.load()

    assert {QFontInfo(face(20, weight)).family() for weight in Weight} == {"Inter"}
    assert [QFontInfo(face(20, weight)).weight() for weight in Weight] == [400, 500, 600]
    assert {"Regular", "Medium", "SemiBold"} <= set(QFontDatabase.styles("Inter"))


def test_figures_that_tick_have_one_width() -> None:
    narrow, wide = (lettering.metrics(20, figures=True).horizontalAdvance(text) for text in ("111", "000"))

    assert narrow == wide


@pytest.mark.parametrize("name", sorted(set(KIND_ICONS.values())))
def test_every_kind_of_event_has_its_icon_in_the_asked_colour(name: str) -> None:
    picture = icons.pixmap(name, "#ff0000", 20).toImage()

    inked = [
        picture.pixelColor(x, y)
        for x in range(20)
        for y in range(20)
        if picture.pixelColor(x, y).alpha() > 200
    ]
    assert inked
    assert all((one.red(), one.green(), one.blue()) == (255, 0, 0) for one in inked)
