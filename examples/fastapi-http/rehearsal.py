"""The endpoints that rosterready calls. They are there only when QUILL_REHEARSAL is set."""

from __future__ import annotations

import sqlite3
from typing import Any

import quill
from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

router = APIRouter(prefix="/rehearsal")


class Connection(BaseModel):
    """What Quill needs of it: everything else is in its settings."""

    district: str


class Call(BaseModel):
    connection: Connection


class Lesson(Call):
    clever_id: str
    lesson: str


@router.get("/")
def describe() -> dict[str, Any]:
    return {"contract": 1, "capabilities": ["progress"]}


@router.post("/connect")
def connect(call: Call) -> None:
    """A district appears in Quill with its first sync."""


@router.post("/sync")
def sync(call: Call) -> dict[str, Any]:
    """A sync that cannot go on is a result: say how it ended and why."""
    try:
        return {"state": "completed", "log": str(quill.sync(call.connection.district))}
    except HTTPException as stopped:
        return {"state": "refused", "reason": str(stopped.detail)}


@router.post("/finish-lesson")
def finish_lesson(call: Lesson, db: quill.Database) -> None:
    quill.write_draft(call.connection.district, call.clever_id, call.lesson, db)


@router.post("/snapshot")
def snapshot(call: Call, db: quill.Database) -> dict[str, Any]:
    """What Quill holds, archived rows included."""
    district = call.connection.district
    places: dict[str, list[dict[str, Any]]] = {"schools": [], "terms": [], "courses": []}
    for place in db.execute("SELECT * FROM places WHERE district = ?", [district]):
        places[place["kind"]].append({**row(place), "name": place["name"]})
    sections = []
    for held in db.execute("SELECT * FROM classes WHERE district = ?", [district]).fetchall():
        sections.append(
            {
                **row(held),
                **{key: held[key] for key in ("name", "school", "course", "term")},
                "teachers": members(db, held["id"], "teacher"),
                "students": members(db, held["id"], "student"),
            }
        )
    users = []
    for held in db.execute("SELECT * FROM people WHERE district = ?", [district]).fetchall():
        roles: dict[str, list[str]] = {}
        for role, school in db.execute(
            "SELECT role, school FROM roles WHERE person = ?", [held["id"]]
        ):
            roles.setdefault(role, []).extend([school] if school else [])
        users.append(
            {
                **row(held),
                "first_name": held["first"],
                "last_name": held["last"],
                "email": held["email"],
                "roles": [{"role": role, "schools": schools} for role, schools in roles.items()],
            }
        )
    work = db.execute(
        "SELECT person, title FROM drafts JOIN people ON people.id = person WHERE district = ?",
        [district],
    )
    progress = [{"account": str(one["person"]), "lesson": one["title"]} for one in work]
    return {**places, "sections": sections, "users": users, "progress": progress}


def row(held: sqlite3.Row) -> dict[str, Any]:
    status = "archived" if held["archived"] else "active"
    return {"clever_id": held["clever_id"], "app_id": str(held["id"]), "status": status}


def members(db: sqlite3.Connection, number: int, role: str) -> list[str]:
    """In the order in which Clever lists them: the primary teacher first."""
    found = db.execute(
        "SELECT person FROM members WHERE class = ? AND role = ? ORDER BY rowid", [number, role]
    )
    return [person for (person,) in found]
