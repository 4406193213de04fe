"""A database and its queries show what an adapter in Python shows of the same app."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from postgres import postgres_server

from harness.adapters.loaded import LoadedAdapter
from harness.adapters.opening import open_adapter
from harness.adapters.spec import confided_in, parse_spec
from harness.config.config import Reading, load_config
from harness.contract.adapter import Capability
from harness.contract.connection import Connection
from harness.contract.edit import Edit, EditKind
from harness.contract.snapshot import HeldRole, Snapshot
from harness.contract.sync import Mode, SyncState
from harness.demo.adapter import DemoAdapter
from harness.demo.schema import SCHEMA
from harness.doctor.tiny_district import tiny_district
from harness.errors import AdapterError, DocumentError, UsageError
from harness.replay.credentials import credentials
from harness.replay.simulated_clever import serve

pytest.importorskip("sqlalchemy")

LANTERN = load_config(Path(__file__).with_name("lantern.toml"))
TABLES = (
    *("districts", "schools", "terms", "courses", "sections", "users", "roles", "members"),
    *("relationships", "progress", "groups", "group_members"),
)


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Connection, Snapshot]:
    """The database of an app that has synced and been used, its district, and what it holds."""
    database = tmp_path_factory.mktemp("lantern") / "lantern.db"
    district = tiny_district(seed=1, salt="sql", run_date=date(2031, 2, 1))
    with serve(credentials("sql"), now=time.time, timer=time.monotonic) as clever:
        clever.simulator.publish(district.roster, at=district.at)
        app, connection = DemoAdapter(database), clever.connection(district.id)
        app.connect(connection)
        assert app.sync(connection, Mode.FULL).state is SyncState.COMPLETED
    student, other = (user["id"] for user in district.students()[:2])
    app.finish_lesson(connection, student, "one")
    app.edit(connection, Edit(kind=EditKind.CREATE_GROUP, name="readers", users=(student, other)))
    return database, connection, app.snapshot(connection)


def opened(target: str, folder: Path, **more: str) -> LoadedAdapter:
    """The adapter of Lantern Reader's queries, some of them exchanged."""
    reading = replace(LANTERN.reading, queries={**LANTERN.reading.queries, **more})
    return open_adapter(f"sql:{target}", directory=folder, reading=reading)


def in_any_order(snapshot: Snapshot) -> Snapshot:
    """The same snapshot, with everything sorted whose order a query leaves open."""
    sections = [
        replace(row, teachers=tuple(sorted(row.teachers)), students=tuple(sorted(row.students)))
        for row in snapshot.sections
    ]
    users = [
        replace(
            row,
            roles=tuple(
                sorted(
                    (HeldRole(role=r.role, schools=tuple(sorted(r.schools))) for r in row.roles),
                    key=lambda role: role.role,
                )
            ),
            student_relationships=tuple(sorted(row.student_relationships, key=repr)),
        )
        for row in snapshot.users
    ]
    groups = [replace(row, members=tuple(sorted(row.members))) for row in snapshot.local_groups]
    rows: dict[str, Any] = {"sections": sections, "users": users, "local_groups": groups}
    rows |= {name: getattr(snapshot, name) for name in ("schools", "terms", "courses", "progress")}
    ordered: dict[str, Any] = {name: tuple(sorted(rows[name], key=repr)) for name in rows}
    return replace(snapshot, **ordered)


def test_a_database_shows_what_the_app_shows(
    synced: tuple[Path, Connection, Snapshot], tmp_path: Path
) -> None:
    database, connection, held = synced

    with opened(f"sqlite:///{database}", tmp_path) as adapter:
        assert in_any_order(adapter.snapshot(connection)) == in_any_order(held)
        elsewhere = adapter.snapshot(replace(connection, district="5f01"))

    assert elsewhere == Snapshot()
    assert held.progress
    assert held.local_groups


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """The URL of a server of our own."""
    pytest.importorskip("pg8000")
    with postgres_server("lantern") as folder:
        yield f"postgresql+pg8000://lantern@/postgres?unix_sock={folder / '.s.PGSQL.5432'}"


@pytest.mark.slow
@pytest.mark.needs("postgresql")
def test_a_real_server_shows_the_same(
    synced: tuple[Path, Connection, Snapshot], postgres: str, tmp_path: Path
) -> None:
    import sqlalchemy

    database, connection, held = synced
    engine = sqlalchemy.create_engine(postgres)
    with engine.begin() as server, sqlite3.connect(database) as source:
        for statement in SCHEMA.split(";\n"):
            if statement.strip():
                made = statement.replace("INTEGER PRIMARY KEY AUTOINCREMENT", "SERIAL PRIMARY KEY")
                server.exec_driver_sql(made)
        for table in TABLES:
            rows = source.execute(f"SELECT * FROM {table}").fetchall()
            if rows:
                places = ", ".join(f":c{number}" for number in range(len(rows[0])))
                server.execute(
                    sqlalchemy.text(f"INSERT INTO {table} VALUES ({places})"),
                    [{f"c{n}": value for n, value in enumerate(row)} for row in rows],
                )
    engine.dispose()

    with opened(postgres, tmp_path) as adapter:
        assert in_any_order(adapter.snapshot(connection)) == in_any_order(held)

    with pytest.raises(AdapterError, match="cannot be reached"):
        opened(postgres.replace(".5432", ".5433"), tmp_path)


def test_a_sync_is_a_command_that_is_told_of_clever(
    synced: tuple[Path, Connection, Snapshot], tmp_path: Path
) -> None:
    database, connection, _ = synced
    (tmp_path / "sync.py").write_text(
        "import os, sys\n"
        "open('told', 'w').write(os.environ['CLEVER_API_URL'] + os.environ['CLEVER_DISTRICT'])\n"
        "print('29 users imported')\n"
        "sys.exit(os.path.exists('broken') and 'no disk')\n"
    )
    reading = replace(LANTERN.reading, calls={"sync": f'"{sys.executable}" -S sync.py'})

    with open_adapter(f"sql:sqlite:///{database}", directory=tmp_path, reading=reading) as adapter:
        adapter.connect(connection)
        well = adapter.sync(connection, Mode.FULL)
        (tmp_path / "broken").touch()
        badly = adapter.sync(connection, Mode.FULL)

    assert adapter.capabilities == frozenset()
    assert (tmp_path / "told").read_text() == connection.api + connection.district
    assert well.state is SyncState.COMPLETED
    assert (badly.state, badly.reason) == (SyncState.FAILED, "exited with 1: no disk")
    assert "no disk" in badly.log


def test_other_calls_are_capabilities(tmp_path: Path) -> None:
    calls = {"sync": "true", "finish_lesson": "true", "restart": "true"}
    reading = Reading(queries={"users": "SELECT '1' AS clever_id, 1 AS app_id"}, calls=calls)
    (tmp_path / "a.db").touch()  # the path starts at the vendor's folder

    with open_adapter("sql:sqlite:///a.db", directory=tmp_path, reading=reading) as adapter:
        assert adapter.capabilities == {Capability.PROGRESS, Capability.RESTART}


def test_single_roles_can_be_columns_of_the_users(tmp_path: Path) -> None:
    query = (
        "SELECT '5f01' AS clever_id, 7 AS app_id, 0 AS active, 'student' AS role, '5e' AS school"
    )
    connection = Connection(api="", accounts="", client_id="", client_secret="", district="5d")

    with open_adapter(
        "sql:sqlite://", directory=tmp_path, reading=Reading(queries={"users": query})
    ) as adapter:
        (user,) = adapter.snapshot(connection).users

    assert (user.app_id, user.status) == ("7", "archived")
    assert user.roles == (HeldRole(role="student", schools=("5e",)),)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT nme FROM users", "[adapter.queries] users: OperationalError: no such column: nme"),
        ("SELECT clever_id FROM users", "users: the result lacks the column app_id"),
        ("SELECT clever_id, id AS app_id, sis_id FROM users", "users: unknown column 'sis_id'"),
    ],
)
def test_a_query_that_does_not_fit_says_which(
    synced: tuple[Path, Connection, Snapshot], tmp_path: Path, query: str, said: str
) -> None:
    with pytest.raises(AdapterError) as caught:
        opened(f"sqlite:///{synced[0]}", tmp_path, users=query, terms="SELECT 1 AS clever_id")

    assert said in caught.value.log
    assert "terms: the result lacks the column app_id" in caught.value.log
    assert caught.value.message.endswith(", and 1 more")


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite//a", "cannot be opened"),
        ("nosuch://a/b", "cannot be opened"),
        ("sqlite:///nowhere.db", "there is no file"),
        ("postgresql+pg8000://me:hunter-two@192.0.2.1/app", "not this machine"),
    ],
)
def test_a_url_that_cannot_be_used_is_a_mistake_in_the_configuration(
    tmp_path: Path, url: str, said: str
) -> None:
    if "pg8000" in url:
        pytest.importorskip("pg8000")

    with pytest.raises((AdapterError, UsageError)) as caught:
        opened(url, tmp_path)

    assert caught.value.exit_code == 2
    assert said in caught.value.message
    assert "hunter-two" not in caught.value.message
    assert not [*tmp_path.iterdir()]


def test_a_host_that_only_the_environment_names_is_refused_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pg8000")
    monkeypatch.setenv("PGHOST", "192.0.2.1")

    with pytest.raises(UsageError, match=r"is at 192\.0\.2\.1, which is not this machine"):
        opened("postgresql+pg8000://lantern@/app", tmp_path)


def test_a_password_is_shown_nowhere() -> None:
    text = "sql:postgresql+pg8000://me:hunter-two@127.0.0.1/app?x=hunter-three"

    assert parse_spec(text).name == "sql:postgresql+pg8000://127.0.0.1/app"
    assert {"hunter-two", "hunter-three"} <= set(confided_in(text, {}))


def test_unknown_queries_and_calls_are_errors_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "rosterready.toml"
    for table, key in (("queries", "user"), ("calls", "sink")):
        file.write_text(f'[adapter]\nspec = "sql:sqlite://"\n[adapter.{table}]\n{key} = "x"\n')
        with pytest.raises(DocumentError, match=f"unknown key in .adapter.{table}."):
            load_config(file)


def test_queries_are_for_a_database(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="are for a sql: adapter"):
        open_adapter("command:true", directory=tmp_path, reading=LANTERN.reading)
