"""Holdings: what came back of each kind, beside what was shared with the app and what it read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harness.contract.profile import HOLDABLE, Profile
from harness.contract.snapshot import Snapshot
from harness.doctor.diagnosis import Diagnosis, State
from harness.doctor.tiny_district import ROLES, TinyDistrict
from harness.prose import counted, few, joined
from harness.simulator.http.traffic import Exchange

_PARTLY = "terms.past-and-future"
_PRIMARY = "sections.primary_teacher"


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeldKind:
    """One kind of record: how many were shared, delivered to the app, and returned by it."""

    key: str
    shared: int
    read: int
    held: int

    @property
    def row(self) -> str:
        return f"{self.key:<16}{self.shared:>8}{self.read:>8}{self.held:>8}"


def compared(
    snapshot: Snapshot, exchanges: Sequence[Exchange], district: TinyDistrict, profile: Profile
) -> Iterator[Diagnosis]:
    """Whether everything came back that is not declared as left out, and nothing else."""
    read = {uid for row in exchanges if row.delivery for uid in row.delivery.clever_ids}
    held = held_of(snapshot)
    kinds = [
        _HeldKind(key=key, shared=len(ids), read=len(ids & read), held=len(ids & held[key]))
        for key, ids in district.shared.items()
    ]
    lacking = [kind for kind in kinds if kind.held < kind.shared and _expected(kind, profile)]
    unread = [kind for kind in lacking if kind.read < kind.shared]
    lost = [kind for kind in lacking if kind not in unread]
    yield Diagnosis(
        tried="what came back",
        came=f"{len(kinds) - len(lacking)} of {len(kinds)} kinds of records as expected",
        do="See the next lines." if lacking else "",
        state=State.WRONG if lacking else State.FINE,
        details=(f"{'':<16}{'shared':>8}{'read':>8}{'held':>8}", *(kind.row for kind in kinds)),
    )
    if unread:
        yield _wrong(
            "what was read",
            f"the app did not read all {_names(unread)}",
            "Read each list to its last page. What the app does not keep is declared, with the "
            f"reason: [profile.not_held] {unread[-1].key}.",
        )
    if lost:
        yield _wrong(
            "what was kept",
            f"the app read all {_names(lost)}, and the snapshot lacks some",
            "Return them in `snapshot`. What the app does not keep is declared, with the reason: "
            f"[profile.not_held] {lost[-1].key}.",
        )
    if any(not user.roles for user in snapshot.users):
        yield _wrong(
            "users.roles",
            "there are users without roles, who count as nobody",
            'Return `roles`, such as [{"role": "student", "schools": [...]}].',
        )
    yield from _strangers(snapshot, district)
    yield from _primary_teachers(snapshot, district, profile)


def _names(kinds: Sequence[_HeldKind]) -> str:
    return joined([HOLDABLE[kind.key] for kind in kinds], "or")


def _wrong(tried: str, came: str, do: str) -> Diagnosis:
    return Diagnosis(tried=tried, came=came, do=do, state=State.WRONG)


def held_of(snapshot: Snapshot) -> Mapping[str, set[str]]:
    """Key of `[profile.not_held]` → the Clever ids of its rows."""
    lists = ("schools", "terms", "courses", "sections")
    held = {name: {row.clever_id for row in getattr(snapshot, name)} for name in lists}
    for role, key in ROLES.items():
        held[key] = {
            user.clever_id
            for user in snapshot.users
            if any(each.role == role for each in user.roles)
        }
    return held


def _expected(kind: _HeldKind, profile: Profile) -> bool:
    if kind.key in profile.accounts:  # not everybody has one
        return False
    if kind.key in ("terms", "sections") and _PARTLY in profile.not_held:
        return kind.held == 0 and profile.holds(kind.key)
    return profile.holds(kind.key)


def _strangers(snapshot: Snapshot, district: TinyDistrict) -> Iterator[Diagnosis]:
    """Ids in places of Clever IDs that nobody in the district has."""
    places: dict[str, list[str]] = {}
    for place, uid in _clever_ids(snapshot):
        if uid not in district.everything:
            places.setdefault(place, []).append(uid)
    for place, ids in places.items():
        yield Diagnosis(
            tried=place,
            came=f"{counted(len(ids), 'value')} that no record of the district has as its ID: "
            f"{few([repr(uid) for uid in dict.fromkeys(ids)])}",
            do="Return Clever IDs there. The app's own users and groups go into `local_users` "
            "and `local_groups`.",
            state=State.WRONG,
        )


def _primary_teachers(
    snapshot: Snapshot, district: TinyDistrict, profile: Profile
) -> Iterator[Diagnosis]:
    """Whether the primary teacher is the first of several; rows of one teacher have no order."""
    if not profile.holds(_PRIMARY) or "sections" in profile.rows:
        return
    primary = {uid: row.get("teacher") for uid, row in district.roster.sections.items()}
    several = [row for row in snapshot.sections if len(set(row.teachers)) > 1]
    several = [row for row in several if primary.get(row.clever_id) in row.teachers]
    others = [row for row in several if row.teachers[0] != primary[row.clever_id]]
    if others:
        yield _wrong(
            "sections.teachers",
            f"in {len(others)} of {counted(len(several), 'class', 'classes')} with several "
            "teachers Clever's primary teacher is not the first",
            "List that teacher first. If your app does not know who it is, declare so, with the "
            f"reason: [profile.not_held] {_PRIMARY}.",
        )


def _clever_ids(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    """Every Clever ID with its place in a snapshot."""
    for name in ("schools", "terms", "courses", "sections", "users"):
        for row in getattr(snapshot, name):
            yield f"{name}.clever_id", row.clever_id
    for section in snapshot.sections:
        for key in ("school", "course", "term"):
            if value := getattr(section, key):
                yield f"sections.{key}", value
        for key in ("teachers", "students"):
            yield from ((f"sections.{key}", uid) for uid in getattr(section, key))
    for user in snapshot.users:
        for role in user.roles:
            yield from (("users.roles.schools", uid) for uid in role.schools)
        for related in user.student_relationships:
            yield "users.student_relationships.student", related.student
