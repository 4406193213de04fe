"""`rosterready bundle`, and judging what it made: does the stated verdict hold?"""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from harness import __version__, session
from harness.assess.results import Results
from harness.cli.console import LOUDNESS, OUT, busy, complain, shown
from harness.cli.endings import INCOMPLETE, INTERRUPTED
from harness.cli.finishing import finish
from harness.cli.output_folder import reserved
from harness.errors import OutputError, UsageError
from harness.prose import joined
from harness.report import bundle, json
from harness.report.bundle import Bundle
from harness.report.write import FORMATS, KNOWN, render

ALLOWED = (session.RECORDING, *(format_.FILE for format_ in KNOWN.values()))
"""The files that a bundle may have."""
MEMBERS = (session.RECORDING, *(format_.FILE for format_ in FORMATS.values()))
"""Those it has when it is made here."""


def bundle_run(run: Path, output: Path | None) -> Path:
    """Writes the bundle of a finished rehearsal; raises RosterreadyError if it would not hold."""
    files = _files(run)
    results = json.load(run)
    made = Bundle(rosterready=__version__, last_line=results.last_line, files=files)
    with busy("Judging the recording"):
        _, problems = _judged_again(made)
    if problems:
        raise UsageError(f"{run}: {'; '.join(problems)}", hint=_write_again(run))
    path = output or run / bundle.FILE
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(bundle.pack(made))
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise OutputError(
            f"{path}: cannot be written: {error.strerror}", hint="Name another file with --output."
        ) from error
    return path


def judge_bundle(path: Path, output: Path | None) -> int:
    """Judges the recording in a bundle and says whether the stated verdict holds; the exit code."""
    made = bundle.unpack(path, ALLOWED)
    with reserved(output) if output is not None else nullcontext():
        with busy("Judging the recording"):
            results, problems = _judged_again(made)
        if problems:
            complain(f"{path}: {'; '.join(problems)}", "Do not rely on what this bundle states.")
        elif not LOUDNESS.quiet:
            OUT.print(f"The stated verdict holds: {shown(made.last_line)}", soft_wrap=True)
        return finish(results, output, code=INCOMPLETE if problems else None)


def _judged_again(made: Bundle) -> tuple[Results, list[str]]:
    """What the recording in a bundle gives, and what in the bundle says anything else."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, session.RECORDING)
        file.write_bytes(made.files[session.RECORDING])
        results = session.judge_recording(session.load_recording(file))
        Path(folder, json.FILE).write_bytes(made.files[json.FILE])
        stated = json.load(Path(folder))
    results = _with_circumstances(results, stated)
    problems = [
        f"the stated verdict does not hold: {where} states {line}, "
        f"but the recording gives {results.last_line}"
        for where, line in (("the manifest", made.last_line), (json.FILE, stated.last_line))
        if line != results.last_line
    ]
    if not problems and made.rosterready == __version__:
        problems = _different(made.files, results)
    return results, problems


def _with_circumstances(results: Results, stated: Results) -> Results:
    """The same with what is not in a recording: earlier runs, a comparison, how a command ended."""
    compared = stated.notes != results.notes and stated.notes[:-1] == results.notes
    if compared:
        results = replace(results, notes=stated.notes)
    if compared or stated.exit_code in (INTERRUPTED, INCOMPLETE):
        results = replace(results, exit_code=stated.exit_code)
    return replace(results, past_runs=stated.past_runs)


def _different(files: Mapping[str, bytes], results: Results) -> list[str]:
    names = [format_.FILE for name, format_ in FORMATS.items() if _differs(files, name, results)]
    return [f"not what the recording gives: {joined(names)}"] if names else []


def _differs(files: Mapping[str, bytes], name: str, results: Results) -> bool:
    file = FORMATS[name].FILE
    return file in files and _unpacked(files[file]) != _unpacked(render(results, name))


def _unpacked(body: bytes) -> object:
    """A file, or what is in it: how well a zip is packed differs from machine to machine."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _files(run: Path) -> dict[str, bytes]:
    """The files of a finished rehearsal, and nothing that lies beside them."""
    files: dict[str, bytes] = {}
    for name in MEMBERS:
        try:
            files[name] = (run / name).read_bytes()
        except OSError as error:
            raise UsageError(
                f"{run / name}: cannot be read: {error.strerror}, expected the file of a rehearsal",
                hint=_write_again(run),
            ) from error
    return files


def _write_again(run: Path) -> str:
    return f"`rosterready judge {run} --output {run}` writes all reports of a recording again."
