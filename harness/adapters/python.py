"""`python:package.module:Class[?option=value]`: a class of the vendor's in this environment.

The vendor's folder is appended to `sys.path`, never put first, so that nothing of theirs hides
what we or the standard library import.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from harness.adapters import worker
from harness.adapters.call import Call, CallFailed, CallTimedOut, Description
from harness.adapters.decoding import profile_from
from harness.adapters.worker import Worker
from harness.contract.adapter import capabilities, does_not_accept
from harness.errors import AdapterError, AdapterMisconfigured, RosterreadyError
from harness.prose import did_you_mean

MOST_TEXT = 1000
"""Characters of an exception's text that are shown."""
_OURS = (__file__, worker.__file__)
REQUIRED = ("connect", "sync", "snapshot")


class PythonChannel:
    """Calls the methods of one object, all on one thread."""

    def __init__(
        self, target: str, options: Mapping[str, str], directory: Path | None = None
    ) -> None:
        """`directory` is the vendor's folder, if the target may lie in one."""
        self._target, self._options, self._directory = target, options, directory
        self._worker = Worker(f"adapter {target}")
        self._adapter: object = None

    def describe(self, timeout: float) -> Description:
        """Import and build the adapter, and see what it implements; raises AdapterError."""
        try:
            description = self._worker.run(self._described, timeout)
        except CallTimedOut as late:
            problem = f"python:{self._target} was not ready within {timeout:g} seconds"
            raise AdapterError(
                problem, hint="Give it more time under [timeouts] connect."
            ) from late
        assert isinstance(description, Description)
        return description

    def _described(self) -> Description:
        """What the adapter says about itself, once it is made; its properties may break, too."""
        self._adapter = self._made()
        try:
            profile = getattr(self._adapter, "profile", None)
            return Description(
                capabilities=capabilities(self._adapter),
                profile=None if profile is None else profile_from(profile),
            )
        except (KeyboardInterrupt, RosterreadyError):
            raise
        except BaseException as error:
            raise AdapterError(
                f"python:{self._target} raised {described(error)} when it was asked what it can do",
                hint="Its attributes are looked up when it is opened.",
                log=_trace(error),
            ) from error

    def call(self, call: Call, timeout: float) -> object:
        """What the method of this name returns; raises CallFailed, CallTimedOut."""
        return self._called(self._worker, call, timeout)

    def beside(self, call: Call, timeout: float) -> object:
        """The same on a thread of its own, while another call has not returned."""
        another = Worker(f"adapter {self._target}, {call.name}")
        try:
            return self._called(another, call, timeout)
        finally:
            another.close()

    def runs_in_a_process(self, name: str) -> bool:
        """Calls run in our own process, which cannot be killed."""
        return False

    def kill_call(self) -> None:
        """Calls run in our own process."""

    def _called(self, worker: Worker, call: Call, timeout: float) -> object:
        method = getattr(self._adapter, call.name)
        try:
            return worker.run(lambda: method(*call.arguments), timeout)
        except (KeyboardInterrupt, CallTimedOut, RosterreadyError):
            raise
        except BaseException as error:
            # SystemExit included: an app that calls `sys.exit` in a sync has broken, not we.
            raise CallFailed(f"raised {described(error)}", log=_trace(error)) from error

    def close(self) -> None:
        """Close the adapter if it can be closed and is not stuck, then end its thread."""
        closing = getattr(self._adapter, "close", None)
        if callable(closing) and not self._worker.stuck:
            with suppress(Exception):  # nothing depends on it any more
                self._worker.run(closing, timeout=10)
        self._worker.close()

    def _made(self) -> object:
        """The adapter: the target itself, or what calling it with the options returns."""
        target = self._target_object()
        if not callable(target):
            return self._checked(target)
        try:
            return self._checked(target(**self._options))
        except (KeyboardInterrupt, RosterreadyError):
            raise
        except BaseException as error:  # SystemExit included, which would end us as ready
            raise AdapterError(
                f"python:{self._target} raised {described(error)} when it was made",
                hint=f"It was called with {_given(self._options)}.",
                log=_trace(error),
            ) from error

    def _target_object(self) -> object:
        """The class, function or object the target names."""
        name, _, attribute = self._target.partition(":")
        module = self._module(name)
        if attribute and hasattr(module, attribute):
            return getattr(module, attribute)
        classes = [name for name, value in vars(module).items() if isinstance(value, type)]
        raise AdapterMisconfigured(
            f"python:{self._target}: module {name} has no {attribute or 'class named after a :'}",
            hint=did_you_mean(attribute, classes),
        )

    def _module(self, name: str) -> object:
        """The module of this name, looked for last in the vendor's folder."""
        if self._directory and str(self._directory) not in sys.path:
            sys.path.append(str(self._directory))
        try:
            return importlib.import_module(name)
        except ImportError as error:
            where = f" in {self._directory}" if self._directory else ""
            raise AdapterMisconfigured(
                f"python:{self._target}: {name} cannot be imported{where}: {error}",
                hint=self._import_hint(name, error),
            ) from error
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            problem = f"python:{self._target}: importing {name} raised {described(error)}"
            raise AdapterMisconfigured(problem, log=_trace(error)) from error

    def _import_hint(self, name: str, error: ImportError) -> str:
        missing = (error.name or "").split(".")[0]
        if missing == "harness" and self._has_a_harness():
            return (
                "This folder has a package `harness` of its own, and rosterready's is called that "
                "too. Use the `command:` adapter: it runs your code in a Python of its own."
            )
        if missing == name.split(".")[0]:
            return (
                "Run rosterready in the folder that holds the module, or install it in the "
                "environment of rosterready."
            )
        return f"Install {missing or 'what is missing'} in the environment of rosterready."

    def _has_a_harness(self) -> bool:
        folder = self._directory
        return folder is not None and any(
            (folder / name).exists() for name in ("harness", "harness.py")
        )

    def _checked(self, adapter: object) -> object:
        """The adapter itself; raises AdapterError when it lacks a method or an argument."""
        missing = [method for method in REQUIRED if not callable(getattr(adapter, method, None))]
        if missing:
            raise AdapterError(
                f"python:{self._target} lacks {', '.join(missing)}",
                hint=f"An adapter implements {', '.join(REQUIRED)}; see harness.contract.adapter.",
            )
        for method, expected in does_not_accept(adapter).items():
            raise AdapterError(
                f"{method} of python:{self._target} does not accept the arguments of its calls",
                hint=f"Define it as {method}({', '.join(('self', *expected))}).",
            )
        return adapter


def described(error: BaseException) -> str:
    """An exception on one line; its own text may break as anything of an app's may."""
    try:
        text = " ".join(str(error).split())
    except Exception:
        text = ""
    text = text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _trace(error: BaseException) -> str:
    """The traceback, without the frames of ours that called the app."""
    frames = error.__traceback__
    while frames and frames.tb_next and frames.tb_frame.f_code.co_filename in _OURS:
        frames = frames.tb_next
    try:
        return "".join(traceback.format_exception(type(error), error, frames))
    except Exception:
        return described(error)


def _given(options: Mapping[str, str]) -> str:
    return ", ".join(options) if options else "no options"
