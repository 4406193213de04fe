"""Names and addresses: whether they are those Clever shares.

Names of sections are not judged: an app may show its own, since Clever's change with the teacher
and the period and are not unique (https://dev.clever.com/docs/ss-design, docs/sections). Of an
address that several users share, all may be without. A long name may be cut, and an address may
not: its beginning is nobody's address, or somebody else's.
"""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.addresses import MALFORMED, may_be_left_out
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordRef
from harness.assess.whole_names import names_of, normalized
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind, User
from harness.plan.day_names import on
from harness.suite.checks import own_labels, spelling
from harness.suite.checks.mirror import Mirror
from harness.suite.checks.observation import Observation
from harness.suite.checks.sentences import short

"""What every check of addresses has to accept; about others they differ."""


def names(mirror: Mirror, ids: Iterable[str]) -> Observation:
    return mirror.compare_users(ids, "users.name", _name)


def titles(mirror: Mirror, kind: Kind, ids: Iterable[str]) -> Observation:
    """The names of schools, terms and courses."""
    observation = Observation()
    observation.leave_out(mirror.index.expectations.declared(f"{kind}.name"))
    if observation.not_applicable:
        return observation
    for clever_id in ids:
        rows, record = (
            mirror.holdings.active_rows(kind, clever_id),
            mirror.roster.of(kind).get(clever_id),
        )
        if record is None:
            continue
        if not rows:
            mirror.absent(observation, kind, clever_id)
            continue
        observation.saw((kind.value,))
        wanted = str(record.get("name") or "")
        names = [row.name or "" for row in rows if not isinstance(row, HeldUser)]
        if any(spelling.shows(wanted, held) for held in names):
            continue
        held = names[0]
        if not wanted.strip() and own_labels.may_show(
            mirror.index, mirror.district, kind, own_labels.NAME, held
        ):
            continue
        what = kind.removesuffix("s")
        named = f"names a {what} {short(wanted)}" if wanted else f"gives a {what} no name"
        observation.findings.append(
            mirror.finding(
                FindingKind.FIELD,
                kind,
                clever_id,
                f"Clever {named}, your app {_says(held)}.",
                field="name",
                expected=wanted,
                found=held,
            )
        )
    return observation


def called(mirror: Mirror, people: Iterable[RecordRef]) -> Observation:
    """The names of people, or of schools, terms and courses."""
    listed = list(people)
    observation = names(
        mirror, [person.clever_id for person in listed if person.kind is Kind.USERS]
    )
    for kind in (Kind.SCHOOLS, Kind.TERMS, Kind.COURSES):
        if ids := [person.clever_id for person in listed if person.kind is kind]:
            observation.add(titles(mirror, kind, ids))
    return observation


def emails(mirror: Mirror, ids: Iterable[str]) -> Observation:
    observation = mirror.compare_users(ids, "users.email", _email)
    if MALFORMED in mirror.index.profile.not_held:
        observation.speaks_not_of(mirror.index.expectations.declared(MALFORMED))
    return observation


def shows_name_of(user: User, row: HeldUser) -> bool:
    """Whether a row has a name of a user, in parts or as one text."""
    in_parts = row.first_name, row.last_name
    if row.name and not any(in_parts):
        return any(spelling.shows_whole_name(name, row.name) for name in names_of(user))
    return any(
        spelling.shows_name((str(name.get("first") or ""), str(name.get("last") or "")), in_parts)
        for name in names_of(user)
    )


def _name(mirror: Mirror, user: User, row: HeldUser) -> Finding | None:
    if shows_name_of(user, row):
        return None
    name = user["name"]
    wanted = normalized(f"{name.get('first') or ''} {name.get('last') or ''}")
    held = normalized(f"{row.first_name or ''} {row.last_name or ''}") or row.name or ""
    if not wanted and _is_own_label(mirror, own_labels.NAME, held):
        return None
    return mirror.finding(
        FindingKind.FIELD,
        Kind.USERS,
        user["id"],
        f"Clever's name is {short(wanted)} {on(mirror.day)}, your app {_says(held)}.",
        field="name",
        expected=wanted,
        found=held,
    )


def _email(mirror: Mirror, user: User, row: HeldUser) -> Finding | None:
    wanted, held = user.get("email") or "", row.email or ""
    if wanted.strip().casefold() == held.strip().casefold():
        return None
    if not wanted and _is_own_label(mirror, own_labels.EMAIL, held):
        return None
    kept_once = wanted in mirror.shared_twice
    if not held and (kept_once or may_be_left_out(wanted, mirror.index.profile.not_held)):
        return None
    return mirror.finding(
        FindingKind.FIELD,
        Kind.USERS,
        user["id"],
        f"Clever's address of {short(mirror.index.name(user['id']))} is "
        f"{short(wanted, 34) or 'empty'}, your app {_has(wanted, held)}.",
        field="email",
        expected=wanted,
        found=held,
    )


def _is_own_label(mirror: Mirror, field: str, held: str) -> bool:
    return own_labels.may_show(mirror.index, mirror.district, Kind.USERS, field, held)


def _says(held: str, most: int = 30) -> str:
    return f"says {short(held, most)}" if held else "has none"


def _has(wanted: str, held: str) -> str:
    """What an app has of an address; of a long one it may be the beginning, which looks alike."""
    if held and wanted.startswith(held):
        return f"has the first {len(held)} of its {len(wanted)} characters"
    return _says(held, 34)
