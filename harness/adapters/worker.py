"""Worker: a thread that does one call after another, so that a caller can stop waiting.

One thread for all calls, because an app's database handle often belongs to the thread that made it.
A call that does not end keeps its thread; the next call gets a new one.
"""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread

from harness.adapters.call import CallTimedOut
from harness.errors import AdapterError

Job = Callable[[], object]
Result = tuple[object, BaseException | None]

SLICE = 0.5  # seconds


class Worker:
    """Runs jobs in order on a thread of its own."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.stuck = False
        """Whether a call was given up; its thread may still be at it."""
        self._jobs: SimpleQueue[Job | None] | None = None
        self._done: SimpleQueue[Result] = SimpleQueue()
        self._thread: Thread | None = None

    def run(self, job: Job, timeout: float) -> object:
        """What the job returns or raises; raises CallTimedOut after `timeout` seconds.

        Raises AdapterError when the thread died, as it may without memory.
        """
        if self._jobs is None:
            self._jobs, self._done = SimpleQueue(), SimpleQueue()
            arguments = (self._jobs, self._done)
            self._thread = Thread(target=_work, args=arguments, name=self._name, daemon=True)
            self._thread.start()
        self._jobs.put(job)
        try:
            answer, error = self._wait(timeout)
        except BaseException as late:
            self.stuck = True
            self.close()
            if isinstance(late, Empty):
                raise CallTimedOut from None
            raise
        if error is not None:
            raise error
        return answer

    def _wait(self, timeout: float) -> Result:
        """The next result; waits in slices, since a Ctrl-C between two waits would go unheard."""
        while True:
            try:
                return self._done.get(timeout=min(timeout, SLICE))
            except Empty:
                timeout -= SLICE
                if timeout <= 0:
                    raise
                if self._thread and not self._thread.is_alive() and self._done.empty():
                    raise AdapterError(
                        f"{self._name}: its thread died", hint="Most likely memory ran out."
                    ) from None

    def close(self) -> None:
        """Let the thread end after what it is doing; the next job gets a new one."""
        if self._jobs is not None:
            self._jobs.put(None)
            self._jobs = None


def _work(jobs: SimpleQueue[Job | None], done: SimpleQueue[Result]) -> None:
    while (job := jobs.get()) is not None:
        try:
            done.put((job(), None))
        except BaseException as error:
            done.put((None, error))
