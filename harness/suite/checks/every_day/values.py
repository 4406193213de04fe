"""Values: where the app's active rows differ from what Clever shares on one day.

A record that is as it was on the day before, at Clever and in the app, is not compared again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import cast

from harness.assess.findings import Finding
from harness.contract.snapshot import Held, HeldSection, HeldUser
from harness.district.data_model.records import (
    Kind,
    Record,
    Section,
    User,
    roles_of,
    schools_of,
)
from harness.suite.checks import (
    name_values,
    optional_values,
    relationship_values,
    section_values,
    user_values,
)
from harness.suite.checks.every_day.topics import Topic
from harness.suite.checks.merged_records import holders
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation

Key = tuple[Topic, str, str]
"""What is different: the topic, the field of the finding and the Clever id."""

_TITLED = (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES)
_OF_SECTIONS: Sequence[tuple[Topic, Callable[[Mirror, list[str]], Observation]]] = (
    (Topic.VALUES, section_values.links),
    (Topic.MEMBERS, section_values.teachers),
    (Topic.MEMBERS, section_values.students),
)
_OF_USERS: Sequence[tuple[Topic, Callable[[Mirror, list[str]], Observation]]] = (
    (Topic.VALUES, name_values.names),
    (Topic.VALUES, name_values.emails),
    (Topic.SCHOOLS, user_values.schools),
    (Topic.ROLES, user_values.roles),
    (Topic.ROLE_SCHOOLS, user_values.role_schools),
    (Topic.RELATIONSHIPS, relationship_values.student_relationships),
)
_TIES = (Topic.SCHOOLS, Topic.ROLES, Topic.ROLE_SCHOOLS, Topic.RELATIONSHIPS)
TIES = (Topic.MEMBERS, *_TIES)


def differences(mirror: Mirror, ids: dict[Kind, list[str]]) -> Iterator[tuple[Key, Finding]]:
    """What is different in these records; users as which others are held show those as well."""
    for kind in _TITLED:
        yield from _keyed(Topic.VALUES, name_values.titles(mirror, kind, ids[kind]))
    for topic, compare in _OF_SECTIONS:
        yield from _keyed(topic, compare(mirror, ids[Kind.SECTIONS]))
    alone = _alone(mirror, ids[Kind.USERS])
    optional = {Kind.TERMS: ids[Kind.TERMS], Kind.USERS: alone}
    yield from _keyed(Topic.VALUES, optional_values.compared(mirror, optional))
    # Who has a role that is null is a matter of their own: what the app makes of it is a SHOULD.
    users = mirror.roster.users
    whole = [i for i in alone if None not in users[i]["roles"].values()]
    for topic, compare in _OF_USERS:
        yield from _keyed(topic, compare(mirror, whole if topic in _TIES else alone))


def _alone(mirror: Mirror, ids: list[str]) -> list[str]:
    """The users as which no others are held."""
    as_others = holders(mirror.index, mirror.district, mirror.day, Kind.USERS)
    return [clever_id for clever_id in ids if clever_id not in as_others]


def _keyed(topic: Topic, observation: Observation) -> Iterator[tuple[Key, Finding]]:
    return (((topic, f.field, f.clever_id), f) for f in observation.findings)


def compared_anew(before: Mirror | None, now: Mirror) -> dict[Kind, list[str]]:
    """Of each kind the records whose comparison can come out otherwise than the day before."""
    kinds = (*_TITLED, Kind.SECTIONS, Kind.USERS)
    if before is None:
        return {kind: list(now.roster.of(kind)) for kind in kinds}
    flipped = frozenset(
        chain.from_iterable(
            before.holdings.active_ids[kind] ^ now.holdings.active_ids[kind] for kind in kinds
        )
    )
    return {kind: list(_changed(before, now, kind, flipped)) for kind in kinds}


def _changed(before: Mirror, now: Mirror, kind: Kind, flipped: frozenset[str]) -> Iterator[str]:
    """Records that changed at Clever or in the app, or with a link to one whose status did."""
    old, old_rows, rows = (
        before.roster.of(kind),
        before.holdings.rows(kind),
        now.holdings.rows(kind),
    )
    for clever_id, record in now.roster.of(kind).items():
        held = rows.get(clever_id)
        was = old.get(clever_id)
        if (
            (was is not record and was != record)
            or old_rows.get(clever_id) != held
            or (flipped and not flipped.isdisjoint(linked(record, held or ())))
        ):
            yield clever_id


def linked(record: Record, rows: Sequence[Held]) -> Iterator[str]:
    """Ids of the records that the comparison of this one looks at."""
    for row in rows:
        if isinstance(row, HeldSection):
            section = cast(Section, record)
            yield from (*row.teachers, *row.students, *section["teachers"], *section["students"])
            named = (section.get(key) for key in ("school", "course", "term_id"))
            yield from (str(link) for link in named if link)
        if isinstance(row, HeldUser):
            user = cast(User, record)
            yield from schools_of(user)
            for role in roles_of(user).values():
                yield from (link["student"] for link in role.get("student_relationships") or ())
