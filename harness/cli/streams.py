"""Standard streams: however this process was started, there is something to print to."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def open_closed_streams() -> None:
    """Have what is printed to a closed stream go nowhere.

    Else the next file that is opened takes its number, and what others print ends up in it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free is this one
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)


def bear_odd_terminals() -> None:
    """Print whatever a terminal cannot show in another way, and on one without a width at all."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="backslashreplace")  # a terminal without Unicode, half a character
    if not os.environ.get("COLUMNS", "1").strip("0"):
        del os.environ["COLUMNS"]  # nothing fits into no columns


def lost_stream() -> str:
    """Which standard stream an app has closed that ran in this process; "" for none."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        try:
            os.fstat(number)
        except OSError:
            return name
        if stream is None or stream.closed:
            return name
    return ""


def stdout_is_full() -> bool:
    """Whether what has been printed cannot leave this process."""
    try:
        sys.stdout.flush()
    except OSError:
        return True
    except ValueError:
        return False  # it is closed
    return False


def close_stdout() -> None:
    """Have whatever is still printed go nowhere: nobody can read it."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def leave_stdout() -> None:
    """From now on whatever is printed to stdout goes to stderr: the last line has been printed."""
    with suppress(OSError, ValueError):
        sys.stdout.flush()
        os.dup2(2, 1)
