"""A signal that arrives while the process of a rehearsal is made is not lost."""

from __future__ import annotations

import subprocess
import sys

_INTERRUPTED_WITHIN_A_FORK = """
import os, signal, time
from harness.cli.supervision import supervised

def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.2)  # Python calls the handler here, unless signals wait

def work():
    try:
        time.sleep(5)
        return 0
    except KeyboardInterrupt:
        return 130

os.register_at_fork(after_in_parent=interrupt)
print(supervised(work, lambda how, folder: 3))
"""


def test_an_interrupt_within_a_fork_reaches_the_rehearsal() -> None:
    words = [sys.executable, "-c", _INTERRUPTED_WITHIN_A_FORK]

    done = subprocess.run(words, capture_output=True, text=True, timeout=30)

    assert done.stdout.split() == ["130"]
    assert done.stderr.split() == ["130"], "what is printed after the rehearsal has ended"
