"""Facts about holding: what an app was seen to hold, as it can stand in an answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from harness.assess.expectations import ROLE_KEYS
from harness.assess.holdings import Holdings
from harness.assess.kinds import NOUNS
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.contract.snapshot import HeldSection, HeldUser
from harness.district.data_model.records import Kind, User
from harness.plan.faults import FAULT_DAYS
from harness.plan.plan import COMMON
from harness.prose import capitalized, counted, joined, spelled_out


def users_without_address(index: RecordingIndex) -> str:
    """How many held users have no e-mail address at Clever: `12 of 845 users`."""
    held = _first_held(index)
    without = sum(not user.get("email") for user, _ in held)
    return f"{without:,} of {counted(len(held), 'user')}" if without else ""


def users_without_section(index: RecordingIndex) -> Callable[[Collection[str]], str]:
    """How many held users of some roles are in no section: `5 such users`."""
    days = index.days_of(COMMON)
    sections = index.roster(COMMON, days[0]).sections.values() if days else ()
    members = {i for row in sections for i in (*row["students"], *row["teachers"])}
    without = [
        {ROLE_KEYS[role.role] for role in row.roles if role.role in ROLE_KEYS}
        for user, row in _first_held(index)
        if user["id"] not in members
    ]

    def of(kinds: Collection[str]) -> str:
        number = sum(not roles.isdisjoint(kinds) for roles in without)
        return counted(number, "such user") if number else ""

    return of


def archived(index: RecordingIndex) -> str:
    """That what is out of use is archived: it is shown, or comes back under an ID of the app's own.

    Where only rows in use are shown, by Clever's IDs, nothing tells whether anything is archived.
    """
    return "archived" if _tells_what_is_kept(index) else ""


def after_next_sync(index: RecordingIndex) -> str:
    """When a record goes out of use, where nothing tells what else becomes of it."""
    waits = index.profile.archiving
    return "" if waits or _tells_what_is_kept(index) else "after the next sync"


def _tells_what_is_kept(index: RecordingIndex) -> bool:
    return index.cached("what is kept", lambda: _shows_what_is_kept(index))


def _shows_what_is_kept(index: RecordingIndex) -> bool:
    for taken in index.snapshots_taken:
        held = taken.snapshot
        own = any(row.app_id not in ("", row.clever_id) for row in held.users)
        own = own or any(row.app_id not in ("", row.clever_id) for row in held.sections)
        if held.includes_archived or own:
            return True
    return False


def instead_of_new_ones(index: RecordingIndex) -> Callable[[Collection[str]], str]:
    """That what comes back is what it was; not of kinds whose own IDs are declared not to last."""
    return lambda kinds: "instead of creating new records" if _lasts(index, kinds) else ""


def instead_of_deleting(index: RecordingIndex) -> Callable[[Collection[str]], str]:
    """That what is out of use is still there; not where it is not shown, and has new IDs later."""
    shown = any(taken.snapshot.includes_archived for taken in index.snapshots_taken)
    return lambda kinds: "instead of deleting them" if shown or _lasts(index, kinds) else ""


def why_new_ids(index: RecordingIndex) -> str:
    """In the vendor's words, why what comes back has other IDs."""
    reasons = [why for key, why in index.profile.not_held.items() if key.endswith(".lasting-id")]
    return " ".join(f"{capitalized(reason).rstrip('.')}." for reason in dict.fromkeys(reasons))


def without_a_new_account(index: RecordingIndex) -> Callable[[Collection[str]], str]:
    """The same of accounts."""
    return lambda kinds: "without a new account" if _lasts(index, kinds) else ""


def _lasts(index: RecordingIndex, kinds: Collection[str]) -> bool:
    of = {Kind.USERS.value if kind in ROLE_KEYS.values() else kind for kind in kinds}
    return not any(f"{kind}.lasting-id" in index.profile.not_held for kind in of)


def pieces_of_work(index: RecordingIndex) -> str:
    """How many lessons students finished."""
    finished = sum(1 for act in index.lessons if not act.refused)
    return counted(finished, "piece") + " of work" if finished else ""


def several_schools(index: RecordingIndex) -> Callable[[Collection[str]], str]:
    """In how many schools users were: `students in three schools and teachers in two`."""
    most: dict[str, int] = {}
    for holdings in _calm(index):
        for user in _users(holdings):
            for role in user.roles:
                most[role.role] = max(most.get(role.role, 0), len(set(role.schools)))

    def of(kinds: Collection[str]) -> str:
        several = {
            key: most[role]
            for role, key in ROLE_KEYS.items()
            if most.get(role, 0) > 1 and key in kinds
        }
        first, *more = several.values() or (0,)
        schools = [f"{spelled_out(first)} schools", *map(spelled_out, more)] if several else []
        whose = [NOUNS[kind] for kind in several]
        return joined([f"{who} in {number}" for who, number in zip(whose, schools, strict=True)])

    return of


def most_teachers(index: RecordingIndex) -> str:
    """How many teachers the fullest section had, if more than one."""
    most = max(map(len, _teachers(index).values()), default=0)
    return spelled_out(most) if most > 1 else ""


def teacher_cap(index: RecordingIndex) -> str:
    """At how many teachers a section ends, if at more than one: `three`."""
    cap = _cap(index)
    return spelled_out(cap) if cap > 1 else ""


def sole_teacher(index: RecordingIndex) -> str:
    """`one` if a section never has more than one of the teachers Clever shares."""
    return spelled_out(1) if _cap(index) == 1 else ""


def _cap(index: RecordingIndex) -> int:
    """The number of teachers at which sections end, where nothing else is wrong with them; or 0.

    Where no section ever has two, it does not matter what else is wrong.
    """
    held = _teachers(index)
    most = max(map(len, held.values()), default=0)
    capped = False
    for (day, section), teachers in held.items():
        shared = index.roster(COMMON, day).sections.get(section)
        users = _holdings(index, day).active_ids[Kind.USERS]
        wanted = len([i for i in shared["teachers"] if i in users]) if shared else len(teachers)
        if most > 1 and len(teachers) != min(wanted, most):
            return 0
        capped |= wanted > most
    return most if capped else 0


def _teachers(index: RecordingIndex) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Day and section → its teachers, on calm days of the common district."""
    return {
        (day, clever_id): row.teachers
        for day in _calm_days(index)
        for clever_id in _holdings(index, day).rows(Kind.SECTIONS)
        if isinstance(row := _holdings(index, day).active(Kind.SECTIONS, clever_id), HeldSection)
    }


def _first_held(index: RecordingIndex) -> list[tuple[User, HeldUser]]:
    """The users that were held after the first sync, as Clever and as the app has them."""
    days = _calm_days(index)[:1]
    return [
        (roster.users[row.clever_id], row)
        for day in days
        for roster in [index.roster(COMMON, day)]
        for row in _users(_holdings(index, day))
        if row.clever_id in roster.users
    ]


def _users(holdings: Holdings) -> Iterator[HeldUser]:
    """One active row of each user."""
    for clever_id in holdings.rows(Kind.USERS):
        row = holdings.active(Kind.USERS, clever_id)
        if isinstance(row, HeldUser):
            yield row


def _calm(index: RecordingIndex) -> Iterator[Holdings]:
    return (_holdings(index, day) for day in _calm_days(index))


def _calm_days(index: RecordingIndex) -> list[str]:
    """The days without a fault whose sync was followed by a look."""
    days = [day for day in index.days_of(COMMON) if day not in FAULT_DAYS]
    return [day for day in days if index.has_synced(COMMON, day) and _looked(index, day)]


def _looked(index: RecordingIndex, day: str) -> bool:
    try:
        _holdings(index, day)
    except NotReachedError:
        return False
    return True


def _holdings(index: RecordingIndex, day: str) -> Holdings:
    return index.holdings(COMMON, day, "sync")
