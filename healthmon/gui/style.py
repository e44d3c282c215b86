"""This is the place for turning a palette into what Qt paints with: QPalette and one style sheet."""

from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from healthmon.gui.palette import DARK, PALETTES, Palette

Role = QPalette.ColorRole

_SHEET = Template("""
QWidget#window, QWidget#content { background: $window; }
QFrame[look="card"] { background: $panel; border: 1px solid $line; border-radius: 10px; }
QPushButton { background: $raised; color: $text; border: 1px solid $line; border-radius: 6px;
  padding: 0 12px; min-height: 26px; }
QPushButton:hover { border-color: $faint; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 24px; }
QPushButton:disabled { color: $faint; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; color: $muted;
  padding: 0 9px; }
QPushButton[look="quiet"]:hover { color: $text; border-color: $line; }
QPushButton[look="quiet"]:checked { background: $raised; border-color: $faint; color: $text; }
QPushButton[look="quiet"]:focus { border: 2px solid $accent; padding: 0 8px; min-height: 24px; }
QPushButton#live { background: $raised; border-color: $faint; color: $text; }
QPushButton#live:focus { border: 2px solid $accent; }
QPushButton[look="square"] { padding: 0; min-width: 30px; max-width: 30px; min-height: 28px; }
QPushButton[look="square"]:focus { padding: 0; min-width: 28px; max-width: 28px; min-height: 26px; }
QLabel[look="code"] { background: $raised; color: $text; border: 1px solid $line; border-radius: 5px;
  padding: 2px 8px; }
QLineEdit, QTimeEdit { background: $card; color: $text; border: 1px solid $line; border-radius: 6px;
  padding: 0 4px 0 0; min-height: 26px; selection-background-color: $accent; }
QTimeEdit { padding: 3px 0; }
QTimeEdit::up-button, QTimeEdit::down-button { width: 0; height: 0; border: none; }
QTimeEdit QLineEdit { background: transparent; border: none; padding: 0 0 0 12px; min-height: 0; }
QLineEdit:focus { border-color: $accent; }
QTimeEdit:focus { border: 2px solid $accent; padding: 2px 0; }
QListView, QTableView { background: transparent; border: none; outline: none; }
QTableView { gridline-color: transparent; selection-background-color: $selected; selection-color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
  padding: 0 6px; height: 24px; text-align: left; }
QMenu { background: $raised; color: $text; border: 1px solid $faint; padding: 4px; }
QMenu::item { padding: 6px 22px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QSlider::groove:horizontal { background: $line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal { background: $text; width: 14px; height: 14px; margin: -5px 0;
  border-radius: 7px; }
QSlider::handle:horizontal:disabled { background: $faint; }
QSlider::handle:horizontal:focus { background: $accent; border: 2px solid $text; width: 10px; height: 10px; }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar::handle:vertical { background: $line; border-radius: 4px; min-height: 28px; }
QScrollBar::handle:vertical:hover { background: $faint; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px; }
""")


def palette_named(theme: str) -> Palette:
    """The palette of `dark` or `light`; `system` asks the desktop, and means dark where it does not say."""
    if theme in PALETTES:
        return PALETTES[theme]
    light = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Light
    return PALETTES["light"] if light else DARK


def sheet(palette: Palette) -> str:
    """The style sheet of the whole window in these colours. Fonts are never set here."""
    shades = {name: getattr(palette, name) for name in palette.__slots__}
    return _SHEET.substitute({name: value for name, value in shades.items() if isinstance(value, str)})


def qt_palette(palette: Palette) -> QPalette:
    """The same colours for everything the style sheet does not reach."""
    made = QPalette()
    for role, colour in (
        (Role.Window, palette.window),
        (Role.WindowText, palette.text),
        (Role.Base, palette.panel),
        (Role.AlternateBase, palette.card),
        (Role.Text, palette.text),
        (Role.Button, palette.raised),
        (Role.ButtonText, palette.text),
        (Role.ToolTipBase, palette.raised),
        (Role.ToolTipText, palette.text),
        (Role.PlaceholderText, palette.faint),
        (Role.Highlight, palette.selected),
        (Role.HighlightedText, palette.text),
    ):
        made.setColor(role, QColor(colour))
    return made


def box_palette(palette: Palette) -> QPalette:
    """The same for a box to tick: Fusion makes its edge of the window's colour, which is too dark to see."""
    made = qt_palette(palette)
    made.setColor(Role.Window, QColor(palette.faint))
    made.setColor(Role.Base, QColor(palette.raised))
    return made
