"""Odd values: every text that a kind of record can carry and that an app may not expect.

The table is values times fields: each value of a sort stands in every field of that sort. What is
left out says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from harness.district.casts.variation import Omission, Variation
from harness.district.data_model.raw import Raw
from harness.district.data_model.records import Role


@dataclass(frozen=True, slots=True)
class Family:
    """How the people of one role are called, so that no two of the table agree by chance."""

    latin: str
    cyrillic: str
    chinese: str
    arabic: str


_FAMILIES: Mapping[str, Family] = {
    Role.STUDENT: Family("Oakes", "Орлова", "林", "النجار"),
    Role.TEACHER: Family("Birch", "Белова", "王", "الحداد"),
    Role.STAFF: Family("Reed", "Рогова", "李", "الخطيب"),
    Role.DISTRICT_ADMIN: Family("Lowe", "Львова", "陈", "العلي"),
    Role.CONTACT: Family("Hale", "Ханина", "黄", "الصالح"),
}

_LONG = "Wolfeschlegelsteinhausenbergerdorff" * 3

NAMES: Mapping[str, Callable[[Family], tuple[str, str]]] = {
    "in capitals": lambda of: ("MARGARET", of.latin.upper()),
    "in small letters": lambda of: ("maria", of.latin.lower()),
    "with blanks around it": lambda of: ("  Ann ", f" {of.latin}  "),
    "in Cyrillic": lambda of: ("Анна", of.cyrillic),
    "in Chinese": lambda of: ("小明", of.chinese),
    "in Arabic": lambda of: ("مريم", of.arabic),
    "with accents in characters of their own": lambda of: ("Zoe\u0308", f"{of.latin}e\u0301"),
    "with apostrophes": lambda of: ("D\u2019Arcy", f"O'{of.latin}"),
    "with hyphens and spaces": lambda of: ("Ana-Maria Luz", f"de la {of.latin}-Ruiz"),
    "with an emoji": lambda of: ("Sky 🌈", f"{of.latin} 🦉"),
    "that is a number": lambda of: ("7", str(1000 + len(of.latin) * 10 + ord(of.latin[0]))),
    "of one letter": lambda of: ("J", of.latin[0]),
    "of over 100 characters": lambda of: (_LONG, f"{of.latin}{_LONG}"),
    "that looks like markup": lambda of: ("<b>Bo</b>", f"{of.latin}'); DROP TABLE users;--"),
    "that looks like nothing": lambda of: (of.latin, "Null"),
    "with a comma and quotation marks": lambda of: ('Tom "TJ"', f"{of.latin}, Jr."),
    "with blanks of other kinds": lambda of: ("Lee\u00a0Ann", f"{of.latin}\u2009Roe"),
    "with signs": lambda of: ("A&B; 100%", f"{of.latin} \\ #{{1}}"),
}
"""First and last name; a contact has the latter only."""

ADDRESSES: Mapping[str, Callable[[Family], str]] = {
    "in capitals": lambda of: f"MARGARET.{of.latin.upper()}@EXAMPLE.ORG",
    "with blanks around it": lambda of: f" ann.{of.latin.lower()}@example.org ",
    "with a plus sign": lambda of: f"ann+{of.latin.lower()}@example.org",
    "with an apostrophe": lambda of: f"o'{of.latin.lower()}@example.org",
    "in another script": lambda of: f"{of.cyrillic.lower()}@example.org",
    "of over 200 characters": lambda of: f"{of.latin.lower()}@{'long-domain.' * 16}example.org",
    "without @": lambda of: f"{of.latin.lower()}.example.org",
    "with two dots in a row": lambda of: f"ann..{of.latin.lower()}@example.org",
    "of digits": lambda of: f"{ord(of.latin[0])}00417@example.org",
}

NUMBERS: Mapping[str, Callable[[int], str]] = {
    "of a single digit": lambda n: f"{n}",
    "of 64 characters": lambda n: f"{n}" * 64,
    "with letters and a slash": lambda n: f"ab-{n}/c",
    "with leading zeros": lambda n: f"000{n}17",
    "with blanks around it": lambda n: f" 47{n}1 ",
    "with a decimal point": lambda n: f"{n}8.0",
    "in another script": lambda n: f"學號{n}",
    "in capitals": lambda n: f"XYZ{n}",
}
"""By a digit that no other field of the table has."""

TEXTS: Mapping[str, str] = {
    "in capitals": "CHAPTER TWO",
    "with blanks around it": "  Two  ",
    "in another script": "第二",
    "of over 100 characters": _LONG,
    "that is a number": "581",
    "with an apostrophe": "O'Clock",
    "with an emoji": "🎨",
    "with accents": "Français à côté",
    "from right to left": "علوم",
    "with leading zeros": "007",
    "that looks like markup": "<i>2</i>",
    "that looks like nothing": "N/A",
}

_NUMBERED: Mapping[str, tuple[str, ...]] = {
    Role.STUDENT: (
        "roles.student.sis_id",
        "roles.student.student_number",
        "roles.student.state_id",
    ),
    Role.TEACHER: (
        "roles.teacher.sis_id",
        "roles.teacher.teacher_number",
        "roles.teacher.state_id",
    ),
    Role.STAFF: ("roles.staff.staff_id",),
    Role.CONTACT: ("roles.contact.sis_id",),
    "section": ("sis_id",),
}
_USERNAME = "credentials.district_username"
_WRITTEN: Mapping[str, tuple[str, ...]] = {
    Role.STUDENT: (f"roles.student.{_USERNAME}",),
    Role.TEACHER: (f"roles.teacher.{_USERNAME}", "roles.teacher.title"),
    Role.STAFF: (f"roles.staff.{_USERNAME}", "roles.staff.title", "roles.staff.department"),
    Role.DISTRICT_ADMIN: ("roles.district_admin.title",),
    Role.CONTACT: ("roles.contact.phone",),
    "section": ("name", "period", "section_number"),
    "course": ("name", "number"),
    "term": ("name",),
}
_FEW: Mapping[str, tuple[str, ...]] = {
    "period": ("of over 100 characters", "in another script", "with leading zeros"),
    "section_number": ("of over 100 characters", "in another script", "with leading zeros"),
}
"""Fields in which only some of the texts stand."""


def odd_values(kind: str) -> Iterator[Variation]:
    """What a role, or a kind of record, can carry, each value in a record of its own."""
    if kind in _FAMILIES:
        yield from _names(kind, _FAMILIES[kind])
        for words, address in ADDRESSES.items():
            yield _of("email", words, address(_FAMILIES[kind]))
    fields = [path for paths in _NUMBERED.values() for path in paths]
    for path in _NUMBERED.get(kind, ()):
        digit = fields.index(path) + 1
        for words, number in NUMBERS.items():
            yield _of(path, words, number(digit))
    for path in _WRITTEN.get(kind, ()):
        for words, text in TEXTS.items():
            if words in _FEW.get(path, TEXTS):
                yield _of(path, words, _apart(path, kind, text))


def _names(kind: str, family: Family) -> Iterator[Variation]:
    for words, name in NAMES.items():
        first, last = name(family)
        values = {"name.last": f"{first} {last}"}
        if kind != Role.CONTACT:
            values = {"name.first": first, "name.last": last}
        shown = values["name.last"] if kind == Role.CONTACT else f"{first} {last}"
        yield Variation(path="name", words=words, value=shown, raw=Raw(values=values))
    if kind == Role.CONTACT:
        yield _of("name.last", "that looks like nothing", "Null")


def _of(path: str, words: str, value: str) -> Variation:
    return Variation(path=path, words=words, value=value, raw=Raw(values={path: value}))


def _apart(path: str, kind: str, text: str) -> str:
    """Usernames, which may have to be unique, end in their role."""
    return f"{text}{kind[0]}" if path.endswith(_USERNAME) else text


def odd_values_left_out(kind: str) -> Iterator[Omission]:
    """The sorts of fields that such a record has not, or whose values are not varied."""
    if kind == "school":
        yield Omission(path="all", why="the district has few; `odd-schools` has two of the names")
        return
    if kind not in _FAMILIES:
        yield Omission(path="email", why="only people have addresses")
    if kind == Role.CONTACT:
        yield Omission(path="name.first", why="the whole name of a contact is in `name.last`")
    if kind not in _NUMBERED:
        yield Omission(path="sis_id", why="Clever gives it no number of the district's")
    if kind in (Role.DISTRICT_ADMIN, Role.CONTACT):
        yield Omission(path=_USERNAME, why="Clever gives the role no username")
    for path in _WRITTEN.get(kind, ()):
        if path in _FEW:
            rest = ", ".join(words for words in TEXTS if words not in _FEW[path])
            yield Omission(path=path, why=f"three texts are enough here; not played: {rest}")
    if kind == Role.STUDENT:
        yield Omission(
            path="enumerations",
            why="Clever has a list of the values of `grade`, `gender` and others",
        )
