"""Row checks: rows that must be alone, rows that must agree, and rows that refer to others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from harness.district.csv.row import Row


def unique_rows(rows: Iterable[Row], column: str) -> Iterator[tuple[str, Row]]:
    """Each row with what identifies it; raises DocumentError for what is there twice."""
    lines: dict[str, int] = {}
    for row in rows:
        key = row.required(column)
        if key in lines:
            raise row.error(column, f'"{key}" is on line {lines[key]} already')
        lines[key] = row.line
        yield key, row


def grouped_rows(
    rows: Iterable[Row], column: str, differing: Collection[str]
) -> dict[str, tuple[Row, ...]]:
    """All rows of each number; raises DocumentError where they differ but for some columns."""
    rows_of: dict[str, tuple[Row, ...]] = {}
    for row in rows:
        number = row.required(column)
        before = rows_of.setdefault(number, ())
        if before:
            _check_agreement(row, before[0], column, differing)
        for other in before:
            if all(row[name] == other[name] for name in differing):
                raise row.error(column, f'"{number}" is on line {other.line} already')
        rows_of[number] = (*before, row)
    return rows_of


def _check_agreement(row: Row, first: Row, column: str, differing: Collection[str]) -> None:
    now, before = {**row.values, **row.extension}, {**first.values, **first.extension}
    for name, value in now.items():
        if name not in differing and value != before[name]:
            raise row.error(
                name,
                f'found "{value}" for {column} "{row[column]}", '
                f'but line {first.line} has "{before[name]}"',
                hint=f"Lines of one {column} are the same but for {', '.join(differing)}.",
            )


def known_reference(row: Row, column: str, kept: Collection[str], file: str) -> str:
    """A reference to another file; raises DocumentError when it has no such record."""
    value = row.required(column)
    if value not in kept:
        raise row.error(column, f'"{value}" is not in {file}')
    return value
