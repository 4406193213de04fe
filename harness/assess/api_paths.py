"""Paths of Clever's API: which ones version 3 has, and what it has instead of others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.district.data_model.records import Kind

_ID = r"[^/?]+"
_OF_RECORDS = {
    "districts": "",
    "schools": "district|sections|courses|terms|users",
    "terms": "district|sections|schools",
    "courses": "district|sections|schools",
    "sections": "district|course|term|school|users",
    "users": "district|sections|schools|mycontacts|mystudents|myteachers",
}
"""Kind → the relations of a record that have a path; https://dev.clever.com/reference."""

_KNOWN = re.compile(
    rf"/v\d+\.\d+/(?:me|events(?:/{_ID})?|resources(?:/.*)?|[a-z]+/{_ID}/resources|"
    + "|".join(
        rf"{kind}(?:/{_ID}(?:/(?:{relations}))?)?" if relations else rf"{kind}(?:/{_ID})?"
        for kind, relations in _OF_RECORDS.items()
    )
    + r")/?",
    re.IGNORECASE,
)
_ROLE_OF = {
    "students": "student",
    "teachers": "teacher",
    "contacts": "contact",
    "guardians": "contact",
    "staff": "staff",
    "school_admins": "staff",
    "schooladmins": "staff",
    "district_admins": "district_admin",
    "districtadmins": "district_admin",
}
"""The lists of people in versions 1 and 2 of the API → the role they have in version 3."""

_MINE = {"contacts": "mycontacts", "teachers": "myteachers", "students": "mystudents"}
_VERSION = re.compile(r"/v\d+\.\d+")


@dataclass(frozen=True, slots=True)
class ListPath:
    """A list of version 3: its path without the version, and the role it is narrowed to."""

    path: str
    role: str = ""

    @property
    def kind(self) -> Kind | None:
        """What the list holds; None for anything but the roster."""
        name = self.path.rsplit("/", 1)[-1]
        return Kind(name) if name in set(Kind) else None

    @property
    def whole(self) -> bool:
        """Whether it lists the whole district, and not what belongs to one record."""
        return self.path.count("/") == 1

    def __str__(self) -> str:
        return f"{self.path}?role={self.role}" if self.role else self.path


def pattern_of(path: str) -> str:
    """A path with {id} in the place of ids."""
    return re.sub(r"[0-9a-f]{24}", "{id}", path)


def is_known(path: str) -> bool:
    """Whether version 3 has such a path, whatever version it asks for."""
    return _KNOWN.fullmatch(path) is not None


def joined_twice(path: str) -> bool:
    """Whether a link that Clever gave as a path was added to another path."""
    return len(_VERSION.findall(path)) > 1


def instead_of(path: str) -> ListPath | None:
    """What version 3 has instead of a path that it does not have; None when nothing is alike."""
    if joined_twice(path):
        return ListPath(path[[match.end() for match in _VERSION.finditer(path)][-1] :])
    parts = [part for part in _VERSION.sub("", path, count=1).split("/") if part]
    if len(parts) == 3 and parts[0].lower() == "districts":
        parts = parts[2:]
    match parts:
        case [name] if name.lower() in _ROLE_OF:
            return ListPath("/users", _ROLE_OF[name.lower()])
        case [name] if name.lower() in set(Kind):
            return ListPath(f"/{name.lower()}")
        case [name, clever_id] if name.lower() in _ROLE_OF:
            return ListPath(f"/users/{clever_id}")
        case [name, clever_id, relation] if name.lower() in _ROLE_OF:
            of = _MINE.get(relation.lower(), relation.lower())
            of = f"{of}s" if of == "school" else of
            return ListPath(f"/users/{clever_id}/{of}")
        case ["schools" | "sections" as name, clever_id, relation]:
            role = _ROLE_OF.get(relation.lower()) or _ROLE_OF.get(f"{relation.lower()}s")
            return ListPath(f"/{name}/{clever_id}/users", role) if role else None
    return None
