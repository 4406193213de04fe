"""Tables: the CSV files of a folder, as rows."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from harness.district.csv.columns import EXTENSION, FILES, File, normal
from harness.district.csv.row import Row
from harness.documents.content import content_of
from harness.errors import DocumentError

_NEAR = 0.88
"""How alike an unknown header is to a known one before it is taken for a slip of the pen."""


def read_tables(folder: Path) -> dict[str, tuple[Row, ...]]:
    """The rows of every file of a district by file name; raises DocumentError."""
    try:
        paths = {path.name.lower(): path for path in sorted(folder.iterdir()) if path.is_file()}
    except OSError as problem:
        raise DocumentError(
            f"cannot be read as a folder ({problem.strerror or problem})",
            file=folder,
            hint="Name the folder that has schools.csv, students.csv and the other files.",
        ) from problem
    tables: dict[str, tuple[Row, ...]] = {}
    for file in FILES:
        if file.name in paths:
            tables[file.name] = _without_empty_extensions(tuple(_rows(paths[file.name], file)))
        elif file.optional:
            tables[file.name] = ()
        else:
            raise _missing(folder, file, paths)
    return tables


def _without_empty_extensions(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A column of the district's own in which nothing stands is none: adding it changes nobody."""
    filled = {name for row in rows for name, value in row.extension.items() if value}
    return tuple(
        replace(row, extension={k: value for k, value in row.extension.items() if k in filled})
        for row in rows
    )


def _missing(folder: Path, file: File, paths: Mapping[str, Path]) -> DocumentError:
    needed = ", ".join(known.name for known in FILES if not known.optional)
    present = ", ".join(name for name in paths if name.endswith(".csv")) or "no CSV file"
    return DocumentError(
        f"has no {file.name}; there is {present}",
        file=folder,
        hint=f"A district needs {needed}; staff.csv may be missing.",
    )


def _rows(path: Path, file: File) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    headers: list[str] | None = None
    line = 1
    while (cells := _next(reader, path, line)) is not None:
        begins, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if headers is None:
            headers = _headers(cells, file, path, begins)
            continue
        if len(cells) != len(headers):
            raise DocumentError(
                f"has {len(cells)} values, expected {len(headers)} as in the first line",
                file=path,
                line=begins,
                hint='A value with a comma in it stands in quotes: "Smith, Jr".',
            )
        yield _row(path, begins, headers, cells)
    if headers is None:
        raise DocumentError("is empty, expected a first line with the columns", file=path)


def _next(reader: Iterator[list[str]], path: Path, line: int) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as problem:
        raise DocumentError(
            f"is no CSV from here on: {problem}",
            file=path,
            line=line,
            hint='A quote inside a value is written twice: "Art ""A""".',
        ) from problem


def _text(path: Path) -> str:
    try:
        raw = content_of(path)
    except OSError as problem:
        raise DocumentError(
            f"cannot be read ({problem.strerror or problem})", file=path
        ) from problem
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        encoding = (
            "UTF-16"
            if raw[:2] in (b"\xff\xfe", b"\xfe\xff")
            else f"byte 0x{raw[problem.start]:02x}"
        )
        raise DocumentError(
            f"is not UTF-8 (found {encoding})",
            file=path,
            line=raw.count(b"\n", 0, problem.start) + 1,
            hint="Save the file as UTF-8; spreadsheets call it CSV UTF-8.",
        ) from problem


def _headers(cells: list[str], file: File, path: Path, line: int) -> list[str]:
    """The columns as the instructions write them, and the district's own with their prefix."""
    known = {normal(column): column for column in (*file.columns, *file.ignored)}
    headers = [known.get(normal(cell)) or _own(cell, known, path, line) for cell in cells]
    for column in headers:
        if headers.count(column) > 1:
            raise DocumentError(f"has the column {column} twice", file=path, line=line)
    for column in file.required:
        if column not in headers:
            raise DocumentError(
                f"has no column {column}; there is {', '.join(headers)}",
                file=path,
                line=line,
                hint=f"{path.name} needs {', '.join(file.required)}.",
            )
    return headers


def _own(cell: str, known: Mapping[str, str], path: Path, line: int) -> str:
    """A column that is not in the instructions: Clever shows it as an extension field."""
    name = cell.strip()
    if not name:
        raise DocumentError("has a column without a name", file=path, line=line)
    if name.lower().startswith(EXTENSION):
        return EXTENSION + name[len(EXTENSION) :]
    near = difflib.get_close_matches(normal(name), known, n=1, cutoff=_NEAR)
    if near:
        raise DocumentError(
            f'has a column "{name}", which is not in Clever\'s instructions',
            file=path,
            line=line,
            hint=f"Did you mean {known[near[0]]}? Call it {EXTENSION}{name} if it is your own.",
        )
    return EXTENSION + name


def _row(path: Path, line: int, headers: list[str], cells: list[str]) -> Row:
    contents = {column: cell.strip() for column, cell in zip(headers, cells, strict=True)}
    return Row(
        path,
        line,
        {column: value for column, value in contents.items() if not column.startswith(EXTENSION)},
        {
            column[len(EXTENSION) :]: value
            for column, value in contents.items()
            if column.startswith(EXTENSION)
        },
    )
