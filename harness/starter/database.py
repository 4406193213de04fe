"""Database: what `init` writes for an app that is read by queries, and driven by a command."""

from __future__ import annotations

from collections.abc import Iterator

from harness.contract.queries import QUERIES, Columns

SPEC = "sql:sqlite://"
"""An empty database: it has no table, and every query can be tried in it."""
ABOUT = (
    "The app's database, as SQLAlchemy names it: replace the empty one, for example by "
    '"sql:postgresql+psycopg://$DB_USER@127.0.0.1/satchel". It is only read.'
)
ABOUT_CALLS = (
    "Commands, or URLs that get the call by POST. `sync` runs one sync of $CLEVER_DISTRICT; if it "
    "ends with 0, the sync is completed. Further ones are optional, such as `connect`, "
    "`finish_lesson` and `create_account`."
)
ABOUT_QUERIES = (
    "What the app holds for the Clever ID :district. Replace each query, as in SELECT clever_id, "
    "id AS app_id, name FROM schools WHERE district = :district, and delete what the app does "
    "not keep. `rosterready docs guide` explains the columns."
)
SYNC = """echo '{"state": "refused", "reason": "rosterready.toml does not start a sync yet."}'"""
_LATER = ("users.student_relationships", "progress", "local_")
"""Queries for what many apps do not have."""


def queries() -> Iterator[tuple[str, str, str]]:
    """Key, a note about its columns, and a query without rows; "" for one that can be added."""
    for key, columns in QUERIES.items():
        yield key, _note(columns), "" if key.startswith(_LATER) else _nothing(columns)


def _note(columns: Columns) -> str:
    more = f"; if there are any: {', '.join(columns.optional)}" if columns.optional else ""
    return f"Columns: {', '.join(columns.required)}{more}."


def _nothing(columns: Columns) -> str:
    named = ", ".join(f"'' AS {column}" for column in columns.required)
    return f"SELECT {named} WHERE '' = :district"
