"""Same account: whether what the app holds now is the record that it held before."""

from __future__ import annotations

from collections.abc import Iterable

from harness.assess.findings import Finding, FindingKind
from harness.assess.holdings import Holdings
from harness.assess.passing_ids import key_of
from harness.assess.recording_index import NotReachedError, RecordingIndex, RecordRef
from harness.assess.scope import kinds_of
from harness.district.data_model.records import Kind
from harness.plan.day_names import on
from harness.suite.checks import presence
from harness.suite.checks.observation import Observation, about
from harness.suite.checks.other_rows import held_rows, other_rows
from harness.suite.checks.sentences import short

_WITHOUT_WORK = "without the work done before"
OUT_OF_SIGHT = "The app's export holds active rows only, and no archived work."


def same_account(
    index: RecordingIndex, district: str, day: str, since: str, who: Iterable[RecordRef]
) -> Observation:
    """Each of these has the account it had on an earlier day."""
    observation = Observation()
    for person in who:
        kept = same(index, district, day, day, person, since=since)
        if kept is None and (away := _left_out(index, district, day, person)):
            observation.leave_out(away)
            continue
        if kept is None and (declared := index.expectations.declared("progress")):
            observation.leave_out(declared)  # by the Clever ID alone, and nothing could be lost
            continue
        if kept is None:
            observation.undecided = (
                f"Whether {person.name} has the same account cannot be told: the app's id is the "
                "Clever ID and no work of theirs is known."
            )
            continue
        if not kept and hidden_work(index, district, day, person, since):
            observation.leave_out(OUT_OF_SIGHT)
            continue
        kinds = kinds_of(index, district, person.kind, person.clever_id)
        if not kept and (loss := _lost_between(index, district, since, day, person)):
            observation.block(kinds, person, loss)
            continue
        observation.saw(kinds)
        if not kept:
            observation.findings.append(replaced(index, district, day, person, since))
    return observation


def _lost_between(
    index: RecordingIndex, district: str, since: str, day: str, person: RecordRef
) -> Finding | None:
    """That somebody was missing on a day between though shared: the new account comes of that."""
    for between in index.before(district, day):
        if between not in index.after(district, since):
            continue
        shared = person.clever_id in index.roster(district, between).of(person.kind)
        if shared and not _held(index, district, between, person):
            lost = presence.people(index, district, between, [person])
            return next(iter(lost.reasons), None)
    return None


def _held(index: RecordingIndex, district: str, day: str, person: RecordRef) -> bool:
    """Whether the app has anything of somebody on a day, as far as it was looked at."""
    try:
        return bool(index.holdings(district, day).all_of(person.kind, person.clever_id))
    except NotReachedError:
        return True


def _left_out(index: RecordingIndex, district: str, day: str, person: RecordRef) -> str:
    """The declaration by which the app does not hold somebody, or ""."""
    roster = index.roster(district, day)
    return index.expectations.left_out(person.kind, person.clever_id, roster)


def same(
    index: RecordingIndex, district: str, gone: str, day: str, person: RecordRef, since: str = ""
) -> bool | None:
    """Whether the account of a day is the one from before; None when it cannot be told.

    Before is the day `since`, or the last day before `gone` on which the app held the record.
    """
    then = _earlier(index, district, gone, person, since)
    if then is None:
        return None
    now = held_rows(index.holdings(district, day), person)
    if not now:
        return False
    if other_rows(index, district, then[0], day, person):
        # Rows of before are archived beside those in use, and all of them are one record.
        now = index.holdings(district, day).all_of(person.kind, person.clever_id)
    if lessons := _lessons(index.holdings(district, then[0]), person):
        accounts = {row.app_id for row in now}  # not an archived one beside the one in use
        progress = index.holdings(district, day).snapshot.progress
        if lessons <= {work.lesson for work in progress if work.account in accounts}:
            return True
    if person.clever_id not in then[1]:
        return not then[1].isdisjoint(row.app_id for row in now)
    return False if lessons else None


def _earlier(
    index: RecordingIndex, district: str, gone: str, person: RecordRef, since: str
) -> tuple[str, frozenset[str]] | None:
    """The day before on which a record was in use, and the app's own ids of it then."""
    days = (since,) if since else tuple(reversed(index.before(district, gone)))
    for day in days:
        rows = index.holdings(district, day).active_rows(person.kind, person.clever_id)
        if rows:
            return day, frozenset(row.app_id for row in rows)
    return None


def _lessons(holdings: Holdings, person: RecordRef) -> frozenset[str]:
    if person.kind is not Kind.USERS:
        return frozenset()
    return frozenset(
        lesson for lesson, whose in holdings.lessons.items() if person.clever_id in whose
    )


def passed_on(
    index: RecordingIndex, district: str, day: str, since: str, person: RecordRef
) -> bool:
    """Whether the app's own record of somebody is another's by now, which is not R6's matter."""
    then = index.holdings(district, since).all_of(person.kind, person.clever_id)
    own = {row.app_id for row in then}
    linked_clever_ids = _linked_clever_ids(index, district, person)
    return any(
        row.app_id in own
        for clever_id, rows in index.holdings(district, day).rows(person.kind).items()
        for row in rows
        if clever_id not in linked_clever_ids
    )


def carried_on(index: RecordingIndex, district: str, day: str, person: RecordRef) -> bool | None:
    """Whether somebody's account goes on under the id that Clever gave the same person since.

    It does when its own id, or all the work done in it, is there under that id. None when an
    account is there and this cannot be told: the app shows neither, or it may have made one
    account of those of several users whom Clever merged.
    """
    then = _earlier(index, district, day, person, "")
    others = _linked_clever_ids(index, district, person) - {person.clever_id}
    holdings = index.holdings(district, day)
    rows = [row for other in others for row in holdings.all_of(person.kind, other)]
    if then is None or not rows:
        return False
    if not then[1].isdisjoint(row.app_id for row in rows):
        return True
    if lessons := _lessons(index.holdings(district, then[0]), person):
        return all(holdings.lessons.get(lesson, frozenset()) & others for lesson in lessons)
    several = any(
        index.linked_clever_ids(district, other) - others - {person.clever_id} for other in others
    )
    return None if several or person.clever_id in then[1] else False


def _linked_clever_ids(index: RecordingIndex, district: str, person: RecordRef) -> frozenset[str]:
    """The ids of one person; other records have theirs alone."""
    if person.kind is not Kind.USERS:
        return frozenset({person.clever_id})
    return index.linked_clever_ids(district, person.clever_id)


def replaced(
    index: RecordingIndex, district: str, day: str, person: RecordRef, since: str = ""
) -> Finding:
    """That somebody has another record, or has it without the work, which is a matter of R8.

    With a declared row for each school another row at another school is as it should be.
    """
    rows = held_rows(index.holdings(district, day), person)
    finding_kind = FindingKind.NEW_ACCOUNT
    expected, found = "the work done before", "none of it, or a part"
    then = _earlier(index, district, day, person, since)
    lessons = _lessons(index.holdings(district, then[0]), person) if then else frozenset()
    if then and lessons and other_rows(index, district, then[0], day, person):
        finding_kind, words = _of_work(index, district, day, person, lessons), _WITHOUT_WORK
    elif key_of(person.kind) in index.profile.not_held:
        words = _WITHOUT_WORK
    elif any(row.app_id == person.clever_id for row in rows):
        words = f"{_WITHOUT_WORK}; its id in your app is the Clever ID"
    else:
        words = "your app gives it another record than before"
        expected, found = "the same record", "another record"
    return about(
        person,
        district,
        day,
        finding_kind,
        f"{short(person.name)} has the same Clever ID {on(day)}, {words}.",
        expected=expected,
        found=found,
    )


def hidden_work(
    index: RecordingIndex, district: str, day: str, person: RecordRef, since: str = ""
) -> bool:
    """Whether work is with a row for another school that an export of active rows leaves out."""
    holdings = index.holdings(district, day)
    if holdings.snapshot.includes_archived:
        return False
    then = _earlier(index, district, day, person, since)
    lessons = _lessons(index.holdings(district, then[0]), person) if then else frozenset()
    return (
        then is not None
        and other_rows(index, district, then[0], day, person)
        and lessons.isdisjoint(holdings.lessons)
        and then[1].isdisjoint(row.app_id for row in holdings.snapshot.users)
    )


def _of_work(
    index: RecordingIndex, district: str, day: str, person: RecordRef, lessons: Iterable[str]
) -> FindingKind:
    """Whether work that somebody had is another's now, or nobody's."""
    own = _linked_clever_ids(index, district, person)
    owners = index.holdings(district, day).lessons
    moved = any(owners.get(lesson, frozenset()) - own for lesson in lessons)
    return FindingKind.WORK_MOVED if moved else FindingKind.WORK_LOST
