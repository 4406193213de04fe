"""Quill: students write drafts, teachers read them. FastAPI over SQLite; rosters are Clever's."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import httpx
from clever import Clever, CleverError
from fastapi import Depends, FastAPI, HTTPException

DATABASE = os.environ.get("QUILL_DATABASE", "quill.db")
SCHEMA = """
CREATE TABLE IF NOT EXISTS places (          -- schools, terms and courses
    id INTEGER PRIMARY KEY, district TEXT, kind TEXT, clever_id TEXT, archived INT, name TEXT,
    UNIQUE (district, kind, clever_id));
CREATE TABLE IF NOT EXISTS classes (
    id INTEGER PRIMARY KEY, district TEXT, clever_id TEXT, archived INT, name TEXT,
    school TEXT, course TEXT, term TEXT, UNIQUE (district, clever_id));
CREATE TABLE IF NOT EXISTS members (class INT REFERENCES classes, role TEXT, person TEXT);
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY, district TEXT, clever_id TEXT, archived INT,
    first TEXT, last TEXT, email TEXT, UNIQUE (district, clever_id));
CREATE TABLE IF NOT EXISTS roles (person INT REFERENCES people, role TEXT, school TEXT);
CREATE TABLE IF NOT EXISTS drafts (person INT REFERENCES people, title TEXT);
CREATE INDEX IF NOT EXISTS members_of ON members (class);
CREATE INDEX IF NOT EXISTS roles_of ON roles (person);
"""
ROLES = ("student", "teacher", "staff", "district_admin")
"""Who uses Quill: contacts have no account."""

app = FastAPI(title="Quill")


@contextmanager
def database() -> Iterator[sqlite3.Connection]:
    """One transaction, kept unless something is raised."""
    connection = sqlite3.connect(DATABASE)
    connection.row_factory = sqlite3.Row
    try:
        with connection:
            connection.executescript(SCHEMA)
            connection.execute("BEGIN")
            yield connection
    finally:
        connection.close()


def transaction() -> Iterator[sqlite3.Connection]:
    with database() as connection:
        yield connection


Database = Annotated[sqlite3.Connection, Depends(transaction)]


@app.get("/health")
def health() -> str:
    return "ok"


@app.get("/districts/{district}/drafts")
def drafts(district: str, db: Database) -> list[dict[str, Any]]:
    found = db.execute(
        "SELECT title, first, last FROM drafts JOIN people ON people.id = person"
        " WHERE district = ?",
        [district],
    )
    return [dict(row) for row in found]


@app.post("/districts/{district}/people/{clever_id}/drafts", status_code=201)
def write_draft(district: str, clever_id: str, title: str, db: Database) -> None:
    person = db.execute(
        "SELECT id FROM people WHERE district = ? AND clever_id = ? AND NOT archived",
        [district, clever_id],
    ).fetchone()
    if person is None:
        raise HTTPException(404, f"Quill has no active account for {clever_id}")
    db.execute("INSERT INTO drafts VALUES (?, ?)", [person["id"], title])


@app.post("/districts/{district}/sync")
def sync(district: str) -> dict[str, int]:
    """Read everything Clever shares, then take it over in one transaction."""
    try:
        with httpx.Client(timeout=10) as http:
            clever = Clever(http, district)
            kinds = ("schools", "terms", "courses", "sections", "users")
            read = {kind: list(clever.records(kind)) for kind in kinds}
    except CleverError as error:
        raise HTTPException(502, f"{error}; nothing was changed.") from error
    read["users"] = [user for user in read["users"] if roles_of(user)]
    with database() as db:
        for kind in ("schools", "terms", "courses"):
            archive(db, "places", "district = ? AND kind = ?", [district, kind])
            for record in read[kind]:
                save_place(db, district, kind, record)
        archive(db, "classes", "district = ?", [district])
        for record in read["sections"]:
            save_class(db, district, record)
        archive(db, "people", "district = ?", [district])
        for record in read["users"]:
            save_person(db, district, record)
    return {kind: len(records) for kind, records in read.items()}


def archive(db: sqlite3.Connection, table: str, where: str, values: list[str]) -> None:
    """Whoever is still shared is active again in a moment."""
    db.execute(f"UPDATE {table} SET archived = 1 WHERE {where}", values)  # noqa: S608 - our own words


def save_place(db: sqlite3.Connection, district: str, kind: str, record: dict[str, Any]) -> None:
    db.execute(
        "INSERT INTO places (district, kind, clever_id, archived, name) VALUES (?, ?, ?, 0, ?)"
        " ON CONFLICT (district, kind, clever_id)"
        " DO UPDATE SET archived = 0, name = excluded.name",
        [district, kind, record["id"], record.get("name")],
    )


def save_class(db: sqlite3.Connection, district: str, record: dict[str, Any]) -> None:
    keys = ("name", "school", "course", "term_id")
    (number,) = db.execute(
        "INSERT INTO classes (district, clever_id, archived, name, school, course, term)"
        " VALUES (?, ?, 0, ?, ?, ?, ?) ON CONFLICT (district, clever_id)"
        " DO UPDATE SET archived = 0, name = excluded.name, school = excluded.school,"
        " course = excluded.course, term = excluded.term RETURNING id",
        [district, record["id"], *(record.get(key) for key in keys)],
    ).fetchone()
    teachers = dict.fromkeys([record.get("teacher"), *(record.get("teachers") or [])])
    members = [(number, "teacher", person) for person in teachers if person]
    members += [(number, "student", person) for person in record.get("students") or []]
    db.execute("DELETE FROM members WHERE class = ?", [number])
    db.executemany("INSERT INTO members VALUES (?, ?, ?)", members)


def save_person(db: sqlite3.Connection, district: str, record: dict[str, Any]) -> None:
    name = record.get("name") or {}
    (number,) = db.execute(
        "INSERT INTO people (district, clever_id, archived, first, last, email)"
        " VALUES (?, ?, 0, ?, ?, ?) ON CONFLICT (district, clever_id) DO UPDATE SET archived = 0,"
        " first = excluded.first, last = excluded.last, email = excluded.email RETURNING id",
        [district, record["id"], name.get("first"), name.get("last"), record.get("email") or None],
    ).fetchone()
    db.execute("DELETE FROM roles WHERE person = ?", [number])
    for role, values in roles_of(record).items():
        schools = values.get("schools") or [None]
        db.executemany("INSERT INTO roles VALUES (?, ?, ?)", [(number, role, s) for s in schools])


def roles_of(record: dict[str, Any]) -> dict[str, Any]:
    roles = record.get("roles") or {}
    return {role: roles[role] for role in ROLES if roles.get(role) is not None}


if os.environ.get("QUILL_REHEARSAL"):
    from rehearsal import router

    app.include_router(router)
