"""The Qt binding that is installed does not eat the singletons (docs/decisions/0002-pinned-qt.md)."""

import os
import subprocess
import sys

EMITS = 200_000  # the release that is kept out dies within 6,000
PROGRAM = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Bell(QObject):
    rang = Signal(bool)

app = QCoreApplication([])
bell = Bell()
bell.rang.connect(lambda on: None)
before = sys.getrefcount(True), sys.getrefcount(None)
for _ in range(int(sys.argv[1])):
    bell.rang.emit(True)
    bell.setObjectName("bell")
print(sys.getrefcount(True) - before[0], sys.getrefcount(None) - before[1])
"""


def test_many_signals_leave_true_and_none_as_they_were() -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", PROGRAM, str(EMITS)]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)

    lost_true, lost_none = map(int, done.stdout.split()) if done.returncode == 0 else (-EMITS, -EMITS)
    assert (done.returncode, lost_true > -10, lost_none > -10) == (0, True, True), done.stderr
