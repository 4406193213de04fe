"""Contacts: parents and others, from the lines of students.

Who is the same contact for two students follows from the sis_id, else from name and e-mail, else
name and phone, else from all the rest (https://dev.clever.com/docs/contacts-guardians).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from harness.district.csv import values
from harness.district.csv.columns import CONTACT, MAX_CONTACTS
from harness.district.csv.keys import Keys, position, uid
from harness.district.csv.row import Row
from harness.district.data_model.ids import Block
from harness.district.data_model.records import ContactRole, Name, Roles
from harness.district.sis.entries import PersonEntry, Relation

_OWN = ("Contact_name", "Contact_phone", "Contact_phone_type", "Contact_email")
"""What belongs to the contact alone, whoever the student is."""


def contacts(lines: Mapping[str, tuple[Row, ...]], keys: Keys) -> Iterator[PersonEntry]:
    """Everybody's contacts, each once; raises DocumentError where lines contradict."""
    people: dict[tuple[str, ...], PersonEntry] = {}
    first: dict[tuple[str, ...], Row] = {}
    for number, row in _rows(lines):
        key = _key(row)
        if key not in people:
            people[key], first[key] = _contact(key, row, keys), row
        elif key[0] == "sis":
            _check_agreement(row, first[key])
        relation = Relation(
            student=uid(Block.STUDENT, number),
            relationship=row.parsed("Contact_relationship", values.relationship),
            type=row.parsed("Contact_type", values.contact_type),
        )
        relations = (*people[key].relations, relation)
        people[key] = replace(people[key], relations=relations)
    yield from people.values()


def _rows(lines: Mapping[str, tuple[Row, ...]]) -> Iterator[tuple[str, Row]]:
    for number, rows in lines.items():
        with_contact = [row for row in rows if any(row[column] for column in CONTACT)]
        if len(with_contact) > MAX_CONTACTS:
            row = with_contact[MAX_CONTACTS]
            raise row.error(
                "Contact_name",
                f'is contact number {MAX_CONTACTS + 1} of student "{number}", '
                f"expected at most {MAX_CONTACTS}",
            )
        yield from ((number, row) for row in with_contact)


def _key(row: Row) -> tuple[str, ...]:
    name = row.required("Contact_name")
    if row["Contact_sis_id"]:
        return ("sis", row["Contact_sis_id"])
    if row["Contact_email"]:
        return ("email", name, row["Contact_email"])
    if row["Contact_phone"]:
        return ("phone", name, row["Contact_phone"])
    rest = ("Contact_type", "Contact_relationship", "Contact_phone_type")
    return ("name", name, *(row[column] for column in rest))


def _check_agreement(row: Row, first: Row) -> None:
    for column in _OWN:
        if row[column] != first[column]:
            raise row.error(
                column,
                f'found "{row[column]}" for Contact_sis_id "{row["Contact_sis_id"]}", '
                f'but line {first.line} has "{first[column]}"',
            )


def _contact(key: tuple[str, ...], row: Row, keys: Keys) -> PersonEntry:

    clever_id = keys.id(Block.CONTACT, *key)
    role = ContactRole(
        legacy_id=keys.legacy_id(Block.CONTACT, *key),
        phone=row["Contact_phone"],
        phone_type=row.parsed("Contact_phone_type", values.phone_type),
        sis_id=row["Contact_sis_id"],
        student_relationships=[],
    )
    return PersonEntry(
        uid=uid(Block.CONTACT, *key),
        id=clever_id,
        position=position(clever_id),
        name=Name(last=row["Contact_name"]),
        email=row["Contact_email"],
        created=keys.created,
        roles=Roles(contact=role),
        relations=(),
    )
