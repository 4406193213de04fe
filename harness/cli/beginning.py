"""`rosterready init`: asks what is not given, writes the files, and says what to do next."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from harness import session
from harness.cli.console import LOUDNESS, OUT, shown
from harness.errors import UsageError
from harness.prose import did_you_mean, joined
from harness.starter import (
    KINDS,
    LANGUAGES,
    SNAPSHOT,
    WITHOUT_LANGUAGE,
    Choice,
    starting_files,
)
from harness.starter.files import WORKFLOWS

CI = (*WORKFLOWS, "none")


def begin(
    folder: Path,
    *,
    app: str | None,
    kind: str | None,
    language: str | None,
    ci: str | None,
    force: bool,
) -> int:
    """Write what a vendor begins with; raises UsageError when a file is there already."""
    ask = _asked if sys.stdin.isatty() and sys.stdout.isatty() else _default
    app = app if app is not None else ask("Name of the app", folder.resolve().name or "App", None)
    kind = _known("--kind", kind or ask("Kind of adapter", "command", KINDS), KINDS)
    if kind == "python":
        language = _python_only(language)
    if kind in WITHOUT_LANGUAGE:
        language = _no_language(kind, language)
    known = tuple(LANGUAGES)
    language = _known(
        "--language", language or ask("Language of the adapter", "python", known), known
    )
    ci = _known("--ci", ci or ask("CI server", "github", CI), CI)
    choice = Choice(app=app, kind=kind, language=language, ci=() if ci == "none" else (ci,))
    catalogue = session.shipped()
    files = starting_files(choice, catalogue.questions, catalogue.form)
    _write(folder, files, force=force)
    if not LOUDNESS.quiet:
        _tell(folder, choice, list(files))
    return 0


def _asked(question: str, usual: str, known: Sequence[str] | None) -> str:
    choices = f" ({', '.join(known)})" if known else ""
    try:
        answer: str = typer.prompt(f"{question}{choices}", default=usual)
    except typer.Abort as stopped:  # Ctrl-C or Ctrl-D
        raise KeyboardInterrupt from stopped
    return answer.strip()


def _default(_: str, usual: str, __: Sequence[str] | None) -> str:
    return usual


def _known(option: str, value: str, known: Sequence[str]) -> str:
    if value not in known:
        raise UsageError(
            f"{option} {value}: expected {joined(known, 'or')}", hint=did_you_mean(value, known)
        )
    return value


def _python_only(language: str | None) -> str:
    if language not in (None, "python"):
        raise UsageError(
            f"--language {language}: a python: adapter is a class in Python",
            hint="Choose --kind command or --kind http for another language.",
        )
    return "python"


def _no_language(kind: str, language: str | None) -> str:
    if language is not None:
        raise UsageError(
            f"--language {language}: with {kind}: there is no adapter to write, but "
            f"{WITHOUT_LANGUAGE[kind]}",
            hint="Leave it out, or choose --kind command or --kind http.",
        )
    return "python"


def _write(folder: Path, files: Mapping[Path, str], *, force: bool) -> None:
    there = [str(path) for path in files if (folder / path).exists()]
    if there and not force:
        raise UsageError(
            f"{folder}: {joined(there)} there already, and nothing was written",
            hint="Name another folder, leave out the CI job with --ci none, or overwrite the "
            "files with --force.",
        )
    for path, text in files.items():
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        except OSError as error:
            raise UsageError(
                f"{folder / path} cannot be written: {error.strerror}",
                hint="Name a folder that can be written to.",
            ) from error


def _tell(folder: Path, choice: Choice, files: Sequence[Path]) -> None:
    for path in files:
        OUT.print(f"  wrote  {shown(str(folder / path))}", soft_wrap=True)
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    steps = (
        f"`{where}rosterready doctor` says what is missing: everything, as yet.",
        _write_next(choice),
        "`rosterready certify` rehearses the year. `rosterready docs guide` explains it all.",
    )
    OUT.print("\nNext:")
    for number, step in enumerate(steps, 1):
        OUT.print(f"  {number}. {shown(step)}", soft_wrap=True)


def _write_next(choice: Choice) -> str:
    match choice.kind:
        case "sql":
            return (
                "Install `rosterready[sql]` and the driver of your database beside it. Name the "
                "database in rosterready.toml, write the queries, then `sync`, and ask the doctor "
                "again."
            )
        case "file":
            return (
                "`rosterready serve` is a simulated Clever: sync your app with it, export what it "
                f"holds to {SNAPSHOT}, and ask the doctor again."
            )
    return f"Write `snapshot`, then `sync`, in {choice.begun.file}, and ask the doctor again."
