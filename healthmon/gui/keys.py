"""This is the place for keys: everything the mouse can do, and what F1 shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_DIGITS = tuple(f"Alt+{digit}" for digit in range(1, 6))


@dataclass(frozen=True, slots=True)
class Key:
    """One or more sequences, each with the act it stands for, and how F1 shows them."""

    acts: tuple[tuple[str, str], ...]  # sequence, act
    shown: str
    words: str


KEYS = (
    Key((("F2", "acknowledge"),), "F2", "Acknowledge the worst alarm that nobody has answered"),
    Key((("Shift+F2", "note"),), "Shift+F2", "The same, with a note"),
    Key((("F3", "all-alarms"),), "F3", "Show all alarms, or only the worst again"),
    Key((("F4", "take"),), "F4", "I'm going there: every window tells who is on their way"),
    Key((("F5", "snooze"),), "F5", "Silence the worst alarm for a while"),
    Key((("Shift+F5", "wake"),), "Shift+F5", "End the snooze: let the alarm sound again"),
    Key((("F6", "pause"),), "F6", "Pause all sound for 2 minutes, or end the pause"),
    Key((("F7", "duty"),), "F7", "Who is called, in which order; hand over"),
    Key((("F8", "limits"),), "F8", "Limits of the person that is shown"),
    Key((("F9", "quiet"),), "F9", "Quiet hours of the person that is shown"),
    Key(
        tuple((f"Ctrl+{place}", f"judge-{place}") for place in (1, 2, 3)),
        "Ctrl+1, 2, 3",
        "Was it real? Yes, no, not sure",
    ),
    Key(
        (("Ctrl+PgUp", "person-before"), ("Ctrl+PgDown", "person-after")),
        "Ctrl+Page Up / Down",
        "The person before or after; in the list also the arrow keys",
    ),
    Key(
        tuple((keys, f"span-{place}") for place, keys in enumerate(_DIGITS)),
        "Alt+1 … 5",
        "Show 5 min, 15 min, 1 h, 6 h, 24 h",
    ),
    Key((("Alt+L", "live"),), "Alt+L", "Follow the present again"),
    Key((("Alt+Left", "earlier"), ("Alt+Right", "later")), "Alt+← / →", "Look at earlier or later readings"),
    Key((("Alt+Up", "closer"), ("Alt+Down", "wider")), "Alt+↑ / ↓", "Zoom in or out"),
    Key((("Ctrl+F", "find"),), "Ctrl+F", "Filter the events"),
    Key((("Ctrl+T", "theme"),), "Ctrl+T", "Switch between dark and light"),
    Key((("Escape", "back"),), "Esc", "Close what is open; clear the filter"),
    Key((("Ctrl+W", "close"), ("Ctrl+Q", "close")), "Ctrl+W", "Close the window; recording goes on"),
    Key((("F1", "help"),), "F1", "These keys"),
)


def install(window: QWidget, acts: Mapping[str, Callable[[], object]]) -> None:
    """Make the keys work in a window, which owns the shortcuts."""
    for key in KEYS:
        for sequence, act in key.acts:
            shortcut = QShortcut(QKeySequence(sequence), window)
            shortcut.setObjectName(f"key-{sequence}")
            shortcut.setWhatsThis(key.words)
            shortcut.activated.connect(acts[act])
