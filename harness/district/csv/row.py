"""Row: one record of a CSV file, which knows where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from harness.errors import DocumentError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file."""

    path: Path
    line: int
    values: Mapping[str, str]
    """By column as written in the instructions; columns the file does not have are missing."""
    extension: Mapping[str, str]
    """What columns of the district's own say."""

    def __getitem__(self, column: str) -> str:
        """What stands in a column, "" when nothing does."""
        return self.values.get(column, "")

    def required(self, column: str) -> str:
        """What stands in a column that must not be empty."""
        value = self[column]
        if not value:
            raise self.error(column, "is empty, expected a value")
        return value

    def parsed(self, column: str, parse: Callable[[str], T]) -> T:
        """What a column means; ValueErrors of the parser become errors that name the place."""
        value = self[column]
        try:
            return parse(value)
        except ValueError as problem:
            raise self.error(column, f'found "{value}", expected {problem}') from problem

    def error(self, column: str, message: str, *, hint: str = "") -> DocumentError:
        """A complaint about what stands in a column."""
        return DocumentError(message, file=self.path, line=self.line, key=column, hint=hint)
