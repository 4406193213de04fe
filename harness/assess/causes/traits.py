"""Traits: what is missing, present or odd in a record, as an app that refuses it may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from harness.assess.causes.related_values import Trait, related
from harness.district.casts.missing_values import missing_values
from harness.district.data_model.records import Kind, Record, Role
from harness.district.data_model.roster import Roster

WITHOUT, FORM, KEY, VALUE = 0, 1, 1, 2
"""Ranks of traits: the plainer comes first."""

_FORMS: Sequence[tuple[str, Callable[[str], bool]]] = (
    (
        "has characters beyond Latin",
        lambda text: bool(re.search(r"[^\x00-\u036f\u1e00-\u1eff\u2000-\u206f]", text)),
    ),
    ("has no letter", lambda text: not any(letter.isalpha() for letter in text)),
    ("has one character only", lambda text: len(text) == 1),
    ("has spaces around it or two in a row", lambda text: text != " ".join(text.split())),
    ("is not a number", lambda text: not text.isdecimal()),
    ("has a character of four bytes", lambda text: any(ord(letter) > 0xFFFF for letter in text)),
    ("has a letter that is not ASCII", lambda text: not text.isascii()),
    ("has an apostrophe", lambda text: "'" in text),
    ("has a plus sign", lambda text: "+" in text),
    ("is the word for nothing", lambda text: text.casefold() in ("null", "none", "test", "nan")),
    ("is not one address", lambda text: not re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text)),
    *(
        (f"has over {n} characters", lambda text, n=n: len(text) > n)
        for n in (20, 30, 32, 50, 64, 100)
    ),
)
_TEXTS = re.compile(r"name(\.|$)|_?id$|email|username|number|title|period|phone$|department")
"""Where the form of a text says something."""
_ADDRESS = re.compile(r"email|username")
"""What is usually in small letters."""
_IDS = re.compile(r"(^|\.)(id|legacy_id|schools?|students?|teachers?|course|term_id|district)$")
"""Links and Clever's own ids are no values."""


def traits(kind: Kind, record: Record, roster: Roster, today: str) -> Iterator[Trait]:
    """Everything about a record that an app could refuse it for."""
    given: set[Trait] = set(related(record, roster, today))
    yield from given
    for words, test in _FORMS if kind is Kind.USERS else ():
        name = cast(Mapping[str, Any], record).get("name") or {}
        if any(test(str(name[part])) for part in ("first", "last") if name.get(part)):
            yield Trait(FORM, "name", f"whose first or last `name` {words}")
            for role in _held(record):
                yield Trait(FORM, "name", f"with the role `{role}` whose `name` {words}")
    fields = cast(Mapping[str, Any], record)
    alone = kind is Kind.USERS and len([role for role in fields["roles"].values() if role]) == 1
    leaves = list(_leaves(fields))
    for path, value in leaves:
        for trait in _of(path, value):
            if trait not in given:
                given.add(trait)
                yield trait
                if path == "email" and not trait.words.startswith("with `"):
                    yield from (_of_role(trait, role) for role in _held(record))
                if alone and trait.rank == VALUE:
                    yield Trait(VALUE, path, f"with one role only, {trait.words}")
    for path in _expected(kind, record) - {path for path, _ in leaves}:
        yield Trait(WITHOUT, path, f"without `{path}`")
        yield Trait(WITHOUT, path, f"whose `{path}` is not there")
        yield Trait(WITHOUT, path, f"whose `{path}` is null or not there")


def _held(record: Record) -> Sequence[str]:
    roles = cast(Mapping[str, Any], record).get("roles") or {}
    return [name for name, role in roles.items() if role]


def _of_role(trait: Trait, role: str) -> Trait:
    """The same of users with one role: an app can be strict about them alone."""
    return Trait(trait.rank, trait.path, f"with the role `{role}` {trait.words}")


def _of(path: str, value: Any) -> Iterator[Trait]:
    if value in (None, "", [], {}):
        yield Trait(WITHOUT, path, f"without `{path}`")
        if value is None:
            yield Trait(WITHOUT, path, f"whose `{path}` is null")
            yield Trait(WITHOUT, path, f"whose `{path}` is null or not there")
        else:
            yield Trait(WITHOUT, path, f"whose `{path}` is empty")
        return
    yield Trait(KEY, path, f"with `{path}`")
    if is_repetitive(value):
        yield Trait(FORM, path, f"whose `{path}` lists something twice")
    if isinstance(value, (dict, list)) or _IDS.search(path):
        return
    text = str(value)
    if _TEXTS.search(path):
        for words, test in _FORMS:
            if test(text):
                yield Trait(FORM, path, f"whose `{path}` {words}")
        if _ADDRESS.search(path) and text != text.lower():
            yield Trait(FORM, path, f"whose `{path}` has a capital letter")
    if len(text) <= 40 and not re.search(
        r"name\.|^name$|email|dob|_id$|phone|created|modified|location|ext|date|principal|number|username",
        path,
    ):
        yield Trait(VALUE, path, f'whose `{path}` is "{text}"')


def is_repetitive(value: object) -> bool:
    """Whether it is a list in which something stands twice."""
    return isinstance(value, list) and any(entry in value[:i] for i, entry in enumerate(value))


def _leaves(fields: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Path and value, those of all roles alike: `gender`, `name.middle`, `ext.lunch`."""
    for key, value in fields.items():
        if key == "roles" and isinstance(value, dict):
            for name, role in value.items():
                if isinstance(role, dict):
                    yield from _leaves(role)
                    yield from ((f"{name}.{path}", part) for path, part in _leaves(role))
                else:
                    yield f"roles.{name}", role
        elif isinstance(value, dict):
            yield f"{prefix}{key}", value
            yield from _leaves(value, f"{prefix}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{prefix}{key}", value
            for entry in value:
                yield from _leaves(entry, f"{prefix}{key}.")
        elif isinstance(value, list) and value and not _IDS.search(key):
            yield f"{prefix}{key}", "+".join(map(str, value))
        else:
            yield f"{prefix}{key}", value


_OF_LISTS = {Role.STUDENT: ("enrollments",)}


def _fields(kind: str) -> tuple[str, ...]:
    """The fields of a role or a kind of record that Clever's description allows to be absent."""
    prefix = f"roles.{kind}." if kind in tuple(Role) else ""
    rows = (row.path for row in missing_values(kind) if row.raw.absent)
    return tuple(path.removeprefix(prefix) for path in rows if path.startswith(prefix))


_OPTIONAL: Mapping[str, tuple[str, ...]] = {
    Kind.SCHOOLS: ("low_grade", "high_grade", "phone", "principal", "location", "ext", "state_id"),
    Kind.TERMS: _fields("term"),
    Kind.COURSES: _fields("course"),
    Kind.SECTIONS: ("subject", "course", "term_id", "teacher", *_fields("section")),
    **{role: (*_fields(role), *_OF_LISTS.get(role, ())) for role in Role},
}


def _expected(kind: Kind, record: Record) -> set[str]:
    """What a record may be expected to have."""
    fields = cast(Mapping[str, Any], record)
    if kind is Kind.USERS:
        paths = {"email", "name.first", "name.middle", "lms_status"}
        for name in (name for name, role in fields["roles"].items() if role):
            for path in _OPTIONAL.get(name, ()):
                paths |= {path, f"{name}.{path}"}
        return paths
    return set(_OPTIONAL[kind])
