"""This is the place for the application object around one window."""

import sys

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from healthmon.gui import icons, lettering
from healthmon.gui.carer import Say
from healthmon.gui.crash import CrashNotice
from healthmon.gui.errors import GuiError, GuiReason
from healthmon.gui.options import Options
from healthmon.gui.signals import SignalWatch
from healthmon.gui.window import MonitorWindow
from healthmon.view.desk import Desk


def show(desk: Desk, say: Say, options: Options) -> int:
    """See `run.run`; a display has been found already."""
    app = application()
    window = MonitorWindow(desk, say, options)
    notice = CrashNotice(window.fail, sys.stderr)
    notice.install()
    watch = SignalWatch(window.leave)
    try:
        window.tick()
        window.show()
        window.start()
        _plan(window, options)
        app.exec()
        _photograph(window, options)
    finally:
        watch.end()
        notice.remove()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, 0)
        icons.forget()
    return 0


def application() -> QApplication:
    """The one application object, dressed: Fusion, and the bundled letters."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["healthmon"])
    app.setApplicationName("healthmon")
    app.setDesktopFileName("healthmon")
    app.setStyle("Fusion")
    lettering.load()
    app.setFont(lettering.face(13))
    return app


def _plan(window: MonitorWindow, options: Options) -> None:
    if options.on_started is not None:
        QTimer.singleShot(0, window, options.on_started)
    if options.for_ is not None:
        QTimer.singleShot(int(options.for_.total_seconds() * 1000), window, window.leave)


def _photograph(window: MonitorWindow, options: Options) -> None:
    if options.screenshot is None:
        return
    if not window.grab().save(str(options.screenshot)):
        raise GuiError(
            GuiReason.NO_SCREENSHOT,
            f"no picture can be written to {options.screenshot}: name a .png in a folder you may write to",
        )
