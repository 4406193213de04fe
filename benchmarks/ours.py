"""Our server as a process of its own: `python -m benchmarks.ours PORT`."""

from __future__ import annotations

import signal
import sys

from benchmarks import subject
from harness.simulator.serving.server import Server


def main() -> None:
    with Server(subject.simulator(), port=int(sys.argv[1])):
        signal.sigwait({signal.SIGTERM, signal.SIGINT})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
