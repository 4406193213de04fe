"""The two versions of the API: v3.0 is v3.1 without what v3.1 added.

v3.1 added fields, and values to two enumerations (the `frl_status` "Other" and a longer list of
home languages); for v3.0 such a value reads as not set.
"""

from __future__ import annotations

from typing import Any, cast

from harness.district.data_model.records import Kind, Record

V30 = "v3.0"
V31 = "v3.1"
VERSIONS = (V30, V31)

_ADDED: dict[Kind, tuple[str, ...]] = {
    Kind.DISTRICTS: ("lms_type", "lms_state", "last_attendance_sync"),
    Kind.SECTIONS: ("lms_status",),
    Kind.USERS: ("lms_status",),
}
_ADDED_TO_STUDENTS = (
    "home_language_code",
    "gifted_status",
    "section_504_status",
    "disability",
    "preferred_name",
)
LANGUAGES = frozenset(
    (
        "English",
        "Albanian",
        "Amharic",
        "Arabic",
        "Bengali",
        "Bosnian",
        "Burmese",
        "Cantonese",
        "Chinese",
        "Dutch",
        "Farsi",
        "French",
        "German",
        "Hebrew",
        "Hindi",
        "Hmong",
        "Ilocano",
        "Japanese",
        "Javanese",
        "Karen",
        "Khmer",
        "Korean",
        "Laotian",
        "Latvian",
        "Malay",
        "Mandarin",
        "Nepali",
        "Oromo",
        "Polish",
        "Portuguese",
        "Punjabi",
        "Romanian",
        "Russian",
        "Samoan",
        "Serbian",
        "Somali",
        "Spanish",
        "Swahili",
        "Tagalog",
        "Tamil",
        "Telugu",
        "Thai",
        "Tigrinya",
        "Turkish",
        "Ukrainian",
        "Urdu",
        "Vietnamese",
    )
)
"""The home languages v3.0 knows."""


def in_version(version: str, kind: Kind, record: Record) -> Record:
    """The record as a version of the API has it; the same object when nothing differs."""
    return record if version == V31 else _older(kind, record)


def _older(kind: Kind, record: Record) -> Record:
    fields = cast(dict[str, Any], record)
    added = _ADDED.get(kind, ())
    if any(name in fields for name in added):
        fields = {name: value for name, value in fields.items() if name not in added}
    student = fields["roles"].get("student") if kind is Kind.USERS else None
    if student is not None:
        older = _older_student(student)
        if older is not student:
            fields = {**fields, "roles": {**fields["roles"], "student": older}}
    return cast(Record, fields)


def _older_student(student: dict[str, Any]) -> dict[str, Any]:
    older = student
    if any(name in student for name in _ADDED_TO_STUDENTS):
        older = {name: value for name, value in student.items() if name not in _ADDED_TO_STUDENTS}
    if older.get("frl_status") == "Other":
        older = {**older, "frl_status": ""}
    if older.get("home_language", "") not in LANGUAGES and older.get("home_language"):
        older = {**older, "home_language": ""}
    return older
